"""Dates of references, from EDTF (ISO 8601-2) and from words, to and from those of CSL-JSON.

A date of CSL has one or two ``date-parts`` (a day, or a range), and may have a ``season`` (1 spring to 4
winter) or be ``circa``. What it cannot say otherwise (an open end, a doubt, a digit that is not known) stands
beside them as EDTF in ``raw``. Of a quarter the months are a range, and of a decade (``199X``) the years.
"""

import re
from datetime import date

from spacesec.data.days import MONTH_NAMES
from spacesec.importing import eras

SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
SEASONS |= {"spr": 1, "sum": 2, "fal": 3, "win": 4}  # Web of Science
SEASONS |= {"春": 1, "夏": 2, "秋": 3, "冬": 4}
FIRST_SEASON, FIRST_QUARTER = 21, 33  # codes of EDTF in the place of the month
MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)}
FIRST_YEAR, LAST_YEAR = 1000, 2100
# What catalogs write for no date.
NONE = re.compile(
    r"n\. ?d\.?|n/?d|s\. ?d\.?|no date|undated|-+|不明"
    r"|(?:刊行?|出版|発行|公開|作成)?(?:年月?日?|日付|時期)不(?:明|詳)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%])?")
_UNSPECIFIED = re.compile(r"\d{2}(?:\dX|XX)|(\d{4})(-XX){1,2}|(\d{4}-\d{2})-XX", re.IGNORECASE)
EDTF_SIGNS = r"[\dXxu?~%/.T:Z+-]+"
_EDTF = re.compile(
    r"\d{2}(?:\d\d|\d[xXu]|[xXu]{2})(?![.\d])(?!/\d{1,2}(?:/\d{1,2})?$|-\d{4}$|-\d{1,2}-\d{1,2}$)"
)
_ABOUT = re.compile(r"^(?:c\.|ca\.?|circa|about|約) ?(?=\S)|(?:頃|ごろ)$", re.IGNORECASE)
_MONTH = "|".join([*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"])


def of_edtf(text: str) -> dict:
    """The CSL date of an EDTF date: ``2019-04-01``, ``2019-21`` (spring), ``1957~``, ``2019-04/2019-06``,
    ``2019/..``. Raises ValueError in a few words.
    """
    text = text.strip()
    text = re.sub(r"(?<=\d)T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?$", "", text)
    if found := _UNSPECIFIED.fullmatch(text.upper().replace("U", "X")):
        return _unspecified(found)
    sides = text.split("/")
    if len(sides) > 2 or not sides[0]:
        raise ValueError("a date has a year of four digits")
    first = _side(sides[0])
    if len(sides) == 1:
        return first
    if sides[1] in ("", ".."):
        return {"date-parts": first["date-parts"][:1], "raw": text}
    last = _side(sides[1])
    if last["date-parts"][-1] < first["date-parts"][0]:
        raise ValueError("its end lies before its beginning")
    made = {"date-parts": [first["date-parts"][0], last["date-parts"][-1]]}
    return made if set(first) | set(last) == {"date-parts"} else {**made, "raw": text}


def _unspecified(found: re.Match) -> dict:
    """A date with digits that are not known: the years that it may mean, or the part that is known."""
    if known := found[1] or found[3]:
        return {**_side(known), "raw": found[0]}
    ends = [_side(found[0].replace("X", digit)) for digit in "09"]
    return {"date-parts": [end["date-parts"][0] for end in ends], "raw": found[0]}


def _side(text: str) -> dict:
    found = _SIDE.fullmatch(text)
    if not found:
        raise ValueError("a date has a year of four digits, then month and day of two")
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"its year is not from {FIRST_YEAR} to {LAST_YEAR}")
    doubt = {"~": {"circa": True}, "?": {"circa": True, "raw": text}, "%": {"circa": True, "raw": text}}
    made: dict = {"date-parts": [[year]]}
    if not day and FIRST_SEASON <= month < FIRST_SEASON + 4:
        made["season"] = month - FIRST_SEASON + 1
    elif not day and FIRST_QUARTER <= month < FIRST_QUARTER + 4:
        start = 3 * (month - FIRST_QUARTER) + 1
        made["date-parts"] = [[year, start], [year, start + 2]]
    elif found[2]:
        date(year, month, day if found[3] else 1)
        made["date-parts"] = [[year, month, day] if found[3] else [year, month]]
    return made | doubt.get(found[4], {})


def edtf(said: dict) -> str:
    """The EDTF of a CSL date."""
    if "raw" in said:
        return said["raw"]
    sides = [
        "-".join((f"{side[0]:04d}", *(f"{part:02d}" for part in side[1:]))) for side in said["date-parts"]
    ]
    if season := said.get("season"):
        sides[0] = f"{sides[0][:4]}-{FIRST_SEASON + season - 1}"
    return "/".join(sides) + "~" * bool(said.get("circa"))


def none(text: str) -> bool:
    """Whether it says that there is no date: n.d., 刊年不明."""
    return bool(NONE.fullmatch(_bare(text)))


def of_words(text: str) -> dict:
    """The CSL date of what a catalog writes: EDTF, ``April 2019``, ``1 Apr 2019``, ``Spring 2019``, ``2019
    Q2``, ``c. 1957``, ``2019年春``, ``令和元年5月``, ``2019年4月-6月``. Raises ValueError in a few words.
    """
    plain = _bare(text)
    if about := _ABOUT.search(plain):
        return {**of_words(plain.replace(about[0], "", 1)), "circa": True}
    if re.fullmatch(r"\d{4}-2[1-4]", plain):
        raise ValueError("it may be a season or two years; write Spring 2019, or 2019/2021")
    if re.fullmatch(r"[\d?~%/.xXu-]+", plain) and _EDTF.match(plain):
        return of_edtf(plain)
    if "/" in plain and (day := eras.parts(plain)):  # 2024/03/04 is a day, 2019/2020 a span
        return {"date-parts": [day]}
    plain = _without_words(plain)
    for side in (_season, _quarter, _english, _range, _japanese):
        if found := side(plain):
            year = found["date-parts"][0][0]
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise ValueError(f"its year is not from {FIRST_YEAR} to {LAST_YEAR}")
            return found
    raise ValueError("it is written in no form that is known")


def of_field(text: str) -> dict:
    """The same of a field that holds EDTF, or words that a person put there instead."""
    return (of_edtf if re.fullmatch(EDTF_SIGNS, text) else of_words)(text)


def of_year_and(year: str, words: str) -> dict:
    """The same of a year and what stands apart from it: 2019 and 5月号, 2019 and April."""
    if found := eras.YEAR.fullmatch(eras.plain(year).removesuffix("年")):
        year = str(eras.year_of(found))
    try:
        return of_words(f"{year}年{words}")
    except ValueError:
        return of_words(f"{words} {year}")


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", eras.plain(text)).strip("[]() ")


def _without_words(plain: str) -> str:
    """A date without the day of the week, 号, 発行 and like words; of two calendars the first."""
    plain = re.sub(r"^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,? |\.$", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r" ?\([日月火水木金土](?:曜日?)?(?:[・/]?祝日?)?(?:\)|$)", "", plain)
    plain = re.sub(r"(?<=[年月日季春夏秋冬\d]) ?(?:発行|刊行?|発売|公開|掲載|付け?|閲覧|参照)$", "", plain)
    plain = re.sub(r"(?<=[月日季春夏秋冬]) ?(?:合併|合本|増刊|臨時増刊|特別|特大)?号", "", plain)
    if both := re.fullmatch(r"([^()]+?)年?\((\w+?)年?(?:\)年?|$)(\d.*)?", plain):
        years = [eras.parts(f"{year}年") for year in both.group(1, 2)]
        if years[0] != years[1]:
            raise ValueError("its two years are not one")
        plain = f"{both[1]}年{both[3] or ''}"
    # 4・5月 is a span only where one month follows the other.
    months = re.search(r"(\d{1,2})月?[・,、](\d{1,2})月", plain)
    if months and int(months[2]) == int(months[1]) + 1:
        plain = plain.replace(months[0], f"{months[1]}月〜{months[2]}月")
    return re.sub(r"(?<=年)(\d{1,2}) ?[-–—~〜/] ?(\d{1,2}月)", r"\1月〜\2", plain)


def _season(text: str) -> dict | None:
    names = "|".join(SEASONS)
    names = rf"(?P<name>{names})(?: ?[-–/・&]? ?(?P<last>{names}))?"
    found = re.fullmatch(rf"{names},? (?P<year>.+)", text, re.IGNORECASE) or re.fullmatch(
        rf"(?P<year>.+?)年? ?{names}季?", text, re.IGNORECASE
    )
    if not found:
        return None
    season = SEASONS[found["name"].casefold()]
    if two := re.fullmatch(r"(\d{4}) ?[-–—~/] ?(?:\d\d)?(\d\d)", found["year"]):
        if season != SEASONS["winter"] or found["last"] or int(two[2]) != (int(two[1]) + 1) % 100:
            raise ValueError("only a winter lies in two years")
        return of_edtf(f"{two[1]}-{FIRST_SEASON + season - 1}/{int(two[1]) + 1}")
    year = eras.parts(found["year"])
    if not year or len(year) != 1:
        return None
    if found["last"]:
        last = SEASONS[found["last"].casefold()]
        return of_edtf("/".join(f"{year[0]}-{FIRST_SEASON + one - 1}" for one in (season, last)))
    return {"date-parts": [year], "season": season}


def _quarter(text: str) -> dict | None:
    found = re.fullmatch(r"(\d{4}) ?Q([1-4])|Q([1-4]) (\d{4})", text)
    if not found:
        return None
    start = 3 * int(found[2] or found[3]) - 2
    year = int(found[1] or found[4])
    return {"date-parts": [[year, start], [year, start + 2]]}


def _english(text: str) -> dict | None:
    """A day, month or span with the month in words; the sides of a span may say the year or month once."""
    if found := _english_day(text):
        return {"date-parts": [found]}
    year = re.search(r"\d{4}", text)
    for cut in re.finditer(r" ?[-–—/~&] ?", text) if year else ():
        first, rest = text[: cut.start()], text[cut.end() :]
        month = re.match(r"[A-Za-z]*", first)[0]
        starts = (first, f"{first} {year[0]}", first + re.sub(r"^\d{1,2}(?!\d)", "", rest))
        ends = (rest, f"{year[0]} {rest}", f"{month} {rest}")
        start = next(filter(None, map(_english_day, starts)), None)
        end = next(filter(None, map(_english_day, ends)), None)
        if start and end and len(start) == len(end):
            if end < start:
                raise ValueError("its end lies before its beginning")
            return {"date-parts": [start, end]}
    return None


def _english_day(text: str) -> list[int] | None:
    month = rf"({_MONTH})\.?"
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    for pattern, order in (
        (rf"{month},? (\d{{4}})", (2, 1)),
        (rf"(\d{{4}}),? {month}", (1, 2)),
        (rf"{day} {month},? (\d{{4}})", (3, 2, 1)),
        (rf"{month} {day},? (\d{{4}})", (3, 1, 2)),
        (rf"(\d{{4}}),? {month} {day}", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, text.strip(), re.IGNORECASE):
            said = [found[place] for place in order]
            parts = [int(said[0]), MONTHS[said[1][:3].casefold()], *map(int, said[2:])]
            date(*(parts + [1])[:3])
            return parts
    return None


def _range(text: str) -> dict | None:
    """Two dates with a dash of any kind between them; the second may leave out what the first says."""
    found = re.fullmatch(r"(.*\d.*?) ?[-–—~〜/・] ?(.*\d.*)", text)
    for cut in (
        re.finditer(r" ?(?:[–—~〜/]|(?<=[日月年])[-・]|(?<=\d{4})-(?=\d{4})) ?", text) if found else ()
    ):
        first, rest = text[: cut.start()], text[cut.end() :]
        try:
            start = eras.parts(first)
            within = (rest, f"{start[0]}年{rest}", *(f"{start[0]}年{month}月{rest}" for month in start[1:2]))
            end = next(filter(None, map(eras.parts, within)), None)
        except (TypeError, ValueError):
            continue
        if start and end and end >= start and first != text:
            return {"date-parts": [start, end]}
    return None


def _japanese(text: str) -> dict | None:
    found = eras.parts(text)
    return {"date-parts": [found]} if found else None
