"""Money and prices by year, exact: tables of ministries (XLSX, CSV, pasted text), the budget review system,
World Bank, FRED, IMF, ECB and e-Stat files.

A row is one value of one item and period. ``year_kind`` keeps fiscal years (from April in Japan) apart from
calendar ones, which are never turned into each other; ``value`` is in single units, ``amount_bn`` a billionth
of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path

from spacesec.importing import amounts, decoded, eras, sheets, totals
from spacesec.importing.found import Found, Row, Unplaced, ahead_year, content, digest

COLUMNS = (
    "item",
    "place",
    "period",
    "period_precision",
    "year_kind",
    "stage",
    "value",
    "amount_bn",
    "unit",
    "approximate",
    "estimate",
    "marks",
    "locator",
)
# Words of a heading -> stage of a budget; the first that fits.
STAGES = (
    (r"増△?▲?減|増減|比較|伸率|伸び率|前年度?比|対前年|割合|構成比|増加", "change"),
    (r"概算要求|要求額|要望額|要求", "request"),
    (r"現額|改予算|補正後", "revised"),
    (r"補正", "supplementary"),
    (r"決算|執行|支出済|実績", "settled"),
    (r"当初|政府案|概算決定|予算案|予算額|予算", "initial"),
)
REVIEW = {
    "当初予算(合計)": "initial",
    "補正予算(合計)": "supplementary",
    "前年度からの繰越し(合計)": "carried_in",
    "予備費等(合計)": "reserve",
    "計(歳出予算現額合計)": "revised",
    "執行額(合計)": "settled",
    "翌年度への繰越し(合計)": "carried_out",
    "翌年度要求額(合計)": "request",
}
REVIEW_NEEDED = ("予算事業ID", "事業名", "府省庁", "予算年度", "会計区分")
IMF_SCALES = {"": 0, "units": 0, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12}
NOTHING = {"", ".", "..", "...", "n/a", "na", "--", "-", "…", "***", "x", "#n/a"}
# Lines below or beside a table that are no heading of its lines: notes, units, sources.
_ASIDE = re.compile(r"[(（\[]?\s*(?:注|備考|単位|出典|資料|出所|※|\*)")
_UNIT_TOLD = re.compile(r"[(（\[]?\s*単位\s*[:：]?\s*([^)）\]]+)")
_UNIT_BESIDE = re.compile(r"[(（]\s*((?:十億|百万|千|億|兆|万)?(?:円|ドル|ユーロ))\s*[)）]")
# An exponent only with the digits that a spreadsheet takes away when it shortens a number.
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\d\.\d{9,}[eE][+-]?\d+")


class Reader:
    """One file: what was left out, what is asked of it."""

    def __init__(self, path: Path, unit: str, brackets: str):
        self.path, self.unit, self.brackets = path, unit, brackets
        self.Unplaced = partial(Unplaced, path)
        self.left: Counter = Counter()
        self.seen: dict[tuple, tuple[str, str]] = {}

    def row(self, at: int | str, cells: dict[str, str]) -> Iterator[Row]:
        """The row, once; raises Unplaced where the file gives the same item and period another value."""
        if int(cells["period"][:4]) > ahead_year():
            why = f"it is a year after {ahead_year()}, which no plan reaches; look at its heading"
            raise self.Unplaced(at, cells["period"][:4], why)
        key = tuple(cells.get(name, "") for name in ("item", "place", "period", "period_precision", "stage"))
        said = cells["value"]
        before, place = self.seen.setdefault(key, (said, str(at)))
        if before != said:
            raise self.Unplaced(at, said, f"{place} gives {key[0]} in {key[2]} as {before}; keep one")
        if place != str(at):
            self.left["values that stand there again"] += 1
            return
        shown = f"line {at}" if isinstance(at, int) else at
        yield Row(
            f"{self.path.name}, {shown}",
            {name: cells.get(name, "") for name in COLUMNS[:-1]} | {"locator": cells.get("locator", shown)},
        )


def read(path: Path, unit: str = "", brackets: str = "") -> Found:
    """The values of a file by item and period.

    unit: of a table that names none (``億円``). brackets: ``negative`` or ``part``, what (5) means. Raises
    Unplaced for a number, a unit, a heading or a period that cannot be placed.
    """
    if brackets not in ("", "negative", "part"):
        raise Unplaced(path, None, brackets, "brackets takes negative or part")
    if unit:
        try:
            amounts.scaled(unit)
        except ValueError as error:
            raise Unplaced(path, None, unit, f"{error}") from None
    reader = Reader(path, unit, brackets)
    rows = list(_shape(reader))
    if not rows:
        raise Unplaced(path, None, None, "it holds no value of a year that is known; name the right table")
    last = max(row.cells["period"] for row in rows)
    notes = [f"left out {what} ({count:,})" for what, count in sorted(reader.left.items()) if count]
    return Found(rows, COLUMNS, path.name, digest(path), last, notes)


def _shape(reader: Reader) -> Iterator[Row]:
    held = content(reader.path)
    if held.startswith((b"PK", b"\xd0\xcf")):
        return _tables(reader)
    whole, _ = decoded.text(reader.path)
    for mark, read_as in (
        (r'\ufeff?"?Data Source"?\s*,|.*"?Country Name"?,"?Country Code"?', _world_bank),
        (r'"?(?:DATE|observation_date)"?,', _fred),
        (r".*WEO (?:Country|Subject) Code", _imf),
        (r".*\bTIME_PERIOD\b.*\bOBS_VALUE\b|.*\bOBS_VALUE\b.*\bTIME_PERIOD\b", _sdmx),
        (r"Date,(?:[A-Z]{3},){3}", _ecb_rates),
    ):
        if re.match(mark, whole):
            return read_as(reader, whole)
    if "予算事業ID" in whole.partition("\n")[0]:
        return _review(reader, whole)
    if re.search(r"^.*時間軸.*$", whole[:20_000], re.MULTILINE):
        return _e_stat(reader, whole)
    return _tables(reader)


# --- tables of ministries


def _tables(reader: Reader) -> Iterator[Row]:
    for grid in sheets.grids(reader.path):
        rows = list(_table(reader, grid))
        off, right = totals.apart(rows)
        if off and right:
            at, value = off[0].cells["locator"], off[0].cells["value"]
            why = "the lines above this total do not add up to it, as they do in other columns; correct one"
            raise reader.Unplaced(at, value, why)
        reader.left["nothing; totals that are not the sum of the lines above them"] += len(off)
        yield from rows


@dataclass
class Heads:
    """What stands above a line: headings by column (year, kind of year, stage), their words, a year in the
    title, the section.
    """

    columns: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    title: tuple[int, str] | None = None
    section: str = ""

    def lone(self, text: str) -> None:
        """A line of one cell: the title, or the section of the lines below."""
        if _ASIDE.match(text):
            return
        if self.columns or self.above:
            self.section = text
            return
        try:
            self.title = amounts.fiscal_year(text) or self.title
        except ValueError:  # a title may name two years: then the headings have to
            self.title = None


def _table(reader: Reader, grid: sheets.Grid) -> Iterator[Row]:
    """The values of a grid. Years stand above the columns or before the lines, or one in the title; the other
    side says the item.
    """
    rows = list(grid.rows())
    unit = _unit(reader, grid, rows)
    heads = Heads()
    for number, cells in rows:
        own = [column for column in cells if (number, column) not in grid.merged]
        numbers = [column for column in cells if _numeric(cells[column])]
        if own == [min(cells)] and not numbers:
            heads.lone(cells[own[0]])
            continue
        told = {column: _heading(reader, grid, number, column, text) for column, text in cells.items()}
        years = [column for column, (year, _) in told.items() if year]
        if years and numbers and max(years) < min(numbers):
            yield from _year_line(reader, grid, number, cells, heads, told[years[0]][0], unit)
        elif years or (heads.above and not numbers and any(stage for _, stage in told.values())):
            heads.above = _headed({} if heads.columns else heads.above, cells, grid, number)
            heads.columns, heads.section = {}, ""
        elif not numbers and not heads.columns and not heads.above:
            heads.words = dict(cells)
        else:
            yield from _item_line(reader, grid, number, cells, heads, unit)


def _year_line(reader, grid, number, cells, heads: Heads, year, unit) -> Iterator[Row]:
    """A line of one year: the headings above its columns say the items."""
    words = heads.words or heads.above
    for column, text in cells.items():
        if column <= min(cells) or not (_numeric(text) or eras.plain(text).casefold() in amounts.MISSING):
            continue
        if not words.get(column):
            raise reader.Unplaced(grid.place(number, column), text, "no heading stands above it")
        _, stage = _heading(reader, grid, number, column, words[column])
        item = _UNIT_BESIDE.sub("", words[column])
        yield from _cell(reader, grid, number, column, text, (*year, stage), item, heads.section, unit)


def _item_line(reader, grid, number, cells, heads: Heads, unit) -> Iterator[Row]:
    """A line of one item: the headings above its columns say year and stage."""
    if not heads.columns:
        heads.columns = _columns(reader, grid, number, heads)
    columns = heads.columns
    values = {column: text for column, text in cells.items() if column in columns}
    numbers = [column for column in cells if _numeric(cells[column])]
    if (
        not columns
        and len(numbers) > 1
        or (columns and [c for c in numbers if c > min(columns) and not (heads.above or heads.words).get(c)])
    ):
        lost = next(c for c in numbers if not (heads.above or heads.words).get(c) or not columns)
        raise reader.Unplaced(grid.place(number, lost), cells[lost], "no heading stands above it")
    if not any(column in values for column in numbers):
        _refuse_damaged(reader, grid, number, values)
        return
    label = " ".join(text for column, text in cells.items() if column < min(columns)).strip()
    if not label:
        raise reader.Unplaced(grid.place(number), None, "the line has amounts and no name; name it")
    wanted = sum(stage != "change" for *_, stage in columns.values())
    if not grid.name and len(values) < wanted and reader.path.suffix.lower() != ".csv":
        why = f"it has {len(values)} amounts under {wanted} headings; put – where none is"
        raise reader.Unplaced(number, label, why)
    without = sum(column > min(columns) and column not in columns for column in numbers)
    reader.left["cells of columns without a year"] += without
    for column, text in values.items():
        yield from _cell(reader, grid, number, column, text, columns[column], label, heads.section, unit)


def _refuse_damaged(reader, grid, number, values: dict[int, str]) -> None:
    """Raises Unplaced where a line has no amount, but what was one under a heading of a year."""
    for column, text in values.items():
        plain = eras.plain(text)
        damaged = re.search(r"\d", plain) and len(plain) <= 12 and not re.search(r"[年月FY注※]", plain)
        if (number, column) not in grid.merged and (damaged or re.match("#[A-Z]|#+$|NaN$", plain)):
            raise reader.Unplaced(grid.place(number, column), text, "it is no amount; correct it")


def _cell(reader, grid, number, column, text, heading, label, section, unit) -> Iterator[Row]:
    year, kind, stage = heading
    at = grid.place(number, column)
    if stage == "change" or re.search(r"[%％]", text):
        reader.left["changes and shares, which follow from amounts"] += 1
        return
    if (number, column) in grid.merged:
        reader.left["cells that a merged one fills"] += 1
        return
    try:
        found = amounts.amount(text, unit.get(column, unit.get(0, "")), reader.brackets)
    except ValueError as error:
        raise reader.Unplaced(at, text, f"{error}; correct it") from None
    if found is None:
        reader.left["cells that say there is none"] += 1
        return
    label, marks = _unmarked(label)
    yield from reader.row(
        at,
        {
            "item": label,
            "place": _unmarked(section)[0],
            "period": f"{year}-04-01" if kind == "fiscal" else f"{year}-01-01",
            "period_precision": "fiscal_year" if kind == "fiscal" else "year",
            "year_kind": kind,
            "stage": stage,
            "value": amounts.written(found.value),
            "amount_bn": amounts.written(found.value.scaleb(-9)),
            "unit": found.currency,
            "approximate": "true" if found.about else "",
            "marks": marks + found.marks,
        },
    )


def _unmarked(label: str) -> tuple[str, str]:
    marks = "".join(amounts.MARKS.findall(label))
    return re.sub(r"\s+", " ", amounts.MARKS.sub("", label)).strip(" 　・○●◯"), marks


def _numeric(text: str) -> bool:
    plain = eras.plain(amounts.MARKS.sub("", text))
    return bool(re.match(rf"[{amounts.MINUS}+(約¥ ]*\d", plain)) and not re.match(
        r"\d+[.)）]?\s*[^\W\d_]{{4}}", plain
    )


def _unit(reader: Reader, grid: sheets.Grid, rows: list) -> dict[int, str]:
    """The unit of the table (0) and of columns that name their own; raises Unplaced where two are told."""
    found: dict[int, str] = {0: reader.unit} if reader.unit else {}
    for number, cells in rows:
        for column, text in cells.items():
            if (number, column) in grid.merged:
                continue
            if told := _UNIT_TOLD.search(text):
                named = [
                    one
                    for one in re.split(r"[、,，・/／]", eras.plain(told[1]))
                    if amounts.UNIT.fullmatch(one.strip())
                ]
                if not named and re.search(r"未満|四捨五入|切り?捨て|切り?上げ", text):
                    continue  # a note on rounding
                if len(set(named)) > 1:
                    raise reader.Unplaced(
                        grid.place(number, column), text, "it names two units; import the tables apart"
                    )
                if not named:
                    raise reader.Unplaced(
                        grid.place(number, column), text, "it names no unit of money that is known"
                    )
                if found.get(0, named[0].strip()) != named[0].strip():
                    raise reader.Unplaced(
                        grid.place(number, column),
                        text,
                        f"the unit is {found[0]} elsewhere; import the tables apart",
                    )
                found[0] = named[0].strip()
            elif told := _UNIT_BESIDE.search(text):
                found[column] = eras.plain(told[1])
    return found


def _heading(reader, grid, number, column, text) -> tuple[tuple[int, str] | None, str]:
    """The year and stage that a cell names, where it is a heading."""
    if _numeric(text) and not re.search(r"年|FY", text):
        return None, ""
    plain = eras.plain(amounts.MARKS.sub("", text))
    stage = next((stage for words, stage in STAGES if re.search(words, plain)), "")
    if len(plain) > 24:
        return None, ""
    try:
        return amounts.fiscal_year(plain), stage
    except ValueError as error:
        raise reader.Unplaced(grid.place(number, column), text, f"{error}; correct the heading") from None


def _headed(above: dict[int, str], cells: dict[int, str], grid: sheets.Grid, number: int) -> dict[int, str]:
    """The words above every column after one more line of headings; a year stands over the blank columns
    beside it until the next.
    """
    if not above:
        return dict(cells)
    made, last = {}, ""
    for column in range(1, max(*above, *cells) + 1):
        last = above.get(column, last if column in cells else "")
        made[column] = f"{last} {cells.get(column, '')}".strip()
    return {column: text for column, text in made.items() if text}


def _columns(reader, grid, number, heads: Heads) -> dict[int, tuple[int, str, str]]:
    """Year, kind of year and stage of every column that has them; of the title where none is said."""
    made: dict[int, tuple[int, str, str]] = {}
    found = {
        column: (text, *_heading(reader, grid, number, column, text))
        for column, text in (heads.above or heads.words).items()
    }
    title = heads.title or max((year for _, year, _ in found.values() if year), default=None)
    for column, (text, year, stage) in found.items():
        if stage and (not heads.above or "前年度" in text):
            year = year or _of_title(title, text)
        if year:
            made[column] = (*year, stage)
        elif stage == "change" and made:
            made[column] = (0, "", "change")
    told = [heading for heading in made.values() if heading[2] != "change"]
    if doubled := next((one for one in told if told.count(one) > 1), None):
        what = f"{doubled[0]} {doubled[2]}".strip()
        raise reader.Unplaced(grid.place(number), what, "two columns above say this; tell them apart")
    return made


def _of_title(title: tuple[int, str] | None, text: str) -> tuple[int, str] | None:
    """The title's year, or the one that a heading counts from it (前年度, 前々年度, 翌年度)."""
    plain = eras.plain(text)
    back = 2 if re.search("前々年度|前前年度", plain) else 1 if "前年度" in plain else -("翌年度" in plain)
    return (title[0] - back, title[1]) if title else None


