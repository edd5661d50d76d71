"""What is made of tables is made once, and again as soon as anything that it was made of is another."""

import json

import pytest

from spacesec.data import tables, vintage
from spacesec.errors import DataError
from tests.conftest import QUESTION

CALLS: list[str] = []


@tables.remembered
def amounts(stage: str):
    CALLS.append(stage)
    table = tables.settled(QUESTION)
    return table[table["stage"] == stage]["amount_bn_jpy"].reset_index(drop=True)


@tables.remembered
def largest(count: int):
    CALLS.append("largest")
    return amounts("combined").nlargest(count)


@pytest.fixture
def home(collection, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    CALLS.clear()
    return collection


def test_it_is_made_once_for_the_same_arguments(home):
    assert amounts("combined").equals(amounts("combined")) and CALLS == ["combined"]
    assert not amounts("initial").equals(amounts("combined")) and CALLS == ["combined", "initial"]


def test_a_caller_cannot_change_what_the_next_one_gets(home):
    mine = amounts("combined")
    good = mine.tolist()
    mine.iloc[:] = 0.0
    mine.index.name = mine.name = "mine"
    theirs = amounts("combined")
    assert theirs.tolist() == good and theirs.name == "amount_bn_jpy" and theirs.index.name is None
    table = tables.settled(QUESTION)
    table["amount_bn_jpy"] = 0.0
    table.drop(table.index, inplace=True)
    assert tables.settled(QUESTION)["amount_bn_jpy"].max() > 0


def test_a_run_that_finds_it_made_rests_on_the_same_files(home):
    tables.forget_reads()
    largest(3)
    first = tables.files_read()
    tables.forget_reads()
    largest(3)
    assert CALLS == ["largest", "combined"]
    assert tables.files_read() == first
    assert set(first) == {f"data/{QUESTION}.csv", f"data/conflicts.csv#{QUESTION}"}


def rewritten(home, seal: bool) -> None:
    """Another amount in the table, sealed or not."""
    path = home.root / "data" / f"{QUESTION}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",1001.0,", ",1002.0,"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    if seal:
        package = home.root / "data" / "datapackage.json"
        held = json.loads(package.read_text(encoding="utf-8"))
        for resource in held["resources"]:
            if resource["name"] == QUESTION:
                resource["hash"] = tables.digest(path)
        package.write_text(json.dumps(held), encoding="utf-8")


def test_another_table_makes_it_anew(home):
    assert 1001.0 in largest(99).tolist()
    rewritten(home, seal=True)
    assert 1001.0 not in largest(99).tolist() and 1002.0 in largest(99).tolist()


def test_a_table_that_is_not_the_sealed_one_is_refused_though_it_was_read_before(home):
    largest(99)
    rewritten(home, seal=False)
    with pytest.raises(DataError, match="is not the file that data/datapackage.json lists"):
        largest(99)


def test_a_decision_makes_it_anew(home):
    before = len(amounts("combined"))
    path = home.root / "data" / "conflicts.csv"
    head = path.read_text(encoding="utf-8").splitlines()[0]
    rows = [row for row in tables.load(QUESTION).to_dict("records") if row["stage"] == "combined"][:2]
    cells = {
        "table": QUESTION,
        "row_ids": f"{rows[0]['row_id']};{rows[1]['row_id']}",
        "decided_row_id": rows[0]["row_id"],
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(cells.get(name, "") for name in head.split(",")) + "\n")
    package = home.root / "data" / "datapackage.json"
    held = json.loads(package.read_text(encoding="utf-8"))
    next(one for one in held["resources"] if one["name"] == "conflicts")["hash"] = tables.digest(path)
    package.write_text(json.dumps(held), encoding="utf-8")
    assert len(amounts("combined")) == before - 1


def test_another_collection_is_another(home, tmp_path_factory, monkeypatch):
    from tests.conftest import Collection

    largest(99)
    other = Collection(tmp_path_factory.mktemp("other") / "collection")
    rewritten(other, seal=True)
    monkeypatch.setenv("SPACESEC_HOME", str(other.root))
    assert 1001.0 not in largest(99).tolist() and 1002.0 in largest(99).tolist()
    monkeypatch.setenv("SPACESEC_HOME", str(home.root))
    assert 1001.0 in largest(99).tolist()


def test_as_known_on_a_day_it_is_made_every_time(home):
    whole = len(amounts("combined"))
    with vintage.known_on("2015-12-31"):
        assert len(amounts("combined")) == len(amounts("combined")) < whole
    assert CALLS == ["combined"] * 3 and len(amounts("combined")) == whole
