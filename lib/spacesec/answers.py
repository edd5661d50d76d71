"""What a question gives back: named results, checks, tables, words; how a value stands in JSON and before a
reader.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spacesec.machine import markup

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 60  # of a table that a notebook shows whole
# Significant digits kept of a float, so that the last bits of a processor's arithmetic change no file.
DIGITS = 10


@dataclass(frozen=True)
class Result:
    """A named result: a scalar, a list or a mapping; its unit; what it means in one line; the claims it bears
    on.
    """

    value: Any
    unit: str
    meaning: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """An outside value reproduced: ours against the published one, within a tolerance named in the
    same unit.
    """

    what: str
    ours: float
    published: float
    tolerance: float
    unit: str
    source_id: str
    locator: str

    @property
    def holds(self) -> bool:
        """Whether ours lies within the tolerance of the published value."""
        return bool(abs(self.ours - self.published) <= self.tolerance * (1 + 1e-12))  # NumPy's is no bool


@dataclass(frozen=True)
class Answer:
    """What a question's ``answer(parameters)`` gives: the answer in a few sentences of Markdown, named
    results, tidy tables.

    ``answer["growth_multiple"]`` is the value of a result; ``answer.tables["series"]`` the rows behind a
    figure.
    """

    results: dict[str, Result]
    tables: dict[str, "pd.DataFrame"]
    parameters: Any = None
    text: str = ""
    told: tuple[Mapping[str, Any], ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.results[name].value

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Listing:
    """Rows shown as a Markdown table, the same wherever a notebook is read.

    right: the columns that stand to the right, by their place; for numbers.
    """

    columns: tuple[str, ...]
    rows: list[tuple]
    right: frozenset[int] = frozenset()

    @classmethod
    def of(cls, frame: "pd.DataFrame") -> "Listing":
        """A table of pandas: its index as first columns where it says more than the place of a row, cells as
        readers want them, what is not known blank; of a long one its ends.
        """
        frame = frame if _only_places(frame.index) else frame.reset_index()
        columns = tuple(markup.markdown(_head(name)) for name in frame.columns)
        numbers = frozenset(
            place for place, kind in enumerate(frame.dtypes) if kind.kind in "iuf" or str(kind) == "Int64"
        )
        rows = [tuple(_cell(value) for value in row) for row in frame.itertuples(index=False, name=None)]
        if len(rows) > MOST_ROWS:
            gap = ("…",) + ("",) * (len(columns) - 1)
            rows = [*rows[: MOST_ROWS // 2], gap, *rows[-(MOST_ROWS // 2) :]]
        return cls(columns, rows, numbers)

    def _repr_markdown_(self) -> str:
        rules = tuple("---:" if place in self.right else "---" for place in range(len(self.columns)))
        lines = [self.columns, rules, *self.rows]
        return "\n".join("| " + " | ".join(_bar(shown(cell)) for cell in line) + " |" for line in lines)

    def __repr__(self) -> str:
        return self._repr_markdown_()


def _bar(cell: str) -> str:
    """A cell whose bars do not end it, in one line."""
    return re.sub(r"(?<!\\)\|", r"\\|", cell.replace("\n", " "))


def _only_places(index: Any) -> bool:
    """Whether an index merely counts rows, as pandas makes it."""
    if index.name is not None or index.nlevels > 1 or not len(index):
        return index.name is None and index.nlevels == 1
    first = index[0]
    return hasattr(first, "__index__") and list(index) == list(range(first, first + len(index)))


def _head(name: Any) -> str:
    parts = [str(part) for part in (name if isinstance(name, tuple) else (name,)) if str(part)]
    return ", ".join(parts)


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.5g}"
    return markup.markdown(shown(value).removesuffix(" 00:00:00"))


@dataclass(frozen=True)
class Text:
    """Markdown computed by a run."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def plain(value: Any) -> Any:
    """A value as JSON holds it: NumPy and pandas scalars unwrapped, floats rounded to DIGITS, missing as
    null.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return str(value) if str(value) not in ("NaT", "<NA>") else None


def shown(value: Any) -> str:
    """A value as a reader wants it: four significant digits, lists in one line, what is nested told apart."""
    value = plain(value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, list):
        return ("; " if any(isinstance(item, list) for item in value) else ", ").join(
            shown(item) for item in value
        )
    if isinstance(value, dict):
        return "; ".join(
            (
                f"{key} ({shown(item).replace('; ', ', ')})"
                if isinstance(item, dict)
                else f"{key}: {shown(item)}"
            )
            for key, item in value.items()
        )
    return str(value)


def flattened(results: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Results with one value a name: a mapping becomes ``name.key``."""
    flat: dict[str, Any] = {}
    for name, value in results.items():
        inner = isinstance(value, Mapping)
        flat |= flattened(value, f"{prefix}{name}.") if inner else {f"{prefix}{name}": value}
    return flat


def columns(points: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The results of several runs as the rows of a table: `flattened`, and a result that in each of them is
    ``[median, low, high]`` as ``name``, ``name.low``, ``name.high``.
    """
    rows = [flattened(point) for point in points]
    spans = {name for name in set().union(*rows) if all(_span(row[name]) for row in rows if name in row)}
    ends = {name: (name, f"{name}.low", f"{name}.high") for name in spans}
    return [
        {
            column: one
            for name, value in row.items()
            for column, one in (zip(ends[name], value) if name in spans else [(name, value)])
        }
        for row in rows
    ]


def _span(value: Any) -> bool:
    """Whether a value is ``[median, low, high]``."""
    numbers = isinstance(value, list) and len(value) == 3 and all(map(_number, value))
    return numbers and value[1] <= value[0] <= value[2]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