# --- the budget review system


def _review(reader: Reader, whole: str) -> Iterator[Row]:
    header, *records = decoded.records(reader.path, whole)
    names = [eras.plain(name) for name in header[1]]
    if lacking := [name for name in REVIEW_NEEDED if name not in names]:
        raise reader.Unplaced(
            header[0], None, f"the header lacks {', '.join(lacking)}; get the file 2-1 anew"
        )
    columns = {name: names.index(name) for name in (*REVIEW_NEEDED, *REVIEW) if name in names}
    for line, cells in records:
        if len(cells) != len(names):
            raise reader.Unplaced(
                line, None, f"it has {len(cells)} cells, the header has {len(names)}; the file may be cut off"
            )
        told = {name: eras.plain(cells[place]) for name, place in columns.items()}
        if told["会計区分"]:
            reader.left["lines of single accounts, which the line of the sum holds"] += 1
            continue
        if not re.fullmatch(r"\d{4}", told["予算年度"]) or not 2000 < int(told["予算年度"]) < 2100:
            raise reader.Unplaced(line, told["予算年度"], "it is no fiscal year")
        for name, stage in REVIEW.items():
            text = told.get(name, "")
            if text in NOTHING:
                continue
            if not re.fullmatch(r"-?\d+(\.0+)?", text.replace(",", "")):
                raise reader.Unplaced(line, text, f"{name} is in whole yen there; correct it")
            year = int(told["予算年度"]) + (stage == "request")
            value = Decimal(text.replace(",", ""))
            yield from reader.row(
                line,
                {
                    "item": told["事業名"],
                    "place": told["府省庁"],
                    "period": f"{year}-04-01",
                    "period_precision": "fiscal_year",
                    "year_kind": "fiscal",
                    "stage": stage,
                    "value": amounts.written(value),
                    "amount_bn": amounts.written(value.scaleb(-9)),
                    "unit": "JPY",
                    "locator": f"project {told['予算事業ID']}, budget table, FY{told['予算年度']}, {name}",
                },
            )


