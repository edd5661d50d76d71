"""The Japan Coast Guard's monthly counts of government ships of China near the Senkaku Islands, as rows of
`maritime`.

A sheet has a line a year and a column a month, or a line a month; headings or the lines above say the zone
(接続水域, 領海) and what is counted (延べ隻数, 日数, 件数; 隻数 alone may be either of two things). Months
are parts of a year; totals are held against their months and are no rows.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from spacesec.importing import amounts, eras, sheets
from spacesec.importing.found import LEFT_OUT, Found, Row, Unplaced, ahead, digest, tallied
from spacesec.words.language import noted

COLUMNS = (
    "row_id",
    "area",
    "zone",
    "indicator",
    "date",
    "date_precision",
    "period_end",
    "coverage",
    "count_basis",
    "value",
    "unit",
    "locator",
    "evidence",
    "quality",
)
ZONES = ((r"接続水域", "contiguous"), (r"領海", "territorial"))
INDICATORS = (
    (r"日数|確認日", "days", "days"),
    (r"延べ?隻|延べ?数", "vessels", "vessel-days"),
    (r"件数|事案", "cases", "cases"),
)
ANEW = date(2012, 9, 11)  # the series starts anew
FIRST_YEAR = 2008
_MONTH = re.compile(r"(\d{1,2})月(?:分)?")
TURNS = {1: 0, -1: 0, -11: 1, 11: -1}  # from a month to the next line's -> how the year turns
_NOTE = re.compile(r"[(\[]?(?:※|注|備考|\*)|.*。$")
_TOTAL = re.compile(r"^年?間?(?:合計|累計|総計|計)(?:\(.*\))?$")
_COUNT = re.compile(r"(?:延べ?)?(\d{1,3}(?:,\d{3})+|\d+)(?:隻|日|件)?")


class Reader:
    """One sheet on its way: the zone and indicator told last, year and month, columns of years and months
    without their sign, and by column the sum since the last total and of all.
    """

    def __init__(self, path: Path, zone: str, indicator: str):
        self.path, self.Unplaced = path, partial(Unplaced, path)
        self.zone, self.indicator, self.year, self.month, self.width = zone, indicator, 0, 0, 0
        self.seen: dict[tuple, str] = {}
        self.signs: dict[int, str] = {}
        self.sums: dict[int, list[int]] = {}
        self.counts: dict[tuple, tuple[int, int | str]] = {}
        self.none = 0

    def told(self, text: str) -> tuple[str, str]:
        """The zone and the indicator that words name, each empty where they do not."""
        zones = [zone for words, zone in ZONES if re.search(words, text)]
        counted = [name for words, name, _ in INDICATORS if re.search(words, text)]
        return tuple(one[0] if len(one) == 1 else "" for one in (zones, counted))

    def begin(self, heading: dict[int, str]) -> None:
        """Headings begin a table anew, as wide as the widest of them."""
        self.year, self.month, self.sums = 0, 0, {}
        self.width = max(self.width, *heading)

    def add(self, column: int, count: int) -> None:
        self.sums[column] = [one + count for one in self.sums.get(column, (0, 0))]


def read(path: Path, zone: str = "", indicator: str = "") -> Found:
    """Candidate rows, one a month. zone (``contiguous``, ``territorial``) and indicator (``vessels``,
    ``days``, ``cases``): of a sheet that does not say. Raises Unplaced for a count, a month or a total that
    cannot be placed.
    """
    known = ("", *(name for _, name in ZONES)), ("", *(name for _, name, _ in INDICATORS))
    for given, names in ((zone, known[0]), (indicator, known[1])):
        if given not in names:
            raise Unplaced(path, None, given, f"it takes {', '.join(names[1:])}")
    reader = Reader(path, zone, indicator)
    rows = [row for grid in sheets.grids(path) for row in _grid(reader, grid)]
    if not rows:
        raise Unplaced(path, None, None, "it holds no count by month; give the coast guard's table of months")
    _refuse_apart(reader)
    last = max(row.cells["period_end"] for row in rows)
    notes = tallied({noted("months without a count"): reader.none}, LEFT_OUT)
    return Found(rows, COLUMNS, path.name, digest(path), last, notes)


def _grid(reader: Reader, grid: sheets.Grid) -> Iterator[Row]:
    months: dict[int, int] = {}
    heads: dict[int, tuple[str, str]] = {}
    totals: set[int] = set()
    for number, cells in grid.rows():
        plain = {column: eras.plain(text).replace(" ", "") for column, text in cells.items()}
        plain |= {c: f"{plain[c]}{sign}" for c, sign in reader.signs.items() if plain.get(c, "").isdigit()}
        named = {c: int(_MONTH.fullmatch(text)[1]) for c, text in plain.items() if _MONTH.fullmatch(text)}
        whole = " ".join(plain.values())
        if _NOTE.match(whole):
            continue
        if len(named) > 1:
            reader.begin(plain)
            months, heads = named, {}
            totals = {column for column, text in plain.items() if _TOTAL.match(text)}
            _check_months(reader, grid, number, named)
            continue
        if not any(_COUNT.fullmatch(text) for text in plain.values()) and not _when(plain):
            reader.begin(plain)
            reader.signs |= {column: text for column, text in plain.items() if text in ("年", "月")}
            heads = _heads(reader, plain, heads)
            zone, indicator = reader.told(whole)
            reader.zone, reader.indicator = zone or reader.zone, indicator or reader.indicator
            continue
        if (months or heads) and max(plain) > reader.width:
            at = grid.place(number, max(plain))
            raise reader.Unplaced(at, plain[max(plain)], "it stands beyond the last column; remove it")
        if months:
            yield from _year(reader, grid, number, plain, months, totals)
        elif heads:
            yield from _month(reader, grid, number, plain, heads)
        elif sum(bool(_COUNT.fullmatch(text)) for text in plain.values()) > (len(_when(plain) or ()) < 2):
            raise reader.Unplaced(grid.place(number), whole[:60], "no headings stand above these counts")


def _check_months(reader, grid, number, named) -> None:
    wrong = next((month for month in named.values() if not 1 <= month <= 12), None)
    if wrong or list(named.values()) != sorted(set(named.values())):
        raise reader.Unplaced(
            grid.place(number), f"{wrong or '月'}", "months follow each other from 1 to 12, each once"
        )


def _heads(reader, plain: dict[int, str], before: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Zone and indicator of every column, after one more line of headings."""
    made, zone = dict(before), ""
    for column in range(1, max(plain) + 1):
        told = reader.told(plain.get(column, ""))
        zone = told[0] or before.get(column, (zone, ""))[0] or zone
        if column in plain and (told[0] or told[1]):
            made[column] = (told[0] or zone, told[1] or before.get(column, ("", ""))[1])
    return made


