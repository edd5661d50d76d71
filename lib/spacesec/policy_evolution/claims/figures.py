"""Figures of the claim ledger: the board tile by tile, shares by kind and theme, what decides, and other ways
of judging.
"""

import pandas as pd

from spacesec.answers import Answer
from spacesec.data import sources
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.policy_evolution.claims import words
from spacesec.policy_evolution.claims.model import DECIDED

# A verdict is told by fill, hatch and sign, never by colour alone.
LOOKS = {
    "supported": ("+", {"facecolor": COLOURS["blue"], "edgecolor": "white"}, "white"),
    "partly": ("±", {"facecolor": "#bfe0f5", "edgecolor": COLOURS["sky"], "hatch": "////"}, COLOURS["ink"]),
    "contested": ("≠", {"facecolor": COLOURS["orange"], "edgecolor": "white"}, COLOURS["ink"]),
    "contradicted": ("×", {"facecolor": COLOURS["vermilion"], "edgecolor": "white"}, "white"),
    "plan not kept": (
        "»",
        {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "hatch": "\\\\\\\\"},
        COLOURS["ink"],
    ),
    "open": ("…", {"facecolor": "white", "edgecolor": COLOURS["blue"], "linestyle": "--"}, COLOURS["blue"]),
    "unverified": ("?", {"facecolor": "white", "edgecolor": COLOURS["grey"], "linestyle": ":"}, "#555b60"),
    "not testable": ("–", {"facecolor": COLOURS["pale"], "edgecolor": "white"}, "#555b60"),
}


COLUMNS, ON_A_PHONE = 30, 15  # tiles in a row
KEY_ABOVE = 33  # points from a panel to the key over its title


KINDS = {
    "date": "dates",
    "number": "numbers",
    "comparative": "comparisons",
    "causal": "causes",
    "forecast": "forecasts",
    "text": "what a text says",
}


THEMES = {
    "policy_evolution": "policy evolution",
    "budgets": "budgets",
    "missile_warning": "missile warning",
    "regional_cooperation": "regional cooperation",
    "space_systems": "space systems",
}


def _cited(answer: Answer) -> tuple[str, ...]:
    behind = answer.tables["basis"]["source_id"].dropna()
    return tuple(
        dict.fromkeys(
            [
                *answer.tables["board"]["source_id"].unique(),
                *behind.value_counts().sort_index().sort_values(ascending=False, kind="stable").index,
            ]
        )
    )


def _legend(names: list[str], counts: dict[str, int] | None = None) -> list:
    from matplotlib.patches import Patch

    return [
        Patch(
            label=f"{LOOKS[name][0]} {name} {counts[name]}" if counts else name, linewidth=1, **LOOKS[name][1]
        )
        for name in names
    ]


