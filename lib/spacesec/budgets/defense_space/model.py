"""What does Japan's Ministry of Defense spend on space?

Two totals exist and are never joined: the ministry's own, on contract basis (a commitment of several years
counts in the year of signature), and the Cabinet Office's count of the ministry, probably on expenditure
basis. Payments are a third thing again.
"""

from typing import Literal

import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import rows
from spacesec.budgets.defense_space import strike
from spacesec.data import extent, tables
from spacesec.parameters import value

READ = (
    "budgets/defense_space",
    "budgets/defense_totals",
    "budgets/ministries",
    "budgets/projects",
    strike.TABLE,
)
PLAN = range(2023, 2028)  # the fiscal years of the five-year plan
BOTH_SCOPES = 2025  # the year whose total was given with and without items that also count elsewhere
BOTH_COUNTS = 2019  # a year that the ministry and the Cabinet Office both give, on one scope
CLAIM_YEAR = 2020  # of Fatton's figures
# Rows that the checks reproduce.
CONTRACT, BOOK_2020, SEED_2020 = (
    "defense-space-target-constellation-2025-contract",
    "defense-total-ministry-book-2020-initial",
    "seed-figure-defense-space-request-2020",
)


SCOPES = {
    "with_other_pillars": "with items that also count elsewhere",
    "without_other_pillars": "without them",
}


DENOMINATORS = {
    "with_saco": "defense budget with SACO and realignment cost",
    "without_saco": "defense budget without SACO and realignment cost",
    "new_contracts": "new contracts of the defense program",
}


FUNCTIONS = {
    "communications": "Communications",
    "situational_awareness": "Situational awareness",
    "missile_warning": "Missile warning and tracking",
}


Function = Literal["communications", "situational_awareness", "missile_warning"]


def _years() -> tuple[int, int]:
    """The years of the ministry's own totals and requests."""
    return extent.years("budgets/defense_space", "fiscal_year", series="ministry_count")


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value("first", "first year of the comparison", unit="fiscal year", between=_years)
    last_year: int = value("latest", "last year of the comparison", unit="fiscal year", between=_years)
    scope: Literal["with_other_pillars", "without_other_pillars"] = value(
        "with_other_pillars",
        "count FY2025 with or without space items that also stand under another heading of the defense"
        " program",
    )
    denominator: Literal["with_saco", "without_saco", "new_contracts"] = value(
        "with_saco",
        "defense spending to divide by: budget with or without SACO and realignment cost, or new contracts",
    )
    envelope_bn_jpy: float = value(
        1000.0, "money for space in the five-year plan", unit="billion yen", ge=500, le=2000
    )
    functions: tuple[Function, ...] = value(
        ("communications", "situational_awareness", "missile_warning"),
        "functions whose payments are drawn",
        min_length=1,
        max_length=3,
    )

    @model_validator(mode="after")
    def _possible(self):
        if self.first_year >= self.last_year:
            raise ValueError(
                f"first_year = {self.first_year} is not possible with last_year = {self.last_year}: the first"
                " year must come before the last."
            )
        if doubled := sorted({f for f in self.functions if self.functions.count(f) > 1}):
            raise ValueError(f"functions names {doubled[0]!r} twice; name each function once.")
        known = shares(self.scope)
        known = known[known["denominator"] == self.denominator]["fiscal_year"]
        if not known.between(self.first_year, self.last_year).any():
            years = ", ".join(f"FY{year}" for year in sorted(set(known)))
            raise ValueError(
                f"denominator = {self.denominator!r} has no year with a space total between first_year ="
                f" {self.first_year} and last_year = {self.last_year}; they are known for {years}."
            )
        return self


