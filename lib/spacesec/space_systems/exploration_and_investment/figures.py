"""Figures of the exploration question."""

import textwrap

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from spacesec.answers import Answer
from spacesec.data import extent
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.methods.statistics import kaplan_meier

LOOKS = {
    "met": (COLOURS["green"], "o"),
    "late": (COLOURS["orange"], "s"),
    "not met": (COLOURS["vermilion"], ">"),
    "failed": (COLOURS["vermilion"], "X"),
    "overtaken": (COLOURS["purple"], "D"),
    "open": (COLOURS["blue"], "o"),
}


WORDS = {
    "met": "met",
    "late": "done late",
    "not met": "window past, not done",
    "failed": "lost",
    "overtaken": "overtaken",
    "open": "open",
}


@figures.house
def ledger(answer: Answer) -> Picture:
    """Promised windows and what became of them, one row a promise."""
    table, p = answer.tables["ledger"].copy(), answer.parameters
    day = pd.Timestamp(p.as_of)
    table = table.sort_values(
        ["window_end", "promised_on"], ascending=False, kind="stable", na_position="first", ignore_index=True
    )
    fig, ax = figures.canvas(height=max(3.6, 1.6 + 0.29 * len(table)))
    for k, r in enumerate(table.itertuples()):
        colour, marker = LOOKS[r.outcome]
        if pd.notna(r.window_end):
            figures.mark(
                k,
                *ax.barh(
                    k,
                    max((r.window_end - r.window_start).days, 20),
                    0.5,
                    left=r.window_start,
                    facecolor="white",
                    edgecolor=COLOURS["ink"],
                    ls="--",
                    lw=1,
                ),
            )
        end = (
            r.actual_date
            if r.delivered
            else (
                r.ended_on
                if r.outcome in ("failed", "overtaken")
                else r.seen_on
                if r.outcome == "not met"
                else pd.NaT
            )
        )
        if pd.notna(end):
            if pd.notna(r.window_end) and end > r.window_end:
                figures.mark(
                    k,
                    *ax.plot(
                        [r.window_end, end],
                        [k, k],
                        color=colour,
                        lw=2.2,
                        ls="-" if r.delivered else ":",
                        zorder=1,
                    ),
                )
            figures.mark(k, *ax.plot(end, k, marker=marker, ms=8, color=colour, mec="white", mew=0.6, ls=""))
            if pd.isna(r.window_end):
                ax.annotate(
                    "no date promised",
                    (day, k),
                    xytext=(8, 0),
                    textcoords="offset points",
                    va="center",
                    size=10,
                    color=colour,
                )
        elif pd.isna(r.window_end):
            ax.annotate(
                "no date promised",
                (day, k),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                size=10,
                color=colour,
            )
            figures.mark(k, *ax.plot(day, k, marker=marker, ms=7, mfc="white", mec=colour, mew=1.4, ls=""))
        else:
            figures.mark(
                k,
                *ax.plot(
                    r.window_start + (r.window_end - r.window_start) / 2,
                    k,
                    marker=marker,
                    ms=6,
                    mfc="white",
                    mec=colour,
                    mew=1.4,
                    ls="",
                ),
            )
    ax.axvline(day, color=COLOURS["grey"], lw=1, ls=":", zorder=0)
    ax.set(
        yticks=range(len(table)),
        yticklabels=table["item"],
        ylim=(-0.7, len(table) - 0.3),
        xlim=_years(table, day),
    )
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    keys = [Patch(facecolor="white", edgecolor=COLOURS["ink"], ls="--", lw=1, label="promised")]
    keys += [
        Line2D(
            [],
            [],
            marker=LOOKS[s][1],
            ls="",
            ms=8 if s != "open" else 7,
            color=LOOKS[s][0],
            mfc="white" if s == "open" else LOOKS[s][0],
            mew=1.4 if s == "open" else 0.6,
            label=WORDS[s],
        )
        for s in LOOKS
        if (table["outcome"] == s).any()
    ]
    ax.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(-0.32, 1.0),
        ncols=7,
        columnspacing=1.2,
        handletextpad=0.5,
    )
    out = answer["outcomes"]
    title = (
        f"{out['met']} of {len(table)} promises met, {out['late']} late, {out['not met']} past their date,"
        f" {out['failed'] + out['overtaken']} lost or overtaken"
    )
    which = {
        "first": "the first plan counts",
        "latest": "the latest plan counts",
        "all": "every plan has its row",
    }[p.plans]
    return Picture(
        fig,
        "ledger",
        title,
        f"Promised window (dashed) and outcome on {day.day} {day:%B %Y} (dotted line); {which}",
        f"Kept: slipped by no more than {p.grace_months:g} in months. Overtaken: dropped by a partner's"
        " decision. Windows are as promised at the time, most of them in 2020.",
        f"Timeline of {len(table)} promises: most outcomes lie to the right of their promised windows.",
        table[
            [
                "row_id",
                "item",
                "commitment_class",
                "promised_on",
                "window_start",
                "window_end",
                "actual_date",
                "outcome",
            ]
        ],
        figures.used(table),
    )


