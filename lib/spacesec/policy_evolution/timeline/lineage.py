"""Pictures of descent: institutions that became others, documents that replaced others. Used by the question
``timeline``.
"""

import pandas as pd

from spacesec.answers import Answer
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture

# Height of each bar; the table holds the dates and who followed whom.
PLACES = {
    "institution-nal": 0,
    "institution-isas-tokyo": 1,
    "institution-isas": 1,
    "institution-nsdc": 2,
    "institution-nasda": 2,
    "institution-jaxa": 1,
    "institution-nsac": 3.6,
    "institution-sac": 3.6,
    "institution-cnsp": 3.6,
    "institution-shq": 5.2,
    "institution-onsp": 6.2,
    "institution-nsps": 6.2,
    "institution-dih": 7.8,
    "institution-nsc": 8.8,
    "institution-sos": 9.8,
    "institution-sog": 9.8,
    "institution-sow": 9.8,
    "institution-sdf-space-top": 9.8,
    "institution-joc": 10.8,
}
NAMES = {
    "institution-nal": "National Aerospace Laboratory",
    "institution-isas-tokyo": "University institute",
    "institution-isas": "ISAS",
    "institution-nsdc": "Center",
    "institution-nasda": "NASDA",
    "institution-jaxa": "JAXA",
    "institution-nsac": "Council",
    "institution-sac": "Space Activities Commission",
    "institution-cnsp": "Policy Committee",
    "institution-shq": "Strategic Headquarters",
    "institution-onsp": "Office",
    "institution-nsps": "Secretariat",
    "institution-dih": "Defense Intelligence Headquarters",
    "institution-nsc": "Security Council",
    "institution-joc": "Joint Operations Command",
}
GROUPS = (
    ("research and agency", 0, 2, "blue"),
    ("advice", 3.6, 3.6, "green"),
    ("cabinet", 5.2, 6.2, "purple"),
    ("defense", 7.8, 10.8, "vermilion"),
)
FAMILIES = (
    ("laws and readings", ("resolution", "legal reading", "law"), "grey"),
    ("Basic Plans", ("basic plan",), "blue"),
    ("roadmaps and strategy", ("roadmap", "plan"), "sky"),
    ("security strategies", ("security strategy",), "vermilion"),
    ("defense guidelines", ("defence guidelines",), "orange"),
    ("alliance texts", ("alliance",), "green"),
)
SHORT = {
    "document-diet-resolution-1969": "Diet resolution",
    "document-general-use-view-1985": "general-use view",
    "document-jaxa-law-2002": "JAXA Law",
    "document-jaxa-law-2012": "JAXA Law opened",
    "document-jaxa-law-2023": "JAXA fund",
    "document-basic-space-law-2008": "Basic Space Law",
    "document-space-activities-act-2016": "Activities Act",
    "document-space-resources-act-2021": "Resources Act",
    "document-fundamental-policy-1978": "Fundamental Policy",
    "document-nss-2013": "NSS 2013",
    "document-nss-2022": "NSS 2022",
    "document-space-security-initiative-2023": "Space Security\nInitiative",
    "document-space-domain-guidelines-2025": "Domain\nGuidelines",
    "document-mod-space-policy-2014": "ministry's\nspace policy",
    "document-space-technology-strategy-2024": "Technology Strategy",
}
BELOW = {
    "document-basic-space-law-2008",
    "document-space-activities-act-2016",
    "document-jaxa-law-2023",
    "document-mod-space-policy-2014",
    "document-space-security-initiative-2023",
    "document-space-technology-strategy-2024",
    "document-fundamental-policy-1978",
}