@tables.remembered
def counts() -> pd.DataFrame:
    """Both totals, one row a figure: ``count`` (ministry | cabinet_office), fiscal_year, stage, scope,
    amount_bn_jpy, approximate, row_id, source_id.

    Rows of the Cabinet Office that repeat the ministry's own figure are left out.
    """
    own = rows.facts("budgets/defense_space")
    own = own[own["series"] == "ministry_count"].assign(count="ministry")
    office = rows.facts("budgets/ministries")
    office = office[(office["ministry"] == "MoD") & office["stage"].isin(["request", "initial", "combined"])]
    said = set(zip(own["fiscal_year"], own["stage"].astype(str), own["amount_bn_jpy"]))
    repeats = [
        fact in said
        for fact in zip(office["fiscal_year"], office["stage"].astype(str), office["amount_bn_jpy"])
    ]
    office = office[~pd.Series(repeats, index=office.index, dtype=bool)]
    office = office.assign(
        scope=office["count"]
        .astype(str)
        .map({"with_missile_defence": "with_missile_defense", "narrow": "without_missile_defense"}),
        count="cabinet_office",
        approximate=False,
    )
    columns = [
        "count",
        "fiscal_year",
        "stage",
        "scope",
        "amount_bn_jpy",
        "approximate",
        "row_id",
        "source_id",
    ]
    both = pd.concat(
        [
            own.astype({"stage": str, "scope": str})[columns],
            office.astype({"stage": str, "scope": str})[columns],
        ],
        ignore_index=True,
    )
    return both.astype({"fiscal_year": int}).sort_values(["count", "fiscal_year", "stage"], ignore_index=True)


def granted() -> pd.DataFrame:
    """Items and totals with both a request and an initial budget on one basis: ``request``, ``initial``,
    ``contract`` (billion yen), ``granted_percent``.
    """
    table = tables.settled("budgets/defense_space")
    table = table[
        table["series"].isin(["ministry_count", "line_item"])
        & table["stage"].isin(["request", "initial", "contract"])
    ].astype({"item": str, "scope": str, "stage": str})
    wide = (
        table.pivot_table(
            index=["item", "label", "scope", "fiscal_year"],
            columns="stage",
            values="amount_bn_jpy",
            aggfunc="first",
            observed=True,
        )
        .reset_index()
        .rename_axis(columns=None)
    )
    wide = wide.dropna(subset=["request", "initial"])
    approximate = (
        table[table["stage"] != "contract"].groupby(["item", "scope", "fiscal_year"])["approximate"].any()
    )
    wide["approximate"] = [
        bool(approximate[key]) for key in zip(wide["item"], wide["scope"], wide["fiscal_year"])
    ]
    wide = wide.join(
        table.groupby(["item", "label", "scope", "fiscal_year"], observed=True)["row_id"]
        .agg(";".join)
        .rename("row_ids"),
        on=["item", "label", "scope", "fiscal_year"],
    )
    return wide.assign(granted_percent=100 * wide["initial"] / wide["request"]).reset_index(drop=True)


def envelope(scope: str) -> pd.Series:
    """Initial budgets on contract basis by fiscal year of the five-year plan (billion yen); NaN where no
    total could be read.
    """
    own = counts()
    own = own[(own["count"] == "ministry") & (own["stage"] == "initial")]
    # What states its scope comes before what does not.
    own = pd.concat([own[own["scope"] == one] for one in (scope, "overlap_not_stated")])
    own = own.drop_duplicates("fiscal_year")
    return own.set_index("fiscal_year")["amount_bn_jpy"].reindex(PLAN)


