"""Amounts and fiscal years as Japanese tables print them, exact to the yen.

△, ▲ and every kind of minus sign are negative; full-width digits, note marks and units are read; what is not
one number in one form (a thousands sign out of place, a shortened ``1.2E+08``, a lone bracket) is refused. A
number in brackets is negative in accounts and a part of the whole (内数) in budgets; the caller says which.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from spacesec.data.days import MONTH_NAMES
from spacesec.importing import eras

# Power of ten of every word for a scale, longest first where one begins another.
SCALES = {
    "十億": 9,
    "百億": 10,
    "千億": 11,
    "百万": 6,
    "千万": 7,
    "十万": 5,
    "兆": 12,
    "億": 8,
    "万": 4,
    "千": 3,
    "百": 2,
}
CURRENCIES = {
    "円": "JPY",
    "ドル": "USD",
    "米ドル": "USD",
    "ユーロ": "EUR",
    "ウォン": "KRW",
    "元": "CNY",
    "ポンド": "GBP",
}
MISSING = {
    "",
    "-",
    "--",
    "---",
    "−",
    "ー",
    "―",
    "‐",
    "–",
    "—",
    "…",
    "...",
    "..",
    ".",
    "・",
    "***",
    "x",
    "na",
    "n/a",
    "n.a.",
    "null",
    "皆増",
    "皆減",
    "未定",
}
MINUS = r"△▲∆−–‐ー\-"  # as a class of signs
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PART = re.compile(rf"({_NUMBER})({'|'.join(SCALES)})?")
_CURRENCY = "|".join(sorted(CURRENCIES, key=len, reverse=True))
UNIT = re.compile(rf"(\d[\d,]*)?({'|'.join(SCALES)})?({_CURRENCY})")
# Marks that send to a note: (注1), 注１), ※2, *1, †, figures set high; before a number the sign alone is one.
MARKS = re.compile(
    r"[(（\[]?(?:注|備考)\s*[\d０-９]{0,2}(?![\d０-９,])[)）\]]?|^\s*※\s*[\d０-９]{1,2}(?=\s)"
    r"|[+＋]\s*[(（]?事項要求[)）]?"  # and more, of which no amount is told
    r"|(?<=\S)[※*＊†‡]+[\d０-９]{0,2}\s*$|^\s*[※*＊†‡]+|[⁰¹²³⁴-⁹]+|[\u2460-\u2473]"
)
ABOUT = re.compile(r"^(?:約|およそ|概ね)|(?:程度|前後|余り?|弱|強|超|以上|以下|規模|見込み?)$")
FISCAL = re.compile(
    rf"(?:FY\s*(?P<fy>\d{{4}})|{eras.YEAR.pattern})\s*(?:[(]\s*(?P<also>[^()]*?)\s*[)])?\s*年度?"
    r"(?:\s*[(](?P<western>\d{4})[)])?"
)
FY = re.compile(r"FY\s*(?P<fy>\d{4}|\d{2}(?!\d))")
# Headings of several years at once: R6-R10年度, 2024～2028年度, 令和6年度までの累計額, 令和7年度以降.
SEVERAL = re.compile(r"(?:\d|元)年?度?[-~〜～–－‐](?:FY|[A-Z]|令和|平成)?\d+年度?|以降|以前|累計")
_MONTH = r"(?:1[0-2]|0?[1-9])"
_MONTHS = "|".join((*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES)))
# Headings of a part of a year, or of a day; a supplementary budget goes by its month (12月補正).
PARTIAL = re.compile(
    "|".join(
        (
            rf"(?<!\d){_MONTH}月(?![面球]|補正)|月別|月次|\d日",
            rf"{eras.YEAR.pattern}[./-]{_MONTH}(?![\d年])",
            rf"(?<![A-Za-z])(?:{_MONTHS})(?![a-z])",
            r"四半期|[1-4]Q(?![A-Za-z])|Q[1-4]|[上下]半?期|[前後]半?期(?!高齢)|半期",
            r"(?<![A-Za-z])(?:[12]H|H[12])(?=FY|$)",
        )
    )
)
EXCEL_DIGITS = 15  # that a spreadsheet keeps of a number


@dataclass(frozen=True)
class Amount:
    """An exact value in single units of its currency (JPY where none is told), whether it is said to be
    about, the marks that stood beside it, and what one of its last written digit is worth.
    """

    value: Decimal
    currency: str
    about: bool = False
    marks: str = ""
    step: Decimal = Decimal(1)


def amount(text: str, unit: str = "", brackets: str = "") -> Amount | None:
    """The amount of a cell, None for one that says there is none. Raises ValueError in a few words.

    unit: of the table, for a cell without its own (``億円``). brackets: ``negative`` or ``part``, what (5)
    means.
    """
    marks = "".join(MARKS.findall(text))
    plain = unicodedata.normalize("NFKC", MARKS.sub("", text))
    plain = re.sub(r"(?<=[\d,])\s+(?=[^\d\s])|(?<=[^\d\s])\s+(?=[\d(])", "", plain.strip())
    if plain.casefold() in MISSING:
        return None
    if re.match(r"#(REF|N/A|VALUE|DIV|NAME|NUM|#)", plain):
        raise ValueError("the spreadsheet could not show this cell")
    about = bool(ABOUT.search(plain)) or "事項要求" in marks
    plain = ABOUT.sub("", plain).strip("¥ ")
    negative = False
    if re.fullmatch(r"\(.*\)", plain):
        if brackets not in ("negative", "part"):
            raise ValueError("brackets mean a negative number in accounts and a part in budgets; say which")
        negative, plain = brackets == "negative", plain[1:-1]
    signs = re.match(rf"[{MINUS}+ ]*", plain)[0].replace(" ", "")
    if len(signs) > 1:
        raise ValueError("it has two signs")
    if signs and negative:
        raise ValueError("it has a sign and brackets")
    negative |= bool(signs) and signs != "+"
    value, currency, step = _value(re.sub(rf"^[{MINUS}+ ]+", "", plain).strip("¥ "), unit)
    return Amount(-value if negative else value, currency, about, marks, step)


def _value(text: str, unit: str) -> tuple[Decimal, str, Decimal]:
    told = re.search(rf"({_CURRENCY})$", text)
    body = text[: told.start()] if told else text
    parts, place, last = [], 0, 99
    while place < len(body):
        found = _PART.match(body, place)
        if not found:
            raise ValueError("it is no amount")
        scale = SCALES.get(found[2] or "", 0)
        number = Decimal(found[1].replace(",", ""))
        if scale >= last or (parts and number >= Decimal(10) ** (last - scale)):
            raise ValueError("its parts do not follow each other from large to small")
        if parts and "." in parts[-1][0]:
            raise ValueError("a fraction stands before a further part")
        parts.append((found[1], number, scale))
        place, last = found.end(), scale
    if not parts:
        raise ValueError("it is no amount")
    power = 0
    if told or any(scale for _, _, scale in parts):
        currency = CURRENCIES[told[1]] if told else scaled(unit or "円")[1]
    elif not unit:
        raise ValueError("nothing says in which unit it is")
    else:
        power, currency = scaled(unit)
    worth = [number.scaleb(scale + power) for _, number, scale in parts]
    return sum(worth, Decimal(0)), currency, Decimal(1).scaleb(int(worth[-1].as_tuple().exponent))


def scaled(unit: str) -> tuple[int, str]:
    """The power of ten and the currency of a unit such as 百万円. Raises ValueError for another word."""
    found = UNIT.fullmatch(eras.plain(unit))
    multiple = (found[1] or "1").replace(",", "") if found else ""  # 10億円
    if not found or multiple.rstrip("0") != "1":
        raise ValueError(f"{unit} is no unit of money; write 円, 千円, 百万円 or 億円")
    return len(multiple) - 1 + SCALES.get(found[2] or "", 0), CURRENCIES[found[3]]


def written(value: Decimal) -> str:
    """The plain digits of a value, no exponent, no zeros at the end of a fraction."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def kept(text: str) -> Decimal:
    """The number that a spreadsheet shows of the digits it stores: fifteen, so that 8.1999999999999993 is
    8.2.
    """
    number = Decimal(text)
    digits = len(number.as_tuple().digits)
    if digits <= EXCEL_DIGITS:
        return number
    return round(number, EXCEL_DIGITS - 1 - number.adjusted())


def fiscal_year(text: str) -> tuple[int, str] | None:
    """The fiscal or calendar year that a heading names, and which of the two; None where it names none.

    ``令和元年度`` and ``平成31年度`` are both 2019. Raises ValueError where a heading names two years.
    """
    plain = eras.plain(text).replace(" ", "")
    found = list(FISCAL.finditer(plain)) or list(FY.finditer(plain))
    years = set()
    for one in found:
        said = one.groupdict()
        year = int(said["fy"]) if said.get("fy") else eras.year_of(one)
        years.add((year + 2000 if year < 100 else year, _kind(one[0])))
        for name in ("also", "western"):
            also = eras.YEAR.search(said.get(name) or "")
            if also and eras.year_of(also) != year:
                raise ValueError("its two ways of saying the year differ")
    if len(years) > 1 or (years and re.search(r"\d年", FISCAL.sub("", plain))):
        raise ValueError("it names two years")
    if years and SEVERAL.search(plain):
        raise ValueError("it names more than one year")
    if PARTIAL.search(plain):
        raise ValueError("it names a month, a part of a year or a day, and budgets go by whole years")
    return years.pop() if years else None


def _kind(words: str) -> str:
    return "fiscal" if "年度" in words or words.startswith("FY") else "calendar"
