"""Where does Japan's space money go, project by project, and how much of it comes in supplementary budgets?

Two bases stand side by side and are never joined: the project review (what 35 projects asked, got and paid)
and the budget book (whole items such as all reconnaissance satellites). The constellation's contract is a
third, set beside them only as money per year.
"""

from typing import Literal, get_args

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import money, rows
from spacesec.budgets.programmes import projects
from spacesec.budgets.programmes.projects import FIRST_FULL_YEAR
from spacesec.data import extent, tables
from spacesec.parameters import value

READ = ("budgets/projects", "budgets/budget_book", "budgets/defense_space")
SATELLITES = "gcat-payloads-2025"  # the catalogue behind the counts of satellites
# Rows of programme_figures that the checks reproduce: year and stage of the reconnaissance satellites, and
# the
# science ministry's whole, whose last part is printed in the review as this stage.
IGS_FIGURES = {
    (2019, "paid"): "programme-igs-2019-paid",
    (2020, "paid"): "programme-igs-2020-paid",
    (2021, "paid"): "programme-igs-2021-paid",
    (2020, "initial"): "programme-igs-2020-initial",
    (2023, "initial"): "programme-igs-2023-initial",
}
MEXT_FIGURES = {
    (2022, "initial"): "programme-mext-total-2022-initial-with-aviation",
    (2025, "request"): "programme-mext-total-2025-initial-with-aviation",
}

Project = Literal[
    "strategy-fund-cabinet-office",
    "stardust",
    "use-surveys",
    "qzss",
    "igs-development",
    "servis",
    "strategy-fund-meti",
    "open-data-platform",
    "data-use-base",
    "space-station",
    "strategy-fund-mext",
    "earth-observation-system",
    "flagship-launcher",
    "strategy-fund-mic",
    "quantum-ground-station",
    "quantum-network",
    "quantum-link",
    "weather-operation",
    "himawari-8-9",
    "space-diplomacy",
    "ku-band",
    "glider-tracking-study",
    "x-band-lease",
    "sda-satellite",
    "command-system",
    "policy-demonstrations",
    "glider-demonstrator-study",
    "moon-ssa-study",
    "constellation-communications-study",
    "surveillance-study",
    "space-surveillance-study",
    "vulnerability-study",
    "two-wavelength-sensor",
    "gosat-verification",
    "gosat-observation",
]


PROJECTS: tuple[str, ...] = get_args(Project)


DEFAULT = (
    "igs-development",
    "qzss",
    "space-station",
    "earth-observation-system",
    "flagship-launcher",
    "weather-operation",
    "stardust",
    "sda-satellite",
    "ku-band",
    "x-band-lease",
    "two-wavelength-sensor",
    "policy-demonstrations",
)


STAGES = {"paid": "amount paid", "initial": "initial budget", "voted": "initial plus supplementary budget"}


def _years() -> tuple[int, int]:
    return extent.years("budgets/projects", "fiscal_year")


def _paid_years() -> tuple[int, int]:
    return extent.years("budgets/projects", "fiscal_year", stage="paid")


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    projects: tuple[Project, ...] = value(DEFAULT, "projects to compare", min_length=1, max_length=35)
    first_year: int = value(
        FIRST_FULL_YEAR, "first year of the comparison", unit="fiscal year", between=_years
    )
    last_year: int = value(
        "latest",
        "last year of the comparison",
        unit="fiscal year",
        between=_years,
        latest=lambda: _paid_years()[1],
    )
    stage: Literal["paid", "initial", "voted"] = value(
        "paid", "amount shown year by year: paid, initial budget, or initial plus supplementary"
    )
    price_base_year: int = value(
        2020, "year whose prices real amounts are in", unit="fiscal year", between=_years
    )
    deflator: money.Deflator = value(
        "none", "price index for real amounts: implicit GDP deflator, consumer prices, or none (nominal)"
    )

    @model_validator(mode="after")
    def _possible(self):
        if self.first_year >= self.last_year:
            raise ValueError(
                f"first_year = {self.first_year} is not possible with last_year = {self.last_year}: the first"
                " year must come before the last."
            )
        if doubled := sorted({p for p in self.projects if self.projects.count(p) > 1}):
            raise ValueError(f"projects names {doubled[0]!r} twice; name each project once.")
        wide = projects.by_stage(list(self.projects), self.first_year, self.last_year)
        if wide.assign(voted=projects.voted(wide))[self.stage].isna().all():
            raise ValueError(
                f"projects = {', '.join(self.projects)} has no {STAGES[self.stage]} between first_year ="
                f" {self.first_year} and last_year = {self.last_year}; choose other projects, other years or"
                " another stage."
            )
        return self


