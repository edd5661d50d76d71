"""Money for strike and what supports it, a panel for each program: requests, budgets and contracts as the
ministry and the press give them, and payments of the project review. The two bases stand side by side and are
never added.
"""

import pandas as pd

from spacesec.answers import Check, Result
from spacesec.budgets import rows
from spacesec.data import tables

TABLE = "budgets/strike_support"
PANELS = {  # title -> how the items drawn in it begin
    "Type 12 missile, upgraded": ("type-12",),
    "Gliding projectile": ("glide-projectile",),
    "Hypersonic guided missile": ("hypersonic-missile",),
    "Tomahawk missiles": ("tomahawk",),
    "JSM, JASSM-ER and LRASM": ("joint-strike-missile", "jassm-lrasm"),
    "F-35A and F-35B fighters": ("f-35",),
    "Izumo-class ships for the F-35B": ("izumo-refit", "izumo-study"),
    "KC-46A tankers": ("kc-46a",),
    "Target-tracking constellation": ("target-constellation",),
}
SUMS = {"izumo-refit-total", "four-contracts"}  # of other rows
TOTAL = "stand-off-total"
STAGES = ("request", "initial", "contract", "paid")  # that are drawn
SHOWN = ["panel", "item", "label", "fiscal_year", "stage", "basis", "amount_bn_jpy", "row_id", "source_id"]
# Sums that a source prints, and the rows that make them: a contract day, a refit, one missile's two parts.
PRINTED = {
    "four missile contracts of April 2023 against the total announced": (
        "strike-four-contracts-2023-contract",
        [
            "strike-type-12-development-2023-contract",
            "strike-type-12-acquisition-2023-contract",
            "strike-glide-projectile-acquisition-2023-contract",
            "strike-submarine-missile-2023-contract",
        ],
    ),
    "refit of the Izumo class: drafts of FY2020-25 against the total printed": (
        "strike-izumo-refit-total-2025-initial",
        [f"strike-izumo-refit-{year}-initial" for year in range(2020, 2026)],
    ),
    "upgraded Type 12 missile FY2023: development and acquisition against another paper's sum": (
        "strike-type-12-2023-initial",
        ["strike-type-12-development-2023-initial", "strike-type-12-acquisition-2023-initial"],
    ),
}


def drawn() -> pd.DataFrame:
    """One mark a row: ``panel``, item, label, fiscal_year, stage, basis, amount_bn_jpy, row_id, source_id.

    Of the project review only payments are drawn; its budgets lie on the same places as they do.
    """
    own = rows.facts(TABLE).astype({"item": str, "stage": str, "basis": str})
    own = own[(own["basis"] != "project_review") | (own["stage"] == "paid")]
    space = rows.facts("budgets/defense_space").astype({"item": str, "stage": str, "basis": str})
    found = pd.concat([own[~own["item"].isin(SUMS)], space[space["item"] == "target-constellation"]])
    found = found[found["stage"].isin(STAGES)].astype({"fiscal_year": int, "label": str})
    found["panel"] = [_panel(item) for item in found["item"]]
    order = {panel: place for place, panel in enumerate(PANELS)}
    found = found[found["panel"] != ""].assign(order=lambda table: table["panel"].map(order))
    return found.sort_values(["order", "fiscal_year", "stage", "item"], ignore_index=True)[SHOWN]


def _panel(item: str) -> str:
    return next((panel for panel, begins in PANELS.items() if item.startswith(begins)), "")


def results() -> dict[str, Result]:
    """What the drafts of the budget put into stand-off defense, by year."""
    totals = rows.facts(TABLE).astype({"item": str, "stage": str, "fiscal_year": int})
    totals = totals[(totals["item"] == TOTAL) & (totals["stage"] == "initial")].sort_values("fiscal_year")
    years = [int(year) for year in totals["fiscal_year"]]
    amounts = totals["amount_bn_jpy"]
    return {
        "stand_off_initial": Result(
            {f"FY{year}": float(amount) for year, amount in zip(years, amounts)},
            "billion yen",
            "drafts of the initial budget for stand-off defense, as reported",
        ),
        "stand_off_years": Result(
            [years[0], years[-1]] if years else [],
            "fiscal years",
            "first and last year with a reported draft for stand-off defense",
        ),
    }


def checks() -> list[Check]:
    """Sums that a source prints, made again from the rows; none of a row that was withdrawn."""
    table = tables.load(TABLE).set_index("row_id")
    made = []
    for what, (total, parts) in PRINTED.items():
        if {total, *parts} <= set(table.index):
            row, ours = table.loc[total], float(table.loc[parts, "amount_bn_jpy"].sum())
            published = float(row["amount_bn_jpy"])
            made.append(Check(what, ours, published, 0.06, "billion yen", row["source_id"], row["locator"]))
    return made
