"""Files of the General Catalog of Artificial Space Objects (GCAT): satcat, psatcat, launch, launchlog, orgs,
sites, as J. McDowell publishes them at planet4589.org: tab-separated, padded, ``#`` before the header.

Columns keep the catalog's names. Each vague date has four columns beside it: ``_from`` and ``_to`` (ISO
days), ``_precision`` and ``_doubt`` (true or empty); a dash is an empty cell; an asterisk (not ended) stays.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from spacesec.importing import found, vague
from spacesec.importing.found import Found, Row, Unplaced
from spacesec.words.language import said

# File -> the columns that tell it, its key, its vague dates, and pairs of them in order of time.
FILES = {
    "satcat": (("JCAT", "Satcat", "Piece", "Status"), "JCAT", ("LDate", "SDate", "DDate", "ODate")),
    "psatcat": (("JCAT", "TLast", "TOp", "TDate", "Category"), "JCAT", ("LDate", "TLast", "TOp", "TDate")),
    "launchlog": (("Launch_Tag", "Launch_Date", "JCAT", "Launch_Code"), "JCAT", ("Launch_Date",)),
    "launch": (("Launch_Tag", "Launch_JD", "Launch_Date", "LV_Type"), "Launch_Tag", ("Launch_Date",)),
    "sites": (("Site", "Code", "StateCode", "TStart", "Latitude"), "Site", ("TStart", "TStop")),
    "orgs": (("Code", "UCode", "StateCode", "TStart", "TStop"), "Code", ("TStart", "TStop")),
}
ALONE = ("satcat", "psatcat")  # files with one row a key
# What the rows of one launch have alike.
LAUNCH = ("Launch_Date", "LV_Type", "Flight_ID", "Launch_Site", "LVState", "Launch_Code")
# What a spreadsheet makes of a tag, a piece or a number: a day, a power of ten, commas.
IDENTIFIERS = ("Launch_Tag", "Piece", "Satcat")
REWRITTEN = re.compile(
    r"\d{1,2}-[A-Za-z]{3}(-\d{2,4})?|[A-Za-z]{3}-\d{2,4}|\d{1,4}/\d{1,2}(/\d{1,4})?|\d{1,3}(,\d{3})+"
    r"|\d(\.\d+)?[eE]\+\d+",
    re.ASCII,
)
QUOTED = re.compile(r'"(?:[^"]|"")*"')  # as a spreadsheet saves a cell with a comma or a quotation mark
EXACT = ("hour", "minute", "second", "deciday", "centiday")  # doubt of these is none of the day
ORDERED = (("LDate", "DDate"), ("LDate", "TDate"), ("TStart", "TStop"))
NUMBERS = {
    "Latitude": (-90, 90),
    "Longitude": (-360, 360),
    "Perigee": (-6400, 1e9),  # an apogee below that is of a path that leaves the Earth
    "Apogee": (-1e9, 1e9),
    "Inc": (0, 180),
    "Mass": (0, 1e7),
    "DispPeri": (-6400, 1e9),
    "DispApo": (-1e9, 1e9),
    "DispInc": (0, 180),
    "Launch_JD": (2_400_000, 2_500_000),
}
STATES = ("State", "SatState", "LVState", "StateCode", "UNState")
# Of the rows, that may end before they begin or be a piece of a later launch: the catalog has a few, swapped
# columns have many. Pieces of earlier launches are cargo, which becomes a piece of the station's.
MOST_ODD = 0.02
ROUNDED_KM = 5  # by which a perigee may lie over its apogee: the catalog rounds both
JCAT = re.compile(r"[A-Z](?:\d{5}|\d{9})(?:\.\w+)*", re.ASCII)
# The letters of a launch code: to where, and how it ended; a number after them is a part of success, %. A
# failure with a part of success is a partial one here, a success with less than all stays a success.
CODE = re.compile(r"[A-Z]([SFU])(\d{2})?[A-Z]?", re.ASCII)
OUTCOMES = {"S": "success", "F": "failure", "U": "unknown"}
PARTIAL = "partial"
DATED = re.compile(r"#\s*Updated\s+(.+)")


def read(path: Path, orgs: str = "") -> Found:
    """The rows of a file of the catalog.

    orgs: the catalog's own orgs.tsv, from which state codes get their names (columns ``…_name``). Raises
    Unplaced for the first thing that cannot be placed.
    """
    names = _state_names(Path(orgs)) if orgs else {}
    text = found.text(path)
    lines = text.splitlines()
    file, header, at = _header(path, lines)
    columns = _columns(file, header, names)
    notes: list[str] = []
    if not text.endswith("\n"):
        notes.append(said("the file ends without a line end: its last number may have been cut"))
    dated = next((_day(path, match[1]) for line in lines[:4] if (match := DATED.match(line))), "")
    wrong: list[Unplaced] = []
    rows = [
        Row(f"{path.name}, line {number}", _cells(path, number, file, columns, cells, names, wrong))
        for number, cells in _records(path, file, header, lines[at:], at, notes)
    ]
    if not rows:
        raise Unplaced(path, None, None, "it has no row below its header; download it again")
    notes += found.left_empty(wrong, MOST_ODD * len(rows))
    _refuse_odd(path, rows, notes)
    return Found(rows, columns, path.name, found.digest(path), dated, notes)


def _header(path: Path, lines: list[str]) -> tuple[str, list[str], int]:
    """Which file it is, its columns, and how many lines stand before its rows."""
    at = next((number for number, line in enumerate(lines) if line.startswith("#") and "\t" in line), None)
    if at is None or any(line.strip() and not line.startswith("#") for line in lines[:at]):
        why = "it has no header of GCAT, which begins with # and has tabs; name a tsv file of the catalog"
        raise Unplaced(path, 1, lines[0][:40], why)
    header = [name.removeprefix("#") for name in _parts(lines[at])]
    for file, (telling, *_) in FILES.items():
        if set(telling) <= set(header):
            if twice := next((name for name in header if header.count(name) > 1), None):
                raise Unplaced(path, at + 1, twice, "the column stands there twice; keep one")
            return file, header, at + 1
    known = ", ".join(FILES)
    why = f"these are the columns of none of {known}; look whether one was renamed"
    raise Unplaced(path, at + 1, lines[at][:60], why)


def _parts(line: str) -> list[str]:
    """The cells of a line; one in quotation marks without them."""
    parts = [part.strip() for part in line.split("\t")]
    return [part[1:-1].replace('""', '"').strip() if QUOTED.fullmatch(part) else part for part in parts]


def _columns(file: str, header: list[str], names: dict[str, str]) -> tuple[str, ...]:
    made = []
    for name in header:
        made.append(name)
        if name in FILES[file][2]:
            made += [f"{name}_{part}" for part in ("from", "to", "precision", "time", "doubt")]
        if name in STATES and names:
            made.append(f"{name}_name")
        if name == "Launch_Code":
            made += ["outcome", "success_percent"]
        if name in ("Launch_Date", "LDate"):
            made.append("note")
    return (*made, "locator")


def _records(
    path: Path, file: str, header: list[str], lines: list[str], before: int, notes: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows as they stand, each with its line; a repeated one once."""
    key, seen, launches, twice = FILES[file][1], {}, {}, 0
    for number, line in enumerate(lines, start=before + 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = _parts(line)
        if len(parts) != len(header):
            why = f"it has {len(parts)} cells where the header has {len(header)}; download it again"
            raise Unplaced(path, number, parts[0][:40], why)
        cells = dict(zip(header, parts))
        if cells == seen.get(cells[key]):
            twice += 1
            continue
        if not cells[key] or cells[key] in vague.NONE:
            raise Unplaced(path, number, None, f"it has no {key}; look whether columns changed places")
        if file in ALONE and cells[key] in seen:
            why = f"its {key} stands there before with other cells; keep the right row"
            raise Unplaced(path, number, cells[key], why)
        seen[cells[key]] = cells
        _refuse_rewritten(path, number, cells, launches)
        yield number, cells
    if twice:
        notes.append(said("rows that stand there twice, of which one is kept: {count}", count=twice))


def _refuse_rewritten(path: Path, number: int, cells: dict[str, str], launches: dict[str, dict]) -> None:
    """Raises Unplaced for an identifier that a spreadsheet made another, and for a row that says something
    else of its launch than the row before.
    """
    for name in IDENTIFIERS:
        if REWRITTEN.fullmatch(cells.get(name, "")):
            why = f"it is no {name}, a spreadsheet has rewritten it; download the file again"
            raise Unplaced(path, number, cells[name], why)
    if not (tag := cells.get("Launch_Tag", "").strip("-")):
        return
    told = {name: cells[name] for name in LAUNCH if name in cells}
    before = launches.setdefault(tag, told)
    if other := next((name for name in told if told[name] != before[name]), None):
        why = f"the launch {tag} has {other} {before[other]} in a row before; keep the right row"
        raise Unplaced(path, number, told[other], why)


def _cells(
    path: Path,
    number: int,
    file: str,
    columns: tuple[str, ...],
    cells: dict[str, str],
    names: dict[str, str],
    wrong: list[Unplaced],
) -> dict[str, str]:
    """A row with what stands beside its columns; cells that cannot be are empty and join the wrong ones."""
    made = dict.fromkeys(columns, "")
    for name, text in cells.items():
        try:
            made |= _checked(path, number, file, name, text)
            made[name] = "" if text in vague.NONE else text
        except Unplaced as fault:
            wrong.append(fault)
        if f"{name}_name" in made:
            made[f"{name}_name"] = names.get(text, "")
    if "JCAT" in cells and made["JCAT"] and not JCAT.fullmatch(made["JCAT"]):
        why = "JCAT is a letter with five or nine digits; look whether columns changed places"
        raise Unplaced(path, number, made["JCAT"], why)
    _refuse_apart(path, number, cells, made)
    return {**made, "locator": f"line {number}, row {cells[FILES[file][1]]}"}


def _checked(path: Path, number: int, file: str, name: str, text: str) -> dict[str, str]:
    """What follows from a cell; raises Unplaced for one that cannot be."""
    if name in FILES[file][2]:
        return _dated(name, text, _span(path, number, text))
    if name in NUMBERS and text not in vague.NONE:
        _refuse_number(path, number, name, text)
    return _outcome(path, number, text) if name == "Launch_Code" else {}


def _refuse_apart(path: Path, number: int, cells: dict[str, str], made: dict[str, str]) -> None:
    """Raises Unplaced for cells that cannot stand in one row: a launch tag of other years than its date, a
    perigee above its apogee.
    """
    tag = cells.get("Launch_Tag", "")
    span = [made.get(f"Launch_Date_{end}", "")[:4] for end in ("from", "to")]
    if re.match(r"\d{4}-", tag) and span[0] and not span[0] <= tag[:4] <= span[1]:
        why = f"the launch is dated {cells['Launch_Date']}; look whether cells changed places"
        raise Unplaced(path, number, tag, why)
    if (launched := made.get("LDate_to", "")) and launched < f"{found.SPUTNIK}":
        why = "nothing was launched into orbit then; look at its year"
        raise Unplaced(path, number, cells["LDate"], why)
    heights = [cells.get(name, "").removesuffix("?") for name in ("Perigee", "Apogee")]
    if all(re.fullmatch(r"\d+(\.\d*)?", text, re.ASCII) for text in heights):
        low, high = map(float, heights)
        if low > high + ROUNDED_KM:
            why = f"it is a perigee above its apogee of {heights[1]}; look whether columns changed places"
            raise Unplaced(path, number, heights[0], why)


def _refuse_odd(path: Path, rows: list[Row], notes: list[str]) -> None:
    """Tell rows that end before they begin, and pieces of another launch; raises Unplaced for many that end
    early or are of a later launch, which are columns that changed places.
    """
    for first, last in ORDERED:
        ends = [(row, row.cells.get(f"{first}_from", ""), row.cells.get(f"{last}_to", "")) for row in rows]
        odd = [row for row, begin, end in ends if begin and end and begin > end]
        why = f"its {last} lies before its {first}, as in many rows; look whether columns changed places"
        _refuse_many(path, odd, max(1, MOST_ODD * len(rows)), last, why)
        if odd:
            words = {"last": last, "first": first, "places": _first(odd)}
            notes.append(said("rows whose {last} lies before their {first}: {places}", **words))
    of_others = [row for row in rows if _of_another(row.cells)]
    later = [row for row in of_others if row.cells["Piece"] > row.cells["Launch_Tag"]]
    why = "it is a piece of a later launch than its tag's; look whether cells changed places"
    _refuse_many(path, later, MOST_ODD * len(rows), "Piece", why)
    if of_others:
        places = _first(of_others)
        notes.append(
            said("rows of a piece of another launch, as of cargo of a station: {places}", places=places)
        )


def _refuse_many(path: Path, odd: list[Row], most: float, column: str, why: str) -> None:
    if len(odd) > most:
        raise Unplaced(path, odd[0].place.partition(", ")[2], odd[0].cells[column], why)


def _first(rows: list[Row]) -> str:
    """The places of the first five."""
    return ", ".join(row.place.partition(", ")[2] for row in rows[:5])


def _of_another(cells: dict[str, str]) -> bool:
    tag, piece = cells.get("Launch_Tag", ""), cells.get("Piece", "")
    orbital = re.fullmatch(r"\d{4}-\d{3}", tag) and re.match(r"\d{4}-\d", piece)
    return bool(orbital) and not piece.startswith(tag)


def _span(path: Path, number: int, text: str) -> vague.Vague | None:
    try:
        span = vague.read(text)
    except ValueError as error:
        raise Unplaced(path, number, text, f"{error}; look at its column") from None
    if span and found.ahead(span.first):
        raise Unplaced(path, number, text, "it lies more than a month ahead of today; look at its year")
    return span


def _dated(name: str, text: str, span: vague.Vague | None) -> dict[str, str]:
    """The columns beside a vague date; a launch of a doubtful day has it in its note, too."""
    if span is None:
        return {}
    doubt = "true" if span.doubtful else ""
    parts = ("from", "to", "precision", "time", "doubt")
    values = (span.first.isoformat(), span.last.isoformat(), span.precision, span.time_utc, doubt)
    made = {f"{name}_{part}": value for part, value in zip(parts, values)}
    if doubt and span.precision not in EXACT and name in ("Launch_Date", "LDate"):
        made["note"] = f"launch date doubtful in the catalog: {text}"
    return made


def _refuse_number(path: Path, number: int, name: str, text: str) -> None:
    low, high = NUMBERS[name]
    plain = text.removesuffix("?")
    if plain.lower() in ("inf", "infinity") and name == "Apogee":
        return  # on the way out of the Earth's field
    if not re.fullmatch(r"-?\d+(\.\d*)?([eE][+-]?\d+)?", plain, re.ASCII) or not low <= float(plain) <= high:
        raise Unplaced(path, number, text, f"{name} is a number from {low:g} to {high:g}; look at its column")


def _outcome(path: Path, number: int, code: str) -> dict[str, str]:
    match = CODE.fullmatch(code)
    if not match:
        why = "a launch code is two letters such as OS or OF, with a percentage; look at its column"
        raise Unplaced(path, number, code, why)
    outcome = PARTIAL if match[1] == "F" and match[2] else OUTCOMES[match[1]]
    return {"outcome": outcome, "success_percent": match[2] or ""}


def _state_names(path: Path) -> dict[str, str]:
    return {row.cells["Code"]: row.cells["EName"] or row.cells["Name"] for row in read(path).rows}


def _day(path: Path, text: str) -> str:
    span = _span(path, 2, text)
    return span.first.isoformat() if span else ""