def _years(table: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From before the first window of all plans to after the last event, the same for every choice of
    plans.
    """
    first = extent.years("space_systems/commitments", "window_start")[0]
    last = extent.years("space_systems/commitments", "window_end")[1]
    last = max(
        last, day.year, table["actual_date"].max().year if table["actual_date"].notna().any() else last
    )
    return pd.Timestamp(first - 1, 10, 1), pd.Timestamp(last + 1, 6, 1)


@figures.house
def slips(answer: Answer) -> Picture:
    """Share of promises not delivered by months after their window."""
    rows = answer.tables["ledger"]
    rows = rows[rows["slip_months"].notna()]
    fig, ax = figures.canvas(height=5.2)
    left, right = -30.0, max(68.0, float(rows["slip_months"].max()) + 2)
    parts = {
        "all": rows,
        "civil": rows[rows["commitment_class"] == "civil"],
        "with a security side": rows[rows["commitment_class"] != "civil"],
    }
    looks = {
        "all": (COLOURS["ink"], "-"),
        "civil": (COLOURS["blue"], "--"),
        "with a security side": (COLOURS["vermilion"], "-."),
    }
    data, labels = [], []
    for name, part in parts.items():
        if part.empty:
            continue
        steps = kaplan_meier(
            part["slip_months"].to_numpy(float), part["delivered"].to_numpy(bool), row_ids=part["row_id"]
        )
        for number, row in enumerate(steps.itertuples(), start=sum(map(len, data))):
            if left < row.time < right + 22:
                figures.mark_point(ax, row.time, 100 * row.survival, number)
        times, share = [left, *steps["time"]], [1.0, *steps["survival"]]
        ax.step(
            times,
            [100 * s for s in share],
            where="post",
            color=looks[name][0],
            ls=looks[name][1],
            lw=2 if name == "all" else 1.5,
        )
        if name == "all":
            ax.fill_between(
                [left, *steps["time"]],
                [100, *(100 * steps["low"])],
                [100, *(100 * steps["high"])],
                step="post",
                color=COLOURS["ink"],
                alpha=0.1,
                lw=0,
            )
            open_ = steps[steps["censored"] > 0]
            ax.plot(open_["time"], 100 * open_["survival"], ls="", marker="|", ms=10, color=COLOURS["ink"])
        x, level = min(times[-1], right) + 1.5, 100 * share[-1]
        while any(abs(level - y) < 5.5 and abs(x - other) < 26 for other, y in labels):
            level += 5.5
        labels.append((x, level))
        ax.annotate(
            f"{name} ({len(part)})",
            (x, level),
            color=looks[name][0],
            size=11,
            va="center",
            annotation_clip=False,
        )
        data.append(steps.assign(part=name))
    ax.axvline(0, color=COLOURS["grey"], lw=1, ls=":")
    ax.annotate("end of the promised window", (-0.8, 4), ha="right", size=10.5, color="#555b60")
    ax.set(
        xlim=(left, right + 22),
        ylim=(0, 103),
        xlabel="months after the end of the promised window",
        ylabel="promises not yet delivered, %",
    )
    ax.set_xticks(range(-24, int(right) - 7, 12))
    middle = answer["median_slip_months"]
    low, high = answer["median_slip_interval_months"]
    width = (
        ""
        if low != low
        else (
            f"; {low:.0f} to {high:.0f} are within the band"
            if high == high
            else f"; anything from {low:.0f} to never is within the band"
        )
    )
    after = answer["undelivered_after_24_percent"]
    title = (
        f"The median promise comes {middle:.0f} months after its date{width}"
        if middle == middle
        else (
            f"{after:.0f} % of the promises are not delivered two years after their date"
            if after == after
            else "No promise of this choice is two years past its date"
        )
    )
    return Picture(
        fig,
        "slips",
        title,
        "Kaplan-Meier share of dated promises not delivered, with 95 % band; ticks: not delivered by"
        f" {answer.parameters.as_of}",
        "Promises lost or overtaken count as undelivered to the end. Several promises hung on one new"
        " launcher, so they are not independent and the band is too narrow.",
        "Falling step curves that pass the end of the window near eighty percent and fall slowly for four"
        " years.",
        pd.concat(data, ignore_index=True)[
            ["part", "time", "at_risk", "events", "censored", "survival", "low", "high", "row_ids"]
        ],
        figures.used(rows),
    )


@figures.house
def barter(answer: Answer) -> Picture:
    """What Japan gives and what it gets, arrangement by arrangement."""
    table = answer.tables["exchange"]
    fig, ax = figures.canvas(height=6.0)
    y, ticks, edges = 0.0, [], []
    for _, part in table.groupby("arrangement", sort=False):
        label, deep = f"{part['agreement'].iloc[0]}, {part['date'].iloc[0]:%B %Y}", 0.0
        for side, x in (("Japan gives", 0.0), ("Japan gets", 1.0)):
            at = y
            for r in part[part["side"] == side].itertuples():
                lines = textwrap.wrap(r.item, 44)
                colour, marker = LOOKS[r.status]
                figures.mark(
                    r.Index,
                    *ax.plot(
                        x + 0.03,
                        at + 0.28,
                        marker=marker,
                        ms=8,
                        color=colour,
                        mfc="white" if r.status == "open" else colour,
                        mew=1.4,
                        ls="",
                    ),
                )
                ax.annotate(
                    "\n".join(lines),
                    (x + 0.065, at + 0.28 if len(lines) == 1 else at + 0.06),
                    va="center" if len(lines) == 1 else "top",
                    size=11,
                )
                at += 0.62 + 0.42 * (len(lines) - 1)
            deep = max(deep, at - y)
        ticks.append((y + deep / 2, label))
        y += deep + 0.3
        edges.append(y - 0.17)
    for edge in edges[:-1]:
        ax.axhline(edge, color=COLOURS["pale"], lw=1)
    ax.axvline(1.0, color=COLOURS["pale"], lw=1)
    ax.annotate("Japan gives", (0.03, -0.25), size=12, weight=600, va="bottom", annotation_clip=False)
    ax.annotate("Japan gets", (1.03, -0.25), size=12, weight=600, va="bottom", annotation_clip=False)
    ax.set(xlim=(0, 2), ylim=(y - 0.1, -0.15), xticks=[], yticks=[t for t, _ in ticks])
    ax.set_yticklabels([textwrap.fill(n, 16) for _, n in ticks])
    ax.grid(visible=False)
    ax.legend(
        handles=[
            Line2D(
                [],
                [],
                marker=LOOKS[s][1],
                ls="",
                ms=8,
                color=LOOKS[s][0],
                mfc="white" if s == "open" else LOOKS[s][0],
                mew=1.4,
                label=WORDS[s],
            )
            for s in sorted(table["status"].unique())
        ],
        loc="upper right",
        bbox_to_anchor=(1.0, -0.01),
        ncols=2,
    )
    gives, gets = answer["japan_gives"], answer["japan_gets"]
    return Picture(
        fig,
        "barter",
        f"{gives.get('overtaken', 0)} of {sum(gives.values())} things given and {gets.get('overtaken', 0)} of"
        f" {sum(gets.values())} to be got fell with the Gateway; the rover's seats are open",
        "What the arrangements say is given and got; the partner is the United States except for the last",
        "No source puts a value on any of these, so the sides cannot be weighed. What becomes of hardware"
        " already built for the Gateway was not found.",
        "Two columns of items: those of the Gateway arrangements are marked overtaken, those of the rover and"
        " the Indian lander open.",
        table[["row_id", "arrangement", "date", "side", "item", "domain", "status"]],
        figures.used(table),
    )


def _short(amount: float) -> str:
    return f"{amount:,.1f}".removesuffix(".0")


@figures.house
def money(answer: Answer) -> Picture:
    """Direct investment against the pledge, and the growth that doubling the industry needs."""
    table, stocks, paths, p = (
        answer.tables["investment"].set_index("row_id"),
        answer.tables["stocks"],
        answer.tables["paths"],
        answer.parameters,
    )
    fig, (ax, side) = figures.canvas(1, 2, height=5.2, gridspec_kw={"wspace": 0.28})
    other, pledge = answer.facts["other"], answer.facts["pledge"]
    looks = {"Japan": (-0.2, COLOURS["blue"]), other: (0.2, COLOURS["grey"])}
    stocks = stocks[stocks["investor"].isin(looks)]
    years = sorted(stocks["year"].unique())
    for r in stocks.itertuples():
        shift, colour = looks[r.investor]
        k = years.index(r.year) + shift
        figures.mark(table.index.get_loc(r.row_id), *ax.bar(k, r.value, 0.36, color=colour, hatch=""))
        ax.annotate(_short(r.value), (k, r.value), ha="center", va="bottom", size=10.5)
        if r.year == stocks.loc[stocks["investor"] == r.investor, "year"].min():
            ax.annotate(r.investor, (k, 30), ha="center", va="bottom", size=10.5, color="white", rotation=90)
    height = float(pledge["value"])
    figures.mark(
        table.index.get_loc(pledge["row_id"]), ax.axhline(height, color=COLOURS["vermilion"], ls="--")
    )
    ax.annotate(
        f"spoken of in {pledge['date']:%B %Y}", (-0.45, height + 22), color=COLOURS["vermilion"], size=10.5
    )
    ax.set(
        xticks=range(len(years)),
        xticklabels=[f"end of {year}" for year in years],
        ylim=(0, 1.15 * max(height, stocks["value"].max())),
        ylabel="billion dollars",
        xlim=(-0.5, len(years) - 0.5),
    )
    ax.set_title("Direct investment in the US")
    for (name, part), (colour, line) in zip(
        paths.groupby("count"), ((COLOURS["blue"], "-"), (COLOURS["orange"], "--"))
    ):
        row = part.iloc[0]
        side.plot(part["target_year"], part["growth_percent"], color=colour, ls=line, marker="o", ms=5)
        for point in part.itertuples():
            figures.mark_point(side, point.target_year, point.growth_percent, len(table) + point.Index)
        side.annotate(
            f"from {row['base_tn_jpy']:g} trillion yen in {row['base_year']}",
            (2029.3, 13.3) if name == "narrow" else (2028.1, 4.0),
            color=colour,
            size=10.5,
        )
    side.axvspan(2029.5, 2033.5, color=COLOURS["pale"], alpha=0.5, lw=0, zorder=0)
    side.annotate("early 2030s", (2031.5, 0.7), ha="center", size=10.5, color="#555b60")
    side.set(
        ylim=(0, max(16, 1.05 * paths["growth_percent"].max())),
        xlabel="year in which it has doubled",
        ylabel="growth needed, % a year",
    )
    side.set_title("Doubling the space industry")
    stock = answer["direct_investment_bn_usd"]
    lead = stock["japan"] - stock[other.lower()]
    leads = "leads" if lead > 0 else "trails in"
    bars = [" and ".join(map(_short, part["value"])) for _, part in stocks.groupby("year")]
    return Picture(
        fig,
        "money",
        f"Japan {leads} direct investment by {abs(lead):.1f} billion dollars; doubling in"
        f" {p.doubling_years:g} years takes {answer['doubling_growth_percent']:.1f} % a year",
        "Stocks at the year's end (left); steady growth that doubles the industry by a year, from two counts"
        " of different scope (right)",
        "The basis of ownership of 2023 is not stated, so the two years may not compare. The pledge was"
        " worded as a will to raise investment to one trillion. Start-up rankings and amounts of stakes were"
        " not found.",
        f"Bars of {', then '.join(bars)} billion dollars under a line at {height:,.0f}; falling curves of"
        " growth needed.",
        pd.concat(
            [
                table.reset_index()[["row_id", "measure", "investor", "date", "value", "unit"]],
                paths[["row_id", "count", "base_year", "target_year", "growth_percent"]],
            ],
            ignore_index=True,
        ),
        (*figures.used(table.reset_index()), *figures.used(paths)),
    )


FIGURES = (ledger, slips, barter, money)
