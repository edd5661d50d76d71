"""Years and days as Japanese papers write them: eras, first years, full-width digits, fiscal years."""

import re
import unicodedata
from datetime import date

from spacesec.words.japanese import ERAS

ERA_BEGINS = dict(ERAS)
LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
FIRST_YEARS = {name: first.year for name, first in ERAS}
NEW_CALENDAR = 1873  # before it a month and a day are those of the old calendar
_ERA = rf"(?P<era>{'|'.join(FIRST_YEARS)}|(?<![A-Za-z])[{''.join(LETTERS)}])"
YEAR = re.compile(rf"(?:{_ERA}\s*(?P<count>元|\d{{1,2}})|(?P<year>[12]\d{{3}}))")
_ENDS = r"(?:\s*[年./-]\s*(?P<month>\d{1,2})(?:\s*[月./-]\s*(?P<day>\d{1,2})\s*日?|\s*月)?|\s*年)?"
DAY = re.compile(YEAR.pattern + _ENDS)


def year_of(found: re.Match) -> int:
    """The year of a match of YEAR or DAY. Raises ValueError for a year 0 of an era.

    Years past the end of an era stand in plans (平成35年度), and count on.
    """
    if found["year"]:
        return int(found["year"])
    count = 1 if found["count"] == "元" else int(found["count"])
    if not count:
        raise ValueError("an era has no year 0")
    return FIRST_YEARS[LETTERS.get(found["era"], found["era"])] + count - 1


def parts(text: str) -> list[int] | None:
    """Year, month and day of a text such as 令和元年5月1日, R1.5.1, 2019年4月 or 2019-04-01, as far as it has
    them; None where it is something else. Raises ValueError for a day that no calendar has.
    """
    found = DAY.fullmatch(plain(text))
    if not found:
        return None
    made = [year_of(found), *(int(found[part]) for part in ("month", "day") if found[part])]
    if found["era"] and len(made) > 1 and made[0] < NEW_CALENDAR:
        raise ValueError("months of Meiji 1 to 5 are those of the old calendar")
    day = date(*(made + [1, 1])[:3])
    first = ERA_BEGINS.get(LETTERS.get(found["era"] or "", found["era"]))
    if first and len(made) == 3 and day < first:
        raise ValueError(f"the era began on {first}")
    return made


def plain(text: str) -> str:
    """The text in half-width signs, without space around it."""
    return unicodedata.normalize("NFKC", text).strip()