def real(amounts: pd.Series, p: Parameters) -> pd.Series:
    """Yen of several fiscal years (index level ``fiscal_year``) in the chosen prices."""
    years = pd.Index(sorted(set(amounts.index.get_level_values("fiscal_year"))))
    if not len(years):
        return amounts
    factor = money.convert(pd.Series(1.0, index=years), "JPY", p.deflator, p.price_base_year)
    return amounts * amounts.index.get_level_values("fiscal_year").map(factor)


def _span(series: pd.Series) -> str:
    """The years of a series, such as ``FY2017-24``."""
    years = series.index
    return f"FY{years.min()}-{years.max() % 100:02d}"


def newer(wide: pd.DataFrame, igs: pd.DataFrame, grant: pd.DataFrame, costs: pd.DataFrame) -> dict:
    """Rows newer than what the answer uses, by table: `rows.Newer`, or None."""
    used = {
        row for ids in (wide["row_ids"], igs["row_ids"], grant["row_ids"]) for row in ";".join(ids).split(";")
    }
    last = costs["last_year"].max()
    used |= projects.counted_satellites(last) | projects.costed_rows(last)
    found = {
        "budgets/projects": ("fiscal_year", _paid_years()[1]),
        "budgets/budget_book": ("fiscal_year", igs.index.max()),
        "budgets/defense_space": ("fiscal_year", last),
        "budgets/programme_figures": ("fiscal_year", max(year for year, _ in (*IGS_FIGURES, *MEXT_FIGURES))),
        "space_systems/satellites": ("launch_date", last),
    }
    return {name: rows.newer(name, column, int(end), used) for name, (column, end) in found.items()}


