"""How a value stands in a sentence: one form a kind of value, the same in every answer, title and axis.

A form is named in the record beside its value, so that the sentence can be told again from the files alone.
"""

import math
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

MONTHS = "January February March April May June July August September October November December".split()
MINUS = "\u2212"
MOST_DIGITS = 3  # of a share
ROUNDED: dict[str, Callable[[float], float]] = {
    "near": lambda number: math.floor(number + 0.5),  # half up: 26.5 of 29 are 27
    "down": math.floor,  # what "at least" and "or more" may say
    "up": math.ceil,  # what "up to" and "within" may say
}


def number(value: float, digits: int = 0, rounded: str = "near", sign: bool = False) -> str:
    """``1,001.0``; rounded to the nearest (halves away from zero), down or up; with its sign when asked for.

    What rounds to nothing has no sign. Raises ValueError for a value that is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number")
    size = _rounded(abs(value), digits, rounded if value >= 0 else _mirrored(rounded))
    before = MINUS if value < 0 and size else "+" if sign and size else ""
    return f"{before}{size:,.{max(digits, 0)}f}"


def percent(value: float, digits: int = 0, rounded: str = "near", sign: bool = False) -> str:
    """``17%``, of a value that is in percent; see `digits_of_share`."""
    return f"{number(value, digits_of_share(value, digits, rounded), rounded, sign)}%"


def digits_of_share(value: float, digits: int = 0, rounded: str = "near") -> int:
    """As many digits as a share needs so that less than all is not told as 100%, nor something as 0%
    (99.95%, 0.4%); a bound rounds its own way, and what MOST_DIGITS do not part is told as asked.
    """
    if rounded != "near" or abs(value) in (0, 100):
        return digits
    fitting = (
        more for more in range(digits, MOST_DIGITS + 1) if _rounded(abs(value), more, "near") not in (0, 100)
    )
    return next(fitting, digits)


def year(value: Any) -> str:
    """``2026``, of a year or an ISO date."""
    return str(value)[:4] if isinstance(value, str) else f"{int(value)}"


def fiscal_year(value: Any) -> str:
    """``FY2026``, the year that began in April 2026."""
    return f"FY{year(value)}"


def day(value: str) -> str:
    """``18 April 2026``, of an ISO date."""
    found = date.fromisoformat(str(value)[:10])
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def month(value: str) -> str:
    """``April 2026``, of an ISO date."""
    found = date.fromisoformat(str(value)[:10])
    return f"{MONTHS[found.month - 1]} {found.year}"


def name(value: Any) -> str:
    """A name as the table has it."""
    return str(value)


def given(value: float) -> str:
    """A parameter with the digits it was given: ``1,300``, ``0.45``."""
    return f"{value:,.10g}".replace("-", MINUS)


FORMS: dict[str, Callable[..., str]] = {
    form.__name__: form for form in (number, percent, year, fiscal_year, day, month, name, given)
}


def _rounded(size: float, digits: int, rounded: str) -> float:
    # Twelve digits first: 0.285 * 100 is 28.499999999999996, and is meant as 28.5.
    scaled = float(f"{size * 10.0**digits:.12g}")
    return ROUNDED[rounded](scaled) / 10.0**digits


def _mirrored(rounded: str) -> str:
    return {"near": "near", "down": "up", "up": "down"}[rounded]


def columns(text: str) -> int:
    """The columns of a terminal that a text takes: two for each wide sign."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
