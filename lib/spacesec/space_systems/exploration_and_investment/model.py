"""The civil side of the alliance: promises with their dates and slips, what is given for what, and money as
far as it is sourced.
"""

import datetime as dt
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator
from scipy import stats

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.methods.statistics import kaplan_meier, survival_at, survival_median
from spacesec.parameters import value
from spacesec.words.numerals import spelled

MONTH_DAYS = 365.25 / 12


STATUSES = ("met", "late", "not met", "failed", "overtaken", "open")


REPORT = dt.date(2020, 7, 1)  # month of the report that most promises are from: before it the ledger is thin


GATEWAY = "commitment-gateway-first"  # whose end is the day on which the station was dropped


CLAIMS = {
    "commitment-alos-3": "C3-059",
    "commitment-alos-4": "C3-076",
    "commitment-kirameki-3": "C3-071",
    "commitment-qzss-three-more": "C3-073",
    "commitment-qzss-payloads": "C3-112",
    "commitment-sda-satellite": "C3-088",
    "commitment-ssa-system": "C3-084",
    "commitment-callisto": "C3-122",
    "commitment-hayabusa2": "C3-123",
    "commitment-bepicolombo": "C3-124",
    "commitment-iss-2030": "C4-014",
    "commitment-moon-landing": "C4-011",
}


STOCK = "stock of direct investment in the United States"
PLEDGE = "pledged direct investment in the United States"
INDUSTRY, TARGET = "size of the space industry", "target for the space industry"
STAKES = ("stake in a foreign space firm", "joint venture with a foreign space firm")
SCOPES = ("narrow", "wide")

TARGET_YEARS = range(2028, 2037)  # about the "early 2030s" of the strategy


def followed() -> tuple[dt.date, dt.date]:
    """The days between which promises can be followed: from the report to the last look or the newest
    event.
    """
    columns = ("followed_to", "promised_on", "actual_date", "ended_on")
    return REPORT, max(extent.last_day("space_systems/commitments", column) for column in columns)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: dt.date = value(
        "latest", "day to which promises are followed; later dates are not known here", between=followed
    )
    domains: list[str] = value(
        [],
        "domains of the ledger; none given means all",
        known=lambda: sorted(tables.load("space_systems/commitments")["domain"].astype(str).unique()),
    )
    plans: Literal["first", "latest", "all"] = value(
        "first", "which plan counts where the same thing was promised more than once"
    )
    grace_months: float = value(1.0, "slip that still counts as kept", unit="months", ge=0, le=36)
    doubling_years: float = value(
        10.0, "years in which the space industry is to double", unit="years", ge=3, le=30
    )
    direct_investment_growth_percent: float = value(
        4.6,
        "yearly growth assumed for Japan's stock of direct investment in the United States",
        unit="percent",
        gt=0,
        le=30,
    )

    @model_validator(mode="after")
    def _exist(self):
        table = tables.load("space_systems/commitments")
        known = sorted(table["domain"].astype(str).unique())
        for name in self.domains:
            if name not in known:
                raise ValueError(
                    f"domains names {name!r}, which is no domain of the ledger: they are {', '.join(known)}."
                )
        if ledger(self).empty:
            raise ValueError(
                f"no promise in {', '.join(self.domains)} had been made by {self.as_of}: choose a later day"
                f" or other domains ({', '.join(known)})."
            )
        return self


def months(later, earlier) -> float:
    return (pd.Timestamp(later) - pd.Timestamp(earlier)).days / MONTH_DAYS


