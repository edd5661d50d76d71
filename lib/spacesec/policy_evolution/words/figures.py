"""Figures of the question ``words``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.data import tables
from spacesec.drawing import figures, kinds
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution.words import words
from spacesec.policy_evolution.words.model import CRITICAL, SHOWN_WORDS
from spacesec.policy_evolution.words.model import METHOD as SOURCE


def _cited(answer: Answer) -> tuple[str, ...]:
    if answer.parameters.texts_dir is not None:
        return (SOURCE,)
    return (*figures.used(tables.load("policy_evolution/term_counts")), SOURCE)


@figures.house
def term_rates(answer: Answer) -> Picture:
    """Each term of the dictionary in each document: area for the rate, number for the count."""
    rows, labels = answer.tables["terms"], answer.tables["labels"].set_index("document")["label"]
    order = rows.groupby("term")["count"].sum().sort_values(ascending=False, kind="stable").index
    documents = list(labels.index)
    fig, ax = figures.canvas(width=12.5, height=max(4.6, 1.9 + 0.75 * len(documents)))
    place, tall = (
        {term: i for i, term in enumerate(order)},
        figures.narrow(),
    )  # on a phone the terms stand below one another
    for row in rows.itertuples():
        x, y = place[row.term], documents.index(row.document)
        x, y = (y, x) if tall else (x, y)
        if row.count:
            ax.scatter(
                [x], [y], s=42 * row.per_1000, color=COLOURS["sky"], edgecolor=COLOURS["blue"], linewidth=0.8
            )
        across = (
            42 * row.per_1000
        ) ** 0.5  # of the circle, in points; a number that does not fit stands above it
        ax.annotate(
            f"{row.count}" if row.count else "·",
            (x, y),
            xytext=(0, across / 2 + 6 if 0 < across < 13 else 0),
            textcoords="offset points",
            ha="center",
            va="center",
            size=9.5,
            color=TEXT["ink"] if row.count else COLOURS["grey"],
        )
        if "row_id" in rows:
            figures.mark_point(ax, x, y, row.Index)
    spelled = {"china": "China", "north-korea": "North Korea", "taiwan": "Taiwan", "defence": "defense"}
    shown = [spelled.get(term, term.replace("-", " ")) for term in order]
    tokens = rows.groupby("document")["tokens"].first()
    named = [f"{labels[name]} ({tokens[name]:,} words)" for name in documents]
    across, down = (named, shown) if tall else (shown, named)
    ax.set_xticks(range(len(across)), across, rotation=40, ha="right")
    ax.set_yticks(range(len(down)), down)
    ax.set(xlim=(-0.8, len(across) - 0.3), ylim=(len(down) - 0.4, -0.7))
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    data = rows.assign(label=rows["document"].map(labels), name=[shown[place[term]] for term in rows["term"]])
    return figures.picture(fig, "term_rates", words.term_rates(answer), data, _cited(answer), answer)


@figures.house
def key_words(answer: Answer) -> Picture:
    """Words that mark the target, and words it leaves to the others."""
    rows, labels = answer.tables["key_words"], answer.tables["labels"].set_index("document")["label"]
    name = labels[answer["target"]]
    fig, panels = figures.canvas(1, 2, width=12, height=5.6)
    sides = [
        (rows[rows["log_ratio"] > 0], COLOURS["blue"], f"more in {name}", "target"),
        (rows[rows["log_ratio"] < 0], COLOURS["vermilion"], "more in the others", "reference"),
    ]
    for ax, (part, colour, title, _) in zip(panels, sides, strict=True):
        part = part.head(SHOWN_WORDS)
        for y, row in enumerate(part.itertuples()):
            passes = row.p_adjusted < 0.05
            ax.barh(
                y,
                row.g2,
                0.7,
                facecolor=colour if passes else "white",
                edgecolor=colour,
                hatch=None if passes else "////",
                linewidth=0.9,
            )
            ax.text(row.g2, y, f"  {row.target} : {row.reference}", va="center", size=9.5)
        ax.set_yticks(range(len(part)), part["word"])
        ax.set(
            ylim=(max(len(part), 1) - 0.4, -0.6),
            xlabel="G2 (strength of evidence)",
            xlim=(0, 1.18 * max(part["g2"].max() if len(part) else 1, CRITICAL)),
        )
        ax.set_title(title, loc="left", fontsize=11.5)
        ax.grid(axis="y", visible=False)
    return figures.picture(fig, "key_words", words.key_words(answer), rows, _cited(answer), answer)


def _told(divergence: float, p: float) -> str:
    """A pair's divergence as a cell tells it, with the chance of one as great among shuffled words where that
    chance is no small one.
    """
    return f"{divergence:.2f}\np = {p:.2f}" if p >= words.SURE else f"{divergence:.2f}"


@figures.house
def distances(answer: Answer) -> Picture:
    """How far apart the documents are, word for word."""
    rows, labels = answer.tables["distances"], answer.tables["labels"].set_index("document")["label"]
    documents = [name for name in labels.index if name in set(rows["first"]) | set(rows["second"])]
    documents = documents[:14]  # more would not be legible
    grid = pd.DataFrame(np.nan, index=documents, columns=documents)
    marks = {}
    for row in rows.itertuples():
        if row.first in grid.index and row.second in grid.index:
            grid.loc[row.second, row.first] = row.divergence
            marks[row.second, row.first] = row.p
    fig, ax = figures.canvas(width=9.5, height=5.4)
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    cells = grid.iloc[1:, :-1]
    told = [
        [
            "" if np.isnan(cells.loc[one, other]) else _told(cells.loc[one, other], marks[one, other])
            for other in cells
        ]
        for one in cells.index
    ]
    shade = LinearSegmentedColormap.from_list("house", ["white", COLOURS["blue"]])
    kinds.heat(ax, cells, told, shade, 0, 1, 10)
    for y, x in np.argwhere(cells.to_numpy() <= cells.min(axis=None) + words.NEAR):
        ax.add_patch(
            Rectangle((x + 0.03, y + 0.03), 0.94, 0.94, fill=False, edgecolor=COLOURS["ink"], linewidth=1.6)
        )
    image = ax.collections[0]
    ax.set_xticklabels([labels[name] for name in documents[:-1]], rotation=25, ha="right")
    ax.set_yticklabels([labels[name] for name in documents[1:]], rotation=0)
    fig.colorbar(image, ax=ax, label="divergence (bits)", shrink=0.8)
    data = rows[rows["first"].isin(documents) & rows["second"].isin(documents)]
    data = data.assign(first_label=data["first"].map(labels), second_label=data["second"].map(labels))
    return figures.picture(fig, "distances", words.distances(answer), data, _cited(answer), answer)


@figures.house
def detectable(answer: Answer) -> Picture:
    """The smallest difference that each document could show, by how frequent a word is."""
    rows, labels = answer.tables["power"], answer.tables["labels"].set_index("document")["label"]
    looks = [
        ("blue", "o", "-"),
        ("vermilion", "s", "--"),
        ("green", "^", "-."),
        ("purple", "D", ":"),
        ("orange", "v", "-"),
    ]
    fig, ax = figures.canvas(width=10, height=5.2)
    shown = (
        rows.groupby("document", sort=False)["tokens"]
        .first()
        .sort_values(ascending=False, kind="stable")
        .index[:5]
    )
    for name, (colour, marker, line) in zip(shown, looks, strict=False):
        part = rows[(rows["document"] == name) & np.isfinite(rows["ratio"])]
        if part.empty:
            continue
        ax.plot(part["per_1000"], part["ratio"], color=COLOURS[colour], marker=marker, linestyle=line)
        ax.annotate(
            f"{labels[name]} ({part['tokens'].iloc[0]:,})",
            (part["per_1000"].iloc[0], part["ratio"].iloc[0]),
            xytext=(-9, 0),
            textcoords="offset points",
            color=TEXT[colour],
            size=10,
            ha="right",
            va="center",
        )
    ax.set(
        xscale="log",
        yscale="log",
        xlabel="frequency of the word in the other documents (per 1,000 words)",
        ylabel="smallest detectable ratio",
    )
    ax.set_xticks([0.5, 1, 2, 5, 10], ["0.5", "1", "2", "5", "10"])
    ax.set_yticks([1, 1.5, 2, 3, 5, 10, 20, 40], ["1", "1.5", "2", "3", "5", "10", "20", "40"])
    ax.minorticks_off()
    ax.set_xlim(0.16, 11)
    data = rows[rows["document"].isin(shown)].replace(np.inf, np.nan)
    return figures.picture(fig, "detectable", words.detectable(answer), data, _cited(answer), answer)


FIGURES = (term_rates, key_words, distances, detectable)
METHOD = (distances, detectable)