def _when(plain: dict[int, str]) -> list[int] | None:
    """Year, month and day of a line, as far as its cells say."""
    for text in plain.values():
        if found := eras.DAY.fullmatch(text.removesuffix("分")):
            return [eras.year_of(found), *(int(found[part]) for part in ("month", "day") if found[part])]
    return None


def _year(reader, grid, number, plain, months, totals) -> Iterator[Row]:
    """The months of a year that stand in one line, held against its total."""
    when = _when(
        {column: text for column, text in plain.items() if column not in months and column not in totals}
    )
    label = " ".join(text for column, text in plain.items() if column not in months and column not in totals)
    zone, indicator = reader.told(label)
    reader.year = when[0] if when else reader.year
    if not when and _TOTAL.match(label):
        _refuse_sums(reader, grid, number, plain)
        return
    if not reader.year:
        raise reader.Unplaced(grid.place(number), label, "nothing says of which year it is")
    total = 0
    for column, month in months.items():
        count = _count(reader, grid, number, column, plain.get(column, ""))
        if count is not None:
            total += count
            reader.add(column, count)
            yield from _row(reader, grid, number, column, (reader.year, month), (zone, indicator), count)
    for column in totals & set(plain):
        said = _count(reader, grid, number, column, plain[column])
        if said is not None and said != total:
            raise reader.Unplaced(
                grid.place(number, column), plain[column], f"its months make {total:,}; correct one of them"
            )
        reader.add(column, said or 0)


