"""Observed prices behind the cost question: Tracking Layer contracts, learning fitted to them, exchange rate,
size of partners.
"""

from dataclasses import dataclass

import pandas as pd

from spacesec.data import tables
from spacesec.errors import DataError, ParameterError
from spacesec.missile_warning.joint_or_independent import cost

COSTS = "missile_warning/programme_costs"
LAYER = "SDA Tracking Layer Tranche"
FIRST_TRANCHE = f"{LAYER} 0"  # demonstrators: left out where a price of the later tranches is meant
SUM = "all primes"  # the recipient of a tranche's sum of contracts
LIFE = "satellite life before replacement"  # the term on record that a parameter stands on
DROPPED = "later dropped"  # how the line item of a contract ends that was not built for the layer after all


def partner_gdp(needs: dict) -> pd.DataFrame:
    """The newest gross domestic product of each country that needs satellites, indexed by its code; columns
    of the table. Raises ParameterError that lists the codes there are.
    """
    rows = tables.settled("missile_warning/partner_gdp").sort_values("year", kind="stable")
    newest = rows.drop_duplicates("country_code", keep="last").set_index("country_code", drop=False)
    for country in needs:
        if country not in newest.index:
            raise ParameterError(
                f"needs: there is no country {country!r}; choose among {', '.join(sorted(newest.index))}."
            )
    return newest.loc[list(needs)]


def yen_per_dollar() -> float:
    """Mean of the last twelve months on record."""
    return float(
        tables.settled("budgets/exchange_rates").sort_values("month")["jpy_per_usd"].iloc[-12:].mean()
    )


@dataclass(frozen=True)
class Deflator:
    """US prices by calendar year (the index), known to ``last``; later years stand on that one."""

    level: pd.Series
    last: int

    def of(self, years) -> pd.Series:
        index = range(int(self.level.index.min()), max(self.last, *map(int, years)) + 1)
        return self.level.reindex(index).ffill().loc[list(map(int, years))]

    def carried(self, years) -> list[int]:
        return sorted({int(year) for year in years if year > self.last})


def us_quarters() -> pd.DataFrame:
    """Nominal and real GDP of the United States by quarter, where both are known."""
    gdp = tables.settled("budgets/gdp").query("country == 'United States'")
    return gdp.pivot_table(
        index="quarter", columns="measure", values="amount_bn_local", aggfunc="sum", observed=True
    ).dropna()


def us_deflator() -> Deflator:
    """Implicit deflator of the United States: nominal over real GDP, over the quarters that have both."""
    quarters = us_quarters()
    sums = quarters.groupby(quarters.index.year).sum()
    return Deflator(sums["nominal"] / sums["real"], int(sums.index.max()))


def tracking_prices() -> pd.DataFrame:
    """Tracking Layer contracts with satellites: price a satellite nominal and in dollars of the last year,
    cumulative units of the vendor and of the programme. One row a tranche and recipient, the first on record.
    """
    table = tables.settled(COSTS)
    rows = (
        table[
            table["series"].str.startswith(LAYER)
            & table["stage"].eq("contract")
            & table["satellites"].notna()
            & ~table["line_item"].str.endswith(DROPPED)
        ]
        .drop_duplicates(["series", "recipient"])
        .copy()
    )
    rows["nominal_musd"] = 1000 * rows["amount_bn_usd"] / rows["satellites"].astype(float)
    deflator, years = us_deflator(), rows["fiscal_year"].astype(int)
    rows["real_musd"] = (
        rows["nominal_musd"] * deflator.of([years.max()]).iloc[0] / deflator.of(years).to_numpy()
    )
    rows = rows.sort_values(["fiscal_year", "recipient"]).reset_index(drop=True)
    rows["vendor_units"] = rows.groupby("recipient")["satellites"].cumsum()
    return rows[
        [
            "row_id",
            "fiscal_year",
            "series",
            "recipient",
            "satellites",
            "nominal_musd",
            "real_musd",
            "vendor_units",
            "source_id",
            "evidence",
        ]
    ]


def learning_fits(prices: pd.DataFrame) -> pd.DataFrame:
    """Learning ratios of the one vendor in all tranches and of the mean price, nominal and real."""
    rows = []
    for series, own in (
        ("L3Harris", prices[prices["recipient"] == "L3Harris"]),
        ("all vendors", prices[prices["recipient"] == SUM]),
    ):
        for basis in ("nominal", "real"):
            fit = cost.fit_learning(own[f"{basis}_musd"], own["vendor_units"].astype(float))
            rows.append(
                (series, basis, fit.ratio, fit.low, fit.high, fit.exponent, fit.standard_error, fit.points)
            )
    return pd.DataFrame(
        rows, columns=["series", "basis", "ratio", "low", "high", "exponent", "standard_error", "points"]
    )


def later_tranches(prices: pd.DataFrame) -> pd.DataFrame:
    """The contracts since the demonstrators."""
    return prices[prices["series"] != FIRST_TRANCHE]


def tranche_numbers(prices: pd.DataFrame) -> tuple[int, int]:
    """The first and the last of the tranches since the demonstrators."""
    numbers = later_tranches(prices)["series"].str.removeprefix(LAYER).astype(int)
    return int(numbers.min()), int(numbers.max())


def geostationary_estimates() -> pd.DataFrame:
    """Japanese estimates for one geostationary warning satellite, of the newest year that has any."""
    return _newest("own early-warning satellite", "one satellite")


def sensor_price() -> pd.DataFrame:
    """What Japan paid for one infrared instrument, the newest row."""
    return _newest("two-wavelength infrared sensor", "instrument").tail(1)


def _newest(series: str, item: str) -> pd.DataFrame:
    table = tables.settled(COSTS)
    rows = table[
        table["series"].eq(series) & table["line_item"].str.startswith(item) & table["amount_bn_jpy"].notna()
    ]
    if rows.empty:
        raise DataError(
            f"data/{COSTS}.csv has no amount in yen for {series!r}, {item!r}; restore it, or add the row"
        )
    return rows[rows["fiscal_year"] == rows["fiscal_year"].max()]


def satellite_life() -> dict | None:
    """The newest statement on the life of a satellite: ``years``, ``date`` (ISO), and how many
    ``other_terms`` are on record; None where nobody stated one.
    """
    terms = tables.settled("missile_warning/layer_terms")
    lives = terms[terms["term"].eq(LIFE)].sort_values("statement_date", kind="stable")
    return next(
        (
            {
                "years": float(row.amount),
                "date": f"{row.statement_date:%Y-%m-%d}",
                "other_terms": len(terms) - 1,
            }
            for row in lives.tail(1).itertuples()
        ),
        None,
    )


def geostationary_ratio(prices: pd.DataFrame, rate: float) -> list[float]:
    """Japanese estimates for one geostationary warning satellite over the mean price of a Tracking Layer
    satellite since Tranche 1, low and high.
    """
    estimates, later = geostationary_estimates()["amount_bn_jpy"], later_tranches(prices)
    low_orbit = later[later["recipient"] == SUM]["nominal_musd"].mean()
    return [float(v * 1000 / rate / low_orbit) for v in (estimates.min(), estimates.max())]