# --- series of statistics


def _world_bank(reader: Reader, whole: str) -> Iterator[Row]:
    records = list(decoded.records(reader.path, whole))
    start = next((n for n, (_, cells) in enumerate(records) if cells[0].strip() == "Country Name"), None)
    if start is None:
        raise reader.Unplaced(1, None, "it has no line that begins with Country Name; download it again")
    header = [cell.strip() for cell in records[start][1]]
    series = "Series Code" if "Series Code" in header else "Indicator Code"
    if lacking := [name for name in ("Country Code", series) if name not in header]:
        raise reader.Unplaced(records[start][0], None, f"the header lacks {', '.join(lacking)}")
    years = {n: name[:4] for n, name in enumerate(header) if re.fullmatch(r"\d{4}( \[YR\d{4}\])?", name)}
    for line, cells in records[start + 1 :]:
        if cells[0].strip() == "Country Name":
            raise reader.Unplaced(line, cells[0], "the header stands there again; download it again")
        if (
            not cells[header.index(series) if len(cells) > header.index(series) else 0].strip()
            or len(cells) < 4
        ):
            reader.left["lines below the table"] += 1
            continue
        if len(cells) < len([name for name in header if name]):
            raise reader.Unplaced(
                line, cells[0], "it has fewer cells than the header; the file may be cut off"
            )
        for place, year in years.items():
            text = cells[place]
            at = {"item": cells[header.index(series)], "place": cells[header.index("Country Code")]}
            yield from _point(reader, line, text, year, "calendar", at)


