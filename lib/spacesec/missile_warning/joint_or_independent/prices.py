"""Observed prices behind the cost question: Tracking Layer contracts, learning fitted to them, exchange rate,
size of partners.
"""

import pandas as pd

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.missile_warning.joint_or_independent import cost


def partner_gdp(needs: dict) -> dict[str, float]:
    """Gross domestic product by country code; raises ParameterError that lists the codes there are."""
    gdp = tables.load("missile_warning/partner_gdp").set_index("country_code")["gdp_bn_usd"]
    for country in needs:
        if country not in gdp.index:
            raise ParameterError(
                f"needs: there is no country {country!r}; choose among {', '.join(sorted(gdp.index))}."
            )
    return {country: float(gdp[country]) for country in needs}


def yen_per_dollar() -> float:
    """Mean of the last twelve months on record."""
    return float(tables.load("budgets/exchange_rates").sort_values("month")["jpy_per_usd"].iloc[-12:].mean())


def tracking_prices() -> pd.DataFrame:
    """Tracking Layer contracts with satellites: price a satellite nominal and in dollars of the last year,
    cumulative units of the vendor and of the programme.
    """
    table = tables.load("missile_warning/programme_costs")
    rows = table[
        table["series"].str.startswith("SDA Tracking Layer Tranche")
        & table["stage"].eq("contract")
        & table["satellites"].notna()
        & ~table["recipient"].eq("Raytheon")
    ].copy()
    gdp = tables.load("budgets/gdp").query("country == 'United States'")
    sums = gdp.groupby([gdp["quarter"].dt.year, "measure"], observed=True)["amount_bn_local"].sum().unstack()
    deflator = sums["nominal"] / sums["real"]
    rows["nominal_musd"] = 1000 * rows["amount_bn_usd"] / rows["satellites"].astype(float)
    rows["real_musd"] = (
        rows["nominal_musd"]
        * deflator[int(rows["fiscal_year"].max())]
        / deflator.loc[rows["fiscal_year"].astype(int)].to_numpy()
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
        ("all vendors", prices[prices["recipient"] == "all primes"]),
    ):
        for basis in ("nominal", "real"):
            fit = cost.fit_learning(own[f"{basis}_musd"], own["vendor_units"].astype(float))
            rows.append(
                (series, basis, fit.ratio, fit.low, fit.high, fit.exponent, fit.standard_error, fit.points)
            )
    return pd.DataFrame(
        rows, columns=["series", "basis", "ratio", "low", "high", "exponent", "standard_error", "points"]
    )


def geostationary_ratio(prices: pd.DataFrame, rate: float) -> list[float]:
    """Japanese estimates of 2014 for one geostationary warning satellite over the mean price of a Tracking
    Layer satellite since Tranche 1.
    """
    table = tables.load("missile_warning/programme_costs")
    estimates = table[(table["series"] == "own early-warning satellite") & (table["fiscal_year"] == 2014)][
        "amount_bn_jpy"
    ]
    low_orbit = prices[(prices["recipient"] == "all primes") & (prices["fiscal_year"] > 2020)][
        "nominal_musd"
    ].mean()
    return [float(v * 1000 / rate / low_orbit) for v in (estimates.min(), estimates.max())]