@figures.house
def institutions(answer: Answer) -> Picture:
    """Bars of bodies with the lines of descent; beside them the strength of the space unit."""
    bodies = answer.tables["institutions"].set_index("row_id")
    people = answer.tables["unit_strength"].sort_values("date")
    fig, (ax, ladder) = figures.canvas(1, 2, height=5.9, gridspec_kw={"width_ratios": [3.1, 1]})
    now = pd.Timestamp(tables.package()["as_of"])
    year = lambda date: date.year + (date.day_of_year - 1) / 365.25  # noqa: E731

    def colour_of(place):
        return COLOURS[next(c for _, low, high, c in GROUPS if low - 0.1 <= place <= high + 0.1)]

    bars = {}
    for identifier, place in PLACES.items():
        row = bodies.loc[identifier]
        if pd.isna(row["start_date"]) or row["status"] == "planned":
            continue
        end = row["end_date"] if pd.notna(row["end_date"]) else now
        left, right = year(row["start_date"]), year(end)
        colour = colour_of(place)
        bars[identifier] = ax.barh(
            place,
            right - left,
            0.62,
            left=left,
            color=colour,
            alpha=0.9,
            edgecolor="white",
            linewidth=1.2,
            zorder=2,
        )
        name = NAMES.get(identifier, "")
        if name:
            wide = (right - left) * 5.9 > len(name) * 4.5
            ax.text(
                left + 0.5 if wide else left - 0.5,
                place,
                f"{name}" if wide else f"{name} {row['start_date'].year}",
                ha="left" if wide else "right",
                va="center",
                size=9.8,
                color="white" if wide else COLOURS["ink"],
                zorder=3,
            )
        follower = row["successor_row_id"]
        if isinstance(follower, str) and PLACES.get(follower, place) != place:
            ax.plot(
                [right, right + 0.25, right + 0.25],
                [place, place, PLACES[follower]],
                color=colour,
                lw=1.6,
                zorder=1,
                solid_joinstyle="round",
            )
    ax.text(
        year(bodies.loc["institution-sos", "start_date"]) - 0.5,
        9.8,
        "space unit 2020: Squadron, Group, Wing",
        ha="right",
        va="center",
        size=9.8,
    )
    for name, low, _, colour in GROUPS:
        ax.text(
            1953.4,
            low - 0.62,
            name,
            ha="left",
            va="center",
            size=11,
            weight=600,
            color="#a2497a" if colour == "purple" else COLOURS[colour],
        )
    ax.set(xlim=(1953, 2027), ylim=(11.4, -1.1), yticks=[])
    ax.set_xticks(range(1960, 2027, 10))
    ax.grid(True, axis="x")
    ax.grid(False, axis="y")
    ax.spines["left"].set_visible(False)
    ladder.set_title("People in the space unit")
    # A plan that came true to the month and the number would lie under the report of it.
    people = (
        people.sort_values("status", kind="stable")
        .drop_duplicates(["date", "people"])
        .sort_values("date", kind="stable")
    )
    standing, planned = people[people["status"] == "reported"], people[people["status"] == "planned"]
    ladder.plot(
        standing["date"].map(year), standing["people"], color=COLOURS["vermilion"], marker="o", ms=7, lw=2
    )
    ladder.plot(
        planned["date"].map(year),
        planned["people"],
        ls="",
        marker="o",
        ms=8,
        mfc="white",
        mec=COLOURS["vermilion"],
        mew=1.6,
    )
    for row in standing.itertuples():
        # The number goes right and below where the mark of a plan stands on its left.
        taken = (
            (planned["date"] < row.date)
            & (planned["date"] > row.date - pd.DateOffset(years=1))
            & ((planned["people"] - row.people).abs() < 50)
        ).any()
        ladder.annotate(
            f"{row.people}",
            (year(row.date), row.people),
            xytext=(8, -9) if taken else (-7, 5),
            textcoords="offset points",
            ha="left" if taken else "right",
            size=10.5,
            color=COLOURS["vermilion"],
        )
    for row in planned.itertuples():
        last = row.date == people["date"].max()
        ladder.annotate(
            f"{row.people} planned",
            (year(row.date), row.people),
            xytext=(2, -15) if last else (-8, 4),
            textcoords="offset points",
            ha="center" if last else "right",
            size=10.5,
            color="#8a5a3c",
        )
    ladder.set(xlim=(2018.6, 2028), ylim=(0, 1000))
    ladder.set_xticks([2020, 2022, 2024, 2026])
    r = answer.results
    data = pd.concat(
        [answer.tables["institutions"].assign(table="institutions"), people.assign(table="unit_strength")],
        ignore_index=True,
    )
    for row in data.itertuples():
        if row.table == "unit_strength":
            figures.mark_point(ladder, year(row.date), row.people, row.Index)
        elif row.row_id in bars:
            figures.mark(row.Index, *bars[row.row_id])
    return Picture(
        fig,
        "institutions",
        f"Three bodies became one agency; a unit of {r['unit_first_people'].value} became one of"
        f" {r['unit_last_people'].value} in six years",
        "Bodies of Japan's space policy with what followed them, and the strength of the air force's space"
        " unit",
        "Lines show into which body an older one was merged. The Cabinet Satellite Intelligence Center is"
        " left out: no source read gives its first day. Hollow: planned strength.",
        f"Timeline bars of {len(PLACES)} bodies from 1955, three merging into JAXA in 2003, and a rising line"
        f" of people in the space unit from {r['unit_first_people'].value} to {r['unit_last_people'].value}.",
        data[
            [
                "table",
                "row_id",
                "name",
                "start_date",
                "end_date",
                "successor_row_id",
                "date",
                "people",
                "status",
                "source_id",
            ]
        ],
        (*figures.used(answer.tables["institutions"]), *figures.used(people)),
    )


