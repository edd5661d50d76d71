"""Projects and budget items by stage: how much was asked, voted, available, paid and carried over.

The project review and the budget book are two bases; nothing here adds or joins them.
"""

import pandas as pd

from spacesec.budgets import rows
from spacesec.data import tables

# Review sheets of FY2012 and FY2013 print no carry-over to the next year, so what could be spent is not known
# for them.
FIRST_FULL_YEAR = 2014
# A sheet whose payment exceeds what it says was available leaves a part of the money out; such a year says
# nothing on execution.
SLACK = 1.005
RECONNAISSANCE = "Reconnaissance (IGS)"
IMAGING = ("optical imaging", "radar imaging")


def by_stage(projects: list[str], first_year: int, last_year: int) -> pd.DataFrame:
    """The project review, one row per project and fiscal year.

    Index ``project_id``, ``fiscal_year``; columns request, initial, supplementary, available, paid,
    carried_in, carried_out (billion yen, NaN where the sheets print nothing), ``available_rule``, ``project``
    (its short name) and ``row_ids``, joined by semicolons.
    """
    table = rows.facts("budgets/projects")
    table = table[table["project_id"].isin(projects) & table["fiscal_year"].between(first_year, last_year)]
    table = table.astype({"project_id": str, "fiscal_year": int, "stage": str, "available_rule": object})
    keys = ["project_id", "fiscal_year"]
    wide = table.pivot(index=keys, columns="stage", values="amount_bn_jpy")
    wide = wide.reindex(columns=["request", "initial", "supplementary", "available", "paid"]).rename_axis(
        columns=None
    )
    carried = table[table["stage"] == "available"].set_index(keys)
    wide["carried_in"] = carried["carried_in_bn_jpy"]
    wide["carried_out"] = carried["carried_out_bn_jpy"]
    wide["available_rule"] = carried["available_rule"]
    wide["row_ids"] = table.groupby(keys)["row_id"].agg(";".join)
    wide["project"] = wide.index.get_level_values(0).map(table.groupby("project_id")["project"].first())
    return wide


def last_net_year() -> int:
    """The last fiscal year whose sheets print what is available net of what is carried to the next year."""
    table = tables.load("budgets/projects")
    return int(table[table["available_rule"] == "net_of_carry_out"]["fiscal_year"].max())


def voted(wide: pd.DataFrame) -> pd.Series:
    """Initial plus supplementary budget (billion yen); NaN where neither is printed."""
    return wide[["initial", "supplementary"]].sum(axis=1, min_count=1)


def reliance(wide: pd.DataFrame) -> pd.DataFrame:
    """By project: ``initial`` and ``supplementary`` (billion yen, summed over the years) and the
    supplementary's share in percent.
    """
    sums = wide.groupby(level="project_id")[["initial", "supplementary"]].sum()
    return sums.assign(
        supplementary_share_percent=100 * sums["supplementary"] / sums.sum(axis=1).where(lambda s: s > 0)
    )


def execution(wide: pd.DataFrame) -> pd.DataFrame:
    """By project: of the money that could be spent, the percentages paid, carried to the next year and left
    unused.

    Spendable is the available amount with what was carried to the next year still in it: sheets to FY2022
    print it net of that part, editions from FY2023 gross. ``years`` counts the years used,
    ``years_set_aside`` those before FIRST_FULL_YEAR, without a payment, or whose payment exceeds what the
    sheet says was available.
    """
    carried = wide["carried_out"].fillna(0.0)
    spendable = wide["available"] + carried.where(wide["available_rule"] == "net_of_carry_out", 0.0)
    years = wide.index.get_level_values("fiscal_year")
    usable = (
        (years >= FIRST_FULL_YEAR)
        & wide["paid"].notna()
        & (spendable > 0)
        & (wide["paid"] + carried <= spendable * SLACK)
    )
    money = pd.DataFrame({"spendable": spendable, "paid": wide["paid"], "carried": carried})[usable]
    sums = money.groupby(level="project_id").sum().reindex(wide.index.get_level_values(0).unique())
    out = pd.DataFrame(
        {
            "spendable": sums["spendable"],
            "execution_percent": 100 * sums["paid"] / sums["spendable"],
            "carried_percent": 100 * sums["carried"] / sums["spendable"],
        }
    )
    out["unused_percent"] = (100 - out["execution_percent"] - out["carried_percent"]).clip(lower=0)
    out["years"] = usable.groupby(level="project_id").sum().reindex(out.index).astype(int)
    out["years_set_aside"] = (
        (~usable & wide["available"].notna()).groupby(level="project_id").sum().reindex(out.index).astype(int)
    )
    return out


@tables.remembered
def book(item: str) -> pd.DataFrame:
    """The budget book's line of one item by fiscal year: initial, supplementary, paid (billion yen; NaN where
    not printed), ``row_ids``; no row for a year of which none of them is printed.
    """
    table = rows.facts("budgets/budget_book")
    table = table[table["item"] == item]
    wide = table.pivot_table(
        index=table["fiscal_year"].astype(int),
        columns=table["stage"].astype(str),
        values="amount_bn_jpy",
        aggfunc="sum",
        observed=True,
    )
    wide = wide.reindex(columns=["initial", "supplementary", "paid"]).rename_axis(columns=None)
    wide = wide.dropna(how="all")
    return wide.assign(row_ids=table.groupby("fiscal_year")["row_id"].agg(";".join))


