"""The kinds of files that are read: one entry each."""

from collections.abc import Callable
from dataclasses import dataclass

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
    texts,
    ucs,
    votes,
)
from spacesec.importing.found import Found


@dataclass(frozen=True)
class Kind:
    """A kind of file: ``read(path, **options)``, what it takes in a few words, the tables that its rows may
    go into (the first unless another is named) and the columns that tell whether a row stands there already.
    """

    read: Callable[..., Found]
    takes: str
    tables: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


KINDS = {
    "orbits": Kind(
        orbits.read,
        "element sets: TLE, 3LE, OMM as CSV, JSON, XML, KVN",
        ("space_systems/elements",),
        ("norad_id", "epoch_utc"),
    ),
    "gcat": Kind(gcat.read, "the General Catalog of Artificial Space Objects: tsv files"),
    "positions": Kind(positions.read, "navigation satellites: RINEX 3 and 4, SP3, YUMA almanacs"),
    "ucs": Kind(ucs.read, "the UCS Satellite Database as CSV or text"),
    "votes": Kind(
        votes.read,
        "roll calls of the United Nations: voting data of its Digital Library, Voeten's file, sheets",
        ("regional_cooperation/un_votes",),
        ("resolution_id", "state"),
    ),
    "resolutions": Kind(
        votes.resolutions,
        "the texts of the same files, with their totals",
        ("regional_cooperation/un_resolutions",),
        ("resolution",),
    ),
    "money": Kind(
        money.read,
        "amounts by year: tables of ministries (XLSX, CSV, pasted text), budget review, World Bank, FRED,"
        " IMF, ECB, e-Stat",
    ),
    "exchange_rates": Kind(
        series.exchange_rates, "FRED's EXJPUS, monthly", ("budgets/exchange_rates",), ("month",)
    ),
    "gdp_usd": Kind(
        series.gdp_usd, "the World Bank's NY.GDP.MKTP.CD", ("budgets/gdp_usd",), ("country", "year")
    ),
    "prices": Kind(
        series.prices, "the World Bank's FP.CPI.TOTL.ZG", ("budgets/prices",), ("country", "index", "year")
    ),
    "ships": Kind(ships.read, "positions of ships: AIS as NMEA sentences or CSV"),
    "dark_hours": Kind(ships.dark_hours, "the same, for times without a report of a ship"),
    "coast_guard": Kind(
        coast_guard.read,
        "the Japan Coast Guard's monthly counts near the Senkaku Islands",
        ("regional_cooperation/maritime",),
        ("area", "zone", "indicator", "date", "period_end"),
    ),
    "texts": Kind(texts.read, "passages of a text: PDF, DOCX, HTML, plain text in any Japanese encoding"),
    "references": Kind(references.read, "references: RIS, BibTeX, BibLaTeX, CSL-JSON", ("sources",), ("id",)),
}


def kind(name: str) -> Kind:
    """The kind of this name; raises ParameterError for another."""
    if name not in KINDS:
        raise ParameterError(f"there is no kind of file {name!r}; the kinds are {', '.join(KINDS)}.")
    return KINDS[name]
