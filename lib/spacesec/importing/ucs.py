"""The UCS Satellite Database (Union of Concerned Scientists): its workbook, or the sheet saved as CSV or
tab-separated text.

Its headers differ from edition to edition (spaces around them, units in brackets, empty columns at the end,
``Source`` several times); numbers have thousands commas, catalog numbers a decimal nought, years two digits.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spacesec.importing import decoded, found, sheets
from spacesec.importing.found import Found, Row, Unplaced
from spacesec.words.language import said

# Column here -> what the editions call it, in lower case and without brackets.
COLUMNS = {
    "name": ("current official name of satellite", "satellite", "name of satellite, alternate names"),
    "country": ("country of operator/owner", "country of operator"),
    "operator": ("operator/owner", "operator"),
    "users": ("users",),
    "purpose": ("purpose",),
    "orbit_class": ("class of orbit", "orbit class"),
    "orbit_type": ("type of orbit", "orbit subcategory"),
    "longitude_deg": ("longitude of geo",),
    "perigee_km": ("perigee",),
    "apogee_km": ("apogee",),
    "eccentricity": ("eccentricity",),
    "inclination_deg": ("inclination",),
    "period_min": ("period",),
    "launch_mass_kg": ("launch mass",),
    "launch_date": ("date of launch",),
    "launch_site": ("launch site",),
    "launcher": ("launch vehicle",),
    "cospar_id": ("cospar number",),
    "norad_id": ("norad number",),
}
NEEDED = ("name", "country", "orbit_class", "launch_date", "cospar_id", "norad_id")
UNITS = {
    "longitude_deg": ("degrees", "degree", "deg"),
    "perigee_km": ("km", "kilometers"),
    "apogee_km": ("km", "kilometers"),
    "inclination_deg": ("degrees", "degree", "deg"),
    "period_min": ("minutes", "minute", "min"),
    "launch_mass_kg": ("kg", "kilograms"),
}
NUMBERS = {  # least, most
    "longitude_deg": (-180, 360),
    "perigee_km": (0, 1_000_000),
    "apogee_km": (0, 1_000_000),
    "eccentricity": (0, 1),
    "inclination_deg": (0, 180),
    "period_min": (0, 100_000),
    "launch_mass_kg": (0, 500_000),
}
NUMBER = re.compile(r"-?(?:(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
ROUNDED_KM = 5  # by which a perigee may lie over its apogee
DESIGNATOR = re.compile(r"(\d{4})-(\d{3}[A-Z]{1,3})", re.ASCII)
MOST_WRONG = 0.01  # of the rows may have a cell that cannot be: editions have a few
LEAST_GOOD = 0.9  # of the designators; fewer mean that columns changed places


def read(path: Path) -> Found:
    """The satellites of an edition; raises Unplaced for the first thing that cannot be placed."""
    records = _records(path)
    at, names = next(records)
    header = _header(path, at, names)
    needed = max(header[name] for name in NEEDED)
    mended: dict[str, list[str]] = {"designators": [], "centuries": []}
    wrong: list[Unplaced] = []
    rows = []
    for place, cells in records:
        named = {column: cells[at] if at < len(cells) else "" for column, at in header.items()}
        if not (named["name"] or named["norad_id"]):
            continue
        if any(cells[len(names) :]) or len(cells) <= needed:
            why = f"it has {len(cells)} cells where the header has {len(names)}; download it again"
            raise Unplaced(path, place, cells[0], why)
        rows.append(_row(path, place, named, mended, wrong))
    if not rows:
        raise Unplaced(path, None, None, "it has no row below its header; download it again")
    notes = found.left_empty(wrong, MOST_WRONG * len(rows))
    if len(mended["designators"]) > 1 + (1 - LEAST_GOOD) * len(rows):
        why = "COSPAR numbers are written as 1998-067A, and many are not; look whether columns changed places"
        raise Unplaced(path, None, mended["designators"][0], why)
    for what, told in (
        (
            mended["designators"],
            said("COSPAR numbers that are none and are left empty: {values}", values="{}"),
        ),
        (
            mended["centuries"],
            said("launch years moved to the century of the COSPAR number: {values}", values="{}"),
        ),
    ):
        notes += [told.format(", ".join(what[:5]))] if what else []
    return Found(rows, (*COLUMNS, "locator"), path.name, found.digest(path), "", notes)


def _records(path: Path) -> Iterator[tuple[int | str, list[str]]]:
    """The rows of the sheet, each with the words that say where it stands."""
    if found.content(path).startswith(b"PK"):
        grid = sheets.grids(path)[0]
        rows = [(grid.place(row), cells) for row, cells in grid.rows()]
        width = max((max(cells) for _, cells in rows), default=0)
        records = [(place, [cells.get(at, "") for at in range(1, width + 1)]) for place, cells in rows]
    else:
        records = decoded.records(path, found.text(path, ("utf-8", "cp1252")))  # as its text edition is saved
    for place, cells in records:
        yield place, [" ".join(cell.split()) for cell in cells]


def _header(path: Path, line: int | str, names: list[str]) -> dict[str, int]:
    """Column here -> its place."""
    plain = [re.sub(r"\s*[(\[][^)\]]*[)\]]\s*", "", name).strip().lower() for name in names]
    header = {}
    for column, called in COLUMNS.items():
        at = next((plain.index(name) for name in called if name in plain), None)
        if column in UNITS:
            at = _measured(path, line, column, names)
        if at is None:
            continue
        header[column] = at
        if plain.count(plain[at]) > 1:
            raise Unplaced(path, line, names[at], "the column stands there twice; keep one")
    if lacking := [COLUMNS[name][0] for name in NEEDED if name not in header]:
        why = f"its header lacks {', '.join(lacking)}; name the sheet of the database"
        raise Unplaced(path, line, names[0][:40], why)
    return header


def _measured(path: Path, line: int | str, column: str, names: list[str]) -> int | None:
    """The place of a column with a unit; raises Unplaced for another unit than its numbers have here."""
    name, wanted = COLUMNS[column][0], UNITS[column][0]
    for at, text in enumerate(names):
        unit = re.fullmatch(rf"{name}(?:\W+(.*?)\W*)?", text, re.IGNORECASE)
        if unit and unit[1] and unit[1].lower() not in UNITS[column]:
            why = f"{name} is in {wanted}; convert it or take it from its publisher"
            raise Unplaced(path, line, text, why)
        if unit:
            return at
    return None


def _row(
    path: Path, place: int | str, cells: dict[str, str], mended: dict[str, list[str]], wrong: list[Unplaced]
) -> Row:
    made = {name: cells.get(name, "") for name in COLUMNS}
    norad = made["norad_id"].removesuffix(".0")
    if norad and not re.fullmatch(r"[1-9]\d{0,8}", norad, re.ASCII):
        raise Unplaced(
            path, place, norad, "a NORAD number is a whole number; look whether columns changed places"
        )
    made["norad_id"] = norad
    designator = DESIGNATOR.fullmatch(made["cospar_id"].upper())
    if made["cospar_id"] and not designator:
        mended["designators"].append(made["cospar_id"])
    made["cospar_id"] = designator[0] if designator else ""
    checks = {name: lambda text, name=name: _number(path, place, name, text) for name in NUMBERS}
    checks["launch_date"] = lambda text: _launched(path, place, text, designator, mended)
    for name, check in checks.items():
        try:
            made[name] = check(made[name])
        except Unplaced as fault:
            made[name] = ""
            wrong.append(fault)
    heights = made["perigee_km"], made["apogee_km"]
    if all(heights) and float(heights[0]) > float(heights[1]) + ROUNDED_KM:
        why = f"it is a perigee above its apogee of {heights[1]}; look whether columns changed places"
        wrong.append(Unplaced(path, place, heights[0], why))
        made["perigee_km"] = made["apogee_km"] = ""
    where = f"line {place}" if isinstance(place, int) else place
    return Row(f"{path.name}, {where}", {**made, "locator": f"{where}, {made['name']}"})


def _number(path: Path, place: int | str, name: str, text: str) -> str:
    if not text or text in ("-", "N/A"):
        return ""
    plain = text.replace(",", "")
    low, high = NUMBERS[name]
    if not NUMBER.fullmatch(text) or not low <= float(plain) <= high:
        raise Unplaced(path, place, text, f"{name} is a number from {low} to {high}; look at its column")
    return plain


def _launched(
    path: Path, place: int | str, text: str, designator: re.Match[str] | None, mended: dict[str, list[str]]
) -> str:
    """An ISO day of ``2019-12-11`` or ``12/11/19``; the century is the designator's, where there is one."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", text, re.ASCII)
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", text, re.ASCII)
    if not text:
        return ""
    if not (match or american):
        raise Unplaced(path, place, text, "a launch date is 2019-12-11 or 12/11/2019; look at its column")
    year, month, day = match.groups() if match else (american[3], american[1], american[2])
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    if designator:
        launch = int(designator[1])
        near = [one + shift for one in years for shift in (0, -100) if abs(one + shift - launch) <= 1]
        if not near:
            why = f"its COSPAR number is of {launch}; look at both columns"
            raise Unplaced(path, place, text, why)
        if near[0] not in years:
            mended["centuries"].append(text)
        years = near
    try:
        launched = date(years[-1] if len(year) == 2 else years[0], int(month), int(day))
    except ValueError:
        raise Unplaced(path, place, text, "it is no day of the calendar; mend it") from None
    if found.ahead(launched) or launched < found.SPUTNIK:
        raise Unplaced(path, place, text, "nothing was launched into orbit then; look at its year")
    return launched.isoformat()
