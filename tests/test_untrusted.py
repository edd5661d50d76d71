"""What comes from outside, broken or hostile: always one sentence, never a traceback, no path out of its
folder, nothing executed.
"""

import copy
import datetime
import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from spacesec.budgets import government_space
from spacesec.collection import cache, execution, questions, sweep, sweep_file, verification
from spacesec.collection.cli import main
from spacesec.data import sources, tables, validation
from spacesec.errors import LONGEST, DataError, ParameterError, RunError, SpacesecError
from spacesec.machine import untrusted
from spacesec.missile_warning import joint_or_independent
from spacesec.parameters import as_given
from spacesec.run import record, records
from tests import tiny
from tests.conftest import QUESTION, ROOT, Collection

TABLE, NOTEBOOK = f"data/{QUESTION}.csv", f"notebooks/{QUESTION}.ipynb"
RECORD = f"figures/{QUESTION}/run.json"
SOURCE, ROW = "cabinet-office-2015-space-budget", "space-budget-2015-combined"
fuzz = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


class Fixed:
    """The small collection in a folder beside which anything written would show, and every file's good
    contents to go back to.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.collection = Collection(folder / "in" / "collection")
        self.root = self.collection.root
        shutil.copy(ROOT / "README.md", self.root)
        (folder / "outside.csv").write_bytes((self.root / TABLE).read_bytes())
        (folder / "outside.png").write_bytes((self.root / "figures" / QUESTION / "series.png").read_bytes())
        self.canary = folder / "canary"
        self.code = f"__import__('pathlib').Path({str(self.canary)!r}).touch()"
        self.good = self.files()
        self.clock = 10**18

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def put(self, name: str, content: bytes) -> None:
        """Write a file of the collection at a time of its own: what is read once is kept by size and time."""
        (self.root / name).write_bytes(content)
        self.clock += 10**9
        os.utime(self.root / name, ns=(self.clock, self.clock))

    def original(self, name: str) -> bytes:
        return self.good[f"in/collection/{name}"]

    def back(self, *names: str) -> None:
        for name in names:
            self.put(name, self.original(name))

    def seal(self, name: str = QUESTION) -> None:
        """The hash of a table as it is, put into the package by hand."""
        package = json.loads(self.original("data/datapackage.json"))
        resource = next(r for r in package["resources"] if r["name"] == name)
        resource["hash"] = (
            "sha256:" + hashlib.sha256((self.root / "data" / resource["path"]).read_bytes()).hexdigest()
        )
        self.put("data/datapackage.json", json.dumps(package, ensure_ascii=False).encode())

    def untouched(self) -> bool:
        """Nothing was executed, and nothing stands outside the collection that did not."""
        return {
            name: content for name, content in self.files().items() if not name.startswith("in/collection/")
        } == {name: content for name, content in self.good.items() if not name.startswith("in/collection/")}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Fixed(tmp_path_factory.mktemp("untrusted"))


@pytest.fixture
def here(made, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(made.root))
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)
    monkeypatch.chdir(made.root)
    made.started = []
    monkeypatch.setattr(
        execution,
        "_run_one",
        lambda task, *_: made.started.append(task.name) or execution.Outcome(task.name, 1.0),
    )
    yield made
    assert made.untouched()
    for name in made.files().keys() - made.good.keys():
        (made.folder / name).unlink()
    for name, content in made.good.items():
        made.put(f"../../{name}", content)


def plain(text: str) -> bool:
    return bool(text) and text.isprintable() and len(text) <= LONGEST


def sentence(call, *arguments):
    """What the call gives, or the sentence with which it refuses; any other error is a fault."""
    try:
        return call(*arguments)
    except SpacesecError as error:
        assert plain(str(error)), str(error)
        return error


def commanded(capsys, *words: str) -> str:
    """The command in this process: it ends by itself and tells each fault in one line."""
    code = main(list(words))
    err = capsys.readouterr().err
    assert code in (0, 1, 2) and all(line.startswith("spacesec: ") for line in err.splitlines()), err
    assert code == 0 or err
    return err


# Bytes and JSON gone wrong

FORMULAS = [
    "=1+1",
    "=cmd|' /C touch x'!A0",
    "@SUM(1)",
    "-2+3",
    "+1",
    "!!python/object/apply:os.system [true]",
    "{0.__class__}",
    "cos\nsystem\n(S'true'\ntR.",
    "%s%n",
    "<script>x</script>",
]
PIECES = [
    b"\0",
    b"\xff\xfe",
    b"\r\n",
    b"\r",
    b"\n\n",
    b'"',
    b",",
    b"\xef\xbb\xbf",
    b"\x1a",
    "\u2028\x85\x0b".encode(),
    b"x" * 140_000,
    "表".encode("shift_jis"),
    *(formula.encode() for formula in FORMULAS),
]


@st.composite
def spoiled(draw, content: bytes) -> bytes:
    """The bytes cut, flipped, with something put in or said in another encoding."""
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        way = draw(st.sampled_from(["cut", "flip", "put", "lose", "encode", "ends"]))
        if way == "cut":
            content = content[:place]
        elif way == "flip" and content:
            content = (
                content[:place]
                + bytes([content[place] ^ (1 << draw(st.integers(0, 7)))])
                + content[place + 1 :]
            )
        elif way == "put":
            content = (
                content[:place] + draw(st.sampled_from(PIECES) | st.binary(max_size=8)) + content[place:]
            )
        elif way == "lose":
            content = content[:place] + content[place + draw(st.integers(1, 200)) :]
        elif way == "encode":
            content = content.decode("utf-8", "replace").encode(
                draw(st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "shift_jis", "utf-7"])), "replace"
            )
        else:
            content = content.replace(b"\n", draw(st.sampled_from([b"\r\n", b"\r", b"", b"\x0b"])))
    return content


HOSTILE = [
    "",
    "../../outside.csv",
    "/etc/passwd",
    "..\\outside.csv",
    "a/../../../outside.png",
    "\0",
    "x" * 5000,
    "C:\\x",
    "budgets/../../../../outside.csv",
    "file:///etc/passwd",
    *FORMULAS,
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from(HOSTILE)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(HOSTILE), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def bent(draw, found):
    """The JSON with one to three of its values replaced, renamed or lost, anywhere in it."""
    found = copy.deepcopy(found)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = None, None
        node = found
        while isinstance(node, (dict, list)) and node and (holder is None or draw(st.integers(0, 4))):
            holder, key = (
                node,
                draw(
                    st.sampled_from(sorted(node)) if isinstance(node, dict) else st.integers(0, len(node) - 1)
                ),
            )
            node = node[key]
        if holder is None:
            return draw(JSON)
        way = draw(st.sampled_from(["replace", "replace", "lose", "rename"]))
        if way == "replace":
            holder[key] = draw(JSON)
        elif way == "lose" or isinstance(holder, list):
            del holder[key]
        else:
            holder[draw(st.sampled_from(HOSTILE))] = holder.pop(key)
    return found


def broken(draw, content: bytes) -> bytes:
    """One file of JSON, spoiled as bytes or bent as JSON."""
    if draw(st.integers(0, 3)) == 0:
        return draw(spoiled(content))
    return json.dumps(draw(bent(json.loads(content))), ensure_ascii=draw(st.booleans())).encode(
        "utf-8", "replace"
    )


# Tables


@settings(fuzz, max_examples=40)
@given(data=st.data())
def test_any_table_is_read_or_refused_in_sentences(here, data):
    here.back("data/datapackage.json")
    here.put(TABLE, data.draw(spoiled(here.original(TABLE))))
    resource = tables.describe(QUESTION)
    faults = sentence(validation.problems, resource)
    assert isinstance(faults, SpacesecError) or all(map(plain, faults))
    if (here.root / TABLE).read_bytes() != here.original(TABLE):
        assert isinstance(sentence(tables.load, QUESTION), DataError)
    here.seal()  # whoever changes a table can change its hash
    sentence(tables.load, QUESTION)
    sentence(sources.who_says, ROW)
    sentence(government_space.Parameters.of, {})
    here.back(TABLE, "data/datapackage.json")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_table_stays_text_in_a_workbook(here, formula):
    pytest.importorskip("xlsxwriter")

    from spacesec.collection.site.rows import _rows
    from spacesec.collection.site.workbook import workbook

    text = (
        (here.root / TABLE)
        .read_text(encoding="utf-8")
        .replace("total row", json.dumps(formula)[1:-1].replace("\\n", " "), 1)
    )
    here.put(TABLE, text.encode())
    here.seal()
    resource = tables.describe(QUESTION)
    rows = [row for row in _rows(resource) if formula[:3] in row.cells["locator"]]
    assert rows
    with zipfile.ZipFile(io.BytesIO(workbook(resource, rows))) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) >= 2 and not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


# The package, the sources, records, notebooks

COMMANDS = [
    ["check"],
    ["verify"],
    ["list"],
    ["tables"],
    ["run", QUESTION],
    ["run"],
    ["who", ROW],
    ["cite", SOURCE],
    ["cite", SOURCE, "--bibtex"],
    ["cite", QUESTION],
    ["seal"],
    ["readme"],
]


@pytest.mark.parametrize("name", ["data/datapackage.json", "data/sources.json", RECORD, NOTEBOOK])
def test_any_json_is_read_or_refused_in_one_sentence(here, capsys, name):
    @settings(fuzz, max_examples=30)
    @given(data=st.data())
    def held(data):
        here.put(name, broken(data.draw, here.original(name)))
        if name == "data/sources.json" and data.draw(st.booleans()):
            here.seal("sources")
        commanded(capsys, *data.draw(st.sampled_from(COMMANDS)))
        assert here.untouched()
        here.back(name, "data/datapackage.json", "README.md", RECORD, NOTEBOOK)

    held()


@fuzz
@given(data=st.data())
def test_parsing_takes_json_and_nothing_else(data):
    content = data.draw(spoiled(json.dumps(data.draw(JSON), ensure_ascii=False).encode("utf-8", "replace")))
    try:
        found = untrusted.parse(content)
    except ValueError as error:
        assert str(error)
    else:
        assert untrusted.parse(json.dumps(found, allow_nan=False).encode()) == found


@pytest.mark.parametrize(
    "content, said",
    [
        (b"[" * 100_000, "nested too deeply"),
        (b"NaN", "not JSON"),
        (b"1e999", "too large"),
        (b'"\\ud800"', "not UTF-8"),
        (b"\xff", "not UTF-8"),
        (b"1" * 5000, "limit"),
        (b"{", "Expecting"),
    ],
)
def test_what_is_no_json_is_named(content, said):
    with pytest.raises(ValueError, match=said):
        untrusted.parse(content)


OUT = [
    "../../outside.png",
    "/etc/passwd",
    "..\\outside.png",
    "sub/../../x.png",
    "~/x",
    "x\0.png",
    "",
    ".",
    "..",
    "a:b.png",
    "x" * 300,
]


@pytest.mark.parametrize("name", OUT)
def test_no_name_in_a_record_leads_out_of_its_folder(here, capsys, name):
    if name == "~/x":
        assert untrusted.below(here.root, name) == here.root / "~" / "x"  # no shell reads it
        return
    good = json.loads(here.original(RECORD))
    digest = "sha256:" + hashlib.sha256((here.folder / "outside.png").read_bytes()).hexdigest()
    for place in ("files", "inputs", "name"):
        bad = copy.deepcopy(good)
        if place == "inputs":
            bad["inputs"] = {name or "#": digest}
        elif place == "files":
            bad["figures"][0]["files"][name] = digest
        else:
            bad["figures"][0] |= {"name": name, "files": {f"{name}.png": digest}}
        here.put(RECORD, json.dumps(bad).encode())
        with pytest.raises(DataError, match="run the question again"):
            records.read(here.root / "figures" / QUESTION)
        assert "broken" in commanded(capsys, "verify")
        assert not cache.fresh(questions.Question(QUESTION))


@pytest.mark.parametrize("name", [*OUT[:4], "budgets/../../../outside.csv"])
def test_no_path_in_the_package_leads_out_of_data(here, capsys, name):
    package = json.loads(here.original("data/datapackage.json"))
    resource = next(r for r in package["resources"] if r["name"] == QUESTION)
    resource |= {
        "path": name,
        "hash": "sha256:" + hashlib.sha256((here.folder / "outside.csv").read_bytes()).hexdigest(),
    }
    here.put("data/datapackage.json", json.dumps(package).encode())
    for words in (["check"], ["run"], ["seal"], ["who", ROW]):
        assert "data/datapackage.json does not describe tables (resources" in commanded(capsys, *words)


def test_no_link_leads_out_of_a_folder(here, capsys):
    for name, target in (
        (TABLE, "outside.csv"),
        (f"figures/{QUESTION}/series.png", "outside.png"),
        (f"figures/{QUESTION}/series.csv", "outside.csv"),
    ):
        (here.root / name).unlink()
        (here.root / name).symlink_to(here.folder / target)
        for words in (["verify"], ["run", QUESTION]):
            said = commanded(capsys, *words)
            assert "link" in said or words[0] == "run" and name != TABLE, said
        (here.root / name).unlink()
        here.back(name)
    (here.root / "data" / "budgets").rename(here.folder / "moved")
    (here.root / "data" / "budgets").symlink_to(here.folder / "moved")
    here.back("data/datapackage.json")
    try:
        assert "by a link" in commanded(capsys, "check")
    finally:
        (here.root / "data" / "budgets").unlink()
        (here.folder / "moved").rename(here.root / "data" / "budgets")


@fuzz
@given(data=st.data())
def test_what_the_cache_keeps_may_be_anything(here, data):
    here.put(f"figures/{QUESTION}/.fingerprint", data.draw(st.binary(max_size=200)))
    assert not cache.fresh(questions.Question(QUESTION))
    (here.root / "build").mkdir(exist_ok=True)
    here.put(
        execution.SECONDS,
        data.draw(
            st.binary(max_size=50) | JSON.map(lambda found: json.dumps(found).encode("utf-8", "replace"))
        ),
    )
    assert all(isinstance(value, (int, float)) for value in execution._last_seconds().values())


def test_a_record_cannot_take_a_readers_file_away(tmp_path):
    run = tiny.whole(output_dir=str(tmp_path / "out"))
    run.finish()
    found = json.loads((tmp_path / "out" / "run.json").read_text())
    (tmp_path / "out" / "thesis.docx").write_text("years of work")
    (tmp_path / "out" / "notes" / "deep").mkdir(parents=True)
    (tmp_path / "out" / "notes" / "deep" / "note.txt").write_text("mine")
    (tmp_path / "out" / "link").symlink_to("notes")
    found["figures"] = [
        {
            "name": "thesis",
            "title": "",
            "caption": "",
            "alt": "",
            "sources": [],
            "files": {"thesis.docx": "sha256:0"},
        }
    ]
    (tmp_path / "out" / "run.json").write_text(json.dumps(found))
    run.finish()
    assert (tmp_path / "out" / "thesis.docx").read_text() == "years of work"
    assert (tmp_path / "out" / "link" / "deep" / "note.txt").read_text() == "mine" and (
        tmp_path / "out" / "link"
    ).is_symlink()
    assert not list(tmp_path.glob(".*"))


# Parameters

VALUES = st.recursive(
    SCALARS | st.floats() | st.binary(max_size=4) | st.dates() | st.just(object()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.integers() | st.dates() | st.tuples(st.integers()), inner, max_size=3
        )
        | st.tuples(inner)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("model", [government_space.Parameters, joint_or_independent.Parameters])
def test_any_values_are_parameters_or_a_sentence(model):
    @fuzz
    @example({"self": None})
    @given(
        st.dictionaries(
            st.sampled_from([*model.model_fields, "self", "__class__", "model_config", "x" * 300]),
            VALUES,
            max_size=3,
        )
    )
    def held(values):
        found = sentence(model.of, values)
        assert isinstance(found, (model, ParameterError))

    held()


def test_values_that_hold_themselves_or_have_no_end_are_refused():
    endless: list = []
    endless.append(endless)
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    for value in (endless, deep, {datetime.date(2020, 1, 1): 1}, 10**5000):
        assert isinstance(sentence(government_space.Parameters.of, {"first_year": value}), ParameterError)


@fuzz
@given(data=st.data())
def test_any_words_of_the_command_line_end_in_one_sentence(here, capsys, data):
    name = data.draw(
        st.sampled_from(
            [*government_space.Parameters.model_fields, "output_dir", "__import__('os')", "a.b", ""]
        )
    )
    text = data.draw(
        st.text(max_size=20)
        | st.sampled_from(
            [*HOSTILE, here.code, "[" * 5000, "1" * 5000, "-1e999", '{"a": ' * 3000, "\udcff", "None", "NaN"]
        )
        | JSON.map(json.dumps)
    )
    if not text.startswith("-"):
        commanded(capsys, "run", QUESTION, "-p", name, text, "--output-dir", "out")
    as_given(text)
    (
        commanded(capsys, data.draw(st.sampled_from(["describe", "who", "cite"])), text)
        if not text.startswith("-")
        else None
    )
    shutil.rmtree(here.root / "out", ignore_errors=True)


# Where a run may write


def folders(here: Fixed) -> dict[str, str]:
    (here.root / "link").symlink_to(here.root / "figures" / "budgets")
    (here.root / "loop").symlink_to(here.root / "loop")
    (here.root / "busy").mkdir()
    (here.root / "busy" / "thesis.docx").write_text("years of work")
    return {
        "link": "inside figures/",
        "link/new": "inside figures/",
        "out/../figures/budgets/x": "inside figures/",
        "loop": "not possible",
        "loop/x": "not possible",
        "x" * 5000: "not possible",
        "~nobody-here/x": "not possible",
        "busy": "holds other files",
        "README.md": "is a file",
        "README.md/x": "cannot be written",
    }


def test_no_output_folder_leads_elsewhere(here, capsys):
    plan = here.root / "plan.yml"
    plan.write_text(f"question: {QUESTION}\ngrid: {{first_year: [2009]}}\n")
    before = here.collection.state()
    cases = folders(here)
    for folder, said in cases.items():
        for words in (
            ["run", QUESTION, "--output-dir", folder],
            ["sweep", str(plan), "--output-dir", folder],
        ):
            told = commanded(capsys, *words)
            assert said in told and told.count("\n") == 1, (folder, told)
        with pytest.raises(
            RunError, match=said if said != "cannot be written" else "cannot be written|not possible"
        ):
            record.start(government_space, {**government_space.Parameters.defaults(), "output_dir": folder})
    assert here.started == [] and here.collection.state() == before
    for name in ("link", "loop"):
        (here.root / name).unlink()


def test_a_link_to_a_folder_is_that_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    tiny.whole(output_dir=str(tmp_path / "link")).finish()
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real" / "run.json").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


# Sweeps

WORDS = st.sampled_from(
    [
        "question",
        "grid",
        "list",
        "table",
        "fixed",
        "plot",
        "x",
        "y",
        QUESTION,
        "first_year",
        "currency",
        "USD",
        "2009",
        "!!python/object/apply:os.system ['touch canary']",
        "!!python/name:os.system",
        "&a",
        "*a",
        "[*a, *a]",
        "2020-01-01",
        "!!binary aGk=",
        "? [1]",
        "<<: *a",
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "\n",
        "  ",
        ", ",
        "|",
        "../x.csv",
        "\0",
    ]
)


@fuzz
@given(data=st.data())
def test_any_sweep_file_is_a_sweep_or_a_sentence(here, data):
    whole = (
        f"question: {QUESTION}\ngrid: {{first_year: [2009, 2010]}}\nfixed: {{currency: USD}}\nplot: {{x:"
        " first_year, y: growth_multiple}\n"
    )
    content = data.draw(
        st.lists(WORDS, max_size=12).map("".join).map(str.encode)
        | spoiled(whole.encode())
        | bent(
            {
                "question": QUESTION,
                "grid": {"first_year": [2009, 2010]},
                "fixed": {"currency": "USD"},
                "table": "x.csv",
            }
        ).map(lambda v: json.dumps(v).encode())
    )
    here.put("plan.yml", content)
    found = sentence(sweep_file.read, here.root / "plan.yml")
    assert isinstance(found, (sweep_file.Sweep, SpacesecError))


@pytest.mark.parametrize(
    "text, said",
    [
        ("a: &a [1]\nfixed: *a", "aliases"),
        ("fixed: &a {first_year: *a}", "aliases"),
        (
            "\n".join(
                [
                    f"question: {QUESTION}",
                    "x0: &x0 [1, 1]",
                    *(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]" for n in range(1, 40)),
                    "grid: {first_year: *x39}",
                ]
            ),
            "aliases",
        ),
        (f'question: {QUESTION}\ntable: "\\0"', "must lie beside"),
        (f"question: {QUESTION}\ntable: link.csv", "must lie beside"),
        (f"question: {QUESTION}\ntable: /etc/passwd", "must lie beside"),
        (f"question: {QUESTION}\ntable: [1]", "must lie beside"),
        (f"question: {QUESTION}\ntable: twice.csv", "each once"),
        (f"question: {QUESTION}\ngrid: {{first_year: [{{2020-01-01: 1}}]}}", "first_year"),
        (f"question: {QUESTION}\ngrid: {{first_year: [{'9' * 5000}]}}", "sweep file|first_year"),
    ],
)
def test_hostile_sweeps_end_in_one_sentence(here, text, said):
    (here.root / "link.csv").symlink_to(here.folder / "outside.csv")
    (here.root / "twice.csv").write_text("first_year,first_year\n2009,2010\n")
    here.put("plan.yml", text.encode())
    with pytest.raises(ParameterError, match=said):
        sweep_file.read(here.root / "plan.yml")
    (here.root / "link.csv").unlink()


def test_any_log_of_a_sweep_is_passed_over_or_told(here, monkeypatch):
    monkeypatch.setattr(
        sweep,
        "_point",
        lambda name, values: {
            "results": {"growth_multiple": 2.0, "by": {"a": 1}},
            "units": {"growth_multiple": "times"},
        },
    )
    here.put("plan.yml", f"question: {QUESTION}\ngrid: {{first_year: [2009, 2010]}}".encode())
    planned = sweep_file.read(here.root / "plan.yml")
    folder = here.root / "swept"
    assert sweep.run(planned, folder) == []
    log, table = (folder / sweep.LOG).read_bytes(), (folder / "results.csv").read_bytes()
    lines = [json.loads(line) for line in log.splitlines()]

    @fuzz
    @given(data=st.data())
    def held(data):
        content = data.draw(
            spoiled(log)
            | st.sampled_from(lines)
            .flatmap(bent)
            .map(lambda line: json.dumps(line).encode("utf-8", "replace") + b"\n")
        )
        (folder / sweep.LOG).write_bytes(content)
        found = sentence(sweep.run, planned, folder)
        assert isinstance(found, (list, SpacesecError))

    held()
    (folder / sweep.LOG).write_bytes(log[:40])
    assert sweep.run(planned, folder) == [] and (folder / "results.csv").read_bytes() == table
    shutil.rmtree(folder)


def test_a_log_that_cannot_be_drawn_is_told(here):
    drawn = "grid: {first_year: [2009]}\nplot: {x: first_year, y: growth_multiple}"
    here.put("plan.yml", f"question: {QUESTION}\n{drawn}".encode())
    planned = sweep_file.read(here.root / "plan.yml")
    folder = here.root / "swept"
    folder.mkdir()
    entry = {
        "code": cache.fingerprint(planned.question),
        "key": sweep_file.key(planned.points[0]),
        "outcome": {"results": {"other": 1}, "units": {}},
    }
    (folder / sweep.LOG).write_text(json.dumps(entry) + "\n")
    assert "y = growth_multiple is not drawn" in str(sentence(sweep.run, planned, folder))
    assert sorted(path.name for path in folder.iterdir()) == [sweep.LOG, "results.csv", sweep.RECORD]
    shutil.rmtree(folder)


# Notebooks from elsewhere


def notebook(code: str, kernel: str = "python3") -> str:
    cell = nbformat.v4.new_code_cell("output_dir = None", metadata={"tags": ["parameters"]})
    return nbformat.writes(
        nbformat.v4.new_notebook(
            cells=[cell, nbformat.v4.new_code_cell(code)],
            metadata={"kernelspec": {"name": kernel, "display_name": "x", "language": "python"}},
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "../../x",
        "budgets/../../x",
        "budgets/../budgets/government_space",
        "/etc/passwd",
        "budgets/government_space.ipynb",
        "./budgets/government_space",
        "budgets//government_space",
        "budgets\\government_space",
        "budgets/x;y",
        "budgets.government_space",
        "evil/x",
        "budgets",
        "",
        ".",
        "budgets/",
        "budgets/*",
        "BUDGETS/government_space",
        "budgets/government_space\n",
        "budgets/government_space\0",
        "ｂudgets/government_space",
    ],
)
def test_no_name_runs_a_notebook_that_it_is_not(here, capsys, name):
    for place in ("in/x.ipynb", "x.ipynb", "in/collection/x.ipynb"):
        (here.folder / place).write_text(notebook(here.code))
    said = commanded(capsys, "run", name)
    assert "there is no question" in said and here.started == []
    for words in (["describe", name], ["run", QUESTION, name]):
        commanded(capsys, *words)
    assert here.started == []
    for place in ("in/x.ipynb", "x.ipynb", "in/collection/x.ipynb"):
        (here.folder / place).unlink()


STRANGERS = [
    "budgets/untitled",
    "budgets/money",
    "budgets/__init__",
    "budgets/.hidden",
    "budgets/a.b",
    "budgets/no module",
    "budgets/x-y",
    "budgets/os",
    "policy_evolution/claim_rules",
]


@pytest.mark.parametrize("name", STRANGERS)
def test_a_notebook_without_a_question_is_not_run(here, capsys, name):
    path = here.root / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(notebook(here.code))
    assert "belongs to no question" in commanded(capsys, "run", name)
    assert here.started == []
    assert commanded(capsys, "run", "--force") == "" and here.started == [QUESTION]
    assert commanded(capsys, "list") == ""
    assert f"notebooks/{name}.ipynb belongs to no question" in commanded(capsys, "verify")


def test_a_linked_notebook_is_not_run(here, capsys):
    elsewhere = here.folder / "elsewhere.ipynb"
    elsewhere.write_text(notebook(here.code))
    path = here.root / NOTEBOOK
    path.unlink()
    path.symlink_to(elsewhere)
    assert "is a link out of notebooks/" in commanded(capsys, "run", QUESTION)
    commanded(capsys, "run")
    assert here.started == [] and "is a link out of notebooks/" in commanded(capsys, "verify")
    path.unlink()
    elsewhere.unlink()


def test_verify_names_a_notebook_whose_answer_is_not_the_records(here):
    found = json.loads(here.original(RECORD))
    here.put(RECORD, json.dumps({**found, "answer": "Another answer."}).encode())
    assert verification.problems() == [
        f"notebooks/{QUESTION}.ipynb and {RECORD} are not of one run, or were edited since; run `spacesec run"
        f" {QUESTION}`",
        f"notebooks/{QUESTION}.ipynb stores another answer than {RECORD}; run `spacesec run {QUESTION}`",
        f"figures/{QUESTION}: the answer is not what its sentences say",
    ]


def test_names_of_folders_are_text_to_python_papermill_and_the_shell(tmp_path):
    """A real run, in a folder and into a folder whose names are code and format strings."""
    canary = "canary"
    folder = tmp_path / "{output_dir.__class__}{0}%s$(touch canary)"
    collection = Collection(folder / "collection")
    target = f"o'u\"t\\{{x}}\"; open('{canary}', 'w') #\n"
    done = collection.spacesec("run", QUESTION, "-p", "currency", "USD", "--output-dir", target)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert json.loads((collection.root / target / "run.json").read_text())["parameters"]["currency"] == "USD"
    assert not list(tmp_path.rglob(canary))