def _month(reader, grid, number, plain, heads) -> Iterator[Row]:
    """The counts of one month that stand in one line."""
    when = _when(plain)
    alone = next((int(found[1]) for text in plain.values() if (found := _MONTH.fullmatch(text))), None)
    if when:
        reader.year = when[0]
    month = when[1] if when and len(when) > 1 else alone
    words = " ".join(plain.values())
    if not month and re.search("計|年間", words):
        _refuse_sums(reader, grid, number, {column: plain[column] for column in heads if column in plain})
        return
    if when and not month and len(plain) == 1:
        reader.month = 0
        return  # the year of the lines below
    if not month or not reader.year or not 1 <= month <= 12:
        raise reader.Unplaced(grid.place(number), words[:60], "it names no month of a year")
    if when and when[2:] not in ([], [1]):  # spreadsheets write a month as its first day
        raise reader.Unplaced(grid.place(number), words[:60], "it is of a day; give the counts of months")
    if not when and reader.month:
        if (turn := TURNS.get(month - reader.month)) is None:
            why = "it does not follow the month of the line before; name its year"
            raise reader.Unplaced(grid.place(number), words[:60], why)
        reader.year += turn
    reader.month = month
    for column, head in sorted(heads.items()):
        if column in plain:
            count = _count(reader, grid, number, column, plain[column])
            if count is not None:
                reader.add(column, count)
                yield from _row(reader, grid, number, column, (reader.year, month), head, count)


def _refuse_sums(reader, grid, number, plain) -> None:
    """A line of totals: each is that of the months since the total before, or of all."""
    for column, text in plain.items():
        if column not in reader.sums:
            continue
        total, whole = reader.sums[column]
        said = _count(reader, grid, number, column, text)
        if said is not None and said not in (total, whole):
            why = f"its months make {total:,}; correct one of them"
            raise reader.Unplaced(grid.place(number, column), text, why)
        reader.sums[column] = [0, whole]


def _refuse_apart(reader) -> None:
    """Ships that were there are counted once a day at least, and none on no day."""
    for (zone, indicator, start), (ships, at) in reader.counts.items():
        days, _ = reader.counts.get((zone, "days", start), (ships, at))
        if indicator == "vessels" and (ships < days or (ships and not days)):
            why = f"ships were there on {days} days, with which it does not go; correct one of the two"
            raise reader.Unplaced(at, f"{ships}", why)


def _count(reader, grid, number, column, text) -> int | None:
    plain = amounts.MARKS.sub("", text).strip("()")
    if plain.casefold() in amounts.MISSING:
        reader.none += 1
        return None
    found = _COUNT.fullmatch(plain)
    if not found:
        raise reader.Unplaced(grid.place(number, column), text, "it is no count of ships or days; correct it")
    return int(found[1].replace(",", ""))


def _row(reader, grid, number, column, when, head, count) -> Iterator[Row]:
    (year, month), at = when, grid.place(number, column)
    zone, indicator = head[0] or reader.zone, head[1] or reader.indicator
    if not zone or not indicator:
        raise reader.Unplaced(
            at, f"{count}", "nothing says of which zone it is or what is counted; give zone and indicator"
        )
    if year < FIRST_YEAR:
        raise reader.Unplaced(at, f"{year}", f"the coast guard's counts begin in {FIRST_YEAR}")
    last = calendar.monthrange(year, month)[1]
    anew = date(year, month, 1) >= ANEW.replace(day=1)
    start = ANEW if (year, month) == (ANEW.year, ANEW.month) else date(year, month, 1)
    if ahead(start, timedelta(0)):
        why = "it is a time to come, of which nobody has a value; correct it, or download the file again"
        raise reader.Unplaced(at, f"{year}-{month:02}", why)
    days = last - start.day + 1
    if indicator == "days" and count > days:
        raise reader.Unplaced(at, f"{count}", f"its month has {days} days; correct it")
    key, shown = (zone, indicator, start), f"line {at}" if isinstance(at, int) else at
    if key in reader.seen:
        raise reader.Unplaced(at, f"{count}", f"{reader.seen[key]} has this month already; keep one")
    reader.seen[key] = shown
    reader.counts[key] = count, at
    short = {"contiguous": "cz", "territorial": "ts"}[zone]
    cells = {
        "row_id": f"senkaku-{short}-{indicator}-{year}-{month:02d}",
        "area": "senkaku",
        "zone": zone,
        "indicator": indicator,
        "date": start.isoformat(),
        "date_precision": "day",
        "period_end": date(year, month, last).isoformat(),
        "coverage": "partial",
        "count_basis": "from_2012_09_11" if anew else "before_2012_09_11",
        "value": f"{count}",
        "unit": next(unit for _, name, unit in INDICATORS if name == indicator),
        "locator": f"table of months, {year}-{month:02d}, {shown}",
        "evidence": "independent",
        "quality": "A",
    }
    yield Row(f"{reader.path.name}, {shown}", cells)