def _fred(reader: Reader, whole: str) -> Iterator[Row]:
    (_, header), *records = decoded.records(reader.path, whole)
    precision = _spacing([cells[0] for _, cells in records])
    for line, cells in records:
        if len(cells) != len(header):
            raise reader.Unplaced(
                line, ",".join(cells), "it has not the cells of the header; the file may be cut off"
            )
        for series, text in zip(header[1:], cells[1:]):
            for row in _point(reader, line, text, cells[0], "calendar", {"item": series.strip()}):
                row.cells["period_precision"] = precision
                yield row


def _spacing(days: list[str]) -> str:
    """What the first days of periods stand for, by those that occur."""
    found = [day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)]
    months = {day[5:7] for day in found}
    if len(found) < 2 or {day[8:] for day in found} != {"01"}:
        return "day"
    for precision, allowed in (("year", {"01"}), ("quarter", {"01", "04", "07", "10"})):
        if months <= allowed:
            return precision
    return "month"


def _imf(reader: Reader, whole: str) -> Iterator[Row]:
    (_, header), *records = decoded.records(reader.path, whole)
    header = [name.strip() for name in header]
    needed = ("ISO", "WEO Subject Code", "Units", "Scale", "Estimates Start After")
    if lacking := [name for name in needed if name not in header]:
        raise reader.Unplaced(1, None, f"the header lacks {', '.join(lacking)}; download it again")
    place = {name: header.index(name) for name in needed}
    for line, cells in records:
        if len(cells) < 3:
            reader.left["lines below the table"] += 1
            continue
        if len(cells) != len(header):
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        scale = cells[place["Scale"]].strip().casefold()
        if scale not in IMF_SCALES:
            raise reader.Unplaced(line, cells[place["Scale"]], "it is no scale of the IMF, as in Billions")
        after = cells[place["Estimates Start After"]].strip()
        for number, year in enumerate(header):
            if re.fullmatch(r"\d{4}", year):
                told = {"item": cells[place["WEO Subject Code"]], "place": cells[place["ISO"]]}
                told |= {"unit": cells[place["Units"]].strip()}
                told |= {"estimate": "true" if after.isdigit() and int(year) > int(after) else ""}
                yield from _point(reader, line, cells[number], year, "calendar", told, IMF_SCALES[scale])


