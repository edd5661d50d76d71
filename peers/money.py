# /// script
# requires-python = ">=3.11"
# dependencies = ["pandas==3.0.2", "numpy-financial==1.0.0"]
# ///
"""Sums, shares, deflators and growth from the CSV files with pandas alone; growth by numpy-financial too."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered, recorded
    from spacesec.machine import paths

    data = {"data": str(paths.data())}
    q = "budgets/government_space"
    for words, change in (
        ("default", {}),
        (
            "US dollars at FY2015 prices, GDP deflator",
            {"currency": "USD", "deflator": "gdp", "price_base_year": 2015},
        ),
        ("yen at FY2020 consumer prices, initial budgets", {"deflator": "cpi", "basis": "initial"}),
    ):
        answer = answered(q, **change)
        p = answer.parameters
        series = (
            answer.tables["series"].set_index("fiscal_year")["amount_bn_jpy"].loc[p.first_year : p.last_year]
        )
        given = {
            "years": [int(y) for y in series.index],
            "amounts": series.tolist(),
            "base": p.price_base_year,
        }
        given |= {"currency": p.currency, "deflator": p.deflator} | data
        ours = [answer["growth_multiple"], answer["first_amount"], answer["last_amount"]]
        yield Row(q, "growth, first and last amount", words, ours, "times, amounts", "converted", given, 1e-6)
        given = {"ratio": answer["growth_multiple"], "years": int(series.index[-1] - series.index[0])}
        ours = answer["annual_growth_percent"]
        yield Row(q, "compound growth", words, ours, "percent a year", "compound", given, 1e-6)

    q = "budgets/comparison"
    p = answered(q).parameters
    given = {"first": p.first_year, "last": p.last_year} | data
    ours = [recorded(q, f"{kind}_multiple") for kind in ("yen", "dollar", "yen_value")]
    yield Row(
        q,
        "growth in yen, in dollars, and of the yen's value",
        "default",
        ours,
        "times",
        "yen_dollar",
        given,
        1e-6,
    )
    for words, change in (
        ("default", {}),
        ("over military expenditure", {"denominator": "military_expenditure"}),
    ):
        burden = answered(q, **change).tables["burden"]
        ids = burden["row_id"].tolist()
        given = {"ids": ids, "below": burden["amount_bn_usd_below"].tolist()} | data
        ours = burden["share_percent"].tolist()
        yield Row(
            q, "space spending over GDP, all states and years", words, ours, "percent", "burdens", given, 1e-6
        )

    q = "budgets/defense_space"
    ours = [recorded(q, "granted_percent_constellation"), recorded(q, "granted_percent_communications")]
    yield Row(
        q,
        "granted of what was asked, two satellites, FY2025",
        "default",
        ours,
        "percent",
        "granted",
        data,
        1e-6,
    )
    ours = [
        recorded(q, "paid_by_function", f)
        for f in ("communications", "situational_awareness", "missile_warning")
    ]
    yield Row(q, "paid by function", "default", ours, "billion yen", "paid_by_function", data, 1e-6)

    q = "budgets/programmes"
    early = {"first_year": 2015, "last_year": 2020, "projects": ["igs-development", "qzss"]}
    for words, change in (("default", {}), ("FY2015 to FY2020", early)):
        answer = answered(q, **change)
        p = answer.parameters
        given = {"first": p.first_year, "last": p.last_year, "projects": ["igs-development", "qzss"]} | data
        ours = [answer["supplementary_share_percent"][name] for name in given["projects"]]
        yield Row(q, "supplementary share, IGS and QZSS", words, ours, "percent", "reliance", given, 1e-6)
        ours = [answer["paid_total"][name] for name in given["projects"]]
        yield Row(q, "paid in all, IGS and QZSS", words, ours, "billion yen", "paid_total", given, 1e-6)

    q = "budgets/strategy_fund"
    ours = [recorded(q, "voted"), recorded(q, "voted_percent")]
    yield Row(q, "voted, and as a share of the plan", "default", ours, "billion yen, %", "voted", data, 1e-6)
    answer = answered(q)
    for years, ours in zip((10, 13), recorded(q, "industry_growth_needed_percent")):
        given = {"ratio": 2.0, "years": years}
        yield Row(
            q,
            "growth that doubles the industry",
            f"{years} years",
            ours,
            "percent a year",
            "compound",
            given,
            1e-6,
        )
    span = answer.parameters.last_year - answer.parameters.base_year
    for treatment, ours in recorded(q, "annual_growth_percent").items():
        given = {"ratio": recorded(q, "growth_multiple", treatment), "years": span}
        what = f"compound growth, fund {treatment}"
        yield Row(q, what, "default", ours, "percent a year", "compound", given, 1e-6)

    q = "space_systems/exploration_and_investment"
    for words, years in (("default", 10.0), ("in 13 years", 13.0)):
        ours = answered(q, doubling_years=years)["doubling_growth_percent"]
        yield Row(
            q,
            "growth that doubles",
            words,
            ours,
            "percent a year",
            "compound",
            {"ratio": 2.0, "years": years},
            1e-6,
        )
    stock = recorded(q, "direct_investment_bn_usd", "japan")
    for words, percent in (("default", 4.6), ("at 8 %", 8.0)):
        ours = answered(q, direct_investment_growth_percent=percent)["pledge_years"]
        given = {"rate_percent": percent, "now": stock, "then": 1000.0}
        yield Row(q, "years to one trillion dollars", words, ours, "years", "periods", given, 1e-6)

    q = "policy_evolution/timeline"
    late = {"start_year": 2008, "end_year": 2020, "evidence": ["independent"]}
    for words, change in (("default", {}), ("2008 to 2020, independent rows", late)):
        answer = answered(q, **change)
        p = answer.parameters
        given = {"first": p.start_year, "last": p.end_year, "evidence": list(p.evidence)} | data
        ours = [answer["events"], answer["busiest_year"], answer["half_since"], answer["external_shocks"]]
        what = "events, busiest year, year since which half fall, shocks"
        yield Row(q, what, words, ours, "", "events", given)


def _table(data, name):
    """A table without the rows that the list of conflicts decides against."""
    import pandas as pd

    found = pd.read_csv(f"{data}/conflicts.csv")
    found = found[(found["table"] == name) & found["decided_row_id"].notna()]
    rejected = {row for ids in found["row_ids"] for row in ids.split(";")} - set(found["decided_row_id"])
    table = pd.read_csv(f"{data}/{name}.csv", low_memory=False)
    return table[~table["row_id"].isin(rejected)]


def _fiscal(dates):
    import pandas as pd

    return (pd.to_datetime(dates) - pd.DateOffset(months=3)).dt.year


def _index(data, country, deflator):
    import pandas as pd

    if deflator == "gdp":
        gdp = pd.read_csv(f"{data}/budgets/gdp.csv").query("country == @country")
        by_year = gdp.groupby([_fiscal(gdp["quarter"]), "measure"])["amount_bn_local"].sum().unstack()
        return by_year["nominal"] / by_year["real"]
    prices = pd.read_csv(f"{data}/budgets/prices.csv").sort_values("year")
    prices = prices[(prices["country"] == country) & (prices["index"] == "cpi")]
    return (1 + prices.set_index("year")["change_percent"] / 100).cumprod()


def _rate(data):
    import pandas as pd

    rates = pd.read_csv(f"{data}/budgets/exchange_rates.csv")
    return rates.groupby(_fiscal(rates["month"]))["jpy_per_usd"].mean()


@peer("pandas")
def converted(data, years, amounts, base, currency, deflator):
    import pandas as pd

    money = pd.Series(amounts, index=years)
    if currency == "USD":
        money = money / _rate(data)
    if deflator != "none":
        index = _index(data, {"JPY": "Japan", "USD": "United States"}[currency], deflator)
        index = index.reindex(range(index.index.min(), max(years) + 1)).ffill()
        money = money * index[base] / index
    money = money.dropna()
    return [money[years[-1]] / money[years[0]], money[years[0]], money[years[-1]]]


@peer("numpy-financial")
def compound(ratio, years):
    import numpy_financial as npf

    return 100 * npf.rate(years, 0, -1, ratio)


@peer("numpy-financial")
def periods(rate_percent, now, then):
    import numpy_financial as npf

    return float(npf.nper(rate_percent / 100, 0, -now, then))


@peer("pandas")
def yen_dollar(data, first, last):
    table, rate = _table(data, "budgets/government_space"), _rate(data)
    narrow = table[(table["count"] == "narrow") & (table["stage"] == "combined")].set_index("fiscal_year")
    yen, worth = (
        narrow.loc[last, "amount_bn_jpy"] / narrow.loc[first, "amount_bn_jpy"],
        rate[first] / rate[last],
    )
    return [yen, yen * worth, worth]


@peer("pandas")
def burdens(data, ids, below):
    import pandas as pd

    tables = [pd.read_csv(f"{data}/budgets/{name}.csv") for name in ("comparators", "countries")]
    amounts = pd.concat(tables).drop_duplicates("row_id").set_index("row_id")["amount_bn_usd"]
    return (100 * amounts.loc[ids] / below).tolist()


@peer("pandas")
def granted(data):
    table = _table(data, "budgets/defense_space").query("fiscal_year == 2025 and scope == 'item'")
    amounts = table.set_index(["item", "stage"])["amount_bn_jpy"].sort_index()
    items = ("target-constellation", "next-communications-satellite")
    return [100 * amounts[item, "initial"].iloc[0] / amounts[item, "request"].iloc[0] for item in items]


@peer("pandas")
def paid_by_function(data):
    table = _table(data, "budgets/projects").query("ministry == 'MoD' and stage == 'paid'")
    paid = table.groupby("function")["amount_bn_jpy"].sum()
    return [paid[f] for f in ("communications", "situational_awareness", "missile_warning")]


def _projects(data, first, last, projects):
    table = _table(data, "budgets/projects").query(
        "@first <= fiscal_year <= @last and project_id in @projects"
    )
    return table.groupby(["project_id", "stage"])["amount_bn_jpy"].sum().unstack().loc[projects]


@peer("pandas")
def reliance(**given):
    sums = _projects(**given)
    return (100 * sums["supplementary"] / (sums["initial"] + sums["supplementary"])).tolist()


@peer("pandas")
def paid_total(**given):
    return _projects(**given)["paid"].tolist()


@peer("pandas")
def voted(data):
    table = _table(data, "budgets/strategy_fund").query("ministry == 'total'")
    tranches = table[table["stage"] == "supplementary"].groupby("fiscal_year")["amount_bn_jpy"].first()
    plan = table[table["stage"] == "plan"]["amount_bn_jpy"].iloc[0]
    return [tranches.sum(), 100 * tranches.sum() / plan]


@peer("pandas")
def events(data, first, last, evidence):
    import pandas as pd

    table = _table(data, "policy_evolution/events").query("status == 'happened' and evidence in @evidence")
    year = pd.to_datetime(table["date"]).dt.year
    kept = year.between(first, last)
    years, shocks = year[kept].sort_values(), table.loc[kept, "external_shock"]
    return [len(years), years.mode().min(), years.iloc[len(years) // 2], shocks.sum()]


if __name__ == "__main__":
    serve()