def ledger(p: Parameters) -> pd.DataFrame:
    """Promises made by the day, with their outcome as known on it: ``outcome``, ``seen_on`` (the day, or the
    earlier one to which the row was followed) and ``slip_months`` (to that day where not delivered; NaN
    without a date).
    """
    table = tables.load("space_systems/commitments").astype(
        {"domain": str, "commitment_class": str, "status": str}
    )
    day = pd.Timestamp(p.as_of)
    table = table[table["promised_on"] <= day]
    if p.plans == "first":
        table = table[table["replaces"].isna()]
    elif p.plans == "latest":
        table = table[~table["row_id"].isin(table["replaces"].dropna())]
    if p.domains:
        table = table[table["domain"].isin(p.domains)]
    table = table.reset_index(drop=True)
    done = table["actual_date"].notna() & (table["actual_date"] <= day)
    seen = table[["followed_to", "promised_on"]].max(axis=1).clip(upper=day)
    slip = (table["actual_date"].where(done, seen) - table["window_end"]).dt.days / MONTH_DAYS
    ended = table["ended_on"].notna() & (table["ended_on"] <= day)
    outcome = np.select(
        [done & (slip <= p.grace_months), done, ended, slip > p.grace_months],
        ["met", "late", table["status"].where(ended, "open"), "not met"],
        "open",
    )
    return table.assign(outcome=outcome, delivered=done, seen_on=seen, slip_months=slip)


def survival(rows: pd.DataFrame) -> pd.DataFrame:
    """Share of dated promises not yet delivered by months after their window; promises lost or overtaken stay
    undelivered to the end.
    """
    dated = rows[rows["slip_months"].notna()]
    return kaplan_meier(dated["slip_months"].to_numpy(float), dated["delivered"].to_numpy(bool))


def compare(rows: pd.DataFrame) -> float:
    """Log-rank probability that civil promises and those with a security side slip alike; NaN where a side
    has none.
    """
    dated = rows[rows["slip_months"].notna()]
    parts = [dated[dated["commitment_class"] == "civil"], dated[dated["commitment_class"] != "civil"]]
    if any(part.empty or not part["delivered"].any() for part in parts):
        return float("nan")
    sides = [
        stats.CensoredData.right_censored(
            part["slip_months"].to_numpy(float), ~part["delivered"].to_numpy(bool)
        )
        for part in parts
    ]
    return float(stats.logrank(*sides).pvalue)


def in_billions(amount: float) -> str:
    """A sum of billions as it is spoken of."""
    return "one trillion" if amount == 1000 else f"{amount:,.4g} billion"


def needed_growth_percent(factor: float, years: float) -> float:
    """Steady yearly growth (percent) that multiplies a sum by this factor in these years."""
    return 100 * (factor ** (1 / years) - 1)


def direct_investment() -> pd.DataFrame:
    """Stocks in the United States: one row an investor and year, the better source first where two differ."""
    table = tables.settled("space_systems/investment")
    table = table[table["measure"] == STOCK].assign(year=lambda t: t["date"].dt.year)
    table = table.sort_values(["quality", "date"], kind="stable").drop_duplicates(["investor", "year"])
    return table.sort_values(["year", "investor"], ascending=[True, False], kind="stable").reset_index()


def compared(stocks: pd.DataFrame) -> tuple[int, str]:
    """The last year in which Japan's stock can be set beside another investor's, and the largest other
    one.
    """
    known = stocks[stocks["investor"] != "World"].pivot(index="year", columns="investor", values="value")
    others = known.drop(columns="Japan").where(known["Japan"].notna()).dropna(how="all")
    return int(others.index[-1]), str(others.iloc[-1].idxmax())


def newest(money: pd.DataFrame, measure: str, scope: str | None = None) -> pd.Series:
    """The newest row of a measure (and of one of two counts) that does not come from the documents tested."""
    rows = money[(money["measure"] == measure) & (money["evidence"] != "seed")]
    rows = rows if scope is None else rows[rows["scope"] == scope]
    return rows.sort_values("date", kind="stable").iloc[-1]


