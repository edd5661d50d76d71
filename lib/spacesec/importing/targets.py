"""How the rows of a public file stand in the collection's tables: one entry a table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacesec.errors import ParameterError
from spacesec.importing.found import Row

_MONEY = re.compile(r"_(?P<scale>bn|million)_(?P<unit>[a-z]{3})(?:_|$)")  # as columns of tables are named
_AMOUNT = re.compile(r"\{(?P<scale>amount_bn|value)\b")

DAYS = dict.fromkeys(("hour", "minute", "second", "deciday", "centiday"), "day")  # tables hold days


@dataclass(frozen=True)
class Target:
    """What fills a table's columns from a file's.

    key: the columns that tell whether a row stands already. cells: templates such as ``{Launch_Tag}``, or
    ``{period:.4}`` for the first characters; a column of the same name needs none. words: a column's words in
    the file and in the table. where: cells that a row of the file must have to belong there. like: columns
    that standing rows tell, by another column. told_once: columns that only a new row gets, in its
    publisher's words; a standing row keeps its own. first: of several rows with one key the first counts.
    """

    key: tuple[str, ...]
    cells: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    like: Mapping[str, str] = field(default_factory=dict)
    told_once: tuple[str, ...] = ()
    first: bool = False


LAUNCHES = Target(
    key=("launch_tag",),
    cells={
        "launch_tag": "{Launch_Tag}",
        "date": "{Launch_Date_from}",
        "date_precision": "{Launch_Date_precision}",
        "variant": "{LV_Type}",
        "flight": "{Flight_ID}",
        "site": "{Launch_Site}",
        "main_payload": "{Name}",
        "catalogue_code": "{Launch_Code}",
        "locator": "row {Launch_Tag}",
    },
    words={
        "date_precision": DAYS,
        # As the catalog's own sites.tsv names them; Kagoshima (KASC) is Uchinoura (USC) until October 2003.
        "site": {"KASC": "Uchinoura", "KII": "Kii", "TNSC": "Tanegashima", "USC": "Uchinoura"},
    },
    where={"LVState": "J"},
    like={"vehicle": "variant"},
    told_once=("main_payload", "catalogue_code", "note"),
    first=True,  # the log has a row a payload
)
FLOWN = Target(
    key=("cospar_id",),
    cells={
        "cospar_id": "{Piece}",
        "name": "{Name}",
        "launch_date": "{LDate_from}",
        "date_precision": "{LDate_precision}",
        "locator": "row {Piece}",
    },
    words={"date_precision": DAYS},
    told_once=("name", "note"),
)
LISTED = Target(
    key=("cospar_id",),  # an edition has one catalog number for two satellites
    cells={
        "state_of": "{country}",
        "state": "flying",
        "date_precision": "day",
        # Of a day that the edition does not tell: no orbit for a table that dates its own.
        "perigee_km": "",
        "apogee_km": "",
        "inclination_deg": "",
    },
    words={"state_of": {"USA": "United States", "United States of America": "United States"}},
    told_once=("name", "operator", "launcher", "state"),
)


def amounts(*key: str, **cells: str) -> Target:
    """Amounts in yen by fiscal year and stage; the cells that name them more closely are the reader's."""
    told = {"fiscal_year": "{period:.4}", "amount_bn_jpy": "{amount_bn}", "item": "", **cells}
    of_yen = {"unit": "JPY", "year_kind": "fiscal"}
    return Target(("fiscal_year", "stage", *key), told, where=of_yen, told_once=("label",))


def refuse_other_money(row: Row, templates: Mapping[str, str]) -> None:
    """Raises ParameterError where an amount would stand in a column of another currency or scale, or of
    another kind of year.

    templates: what fills each column of the table, as in `Target.cells`.
    """
    for column, template in templates.items():
        of_column, amount = _MONEY.search(column), _AMOUNT.search(template)
        if of_column and amount:
            unit, other = of_column["unit"].upper(), row.cells.get("unit", "")
            if other not in ("", unit):
                raise ParameterError(
                    f"{row.place} is in {other}, and the column {column} in {unit}; choose rows with"
                    " --only unit, or another column."
                )
            if (of_column["scale"], amount["scale"]) != ("bn", "amount_bn"):
                scale = amount["scale"]
                raise ParameterError(
                    f"the column {column} is in another scale than {scale}; amount_bn fills columns in"
                    " billions."
                )
        if column == "fiscal_year" and "{period" in template and row.cells.get("year_kind") == "calendar":
            raise ParameterError(
                f"{row.place} is of a calendar year, and the table goes by fiscal years;"
                " choose rows with --only year_kind fiscal."
            )


ORBITS = {"space_systems/elements": Target(("norad_id", "epoch_utc"))}
CATALOG = {
    "space_systems/launches": LAUNCHES,
    "space_systems/satellites": FLOWN,
    "space_systems/partner_systems": FLOWN,
}
DATABASE = {"space_systems/partner_systems": LISTED}
VOTES = {"regional_cooperation/un_votes": Target(("resolution_id", "state"))}
RESOLUTIONS = {"regional_cooperation/un_resolutions": Target(("resolution",))}
MONEY = {
    "budgets/government_space": amounts("count"),
    "budgets/ministries": amounts("count", "ministry", ministry="{item}"),
    "budgets/budget_book": amounts("item", label="{item}"),
}
RATES = {"budgets/exchange_rates": Target(("month",))}
OUTPUT = {"budgets/gdp_usd": Target(("country", "year"))}
PRICES = {"budgets/prices": Target(("country", "index", "year"))}
SHIPS_SEEN = {"regional_cooperation/maritime": Target(("area", "zone", "indicator", "date", "period_end"))}
REFERENCES = {"sources": Target(("id",))}
