"""What a workbook shows of a number it stores: days, percent, numbers cut by thousands, words beside them.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31 (number formats). All digits stored stay, whatever the format
rounds: of 1234567 as ``#,##0,`` it is 1234.567 that stands in a table of thousands.
"""

import re
from datetime import date, timedelta
from decimal import Decimal

from spacesec.importing import amounts
from spacesec.words.japanese import era_year

_ERA_DAY, _ERA_DAY_WORDS = "ge.m.d", 'ggge"年"m"月"d"日"'
# Formats that a workbook names by number alone, other than plain numbers; 27 to 58 those of Japan.
BUILT_IN = {9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "m-d", 17: "yyyy-mm", 22: "y-m-d h"}
BUILT_IN |= dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm:ss")
BUILT_IN |= dict.fromkeys((27, 36, 50, 57), _ERA_DAY) | dict.fromkeys((28, 29, 51, 54, 58), _ERA_DAY_WORDS)
BUILT_IN |= {30: "y-m-d", 31: 'yyyy"年"m"月"d"日"'} | dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"')
BUILT_IN |= dict.fromkeys((35, 53, 56), 'm"月"d"日"')
FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
LEAP = 61  # first number after 29 February 1900, which spreadsheets have and no calendar
_ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_CONDITION = re.compile(r"\[([<>=]+)(-?[\d.]+)\]")
_MET = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}
_DIGITS = r"[#0?.][#0?,./ ]*(?:E[+-]0+)?|General|@"
_TOKEN = re.compile(rf'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|({_DIGITS})|(.)', re.IGNORECASE)
_DATE_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(g+|e+|y+|m+|d+)|a+|(.)', re.IGNORECASE)
_SIGNS = re.compile(rf"[{amounts.MINUS}()（）\s]")


def shown(number: Decimal, code: str, first_day: date = FIRST_DAY) -> str:
    """The text of a number in a format, with all digits that are stored.

    A day is in ISO form or, where the format has Japanese words, in these. Raises ValueError for a number
    that is no day.
    """
    sections = re.sub(rf"({_ASIDE.pattern})|;", lambda found: found[1] or "\0", code).split("\0")
    section, own_sign = _section(number, sections)
    signs = re.sub(r"General|E[+-]", "", _ASIDE.sub("", section), flags=re.IGNORECASE)
    if re.search(r"[ymdhsge]", signs, re.IGNORECASE) or re.search(r"\[[hms]+\]", section, re.IGNORECASE):
        return _day(number, section, signs.casefold(), first_day)
    text = _number(abs(number), section)
    if number >= 0:
        return text
    return "-" + (_SIGNS.sub("", text) if own_sign else text)


def _section(number: Decimal, sections: list[str]) -> tuple[str, bool]:
    """The part of a format that a number falls under, and whether it is the one of negative numbers."""
    for section in sections:
        if condition := _CONDITION.search(section):
            if _MET[condition[1]](number, Decimal(condition[2])):
                return section, number < 0
    free = [section for section in sections if not _CONDITION.search(section)]
    if len(free) < len(sections):
        return (free or [""])[0], number < 0
    own_sign = number < 0 and len(sections) > 1
    return sections[own_sign], own_sign


def _number(number: Decimal, section: str) -> str:
    """The number with the words that stand beside its digits in the format."""
    number *= 100 ** _ASIDE.sub("", section).count("%")
    made, told = "", False
    for quoted, escaped, currency, digits, other in _TOKEN.findall(section):
        if digits and not told:
            cut = sum(map(len, re.findall(r",+(?=[^#0?,]|$)", digits)))
            made, told = made + amounts.written(number.scaleb(-3 * cut)), True
        made += quoted or escaped or currency or other
    return made.strip()


def _day(number: Decimal, section: str, signs: str, first_day: date) -> str:
    """The day of a number, as far as the format shows it."""
    if not 0 <= number < 2_958_466:
        raise ValueError(number)
    whole = int(number)
    if first_day == FIRST_DAY and whole < LEAP:
        first_day += timedelta(days=1)
    day = first_day + timedelta(days=whole)
    if re.search("[hs]", signs) or re.search(r"\[[hms]+\]", section, re.IGNORECASE):
        minutes = int((number % 1) * 24 * 60 + Decimal("0.5"))
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{day} {clock}" if "d" in signs else clock
    if not re.search("[yeg]", signs):
        section = 'm"月"d"日"' if "d" in signs else 'm"月"'
    elif re.search("[md]", signs) and not re.search("[年g]", section, re.IGNORECASE):
        return f"{day}"[: 10 if "d" in signs else 7]
    return _in_words(day, section)


def _in_words(day: date, section: str) -> str:
    era = era_year(day)  # 令和元年
    told = {"g": era[:2], "e": era[2:-1], "y": f"{day.year}", "m": f"{day.month}", "d": f"{day.day}"}
    return "".join(
        quoted or escaped or other or told.get(part[:1].casefold(), "")
        for quoted, escaped, part, other in _DATE_TOKEN.findall(section)
    ).strip()
