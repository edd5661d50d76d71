"""Money for strike and what supports it, a panel for each program: requests, budgets and contracts as the
ministry and the press give them, and payments of the project review. The two bases stand side by side and are
never added.
"""

import pandas as pd

from spacesec.answers import Answer, Check, Result
from spacesec.budgets import rows
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture

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
MARKS = {  # stage -> marker, colour, its face where it is hollow, words
    "request": ("D", "blue", "none", "request"),
    "initial": ("o", "blue", None, "draft of the initial budget"),
    "contract": ("s", "purple", None, "contract signed"),
    "paid": ("^", "vermilion", None, "paid (project review)"),
}
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
    found = found[found["stage"].isin(list(MARKS))].astype({"fiscal_year": int, "label": str})
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
            made.append(
                Check(
                    what, ours, published, 0.06, "billion yen", row["source_id"], row["locator"]
                )
            )
    return made


@figures.house
def strike_support(answer: Answer) -> Picture:
    """Nine programs, each with its own scale; a gray year is one for which nothing could be read."""
    from matplotlib.lines import Line2D

    from spacesec.budgets.defense_space import words

    data = answer.tables["strike"]
    first, last = _years(data)
    fig, panels = figures.canvas(3, 3, height=8.2, sharex=True)
    for ax, title in zip(panels.flat, PANELS):
        part = data[data["panel"] == title]
        for year in sorted(set(range(first, last + 1)) - set(part["fiscal_year"])):
            ax.axvspan(year - 0.5, year + 0.5, facecolor="#F0F1F2", lw=0)
        _program(ax, part)
        ax.set_title(title, size=12)
        ax.set(xlim=(first - 0.6, last + 0.6))
        ax.grid(axis="x", visible=False)
    ticks = list(range(last, first - 1, -3))[::-1]
    panels[-1][0].set_xticks(ticks, [f"FY{year}" for year in ticks], size=10.5)
    for ax in panels[:, 0]:
        ax.set_ylabel("billion yen")
    handles = [
        Line2D([], [], ls="", marker=m, ms=8, mfc=face or COLOURS[c], mec=COLOURS[c], mew=1.5, label=label)
        for m, c, face, label in MARKS.values()
    ]
    panels[-1][-1].legend(handles=handles, loc="center left", handletextpad=0.3, fontsize=10)
    used = figures.used(data) if len(data) else figures.used(tables.load(TABLE))
    return figures.picture(fig, "strike_support", words.strike_support(answer), data, used, answer)


def _years(data: pd.DataFrame) -> tuple[int, int]:
    """From the first year that is drawn to the last of the table, also where its row is not drawn."""
    known = tables.load(TABLE)["fiscal_year"]
    first = data["fiscal_year"].min() if len(data) else known.min()
    return int(first), int(max(known.max(), data["fiscal_year"].max() if len(data) else 0))


def _program(ax, part: pd.DataFrame) -> None:
    """The marks of one program and the amount of the largest."""
    top = float(part["amount_bn_jpy"].max()) if len(part) else 1.0
    for row in part.itertuples():
        marker, colour, face, _ = MARKS[row.stage]
        look = {"marker": marker, "mec": COLOURS[colour], "mfc": face or COLOURS[colour]}
        figures.mark(
            row.Index, *ax.plot(row.fiscal_year, row.amount_bn_jpy, ls="", ms=7, mew=1.4, **look)
        )
    ax.set_ylim(-0.06 * top, 1.32 * top)
    if len(part):
        largest = part.loc[part["amount_bn_jpy"].idxmax()]
        ax.annotate(
            f"{largest['amount_bn_jpy']:.4g}",
            (largest["fiscal_year"], largest["amount_bn_jpy"]),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            size=10.5,
        )
