"""Figures of the claim ledger: the board tile by tile, shares by kind and theme, what decides, and other ways
of judging.
"""

import pandas as pd

from spacesec.answers import Answer
from spacesec.data import sources
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.words.numerals import counted

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


COLUMNS = 30  # tiles in a row


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
        Patch(label=f"{name} {counts[name]}" if counts else name, linewidth=1, **LOOKS[name][1])
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
    place, marks, data = 0, [], []
    for source in rows["source_id"].unique():
        part = rows[rows["source_id"] == source].sort_values(["verdict", "claim_id"])
        marks.append((place, f"{sources.short(source)} ({len(part)})"))
        for i, claim in enumerate(part.itertuples()):
            column, line = i % COLUMNS, place + i // COLUMNS
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
        place += -(-len(part) // COLUMNS)
        place += 0.55
    ax.set(xlim=(-0.2, COLUMNS + 0.2), ylim=(place, -0.3), xticks=[])
    ax.set_yticks([y + 0.5 for y, _ in marks], [name for _, name in marks], size=11.5)
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    documents = rows["source_id"].nunique()
    whose = "the five documents" if documents == 5 else counted(documents, "document")
    hold = "holds" if counts["supported"] == 1 else "hold"
    names = [name for name in LOOKS if counts[name]]
    ax.legend(
        handles=_legend(names, counts),
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(names),
        handlelength=1.3,
        columnspacing=1.4,
        frameon=False,
    )
    return Picture(
        fig,
        "board",
        f"{counts['supported']} of {counted(answer['claims'], 'claim')}"
        f" {hold} on independent ground;"
        f" {counted(counts['contradicted'], 'does', 'do')} not, {counted(counts['contested'], 'is', 'are')}"
        " contested",
        f"One tile a claim of {whose}, by verdict: + supported, ± partly, ≠ contested, × contradicted, » plan"
        " not kept, … open, ? unverified, – not testable",
        "A verdict rests on rows or results independent of the document that makes the claim. Partly: one"
        " part holds, another fails or has no independent source.",
        f"Wall of {counted(answer['claims'], 'tile')} in blocks by document, each coloured and signed by its"
        " verdict.",
        pd.DataFrame(data),
        _cited(answer),
    )


def _stacked(ax, table: pd.DataFrame, names: dict[str, str]) -> None:
    """Horizontal bars of verdict counts, one bar a row, numbers inside where they fit."""
    table = table.loc[[name for name in names if name in table.index]]
    for place, (_, row) in enumerate(table.iterrows()):
        left = 0
        for verdict, n in row.items():
            if not n:
                continue
            _, look, ink = LOOKS[verdict]
            ax.barh(place, n, 0.74, left=left, linewidth=0.8, **look)
            if n >= 0.035 * table.sum(axis=1).max():
                ax.text(
                    left + n / 2,
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
            left += n
    ax.set_yticks(range(len(table)), [names[name] for name in table.index])
    ax.set(ylim=(len(table) - 0.5, -0.5), xlabel="claims")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", visible=False)


@figures.house
def by_kind_and_theme(answer: Answer) -> Picture:
    """Verdicts by kind of claim and by theme."""
    rows = answer.tables["board"]
    fig, panels = figures.canvas(1, 2, width=12, height=5.2)
    shares = {}
    for ax, column, names, title in (
        (panels[0], "kind", KINDS, "by kind of claim"),
        (panels[1], "theme", THEMES, "by theme"),
    ):
        table = pd.crosstab(rows[column].astype(str), rows["verdict"]).reindex(
            columns=list(LOOKS), fill_value=0
        )
        _stacked(ax, table, names)
        ax.set_title(f"\n\n{title}", loc="left", fontsize=11.5)  # the empty lines keep room for the key
        shares[column] = table
    names = [name for name in LOOKS if answer["verdicts"][name]]
    key = panels[0].legend(
        handles=_legend(names),
        loc="lower left",
        bbox_to_anchor=(-0.25 if "text" in shares["kind"].index else 0, 1.08),
        ncols=len(names),
        handlelength=1.3,
        columnspacing=1.2,
        frameon=False,
    )
    key.set_in_layout(False)  # it reaches over both panels, which must not be pushed apart
    kind = shares["kind"]
    supported = (kind["supported"] / kind.sum(axis=1) * 100).sort_values()
    best, worst = supported.index[-1], supported.index[0]
    every = "Every kind" if len(supported) > 1 else KINDS[best].capitalize()
    data = pd.concat(
        [
            table.stack()
            .rename("claims")
            .reset_index()
            .set_axis(["value", "verdict", "claims"], axis=1)
            .assign(by=column)
            for column, table in shares.items()
        ]
    )
    return Picture(
        fig,
        "by_kind_and_theme",
        (
            f"Supported most often: {KINDS[best]} ({supported.iloc[-1]:.0f} %); least often: {KINDS[worst]}"
            f" ({supported.iloc[0]:.0f} %)"
            if supported.nunique() > 1
            else f"{every}: {supported.iloc[0]:.0f} % supported"
        ),
        "Claims by verdict",
        "Numbers inside the bars are claims. What is open, unverified or not testable is not counted as"
        " false.",
        "Two panels of stacked bars: verdicts by kind of claim and by theme.",
        data[["by", "value", "verdict", "claims"]],
        _cited(answer),
    )


@figures.house
def basis(answer: Answer) -> Picture:
    """Which tables decide, and how good their sources are."""
    rows = answer.tables["basis"]
    counts = rows.drop_duplicates(["claim_id", "table", "quality"]).assign(
        quality=lambda d: d["quality"].fillna("result")
    )
    table = pd.crosstab(counts["table"], counts["quality"])
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").head(14).index
    looks = {
        "A": {"color": COLOURS["blue"]},
        "B": {"color": COLOURS["sky"]},
        "C": {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "hatch": "////"},
        "result": {"color": COLOURS["green"]},
    }
    words = {
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
        ax.text(left + 0.4, place, f"{left}", va="center", size=10.5)
    ax.set_yticks(range(len(order)), [name.replace("_", " ") for name in order])
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(
        ylim=(len(order) - 0.5, -0.5),
        xlabel="claims decided, by the quality of the row's source (a claim may count twice)",
    )
    ax.grid(axis="y", visible=False)
    from matplotlib.patches import Patch

    present = [q for q in looks if q in table.columns and table.loc[order, q].any()]
    ax.legend(handles=[Patch(label=words[q], **looks[q]) for q in present], loc="lower right", frameon=False)
    official = (
        100 * rows.loc[rows["quality"] == "A", "claim_id"].nunique() / max(rows["claim_id"].nunique(), 1)
    )
    return Picture(
        fig,
        "basis",
        f"{official:.0f} % of the decided claims rest at least in part on an official source",
        "Tables whose rows decide claims, with the quality of the sources",
        (
            "The fourteen tables that decide most claims."
            if len(order) == 14
            else "All tables that decide claims."
        ),
        f"Bars for {counted(len(order), 'table')} by number of claims decided, split by source quality.",
        table.loc[order].reset_index(),
        _cited(answer),
    )


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
    low, high = table["contradicted"].min(), table["contradicted"].max()
    contradicted = (
        f"{low} to {high} are contradicted, as one judges"
        if low < high
        else f"{counted(low, 'is', 'are')} contradicted, however one judges"
    )
    weak = (
        table.loc["as built", "supported"] - table.loc["no reposts or encyclopaedias", "supported"]
        if "no reposts or encyclopaedias" in table.index
        else 0
    )
    return Picture(
        fig,
        "judging",
        f"{counted(weak, 'supported claim leans', 'supported claims lean')} on reposts or encyclopedias;"
        f" {contradicted}",
        "Claims by verdict under other ways of judging",
        "Weaker sources struck out leave parts without a source; tolerances are those of the number and date"
        " rules. Argued verdicts stay as they are.",
        f"Stacked bars of verdicts for {len(table)} ways of judging.",
        rows,
        _cited(answer),
    )


FIGURES = (board, by_kind_and_theme, basis, judging)