def shares(scope: str) -> pd.DataFrame:
    """Space as a percentage of defense spending, by year, count and denominator; ``like_with_like`` says
    whether both are on one basis.
    """
    totals = rows.facts("budgets/defense_totals")
    totals = totals[
        (totals["component"] == "total") & (totals["stage"] == "initial") & totals["amount_bn_jpy"].notna()
    ].astype({"definition": str, "fiscal_year": int})
    space = counts()
    space = space[
        (space["stage"] == "initial")
        & (space["scope"].isin(["without_missile_defense", "overlap_not_stated", scope]))
    ]
    parts = []
    for denominator in DENOMINATORS:
        amounts = (
            totals[totals["definition"] == denominator]
            .drop_duplicates("fiscal_year")
            .set_index("fiscal_year")
        )
        part = space.join(
            amounts[["amount_bn_jpy", "row_id", "source_id"]].add_prefix("defense_"),
            on="fiscal_year",
            how="inner",
        ).assign(denominator=denominator)
        parts.append(
            part.rename(columns={"amount_bn_jpy": "space_bn_jpy", "defense_amount_bn_jpy": "defense_bn_jpy"})
        )
    table = pd.concat(parts)
    table["share_percent"] = 100 * table["space_bn_jpy"] / table["defense_bn_jpy"]
    table["row_ids"] = table["row_id"] + ";" + table["defense_row_id"]
    # A contract total belongs over new contracts, an expenditure count over a yearly budget.
    table["like_with_like"] = (table["count"] == "ministry") == (table["denominator"] == "new_contracts")
    columns = [
        "fiscal_year",
        "count",
        "denominator",
        "space_bn_jpy",
        "defense_bn_jpy",
        "share_percent",
        "like_with_like",
        "row_ids",
        "source_id",
        "defense_source_id",
    ]
    return table[columns].sort_values(["denominator", "count", "fiscal_year"], ignore_index=True)


def shares_by_scope(p: "Parameters") -> pd.DataFrame:
    """Shares in the years asked for over the chosen yearly budget (with SACO cost where contracts are
    chosen) and
    over new contracts, on both scopes: columns of `shares`, and ``scope`` (``both`` where it makes no
    difference).
    """
    found = pd.concat([shares(scope).assign(scope=scope) for scope in SCOPES], ignore_index=True)
    budget = "with_saco" if p.denominator == "new_contracts" else p.denominator
    found = found[
        found["denominator"].isin([budget, "new_contracts"])
        & found["fiscal_year"].between(p.first_year, p.last_year)
    ]
    fact = ["denominator", "row_ids"]
    twice = found.duplicated(fact, keep=False)
    return found.assign(scope=found["scope"].mask(twice, "both")).drop_duplicates(fact, ignore_index=True)


