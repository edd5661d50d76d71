"""Figures of the question ``joint_or_independent``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.missile_warning.joint_or_independent import cost, prices
from spacesec.missile_warning.joint_or_independent.model import HOME, RULES
from spacesec.missile_warning.joint_or_independent.words import carried_prices, gdp_years, money

LIFE = "satellite life before replacement"  # the term on record that a parameter stands on

# What the tornado moves: name -> low and high end; None: ends from the parameters' own range.
UNITS = {
    "overlap of needs": "share",
    "unit price": "million USD",
    "Japan's need": "satellites",
    "non-recurring cost": "million USD",
    "satellite life": "years",
    "ground": "million USD",
    "integration premium": "share",
    "discount rate": "%",
    "growth of ground": "power",
}


@figures.house
def options(found: Answer) -> figures.Picture:
    rows, p = found.tables["options"].iloc[::-1].reset_index(drop=True), found.parameters
    figure, axes = figures.canvas()
    looks = {"own": ("vermilion", "s"), "joint": ("blue", "o"), "hosted": ("green", "^")}
    for i, row in enumerate(rows.itertuples()):
        colour, marker = looks.get(row.option.split()[0], ("purple", "D"))
        axes.plot(
            [row.musd_low / 1000, row.musd_high / 1000], [i, i], color=figures.COLOURS[colour], linewidth=3
        )
        axes.scatter([row.musd / 1000], [i], color=figures.COLOURS[colour], marker=marker, s=75, zorder=3)
        axes.annotate(
            f"{row.musd / 1000:.1f} bn USD, {row.bn_jpy:,.0f} bn yen",
            (row.musd_high / 1000, i),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=10.5,
        )
    axes.set(
        yticks=range(len(rows)),
        yticklabels=rows["option"],
        xlim=(0, float(rows["musd_high"].max()) / 1000 * 1.42),
        ylim=(-0.6, len(rows) - 0.4),
        xlabel=f"cost to Japan over {p.years} years, billion US dollars ({money(p)})",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    s, estimates = found["saving_percent"], prices.geostationary_estimates()
    entered = len(found.tables["prices"]) + len(estimates) + len(prices.sensor_price())
    title = (
        f"A share of a joint layer costs Japan {s[0]:.0f} % less than its own ({s[1]:.0f} to {s[2]:.0f} %)"
        if s[0] > 0
        else f"A share of a joint layer saves Japan nothing ({s[1]:.0f} to {s[2]:.0f} %)"
    )
    return figures.Picture(
        figure,
        "options",
        title,
        f"Median and 95 % range of {p.draws:,} draws; satellites needed: "
        + ", ".join(f"{c} {n}" for c, n in p.needs.items())
        + f"; {found['jpy_per_usd']:.0f} yen a dollar",
        "Options are not equal in what they see: geostationary satellites do not hold gliders in track,"
        " hosted payloads depend on their hosts. No capability is valued here. Geostationary: estimates of"
        f" {estimates['fiscal_year'].iloc[0]} as stated; hosted: the price Japan paid for one sensor (30 %"
        f" either way), the fee and half the non-recurring cost. {entered} of"
        f" {len(tables.load(prices.COSTS))} amounts on record enter so; launch and ground enter as the"
        " parameters say, the others are left out.",
        "Dots with ranges: "
        + ", ".join(
            f"{r.option} {r.musd / 1000:.1f} billion dollars" for r in found.tables["options"].itertuples()
        )
        + ".",
        found.tables["options"],
        (
            *figures.used(found.tables["prices"]),
            *figures.used(
                tables.load("missile_warning/programme_costs").query(
                    "series == 'own early-warning satellite' or series.str.startswith('two-wavelength') or"
                    " series.str.startswith('SDA launch') or series.str.startswith('SDA ground')"
                )
            ),
        ),
    )


@figures.house
def tornado_chart(found: Answer) -> figures.Picture:
    rows = found.tables["tornado"]
    order = list(dict.fromkeys(rows["driver"]))
    base = float(rows["base_percent"].iloc[0])
    figure, axes = figures.canvas()
    for i, driver in enumerate(order):
        part = rows[rows["driver"] == driver].set_index("end")
        for end, colour, hatch in (("low", "sky", None), ("high", "blue", "//")):
            x = part.loc[end, "saving_percent"]
            # An end that moves nothing is told on the side away from the other.
            left = x < base or (x == base and part["saving_percent"].max() > base)
            axes.barh(
                i,
                x - base,
                left=base,
                height=0.62,
                facecolor=figures.COLOURS[colour],
                edgecolor="white",
                hatch=hatch,
            )
            axes.annotate(
                (
                    cost.short(part.loc[end, "value"])
                    if driver != "partners' needs"
                    else f"x {part.loc[end, 'value']:g}"
                ),
                (x, i),
                xytext=(-5 if left else 5, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                va="center",
                fontsize=10.5,
            )
    axes.axvline(base, color=figures.COLOURS["ink"], linewidth=1.2)
    axes.axvline(0, color=figures.COLOURS["vermilion"], linewidth=1, linestyle="--")
    low, high = min(rows["saving_percent"].min(), 0), rows["saving_percent"].max()
    pad = 0.12 * (high - low)
    axes.set(
        yticks=range(len(order)),
        yticklabels=[f"{name}, {UNITS[name]}" if name in UNITS else name for name in order],
        ylim=(len(order) - 0.4, -0.6),
        xlim=(low - pad, high + pad),
        xlabel="Japan's saving against its own layer, %",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    worst = rows["saving_percent"].min()
    terms = tables.load("missile_warning/layer_terms")
    lives = terms[terms["term"].eq(LIFE)].sort_values("statement_date", kind="stable")
    life = "".join(
        f" Satellite life: {row.amount:g} {row.unit} as stated in {row.statement_date:%B %Y};"
        f" {len(terms) - 1} other terms on record do not enter."
        for row in lives.tail(1).itertuples()
    )
    title = (
        f"{order[0].capitalize()} and {order[1]} move Japan's saving most"
        if worst > 0
        else f"{order[0].capitalize()} decides whether Japan saves at all"
    )
    return figures.Picture(
        figure,
        "tornado",
        title,
        "Saving by Shapley share with one quantity at its low (plain) or high (hatched) end, the others in"
        " the middle; dashed: no saving",
        "Numbers at the bars are the ends used. One quantity moves at a time; the range of the result with"
        f" all moving at once is in the options figure.{life}",
        f"Tornado of {len(order)} drivers around {base:.0f} %; widest: {order[0]}.",
        rows,
        (*figures.used(found.tables["prices"]), *figures.used(tables.load("missile_warning/layer_terms"))),
    )


@figures.house
def learning(found: Answer) -> figures.Picture:
    contracts, fits, p = found.tables["prices"], found.tables["fits"], found.parameters
    later, first = prices.later_tranches(contracts)["nominal_musd"], prices.tranche_numbers(contracts)[0]
    known = prices.us_quarters().index.max() + pd.offsets.QuarterEnd()
    carried = carried_prices(found.facts["carried"], found.facts["prices_known_to"])
    figure, panels = figures.canvas(1, 2, sharey=True)
    last = int(contracts["fiscal_year"].max())
    units = float(contracts.loc[contracts["recipient"] != prices.SUM, "vendor_units"].max())
    for axes, basis, label in (
        (panels[0], "nominal", "dollars of the contract year"),
        (panels[1], "real", f"dollars of {last}"),
    ):
        single = contracts[contracts["recipient"] != prices.SUM]
        for row in single.itertuples():
            figures.mark_point(axes, float(row.vendor_units), getattr(row, f"{basis}_musd"), row.Index)
        for recipient, part in single.groupby("recipient", sort=False, observed=True):
            main = recipient == "L3Harris"
            axes.plot(
                part["vendor_units"].astype(float),
                part[f"{basis}_musd"],
                marker="o" if main else "s",
                linestyle="-" if main else ":",
                linewidth=2 if main else 1,
                color=figures.COLOURS["blue" if main else "grey"],
                markersize=7.5 if main else 6,
            )
            where = (part["vendor_units"].astype(float).iloc[-1], part[f"{basis}_musd"].iloc[-1])
            axes.annotate(
                recipient,
                where,
                xytext=(7, -14 if recipient == "Sierra Space" else -3),
                textcoords="offset points",
                fontsize=10,
                color=figures.COLOURS["blue" if main else "ink"],
            )
        fit = fits[(fits["series"] == "L3Harris") & (fits["basis"] == basis)].iloc[0]
        own = contracts[contracts["recipient"] == "L3Harris"]
        x = np.geomspace(3.5, max(60.0, 1.1 * float(own["vendor_units"].max())), 30)
        centre = (
            np.log2(own[f"{basis}_musd"]).mean()
            - fit["exponent"] * np.log2(own["vendor_units"].astype(float)).mean()
        )
        axes.plot(
            x,
            2 ** (centre + fit["exponent"] * np.log2(x)),
            color=figures.COLOURS["vermilion"],
            linewidth=1.6,
            linestyle="--",
        )
        axes.set_title(
            f"{label}: ratio {fit['ratio']:.3f} ({fit['low']:.2f} to {fit['high']:.2f})", fontsize=12
        )
        axes.set(
            xscale="log",
            xlim=(3.2, max(150.0, 2.2 * units)),
            ylim=(0, float(contracts[["nominal_musd", "real_musd"]].max().max()) * 1.12),
            xlabel="satellites the vendor had sold to the layer (logarithmic)",
            xticks=[4 * 2**k for k in range(16) if 4 * 2**k <= max(64, units)],
        )
        axes.xaxis.set_major_formatter(lambda v, _: f"{v:g}")
        axes.xaxis.set_minor_locator(__import__("matplotlib.ticker", fromlist=["NullLocator"]).NullLocator())
    panels[0].set_ylabel("contract price a satellite, million USD")
    nominal, real = (
        fits[(fits["series"] == "L3Harris") & (fits["basis"] == b)].iloc[0] for b in ("nominal", "real")
    )
    points = int(nominal["points"])
    said = [cost.learned(*fit[["ratio", "low", "high"]]) for fit in (nominal, real)]
    title = (
        f"Observed prices: {said[0]} in nominal dollars, {said[1]} in real ones"
        if said[0] != said[1]
        else f"Observed prices: {said[0]}, in nominal as in real dollars"
    )
    return figures.Picture(
        figure,
        "learning",
        title,
        "Tracking Layer price a satellite against the vendor's cumulative satellites; dashed: fit to"
        " L3Harris; ratio: price per doubling",
        f"{points} points leave {points - 2} degrees of freedom. Contracts mix design, satellites, ground"
        " and incentives and differ in payload; the fit describes prices and is no unit cost. Deflated by"
        f" the US GDP deflator, known to {known:%B %Y}. A ratio below {nominal['low']:.2f} is rejected in"
        f" nominal dollars. Contracts since Tranche {first} ran from {later.min():.0f} to {later.max():.0f}"
        f" million a satellite, the draws from {p.unit_price_musd_low:.0f} to"
        f" {p.unit_price_musd_high:.0f}.{carried}",
        "Two scatter plots of prices with L3Harris joined and fitted, nominal and real.",
        contracts,
        (
            *figures.used(contracts),
            *figures.used(tables.load("budgets/gdp").query("country == 'United States'")),
        ),
    )


@figures.house
def who_pays(found: Answer) -> figures.Picture:
    rows, corners, p = found.tables["shares"], found.tables["corners"], found.parameters
    marks = {
        "shapley": ("o", "blue"),
        "airport": ("s", "green"),
        "nucleolus": ("^", "purple"),
        "gdp": ("X", "vermilion"),
    }
    countries = list(p.needs)
    if len(countries) != 3:
        figure, axes = figures.canvas()
        wide = rows.pivot(index="country", columns="rule", values="percent").loc[countries]
        for j, (rule, (marker, colour)) in enumerate(marks.items()):
            axes.scatter(
                np.arange(len(countries)) + 0.12 * (j - 1.5),
                wide[rule],
                marker=marker,
                s=90,
                color=figures.COLOURS[colour],
                label=RULES[rule],
            )
        axes.set(
            xticks=range(len(countries)),
            xticklabels=countries,
            ylabel="% of the joint cost",
            ylim=(0, float(rows["percent"].max()) * 1.15),
        )
        axes.legend(loc="upper right")
    else:
        figure, axes = figures.canvas(height=6.6)
        right, top, left = (
            countries[0],
            max((c for c in countries[1:]), key=lambda c: p.needs[c]),
            min((c for c in countries[1:]), key=lambda c: p.needs[c]),
        )

        def place(t):
            return (
                np.asarray(t[right], float) / 100 + np.asarray(t[top], float) / 200,
                np.asarray(t[top], float) / 100 * np.sqrt(3) / 2,
            )

        axes.plot([0, 1, 0.5, 0], [0, 0, np.sqrt(3) / 2, 0], color=figures.COLOURS["grey"], linewidth=1.2)
        for level in (20, 40, 60, 80):
            for a, b, c in ((right, top, left), (top, left, right), (left, right, top)):
                x, y = place({a: [level, level], b: [100 - level, 0], c: [0, 100 - level]})
                axes.plot(x, y, color=figures.COLOURS["pale"], linewidth=0.7, zorder=0)
            x, y = place({right: level, top: 0, left: 100 - level})
            axes.annotate(
                f"{level}",
                (x, y),
                xytext=(0, -5),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=10,
                color="#555b60",
            )
            x, y = place({right: 100 - level, top: level, left: 0})
            axes.annotate(
                f"{level}",
                (x, y),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                fontsize=10,
                color="#555b60",
            )
        if len(corners):
            x, y = place(corners)
            axes.fill(
                x,
                y,
                facecolor=figures.COLOURS["sky"],
                alpha=0.35,
                edgecolor=figures.COLOURS["blue"],
                linewidth=1,
                hatch="..",
                zorder=1,
            )
        names = {"JPN": "Japan", "USA": "United States", "KOR": "South Korea"}
        for country, spot, va in (
            (left, (0, 0), "top"),
            (right, (1, 0), "top"),
            (top, (0.5, np.sqrt(3) / 2), "bottom"),
        ):
            axes.annotate(
                f"{names.get(country, country)} pays all",
                spot,
                xytext=(0, 6 if va == "bottom" else -18),
                textcoords="offset points",
                ha="center",
                va=va,
                fontweight=600,
            )
        for i, (rule, (marker, colour)) in enumerate(marks.items()):
            own = rows[rows["rule"] == rule].set_index("country")["percent"]
            x, y = place(own)
            axes.scatter(
                [x], [y], marker=marker, s=110, color=figures.COLOURS[colour], edgecolors="white", zorder=4
            )
            axes.scatter(
                [0.93], [0.83 - 0.075 * i], marker=marker, s=90, color=figures.COLOURS[colour], clip_on=False
            )
            axes.annotate(
                f"{RULES[rule]}: " + ", ".join(f"{c} {own[c]:.0f}" for c in countries),
                (0.95, 0.83 - 0.075 * i),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                fontsize=11,
                annotation_clip=False,
            )
        axes.annotate(
            (
                "dotted: the core, where no group\npays more than its own layer"
                if len(corners)
                else "the core is empty"
            ),
            (0.93, 0.83 - 0.075 * 4.3),
            fontsize=11,
            va="top",
            color="#555b60",
            annotation_clip=False,
        )
        axes.set(xlim=(-0.28, 1.62), ylim=(-0.13, 0.98), aspect="equal")
        axes.set_axis_off()
    inside = ", ".join(RULES[i] for i in found["rules_in_core"]) or "none"
    on_record = len(tables.load("missile_warning/partner_gdp"))
    home = rows[rows["country"] == HOME].set_index("rule")["percent"]
    title = f"Japan's fair share runs from {home.min():.0f} to {home.max():.0f} % of the joint cost, by rule"
    return figures.Picture(
        figure,
        "who_pays",
        title,
        f"Share of the joint layer's mean cost, %; in the core: {inside}",
        "A point is a split of the whole cost; read Japan on the base, the partner at the top on the right"
        " edge. The core is drawn at mean costs; each country's own layer bounds what it would accept. GDP of"
        f" {gdp_years(found.facts['economies'])}, {len(countries)} of {on_record} figures on record.",
        "Shares by rule: "
        + "; ".join(
            f"{RULES[rule]} "
            + ", ".join(
                f"{c} {rows[(rows['rule'] == rule) & (rows['country'] == c)]['percent'].iloc[0]:.0f} %"
                for c in countries
            )
            for rule in marks
        )
        + ".",
        rows,
        (*figures.used(found.tables["prices"]), *figures.used(found.tables["economies"])),
    )


@figures.house
def abandonment(found: Answer) -> figures.Picture:
    rows, p = found.tables["risk"], found.parameters
    limit = found["abandonment_probability_break_even"]
    figure, axes = figures.canvas()
    axes.fill_between(
        rows["risk"], rows["low"], rows["high"], color=figures.COLOURS["blue"], alpha=0.18, linewidth=0
    )
    axes.plot(rows["risk"], rows["relative_cost"], color=figures.COLOURS["blue"])
    axes.axhline(1, color=figures.COLOURS["vermilion"], linewidth=1.6, linestyle="--")
    axes.annotate(
        "own layer",
        (0.99, 1),
        xytext=(0, -6),
        textcoords="offset points",
        ha="right",
        va="top",
        color=figures.COLOURS["vermilion"],
        fontweight=600,
    )
    axes.annotate(
        "joint layer, expected",
        (0.16, float(np.interp(0.16, rows["risk"], rows["low"]))),
        xytext=(8, -10),
        textcoords="offset points",
        va="top",
        color=figures.COLOURS["blue"],
        fontweight=600,
    )
    axes.axvspan(limit[1], limit[2], color=figures.COLOURS["pale"], alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(limit[0], color=figures.COLOURS["ink"], linewidth=1.2)
    axes.annotate(
        f"break-even {limit[0]:.2f}\n({limit[1]:.2f} to {limit[2]:.2f})",
        (limit[0], float(rows["high"].max())),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="top",
    )
    axes.scatter(
        [p.abandonment_probability],
        [float(np.interp(p.abandonment_probability, rows["risk"], rows["relative_cost"]))],
        color=figures.COLOURS["ink"],
        s=60,
        zorder=4,
    )
    axes.annotate(
        f"chosen: {p.abandonment_probability:g}",
        (
            p.abandonment_probability,
            float(np.interp(p.abandonment_probability, rows["risk"], rows["relative_cost"])),
        ),
        xytext=(-2, 12),
        textcoords="offset points",
        fontsize=10.5,
        ha="center",
    )
    axes.set(
        xlim=(0, 1),
        ylim=(0, float(rows["high"].max()) * 1.05),
        xlabel="chance of being let down after paying",
        ylabel="expected cost over own layer",
    )
    title = (
        f"Joining pays as long as the chance of being let down stays below about {limit[0]:.2f}"
        if 0 < limit[0] < 1
        else "No chance of being let down changes the choice"
    )
    return figures.Picture(
        figure,
        "abandonment",
        title,
        f"Expected cost to Japan of joining, over its own layer; lost then: {100 * p.sunk_share:.0f} % of the"
        f" share, rebuilding {100 * p.rebuild_premium:.0f} % dearer",
        "Money only: the months without warning while rebuilding are not priced, so the true break-even lies"
        " lower. Grey: 95 % range of the break-even over the draws.",
        f"Rising line of expected cost that crosses the own layer at {limit[0]:.2f}.",
        rows,
        figures.used(found.tables["prices"]),
    )


FIGURES = (options, tornado_chart, learning, who_pays, abandonment)
