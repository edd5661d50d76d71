"""What a question gives back: named results, checks, tables, words; how a value stands in JSON and before a
reader.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

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
    """An outside value reproduced: ours against the published one, within a tolerance named in the same unit."""

    what: str
    ours: float
    published: float
    tolerance: float
    unit: str
    source_id: str
    locator: str

    @property
    def holds(self) -> bool:
        return abs(self.ours - self.published) <= self.tolerance * (1 + 1e-12)


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
    facts: Mapping[str, Any] = field(default_factory=dict)
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
    """Rows shown as a Markdown table, the same wherever a notebook is read."""

    columns: tuple[str, ...]
    rows: list[tuple]

    def _repr_markdown_(self) -> str:
        lines = [self.columns, tuple("---" for _ in self.columns), *self.rows]
        return "\n".join(
            "| " + " | ".join(shown(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
            for line in lines
        )

    def __repr__(self) -> str:
        return self._repr_markdown_()


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
