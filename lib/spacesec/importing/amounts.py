"""Amounts and fiscal years as Japanese tables print them, exact to the yen.

△, ▲ and every kind of minus sign are negative; full-width digits, note marks and units are read; what is not
one number in one form (a thousands sign out of place, a shortened ``1.2E+08``, a lone bracket) is refused. A
number in brackets is negative in accounts and a part of the whole (内数) in budgets; the caller says which.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

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
UNIT = re.compile(rf"({'|'.join(SCALES)})?({_CURRENCY})")
# Marks that send to a note: (注1), 注１), ※2, *1, †, figures set high; before a number the sign alone is one.
MARKS = re.compile(
    r"[(（\[]?(?:注|備考)\s*[\d０-９]{0,2}(?![\d０-９,])[)）\]]?|^\s*※\s*[\d０-９]{1,2}(?=\s)"
    r"|(?<=\S)[※*＊†‡]+[\d０-９]{0,2}\s*$|^\s*[※*＊†‡]+|[⁰¹²³⁴-⁹]+|[\u2460-\u2473]"
)
ABOUT = re.compile(r"^(?:約|およそ|概ね)|(?:程度|前後|余り?|弱|強|超|以上|以下|規模|見込み?)$")
FISCAL = re.compile(
    rf"(?:FY\s*(?P<fy>\d{{4}})|{eras.YEAR.pattern})\s*(?:[(]\s*(?P<also>[^()]*?)\s*[)])?\s*年度?"
)
# Headings of several years at once: R6-R10年度, 2024～2028年度, 令和6年度までの累計額, 令和7年度以降.
SEVERAL = re.compile(r"(?:\d|元)年?度?[-~〜～–－‐](?:FY|[A-Z]|令和|平成)?\d+年度?|以降|以前|累計")
EXCEL_DIGITS = 15  # that a spreadsheet keeps of a number


@dataclass(frozen=True)
class Amount:
    """An exact value in single units of its currency (JPY where none is told), whether it is said to be
    about, and the marks that stood beside it.
    """

    value: Decimal
    currency: str
    about: bool = False
    marks: str = ""


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
    about = bool(ABOUT.search(plain))
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
    value, currency = _value(re.sub(rf"^[{MINUS}+ ]+", "", plain).strip("¥ "), unit)
    return Amount(-value if negative else value, currency, about, marks)


def _value(text: str, unit: str) -> tuple[Decimal, str]:
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
    if told or any(scale for _, _, scale in parts):
        currency = CURRENCIES[told[1]] if told else scaled(unit or "円")[1]
        return sum((number.scaleb(scale) for _, number, scale in parts), Decimal(0)), currency
    if not unit:
        raise ValueError("nothing says in which unit it is")
    power, currency = scaled(unit)
    return parts[0][1].scaleb(power), currency


def scaled(unit: str) -> tuple[int, str]:
    """The power of ten and the currency of a unit such as 百万円. Raises ValueError for another word."""
    found = UNIT.fullmatch(eras.plain(unit))
    if not found:
        raise ValueError(f"{unit} is no unit of money; write 円, 千円, 百万円 or 億円")
    return SCALES.get(found[1] or "", 0), CURRENCIES[found[2]]


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
    found = list(FISCAL.finditer(plain)) or list(re.finditer(r"FY(?P<fy>\d{4}|\d{2}(?!\d))", plain))
    years = set()
    for one in found:
        said = one.groupdict()
        year = int(said["fy"]) if said.get("fy") else eras.year_of(one)
        years.add((year + 2000 if year < 100 else year, _kind(one[0])))
        if also := eras.YEAR.search(said.get("also") or ""):
            if eras.year_of(also) != year:
                raise ValueError("its two ways of saying the year differ")
    if len(years) > 1 or (years and re.search(r"\d年", FISCAL.sub("", plain))):
        raise ValueError("it names two years")
    if years and SEVERAL.search(plain):
        raise ValueError("it names more than one year")
    return years.pop() if years else None


def _kind(words: str) -> str:
    return "fiscal" if "年度" in words or words.startswith("FY") else "calendar"
