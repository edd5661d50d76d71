"""A date as the hours of universal time that it may mean: its precision and its zone make the span.

Two dates of one fact agree where their spans meet, so that 28 June in universal time and 29 June in Japan are
no disagreement, and 28 June against 30 June is one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# Hours that a zone's clock is ahead of universal time: the latest and the earliest. `local` is somewhere on
# Earth.
ZONES = {"UTC": (0, 0), "Asia/Tokyo": (9, 9), "local": (14, -12)}
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ENGLISH = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTH_NAMES)}) (\d{{4}})\b")
_JAPANESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
MONTHS = {"day": 0, "month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}


@dataclass(frozen=True)
class Span:
    """From the first moment to the last one, in universal time without a zone of its own."""

    first: datetime
    last: datetime

    def meets(self, other: "Span") -> bool:
        """Whether some moment lies in both; spans that only touch share none."""
        if self.first == self.last or other.first == other.last:
            return self.first <= other.last and other.first <= self.last
        return self.first < other.last and other.first < self.last

    def within(self, minutes: float) -> "Span":
        """The same, begun so many minutes earlier and ended as many later."""
        return Span(self.first - timedelta(minutes=minutes), self.last + timedelta(minutes=minutes))


def span(day: str, precision: str = "day", zone: str = "UTC", clock: str = "") -> Span:
    """The moments that an ISO date may mean, or the one moment of a date with a clock time (``20:28``).

    Raises ValueError for a date, a clock time, a precision or a zone that does not exist.
    """
    if precision not in MONTHS or zone not in ZONES:
        raise ValueError(f"there is no precision {precision!r} or no zone {zone!r}")
    start, (ahead, behind) = date.fromisoformat(day), ZONES[zone]
    if clock and precision == "day":
        moment = datetime.combine(start, time.fromisoformat(clock))
        return Span(moment - timedelta(hours=ahead), moment - timedelta(hours=behind))
    end = _later(start, MONTHS[precision]) if MONTHS[precision] else start + timedelta(days=1)
    return Span(
        datetime.combine(start, time()) - timedelta(hours=ahead),
        datetime.combine(end, time()) - timedelta(hours=behind),
    )


def precision(row: dict[str, str], column: str) -> str:
    """How exact a row says that a column of days is: by the precision of that name, else by the row's only
    one, else to the day.
    """
    own = f"{column.removesuffix('date').rstrip('_') or 'date'}_precision"
    return row.get(own) or row.get("date_precision") or "day"


def named(text: str) -> Iterator[date]:
    """The days that a title names in full: ``14 May 2017`` or ``2017年5月14日``."""
    for day, month, year in _ENGLISH.findall(text):
        yield date(int(year), MONTH_NAMES.index(month) + 1, int(day))
    for year, month, day in _JAPANESE.findall(text):
        yield date(int(year), int(month), int(day))


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
