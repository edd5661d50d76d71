"""Expected values: days planted in place of a table's newest."""

from datetime import date

import pytest

from spacesec.data import extent, tables
from spacesec.policy_evolution import known


@pytest.mark.parametrize(
    ("newest", "until"),
    [("2026-02-01", "2026-11-22"), ("2027-01-05", "2027-01-05"), ("2031-12-31", "2031-12-31")],
)
def test_the_newest_day_counts_where_it_is_later_than_the_last_look(monkeypatch, newest, until):
    monkeypatch.setattr(tables, "package", lambda: {"as_of": "2026-11-22"})
    monkeypatch.setattr(extent, "last_day", lambda table, column, **where: date.fromisoformat(newest))
    assert known.until("policy_evolution/documents") == date.fromisoformat(until)


def test_plans_do_not_tell_what_is_known():
    # The strength of 880 is planned for March 2027; a table with nothing later ends before it.
    for name, (column, where) in known.HAPPENED.items():
        rows = tables.load(name)
        for key, wanted in where.items():
            rows = rows[rows[key] == wanted]
        assert known.until(name) == max(
            date.fromisoformat(tables.package()["as_of"]), rows[column].max().date()
        )