def _sdmx(reader: Reader, whole: str) -> Iterator[Row]:
    (_, header), *records = decoded.records(reader.path, whole)
    header = [name.strip() for name in header]
    for line, cells in records:
        if len(cells) != len(header):
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        told = dict(zip(header, cells))
        key = told.get("KEY") or ".".join(
            told[name] for name in header[: min(header.index("TIME_PERIOD"), header.index("OBS_VALUE"))]
        )
        scale = told.get("UNIT_MULT", "0") or "0"
        if not re.fullmatch(r"-?\d{1,2}", scale):
            raise reader.Unplaced(line, scale, "UNIT_MULT is a power of ten")
        given = {"item": key, "place": told.get("REF_AREA", ""), "unit": told.get("UNIT", "")}
        given |= {"estimate": "true" if told.get("OBS_STATUS", "A") in ("E", "P", "F") else ""}
        yield from _point(reader, line, told["OBS_VALUE"], told["TIME_PERIOD"], "calendar", given, int(scale))


def _ecb_rates(reader: Reader, whole: str) -> Iterator[Row]:
    (_, header), *records = decoded.records(reader.path, whole)
    for line, cells in records:
        if len([cell for cell in cells if cell]) != len([name for name in header if name]):
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        for currency, text in zip(header[1:], cells[1:]):
            if currency.strip():
                told = {"item": f"{currency.strip()} per EUR", "unit": currency.strip()}
                yield from _point(reader, line, text, cells[0], "calendar", told)


