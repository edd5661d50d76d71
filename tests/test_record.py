"""The record and the folder it stands in: whole or not at all, and nothing of the reader's is lost."""

import json
import math
import os

import numpy as np
import pandas as pd
import pytest

from spacesec import answers
from spacesec.budgets import government_space as question
from spacesec.errors import DataError, ParameterError, RunError
from spacesec.machine import files
from spacesec.run import record, records
from tests import tiny


def start(**values):
    return record.start(question, {**question.Parameters.defaults(), "output_dir": None, **values})


def test_plain_values_are_what_json_holds():
    value = {
        "a": np.float64(1 / 3),
        "b": np.int64(2),
        "c": [math.nan, None, pd.NA],
        "d": np.array([1.5, 2.5]),
        2020: True,
    }
    assert answers.plain(value) == {
        "a": 0.3333333333,
        "b": 2,
        "c": [None, None, None],
        "d": [1.5, 2.5],
        "2020": True,
    }


def test_finish_writes_everything_and_keeps_the_readers_files(tmp_path):
    tiny.whole(output_dir=str(tmp_path / "out")).finish()
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    (tmp_path / "out" / "my notes.txt").write_text("keep me")
    tiny.whole(output_dir=str(tmp_path / "out"), size=3).finish()
    again = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert again.pop("my notes.txt") == b"keep me"
    assert again.keys() == written.keys() and "once_more.png" in again
    assert all(again[name] != written[name] for name in again)
    assert not list(tmp_path.glob(".*"))
    text = (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert json.loads(text)["parameters"]["size"] == 3


def refused(words: str):
    return pytest.raises(RunError, match=f"^tests/tiny: .*{words}.*; run the notebook from its top$")


def test_a_partial_run_writes_nothing(tmp_path):
    out = tmp_path / "out"
    run = record.start(tiny, {"output_dir": str(out)})
    with refused("no answer"):
        repr(run.results)
    with refused("not drawn yet: line, again"):
        run.finish()
    answer = run.answer()
    run.publish(tiny.line(answer))
    run.check(tiny.checks(answer))
    with refused("not drawn yet: again"):
        run.finish()
    run.publish(tiny.again(answer))
    run.check([])
    with refused("checks of this answer are not made"):
        run.finish()
    run.check(tiny.checks(answer))
    run.answer()
    with refused("not drawn yet: line, again"):
        run.finish()
    assert not out.exists()


def test_a_figure_of_another_answer_is_not_published(tmp_path):
    old = record.start(tiny, {}).answer()
    run = record.start(tiny, {"size": 3, "output_dir": str(tmp_path / "out")})
    with refused("no answer"):
        run.publish(tiny.line(old))
    run.answer()
    with refused("line shows an earlier answer"):
        run.publish(tiny.line(old))


@pytest.mark.parametrize(
    "change", [{"size": 3}, {"output_dir": "elsewhere"}, {"output_language": "ja"}], ids=lambda one: [*one][0]
)
def test_parameters_that_change_after_the_start_end_the_run(tmp_path, change):
    notebook = {"size": 2, "output_dir": str(tmp_path / "out")}
    run = record.start(tiny, notebook)
    answer = run.answer()
    notebook.update(change)
    for use in (run.answer, lambda: run.publish(tiny.line(answer)), run.finish):
        with refused(f"{[*change][0]} changed after the run began"):
            use()


def test_other_parameters_without_a_folder_write_nothing():
    run = start(currency="USD")
    run.answer()
    assert run.folder is None
    assert "output_dir" in run.finish().markdown


def test_a_folder_of_the_readers_own_is_not_taken(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(RunError, match="holds other files"):
        start(output_dir=str(tmp_path))
    with pytest.raises(RunError, match="is a file"):
        start(output_dir=str(tmp_path / "thesis.docx"))
    with pytest.raises(RunError, match="takes a folder"):
        start(output_dir=5.5)


def test_bad_parameters_end_before_any_work():
    with pytest.raises(ParameterError, match="gdp, cpi, none"):
        start(deflator="ppp")


def test_a_check_out_of_tolerance_stops_the_run():
    run = start()
    check = answers.Check("a sum", 2.0, 3.0, 0.5, "billion yen", "cabinet-office-2015-space-budget", "page 1")
    with pytest.raises(RunError, match="a sum: 2 billion yen against the published 3"):
        run.check([check])


@pytest.mark.parametrize("address", ["s3://bucket/run", "https://example.org/x", "gs:/bucket"])
def test_an_address_is_no_folder(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError, match="is an address; give a folder of this machine"):
        start(output_dir=address)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_named_by_digits_is_that_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert record.start(tiny, {"output_dir": 20260101}).folder == tmp_path / "20260101"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"results": 5}', "\xff"])
def test_a_broken_record_is_named(tmp_path, text):
    (tmp_path / "run.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match="run the question"):
        records.read(tmp_path)


def test_exchange_puts_the_new_folder_in_place_and_removes_the_old(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    (target / "a").write_text("old")
    staged = files.staging_folder(target)
    (staged / "a").write_text("new")
    files.exchange(staged, target)
    assert (target / "a").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_exchange_without_the_system_call(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_swap", lambda *_: False)
    test_exchange_puts_the_new_folder_in_place_and_removes_the_old(tmp_path)


def test_leavings_of_a_dead_run_are_swept_and_those_of_a_living_one_stay(tmp_path):
    dead, living = tmp_path / ".out.4194999.abc.partial", tmp_path / f".out.{os.getpid()}.abc.partial"
    dead.mkdir()
    living.mkdir()
    files.staging_folder(tmp_path / "out").rmdir()
    assert not dead.exists() and living.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of file size are POSIX")
def test_a_full_disk_loses_nothing(tmp_path):
    """A limit on file size stands in for the full disk: the write fails half-way, for real, in a process of
    its own.
    """
    import subprocess
    import sys

    target = tmp_path / "figure.png"
    target.write_bytes(b"good")
    code = (
        "import resource, signal, sys; from pathlib import Path; from spacesec.machine import"
        " files\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE,"
        " (1000, 1000))\nfiles.write_bytes(Path(sys.argv[1]), b'x' * 5000)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True)
    assert done.returncode == 1 and "figure.png could not be written" in done.stderr
    assert target.read_bytes() == b"good"
    assert [path.name for path in tmp_path.iterdir()] == ["figure.png"]
