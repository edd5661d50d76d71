"""The Japan Coast Guard's monthly counts of government ships of China near the Senkaku Islands, as rows of
`maritime`.

A sheet has a line a year and a column a month, or a line a month; headings or the lines above say the zone
(接続水域, 領海) and what is counted (延べ隻数, 日数, 件数). Months are parts of a year; totals are held
against their months and are no rows.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from spacesec.importing import amounts, eras, sheets
from spacesec.importing.found import Found, Row, Unplaced, digest

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
    (r"延べ?隻|隻数|延べ?数", "vessels", "vessel-days"),
    (r"件数|事案", "cases", "cases"),
)
ANEW = date(2012, 9, 11)  # the series starts anew
FIRST_YEAR = 2008
_MONTH = re.compile(r"(\d{1,2})月(?:分)?")
_TOTAL = re.compile(r"^(?:合計|計|累計|年計)$")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:隻|日|件)?")


class Reader:
    """One sheet on its way: the zone and indicator told last, the year, and totals to hold against months."""

    def __init__(self, path: Path, zone: str, indicator: str):
        self.path, self.Unplaced = path, partial(Unplaced, path)
        self.zone, self.indicator, self.year = zone, indicator, 0
        self.seen: dict[tuple, str] = {}
        self.none = 0

    def told(self, text: str) -> tuple[str, str]:
        """The zone and the indicator that words name, each empty where they do not."""
        zones = [zone for words, zone in ZONES if re.search(words, text)]
        zone = zones[0] if len(zones) == 1 else ""
        return zone, next((name for words, name, _ in INDICATORS if re.search(words, text)), "")


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
    last = max(row.cells["period_end"] for row in rows)
    notes = [f"left out months without a count ({reader.none:,})"] * bool(reader.none)
    return Found(rows, COLUMNS, path.name, digest(path), last, notes)


def _grid(reader: Reader, grid: sheets.Grid) -> Iterator[Row]:
    months: dict[int, int] = {}
    heads: dict[int, tuple[str, str]] = {}
    totals: set[int] = set()
    for number, cells in grid.rows():
        plain = {column: eras.plain(text).replace(" ", "") for column, text in cells.items()}
        named = {c: int(_MONTH.fullmatch(text)[1]) for c, text in plain.items() if _MONTH.fullmatch(text)}
        whole = " ".join(plain.values())
        if len(named) > 1:
            months, heads = named, {}
            totals = {column for column, text in plain.items() if _TOTAL.match(text)}
            _check_months(reader, grid, number, named)
            continue
        if not any(_COUNT.fullmatch(text) for text in plain.values()) and not _when(plain):
            heads = _heads(reader, plain, heads)
            zone, indicator = reader.told(whole)
            reader.zone, reader.indicator = zone or reader.zone, indicator or reader.indicator
            continue
        if months:
            yield from _year(reader, grid, number, plain, months, totals)
        elif heads:
            yield from _month(reader, grid, number, plain, heads)
        elif sum(bool(_COUNT.fullmatch(text)) for text in plain.values()) > 1:
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
    """Year and month of a line, as far as its cells say."""
    for text in plain.values():
        if found := eras.DAY.fullmatch(text.removesuffix("分")):
            return [eras.year_of(found), *(int(found[part]) for part in ("month",) if found[part])]
    return None


def _year(reader, grid, number, plain, months, totals) -> Iterator[Row]:
    """The months of a year that stand in one line, held against its total."""
    when = _when(
        {column: text for column, text in plain.items() if column not in months and column not in totals}
    )
    label = " ".join(text for column, text in plain.items() if column not in months and column not in totals)
    zone, indicator = reader.told(label)
    reader.year = when[0] if when else reader.year
    if not reader.year:
        raise reader.Unplaced(grid.place(number), label, "nothing says of which year it is")
    total = 0
    for column, month in months.items():
        count = _count(reader, grid, number, column, plain.get(column, ""))
        if count is not None:
            total += count
            yield from _row(reader, grid, number, column, (reader.year, month), (zone, indicator), count)
    for column in totals & set(plain):
        said = _count(reader, grid, number, column, plain[column])
        if said is not None and said != total:
            raise reader.Unplaced(
                grid.place(number, column), plain[column], f"its months make {total:,}; correct one of them"
            )


def _month(reader, grid, number, plain, heads) -> Iterator[Row]:
    """The counts of one month that stand in one line."""
    when = _when(plain)
    alone = next((int(found[1]) for text in plain.values() if (found := _MONTH.fullmatch(text))), None)
    if when:
        reader.year = when[0]
    month = when[1] if when and len(when) > 1 else alone
    words = " ".join(plain.values())
    if not month and re.search("計|年間", words):
        return  # a total
    if not month or not reader.year or not 1 <= month <= 12:
        raise reader.Unplaced(grid.place(number), words[:60], "it names no month of a year")
    for column, head in sorted(heads.items()):
        if column in plain:
            count = _count(reader, grid, number, column, plain[column])
            if count is not None:
                yield from _row(reader, grid, number, column, (reader.year, month), head, count)


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
    if not FIRST_YEAR <= year < 2100:
        raise reader.Unplaced(at, f"{year}", f"the coast guard's counts begin in {FIRST_YEAR}")
    last = calendar.monthrange(year, month)[1]
    if indicator == "days" and count > last:
        raise reader.Unplaced(at, f"{count}", f"the month has {last} days; correct it")
    start = date(year, month, 1)
    anew = start.replace(day=1) >= ANEW.replace(day=1)
    if (start.year, start.month) == (ANEW.year, ANEW.month):
        start = ANEW
    key, shown = (zone, indicator, start), f"line {at}" if isinstance(at, int) else at
    if key in reader.seen:
        raise reader.Unplaced(at, f"{count}", f"{reader.seen[key]} has this month already; keep one")
    reader.seen[key] = shown
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
