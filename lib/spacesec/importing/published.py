"""Money and prices by year as publishers give them in columns: the budget review system, the World Bank,
FRED, the IMF, the ECB, e-Stat.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from spacesec.importing import amounts, dates, decoded, eras
from spacesec.importing.found import Row, Unplaced, ahead
from spacesec.words.language import noted

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
# An exponent only with the digits that a spreadsheet takes away when it shortens a number.
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\d\.\d{9,}[eE][+-]?\d+")


def form(whole: str) -> Callable[..., Iterator[Row]] | None:
    """The reader of the form that a text has by its first lines; None for a table."""
    for mark, read_as in FORMS:
        if re.match(mark, whole[:20_000]):
            return read_as
    return None


def _review(reader, whole: str) -> Iterator[Row]:
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
            reader.left[noted("lines of single accounts, which the line of the sum holds")] += 1
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
                    "code": told["予算事業ID"],
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


def _world_bank(reader, whole: str) -> Iterator[Row]:
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
            reader.left[noted("lines below the table")] += 1
            continue
        if len(cells) < len([name for name in header if name]):
            raise reader.Unplaced(
                line, cells[0], "it has fewer cells than the header; the file may be cut off"
            )
        for place, year in years.items():
            text = cells[place]
            at = {"item": cells[header.index(series)], "place": cells[header.index("Country Code")]}
            yield from _point(reader, line, text, year, "calendar", at, measured=True)


def _fred(reader, whole: str) -> Iterator[Row]:
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
    found = []
    for day in days:
        try:
            found.append(_period(day)[0])
        except ValueError:  # the value of the line is refused
            continue
    months = {day[5:7] for day in found}
    if len(found) < 2 or {day[8:] for day in found} != {"01"}:
        return "day"
    for precision, allowed in (("year", {"01"}), ("quarter", {"01", "04", "07", "10"})):
        if months <= allowed:
            return precision
    return "month"


def _imf(reader, whole: str) -> Iterator[Row]:
    (_, header), *records = decoded.records(reader.path, whole)
    header = [name.strip() for name in header]
    needed = ("ISO", "WEO Subject Code", "Units", "Scale", "Estimates Start After")
    if lacking := [name for name in needed if name not in header]:
        raise reader.Unplaced(1, None, f"the header lacks {', '.join(lacking)}; download it again")
    place = {name: header.index(name) for name in needed}
    for line, cells in records:
        if len(cells) < 3:
            reader.left[noted("lines below the table")] += 1
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


def _sdmx(reader, whole: str) -> Iterator[Row]:
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


def _ecb_rates(reader, whole: str) -> Iterator[Row]:
    """Reference rates of the ECB: of one day (28 June 2024), or of all since 1999, newest first."""
    (_, header), *records = decoded.records(reader.path, whole)
    names = [name.strip() for name in header]
    for line, cells in records:
        held = [cell.strip() for cell in cells]
        if len(held) != len(names) or [n for n, cell in enumerate(held) if bool(cell) != bool(names[n])]:
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        day = _english(held[0])
        for currency, text in zip(names[1:], held[1:]):
            if currency:
                told = {"item": f"{currency} per EUR", "unit": currency}
                yield from _point(reader, line, text, day, "calendar", told, measured=True)


def _ecb_portal(reader, whole: str) -> Iterator[Row]:
    """Series of the ECB's data portal, a column each, with its key in brackets; DATE is the last day."""
    (_, header), *records = decoded.records(reader.path, whole)
    for line, cells in records:
        if len(cells) != len(header):
            raise reader.Unplaced(
                line, cells[0], "it has not the cells of the header; the file may be cut off"
            )
        for series, text in zip(header[2:], cells[2:]):
            key = re.search(r"\(([A-Z0-9._]+)\)\s*$", series)
            item = key[1] if key else series.strip()
            yield from _point(reader, line, text, _english(cells[1]), "calendar", {"item": item})


def _english(text: str) -> str:
    """A day or month with an English name (28 June 2024, 2024Jun) in ISO form; any other text as it is."""
    plain = re.sub(r"^(\d{4})([A-Z][a-z]{2})$", r"\1 \2", eras.plain(text))
    if not re.search("[A-Z][a-z]{2}", plain):
        return plain
    try:
        return dates.edtf(dates.of_words(plain))
    except ValueError:
        return plain


def refuse_ahead(path: Path, place: int | str, period: str) -> None:
    """Raises Unplaced for a value, which publishers have measured, of a time to come."""
    if ahead(period, timedelta(days=1)):
        why = "it is a time to come, of which nobody has a value; correct it, or download the file again"
        raise Unplaced(path, place, period, why)


def _e_stat(reader, whole: str) -> Iterator[Row]:
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
        if amounts.UNIT.fullmatch(eras.plain(word)):
            try:
                scale, word = amounts.scaled(word)
            except ValueError as error:
                raise reader.Unplaced(line, word, f"{error}") from None
        kind = "fiscal" if "年度" in cells[axis] else "calendar"
        told = {"item": " / ".join(cells[n].strip() for n in items if cells[n].strip()), "unit": word}
        yield from _point(reader, line, cells[value], cells[axis], kind, told, scale)


def _point(
    reader,
    line,
    text: str,
    when: str,
    kind: str,
    told: dict[str, str],
    scale: int = 0,
    measured: bool = False,
) -> Iterator[Row]:
    """One value of a series; measured, it is of no time to come."""
    plain = eras.plain(text)
    if plain.casefold() in NOTHING:
        reader.left[noted("cells that say there is none")] += 1
        return
    if not _PLAIN.fullmatch(plain):
        raise reader.Unplaced(line, text, "it is no number as this publisher writes it; correct it")
    try:
        value = Decimal(plain.replace(",", "")).scaleb(scale)
        period, precision = _period(when)
    except (InvalidOperation, ValueError):
        raise reader.Unplaced(line, when, "it is no year, quarter, month or day; correct it") from None
    if measured:
        refuse_ahead(reader.path, line, period)
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


# The first lines of a form -> its reader.
FORMS = (
    (r'\ufeff?"?Data Source"?\s*,|.*"?Country Name"?,"?Country Code"?', _world_bank),
    (r'"?DATE"?,"?TIME PERIOD"?,', _ecb_portal),
    (r'"?(?:DATE|observation_date)"?,', _fred),
    (r".*WEO (?:Country|Subject) Code", _imf),
    (r".*\bTIME_PERIOD\b.*\bOBS_VALUE\b|.*\bOBS_VALUE\b.*\bTIME_PERIOD\b", _sdmx),
    (r"Date,\s*(?:[A-Z]{3},\s*){3}", _ecb_rates),
    (r".*予算事業ID", _review),
    (r"(?s)(?:.*[,;\t\n])?\"?時間軸", _e_stat),
)