def growth_paths(money: pd.DataFrame) -> pd.DataFrame:
    """Growth needed to double by each of TARGET_YEARS, from the year of either count of the industry."""
    rows = []
    for scope in SCOPES:
        row = newest(money, INDUSTRY, scope)
        for year in TARGET_YEARS:
            if (years := year - row["date"].year) > 0:
                rows.append(
                    {
                        "count": scope,
                        "base_year": row["date"].year,
                        "base_tn_jpy": row["value"],
                        "target_year": year,
                        "growth_percent": needed_growth_percent(2, years),
                        "row_id": row["row_id"],
                        "source_id": row["source_id"],
                    }
                )
    return pd.DataFrame(rows)


def exchanged(p: Parameters) -> pd.DataFrame:
    """What is given and got in the arrangements signed by the day, with its status as known on it: what was
    dropped still stood before the day on which the promise of the Gateway ended.
    """
    table = tables.load("space_systems/exchange").astype({"side": str, "status": str, "domain": str})
    promises = tables.load("space_systems/commitments").set_index("row_id")
    day = pd.Timestamp(p.as_of)
    stands = (table["status"] == "overtaken") & (promises.loc[GATEWAY, "ended_on"] > day)
    table = table.assign(status=table["status"].mask(stands, "open"))
    return table[table["date"] <= day].reset_index(drop=True)


def later_arrangements(p: Parameters) -> int:
    """How many arrangements of the table were signed after the day."""
    table = tables.load("space_systems/exchange")
    return int(table.loc[table["date"] > pd.Timestamp(p.as_of), "arrangement"].nunique())


def by_status(rows: pd.DataFrame, side: str) -> dict[str, int]:
    """How many things of one side of the exchange have which status."""
    return {
        s: int(n) for s, n in rows.loc[rows["side"] == side, "status"].value_counts().sort_index().items()
    }


def unseen(rows: pd.DataFrame, p: Parameters) -> int:
    """Promises not delivered that were last looked at before the day asked for."""
    waiting = rows["outcome"].isin(["open", "not met"])
    return int((waiting & (rows["seen_on"] < pd.Timestamp(p.as_of))).sum())


def kept(promise: pd.Series, claim: str) -> Result:
    """What became of one promise: its outcome, and its slip where it had a date."""
    slip = [round(float(promise["slip_months"]), 1)] if pd.notna(promise["slip_months"]) else []
    when = "when delivered" if promise["delivered"] else "so far"
    return Result(
        [str(promise["outcome"]), *slip],
        "status, months",
        f"{promise['item']}: outcome, and months after the promised window ({when})",
        (claim,),
    )


