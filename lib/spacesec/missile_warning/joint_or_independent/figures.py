"""Figures of the question ``joint_or_independent``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.data import tables
from spacesec.drawing import amounts, figures
from spacesec.missile_warning.joint_or_independent import cost, prices, words
from spacesec.missile_warning.joint_or_independent.model import RULES
from spacesec.words import forms, language
from spacesec.words.sentences import of_answer

SHAPLEY = "joint layer, Shapley value"  # the option that the title speaks of

COUNTRIES = {"JPN": "Japan", "USA": "United States", "KOR": "South Korea", "AUS": "Australia", "IND": "India"}
HATCHES = (None, None, "//", "..", "\\\\")  # of countries in the order of the needs

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
    saving = found["saving_percent"][0]
    with language.speaking(language.ENGLISH):  # a part of the axis's name, which is translated whole
        money = words.MONEY.tell(of_answer(found.results, p))[0]
    years = "one year" if p.years == 1 else f"{p.years} years"
    looks = {"own": ("vermilion", "s"), "joint": ("blue", "o"), "hosted": ("green", "^")}
    for i, row in enumerate(rows.itertuples()):
        colour, marker = looks.get(row.option.split()[0], ("purple", "D"))
        axes.plot(
            [row.musd_low / 1000, row.musd_high / 1000], [i, i], color=figures.COLOURS[colour], linewidth=3
        )
        axes.scatter([row.musd / 1000], [i], color=figures.COLOURS[colour], marker=marker, s=75, zorder=3)
        axes.annotate(
            f"{row.musd / 1000:.1f} bn USD, {row.bn_jpy:,.0f} bn yen"
            + (f": {forms.percent(saving)} less" if row.option == SHAPLEY and saving > 0 else ""),
            (row.musd_high / 1000, i),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=10.5,
        )
    axes.set(
        yticks=range(len(rows)),
        yticklabels=rows["option"],
        xlim=(0, float(rows["musd_high"].max()) / 1000 * 1.5),
        ylim=(-0.6, len(rows) - 0.4),
        xlabel=f"cost to Japan over {years}, billion US dollars ({money})",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    costs = tables.load(prices.COSTS).query(
        "series == 'own early-warning satellite' or series.str.startswith('two-wavelength') or"
        " series.str.startswith('SDA launch') or series.str.startswith('SDA ground')"
    )
    sources = (*figures.used(found.tables["prices"]), *figures.used(costs))
    return figures.picture(figure, "options", words.options(), found.tables["options"], sources, found)


@figures.house
def tornado_chart(found: Answer) -> figures.Picture:
    rows = found.tables["tornado"]
    order = list(dict.fromkeys(rows["driver"]))
    base = float(rows["base_percent"].iloc[0])
    figure, axes = figures.canvas()
    for i, driver in enumerate(order):
        part = rows[rows["driver"] == driver].set_index("end")
        ends = part["saving_percent"]
        for end, colour, hatch in (("low", "sky", None), ("high", "blue", "//")):
            axes.barh(
                i,
                ends[end] - base,
                left=base,
                height=0.62,
                facecolor=figures.COLOURS[colour],
                edgecolor="white",
                hatch=hatch,
            )
        low_first = ends["low"] <= ends["high"]
        shown = {
            end: f"x {value:g}"
            if driver == "partners' needs"
            else amounts.short(cost.short(value), UNITS.get(driver, ""))
            for end, value in part["value"].items()
        }
        first, last = ("low", "high") if low_first else ("high", "low")
        # Two ends on one side share a label beyond the farther one.
        both = f"{shown[first]}, {shown[last]}"
        labels = [(first, shown[first], True), (last, shown[last], False)]
        if ends.min() > base:
            labels = [(last, both, False)]
        elif ends.max() < base:
            labels = [(first, both, True)]
        for end, text, left in labels:
            axes.annotate(
                text,
                (ends[end], i),
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
    sources = (
        *figures.used(found.tables["prices"]),
        *figures.used(tables.load("missile_warning/layer_terms")),
    )
    return figures.picture(figure, "tornado", words.tornado(), rows, sources, found)


@figures.house
def learning(found: Answer) -> figures.Picture:
    from matplotlib.ticker import NullLocator

    contracts, fits = found.tables["prices"], found.tables["fits"]
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
                zorder=3 if main else 4,  # the smaller square stays in sight on the dot
            )
            where = (part["vendor_units"].astype(float).iloc[-1], part[f"{basis}_musd"].iloc[-1])
            axes.annotate(
                recipient,
                where,
                xytext=(7, {"Sierra Space": -14, "Rocket Lab": 3}.get(recipient, -3)),
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
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_locator(NullLocator())
    panels[0].set_ylabel("contract price a satellite, million USD")
    data = pd.concat(
        [
            contracts.assign(
                part="contract", later=contracts.index.isin(prices.later_tranches(contracts).index)
            ),
            fits[fits["series"].eq("L3Harris")].assign(part="fit"),
        ],
        ignore_index=True,
    )
    sources = (
        *figures.used(contracts),
        *figures.used(tables.load("budgets/gdp").query("country == 'United States'")),
    )
    return figures.picture(figure, "learning", words.learning(), data, sources, found)


@figures.house
def who_pays(found: Answer) -> figures.Picture:
    rows = found.tables["shares"]
    stable = set(found["rules_in_core"])
    rows = rows.assign(rule_name=rows["rule"].map(RULES), in_core=rows["rule"].isin(stable))
    wide = rows.pivot(index="rule", columns="country", values="percent").loc[
        list(RULES), list(found.parameters.needs)
    ]
    figure, axes = figures.canvas(height=4.6)
    start = np.zeros(len(wide))
    for (country, own), hatch in zip(wide.items(), HATCHES):
        colour = figures.KEPT.get(COUNTRIES.get(country, ""), "purple")
        axes.barh(
            range(len(wide)),
            own,
            left=start,
            height=0.6,
            facecolor=figures.COLOURS[colour],
            edgecolor="white",
            hatch=hatch,
            label=country,
        )
        for i, (left, size) in enumerate(zip(start, own)):
            if size > 3:
                axes.text(
                    left + size / 2,
                    i,
                    forms.number(float(size)),
                    ha="center",
                    va="center",
                    color="white" if colour == "blue" else figures.COLOURS["ink"],
                    bbox=(
                        None if colour == "blue" else {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
                    ),
                )
        start = start + own.to_numpy()
    verdicts = {True: "stable", False: "not stable"}
    axes.set(
        yticks=range(len(wide)),
        yticklabels=[f"{RULES[rule]}\n({verdicts[rule in stable]})" for rule in wide.index],
        ylim=(len(wide) - 0.5, -0.5),
        xlim=(0, 100.5),
        xlabel="% of the joint cost",
    )
    axes.grid(False, axis="y")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=len(wide.columns))
    sources = (*figures.used(found.tables["prices"]), *figures.used(found.tables["economies"]))
    return figures.picture(figure, "who_pays", words.who_pays(), rows, sources, found)


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
        color=figures.TEXT["vermilion"],
        fontweight=600,
    )
    axes.annotate(
        "joint layer, expected",
        (0.16, float(np.interp(0.16, rows["risk"], rows["low"]))),
        xytext=(8, -10),
        textcoords="offset points",
        va="top",
        color=figures.TEXT["blue"],
        fontweight=600,
    )
    axes.axvspan(limit[1], limit[2], color=figures.COLOURS["pale"], alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(limit[0], color=figures.COLOURS["ink"], linewidth=1.2)
    axes.annotate(
        f"break-even {limit[0]:.2f}\n({limit[1]:.2f} to {limit[2]:.2f})",
        (limit[0], float(rows["high"].max())),
        xytext=(-8 if limit[0] > 0.3 else 8, 0),
        textcoords="offset points",
        ha="right" if limit[0] > 0.3 else "left",
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
        ha="left" if p.abandonment_probability < 0.05 else "center",
    )
    axes.set(
        xlim=(0, 1),
        ylim=(0, float(rows["high"].max()) * 1.05),
        xlabel="chance of being let down after paying",
        ylabel="cost as a multiple of the own layer",
    )
    even = dict(zip(("risk", "low", "high"), limit), part="break-even")
    data = pd.concat([rows.assign(part="curve"), pd.DataFrame([even])], ignore_index=True)
    sources = figures.used(found.tables["prices"])
    return figures.picture(figure, "abandonment", words.abandonment(), data, sources, found)


METHOD = (tornado_chart,)
FIGURES = (options, who_pays, abandonment, learning, *METHOD)