def answer(parameters: Parameters) -> Answer:
    """Reliance on supplementaries, execution and payments by project; the reconnaissance satellites' two
    budgets; money per satellite-year.
    """
    p = parameters
    wide = projects.by_stage(list(p.projects), p.first_year, p.last_year)
    wide["voted"] = projects.voted(wide)
    wide["shown"] = real(wide[p.stage], p)
    reliance, execution = projects.reliance(wide), projects.execution(wide)
    shown = wide["shown"].groupby(level="project_id").sum(min_count=1)
    paid = real(wide["paid"], p).groupby(level="project_id").sum(min_count=1)
    order = [name for name in p.projects if name in wide.index.get_level_values(0)]
    igs = projects.book("igs")
    added, share = (
        igs["supplementary"].dropna(),
        100 * igs["supplementary"] / (igs["initial"] + igs["supplementary"]),
    )
    share, spent, voted = share.dropna(), igs["paid"].dropna(), igs["initial"].dropna()
    costs, contract = projects.yearly_costs(), projects.constellation()
    reference = costs.set_index("system").loc[projects.RECONNAISSANCE]
    everything = projects.by_stage(["qzss", "two-wavelength-sensor"], *_years())["paid"].dropna()
    qzss, sensor = everything.loc["qzss"], everything.loc["two-wavelength-sensor"]
    grant = projects.book("jaxa-grant")
    closed = (grant["initial"] + grant["supplementary"] - grant["paid"]).dropna()
    unit = money.words("JPY", p.deflator, p.price_base_year)

    def by_project(series: pd.Series) -> dict[str, float]:
        return {name: float(series[name]) for name in order if name in series and not np.isnan(series[name])}

    results = {
        "supplementary_share_percent": Result(
            by_project(reliance["supplementary_share_percent"]),
            "percent",
            "supplementary share of all money voted, by project",
        ),
        "execution_percent": Result(
            by_project(execution["execution_percent"]),
            "percent",
            "share of the spendable money of each year that was paid in it, by project",
        ),
        "carried_percent": Result(
            by_project(execution["carried_percent"]),
            "percent",
            "share of the spendable money of each year carried to the next, by project",
        ),
        "paid_total": Result(by_project(paid), unit, "paid over the years, by project"),
        "shown_total": Result(by_project(shown), unit, f"{STAGES[p.stage]} over the years, by project"),
        "igs_initial_low": Result(
            igs["initial"].min(),
            "billion yen",
            f"smallest initial budget of the reconnaissance satellites {_span(voted)}",
        ),
        "igs_initial_high": Result(
            igs["initial"].max(),
            "billion yen",
            f"largest initial budget of the reconnaissance satellites {_span(voted)}",
        ),
        "igs_supplementary_first": Result(
            added.iloc[0],
            "billion yen",
            f"supplementary budget of the reconnaissance satellites, first year (FY{added.index[0]})",
        ),
        "igs_supplementary_last": Result(
            added.iloc[-1],
            "billion yen",
            f"supplementary budget of the reconnaissance satellites, last year (FY{added.index[-1]})",
        ),
        "igs_supplementary_share_first_percent": Result(
            share.iloc[0],
            "percent",
            f"supplementary share of the reconnaissance satellites' money, FY{share.index[0]}",
        ),
        "igs_supplementary_share_last_percent": Result(
            share.iloc[-1],
            "percent",
            f"supplementary share of the reconnaissance satellites' money, FY{share.index[-1]}",
        ),
        "igs_paid_first": Result(
            spent.iloc[0], "billion yen", f"paid for the reconnaissance satellites, FY{spent.index[0]}"
        ),
        "igs_paid_last": Result(
            spent.iloc[-1], "billion yen", f"paid for the reconnaissance satellites, FY{spent.index[-1]}"
        ),
        "qzss_paid_total": Result(qzss.sum(), "billion yen", f"paid for QZSS, {_span(qzss)}, project review"),
        "sensor_paid_total": Result(
            sensor.sum(),
            "billion yen",
            f"paid for the two-wavelength infrared sensor, {_span(sensor)}, project review",
        ),
        "jaxa_grant_gap": Result(
            closed.abs().max(),
            "billion yen",
            f"largest gap between initial plus supplementary and paid, JAXA operating grant {_span(closed)}",
        ),
        "constellation_contract": Result(
            contract["total"], "billion yen", "contract for the target-tracking constellation, tax included"
        ),
        "constellation_per_year": Result(
            contract["per_year"], "billion yen a year", "that contract spread evenly over its term"
        ),
        "igs_per_satellite_year": Result(
            [float(reference["low"]), float(reference["high"])],
            "billion yen",
            f"paid per imaging satellite and year {_span(spent)}, with and without the satellite of unknown"
            " state",
        ),
        "parity_satellites": Result(
            contract["per_year"] / reference["high"],
            "satellites",
            "constellation size at which a satellite-year costs what a reconnaissance satellite's does (low"
            " count)",
        ),
    }
    results |= {
        "project_names": Result(
            wide.groupby("project_id")["project"].first().astype(str).to_dict(), "names", "projects chosen"
        ),
        "first_full_year": Result(
            max(p.first_year, FIRST_FULL_YEAR),
            "fiscal year",
            "first year whose spendable money is known in full",
        ),
        "last_net_year": Result(
            projects.last_net_year(),
            "fiscal year",
            "last year whose sheets print spendable money net of carry-out",
        ),
        "igs_initial_years": Result(len(voted), "fiscal years", "years whose initial budget is known"),
        "igs_share_years": Result(
            [int(share.index[0]), int(share.index[-1])],
            "fiscal years",
            "first and last year with both initial and supplementary budget",
        ),
        "igs_paid_years": Result(
            [int(spent.index[0]), int(spent.index[-1])], "fiscal years", "first and last year with payments"
        ),
        **rows.loose_ends(newer(wide.reset_index(), igs, grant, costs), READ),
    }
    wide = wide.reset_index()
    return Answer(
        results,
        {
            "projects": wide,
            "reliance": reliance.loc[order].reset_index(),
            "execution": execution.loc[order].reset_index(),
            "igs": igs.reset_index(),
            "costs": costs,
            "constellation": pd.DataFrame([contract]),
        },
        p,
    )


def checks(answer: Answer) -> list[Check]:
    """Figures of the press and of ministries, held against the budget book and the project review."""
    known = tables.load("budgets/programme_figures").set_index("row_id")
    igs = answer.tables["igs"].set_index("fiscal_year")
    core = [
        projects.book(item)["initial"] for item in ("jaxa-grant", "jaxa-facilities", "space-core-technology")
    ]
    earth = projects.by_stage(["earth-observation-system"], *_years()).loc["earth-observation-system"]
    words = {
        "paid": "reconnaissance satellites paid, FY{}",
        "initial": "reconnaissance satellites, initial budget FY{}",
    }
    ours = {
        row: (words[stage].format(year), igs[stage].get(year, np.nan))
        for (year, stage), row in IGS_FIGURES.items()
    }
    ours |= {
        row: (
            f"MEXT space and aviation FY{year}, rebuilt from four items",
            sum(part.get(year, np.nan) for part in core) + earth[stage].get(year, np.nan),
        )
        for (year, stage), row in MEXT_FIGURES.items()
    }
    return [
        Check(
            what,
            float(amount),
            float(known.loc[row, "amount_bn_jpy"]),
            0.051,
            "billion yen",
            known.loc[row, "source_id"],
            known.loc[row, "locator"],
        )
        for row, (what, amount) in ours.items()
        if row in known.index and amount == amount  # neither side was withdrawn
    ]