def answer(parameters: Parameters) -> Answer:
    """Ledger, slips, exchange and sums."""
    p = parameters
    rows = ledger(p)
    dated = rows[rows["slip_months"].notna()]
    curve = (
        survival(rows)
        if len(dated)
        else pd.DataFrame(
            columns=["time", "at_risk", "events", "censored", "survival", "standard_error", "low", "high"],
            dtype=float,
        )
    )
    middle = survival_median(curve) if len(dated) else None
    exchange = exchanged(p)
    money, stocks = tables.load("space_systems/investment"), direct_investment()
    year, other = compared(stocks)
    count = rows["outcome"].value_counts()
    decided = rows[rows["outcome"] != "open"]
    due = rows[rows["window_end"] <= pd.Timestamp(p.as_of)]
    held = stocks.set_index(["investor", "year"])["value"]
    stock = {name.lower(): float(held[name, year]) for name in ("Japan", other)}
    pledge, whole = newest(money, PLEDGE), int(held["World"].index.intersection(held["Japan"].index).max())
    size = {scope: newest(money, INDUSTRY, scope) for scope in SCOPES}
    target = newest(money, TARGET)
    stakes = money[money["measure"].isin(STAKES)]
    by_id = rows.set_index("row_id")
    claims = {
        f"promise_{row_id.removeprefix('commitment-').replace('-', '_')}": kept(by_id.loc[row_id], claim)
        for row_id, claim in CLAIMS.items()
        if row_id in by_id.index
    }
    results = {
        "promises": Result(len(rows), "promises", f"in the ledger by {p.as_of}"),
        "outcomes": Result({s: int(count.get(s, 0)) for s in STATUSES}, "promises", "by outcome on that day"),
        "kept_percent": Result(
            100 * float((decided["outcome"] == "met").mean()) if len(decided) else float("nan"),
            "percent",
            "met, of those decided: met, late, not met, failed or overtaken",
        ),
        "due": Result(len(due), "promises", "dated, with a window that had closed on that day"),
        "due_outcomes": Result(
            {s: int((due["outcome"] == s).sum()) for s in STATUSES}, "promises", "what became of those"
        ),
        "kept_ahead": Result(
            int((rows["delivered"] & (rows["window_end"] > pd.Timestamp(p.as_of))).sum()),
            "promises",
            "delivered on that day though their window was still open",
        ),
        "looked_at_before": Result(
            unseen(rows, p), "promises", "not delivered, and last looked at before that day"
        ),
        "undated": Result(
            int(rows["slip_months"].isna().sum()), "promises", "without a promised date, so without a slip"
        ),
        "median_slip_months": Result(
            float(middle.estimate) if middle else float("nan"),
            "months",
            "median slip with undelivered promises counted as going on (Kaplan-Meier)",
        ),
        "median_slip_interval_months": Result(
            [float(middle.low), float(middle.high)] if middle else [float("nan")] * 2,
            "months",
            "its 95% interval",
        ),
        "undelivered_after_24_percent": Result(
            100 * survival_at(curve, 24) if len(dated) and curve["time"].max() >= 24 else float("nan"),
            "percent",
            "share not delivered two years after the window; none (NaN) where no promise is that old",
        ),
        "log_rank_p": Result(
            compare(rows),
            "probability",
            "that civil promises and those with a security side slip alike (log-rank; few promises)",
        ),
        "arrangements": Result(
            int(exchange["arrangement"].nunique()), "arrangements", "of barter signed by that day"
        ),
        "arrangements_later": Result(
            later_arrangements(p), "arrangements", "of barter, signed after that day and left out"
        ),
        "japan_gives": Result(
            by_status(exchange, "Japan gives"),
            "items",
            f"what Japan gives in {spelled(exchange['arrangement'].nunique())} arrangements, by status",
        ),
        "japan_gets": Result(
            by_status(exchange, "Japan gets"), "items", "what it gets, by status", ("C4-011",)
        ),
        "seats_open": Result(
            int(
                (
                    (exchange["side"] == "Japan gets")
                    & (exchange["domain"] == "crew seats")
                    & (exchange["status"] == "open")
                ).sum()
            ),
            "arrangements",
            "arrangements that still give Japan a seat; no flight is assigned",
            ("C4-011",),
        ),
        "direct_investment_bn_usd": Result(
            stock,
            "bn USD",
            f"stock in the United States at the end of {year}, by ultimate owner",
            ("C4-013",),
        ),
        "compared_investor": Result(
            other, "investor", f"the largest other investor in the United States at the end of {year}"
        ),
        "compared_year": Result(year, "year", "the last at whose end both stocks are known"),
        "stocks_left_out": Result(
            [[r.investor, int(r.year)] for r in stocks[stocks["year"] > year].itertuples()],
            "investors, years",
            "later stocks beside which no other stands",
        ),
        "pledge_bn_usd": Result(float(pledge["value"]), "bn USD", "direct investment spoken of"),
        "pledge_spoken_of": Result(f"{pledge['date']:%Y-%m-%d}", "date", "day on which it was spoken of"),
        "direct_investment_share_percent": Result(
            100 * float(held["Japan", whole] / held["World", whole]),
            "percent",
            "Japan's share of all; the two sums may rest on different rules of ownership",
            ("C4-013",),
        ),
        "pledge_gap_bn_usd": Result(
            float(pledge["value"]) - stock["japan"],
            "bn USD",
            f"between that stock and the {in_billions(pledge['value'])} spoken of in {pledge['date']:%B %Y}",
            ("C4-012",),
        ),
        "pledge_years": Result(
            float(
                np.log(pledge["value"] / stock["japan"]) / np.log1p(p.direct_investment_growth_percent / 100)
            ),
            "years",
            f"to {in_billions(pledge['value'])} at {p.direct_investment_growth_percent:g}% a year",
            ("C4-012",),
        ),
        "doubling_growth_percent": Result(
            needed_growth_percent(2, p.doubling_years),
            "percent a year",
            f"growth that doubles the industry in {p.doubling_years:g} years",
            ("C1-019",),
        ),
        "industry_counts_tn_jpy": Result(
            {scope: float(row["value"]) for scope, row in size.items()},
            "tn JPY",
            "size of the space industry by two counts of different scope",
            ("C1-018", "C1-019"),
        ),
        "target_tn_jpy": Result(
            float(target["value"]), "tn JPY", "target for the space industry", ("C1-019",)
        ),
        "target_year": Result(int(target["date"].year), "year", "from which on the target is dated"),
        "target_factor": Result(
            float(target["value"] / size[target["scope"]]["value"]),
            "times",
            f"target over present size, {target['scope']} count",
            ("C1-019",),
        ),
        "stakes": Result(
            [len(stakes), int(stakes["value"].notna().sum())],
            "stakes",
            "stakes of Japanese houses in foreign space firms; with an amount in the source",
        ),
        "sums_not_compared": Result(
            int((~money["measure"].isin([STOCK, PLEDGE, INDUSTRY, TARGET])).sum()),
            "rows",
            "stakes, shares of programs and contracts that are listed and compared with nothing",
        ),
        "mmx_plans": Result(
            {
                str(r.window_end.year): r.outcome
                for r in ledger(p.model_copy(update={"plans": "all", "domains": []})).itertuples()
                if r.item.startswith("MMX ")
            },
            "status",
            "the Martian moons mission by the year planned",
            ("C3-130",),
        ),
        **claims,
    }
    return Answer(
        results,
        {
            "ledger": rows,
            "exchange": exchange,
            "investment": money,
            "stocks": stocks,
            "pledge": pledge.to_frame().T,
            "paths": growth_paths(money),
        },
        parameters,
    )


