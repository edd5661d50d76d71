"""How a value stands in a Japanese sentence: full-width signs, no space around numbers, eras, 億 and 兆.

A template of the catalogue may name a style after a place: ``{last:和暦}`` for 2026年度（令和8年度）,
``{year:数}`` for the bare 2026, ``{amount:十億円}`` for a value in billion yen, told as 1兆10億円.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from spacesec.words import forms

# Eras and their first days, as the Common Locale Data Repository of Unicode has them (version 48, calendar
# "japanese").
ERAS = (
    ("明治", date(1868, 10, 23)),
    ("大正", date(1912, 7, 30)),
    ("昭和", date(1926, 12, 25)),
    ("平成", date(1989, 1, 8)),
    ("令和", date(2019, 5, 1)),
)
# A fiscal year has the era of its first day; the government named the budget of 2019 after the new one.
FISCAL_ERAS = {2019: date(2019, 5, 1)}

# What parts a list in a plain text, as Japanese parts it.
JOINTS = {"\n": "\n", "; ": "；", ", ": "、", ": ": "："}

# What an English sentence counts money in, as powers of ten of the single unit; the name says it in Japanese.
SCALES = {"兆": 12, "十億": 9, "億": 8, "百万": 6, "千": 3, "": 0}
STEPS = (("兆", 12), ("億", 8), ("万", 4), ("", 0))
MONEY = re.compile(r"(?P<scale>兆|十億|億|百万|千|)(?P<unit>円|ドル|ユーロ|ウォン|人民元|)(?P<bare>数|)")


def era_year(day: date) -> str:
    """``令和8年``, ``平成元年``: the year of the era in force on a day; raises ValueError before Meiji."""
    known = [(name, first) for name, first in ERAS if first <= day]
    if not known:
        raise ValueError(f"{day} lies before the eras that are known")
    name, first = known[-1]
    count = day.year - first.year + 1
    return f"{name}元年" if count == 1 else f"{name}{count}年"


def year(value: Any, style: str = "") -> str:
    """``2026年``; as 和暦 2026年（令和8年）, of the era at the end of the year; as 数 the number alone."""
    number = int(forms.year(value))
    return _styled(number, "年", style, date(number, 12, 31))


def fiscal_year(value: Any, style: str = "") -> str:
    """``2026年度``; as 和暦 2026年度（令和8年度）."""
    number = int(forms.year(value))
    return _styled(number, "年度", style, FISCAL_ERAS.get(number, date(number, 4, 1)))


def _styled(number: int, unit: str, style: str, day: date) -> str:
    if style not in ("", "数", "和暦"):
        raise ValueError(f"a year has no style {style!r}; it has 数 and 和暦")
    if style == "数":
        return f"{number}"
    era = era_year(day).removesuffix("年") + unit
    return f"{number}{unit}（{era}）" if style else f"{number}{unit}"


def day(value: str, style: str = "") -> str:
    """``2026年4月18日``; as 和暦 令和8年4月18日."""
    found = date.fromisoformat(str(value)[:10])
    before = era_year(found) if style == "和暦" else f"{found.year}年"
    return f"{before}{found.month}月{found.day}日"


def month(value: str) -> str:
    """``2026年4月``."""
    found = date.fromisoformat(str(value)[:10])
    return f"{found.year}年{found.month}月"


def number(value: float, digits: int = 0, rounded: str = "near", sign: bool = False, style: str = "") -> str:
    """``1,001.0``; with a style of money (`money`) ``1兆10億円``."""
    if style:
        return money(value, style, digits, rounded, sign)
    return forms.number(value, digits, rounded, sign)


def percent(value: float, digits: int = 0, rounded: str = "near", sign: bool = False) -> str:
    """``17％``."""
    return f"{forms.number(value, forms.digits_of_share(value, digits, rounded), rounded, sign)}％"


def given(value: float, style: str = "") -> str:
    """``1,234.5``; with a style of money ``1兆2,345億円``: with all the digits it was given."""
    told = forms.given(value)
    return money(value, style, len(told.partition(".")[2])) if style else told


def money(value: float, style: str, digits: int = 0, rounded: str = "near", sign: bool = False) -> str:
    """An amount in the steps of ten thousand: ``1兆10億円``, ``9,999億円``, ``2億3,000万円``, ``0円``.

    style: what the value is in, as ``十億円`` (billion yen), ``百万ドル``, or ``十億`` where the unit stands
    elsewhere; with 数 (``十億円数``) the number alone, as a figure in 億円 or 万ドル has it. The value is
    rounded as the English sentence rounds it, to ``digits`` of its own scale, so that both say the same.
    """
    match = MONEY.fullmatch(style)
    if match is None:
        raise ValueError(f"{style!r} is no style of money; write it as 十億円 or 百万ドル")
    told = forms.number(value, digits, rounded, sign)
    before = told[: len(told) - len(told.lstrip(forms.MINUS + "+"))]
    whole, _, part = told.lstrip(forms.MINUS + "+").replace(",", "").partition(".")
    scale = SCALES[match["scale"]]
    kept = part.ljust(scale, "0") if scale >= len(part) else part[:scale]
    if match["bare"] and (alone := _bare(int(whole + kept), scale, len(part))):
        return before + alone
    left, steps = int(whole + kept), []
    for name, power in STEPS:
        count, left = divmod(left, 10**power)
        steps += [f"{count:,}{name}"] if count else []
    # Cents and the like stand only where the value is in single units.
    rest = f".{part[scale:]}" if scale < len(part) else ""
    unit = "" if match["bare"] else match["unit"]
    return f"{before}{''.join(steps) or '0'}{rest}{unit}"


def _bare(amount: int, scale: int, digits: int) -> str:
    """An amount in 億 (of millions in 万) with the digits that it was told with; from ten thousand on in the
    next step where that has one digit behind the point (2.5兆); empty where it has more.
    """
    unit = max(power for _, power in STEPS if power <= scale)
    count = Decimal(amount) / 10**unit
    if count < 10**4:
        return f"{count:,.{max(digits - scale + unit, 0)}f}"
    above = next((name for name, power in STEPS if power == unit + 4), "")
    tenths = count / 1000
    return f"{tenths / 10:,g}{above}" if above and tenths == int(tenths) < 10**5 else ""


class Number(str):
    """A number found in a plain text; a translation may name a style of money: ``{n1:十億円}``."""

    def __format__(self, style: str) -> str:
        if not style or not MONEY.fullmatch(style):
            return super().__format__(style)  # ``{n1:.4}``: its first four letters
        plain = self.replace(",", "").replace(forms.MINUS, "-")
        return money(float(plain), style, len(plain.partition(".")[2]))


def signs(text: str) -> str:
    """A text of numbers and signs alone with the full-width signs: ``175 (57%)`` is ``175（57％）``."""
    text = re.sub(r" ?\(([^()]*)\)", r"（\1）", text)
    return text.replace("%", "％").replace(" + ", "＋")


FORMS: dict[str, Callable[..., str]] = {
    form.__name__: form for form in (number, percent, year, fiscal_year, day, month, given)
}


def joint(sign: str, parts: Iterable[str]) -> str:
    """What stands between the parts of a list: ； only where a part has a 、 of its own."""
    return "、" if sign == "；" and not any(mark in part for part in parts for mark in "、；。") else sign


def _token_day(words: str) -> str:
    first, name, number = words.split()
    return f"{number}年{forms.MONTHS.index(name) + 1}月{first}日"


def _token_month(words: str) -> str:
    name, number = words.split()
    return f"{number}年{forms.MONTHS.index(name) + 1}月"


# Years, days and numbers found in an English text, as Japanese has them.
TOKENS: dict[str, Callable[[str], str]] = {
    "fy": lambda words: fiscal_year(words.removeprefix("FY")),
    "day": _token_day,
    "month": _token_month,
    "iso": str,
    "names": str,
    "n": lambda words: Number(words.rstrip(",")),  # the translation has its own marks
}
