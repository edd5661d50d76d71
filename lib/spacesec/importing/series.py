"""Series of FRED and the World Bank as rows of the tables that hold them: exchange rates, output, prices."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from spacesec.importing import money
from spacesec.importing.amounts import written
from spacesec.importing.found import LEFT_OUT, Found, Row, Unplaced, tallied
from spacesec.importing.published import refuse_ahead
from spacesec.words.language import noted

YEN_PER_DOLLAR, OUTPUT, PRICES = "EXJPUS", "NY.GDP.MKTP.CD", "FP.CPI.TOTL.ZG"
COUNTRIES = {"JPN": "Japan"}  # whose series the tables have from these publishers
DIGITS = 6  # of a change of prices that the table keeps
FIRST_RATE, LAST_RATE = 50, 400  # yen to the dollar since it floats
LEAST_OUTPUT, MOST_OUTPUT = 10**9, 10**14  # dollars: below is a number of billions, above one of yen
MOST_CHANGE = 30  # percent a year, above that of 1974; an index stands higher
OWN = {"evidence": "independent", "quality": "A"}


def exchange_rates(path: Path) -> Found:
    """Candidate rows of `budgets/exchange_rates` from FRED's EXJPUS, monthly means of yen to the dollar."""

    def made(cells: dict[str, str]) -> dict[str, str]:
        rate = Decimal(cells["value"])
        if cells["period_precision"] != "month" or not FIRST_RATE < rate < LAST_RATE:
            raise ValueError("it is no monthly rate of yen to the dollar; download EXJPUS monthly, as it is")
        month = cells["period"]
        told = {"month": month, "date_precision": "month", "jpy_per_usd": f"{rate:.4f}"}
        return {"row_id": f"jpy-per-usd-{month[:7]}", **told, "locator": f"Japan, {month[:7]}"}

    return _of(path, YEN_PER_DOLLAR, made)


def gdp_usd(path: Path) -> Found:
    """Candidate rows of `budgets/gdp_usd` from the World Bank's NY.GDP.MKTP.CD, billion current dollars."""

    def made(cells: dict[str, str]) -> dict[str, str]:
        value = Decimal(cells["value"])
        if not LEAST_OUTPUT < value < MOST_OUTPUT:
            raise ValueError("it is no output in single dollars; download NY.GDP.MKTP.CD as it is")
        amount = round(value.scaleb(-9), 4)
        return {**_yearly(cells, "gdp-usd-jp"), "amount_bn_usd": written(amount)}

    return _of(path, OUTPUT, made)


def prices(path: Path) -> Found:
    """Candidate rows of `budgets/prices` from the World Bank's FP.CPI.TOTL.ZG, in percent a year."""

    def made(cells: dict[str, str]) -> dict[str, str]:
        value = Decimal(cells["value"])
        if abs(value) > MOST_CHANGE:
            raise ValueError("it is no change of prices in percent; download FP.CPI.TOTL.ZG as it is")
        change = written(round(value, 5))
        return {**_yearly(cells, "prices-jp-cpi"), "index": "cpi", "change_percent": change}

    return _of(path, PRICES, made)


def _yearly(cells: dict[str, str], name: str) -> dict[str, str]:
    place, year = cells["place"], cells["period"][:4]
    told = {"country": COUNTRIES[place], "year": year, "locator": f"{place}, {year}"}
    return {"row_id": f"{name}-{year}", **told}


def _of(path: Path, series: str, made: Callable[[dict[str, str]], dict[str, str]]) -> Found:
    """The rows of one series, of the countries that the tables hold; raises Unplaced where there are none."""
    found = money.read(path)
    rows, left = [], 0
    for row in found.rows:
        if row.cells["item"] != series or row.cells["place"] not in ("", *COUNTRIES):
            left += 1
            continue
        at = row.place.partition(", ")[2]
        refuse_ahead(path, at, row.cells["period"])
        try:
            rows.append(Row(row.place, {**made(row.cells), **OWN}))
        except ValueError as error:
            raise Unplaced(path, at, row.cells["value"], f"{error}") from None
    if not rows:
        raise Unplaced(
            path, None, None, f"it does not hold {series} of a country of the table; download that"
        )
    notes = [*found.notes, *(tallied({noted("other series and countries"): left}, LEFT_OUT))]
    return replace(found, rows=rows, columns=tuple(rows[0].cells), notes=notes)
