"""Tables come typed from their schema; tampering, unknown names and unknown evidence end in a sentence."""

import json
import warnings

import pandas as pd
import pytest

from spacesec.data import sources, tables, validation
from spacesec.errors import DataError
from spacesec.machine import paths


def test_types_follow_the_schema():
    table = tables.load("budgets/government_space")
    assert str(table["fiscal_year"].dtype) == "Int64"
    assert str(table["amount_bn_jpy"].dtype) == "float64"
    assert table["stage"].cat.categories.tolist() == ["request", "initial", "supplementary", "combined"]
    assert pd.api.types.is_datetime64_any_dtype(tables.load("budgets/exchange_rates")["month"])


def test_evidence_filter_keeps_only_what_is_asked():
    everything = tables.load("budgets/government_space")
    derived = tables.load("budgets/government_space", evidence="derived")
    rest = tables.load("budgets/government_space", evidence=("independent", "seed"))
    assert set(derived["evidence"]) == {"derived"}
    assert len(derived) + len(rest) == len(everything)
    with pytest.raises(DataError, match="independent, seed, derived"):
        tables.load("budgets/government_space", evidence="recalled")


def test_a_caller_cannot_change_the_next_callers_table():
    mine = tables.load("budgets/government_space")
    mine["amount_bn_jpy"] = 0.0
    assert tables.load("budgets/government_space")["amount_bn_jpy"].min() > 0


def test_unknown_table_lists_those_there_are():
    with pytest.raises(DataError, match="budgets/government_space"):
        tables.load("budgets/goverment_space")


def test_reading_is_remembered_part_by_part():
    tables.forget_reads()
    tables.settled("budgets/government_space")
    sources.cite("cabinet-office-2015-space-budget")
    assert list(tables.files_read()) == [
        "data/budgets/government_space.csv",
        "data/conflicts.csv#budgets/government_space",
        "data/sources.json#cabinet-office-2015-space-budget",
    ]


def test_settled_drops_the_rows_that_a_conflict_decided_against():
    # The Cabinet Office's table of 2012 gives 304.9 for FY2011; the first announcement, 309.9, is set aside.
    table = tables.settled("budgets/government_space")
    row = table[
        (table["fiscal_year"] == 2011)
        & (table["count"] == "with_missile_defence")
        & (table["stage"] == "initial")
    ]
    assert row["amount_bn_jpy"].tolist() == [304.9]


def test_a_conflict_sets_no_other_satellite_aside():
    """What a source says of ALOS-3 is no reason to forget ALOS-4, which flies (launched 1 July 2024)."""
    for name in tables.names():
        if "cospar_id" in (every := tables.load(name)):
            kept = set(tables.settled(name)["cospar_id"].dropna())
            assert kept == set(every["cospar_id"].dropna()), name
    assert "ALOS-4" in set(tables.settled("space_systems/satellites")["name"])


def test_the_whole_of_data_is_in_order():
    assert validation.check() == []


def test_every_row_has_a_source_and_a_locator_and_none_is_recalled():
    for name in tables.names():
        table = tables.load(name)
        if "source_id" in table and not name.startswith("checks/"):
            assert table["source_id"].isin(list(sources.store())).all(), name
            assert table["locator"].str.len().min() > 0, name
            if name != "glossary":  # words, no facts
                assert set(table["evidence"]) <= set(tables.EVIDENCE), name


def test_every_field_is_described_and_every_table_licensed():
    for resource in tables.package()["resources"]:
        if "schema" in resource:
            assert resource["licenses"] and resource["description"], resource["name"]
            assert all(field["description"] for field in resource["schema"]["fields"]), resource["name"]


def test_the_package_is_one_that_frictionless_reads():
    from frictionless import Package, system

    with system.use_context(trusted=True):
        package = Package.from_descriptor(
            json.loads((paths.data() / "datapackage.json").read_text(encoding="utf-8")),
            basepath=str(paths.data()),
        )
    assert package.name == "japan-space-security"


def test_a_broken_store_of_sources_is_neither_sealed_nor_in_order(collection, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    store = collection.root / "data" / "sources.json"
    items = json.loads(store.read_text(encoding="utf-8"))
    items[0]["URL"] = "javascript:alert(1)"
    store.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    before = tables.package()
    for faults in (validation.seal(), validation.check()):
        assert any(items[0]["id"] in fault and "an address begins with" in fault for fault in faults)
    assert tables.package() == before


@pytest.mark.parametrize(
    "cell, refused",
    [("initial", False), ("", False), ("preliminary", True), ("Initial", True), ("initial ", True)],
)
def test_a_text_that_the_schema_does_not_list_is_refused_and_not_dropped(tmp_path, cell, refused):
    """pandas itself only warns and leaves the cell empty."""
    fields = [
        {"name": "stage", "type": "string", "constraints": {"enum": ["request", "initial"]}},
        {"name": "year", "type": "integer"},
    ]
    path = tmp_path / "table.csv"
    path.write_text(f"stage,year\nrequest,2020\n{cell},2021\n", encoding="utf-8")
    if refused:
        with pytest.raises(DataError, match=f"stage may not be '{cell}'"):
            tables._parse(path, "", json.dumps({"fields": fields}))
    else:
        found = tables._parse(path, "", json.dumps({"fields": fields}))
        assert list(found["stage"].cat.categories) == ["request", "initial"]
        assert found["stage"].astype(object).fillna("").tolist() == ["request", cell]


def test_reading_a_table_leaves_the_warnings_of_other_threads_as_they_are(monkeypatch):
    read, before = pd.read_csv, list(warnings.filters)

    def watched(*arguments, **keywords):
        assert list(warnings.filters) == before
        return read(*arguments, **keywords)

    monkeypatch.setattr(pd, "read_csv", watched)
    tables._parse.cache_clear()
    assert len(tables.load("budgets/government_space"))