def fleet(programme: str, functions: tuple[str, ...], names: tuple[str, ...] = ()) -> pd.DataFrame:
    """Satellites of a programme that reached orbit; ``names``: only these."""
    table = tables.load("space_systems/satellites")
    table = table[
        (table["programme"] == programme)
        & table["function"].isin(functions)
        & (table["outcome"] == "success")
    ]
    return table[table["name"].isin(names)] if names else table


def satellite_years(
    programme: str, functions: tuple[str, ...], first_year: int, last_year: int, names: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Satellite-years by Japanese fiscal year: ``low`` counts satellites known to fly, ``high`` also those of
    unknown state.

    A satellite counts from launch to its end date, or to the end of the range when it still flies. Satellites
    lost at launch never count. ``names``: only these satellites.
    """
    flown = fleet(programme, functions, names)
    low, high = {}, {}
    for year in range(first_year, last_year + 1):
        start, end = pd.Timestamp(year, 4, 1), pd.Timestamp(year + 1, 4, 1)
        begin, finish = flown["launch_date"].clip(lower=start), flown["end_date"].fillna(end).clip(upper=end)
        share = ((finish - begin).dt.days.clip(lower=0) / (end - start).days).fillna(0.0)
        high[year] = float(share.sum())
        low[year] = float(share[flown["state"] != "unknown"].sum())
    return pd.DataFrame({"low": low, "high": high})


def per_satellite_year(paid: pd.Series, count: pd.DataFrame) -> tuple[float, float]:
    """Billion yen per satellite-year over the years that both know: with the high and with the low count of
    satellites.
    """
    years = paid.dropna().index.intersection(count.index)
    total = float(paid.loc[years].sum())
    return total / count.loc[years, "high"].sum(), total / count.loc[years, "low"].sum()


SYSTEMS = {  # system -> basis, programme, functions, names of its satellites
    RECONNAISSANCE: ("budget book", "IGS", IMAGING, ()),
    "Positioning (QZSS)": ("project review", "QZSS", ("positioning",), ()),
    "X-band communications": (
        "budget book",
        "Kirameki",
        ("communications",),
        ("Kirameki-1", "Kirameki-2"),
    ),
}


def yearly_costs() -> pd.DataFrame:
    """Money per satellite-year of three systems whose satellites can be counted: ``low`` and ``high`` in
    billion yen, years, basis; over the years of which the budget book says what was paid for reconnaissance.
    """
    igs = book("igs")["paid"].dropna()
    first_year, last_year = int(igs.index.min()), int(igs.index.max())
    qzss = by_stage(["qzss"], first_year, last_year).reset_index("project_id", drop=True)["paid"].dropna()
    band = _band().set_index("fiscal_year")["amount_bn_jpy"].loc[first_year:last_year]
    found = []
    for (system, (basis, *satellites)), paid in zip(SYSTEMS.items(), (igs, qzss, band)):
        if len(paid):
            programme, functions, names = satellites
            count = satellite_years(programme, functions, int(paid.index[0]), int(paid.index[-1]), names)
            low, high = per_satellite_year(paid, count)
            found.append(
                {
                    "system": system,
                    "basis": basis,
                    "first_year": int(paid.index[0]),
                    "last_year": int(paid.index[-1]),
                    "paid_bn_jpy": float(paid.sum()),
                    "satellite_years_low": count["low"].sum(),
                    "satellite_years_high": count["high"].sum(),
                    "low": low,
                    "high": high,
                }
            )
    return pd.DataFrame(found)


def counted_satellites(last_year: int) -> set[str]:
    """Rows of the satellites of the three systems that flew by the end of a fiscal year."""
    flown = [fleet(*satellites) for _, *satellites in SYSTEMS.values()]
    return {
        row
        for table in flown
        for row in table[table["launch_date"] < pd.Timestamp(last_year + 1, 4, 1)]["row_id"]
    }


def _band() -> pd.DataFrame:
    """Rows of what was paid for the X-band satellites, by year."""
    table = rows.facts("budgets/defense_space")
    return table[(table["item"] == "x-band-payment") & (table["stage"] == "paid")].sort_values("fiscal_year")


def _contracts() -> pd.DataFrame:
    """Rows of the constellation's contract, the first of which counts."""
    table = rows.facts("budgets/defense_space")
    return table[(table["item"] == "target-constellation") & (table["stage"] == "contract")]


def costed_rows(last_year: int) -> set[str]:
    """Rows of ``budgets/defense_space`` that the money per satellite-year rests on."""
    band = _band()
    return {*band[band["fiscal_year"] <= last_year]["row_id"], _contracts()["row_id"].iloc[0]}


def constellation() -> dict[str, float]:
    """The target-tracking constellation's contract: total (billion yen, tax included), years,
    billion yen a year.
    """
    row = _contracts().iloc[0]
    years = (row["contract_end"] - row["contract_start"]).days / 365.25
    return {
        "total": float(row["amount_bn_jpy"]),
        "years": years,
        "per_year": float(row["amount_bn_jpy"]) / years,
    }