def plan_by_scope(p: "Parameters") -> pd.DataFrame:
    """Each year of the plan on both scopes: fiscal_year, scope, amount_bn_jpy (initial budget),
    request_bn_jpy, ``approximate`` (the amount, or else the request), needed_bn_jpy (what a year
    without a budget would have to bring for the plan to be filled evenly), row_ids.
    """
    own = counts()
    own = own[own["count"] == "ministry"]
    found = []
    for scope in SCOPES:
        # What states its scope comes before what does not.
        said = pd.concat([own[own["scope"] == one] for one in (scope, "overlap_not_stated")])
        by = {
            stage: (
                said[said["stage"] == stage]
                .drop_duplicates("fiscal_year")
                .set_index("fiscal_year")
                .reindex(PLAN)
            )
            for stage in ("initial", "request")
        }
        amounts, asked = (by[stage]["amount_bn_jpy"] for stage in by)
        rest = max(0.0, p.envelope_bn_jpy - amounts.sum()) / max(1, amounts.isna().sum())
        ids = pd.concat([by[stage]["row_id"] for stage in by], axis=1)
        found.append(
            pd.DataFrame(
                {
                    "fiscal_year": amounts.index,
                    "scope": scope,
                    "amount_bn_jpy": amounts.to_numpy(),
                    "request_bn_jpy": asked.to_numpy(),
                    "approximate": (
                        by["initial"]["approximate"].combine_first(by["request"]["approximate"]).to_numpy()
                    ),
                    "needed_bn_jpy": amounts.isna().map({True: rest, False: None}).to_numpy(),
                    "row_ids": [";".join(row.dropna()) for _, row in ids.iterrows()],
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def payments() -> pd.DataFrame:
    """Paid by the ministry for space, expenditure basis: project review by project, and the X-band payment of
    the budget book (``basis``).
    """
    review = rows.facts("budgets/projects")
    review = review[(review["ministry"] == "MoD") & (review["stage"] == "paid")]
    book = rows.facts("budgets/defense_space")
    book = book[(book["item"] == "x-band-payment") & (book["stage"] == "paid")]
    both = pd.concat(
        [
            review.rename(columns={"project_id": "item", "project": "label"}).assign(basis="project review"),
            book.assign(basis="budget book"),
        ]
    )
    return (
        both[["basis", "function", "item", "label", "fiscal_year", "amount_bn_jpy", "row_id", "source_id"]]
        .astype({"function": str, "item": str, "fiscal_year": int})
        .reset_index(drop=True)
    )


def paid_years(paid: pd.DataFrame, basis: str) -> str:
    """The years of the payments on one basis, such as ``FY2017-24``."""
    years = paid[paid["basis"] == basis]["fiscal_year"]
    return f"FY{years.min()}-{years.max() % 100:02d}"


def newer(
    both: pd.DataFrame,
    asked: pd.DataFrame,
    share: pd.DataFrame,
    paid: pd.DataFrame,
    unit: pd.DataFrame,
    money: pd.DataFrame,
) -> dict:
    """Rows newer than what the answer uses, by table: `rows.Newer`, or None."""
    used = {*both["row_id"], *paid["row_id"], *money["row_id"], *";".join(asked["row_ids"]).split(";")}
    office = both[both["count"] == "cabinet_office"]["fiscal_year"].max()
    reported = unit[unit["status"] == "reported"]["date"].max()
    found = {
        "budgets/defense_space": ("fiscal_year", asked["fiscal_year"].max()),
        "budgets/ministries": ("fiscal_year", office),
        "budgets/defense_totals": ("fiscal_year", share["fiscal_year"].max()),
        "budgets/projects": ("fiscal_year", paid[paid["basis"] == "project review"]["fiscal_year"].max()),
        "policy_evolution/unit_strength": ("date", reported.year),
        strike.TABLE: ("fiscal_year", money["fiscal_year"].max() if len(money) else 0),
    }
    return {name: rows.newer(name, column, int(last), used) for name, (column, last) in found.items()}


def answer(parameters: Parameters) -> Answer:
    """Both totals, what was granted of what was asked, the five-year plan so far, the share of defense
    spending, and payments by function.
    """
    p = parameters
    both, asked, paid, share = counts(), granted(), payments(), shares(p.scope)
    money = strike.drawn()
    plan = {scope: envelope(scope) for scope in SCOPES}
    chosen = plan[p.scope]
    open_years = [int(year) for year in chosen.index[chosen.isna()]]
    known = float(chosen.sum())
    office = both[(both["count"] == "cabinet_office") & (both["stage"] == "initial")].set_index(
        "fiscal_year"
    )["amount_bn_jpy"]
    own = both[
        (both["count"] == "ministry")
        & (both["stage"] == "initial")
        & (both["scope"] == "without_missile_defense")
    ].set_index("fiscal_year")["amount_bn_jpy"]
    items = asked.set_index(["item", "scope", "fiscal_year"])["granted_percent"]
    within = share[
        (share["denominator"] == p.denominator)
        & (share["count"] == "ministry")
        & share["fiscal_year"].between(p.first_year, p.last_year)
    ].set_index("fiscal_year")["share_percent"]
    review = paid[paid["basis"] == "project review"]
    band = paid[paid["basis"] == "budget book"]["amount_bn_jpy"].sum()
    unit = tables.load("policy_evolution/unit_strength")
    real = unit[unit["status"] == "reported"].sort_values("date")["people"]
    asked_for = both[(both["count"] == "ministry") & (both["stage"] == "request")]
    asked_for = asked_for.drop_duplicates("fiscal_year").set_index("fiscal_year")["amount_bn_jpy"]
    of_budget = share[(share["denominator"] == "with_saco") & (share["count"] == "ministry")]
    of_budget = of_budget.drop_duplicates("fiscal_year").set_index("fiscal_year")["share_percent"]
    requests = both[
        (both["count"] == "ministry") & (both["stage"] == "request") & both["fiscal_year"].isin(open_years)
    ].set_index("fiscal_year")["amount_bn_jpy"]
    totals = {scope: rows.at(series, BOTH_SCOPES) for scope, series in plan.items()}
    known_twice = None not in totals.values()
    settled_years, sensor = paid_years(paid, "budget book"), paid_years(paid, "project review")
    results = {
        "space_total_2025": Result(
            totals[p.scope],
            "billion yen",
            f"the ministry's own total for FY{BOTH_SCOPES}, contract basis, {alone(p.scope)}",
        ),
        "overlap_2025": Result(
            totals["with_other_pillars"] - totals["without_other_pillars"] if known_twice else None,
            "billion yen",
            f"space items of FY{BOTH_SCOPES} that also count under another heading",
        ),
        "request_2020": Result(
            rows.at(asked_for, CLAIM_YEAR),
            "billion yen",
            f"the ministry's space request for FY{CLAIM_YEAR}",
            ("C3-101",),
        ),
        "two_counts_ratio_2019": Result(
            rows.at(own / office.reindex(own.index), BOTH_COUNTS),
            "times",
            f"the ministry's own total over the Cabinet Office's count, FY{BOTH_COUNTS}",
        ),
        "granted_percent_constellation": Result(
            rows.at(items, ("target-constellation", "item", BOTH_SCOPES)),
            "percent",
            f"initial budget over request, target-tracking constellation FY{BOTH_SCOPES}",
        ),
        "granted_percent_communications": Result(
            rows.at(items, ("next-communications-satellite", "item", BOTH_SCOPES)),
            "percent",
            f"initial budget over request, next communications satellite FY{BOTH_SCOPES}",
        ),
        "granted_percent_total": Result(
            {
                f"FY{year} {SCOPES.get(scope, '')}".strip(): value
                for (item, scope, year), value in items.items()
                if item == "total"
            },
            "percent",
            "initial budget over request, all space items",
        ),
        "envelope_known": Result(
            known,
            "billion yen",
            f"initial budgets of FY{PLAN[0]}-{PLAN[-1] % 100} that could be read, {alone(p.scope)}",
            ("C1-017",),
        ),
        "envelope_known_percent": Result(
            100 * known / p.envelope_bn_jpy,
            "percent",
            "their share of the plan's money for space, a lower bound of what was committed",
            ("C1-017",),
        ),
        "envelope_unknown_years": Result(
            open_years, "fiscal years", "years of the plan without a published total that could be read"
        ),
        "envelope_unknown_years_requests": Result(
            {f"FY{year}": float(amount) for year, amount in requests.items()},
            "billion yen",
            "what the ministry asked for in those years, where a request could be read; its basis is not"
            " stated",
        ),
        "envelope_needed_per_unknown_year": Result(
            max(0.0, p.envelope_bn_jpy - known) / len(open_years) if open_years else None,
            "billion yen a year",
            "what each of those years must bring for the plan to be filled",
        ),
        "space_share_percent": Result(
            {f"FY{year}": float(v) for year, v in within.items()},
            "percent",
            f"the ministry's own space total over: {DENOMINATORS[p.denominator]}",
        ),
        "space_share_2020_percent": Result(
            rows.at(of_budget, CLAIM_YEAR),
            "percent",
            f"space over the defense budget, FY{CLAIM_YEAR}, contract over expenditure",
        ),
        "x_band_paid_total": Result(
            float(band), "billion yen", f"paid for the two X-band satellites {settled_years}"
        ),
        "paid_by_function": Result(
            {f: float(review[review["function"] == f]["amount_bn_jpy"].sum()) for f in FUNCTIONS},
            "billion yen",
            f"paid {sensor} in the project review, by function",
        ),
        "awareness_satellite_request_2020": Result(
            _one("awareness-satellite", CLAIM_YEAR, "request"),
            "billion yen",
            f"request for the situational-awareness satellite, FY{CLAIM_YEAR}",
            ("C3-089",),
        ),
        "personnel_growth": Result(
            [int(real.iloc[0]), int(real.iloc[-1])],
            "persons",
            "space units of the Air Self-Defense Force: first and latest strength reported",
            ("C3-097",),
        ),
    }
    results |= {
        "plan_years": Result(
            [PLAN[0], PLAN[-1]], "fiscal years", "first and last year of the five-year plan"
        ),
        "scope_year": Result(
            BOTH_SCOPES,
            "fiscal year",
            "year whose total was given with and without items that also count elsewhere",
        ),
        "counts_year": Result(
            BOTH_COUNTS, "fiscal year", "year that the ministry and the Cabinet Office both give"
        ),
        **strike.results(),
        **rows.loose_ends(newer(both, asked, share, paid, unit, money), READ),
    }
    return Answer(
        results,
        {
            "counts": both,
            "granted": asked,
            "envelope": pd.DataFrame(plan).rename_axis("fiscal_year").reset_index(),
            "shares": share,
            "shares_by_scope": shares_by_scope(p),
            "plan_by_scope": plan_by_scope(p),
            "payments": paid,
            "personnel": unit,
            "strike": money,
        },
        p,
    )


def checks(answer: Answer) -> list[Check]:
    """Printed ratios and sums reproduced from the rows; none of a row that was withdrawn."""
    both, share = answer.tables["counts"], answer.tables["shares"]
    office = both[(both["count"] == "cabinet_office") & (both["stage"] == "initial")].set_index("fiscal_year")
    saco = share[
        (share["denominator"] == "with_saco")
        & (share["fiscal_year"] == CLAIM_YEAR)
        & (share["count"] == "ministry")
    ]["defense_bn_jpy"]
    against = [
        (
            "FY2025 constellation: contract against the initial budget",
            _one("target-constellation", BOTH_SCOPES, "initial"),
            "budgets/defense_space",
            CONTRACT,
            0.1,
        ),
        (
            "FY2020 space request, press against Fatton",
            answer["request_2020"],
            "budgets/seed_figures",
            SEED_2020,
            0.05,
        ),
        (
            "FY2020 defense budget: white paper against the budget book",
            float(saco.iloc[0]) if len(saco) else None,
            "budgets/defense_totals",
            BOOK_2020,
            0.051,
        ),
    ]
    made = [_against(*one) for one in against]
    if {2011, 2012} <= set(office.index):
        change = Check(
            "FY2012 over FY2011, Cabinet Office count",
            100 * (office.loc[2012, "amount_bn_jpy"] / office.loc[2011, "amount_bn_jpy"] - 1),
            -30.0,
            0.5,
            "percent",
            office.loc[2012, "source_id"],
            "ministry table, row Ministry of Defense, change on the year",
        )
        made.insert(2, change)
    return [check for check in made if check] + strike.checks()


def _against(what: str, ours: float | None, table: str, row_id: str, tolerance: float) -> Check | None:
    """Our amount against a row's; None where either was withdrawn."""
    known = tables.load(table).set_index("row_id")
    if ours is None or row_id not in known.index:
        return None
    row = known.loc[row_id]
    return Check(what, ours, row["amount_bn_jpy"], tolerance, "billion yen", row["source_id"], row["locator"])


def _one(item: str, year: int, stage: str) -> float | None:
    """The amount of an item (billion yen), None where no row holds it."""
    table = rows.facts("budgets/defense_space").astype({"item": str, "stage": str})
    return rows.at(
        table.set_index(["item", "fiscal_year", "stage"])["amount_bn_jpy"].groupby(level=[0, 1, 2]).first(),
        (item, year, stage),
    )


def alone(scope: str) -> str:
    """The scope in words that no other scope stands beside."""
    return SCOPES[scope].replace("them", SCOPES["with_other_pillars"].removeprefix("with "))