def _e_stat(reader: Reader, whole: str) -> Iterator[Row]:
    records = list(decoded.records(reader.path, whole))
    start = next(
        n for n, (_, cells) in enumerate(records) if any(cell.startswith("時間軸") for cell in cells)
    )
    line, header = records[start]
    axis = next(
        (n for n, name in enumerate(header) if name.startswith("時間軸") and "コード" not in name), None
    )
    value = next((n for n, name in enumerate(header) if name.strip() in ("value", "値")), None)
    unit = next((n for n, name in enumerate(header) if name.strip() in ("unit", "単位")), None)
    if axis is None or value is None:
        raise reader.Unplaced(
            line, None, "it has no column 時間軸 or value; choose the form with a line a value"
        )
    items = [n for n in range(len(header)) if "コード" not in header[n] and n not in (axis, value, unit)]
    for line, cells in records[start + 1 :]:
        if len(cells) != len(header):
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        scale, word = 0, cells[unit].strip() if unit is not None else ""
        if amounts.UNIT.fullmatch(word):
            scale, word = amounts.scaled(word)
        kind = "fiscal" if "年度" in cells[axis] else "calendar"
        told = {"item": " / ".join(cells[n].strip() for n in items if cells[n].strip()), "unit": word}
        yield from _point(reader, line, cells[value], cells[axis], kind, told, scale)


