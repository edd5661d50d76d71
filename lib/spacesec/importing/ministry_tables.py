"""Tables of ministries: years above the columns or before the lines, or one in the title; units, stages of a
budget and totals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacesec.importing import amounts, eras, sheets, totals
from spacesec.importing.found import Row, refuse_misread
from spacesec.words.language import noted

LONGEST = 24  # signs of a heading
ASIDE = "aside"  # of a column that holds no amounts of a budget
OPEN, CLOSE = r"[(（\[［【〔〈《{｛]", r"[)）\]］】〕〉》}｝]"
_DAY = re.compile(
    rf"{eras.YEAR.pattern}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}日?"
)  # of a decision, a print
_PART = re.compile(rf".{{0,6}}(?:{amounts.PARTIAL.pattern}).{{0,2}}")  # 4月分, 令和5年度上期, as one heading
_BARE_YEAR = re.compile(r"(?:19|20)\d\d|(?:昭和|平成|令和|[SHR])\s*(?:元|\d{1,2})")
# Units that are none of money, in brackets beside a heading or the name of a line.
_OTHER_UNIT = (
    rf"{OPEN}(?:千?人|名|人月|件|機|基|台|隻|両|個|本|回|社|者|校|箇所|か所|%|倍|ポイント|年|日|時間){CLOSE}"
)
# Words of a heading -> stage of a budget; the first that fits. Those aside are no amounts of a budget.
STAGES = (
    (
        r"増△?▲?減|増減|比較|伸び?率|前年度?比|対前年|割合|構成比|増加|増員|差額|差引|率(?![化的直])|比$|シェア|順位"
        r"|指数|単価|定員|定数|員数|人数|(?:職員|隊員|人員)数?$|[件台機基隻両社名個本校]数|箇所|か所|数量|備考|摘要|番号"
        r"|不用|見込|繰越(?!\S{0,3}(?:含|除))|流用|残額|残高|未執行|事項要求|change|increase|decrease|ratio|share|personnel|staff|"
        + _OTHER_UNIT,
        ASIDE,
    ),
    (r"概算要求|要求額|要望額|要求|request", "request"),
    (r"現額|改予算|補正後|revised", "revised"),
    (r"補正|supplementary", "supplementary"),
    (r"決算|執行|支出済|実績|settled|actual", "settled"),
    (r"当初|政府案|概算決定|予算案|予算額|予算|initial", "initial"),
)
# What a heading may say beside its year and stage, and still be money of a budget.
_BUDGET = re.compile(
    r"概算|要求|要望|決定|閣議|政府|原案|案|予算|当初|暫定|骨格|本予算|補正|後|前|現計|現額|改|歳出|歳入|支出|済|執行|決算"
    r"|実績|見込み?|金額|額|国費|[合小総]?計|一般会計|特別会計|会計|事業費|経費|契約|ベース|第?\d+次|第?\d+号|変更|通期|年度"
    r"|うち|内数|分|等|の|及び|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[\s()\[\]【】〔〕〈〉《》{}・、,／/:=+＋①-⑳-]|(?:[十百千]?[万億兆]|百万|千)?円|単位"
)
# Names of lines that are no amounts of a budget.
_SHARE = re.compile(
    rf".*{_OTHER_UNIT}$|(?:うち)?.{{0,8}}(?:増減率?|増減額|伸び?率|執行率|構成比|シェア|割合|前年度?比|定員|職員数|件数)$"
)
# What stands at the head of the names of lines.
_FIRST = re.compile(
    r"(?:府省庁?|各?省庁|機関|事項|事業|項目?|区分|科目|内訳|分類|会計|費目|番号|No\.?|年度|item)(?:[等別名]|名称|区分)*(?:\s.*)?"
)
_OVER_YEARS = re.compile(rf"(?:{totals.TOTALS.pattern})|.*平均", re.IGNORECASE)  # lines below those of years
# Lines below or beside a table that are no heading of its lines: notes, units, sources.
_ASIDE = re.compile(rf"{OPEN}?\s*(?:注|備考|単位|出典|資料|出所|※|\*)")
_UNIT_TOLD = re.compile(rf"{OPEN}?\s*単位\s*[:：は]?\s*([^)）\]］】〕〉》}}｝]+)")
_UNIT_BESIDE = re.compile(rf"{OPEN}\s*((?:{'|'.join(amounts.SCALES)})?(?:円|ドル|ユーロ))\s*{CLOSE}")
# Cells without an amount of their own -> what is told of them.
_UNTOLD = (
    (rf"[※*]*{OPEN}?事項要求{CLOSE}?|{OPEN}事項{CLOSE}", noted("requests without an amount (事項要求)")),
    (
        rf"{OPEN}?[\d,.]*(?:億円|百万円|千円|円)?の?内数{CLOSE}?",
        noted("amounts that other lines hold (内数)"),
    ),
)
# What may follow the digits of an amount; any other word of two letters makes a name (3号機, 1 衛星).
_BEHIND = re.compile(rf"(?:{'|'.join(amounts.SCALES)})|円|ドル|ユーロ|[^\W\d_]?(?![^\W\d_])")


def read(reader) -> Iterator[Row]:
    for grid in sheets.grids(reader.path):
        rows = list(_table(reader, grid))
        off, right = totals.apart(rows)
        if off and right:
            why = "the lines of this total do not add up to it, as they do in other columns; correct one"
            raise reader.Unplaced(off[0].place, off[0].cells["value"], why)
        reader.left[noted("nothing; totals that are not the sum of the lines above them")] += len(off)
        rows, doubled = totals.told_once(rows)
        reader.left[noted("totals of one name with several values, as those of parts")] += doubled
        for row in rows:
            yield from reader.row(row.place, row.cells)


@dataclass
class Heads:
    """What stands above a line: headings by column (year, kind of year, stage), their words, a year in the
    title, the section; and whether lines of years did.
    """

    columns: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    title: tuple[int, str] | None = None
    section: str = ""
    by_line: bool = False

    def lone(self, text: str) -> None:
        """A line of one cell: a title, or the section of the lines below. Raises ValueError where it names
        another year than the title by which the columns above go.
        """
        try:
            year = amounts.fiscal_year(_DAY.sub("", eras.plain(text)))
        except ValueError:  # a title may name two years, or months: then the headings have to
            year, self.title = None, self.title if self.columns else None
        if self.columns and not self.above and year not in (None, self.title):
            if _beside_year(text):
                raise ValueError("it names another year than the title above; import the tables apart")
            self.columns = {}
        if year:
            self.title = year
        if self.above or self.words:
            self.section = "" if year and not self.above else text


def _table(reader, grid: sheets.Grid) -> Iterator[Row]:
    """The values of a grid. Years stand above the columns or before the lines, or one in the title; the other
    side says the item.
    """
    rows = list(grid.rows())
    unit = _unit(reader, grid, rows)
    heads = Heads()
    for number, written in rows:
        cells = _under_year(written, heads.above or heads.words)
        held = [column for column, text in cells.items() if _holds(text)]
        own = [n for n in cells if (number, n) not in grid.merged and (n in held or not _is_aside(cells[n]))]
        if not held and len(own) < 2:
            for column in own:
                if heads.above and _PART.fullmatch(eras.plain(cells[column])):
                    _heading(reader, grid, number, column, cells[column])
                try:
                    heads.lone(cells[column])
                except ValueError as error:
                    raise reader.Unplaced(grid.place(number, column), cells[column], f"{error}") from None
        elif held:
            column, year = _line_year(reader, grid, number, cells, max(held), heads)
            if column:
                heads.by_line = True
                yield from _year_line(reader, grid, number, cells, heads, column, year, unit)
            else:
                yield from _item_line(reader, grid, number, cells, heads, unit)
        elif not _is_heading(reader, grid, number, cells, heads):
            yield from _item_line(reader, grid, number, cells, heads, unit)


def _under_year(cells: dict[int, str], words: dict[int, str]) -> dict[int, str]:
    """The cells of a line, a bare year below or beside the word 年度 with that word."""
    if "年度" not in (*cells.values(), *words.values()):
        return cells
    first = next(iter(cells.values()))
    return {
        n: f"{text}年度"
        if "年度" in (first, words.get(n)) and _BARE_YEAR.fullmatch(eras.plain(text))
        else text
        for n, text in cells.items()
    }


def _is_aside(text: str) -> bool:
    """Whether a cell stands beside a table: a note, a sentence, a unit, the day of a decision."""
    return bool(
        _ASIDE.match(text)
        or text.endswith("。")
        or (text.endswith("日") and _DAY.fullmatch(eras.plain(text)))
    )


def _is_heading(reader, grid, number, cells, heads: Heads) -> bool:
    """Whether a line without amounts is one of headings, which then stand above the lines below."""
    years = [n for n, text in cells.items() if _year_alone(text) and (number, n) not in grid.merged]
    first = next(iter(cells.values()))
    if (
        heads.columns
        and len(years) == 1
        and years[0] > min(cells)
        and not _FIRST.fullmatch(eras.plain(first))
    ):
        why = "it may be a heading of a further table or a line without an amount; import the tables apart"
        raise reader.Unplaced(grid.place(number, years[0]), cells[years[0]], why)
    if heads.columns and not years:
        new = [text for column, text in cells.items() if column in heads.columns and not _beside_year(text)]
        told = [("", _stage(text)) for text in new]
    else:
        told = [_heading(reader, grid, number, column, text) for column, text in cells.items()]
    if any(year for year, _ in told) or (heads.above and any(stage for _, stage in told)):
        heads.above = _headed({} if heads.columns else heads.above, cells, grid, number)
        heads.columns, heads.section = {}, ""
        return True
    if not heads.columns and not heads.above:
        heads.words = dict(cells)
        return True
    return False


def _line_year(reader, grid, number, cells, last: int, heads: Heads) -> tuple[int, tuple[int, str, str]]:
    """The column, and year, kind of year and stage that stand there before the amounts of a line and name
    nothing else: a project's name may hold a year. Raises Unplaced where the headings have years, too.
    """
    column = next((n for n, text in cells.items() if n < last and _year_alone(text)), 0)
    if not column:
        return 0, (0, "", "")
    year, stage = _heading(reader, grid, number, column, cells[column])
    if any(_names_year(text) for text in heads.above.values()):
        why = "the line and the headings above it both name a year; name the line by what it is for"
        raise reader.Unplaced(grid.place(number, column), cells[column], why)
    return column, (*year, stage)


def _year_line(reader, grid, number, cells, heads: Heads, at: int, year, unit) -> Iterator[Row]:
    """A line of one year: the headings above its columns say the items, or the words before the year do."""
    words = heads.above or heads.words
    before = " ".join(text for column, text in cells.items() if column < at and not _holds(text))
    *when, of_line = year
    for column, text in cells.items():
        if column <= at or not _holds(text):
            continue
        if not words.get(column):
            raise reader.Unplaced(grid.place(number, column), text, "no heading stands above it")
        stage = _stage(words[column])
        if of_line and stage not in ("", "initial", of_line, ASIDE):
            why = f"the line is of {of_line} and its heading of {stage}; name one"
            raise reader.Unplaced(grid.place(number, column), text, why)
        stage = stage if stage == ASIDE else of_line or stage
        item = _UNIT_BESIDE.sub("", words[column])
        if before:
            item = f"{before} {item}" if _beside_year(item) else before
        yield from _cell(reader, grid, number, column, text, (*when, stage), item, heads.section, unit)


def _item_line(reader, grid, number, cells, heads: Heads, unit) -> Iterator[Row]:
    """A line of one item: the headings above its columns say year and stage."""
    if not heads.columns:
        heads.columns = _columns(reader, grid, number, heads)
    columns, words = heads.columns, heads.above or heads.words
    values = {column: text for column, text in cells.items() if column in columns}
    numbers = [column for column in cells if _numeric(cells[column])]
    without = [n for n in numbers if not columns or (n > min(columns) and not words.get(n))]
    over_years = heads.by_line and _OVER_YEARS.fullmatch(totals.ASIDE.sub("", next(iter(cells.values()))))
    if not columns and (len(numbers) == 1 or over_years):
        reader.left[noted("lines without a year")] += 1
        return
    if without and (columns or len(numbers) > 1):
        lost, why = cells[without[0]], "no heading stands above it"
        if re.fullmatch(r"(?:19|20)\d\d", lost):
            why = "it may be a fiscal or a calendar year; write 年度 or 年 behind it"
        raise reader.Unplaced(grid.place(number, without[0]), lost, why)
    if not any(_holds(text) for text in values.values()):
        _refuse_damaged(reader, grid, number, values)
        reader.left[noted("lines with words in place of amounts")] += bool(values)
        return
    label = " ".join(text for column, text in cells.items() if column < min(columns)).strip()
    if not label:
        if not any(column in values for column in numbers):
            return
        raise reader.Unplaced(grid.place(number), None, "the line has amounts and no name; name it")
    wanted = sum(stage != ASIDE for *_, stage in columns.values())
    if not grid.name and len(values) < wanted and reader.path.suffix.lower() != ".csv":
        why = f"it has {len(values)} amounts under {wanted} headings; put – where none is"
        raise reader.Unplaced(number, label, why)
    reader.left[noted("cells of columns without a year")] += sum(
        n > min(columns) and n not in columns for n in numbers
    )
    of_line = "" if _beside_year(label) else _stage(label)  # a line of 当初予算
    for column, text in values.items():
        *when, stage = columns[column]
        stage = stage or of_line
        yield from _cell(reader, grid, number, column, text, (*when, stage), label, heads.section, unit)


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
    label, marks = _unmarked(label)
    own = _UNIT_BESIDE.search(label)
    in_unit = eras.plain(own[1]) if own else unit.get(column, unit.get(0, ""))
    if re.fullmatch(r"[?？\s]{2,}", label):
        refuse_misread(reader.path, grid.place(number), "\ufffd" + label)
    aside = (
        stage == ASIDE or re.search(r"[%％]", text) or _SHARE.fullmatch(eras.plain(label).replace(" ", ""))
    )
    for what, is_so in (
        (noted("changes, shares, counts and other columns that are no amounts of a budget"), aside),
        (noted("cells that a merged one fills"), (number, column) in grid.merged),
        (_untold(text), _untold(text)),
    ):
        if is_so:
            reader.left[what] += 1
            return
    try:
        found = amounts.amount(text, in_unit, reader.brackets)
    except ValueError as error:
        raise reader.Unplaced(at, text, f"{error}; correct it") from None
    if found is None:
        reader.left[noted("cells that say there is none")] += 1
        return
    cells = {
        "item": _UNIT_BESIDE.sub("", label),
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
        "step": f"{found.step}",
    }
    yield Row(at, cells)


def _unmarked(label: str) -> tuple[str, str]:
    marks = "".join(amounts.MARKS.findall(label))
    return re.sub(r"\s+", " ", amounts.MARKS.sub("", label)).strip(" 　・○●◯"), marks


def _numeric(text: str) -> bool:
    """Whether a cell begins as an amount, right or damaged."""
    plain = eras.plain(amounts.MARKS.sub("", text))
    found = re.match(rf"[{amounts.MINUS}+(約¥ ]*\d[\d,.]*\s*", plain)
    return (
        bool(found)
        and bool(_BEHIND.match(plain, found.end()))
        and not re.search(r"\d\)?[年月日]|FY|^\d{4}[-/]\d", plain)
    )


def _holds(text: str) -> bool:
    """Whether a cell has an amount, or says that there is none."""
    plain = eras.plain(amounts.MARKS.sub("", text))
    none = bool(plain) and plain.casefold() in amounts.MISSING
    return _numeric(text) or none or bool(_untold(text))


def _untold(text: str) -> str:
    return next((told for form, told in _UNTOLD if re.fullmatch(form, eras.plain(text))), "")


def _unit(reader, grid: sheets.Grid, rows: list) -> dict[int, str]:
    """The unit of the table (0) and of columns that name their own; raises Unplaced where two are told."""
    found: dict[int, str] = {0: reader.unit} if reader.unit else {}
    for number, cells in rows:
        for column, text in cells.items():
            if (number, column) in grid.merged:
                continue
            if told := _UNIT_TOLD.search(text):
                words = re.split(r"[、・/／]|[,，](?!\d)", eras.plain(told[1]))
                named = [one.strip() for one in words if amounts.UNIT.fullmatch(one.strip())]
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
                if found.get(0, named[0]) != named[0]:
                    raise reader.Unplaced(
                        grid.place(number, column),
                        text,
                        f"the unit is {found[0]} elsewhere; import the tables apart",
                    )
                found[0] = named[0]
            elif told := _UNIT_BESIDE.search(text):
                found[0 if _UNIT_BESIDE.fullmatch(text) and len(cells) == 1 else column] = eras.plain(told[1])
    return found


def _stage(text: str) -> str:
    plain = re.sub(r"\s", "", eras.plain(amounts.MARKS.sub("", text)))
    return next((stage for words, stage in STAGES if re.search(words, plain, re.IGNORECASE)), "")


def _beside_year(text: str) -> str:
    """What a text says that is neither a year nor money of a budget."""
    plain = eras.plain(amounts.MARKS.sub("", text))
    return _BUDGET.sub("", amounts.FY.sub("", amounts.FISCAL.sub("", plain)))


def _year_alone(text: str) -> bool:
    """Whether a text names a year, and at most the stage of a budget."""
    return _names_year(text) and not _beside_year(text)


def _names_year(text: str) -> bool:
    plain = eras.plain(amounts.MARKS.sub("", text))
    return bool(amounts.FISCAL.search(plain) or amounts.FY.search(plain))


def _heading(reader, grid, number, column, text) -> tuple[tuple[int, str] | None, str]:
    """The year and stage that a cell names, where it is a heading."""
    plain = eras.plain(amounts.MARKS.sub("", text))
    if len(plain) > LONGEST:
        return None, ""
    try:
        return amounts.fiscal_year(plain), _stage(plain)
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
            if not stage and _beside_year(text):
                why = "nothing says that it is money of a budget; name it so (予算額), or remove the column"
                raise reader.Unplaced(grid.place(number, column), text, why)
            made[column] = (*year, stage)
        elif stage == ASIDE and made:
            made[column] = (0, "", ASIDE)
    told = [heading for heading in made.values() if heading[2] != ASIDE]
    if doubled := next((one for one in told if told.count(one) > 1), None):
        what = f"{doubled[0]} {doubled[2]}".strip()
        raise reader.Unplaced(grid.place(number), what, "two columns above say this; tell them apart")
    return made


def _of_title(title: tuple[int, str] | None, text: str) -> tuple[int, str] | None:
    """The title's year, or the one that a heading counts from it (前年度, 前々年度, 翌年度)."""
    plain = eras.plain(text)
    back = 2 if re.search("前々年度|前前年度", plain) else 1 if "前年度" in plain else -("翌年度" in plain)
    return (title[0] - back, title[1]) if title else None
