"""The kinds of files that are read: one entry each."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from spacesec.errors import ParameterError
from spacesec.importing import (
    coast_guard,
    gcat,
    money,
    orbits,
    positions,
    references,
    series,
    ships,
    targets,
    texts,
    ucs,
    votes,
)
from spacesec.importing.found import Found
from spacesec.importing.targets import Target


@dataclass(frozen=True)
class Kind:
    """A kind of file: ``read(path, **options)``, what it takes in a few words, and the tables that its rows
    may go into with how they stand there; where none is named, the first that its columns fill.
    """

    read: Callable[..., Found]
    takes: str
    targets: Mapping[str, Target] = field(default_factory=dict)


KINDS = {
    "orbits": Kind(orbits.read, "element sets: TLE, 3LE, OMM as CSV, JSON, XML, KVN", targets.ORBITS),
    "gcat": Kind(gcat.read, "the General Catalog of Artificial Space Objects: tsv files", targets.CATALOG),
    "positions": Kind(positions.read, "navigation satellites: RINEX 3 and 4, SP3, YUMA almanacs"),
    "ucs": Kind(ucs.read, "the UCS Satellite Database as XLSX, CSV or text", targets.DATABASE),
    "votes": Kind(
        votes.read,
        "roll calls of the United Nations: voting data of its Digital Library, Voeten's file, sheets",
        targets.VOTES,
    ),
    "resolutions": Kind(
        votes.resolutions, "the texts of the same files, with their totals", targets.RESOLUTIONS
    ),
    "money": Kind(
        money.read,
        "amounts by year: tables of ministries (XLSX, CSV, pasted text), budget review, World Bank, FRED,"
        " IMF, ECB, e-Stat",
        targets.MONEY,
    ),
    "exchange_rates": Kind(series.exchange_rates, "FRED's EXJPUS, monthly", targets.RATES),
    "gdp_usd": Kind(series.gdp_usd, "the World Bank's NY.GDP.MKTP.CD", targets.OUTPUT),
    "prices": Kind(series.prices, "the World Bank's FP.CPI.TOTL.ZG", targets.PRICES),
    "ships": Kind(ships.read, "positions of ships: AIS as NMEA sentences or CSV"),
    "dark_hours": Kind(ships.dark_hours, "the same, for times without a report of a ship"),
    "coast_guard": Kind(
        coast_guard.read,
        "the Japan Coast Guard's monthly counts near the Senkaku Islands",
        targets.SHIPS_SEEN,
    ),
    "texts": Kind(texts.read, "passages of a text: PDF, DOCX, HTML, plain text in any Japanese encoding"),
    "references": Kind(references.read, "references: RIS, BibTeX, BibLaTeX, CSL-JSON", targets.REFERENCES),
}


def kind(name: str) -> Kind:
    """The kind of this name; raises ParameterError for another."""
    if name not in KINDS:
        near = difflib.get_close_matches(name.lower(), KINDS, n=1, cutoff=0.5)
        mend = f"did you mean {near[0]}?" if near else f"the kinds are {', '.join(KINDS)}."
        raise ParameterError(f"there is no kind of file {name!r}; {mend}")
    return KINDS[name]