@figures.house
def board(answer: Answer) -> Picture:
    """One tile a claim, by document, in the order of the verdicts."""
    from matplotlib.patches import Rectangle

    rows = answer.tables["board"]
    behind = (
        answer.tables["basis"]
        .dropna(subset="row_id")
        .groupby("claim_id")["row_id"]
        .agg(lambda ids: ";".join(dict.fromkeys(ids)))
    )
    counts = answer["verdicts"]
    fig, ax = figures.canvas(width=12, height=6.2)
    columns = ON_A_PHONE if figures.narrow() else COLUMNS
    place, marks, data = 0, [], []
    for source in rows["source_id"].unique():
        part = rows[rows["source_id"] == source].sort_values(["verdict", "claim_id"])
        marks.append((place, f"{sources.short(source)} ({len(part)})"))
        for i, claim in enumerate(part.itertuples()):
            column, line = i % columns, place + i // columns
            sign, look, ink = LOOKS[claim.verdict]
            figures.mark(
                len(data),
                ax.add_patch(Rectangle((column + 0.05, line + 0.05), 0.9, 0.9, linewidth=1, **look)),
            )
            ax.text(column + 0.5, line + 0.52, sign, ha="center", va="center", size=12, color=ink, weight=600)
            data.append(
                {
                    "claim_id": claim.claim_id,
                    "document": claim.document,
                    "kind": claim.kind,
                    "theme": claim.theme,
                    "verdict": claim.verdict,
                    "computed": claim.computed,
                    "column": column,
                    "row": line,
                    "row_id": claim.row_id,
                    "basis_row_ids": behind.get(claim.claim_id),
                }
            )
        place += -(-len(part) // columns)
        place += 0.55
    ax.set(xlim=(-0.2, columns + 0.2), ylim=(place, -0.3), xticks=[])
    ax.set_yticks([y + 0.5 for y, _ in marks], [name for _, name in marks], size=11.5)
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    names = [name for name in LOOKS if counts[name]]
    ax.legend(
        handles=_legend(names, counts),
        loc="lower left",
        bbox_to_anchor=(-0.2, 1.0),
        ncols=len(names),
        handlelength=1.1,
        handletextpad=0.4,
        columnspacing=1.0,
        fontsize=10.5,
        frameon=False,
    )
    return figures.picture(fig, "board", words.board(answer), pd.DataFrame(data), _cited(answer), answer)


def _stacked(ax, table: pd.DataFrame, names: dict[str, str], whole: pd.Series | None = None) -> None:
    """Horizontal bars of verdict counts, one bar a row, numbers inside where they fit.

    table: claims by row and verdict, drawn as counts, or in percent of ``whole``.
    """
    table = table.loc[[name for name in names if name in table.index]]
    sizes = table if whole is None else table.mul(100).div(whole.loc[table.index].replace(0, 1), axis=0)
    for place, (name, row) in enumerate(table.iterrows()):
        left = 0
        for verdict, n in row.items():
            if not n:
                continue
            _, look, ink = LOOKS[verdict]
            wide = sizes.loc[name, verdict]
            ax.barh(place, wide, 0.74, left=left, linewidth=0.8, **look)
            if wide >= 0.035 * sizes.sum(axis=1).max():
                ax.text(
                    left + wide / 2,
                    place,
                    f"{n}",
                    ha="center",
                    va="center",
                    size=10,
                    color=ink,
                    bbox=(
                        {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
                        if "hatch" in look
                        else None
                    ),
                )
            left += wide
    ax.set_yticks(range(len(table)), [names[name] for name in table.index])
    ax.set(ylim=(len(table) - 0.5, -0.5), xlabel="claims" if whole is None else "% of decided claims")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", visible=False)


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Decided claims by kind and by theme, a row a verdict: ``by``, ``value``, ``name``, ``verdict``,
    ``claims``, ``decided`` (all decided claims of the value) and ``all`` (with those that are not).
    """
    parts = []
    for column, names in (("kind", KINDS), ("theme", THEMES)):
        values = rows[column].astype(str)
        decided = rows[rows["verdict"].isin(DECIDED)]
        table = pd.crosstab(decided[column].astype(str), decided["verdict"].astype(str)).reindex(
            index=[name for name in names if (values == name).any()], columns=list(DECIDED), fill_value=0
        )
        long = table.rename_axis("value").reset_index().melt("value", var_name="verdict", value_name="claims")
        parts.append(
            long.assign(
                by=column,
                name=long["value"].map(names),
                decided=long["value"].map(table.sum(axis=1)),
                all=long["value"].map(values.value_counts()),
            )
        )
    columns = ["by", "value", "name", "verdict", "claims", "decided", "all"]
    return pd.concat(parts, ignore_index=True)[columns]


@figures.house
def by_kind_and_theme(answer: Answer) -> Picture:
    """Verdicts on decided claims by kind of claim and by theme."""
    from matplotlib.transforms import offset_copy

    data = shares(answer.tables["board"])
    fig, panels = figures.canvas(1, 2, width=12, height=5.2)
    for ax, column, title in ((panels[0], "kind", "by kind of claim"), (panels[1], "theme", "by theme")):
        part = data[data["by"] == column]
        table = part.pivot(index="value", columns="verdict", values="claims")[list(DECIDED)]
        rows = part.drop_duplicates("value").set_index("value")
        names = {value: f"{row['name']} ({row['decided']} of {row['all']})" for value, row in rows.iterrows()}
        _stacked(ax, table, names, rows["decided"])
        ax.set_title(f"\n\n{title}", loc="left", fontsize=11.5)  # the empty lines keep room for the key
        ax.set_xlim(0, 100)
    names = [name for name in DECIDED if answer["verdicts"][name]]
    key = panels[0].legend(
        handles=_legend(names),
        loc="lower left",
        bbox_to_anchor=(-0.25, 1.0),
        # In points above the panel: its height is what lines of the title leave.
        bbox_transform=offset_copy(panels[0].transAxes, fig, y=KEY_ABOVE, units="points"),
        borderaxespad=0,
        ncols=max(len(names), 1),
        handlelength=1.3,
        columnspacing=1.2,
        frameon=False,
    )
    key.set_in_layout(False)  # it reaches over both panels, which must not be pushed apart
    return figures.picture(
        fig, "by_kind_and_theme", words.by_kind_and_theme(answer), data, _cited(answer), answer
    )


@figures.house
def basis(answer: Answer) -> Picture:
    """Which tables decide, and how good their sources are."""
    rows = answer.tables["basis"]
    counts = rows.drop_duplicates(["claim_id", "table", "quality"]).assign(
        quality=lambda d: d["quality"].fillna("result")
    )
    best = counts.groupby("claim_id", as_index=False)["quality"].min().assign(table=words.ALL)
    whole, tables = (pd.crosstab(part["table"], part["quality"]) for part in (best, counts))
    order = tables.sum(axis=1).sort_values(ascending=False, kind="stable").head(14).index
    table = (
        pd.concat([whole, tables.loc[order]]).reindex(columns=["A", "B", "C", "result"]).fillna(0).astype(int)
    )
    order = table.index
    looks = {
        "A": {"color": COLOURS["blue"]},
        "B": {"color": COLOURS["sky"]},
        "C": {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "hatch": "////"},
        "result": {"color": COLOURS["green"]},
    }
    named = {
        "A": "official",
        "B": "named press, scholarly, catalog",
        "C": "repost, blog, encyclopedia",
        "result": "result of a run",
    }
    fig, ax = figures.canvas(width=11, height=5.8)
    for place, name in enumerate(order):
        left = 0
        for quality, look in looks.items():
            n = int(table.loc[name].get(quality, 0))
            ax.barh(place, n, 0.72, left=left, **look)
            left += n
        ax.annotate(f"{left}", (left, place), (3, 0), textcoords="offset points", va="center", size=10.5)
    ax.set_yticks(range(len(order)), [name.replace("_", " ") for name in order])
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(
        ylim=(len(order) - 0.5, -0.5),
        xlabel="claims decided, by the quality of the row's source (a claim may count twice)",
    )
    ax.grid(axis="y", visible=False)
    from matplotlib.patches import Patch
    from matplotlib.transforms import blended_transform_factory

    present = [q for q in looks if q in table.columns and table.loc[order, q].any()]
    ax.legend(
        handles=[Patch(label=named[q], **looks[q]) for q in present],
        loc="lower left",
        # From the figure's edge: how far right the panel begins hangs on the longest name of a table.
        bbox_to_anchor=(0.01, 1.0),
        bbox_transform=blended_transform_factory(fig.transFigure, ax.transAxes),
        ncols=len(present),
        handlelength=1.3,
        columnspacing=1.2,
        frameon=False,
    )
    heads = {"A": "official", "B": "press", "C": "repost"}
    data = table.rename(columns=heads).rename_axis("table").reset_index()
    return figures.picture(fig, "basis", words.basis(answer), data, _cited(answer), answer)


@figures.house
def judging(answer: Answer) -> Picture:
    """The board under stricter and looser ways of judging."""
    rows = answer.tables["judging"]
    table = (
        rows.pivot_table(index="way", columns="verdict", values="claims", sort=False, observed=False)
        .reindex(columns=list(LOOKS))
        .fillna(0)
        .astype(int)
    )
    fig, ax = figures.canvas(width=11, height=4.8)
    _stacked(ax, table, {name: name for name in table.index})
    names = [name for name in LOOKS if table[name].sum()]
    ax.legend(
        handles=_legend(names),
        loc="lower left",
        bbox_to_anchor=(-0.2, 1.0),
        ncols=len(names),
        handlelength=1.3,
        columnspacing=1.2,
        frameon=False,
    )
    return figures.picture(fig, "judging", words.judging(answer), rows, _cited(answer), answer)


FIGURES = (board, by_kind_and_theme, basis, judging)
METHOD = (basis, judging)