def _point(
    reader, line, text: str, when: str, kind: str, told: dict[str, str], scale: int = 0
) -> Iterator[Row]:
    """One value of a series."""
    plain = eras.plain(text)
    if plain.casefold() in NOTHING:
        reader.left["cells that say there is none"] += 1
        return
    if not _PLAIN.fullmatch(plain):
        raise reader.Unplaced(line, text, "it is no number as this publisher writes it; correct it")
    try:
        value = Decimal(plain.replace(",", "")).scaleb(scale)
        period, precision = _period(when)
    except (InvalidOperation, ValueError):
        raise reader.Unplaced(line, when, "it is no year, quarter, month or day; correct it") from None
    yield from reader.row(
        line,
        {
            **told,
            "period": period,
            "period_precision": "fiscal_year" if kind == "fiscal" and precision == "year" else precision,
            "year_kind": kind,
            "value": amounts.written(value),
            "amount_bn": amounts.written(value.scaleb(-9)),
        },
    )


def _period(text: str) -> tuple[str, str]:
    """The first day of a period and its precision. Raises ValueError."""
    plain = eras.plain(text)
    if found := re.fullmatch(r"(\d{4})-?Q([1-4])", plain):
        return f"{found[1]}-{3 * int(found[2]) - 2:02d}-01", "quarter"
    if found := re.fullmatch(r"(\d{4})年(\d{1,2})[〜~～-](\d{1,2})月期?", plain):
        first, last = int(found[2]), int(found[3])
        if last - first != 2:
            raise ValueError("it is no quarter")
        return date(int(found[1]), first, 1).isoformat(), "quarter"
    if found := re.fullmatch(r"(\d{4})年度", plain):
        return f"{found[1]}-04-01", "year"
    parts = eras.parts(plain.removesuffix("度"))
    if not parts or not 1600 < parts[0] < 2200:
        raise ValueError("it is no period")
    day = date(*(parts + [1, 1])[:3])
    return day.isoformat(), ("year", "month", "day")[len(parts) - 1]
