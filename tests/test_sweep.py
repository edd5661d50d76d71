"""A sweep is checked whole, ends in one table, resumes where it stopped, and gives the same table on a
cluster.
"""

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spacesec import answers
from spacesec.collection import execution, sweep, sweep_file
from spacesec.errors import ParameterError, RunError
from tests.conftest import QUESTION, ROOT

GRID = f"question: {QUESTION}\ngrid:\n  first_year: [2009, 2012, 2015]\n  currency: [JPY, USD]\n"


def written(folder, text, name="sweep.yml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def table(folder) -> list[dict]:
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_grid_gives_what_single_answers_give(tmp_path):
    planned = sweep_file.read(
        written(
            tmp_path,
            GRID + "fixed: {deflator: gdp}\nplot: {x: first_year, y: growth_multiple, colour: currency}\n",
        )
    )
    assert len(planned.points) == 6
    assert sweep.run(planned, tmp_path / "out") == []
    module = planned.question.module
    for row in table(tmp_path / "out"):
        alone = module.answer(
            module.Parameters(first_year=int(row["first_year"]), currency=row["currency"], deflator="gdp")
        )
        assert float(row["growth_multiple"]) == pytest.approx(alone["growth_multiple"], rel=1e-9)
    entry = json.loads((tmp_path / "out" / "sweep.json").read_text())
    assert entry["points"] == 6 and entry["failed"] == 0 and entry["fixed"]["deflator"] == "gdp"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        ".points.jsonl",
        "results.csv",
        "sweep.json",
        "multiples.png",
        "multiples.svg",
        "multiples.csv",
    }


def test_a_list_and_a_table_say_the_same(tmp_path):
    one = sweep_file.read(
        written(
            tmp_path,
            f"question: {QUESTION}\nlist:\n- {{first_year: 2009}}\n- {{first_year: 2012, currency: USD}}\n",
        )
    )
    written(tmp_path, "first_year,currency\n2009,JPY\n2012,USD\n", "points.csv")
    other = sweep_file.read(written(tmp_path, f"question: {QUESTION}\ntable: points.csv\n"))
    assert one.points == other.points


def test_a_result_of_three_numbers_takes_three_columns_and_is_drawn(tmp_path):
    text = (
        "question: missile_warning/joint_or_independent\ngrid: {life_years: [5, 8]}\nfixed: {draws: 200}\n"
        "plot: {x: life_years, y: saving_percent.low}\n"
    )
    assert sweep.run(sweep_file.read(written(tmp_path, text)), tmp_path / "out") == []
    for row in table(tmp_path / "out"):
        low, middle, high = (float(row[f"saving_percent{end}"]) for end in (".low", "", ".high"))
        assert low < middle < high
    assert (tmp_path / "out" / "multiples.png").is_file()


def test_lists_that_are_no_span_and_spans_that_are_not_one_everywhere_stay_lists():
    found = answers.columns(
        [
            {
                "years": [2023, 2024, 2027],
                "span": [2, 1, 3],
                "gaps": [2, 1, 3],
                "of": {"a": [2.5, 2, 3]},
                "x": True,
            }
        ]
        + [{"years": [], "span": [5, 4, 6], "gaps": [], "of": {"a": [1, 1, 1]}}, {}]
    )
    assert found[0] == {
        **{"years": [2023, 2024, 2027], "span": 2, "span.low": 1, "span.high": 3, "gaps": [2, 1, 3]},
        **{"of.a": 2.5, "of.a.low": 2, "of.a.high": 3, "x": True},
    }
    assert found[1]["gaps"] == [] and found[1]["span.high"] == 6 and found[2] == {}


def test_a_parameter_keeps_its_column_beside_a_result_of_its_name(tmp_path):
    text = (
        "question: missile_warning/flight_time\ngrid: {apogee_km: [null, 300, 600]}\nplot: {x: apogee_km, y: "
    )
    path = written(tmp_path, f"{text}result.apogee_km}}\n")
    assert sweep.run(sweep_file.read(path), tmp_path / "out") == []
    rows = table(tmp_path / "out")
    assert [row["apogee_km"] for row in rows] == ["", "300.0", "600.0"]
    assert float(rows[0]["result.apogee_km"]) > 300 and float(rows[2]["result.apogee_km"]) == 600
    units = json.loads((tmp_path / "out" / "sweep.json").read_text())["units"]
    assert units["result.apogee_km"] == "km" and "apogee_km" not in units
    with pytest.raises(ParameterError, match="cannot show y = 'apogee_km'; did you mean"):
        sweep_file.read(written(tmp_path, f"{text}apogee_km}}\n"))


def test_what_cannot_be_drawn_keeps_its_table(tmp_path, monkeypatch):
    planned = sweep_file.read(written(tmp_path, GRID + "plot: {x: first_year, y: growth_multiple}\n"))
    made = sweep._point

    def empty(name, values):
        found = made(name, values)
        return {**found, "results": {**found["results"], "growth_multiple": None}}

    monkeypatch.setattr(sweep, "_point", empty)
    (fault,) = sweep.run(planned, tmp_path / "out")
    assert "y = growth_multiple is not drawn (no point has a number there)" in fault
    assert len(table(tmp_path / "out")) == 6 and not (tmp_path / "out" / "multiples.png").exists()


