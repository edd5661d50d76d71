"""Element sets as orbit mean-elements messages in CSV, JSON, XML and KVN, and as two lines where these hold
them.

Standard: CCSDS 502.0-B-3 (2023), section 4, and 505.0-B-3 for XML; CSV and JSON have the columns and the
order of CelesTrak's. Rows are those of `spacesec.importing.orbits`: every number goes out with its digits.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from spacesec.data import lines
from spacesec.importing.orbits import KEYWORDS

Cells = Mapping[str, str]
METADATA = ("OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "MEAN_ELEMENT_THEORY")
MEAN = ("EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER")
MEAN += ("MEAN_ANOMALY",)
TLE = ("EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR")
TLE += ("MEAN_MOTION_DOT", "MEAN_MOTION_DDOT")
HEADER = ("CREATION_DATE", "ORIGINATOR")
QUOTED = {*METADATA, "EPOCH", "CLASSIFICATION_TYPE"}  # texts in JSON; all else is a number
CONSTANT = METADATA[2:]  # what CSV and JSON leave out where it is as their publishers mean it
MEANT = ("EARTH", "TEME", "UTC", "SGP4")


def messages(rows: Iterable[Cells]) -> list[dict[str, str]]:
    """Keyword -> text of each row; the epoch without Z, as the standard writes it beside TIME_SYSTEM."""
    found = []
    for cells in rows:
        named = {name: cells.get(column, "") for name, (column, _) in KEYWORDS.items()}
        found.append({**named, "EPOCH": named["EPOCH"].removesuffix("Z")})
    return found


def as_csv(rows: Iterable[Cells]) -> str:
    """CSV; the four constants are columns where one row has another value than its publishers mean."""
    held = messages(rows)
    names = [*METADATA[:2], *_stated(held), *MEAN, *TLE]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(held)
    return text.getvalue()


def as_json(rows: Iterable[Cells]) -> str:
    """A list of objects; numbers are numbers with the digits of the row."""
    held = messages(rows)
    names = [*METADATA[:2], *_stated(held), *MEAN, *TLE]
    written = [
        ",".join(
            f"{json.dumps(name)}:{_token(name, one[name])}" for name in names if one[name] or name in QUOTED
        )
        for one in held
    ]
    return "[" + ",\n".join(f"{{{one}}}" for one in written) + "]\n"


def as_kvn(rows: Iterable[Cells], created: str = "", originator: str = "") -> str:
    """Messages one after the other, with units."""
    parts = []
    for one in messages(rows):
        head = [
            "CCSDS_OMM_VERS = 3.0",
            f"CREATION_DATE = {created}".rstrip(),
            f"ORIGINATOR = {originator}".rstrip(),
        ]
        blocks = [[_line(name, one[name]) for name in names if one[name]] for names in (METADATA, MEAN, TLE)]
        parts.append("\n\n".join("\n".join(block) for block in (head, *blocks)))
    return "\n\n".join(parts) + "\n"


def as_xml(rows: Iterable[Cells], created: str = "", originator: str = "") -> str:
    """Messages in one ``ndm``."""
    header = f"<CREATION_DATE>{escape(created)}</CREATION_DATE><ORIGINATOR>{escape(originator)}</ORIGINATOR>"
    written = []
    for one in messages(rows):
        metadata, mean, tle = (
            "".join(_tag(name, one[name]) for name in names if one[name] or name in METADATA[:2])
            for names in (METADATA, MEAN, TLE)
        )
        written.append(
            f'<omm id="CCSDS_OMM_VERS" version="3.0"><header>{header}</header><body><segment>'
            f"<metadata>{metadata}</metadata><data><meanElements>{mean}</meanElements><tleParameters>{tle}</tleParameters></data>"
            "</segment></body></omm>"
        )
    return '<?xml version="1.0" encoding="UTF-8"?>\n<ndm>\n' + "\n".join(written) + "\n</ndm>\n"


def as_lines(rows: Iterable[Cells]) -> str:
    """Titled two-line sets; raises ValueError for a row whose digits or number they do not hold."""
    sets = (("0 " + cells["name"][:24] if cells["name"] else "", *lines.of_fields(cells)) for cells in rows)
    return "".join(f"{line}\n" for one in sets for line in one if line)


def _stated(held: list[dict[str, str]]) -> list[str]:
    meant = dict(zip(CONSTANT, MEANT))
    return [name for name in CONSTANT if any(one[name] and one[name] != meant[name] for one in held)]


def _token(name: str, text: str) -> str:
    """A JSON number with the same digits: one that begins with its point gets a nought, a plus goes."""
    if name in QUOTED:
        return json.dumps(text, ensure_ascii=False)
    sign = "-" if text.startswith("-") else ""
    digits, _, power = text.lstrip("+-").upper().partition("E")
    whole, point, part = digits.partition(".")
    ending = f"E{power}" if power else ""
    return f"{sign}{whole.lstrip('0') or '0'}{point}{part}{ending}"


def _line(name: str, text: str) -> str:
    unit = KEYWORDS[name][1]
    return f"{name} = {text} [{unit}]" if unit else f"{name} = {text}"


def _tag(name: str, text: str) -> str:
    unit = KEYWORDS[name][1]
    return f'<{name} units="{unit}">{text}</{name}>' if unit else f"<{name}>{escape(text)}</{name}>"


WRITERS = {"csv": as_csv, "json": as_json, "kvn": as_kvn, "xml": as_xml, "tle": as_lines}
