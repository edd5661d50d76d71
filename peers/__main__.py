"""Run the peers and write README.md; ``python -m peers survival money`` only shows the rows of two."""

import importlib
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from peers import ours
from peers.compare import Row
from spacesec.collection.questions import all_questions

HERE = Path(__file__).parent
FLOOR = ("__init__", "__main__", "compare", "ours")  # what is no script of a comparison
SCRIPTS = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in FLOOR)

# Questions whose method nobody else's software has; every other one has a compared number.
NO_PEER = {
    "space_systems/counterspace": (
        "No peer exists: what reports say of a state is put in order by this collection's own written rule."
        " States, tests and pledges are counted beside what the reports print (its checks)."
    ),
    "regional_cooperation/interoperability": (
        "No peer exists: whether a link exists follows from this collection's own written rule. Agreements,"
        " rounds of exercises and drills are counted beside what their sources print (its checks)."
    ),
    "space_systems/workforce_and_supply": (
        "No peer exists: it sets side by side what surveys, filings and releases print. Growth, shares"
        " and sums"
        " are counted beside what their sources print (its checks)."
    ),
    "policy_evolution/claims": (
        "No peer exists: verdicts follow from this collection's own written rules over its own rows, and no"
        " other software knows them. The numbers that the rules read are compared under the other questions."
    ),
}
HEAD = """# This collection's numbers beside those of other people's software

`make peers` writes this page; nothing on it is typed. Each script in this folder names its peers with their
versions at its top, says which numbers it compares in `rows()`, and asks the peers in functions of a few
lines. The peers are installed under `build/peers`, one environment a script, in which this collection is
not installed; R comes from the system (`apt-get install r-base-core r-cran-survival`). `python -m peers
survival money` shows the rows of some scripts and writes nothing. CI does not run the peers: it checks that
every question is here and that no row is older than the record it speaks of, which is what the last column
is for.

"Ours" is the recorded result of the default run or, where the inputs say so, the model's answer under other
parameters. The difference is the largest one where a row compares a list. A row *differs* when the
difference is beyond the tolerance; why a peer may differ stands below the table. `make peers` fails, after
writing the page, while a row differs without a reason.

"""
TRIED = """## Peers that were tried and are not here

- Orekit's own data archive is on no package registry: Earth orientation and leap seconds come from
  `astropy-iers-data`; Orekit reads the first as it is, the second in an older layout.
- RTKLIB is asked through `pyrtklib`, its functions as built for Python: the programs that Debian packages
  print no dilution of precision.
- R packages for agreement and for several change points (`irr`, `changepoint`) are not packaged by Debian:
  `krippendorff`, `scikit-learn`, `statsmodels`, `ruptures` and `pwlf` stand in.
- No package traces radar rays through an exponential atmosphere: SciPy integrates the ray through the
  atmospheres of ITU-R P.453 and, with `itur`, P.835.
- No package proves a constellation free of holes: `holes.py` does it by the crossings of footprint edges.
- The atmospheres of `hapsira` 0.18.0 cannot be imported beside `astropy` 8: `ambiance` and `fluids` stand
  in.
- `scoringrules` 0.11.0 needs Python 3.12: `properscoring` stands in. `networkx` is what this collection
  computes with, so `bctpy` and `igraph` are asked.
"""


def answers(script: str, rows: list[Row]) -> list[dict]:
    """What the peers of one script say, in an environment of its own."""
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    # The collection's modules stay out: only this folder's parent, for `peers.compare`, is on the path.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SPACESEC"))}
    cache = HERE.parent / "build" / "peers"
    environment = clean | {"PYTHONPATH": str(HERE.parent), "PYTHONSAFEPATH": "1", "UV_CACHE_DIR": str(cache)}
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "asked.json", Path(folder) / "told.json"
        asked.write_text(json.dumps([(row.peer, row.given) for row in rows]), encoding="utf-8")
        command = [
            uv,
            "run",
            "--quiet",
            "--no-project",
            "--python",
            sys.executable,
            "--script",
            str(HERE / f"{script}.py"),
            str(asked),
            str(told),
        ]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"peers/{script}.py could not ask its peers:\n{done.stderr[-3000:]}")
        return json.loads(told.read_text(encoding="utf-8"))


def number(value) -> str:
    """A number, a short list, or the length and ends of a long one."""
    if isinstance(value, list):
        if len(value) > 6:
            return f"{len(value)} values, {number(value[0])} … {number(value[-1])}"
        return ", ".join(map(number, value))
    if value is None or math.isnan(value):
        return "none"
    return f"{value:.7g}"


def difference(value: float) -> str:
    """In two digits; what is rounding of the last bits is not told apart: it changes with the processor."""
    if math.isinf(value):
        return "no match"
    return "below 1e-8" if value < 1e-8 else f"{value:.2g}"


def verdict(row: Row, theirs) -> str:
    if row.difference(theirs) <= row.tolerance:
        return "agrees"
    return "differs, reason below" if row.reason else "differs"


def table(compared: list[tuple[Row, dict]], fingerprint: str) -> str:
    """One question's rows as Markdown, reasons of expected differences below."""
    lines = [
        "| what | inputs | ours | theirs | unit | difference | tolerance | verdict | peer | record |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row, told in compared:
        apart = row.difference(told["value"])
        cells = [row.what, row.inputs, number(row.ours), number(told["value"]), row.unit, difference(apart)]
        cells += [f"{row.tolerance:g}", verdict(row, told["value"]), told["peer"], f"`{fingerprint}`"]
        lines.append("| " + " | ".join(cells) + " |")
    reasons = [f"{told['peer']}: {row.reason}." for row, told in compared if row.reason]
    return "\n".join(lines) + "\n" + "".join(f"\n- {reason}" for reason in dict.fromkeys(reasons))


def page(compared: list[tuple[Row, dict]]) -> str:
    verdicts = [verdict(row, told["value"]) for row, told in compared]
    agreeing, unexplained = verdicts.count("agrees"), verdicts.count("differs")
    names = sorted({told["peer"] for _, told in compared}, key=str.lower)
    text = HEAD + (
        f"**{agreeing} of {len(compared)} comparisons agree; {len(compared) - agreeing - unexplained} differ"
        f" for a stated reason, {unexplained} without one.** Peers: {', '.join(names)}.\n\n"
    )
    for question in all_questions():
        own = [pair for pair in compared if pair[0].question == question.name]
        print_ = ours.fingerprint(question.name)
        text += f"### {question.name}\n\n{question.module.QUESTION}\n\n"
        text += table(own, print_) if own else f"| {NO_PEER[question.name]} | no peer | — | `{print_}` |"
        text = text.rstrip() + "\n\n"
    return text + TRIED


def main(wanted: list[str]) -> int:
    compared = []
    for script in wanted or SCRIPTS:
        rows = list(importlib.import_module(f"peers.{script}").rows())
        found = list(zip(rows, answers(script, rows), strict=True))
        for row, told in found:
            apart = row.difference(told["value"])
            print(
                f"{verdict(row, told['value'])}: {script}, {row.question}: {row.what} [{row.inputs}]:"
                f" {number(row.ours)} / {number(told['value'])} {row.unit}, difference {difference(apart)}"
                f" (tolerance {row.tolerance:g}), {told['peer']}",
                flush=True,
            )
        compared += found
    if not wanted:
        ours.PAGE.write_text(page(compared), encoding="utf-8")
    return int(any(verdict(row, told["value"]) == "differs" for row, told in compared))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