@figures.house
def documents(answer: Answer) -> Picture:
    """Documents by line: what replaced what, and what stands under what."""
    papers = answer.tables["documents"].set_index("row_id")
    fig, ax = figures.canvas()
    # Time is stretched from 2008 on, where nine in ten documents stand; the break is drawn.
    place = lambda date: _stretched(date.year + (date.day_of_year - 1) / 365.25)  # noqa: E731
    lane = {kind: i for i, (_, kinds, _) in enumerate(FAMILIES) for kind in kinds}
    colour = {kind: COLOURS[c] for _, kinds, c in FAMILIES for kind in kinds}
    spot = {}
    for identifier, row in papers.iterrows():
        height = lane[row["family"]]
        spot[identifier] = (place(row["date"]), height)
    for identifier, row in papers.iterrows():
        x, y = spot[identifier]
        if isinstance(row["replaces_row_id"], str):
            a, b = spot[row["replaces_row_id"]]
            ax.plot([a, x], [b, y], color=colour[row["family"]], lw=2.4, zorder=2, alpha=0.85)
        if isinstance(row["under_row_id"], str) and spot[row["under_row_id"]][1] != y:
            a, b = spot[row["under_row_id"]]
            ax.annotate(
                "",
                (x, y),
                (a, b),
                arrowprops={"arrowstyle": "-", "color": "#9aa0a5", "lw": 0.7, "shrinkA": 4, "shrinkB": 4},
                zorder=1,
            )
    inside = {
        "basic plan": lambda row: row["edition"][0],
        "defence guidelines": lambda row: row["edition"][2:4],
        "alliance": lambda row: row["edition"][2:],
    }
    for identifier, row in papers.sort_values("date").iterrows():
        if identifier == "document-dbp-2022":
            continue  # same day as the strategy it carries out, whose mark stands for both
        x, y = spot[identifier]
        named = row["family"] in inside and row["edition"] not in ("forerunner", "2022 programme")
        figures.mark(
            papers.index.get_loc(identifier),
            *ax.plot(
                x,
                y,
                marker="o",
                ms=15 if named else 9 if row["family"] != "roadmap" else 7,
                color=colour[row["family"]],
                mec="white",
                mew=1.2,
                zorder=3,
            ),
        )
        if named:
            ax.text(
                x,
                y,
                inside[row["family"]](row),
                ha="center",
                va="center_baseline",
                size=9.2,
                weight=600,
                color="white",
                zorder=4,
            )
        elif SHORT.get(identifier):
            side = -1 if identifier in BELOW else 1
            ax.text(
                x,
                y - 0.17 * side,
                SHORT[identifier],
                ha="center",
                va="bottom" if side > 0 else "top",
                size=9.6,
                color="#333333",
                linespacing=0.95,
                zorder=4,
                bbox={
                    "boxstyle": "square,pad=0.08",
                    "facecolor": "white",
                    "edgecolor": "none",
                    "alpha": 0.85,
                },
            )
    ax.axvline(_stretched(2006.0), color="#8a8f94", lw=0.9, ls=(0, (2, 3)))
    ax.text(
        _stretched(2006.3),
        -0.95,
        "time stretched from 2006",
        size=9.2,
        ha="left",
        va="center",
        color="#6b7176",
        zorder=4,
    )
    ax.set_yticks(range(len(FAMILIES)), [name for name, _, _ in FAMILIES])
    for tick, (_, _, c) in zip(ax.get_yticklabels(), FAMILIES):
        tick.set_color({"grey": "#555b60", "orange": "#9c6c00", "sky": "#23719c"}.get(c, COLOURS[c]))
        tick.set_fontweight(600)
    ticks = [1970, 1980, 1990, 2000, *range(2008, 2027, 3)]
    ax.set_xticks([_stretched(t) for t in ticks], [str(t) for t in ticks])
    ax.set(xlim=(_stretched(1966), _stretched(2027.2)), ylim=(len(FAMILIES) - 0.4, -1.15))
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    r = answer.results
    gaps = ", ".join(f"{gap:.1f}" for gap in r["basic_plan_gap_years"].value)
    under = int((papers["under_row_id"].notna()).sum())
    law, strategy = (
        sum(root in _roots(papers, identifier) for identifier in papers.index)
        for root in ("document-basic-space-law-2008", "document-nss-2013")
    )
    return Picture(
        fig,
        "documents",
        f"Two roots: {law} documents hang on the space law of"
        f" {papers.loc['document-basic-space-law-2008', 'date'].year}, {strategy} on the security strategy of"
        f" {papers.loc['document-nss-2013', 'date'].year}",
        "Documents of Japan's space security by line; thick: replaced by, thin: stands under",
        f"Years between Basic Plans: {gaps}. {under} of {len(papers)} documents name another that they carry"
        " out. The plan of 1978 is drawn as forerunner; roadmaps not found in a source are missing.",
        f"Lineage chart of {len(papers)} documents in six lines from 1969 to 2025.",
        papers.reset_index()[
            [
                "row_id",
                "title",
                "title_ja",
                "family",
                "edition",
                "date",
                "date_precision",
                "replaces_row_id",
                "under_row_id",
                "evidence",
                "source_id",
            ]
        ],
        figures.used(answer.tables["documents"]),
    )


def _roots(papers: pd.DataFrame, identifier: str) -> set[str]:
    """All documents above this one, by replacement or by standing under it."""
    above, waiting = set(), [identifier]
    while waiting:
        row = papers.loc[waiting.pop()]
        for parent in (row["replaces_row_id"], row["under_row_id"]):
            if isinstance(parent, str) and parent not in above:
                above.add(parent)
                waiting.append(parent)
    return above


def _stretched(year: float) -> float:
    return year if year <= 2006 else 2006 + (year - 2006) * 4.0
