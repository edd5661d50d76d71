"""The command as a user types it: good runs, bad input, failures, kills. What stood there before must stand
there after.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from spacesec.collection import execution
from spacesec.collection.cli import main
from tests.conftest import QUESTION, ROOT


@pytest.fixture
def refused(collection, monkeypatch, capsys):
    """Call the command in this process, where starting a kernel is an error; it must end in one sentence and
    change nothing.
    """
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)
    monkeypatch.chdir(collection.root)
    monkeypatch.setattr(execution, "_run_one", lambda *_: pytest.fail("a kernel was about to start"))
    before = collection.state()

    def call(*words: str) -> str:
        assert main(list(words)) != 0
        lines = [line for line in capsys.readouterr().err.splitlines() if line]
        assert len(lines) == 1, lines
        assert collection.state() == before
        return lines[0]

    return call


def test_a_second_run_changes_no_byte(collection):
    before = collection.state()
    done = collection.spacesec("run")
    assert done.returncode == 0, done.stderr
    assert collection.state() == before


@pytest.mark.parametrize(
    "words, said",
    [
        (
            ["run", QUESTION, "-p", "first_yaer", "2010", "--output-dir", "out"],
            ["first_yaer", "did you mean first_year"],
        ),
        (["run", QUESTION, "-p", "deflator", "ppp", "--output-dir", "out"], ["deflator", "gdp, cpi, none"]),
        (
            ["run", QUESTION, "-p", "first_year", "2030", "--output-dir", "out"],
            ["first_year", "takes a whole number, from"],
        ),
        (
            ["run", QUESTION, "-p", "price_base_year", "abc", "--output-dir", "out"],
            ["price_base_year", "whole number"],
        ),
        (["run", QUESTION, "-p", "currency", "USD"], ["--output-dir"]),
        (["run", "budgets/goverment_space"], ["did you mean budgets/government_space"]),
        (["run", "../../etc/passwd"], ["no question"]),
        (["run", QUESTION, "--output-dir", "data/sources.json"], ["is a file"]),
        (["run", QUESTION, "--output-dir", "figures/budgets"], ["inside figures/"]),
        (["who", "no-such-row"], ["no-such-row"]),
        (["cite", "no-such-source"], ["no-such-source"]),
    ],
)
def test_bad_words_end_in_one_sentence_before_a_kernel_starts(refused, words, said):
    sentence = refused(*words)
    assert all(word in sentence for word in said), sentence


def test_the_command_itself_exits_with_the_sentence(collection):
    done = collection.spacesec("run", QUESTION, "-p", "deflator", "ppp", "--output-dir", "out")
    assert done.returncode == 2
    assert (
        done.stderr == 'spacesec: deflator = "ppp" is not possible: deflator takes one of gdp, cpi, none.\n'
    )


def rows_of(collection):
    path = collection.root / "data" / f"{QUESTION}.csv"
    return path, path.read_text(encoding="utf-8").splitlines(keepends=True)


def drop_column(lines):
    return [",".join(line.split(",")[:4] + line.split(",")[5:]) for line in lines]


BREAKS = {
    "missing column": (drop_column, ["amount_bn_jpy"]),
    "unknown source": (
        lambda lines: [line.replace("cabinet-office-2012-space-budget", "nobody-1999", 1) for line in lines],
        ["nobody-1999"],
    ),
    "duplicated row": (lambda lines: [*lines, lines[-1]], ["line"]),
    "row said twice under another id": (
        lambda lines: [*lines, lines[-1].replace("space-budget-2026", "space-budget-2026-again", 1)],
        ["repeats"],
    ),
    "truncated in a row": (lambda lines: [*lines[:-1], lines[-1][:30]], ["line"]),
    "truncated between rows": (lambda lines: lines[:-1], ["SHA-256"]),
    "changed number": (lambda lines: [line.replace(",278.6,", ",287.6,") for line in lines], ["SHA-256"]),
    "not a number": (lambda lines: [line.replace(",278.6,", ",many,") for line in lines], ["amount_bn_jpy"]),
    "impossible number": (
        lambda lines: [line.replace(",278.6,", ",-278.6,") for line in lines],
        ["amount_bn_jpy"],
    ),
    "recalled row": (
        lambda lines: [line.replace(",independent,", ",recalled,", 1) for line in lines],
        ["evidence"],
    ),
    "empty": (lambda lines: [], [QUESTION]),
    "saved with a mark": (
        lambda lines: ["\ufeff", *lines],
        ["byte order mark; save it as UTF-8 without one"],
    ),
    "saved with semicolons": (
        lambda lines: [line.replace(",", ";") for line in lines],
        ["is divided by semicolons; save it divided by commas"],
    ),
    "saved with semicolons and a mark": (
        lambda lines: ["\ufeff", *(line.replace(",", ";") for line in lines)],
        ["byte order mark"],
    ),
    "saved with tabs": (lambda lines: [line.replace(",", "\t") for line in lines], ["is divided by tabs"]),
    "saved with other line ends": (
        lambda lines: [line.replace("\n", "\r\n") for line in lines],
        ["save it with the line ends of Unix"],
    ),
    "an empty row": (
        lambda lines: [*lines, "," * lines[0].count(",") + "\n"],
        ["the row is empty; remove it"],
    ),
    "an empty line": (lambda lines: [*lines[:5], "\n", *lines[5:]], ["line 6: the row is empty"]),
    "an empty column": (
        lambda lines: [line.replace("\n", ",\n") for line in lines],
        ["has a column without a name, the 13th; remove it"],
    ),
    "thousands": (lambda lines: [line.replace(",278.6,", ',"1,278.6",') for line in lines], ["1,278.6"]),
    "a formula's error": (lambda lines: [line.replace(",278.6,", ",#REF!,") for line in lines], ["#REF!"]),
    "full width": (lambda lines: [line.replace(",278.6,", ",２７８.６,") for line in lines], ["２７８.６"]),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_table_is_named_before_a_kernel_starts(collection, refused, kind):
    path, lines = rows_of(collection)
    spoil, said = BREAKS[kind]
    path.write_text("".join(spoil(lines)), encoding="utf-8", newline="")
    for words in (["run", QUESTION], ["run"]):
        sentence = refused(*words)
        assert all(word in sentence for word in (f"data/{QUESTION}.csv", *said)), sentence
    assert main(["check"]) == 1


def test_a_missing_table_is_named(collection, refused):
    (collection.root / "data" / f"{QUESTION}.csv").unlink()
    assert f"data/{QUESTION}.csv cannot be read" in refused("run", QUESTION)


def test_sealing_takes_a_good_change_and_refuses_a_bad_one(collection):
    path, lines = rows_of(collection)
    path.write_text("".join(line.replace(",278.6,", ",many,") for line in lines), encoding="utf-8")
    shutil.copy(ROOT / "README.md", collection.root)
    done = collection.spacesec("seal")
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and f"data/{QUESTION}.csv" in done.stderr
    path.write_text("".join(line.replace(",278.6,", ",278.7,") for line in lines), encoding="utf-8")
    done = collection.spacesec("seal")
    assert done.returncode == 0, done.stderr
    stale = collection.spacesec("verify")
    assert stale.returncode == 1
    assert "stale" in stale.stderr and f"data/{QUESTION}.csv" in stale.stderr


def test_a_row_and_its_new_source_are_sealed_together(collection):
    path, lines = rows_of(collection)
    store = collection.root / "data" / "sources.json"
    items = json.loads(store.read_text(encoding="utf-8"))
    items.append({**items[-1], "id": "zz-new-source", "URL": "https://example.org/new", "title": "Another"})
    store.write_text(json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    path.write_text(
        "".join(
            line.replace("cabinet-office-2015-space-budget", "zz-new-source") if ",278.6," in line else line
            for line in lines
        ),
        encoding="utf-8",
    )
    shutil.copy(ROOT / "README.md", collection.root)
    done = collection.spacesec("seal")
    assert done.returncode == 0, done.stderr


def test_verify_finds_a_replaced_figure_an_orphan_and_a_swapped_picture_in_the_notebook(collection):
    assert collection.spacesec("verify").returncode == 0
    shutil.copy(collection.figures / "growth.png", collection.figures / "series.png")
    (collection.figures / "stray.png").write_bytes(b"x")
    path = collection.root / "notebooks" / f"{QUESTION}.ipynb"
    notebook = nbformat.read(path, 4)
    pictures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    pictures[0]["data"]["image/png"] = pictures[1]["data"]["image/png"]
    nbformat.write(notebook, path)
    done = collection.spacesec("verify")
    assert done.returncode == 1
    assert "series.png is not the file the run wrote" in done.stderr
    assert "stray.png is listed in no record" in done.stderr
    assert "stores a picture that its run did not draw" in done.stderr


def test_running_again_finds_what_no_hash_can_find(collection):
    """A word edited in the record and in the notebook alike, and signed anew, follows from everything but the
    run itself.
    """
    before = collection.state()
    assert collection.spacesec("verify", "--rerun", "--jobs", "1").returncode == 0
    assert collection.state() == before
    for path in (collection.figures / "run.json", collection.root / "notebooks" / f"{QUESTION}.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "last amount over first amount" in text
        path.write_text(text.replace("last amount over first amount", "last over first"), encoding="utf-8")
    nbformat.write(execution.signed(nbformat.read(path, 4), collection.figures), path)
    assert collection.spacesec("verify").returncode == 0
    done = collection.spacesec("verify", "--rerun", "--kernel", "warm")
    assert done.returncode == 1
    assert f"figures/{QUESTION}/run.json is not what a run gives" in done.stderr
    assert f"notebooks/{QUESTION}.ipynb shows other outputs than a run gives" in done.stderr


def test_a_changed_stored_number_fails_nbval(collection):
    path = collection.root / "notebooks" / f"{QUESTION}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "1,001.0" in text
    path.write_text(text.replace("1,001.0", "1,002.0", 1), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(collection.root),
        str(path),
    ]
    done = subprocess.run(
        command,
        env={**collection.environment, "SPACESEC_OUTPUTS": str(collection.root / "outputs")},
        cwd=collection.root,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 1
    assert "1,002.0" in done.stdout


def test_a_failing_notebook_names_the_place_and_leaves_good_outputs(collection):
    path = collection.root / "notebooks" / f"{QUESTION}.ipynb"
    notebook = nbformat.read(path, 4)
    broken = next(cell for cell in notebook.cells if cell.source.startswith("run.check("))
    broken.source = "1 / 0 # on purpose"
    nbformat.write(notebook, path)
    before = collection.state()
    done = collection.spacesec("run", QUESTION)
    assert done.returncode == 1
    assert (
        QUESTION in done.stdout
        and "Checks" in done.stdout
        and "1 / 0 # on purpose" in done.stdout
        and "ZeroDivisionError" in done.stdout
    )
    assert collection.state() == before


def test_papermill_from_another_folder(collection, tmp_path):
    before = collection.state()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(collection.root / "notebooks" / f"{QUESTION}.ipynb"),
        "out.ipynb",
        "-p",
        "currency",
        "USD",
        "-p",
        "price_base_year",
        "2015",
        "-p",
        "output_dir",
        "./out",
    ]
    done = subprocess.run(
        command, env=collection.environment, cwd=elsewhere, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    record = json.loads((elsewhere / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["parameters"]["currency"] == "USD" and record["parameters"]["price_base_year"] == 2015
    assert {path.name for path in (elsewhere / "out").iterdir()} == {"run.json"} | {
        name for figure in record["figures"] for name in figure["files"]
    }
    assert collection.state() == before


def test_papermill_refuses_an_unknown_name_in_one_sentence(collection, tmp_path):
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(collection.root / "notebooks" / f"{QUESTION}.ipynb"),
        str(tmp_path / "out.ipynb"),
        "-p",
        "curency",
        "USD",
    ]
    done = subprocess.run(command, env=collection.environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 1
    assert "there is no parameter 'curency'; did you mean currency?" in done.stderr


@pytest.mark.parametrize("after", [0.5, 3.0, 6.0, 9.0])
def test_a_killed_run_leaves_the_good_figures(collection, after):
    before = collection.state()
    process = subprocess.Popen(
        [sys.executable, "-m", "spacesec.collection", "run", QUESTION],
        env=collection.environment,
        cwd=collection.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert {
        name: content
        for name, content in collection.state().items()
        if not name.startswith("figures/budgets/.")
    } == before
    assert collection.spacesec("verify").returncode == 0
