"""The UCS Satellite Database (Union of Concerned Scientists), as its sheet is saved: CSV or tab-separated.

Its headers differ from edition to edition (spaces around them, units in brackets, empty columns at the end,
``Source`` several times); numbers have thousands commas, catalog numbers a decimal nought, years two digits.
"""

import csv
import io
import re
from datetime import date
from pathlib import Path

from spacesec.importing import found
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
NUMBERS = {  # least, most
    "longitude_deg": (-180, 360),
    "perigee_km": (0, 1_000_000),
    "apogee_km": (0, 1_000_000),
    "eccentricity": (0, 1),
    "inclination_deg": (0, 180),
    "period_min": (0, 100_000),
    "launch_mass_kg": (0, 500_000),
}
DESIGNATOR = re.compile(r"(\d{4})-(\d{3}[A-Z]{1,3})", re.ASCII)
MOST_WRONG = 0.01  # of the rows may have a number that cannot be: editions have a few
LEAST_GOOD = 0.9  # of the designators; fewer mean that columns changed places


def read(path: Path) -> Found:
    """The satellites of an edition; raises Unplaced for the first thing that cannot be placed."""
    text = found.text(path, ("utf-8", "cp1252"))  # as its text edition is saved
    lines = list(_lines(path, text))
    header = _header(path, lines[0][1])
    notes: list[str] = []
    mended: dict[str, list[str]] = {"designators": [], "centuries": []}
    wrong: list[Unplaced] = []
    rows = []
    for number, cells in lines[1:]:
        if len([cell for cell in cells[len(lines[0][1]) :] if cell]):
            raise Unplaced(path, number, cells[0], "it has more cells than the header; download it again")
        named = {column: cells[at] if at < len(cells) else "" for column, at in header.items()}
        if named["name"] or named["norad_id"]:
            rows.append(_row(path, number, named, mended, wrong))
    if not rows:
        raise Unplaced(path, None, None, "it has no row below its header; download it again")
    if len(wrong) > MOST_WRONG * len(rows):
        raise wrong[0]
    if wrong:
        told = "; ".join(f"{one.line}: {one.value}" for one in wrong[:5])
        notes.append(said("numbers that cannot be and are left empty, by line: {told}", told=told))
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


def _lines(path: Path, text: str):
    head = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            cells = [re.sub(r"\s+", " ", cell.replace("\xa0", " ")).strip() for cell in cells]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        why = f"it does not read as CSV ({error}); download it again"
        raise Unplaced(path, reader.line_num, None, why) from None


def _header(path: Path, names: list[str]) -> dict[str, int]:
    """Column here -> its place; the first where a name stands there again."""
    plain = [re.sub(r"\s*\([^)]*\)\s*", "", name).strip().lower() for name in names]
    header = {}
    for column, called in COLUMNS.items():
        at = next((plain.index(name) for name in called if name in plain), None)
        if at is not None:
            header[column] = at
    if lacking := [COLUMNS[name][0] for name in NEEDED if name not in header]:
        why = f"its header lacks {', '.join(lacking)}; name the sheet of the database"
        raise Unplaced(path, 1, names[0][:40], why)
    return header


def _row(path: Path, number: int, cells: dict[str, str], mended: dict, wrong: list[Unplaced]) -> Row:
    made = {name: cells.get(name, "") for name in COLUMNS}
    for name in NUMBERS:
        try:
            made[name] = _number(path, number, name, made[name])
        except Unplaced as fault:
            made[name] = ""
            wrong.append(fault)
    norad = made["norad_id"].removesuffix(".0")
    if norad and not re.fullmatch(r"[1-9]\d{0,8}", norad, re.ASCII):
        raise Unplaced(
            path, number, norad, "a NORAD number is a whole number; look whether columns changed places"
        )
    made["norad_id"] = norad
    designator = DESIGNATOR.fullmatch(made["cospar_id"])
    if made["cospar_id"] and not designator:
        mended["designators"].append(made["cospar_id"])
        made["cospar_id"] = ""
    made["launch_date"] = _launched(path, number, made["launch_date"], designator, mended)
    return Row(f"{path.name}, line {number}", {**made, "locator": f"line {number}, {made['name']}"})


def _number(path: Path, number: int, name: str, text: str) -> str:
    if not text or text in ("-", "N/A"):
        return ""
    plain = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", text)
    low, high = NUMBERS[name]
    if not re.fullmatch(r"-?\d*\.?\d+([eE][+-]?\d+)?", plain, re.ASCII) or not low <= float(plain) <= high:
        raise Unplaced(path, number, text, f"{name} is a number from {low} to {high}; look at its column")
    return plain


def _launched(
    path: Path, number: int, text: str, designator: re.Match[str] | None, mended: dict[str, list[str]]
) -> str:
    """An ISO day of ``2019-12-11`` or ``12/11/19``; the century is the designator's, where there is one."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", text, re.ASCII)
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", text, re.ASCII)
    if not text:
        return ""
    if not (match or american):
        raise Unplaced(path, number, text, "a launch date is 2019-12-11 or 12/11/2019; look at its column")
    year, month, day = match.groups() if match else (american[3], american[1], american[2])
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    if designator:
        launch = int(designator[1])
        near = [one + shift for one in years for shift in (0, -100) if abs(one + shift - launch) <= 1]
        if near and near[0] not in years:
            mended["centuries"].append(text)
        years = near or years
    try:
        launched = date(years[-1] if len(year) == 2 else years[0], int(month), int(day))
    except ValueError:
        raise Unplaced(path, number, text, "it is no day of the calendar; mend it") from None
    if found.ahead(launched) or launched < found.SPUTNIK:
        raise Unplaced(path, number, text, "nothing was launched into orbit then; look at its year")
    return launched.isoformat()
