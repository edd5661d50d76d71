"""The rules by which rows and recorded results decide a claim: one small function a rule, readable beside the
table.

A rule is a row of ``policy_evolution/claim_rules``. Its operands name rows (``theme/table:row_id``; ``*``
stands for any ending) or a recorded result (``theme/question:name``). Evaluating it gives a finding: *holds*,
*fails*, *slipped* (a plan that was not kept), *open* (it waits for a day or a run) or *no source* (nothing
independent is at hand, or what is at hand is too coarse to tell).
"""

import fnmatch
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from spacesec import answers
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.machine import paths
from spacesec.policy_evolution import known
from spacesec.run import records

EVER = (pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31"))  # the ends of a period left open

Row = Mapping[str, Any]  # a table's row: column -> value
Outcome = Literal["holds", "fails", "slipped", "open", "no source"]


@dataclass(frozen=True)
class Finding:
    """What a rule found: its outcome and, in words, the value that decided it."""

    outcome: Outcome
    found: str


class MissingReference(DataError):
    """A rule or reason names a row, a column or a result that does not exist."""


# --- references


def references(text: str | None) -> list[str]:
    """The single references in an operands or basis cell."""
    return [part.strip() for part in re.split("[;|]", text) if part.strip()] if isinstance(text, str) else []


def is_row(reference: str) -> bool:
    """Row ids hold hyphens, names of results never do."""
    name = reference.partition(":")[2]
    return "-" in name or "*" in name


@tables.remembered
def _records(name: str) -> list[Row]:
    return tables.load(name).to_dict("records")


class Evidence:
    """Rows of tables and results of recorded runs, read once each; ``found`` keeps what a rule (its row's id
    and its tolerance) found in them.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, Row]] = {}
        self._settled: dict[str, list[str]] = {}
        self._records: dict[str, dict[str, Any] | None] = {}
        self._rows: dict[str, list[tuple[str, Row]]] = {}
        self.found: dict[tuple[str, float | None], Finding] = {}

    @cached_property
    def as_of(self) -> date:
        """The day up to which outcomes are known: what was due before it and has not come is late."""
        return known.until("policy_evolution/promise_outcomes")

    def table(self, name: str) -> dict[str, Row]:
        """The rows of a table by their identifiers."""
        if name not in self._tables:
            try:
                rejected = tables.rejected(name)
                self._tables[name] = {row["row_id"]: row for row in _records(name)}
                self._settled[name] = [one for one in self._tables[name] if one not in rejected]
            except DataError:
                if name in tables.names():
                    raise
                raise MissingReference(f"there is no table {name!r}") from None
        return self._tables[name]

    def rows(self, text: str) -> list[tuple[str, Row]]:
        """The rows that references name, each with its table; raises MissingReference where one does not
        exist.
        """
        return [pair for reference in references(text) for pair in self._named(reference)]

    def _named(self, reference: str) -> list[tuple[str, Row]]:
        if reference not in self._rows:
            name, _, row_id = reference.partition(":")
            table = self.table(name)
            if "*" in row_id:  # no row that was decided against
                wanted = fnmatch.filter(self._settled.get(name, table), row_id)
            else:
                wanted = [row_id] if row_id in table else []
            if not wanted:
                raise MissingReference(f"data/{name}.csv has no row {row_id!r}")
            self._rows[reference] = [(name, table[one]) for one in wanted]
        return self._rows[reference]

    def values(self, text: str, column: str) -> list[Any]:
        """One column of the rows named, missing values left out."""
        found = []
        for name, row in self.rows(text):
            if column not in row:
                raise MissingReference(f"data/{name}.csv has no column {column!r}")
            if not pd.isna(row[column]):
                found.append(row[column])
        return found

    def lacking(self, text: str, column: str) -> str | None:
        """The first row named that has nothing in a column; None where all have. Missing is no zero."""
        rows = self.rows(text)
        return next((row["row_id"] for _, row in rows if column in row and pd.isna(row[column])), None)

    def unit(self, text: str, column: str) -> str:
        """The unit of a column in the rows named: their own ``unit`` cell, else the unit the schema
        states.
        """
        name, row = self.rows(text)[0]
        if column == "value" and "unit" in row and not pd.isna(row["unit"]):
            return str(row["unit"])
        return next(
            (f.get("unit", "") for f in tables.describe(name)["schema"]["fields"] if f["name"] == column), ""
        )

    def record(self, question: str) -> records.Record | None:
        """The record of the question's default run, or None while it has none."""
        if question not in self._records:
            folder = paths.figures() / question
            self._records[question] = (
                records.recorded(question) if (folder / records.NAME).is_file() else None
            )
        return self._records[question]

    def result(self, reference: str) -> records.KeptResult | None:
        """A recorded result as run.json holds it; None while the question is not recorded."""
        question, _, name = reference.partition(":")
        run = self.record(question)
        if run is None:
            return None
        if name not in run.results:
            raise MissingReference(f"figures/{question}/run.json has no result {name!r}")
        return run.results[name]

    def recorded(self) -> list[str]:
        """The questions that have a record, in order, without this one: its results must not rest on
        themselves.
        """
        found = ("/".join(path.parent.parts[-2:]) for path in paths.figures().glob(f"*/*/{records.NAME}"))
        return sorted(set(found) - {"policy_evolution/claims"})


# --- periods


def period(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of ``2014``, ``2014-07``, ``2014-07-01``, ``FY2014`` (April to March) or a range
    ``a..b`` (either end open).
    """
    if ".." in text:
        low, high = text.split("..")
        return (period(low)[0] if low else EVER[0]), (period(high)[1] if high else EVER[1])
    if match := re.fullmatch(r"FY(\d{4})", text):
        year = int(match[1])
        return pd.Timestamp(year, 4, 1), pd.Timestamp(year + 1, 3, 31)
    frequency = {4: "Y", 7: "M", 10: "D"}[len(text)]
    whole = pd.Period(text, frequency)
    return whole.start_time, whole.end_time.normalize()


def span(row: Row, column: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days that a row's date may mean, from its own precision."""
    start = pd.Timestamp(row[column])
    own = column.removesuffix("date").rstrip("_") + "_precision"
    precision = row.get(own, row.get("date_precision", "day"))
    length = {
        "month": pd.DateOffset(months=1),
        "year": pd.DateOffset(years=1),
        "fiscal_year": pd.DateOffset(years=1),
    }.get(str(precision))
    return start, (start + length - pd.Timedelta(days=1) if length is not None else start)


def _day(moment: pd.Timestamp, row: Row, column: str) -> str:
    first, last = span(row, column)
    width = (last - first).days
    return f"{moment:%Y}" if width > 31 else f"{moment:%Y-%m}" if width > 0 else f"{moment:%Y-%m-%d}"


# --- the rules


def date_rule(rule: Row, evidence: Evidence) -> Finding:
    """Every row's date lies in the expected period; a date too coarse to tell counts as no source."""
    low, high = period(rule["expected"])
    outcomes, days = [], []
    for _, row in evidence.rows(rule["operands"]):
        if pd.isna(row[rule["column"]]):
            return Finding("no source", "no date")
        first, last = span(row, rule["column"])
        days.append(_day(first, row, rule["column"]))
        inside = low <= first and last <= high
        outside = last < low or first > high
        outcomes.append("holds" if inside else "fails" if outside else "no source")
    worst = next(outcome for outcome in ("fails", "no source", "holds") if outcome in outcomes)
    return Finding(worst, ", ".join(days))


def due_rule(rule: Row, evidence: Evidence) -> Finding:
    """Every row was delivered in the expected window, give or take the tolerance in days; undelivered is open
    until it closes. A plan that was not kept has slipped: who reported it reported rightly.
    """
    low, high = period(rule["expected"])
    slack = pd.Timedelta(days=0 if pd.isna(rule["tolerance"]) else float(rule["tolerance"]))
    outcomes, days = [], []
    for _, row in evidence.rows(rule["operands"]):
        moment = row[rule["column"]]
        if pd.isna(moment) or row.get("state", "delivered") not in (
            "delivered",
            "flying",
            "lost",
            "retired",
            "happened",
            "unknown",
        ):
            outcomes.append("slipped" if pd.Timestamp(evidence.as_of) > high else "open")
            days.append("not delivered")
            continue
        first, last = span(row, rule["column"])
        days.append(_day(first, row, rule["column"]))
        outcomes.append("holds" if low - slack <= first and last <= high + slack else "slipped")
    worst = next(outcome for outcome in ("slipped", "open", "holds") if outcome in outcomes)
    return Finding(worst, ", ".join(days))


def order_rule(rule: Row, evidence: Evidence) -> Finding:
    """The left row's date comes before the right one's."""
    sides = rule["operands"].split("|")
    columns = [name.strip() for name in rule["column"].split("|")]
    (_, left), (_, right) = (evidence.rows(side)[0] for side in sides)
    first, second = left[columns[0]], right[columns[-1]]
    if pd.isna(first) or pd.isna(second):
        return Finding("no source", "no date")
    shown = f"{_day(first, left, columns[0])} and {_day(second, right, columns[-1])}"
    return Finding("holds" if first < second else "fails", shown)


def number_rule(rule: Row, evidence: Evidence) -> Finding:
    """The value taken from the rows compares with the expected one as the rule says; tolerance in percent.

    A row without a value leaves a sum, a mean or a ratio without a source.
    """
    take = rule["take"]
    if not take.startswith("count") and (empty := _empty(rule, evidence)):
        return Finding("no source", f"no value in {empty}")
    if take == "each":
        values = [float(v) for v in evidence.values(rule["operands"], rule["column"])]
        outcomes = [_compares(value, rule) for value in values]
        return Finding("holds" if all(outcomes) else "fails", ", ".join(answers.shown(v) for v in values))
    value = _taken(rule, evidence)
    return Finding("holds" if _compares(value, rule) else "fails", answers.shown(value))


def _empty(rule: Row, evidence: Evidence) -> str | None:
    """The first row of the operands without a value in its column (of a ratio, in its side's)."""
    sides, columns = rule["operands"].split("|"), [name.strip() for name in rule["column"].split("|")]
    if len(columns) == 1:
        columns *= len(sides)
    return next(filter(None, map(evidence.lacking, sides, columns)), None)


def _taken(rule: Row, evidence: Evidence) -> float:
    take, operands, column = rule["take"], rule["operands"], rule["column"]
    if take == "count":
        return float(len(evidence.rows(operands)))
    if take.startswith("count of "):
        return float(
            sum(str(value) == take.removeprefix("count of ") for value in evidence.values(operands, column))
        )
    if take.startswith("ratio"):
        sides = operands.split("|")
        columns = [name.strip() for name in column.split("|")]
        left, right = (
            pd.Series(evidence.values(side, name), dtype=float)
            for side, name in zip(sides, (columns[0], columns[-1]), strict=True)
        )
        return float(left.sum() / (right.mean() if take == "ratio to mean" else right.sum()))
    values = pd.Series(evidence.values(operands, column), dtype=float)
    return float(
        {"value": values.sum, "sum": values.sum, "mean": values.mean, "min": values.min, "max": values.max}[
            take
        ]()
    )


def _compares(value: float, rule: Row) -> bool:
    if rule["comparator"] == "between":
        low, high = (float(end) for end in rule["expected"].split(".."))
        return low <= value <= high
    expected = float(rule["expected"])
    tolerance = 0.0 if pd.isna(rule["tolerance"]) else float(rule["tolerance"]) / 100
    if rule["comparator"] == "=":
        return math.isclose(value, expected, rel_tol=1e-9) or abs(value - expected) <= tolerance * abs(
            expected
        )
    return {"<": value < expected, "<=": value <= expected, ">": value > expected, ">=": value >= expected}[
        rule["comparator"]
    ]


def more_rule(rule: Row, evidence: Evidence) -> Finding:
    """More of the rows lie in the expected period than in the one the comparator names."""
    days = pd.Series(evidence.values(rule["operands"], rule["column"]))
    counts = [
        int(days.between(*period(text)).sum())
        for text in (rule["expected"], rule["comparator"].removeprefix("more than in "))
    ]
    return Finding("holds" if counts[0] > counts[1] else "fails", f"{counts[0]} against {counts[1]}")


def flying_rule(rule: Row, evidence: Evidence) -> Finding:
    """The number of satellites of the rows in orbit and not ended on a day."""
    day = pd.Timestamp(rule["take"])
    rows = [row for _, row in evidence.rows(rule["operands"])]
    flying = [
        row
        for row in rows
        if row["outcome"] == "success" and row["launch_date"] <= day and not row["end_date"] <= day
    ]
    return Finding(
        "holds" if _compares(float(len(flying)), rule) else "fails", f"{len(flying)} on {rule['take']}"
    )


def text_rule(rule: Row, evidence: Evidence) -> Finding:
    """Every row's text contains, or equals, the expected one (capitals do not matter)."""
    if empty := evidence.lacking(rule["operands"], rule["column"]):
        return Finding("no source", f"no text in {empty}")
    values = [str(value) for value in evidence.values(rule["operands"], rule["column"])]
    wanted = rule["expected"].casefold()
    holds = values and all(
        wanted == v.casefold() if rule["comparator"] == "equals" else wanted in v.casefold() for v in values
    )
    return Finding("holds" if holds else "fails", "; ".join(dict.fromkeys(values)) or "nothing")


def result_rule(rule: Row, evidence: Evidence) -> Finding:
    """A recorded result compares as the rule says; open while its question has no record."""
    found = evidence.result(rule["operands"])
    if found is None:
        return Finding("open", f"waits for {rule['operands'].partition(':')[0]}")
    how, _, key = rule["take"].partition(" in ")
    value = found.value
    for step in filter(None, key.split("/")):
        if not isinstance(value, dict) or step not in value:
            raise MissingReference(f"the result {rule['operands']} has nothing under {key!r}")
        value = value[step]
    values = _numbers(value)
    if not values:
        return Finding("no source", "the result is empty")
    compared = [_compares(number, rule) for number in values]
    holds = any(compared) if how == "any" else all(compared) if how == "all" else compared[0]
    return Finding("holds" if holds else "fails", answers.shown(value))


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [float(value)] if isinstance(value, (int, float)) else []


def awaits_rule(rule: Row, evidence: Evidence) -> Finding:
    """Nothing can decide this before a day; after it, the rule must be replaced by one that reads rows."""
    evidence.rows(rule["operands"])
    waiting = evidence.as_of < date.fromisoformat(rule["expected"])
    return Finding("open" if waiting else "no source", f"not before {rule['expected']}")


def no_source_rule(rule: Row, evidence: Evidence) -> Finding:
    """No independent row or result bears on this part."""
    return Finding("no source", "no independent source")


RULES: dict[str, Callable[[Row, Evidence], Finding]] = {
    "date": date_rule,
    "due": due_rule,
    "order": order_rule,
    "number": number_rule,
    "more": more_rule,
    "flying": flying_rule,
    "text": text_rule,
    "result": result_rule,
    "awaits": awaits_rule,
    "no source": no_source_rule,
}


def evaluate(rule: Row, evidence: Evidence) -> Finding:
    return RULES[rule["rule"]](rule, evidence)


def verdict(findings: list[tuple[int, Outcome]]) -> str:
    """The verdict from findings by part: witnesses of a part must agree, and the claim needs every part.

    Parts without a source leave a claim at most partly supported; a part that fails decides a claim whose
    other parts wait or have no source.
    """
    parts: dict[int, set[Outcome]] = {}
    for part, outcome in findings:
        parts.setdefault(part, set()).add(outcome)
    if any("holds" in outcomes and outcomes & {"fails", "slipped"} for outcomes in parts.values()):
        return "contested"
    settled = {
        next(o for o in ("holds", "fails", "slipped", "open", "no source") if o in outcomes)
        for outcomes in parts.values()
    }
    if settled == {"no source"}:
        return "unverified"
    if "holds" in settled and settled & {"fails", "slipped"}:
        return "partly"
    if "fails" in settled:
        return "contradicted"
    if "slipped" in settled:
        return "plan not kept"
    if "open" in settled:
        return "open"
    return "partly" if "no source" in settled else "supported"
