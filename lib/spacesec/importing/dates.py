"""Dates of references, from EDTF (ISO 8601-2) and from words, to and from those of CSL-JSON.

A date of CSL has one or two ``date-parts`` (a day, or a range), and may have a ``season`` (1 spring to 4
winter) or be ``circa``. What it cannot say otherwise (an open end, a doubt) stands beside them as EDTF in
``raw``. Of a quarter the months are a range.
"""

import re
from datetime import date

from spacesec.data.days import MONTH_NAMES
from spacesec.importing import eras

SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4, "春": 1, "夏": 2, "秋": 3, "冬": 4}
FIRST_SEASON, FIRST_QUARTER = 21, 33  # codes of EDTF in the place of the month
MONTHS = {name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)}
FIRST_YEAR, LAST_YEAR = 1000, 2100
_SIDE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%])?")
_MONTH = "|".join([*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"])


def of_edtf(text: str) -> dict:
    """The CSL date of an EDTF date: ``2019-04-01``, ``2019-21`` (spring), ``1957~``, ``2019-04/2019-06``,
    ``2019/..``. Raises ValueError in a few words.
    """
    text = text.strip()
    text = re.sub(r"(?<=\d)T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?$", "", text)
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


def of_words(text: str) -> dict:
    """The CSL date of what a catalogue writes: EDTF, ``April 2019``, ``1 Apr 2019``, ``Spring 2019``, ``2019
    Q2``, ``c. 1957``, ``2019年春``, ``令和元年5月``, ``2019年4月-6月``. Raises ValueError in a few words.
    """
    plain = re.sub(r"\s+", " ", eras.plain(text)).strip("[]() ")
    about = re.match(r"(?:c\.|ca\.?|circa|about|約) ?(?=\S)", plain, re.IGNORECASE) or re.search(
        "頃$|ごろ$", plain
    )
    if about:
        found = of_words(plain.replace(about[0], "", 1))
        return {**found, "circa": True}
    if (
        re.fullmatch(r"[\d?~%/.-]+", plain)
        and re.match(r"\d{4}(?![.\d])", plain)
        and not re.match(r"\d{4}(/\d{1,2}(/\d{1,2})?|-\d{4})$", plain)
    ):
        return of_edtf(plain)
    plain = plain.rstrip(".")
    for side in (_season, _quarter, _english, _range, _japanese):
        if found := side(plain):
            year = found["date-parts"][0][0]
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise ValueError(f"its year is not from {FIRST_YEAR} to {LAST_YEAR}")
            return found
    raise ValueError("it is written in no form that is known")


def _season(text: str) -> dict | None:
    names = "|".join(SEASONS)
    found = re.fullmatch(rf"(?P<name>{names}),? (?P<year>.+)", text, re.IGNORECASE) or re.fullmatch(
        rf"(?P<year>.+?)年? ?(?P<name>{names})(?:季?号|季)?", text, re.IGNORECASE
    )
    year = eras.parts(found["year"]) if found else None
    if not year or len(year) != 1:
        return None
    return {"date-parts": [year], "season": SEASONS[found["name"].casefold()]}


def _quarter(text: str) -> dict | None:
    found = re.fullmatch(r"(\d{4}) ?Q([1-4])|Q([1-4]) (\d{4})", text)
    if not found:
        return None
    start = 3 * int(found[2] or found[3]) - 2
    year = int(found[1] or found[4])
    return {"date-parts": [[year, start], [year, start + 2]]}


def _english(text: str) -> dict | None:
    month = rf"({_MONTH})\.?"
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    for pattern, order in (
        (rf"{month},? (\d{{4}})", (2, 1)),
        (rf"(\d{{4}}) {month}", (1, 2)),
        (rf"{day} {month},? (\d{{4}})", (3, 2, 1)),
        (rf"{month} {day},? (\d{{4}})", (3, 1, 2)),
        (rf"(\d{{4}}) {month} {day}", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            said = [found[place] for place in order]
            parts = [int(said[0]), MONTHS[said[1][:3].casefold()], *map(int, said[2:])]
            date(*(parts + [1])[:3])
            return {"date-parts": [parts]}
    found = re.fullmatch(rf"{month} ?[-–/~〜] ?{month},? (\d{{4}})", text, re.IGNORECASE)
    if not found:
        return None
    first, last = (MONTHS[found[place][:3].casefold()] for place in (1, 2))
    if last < first:
        raise ValueError("its end lies before its beginning")
    return {"date-parts": [[int(found[3]), first], [int(found[3]), last]]}


def _range(text: str) -> dict | None:
    """Two dates with a dash of any kind between them; the second may leave out what the first says."""
    found = re.fullmatch(r"(.*\d.*?) ?[-–—~〜/・] ?(.*\d.*)", text)
    for cut in (
        re.finditer(r" ?(?:[–—~〜/]|(?<=[日月年])[-・]|(?<=\d{4})-(?=\d{4})) ?", text) if found else ()
    ):
        first, rest = text[: cut.start()], text[cut.end() :]
        try:
            start = eras.parts(first)
            end = eras.parts(rest) or eras.parts(f"{start[0]}年{rest}")
        except (TypeError, ValueError):
            continue
        if start and end and end >= start and first != text:
            return {"date-parts": [start, end]}
    return None


def _japanese(text: str) -> dict | None:
    found = eras.parts(text)
    return {"date-parts": [found]} if found else None
