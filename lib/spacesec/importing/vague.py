"""Vague dates as J. McDowell's General Catalog of Artificial Space Objects writes them, as spans of days.

Source: GCAT, "Time Representations and Vague Date Format" (planet4589.org/space/gcat/web/intro/vague.html).
A date is as exact as it is long; ``?`` at its end says that its last part is doubtful (``0127?`` by minutes,
``28?`` by days) and stays a field of its own. A tenth or hundredth of a day (``8.98``) is told by the clock
at its beginning.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
NONE, STILL = ("-", "", "- -"), "*"
_DATE = re.compile(
    r"(?P<year>\d{3,4})(?:(?P<decade>s)|\s+Q(?P<quarter>[1-4])|\s+(?P<month>[A-Za-z]{3})"
    r"(?:\s+(?P<day>\d{1,2})(?:(?P<fraction>\.\d{1,2})"
    r"|\s+(?P<hour>\d\d)(?:h|:?(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<part>\.\d+)?)?))?|\s+-)?)?"
    r"\s*(?P<doubt>\?)?",
    re.ASCII,
)
# Letter of a span of years -> its years and its name: 20C are the 1900s to the 1990s, 3M the years from 2000.
LONG = {"C": (100, "century"), "M": (1000, "millennium")}
_LONG = re.compile(r"(?P<number>\d{1,2})(?P<letter>[CM])\s*(?P<doubt>\?)?", re.ASCII)
FRACTIONS = {2: "deciday", 3: "centiday"}  # by the signs of a day's decimal fraction


@dataclass(frozen=True)
class Vague:
    """A span of days, how exact it is, the time of day where the date has one, and whether it is doubtful."""

    first: date
    last: date
    precision: str
    time_utc: str = ""
    doubtful: bool = False


def read(text: str) -> Vague | None:
    """The span that a vague date means; None for a dash, an asterisk (not ended) or a question mark alone.

    Raises ValueError in a few words for any other text.
    """
    text = text.strip()
    if text in (*NONE, STILL, "?"):
        return None
    if long := _LONG.fullmatch(text):
        return _long(long)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError("it is no vague date such as 2003 Q2, 1957? or 1990s")
    year, doubtful = int(match["year"]), bool(match["doubt"])
    if match["decade"]:
        if year % 10:
            raise ValueError(f"{year}s is no decade")
        return Vague(date(year, 1, 1), date(year + 9, 12, 31), "decade", doubtful=doubtful)
    if match["quarter"]:
        last = 3 * int(match["quarter"])
        return Vague(date(year, last - 2, 1), _end(year, last), "quarter", doubtful=doubtful)
    if not match["month"]:
        return Vague(date(year, 1, 1), date(year, 12, 31), "year", doubtful=doubtful)
    month = MONTHS.get(match["month"].capitalize())
    if month is None:
        raise ValueError(f"{match['month']} is no month")
    if not match["day"]:
        return Vague(date(year, month, 1), _end(year, month), "month", doubtful=doubtful)
    if not 1 <= int(match["day"]) <= _end(year, month).day:
        raise ValueError(f"{match['day']} is no day of that month")
    day = date(year, month, int(match["day"]))
    return Vague(day, day, *_time(match), doubtful=doubtful)


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _long(match: re.Match[str]) -> Vague:
    years, name = LONG[match["letter"]]
    first = (int(match["number"]) - 1) * years
    if not 0 <= first < 3000:
        raise ValueError(f"there is no {name} {match['number']}")
    return Vague(date(max(1, first), 1, 1), date(first + years - 1, 12, 31), name, "", bool(match["doubt"]))


def _time(match: re.Match[str]) -> tuple[str, str]:
    hour, minute, second = match["hour"], match["minute"], match["second"]
    if part := match["fraction"]:
        minutes = int(Decimal(part) * 24 * 60)
        return FRACTIONS[len(part)], f"{minutes // 60:02}:{minutes % 60:02}"
    if hour is None:
        return "day", ""
    # Minute 60 and hour 24 do not exist; second 60 does, once in a while.
    if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 60:
        raise ValueError(f"{hour}{minute or 'h'} is no time of day")
    if minute is None:
        return "hour", hour
    if second is None:
        return "minute", f"{hour}:{minute}"
    return "second", f"{hour}:{minute}:{second}{match['part'] or ''}"
