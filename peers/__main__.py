"""Run the peers and write README.md: ``make peers``, or ``python -m peers survival money`` to see only some rows."""

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
    "policy_evolution/claims": (
        "No peer exists: verdicts follow from this collection's own written rules over its own rows, and no other"
        " software knows them. The numbers that the rules read are compared under the other questions."
    ),
}
HEAD = """# This collection's numbers beside those of other people's software

`make peers` writes this page; nothing on it is typed. Each script in this folder names its peers with their versions
at its top, says which numbers it compares in `rows()`, and asks the peers in functions of a few lines. The peers are
installed under `build/peers`, one environment a script, in which this collection is not installed; R comes from the
system (`apt-get install r-base-core r-cran-survival`). CI does not run the peers: it checks that every question is
here and that no row is older than the record it speaks of, which is what the last column is for.

"Ours" is the recorded result of the default run or, where the inputs say so, the model's answer under other
parameters. The difference is the largest one where a row compares a list. A row *differs* when the difference is
beyond the tolerance; where that is expected the reason stands below the table.

"""
TRIED = """## Peers that were tried and are not here

- Orekit's own data archive is on no package registry: Earth orientation and leap seconds come from
  `astropy-iers-data`, whose two files Orekit reads.
- RTKLIB is asked through `pyrtklib`, its functions as built for Python: the programs that Debian packages print no
  dilution of precision.
- R packages for agreement and for several change points (`irr`, `changepoint`, `segmented`) are not packaged by
  Debian: `krippendorff`, `scikit-learn`, `ruptures` and `pwlf` stand in.
- No package traces radar rays through an exponential atmosphere: the ray is integrated with SciPy through the
  refractivity that `itur` (ITU-R P.453) gives.
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
        command = [uv, "run", "--quiet", "--no-project", "--script", str(HERE / f"{script}.py"), str(asked), str(told)]
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
    return "no match" if math.isinf(value) else f"{value:.2g}"


def verdict(row: Row, theirs) -> str:
    return "agrees" if row.difference(theirs) <= row.tolerance else "differs"


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
    reasons = [f"{row.what} ({told['peer']}): {row.reason}" for row, told in compared if row.reason]
    return "\n".join(lines) + "\n" + "".join(f"\n- {reason}" for reason in dict.fromkeys(reasons)) + "\n"


def page(compared: list[tuple[Row, dict]]) -> str:
    agreeing = sum(verdict(row, told["value"]) == "agrees" for row, told in compared)
    unexplained = [row for row, told in compared if verdict(row, told["value"]) == "differs" and not row.reason]
    names = sorted({told["peer"] for _, told in compared}, key=str.lower)
    text = HEAD + (
        f"**{agreeing} of {len(compared)} comparisons agree; {len(compared) - agreeing - len(unexplained)} differ for"
        f" a stated reason, {len(unexplained)} without one.** Peers: {', '.join(names)}.\n\n"
    )
    for question in all_questions():
        own = [pair for pair in compared if pair[0].question == question.name]
        print_ = ours.fingerprint(question.name)
        text += f"### {question.name}\n\n{question.module.QUESTION}\n\n"
        text += table(own, print_) if own else f"| {NO_PEER[question.name]} | no peer | — | `{print_}` |\n"
        text += "\n"
    return text + TRIED


def main(wanted: list[str]) -> int:
    compared = []
    for script in wanted or SCRIPTS:
        rows = list(importlib.import_module(f"peers.{script}").rows())
        found = list(zip(rows, answers(script, rows), strict=True))
        for row, told in found:
            apart = row.difference(told["value"])
            print(
                f"{verdict(row, told['value']):8} {script:14} {row.question}: {row.what} [{row.inputs}]:"
                f" {number(row.ours)} / {number(told['value'])} {row.unit}, difference {difference(apart)}"
                f" (tolerance {row.tolerance:g}), {told['peer']}",
                flush=True,
            )
        compared += found
    if not wanted:
        ours.PAGE.write_text(page(compared), encoding="utf-8")
    return int(any(verdict(row, told["value"]) == "differs" and not row.reason for row, told in compared))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