def checks(answer: Answer) -> list[Check]:
    """What others say of the same promises and sums."""
    rows = ledger(Parameters(plans="all")).set_index("row_id")
    money = tables.load("space_systems/investment").set_index("row_id")
    stock = money["value"]
    back = (rows.loc["commitment-hayabusa2", "actual_date"] - pd.Timestamp("2020-11-30")).days
    put_off = months(
        rows.loc["commitment-mmx-2026", "window_end"], rows.loc["commitment-mmx-2024", "window_end"]
    )
    return [
        Check(
            "years by which MMX was put off, end of window to end of window",
            put_off / 12,
            2,
            0.3,
            "years",
            rows.loc["commitment-mmx-2026", "source_id"],
            "paragraphs 1, 4 and 5: from 2024 to 2026",
        ),
        Check(
            "day of December 2020 on which the samples landed",
            float(back),
            5,
            1,
            "day",
            rows.loc["commitment-hayabusa2", "also_source_ids"].split(";")[0],
            "text on the return of the capsule",
        ),
        Check(
            "rank of Japan among the two largest direct investors, end of 2024",
            1.0 + float(stock["investment-fdi-canada-2024"] > stock["investment-fdi-japan-2024"]),
            1,
            0,
            "rank",
            money.loc["investment-fdi-japan-2024", "source_id"],
            "table of investors",
        ),
        Check(
            "rank a year earlier",
            1.0 + float(stock["investment-fdi-canada-2023"] > stock["investment-fdi-japan-2023"]),
            1,
            0,
            "rank",
            money.loc["investment-fdi-japan-2023", "source_id"],
            "title: named top source",
        ),
    ]