def test_a_table_from_a_spreadsheet(tmp_path):
    text = "question: missile_warning/flight_time\ntable: points.csv\n"
    rows = "\ufeffapogee_km,range_km\r\n,1000\r\n600,1000\r\n,\r\n"
    (tmp_path / "points.csv").write_bytes(rows.encode())
    points = sweep_file.read(written(tmp_path, text)).points
    assert [point["apogee_km"] for point in points] == [None, 600] and points[1]["range_km"] == 1000
    (tmp_path / "points.csv").write_bytes(rows.replace(",", ";").encode())
    with pytest.raises(ParameterError, match="is divided by semicolons; save it as CSV divided by commas"):
        sweep_file.read(tmp_path / "sweep.yml")


@pytest.mark.skipif(os.name != "posix", reason="names a device")
def test_a_device_is_no_sweep_file():
    with pytest.raises(ParameterError, match="the sweep file zero cannot be read .it is no file."):
        sweep_file.read(Path("/dev/zero"))


def test_yaml_takes_no_country_for_a_choice(tmp_path):
    text = "question: regional_cooperation/positioning\ngrid: {lost_satellites: [0, 1]}\nfixed: {NO: 1}\n"
    with pytest.raises(ParameterError, match="there is no parameter 'NO'"):
        sweep_file.read(written(tmp_path, text))


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "must name one question"),
        ("question: [a", "not YAML"),
        (
            "question: budgets/goverment_space\ngrid: {first_year: [2009]}",
            "did you mean budgets/government_space",
        ),
        (f"question: {QUESTION}", "exactly one of grid, list, table"),
        (f"question: {QUESTION}\ngrid: {{first_year: 2009}}", "list of values"),
        (
            f"question: {QUESTION}\ngrid: {{first_year: [2009, 2030]}}",
            "point 2 of sweep.yml: first_year = 2030",
        ),
        (f"question: {QUESTION}\ngrid: {{fisrt_year: [2009]}}", "did you mean first_year"),
        (f"question: {QUESTION}\ngrid: {{first_year: [2009, 2009]}}", "repeats an earlier point"),
        # As given, before any point is checked, which takes far longer.
        (
            f"question: {QUESTION}\ngrid: {{first_year: [1066, 2009, 2009]}}",
            "point 3 .* repeats an earlier point",
        ),
        (f"question: {QUESTION}\nlist: [1, 2]", "one mapping"),
        (f"question: {QUESTION}\ntable: ../../secrets.csv", "must lie beside"),
        (f"question: {QUESTION}\ntable: nowhere.csv", "cannot be read"),
        (f"question: {QUESTION}\ngrid: {{first_year: [2009]}}\nfixd: {{}}", "unknown entry 'fixd'"),
        (
            f"question: {QUESTION}\ngrid: {{first_year: [2009]}}\nplot: {{x: first_year, y: nonsense}}",
            "cannot show y = 'nonsense'",
        ),
        (f"question: {QUESTION}\ngrid: {{first_year: [2009]}}\nplot: {{x: first_year}}", "needs x"),
        (
            f"question: {QUESTION}\ngrid:\n  first_year: [2009]\n  first_year: [2012]",
            "first_year stands there twice",
        ),
        (
            f"question: {QUESTION}\ngrid: {{first_year: [2009]}}\nfixed: {{output_dir: x}}",
            "gives output_dir, which is not the question's; leave it out",
        ),
        ("question: !!python/object/apply:os.system ['true']", "not YAML"),
        (
            f"question: {QUESTION}\ngrid: {{" + ", ".join(f"p{n}: {list(range(20))}" for n in range(5)) + "}",
            "at most 100,000",
        ),
    ],
)
def test_a_bad_sweep_ends_in_one_sentence_before_the_first_point(tmp_path, text, said):
    with pytest.raises(ParameterError, match=said.replace("'", ".")) as caught:
        sweep_file.read(written(tmp_path, text))
    assert "\n" not in str(caught.value)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=200)
    | st.builds(
        lambda values: json.dumps(values),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["question", "grid", "list", "table", "fixed", "plot", "first_year"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_any_text_is_a_sweep_or_a_sentence(tmp_path, text):
    path = tmp_path / "sweep.yml"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        sweep_file.read(path)
    except ParameterError as error:
        assert "\n" not in str(error)


def test_a_failed_point_is_told_and_the_rest_stand(tmp_path, monkeypatch):
    planned = sweep_file.read(written(tmp_path, GRID))
    module = planned.question.module
    real = module.answer
    monkeypatch.setattr(module, "answer", lambda p: real(p) if p.first_year != 2012 else 1 / 0)
    assert sweep.run(planned, tmp_path / "out") == [
        "point 3 failed: ZeroDivisionError: division by zero",
        "point 4 failed: ZeroDivisionError: division by zero",
    ]
    assert [bool(row["growth_multiple"]) for row in table(tmp_path / "out")] == [
        True,
        True,
        False,
        False,
        True,
        True,
    ]


def test_an_interrupted_sweep_resumes_to_the_same_table(tmp_path):
    path = written(
        tmp_path,
        f"question: {QUESTION}\ngrid:\n  first_year: {list(range(2009, 2021))}\n  currency: [JPY, USD]\n "
        " deflator: [none, gdp, cpi]\n",
    )
    command = [sys.executable, "-m", "spacesec.collection", "sweep", str(path), "--jobs", "2", "--output-dir"]
    process = subprocess.Popen(
        [*command, str(tmp_path / "stopped")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    log = tmp_path / "stopped" / sweep.LOG
    until = time.monotonic() + 120
    while not (log.is_file() and log.stat().st_size) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = len(log.read_text(encoding="utf-8").splitlines())
    assert 0 < before < 72 and not (tmp_path / "stopped" / "results.csv").exists()
    with log.open("a", encoding="utf-8") as file:
        file.write('{"code": "cut sho')
    for folder in ("stopped", "whole"):
        assert (
            subprocess.run(
                [*command, str(tmp_path / folder)], cwd=ROOT, capture_output=True, timeout=600
            ).returncode
            == 0
        )
    assert (tmp_path / "stopped" / "results.csv").read_bytes() == (
        tmp_path / "whole" / "results.csv"
    ).read_bytes()
    assert len(table(tmp_path / "whole")) == 72


@pytest.fixture
def cluster(tmp_path):
    """The address of a Dask scheduler, and what starts a worker of its."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    running = []

    def start(kind: str, *words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running.append(subprocess.Popen(command, **quiet))
        return running[-1]

    address = f"tcp://127.0.0.1:{port}"
    alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
    start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-show")
    yield address, lambda: start("worker", address, *alone)
    for process in running:
        process.kill()
        process.wait()


def test_a_cluster_gives_the_same_table_though_a_worker_dies(tmp_path, cluster):
    planned = sweep_file.read(
        written(tmp_path, f"question: {QUESTION}\ngrid:\n  first_year: {list(range(2009, 2021))}\n")
    )
    sweep.run(planned, tmp_path / "local")
    address, worker = cluster
    first, _ = worker(), worker()
    done = []

    def kill_one(finished, total, seconds):
        if not done:
            done.append(finished)
            first.kill()

    assert sweep.run(planned, tmp_path / "cluster", scheduler=address, report=kill_one) == []
    assert done and done[0] < 12
    assert (tmp_path / "cluster" / "results.csv").read_bytes() == (
        tmp_path / "local" / "results.csv"
    ).read_bytes()


def test_a_cluster_without_workers_ends_in_a_sentence_and_goes_on_with_one(tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(sweep, "NO_WORKER_SECONDS", 1)
    address, worker = cluster
    planned = sweep_file.read(written(tmp_path, GRID))
    with pytest.raises(RunError, match="has had no worker for 1 s; start one"):
        sweep.run(planned, tmp_path / "out", scheduler=address)
    worker()
    monkeypatch.setattr(sweep, "NO_WORKER_SECONDS", 60)
    assert sweep.run(planned, tmp_path / "out", scheduler=address) == []
    assert len(table(tmp_path / "out")) == 6


def test_no_scheduler_is_said_in_a_sentence(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    from distributed import Client

    def refuse(*_, **__):
        raise OSError("Timed out")

    monkeypatch.setattr(Client, "__init__", refuse)
    monkeypatch.setattr(Client, "__del__", lambda self: None)
    with pytest.raises(Exception, match="no Dask scheduler answers at tcp://127.0.0.1:1"):
        sweep.run(sweep_file.read(written(tmp_path, GRID)), tmp_path / "out", scheduler="tcp://127.0.0.1:1")


def test_the_notebooks_of_a_sweep_stand_beside_its_table_and_are_kept(tmp_path, monkeypatch):
    path, out = (
        written(tmp_path, f"question: {QUESTION}\ngrid: {{first_year: [2009, 2012], currency: [USD]}}\n"),
        tmp_path / "out",
    )
    command = [
        sys.executable,
        "-m",
        "spacesec.collection",
        "sweep",
        str(path),
        "--output-dir",
        str(out),
        "--notebooks",
        "--jobs",
        "2",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    for number, row in enumerate(table(out), start=1):
        folder = out / f"point-{number:05d}"
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        assert record["parameters"]["first_year"] == int(row["first_year"]) and record["results"][
            "growth_multiple"
        ]["value"] == float(row["growth_multiple"])
        assert (folder / "government_space.ipynb").is_file() and (folder / "series.png").is_file()
    shutil.rmtree(out / "point-00002")
    started = []
    monkeypatch.setattr(
        execution,
        "_run_one",
        lambda task, managers: (
            started.append(task.output_dir) or execution.Outcome(task.name, 0.0, "stopped on purpose")
        ),
    )
    assert sweep.run_notebooks(sweep_file.read(path), out) == ["point-00002 failed: stopped on purpose"]
    assert started == [str(out / "point-00002")]
