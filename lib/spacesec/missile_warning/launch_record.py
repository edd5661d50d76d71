"""North Korea's launches 1984 to 2026: tempo by leader and type, passages over Japan, falls in its waters,
apogee against range.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import figures, statistics, tables
from spacesec.astrodynamics import ballistic
from spacesec.errors import ParameterError
from spacesec.numerals import counted
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = (
    "How often does North Korea launch, under whom, with what, and how often over Japan or into its waters?"
)
TYPES = ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "HGV", "SLV", "unknown")
GROUPS = {
    "short range": ("SRBM",),
    "medium, intermediate, glide": ("MRBM", "IRBM", "HGV"),
    "intercontinental": ("ICBM",),
    "from submarines": ("SLBM",),
    "space launchers": ("SLV",),
    "type unknown": ("unknown",),
}
LOOKS = {
    "short range": ("sky", ""),
    "medium, intermediate, glide": ("blue", ""),
    "intercontinental": ("vermilion", ""),
    "from submarines": ("green", "//"),
    "space launchers": ("purple", "\\\\"),
    "type unknown": ("pale", ".."),
}
SEED, DRAWS = 7, 4000
SALVOS = 1.5  # variance over mean of launches a year above which they are said to come in salvos
POST = "washington-post-2017-why-it-seems-like-north-korea"


class Parameters(Base):
    start_year: int = value(1984, "first year counted (UTC)", unit="year", ge=1984, le=2026)
    end_year: int = value(
        2025, "last year counted (UTC); rows of 2025 and 2026 are preliminary", unit="year", ge=1984, le=2026
    )
    types: list[Literal["SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "HGV", "SLV", "unknown"]] = value(
        list(TYPES), "missile types counted, as the record names them", min_length=1
    )

    @model_validator(mode="after")
    def _order(self):
        if self.start_year > self.end_year:
            raise ValueError(
                f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first"
                " year comes first; the record covers 1984 to 2026."
            )
        return self


def answer(parameters: Parameters) -> Answer:
    launches = chosen(tables.load("missile_warning/launches"), parameters)
    if launches.empty:
        raise ParameterError(
            f"types = {', '.join(parameters.types)} has no launch on record between start_year ="
            f" {parameters.start_year} and end_year = {parameters.end_year}; choose other types or other"
            " years."
        )
    events = tables.load("missile_warning/overflights_and_falls")
    events = events[events["launch_id"].isin(launches["row_id"])].merge(
        launches[["row_id", "missile_name", "missile_type", "year"]],
        left_on="launch_id",
        right_on="row_id",
        suffixes=("", "_launch"),
    )
    leaders = tables.load("missile_warning/leaders")
    periods = by_leader(launches, leaders, parameters)
    annual = by_year(launches, parameters)
    ratios = tempo_ratios(launches, periods)
    over, falls = events[events["event"] == "overflight"], events[events["event"] == "eez_fall"]
    per_year = annual.groupby("year")["launches"].sum()
    known = {"apogee": launches["apogee_km"].notna(), "range": launches["range_km"].notna()}
    first_over = over["event_date"].min()
    nodong = launches[launches["missile_name"].eq("Nodong") & launches["outcome"].eq("success")][
        "launch_date"
    ].min()
    preliminary = int(launches["record_status"].eq("preliminary").sum())
    rates = {row.leader: [row.launches_per_year, row.low, row.high] for row in periods.itertuples()}
    main = ratios[ratios["counted"] == "launch days"]
    results = {
        "launches": Result(len(launches), "launches", "launches of the chosen types and years"),
        "preliminary_launches": Result(
            preliminary, "launches", "of these, rows that the database has not filled in yet"
        ),
        "launch_days": Result(
            int(launches["launch_date"].nunique()),
            "days",
            "distinct launch dates (months where only the month is known)",
        ),
        "overflights": Result(len(over), "launches", "launches that passed over Japan", ("C3-026",)),
        "first_overflight_date": Result(
            _day(first_over), "", "date (UTC) of the first passage over Japan among them", ("C3-026",)
        ),
        "eez_falls": Result(
            len(falls), "missiles", "missiles that fell inside Japan's exclusive economic zone"
        ),
        "first_nodong_success_date": Result(
            _day(nodong), "", "date of the first Nodong flight recorded as a success", ("C3-025",)
        ),
        "launches_per_year": Result(
            rates,
            "launches a year",
            "mean by leader with 95 % interval (years resampled)",
            ("C3-054", "C3-055"),
        ),
        "tempo_ratio": Result(
            _interval(main),
            "ratio",
            "launch days a year under Kim Jong Un over those under Kim Jong Il: estimate, 95 % limits (exact,"
            " days as independent)",
            ("C3-054", "C3-055"),
        ),
        "launches_per_year_2000s": Result(
            _mean(per_year, 2000, 2009), "launches a year", "mean of 2000 to 2009", ("C3-054",)
        ),
        "launches_per_year_2010s": Result(
            _mean(per_year, 2010, 2019), "launches a year", "mean of 2010 to 2019", ("C3-054",)
        ),
        "dispersion": Result(
            float(per_year.var(ddof=1) / per_year.mean()) if len(per_year) > 1 and per_year.sum() else None,
            "ratio",
            "variance over mean of launches a year; 1 for a Poisson process",
        ),
        "apogee_known": Result(int(known["apogee"].sum()), "launches", "launches with a recorded apogee"),
        "range_known": Result(int(known["range"].sum()), "launches", "launches with a recorded range"),
        "both_known": Result(int((known["apogee"] & known["range"]).sum()), "launches", "launches with both"),
    }
    return Answer(
        text(results, parameters),
        results,
        {"launches": launches, "events": events, "leaders": periods, "annual": annual, "ratios": ratios},
        parameters,
    )


def text(results: dict[str, Result], parameters: Parameters) -> str:
    r = {name: result.value for name, result in results.items()}
    ratio = (
        ""
        if r["tempo_ratio"] is None
        else (
            f" A year under Kim Jong Un had **{r['tempo_ratio'][0]:.1f} times** as many launch days as one"
            f" under Kim Jong Il (95 % {r['tempo_ratio'][1]:.1f} to {r['tempo_ratio'][2]:.1f})."
        )
    )
    waiting = f", {r['preliminary_launches']} of them preliminary" if r["preliminary_launches"] else ""
    salvos = (
        f"Launches come in salvos (variance over mean {r['dispersion']:.1f}), so years scatter far more than"
        " single launches at random would. "
        if r["dispersion"] and r["dispersion"] > SALVOS
        else (
            "The years do not scatter more than single launches at random would (variance over mean"
            f" {r['dispersion']:.1f}). "
            if r["dispersion"]
            else ""
        )
    )
    return (
        f"From {parameters.start_year} to {parameters.end_year} the record holds"
        f" **{counted(r['launches'], 'launch', 'launches')}** on"
        f" {counted(r['launch_days'], 'date')}{waiting}; **{r['overflights']}** passed over Japan and"
        f" **{r['eez_falls']}** missiles fell inside its exclusive economic zone.{ratio} {salvos}Apogee and"
        f" range are both on record for {r['both_known']} of {r['launches']} launches."
    )


def chosen(launches: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The launches of the chosen years and types, in order."""
    keep = launches["year"].between(parameters.start_year, parameters.end_year) & launches[
        "missile_type"
    ].isin(parameters.types)
    return launches[keep].reset_index(drop=True)


def by_year(launches: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Launches a year, type group and record status, with their ``row_ids``; years without launches are there
    with none.
    """
    group = {t: name for name, members in GROUPS.items() for t in members}
    counted = (
        launches.assign(group=launches["missile_type"].astype(str).map(group))
        .groupby(["year", "group", "record_status"], observed=True)["row_id"]
        .agg(launches="size", row_ids=";".join)
    )
    index = pd.MultiIndex.from_product(
        [range(parameters.start_year, parameters.end_year + 1), GROUPS, ["record", "preliminary"]],
        names=["year", "group", "record_status"],
    )
    return (
        counted.reindex(index).fillna({"launches": 0, "row_ids": ""}).astype({"launches": int}).reset_index()
    )


def by_leader(launches: pd.DataFrame, leaders: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """One row a leader in the chosen years: exposure in years, launches, launch days, launches a year with a
    95 % bootstrap interval.

    Years are resampled whole, because launches of one year hang together; parts of a year weigh by their
    length. The last year counts to the last launch on record where it is still open.
    """
    end = min(
        pd.Timestamp(parameters.end_year, 12, 31),
        (
            max(launches["launch_date"].max(), pd.Timestamp(2025, 12, 31))
            if len(launches)
            else pd.Timestamp(2025, 12, 31)
        ),
    )
    rows = []
    for leader in leaders.itertuples():
        first = max(
            pd.Timestamp(parameters.start_year, 1, 1),
            pd.Timestamp.min if pd.isna(leader.first_date) else leader.first_date,
        )
        last = min(end, end if pd.isna(leader.last_date) else leader.last_date)
        if last <= first:
            continue
        own = launches[launches["launch_date"].between(first, last)]
        years = np.arange(first.year, last.year + 1)
        share = np.array(
            [
                ((min(last, pd.Timestamp(y, 12, 31)) - max(first, pd.Timestamp(y, 1, 1))).days + 1) / 365.25
                for y in years
            ]
        )
        counts = own.groupby("year").size().reindex(years, fill_value=0).to_numpy(float)
        band = statistics.bootstrap_interval(
            np.column_stack([counts, share]), lambda s: s[:, 0].sum() / s[:, 1].sum(), seed=SEED, draws=DRAWS
        )
        rows.append(
            (
                str(leader.leader),
                first,
                last,
                share.sum(),
                len(own),
                own["launch_date"].nunique(),
                band.estimate,
                band.low,
                band.high,
                leader.source_id,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "leader",
            "first_date",
            "last_date",
            "years",
            "launches",
            "launch_days",
            "launches_per_year",
            "low",
            "high",
            "source_id",
        ],
    )


def tempo_ratios(launches: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Kim Jong Un's tempo over Kim Jong Il's, counted in several ways: launches, launch days, without the
    busiest year, and more.

    The interval is exact and conditional: given the sum, counts are binomial if every unit is independent
    (which launches of one salvo are not, so the band of launches is too narrow and the one of launch days is
    the fair one).
    """
    order = periods.set_index("leader")
    if not {"Kim Jong Il", "Kim Jong Un"} <= set(order.index):
        return pd.DataFrame(columns=["counted", "ratio", "low", "high", "before", "after"])
    spans = {
        name: (order.loc[name, "first_date"], order.loc[name, "last_date"])
        for name in ("Kim Jong Il", "Kim Jong Un")
    }
    busiest = launches.groupby("year").size().idxmax()
    ways = {
        "launches": launches,
        "launch days": launches.drop_duplicates("launch_date"),
        "launch days, without failures": (
            launches[launches["outcome"].ne("failure")].drop_duplicates("launch_date")
        ),
        "launch days, known types only": (
            launches[launches["missile_type"].ne("unknown")].drop_duplicates("launch_date")
        ),
        f"launch days, without {busiest}": (
            launches[launches["year"].ne(busiest)].drop_duplicates("launch_date")
        ),
        "launch days, without preliminary rows": (
            launches[launches["record_status"].eq("record")].drop_duplicates("launch_date")
        ),
    }
    rows = []
    for name, units in ways.items():
        before, after = (int(units["launch_date"].between(*spans[leader]).sum()) for leader in spans)
        exposure = (
            order.loc["Kim Jong Il", "years"],
            order.loc["Kim Jong Un", "years"] - (1 if "without 2" in name else 0),
        )
        if not before or not after:
            continue
        share = statistics.clopper_pearson(after, before + after)
        ratio, low, high = (
            p / (1 - p) * exposure[0] / exposure[1] for p in (share.estimate, share.low, share.high)
        )
        rows.append((name, ratio, low, high, before, after))
    return pd.DataFrame(rows, columns=["counted", "ratio", "low", "high", "before", "after"])


def checks(found: Answer) -> list[Check]:
    """Counts of the whole record against counts published elsewhere, whatever the parameters."""
    launches, events = (
        tables.load("missile_warning/launches"),
        tables.load("missile_warning/overflights_and_falls"),
    )
    before, day = launches["year"] < 2014, launches["launch_date"]
    until = day < "2017-08-29"
    falls = events[events["event"] == "eez_fall"]
    over = events[events["event"] == "overflight"]
    return [
        Check("launches before 2014", int(before.sum()), 39, 0, "launches", POST, "count before 2014"),
        Check(
            "launches from 2014 to 28 August 2017 (one was added to the database later)",
            int((~before & until).sum()),
            76,
            1,
            "launches",
            POST,
            "count since 2014",
        ),
        Check(
            "passages over Japan up to 4 October 2022",
            int((over["event_date"] < "2022-10-05").sum()),
            7,
            0,
            "launches",
            "sbs-japanese-2022-japan-seventh-overflight-first",
            "headline: seventh",
        ),
        Check(
            "occasions of falls in the EEZ up to 29 November 2017",
            falls[falls["event_date"] < "2017-12-01"]["event_date"].nunique(),
            7,
            0,
            "occasions",
            "mediasapuri-jp-2017-launch-29-november-2017",
            "last sentence: seventh",
        ),
    ]


# ---- figures


@figures.house
def tempo(found: Answer) -> figures.Picture:
    annual, periods = found.tables["annual"], found.tables["leaders"]
    figure, axes = figures.canvas()
    base = pd.Series(0, index=sorted(annual["year"].unique()))
    drawn = annual[annual["launches"] > 0].reset_index(drop=True)
    for name, (colour, hatch) in LOOKS.items():
        for status in ("record", "preliminary"):
            lines = drawn.index[(drawn["group"] == name) & (drawn["record_status"] == status)]
            part = drawn.loc[lines].set_index("year")["launches"]
            if part.empty:
                continue
            fill = figures.COLOURS[colour]
            look = (
                dict(facecolor=fill, edgecolor="white", linewidth=0.4, hatch=hatch)
                if status == "record"
                else dict(
                    facecolor="white",
                    edgecolor=figures.COLOURS["grey"] if colour == "pale" else fill,
                    linewidth=1.1,
                    hatch=hatch,
                    linestyle="--",
                )
            )
            for line, bar in zip(
                lines,
                axes.bar(
                    part.index,
                    part,
                    bottom=base.loc[part.index],
                    width=0.82,
                    label=name if status == "record" else None,
                    **look,
                ),
            ):
                figures.mark(line, bar)
            base = base + part.reindex(base.index, fill_value=0)
    top = max(base.max() * 1.16, 5)
    for row in periods.itertuples():
        a, b = (
            row.first_date.year + (row.first_date.day_of_year - 1) / 366 - 0.5,
            row.last_date.year + row.last_date.day_of_year / 366 - 0.5,
        )
        axes.fill_between(
            [a, b], row.low, row.high, color=figures.COLOURS["ink"], alpha=0.13, linewidth=0, zorder=3
        )
        axes.plot([a, b], [row.launches_per_year] * 2, color=figures.COLOURS["ink"], linewidth=1.4, zorder=4)
        short = b - a < 6
        axes.text(
            (a + b) / 2,
            top * 0.985,
            f"{row.leader}\n{row.launches_per_year:.1f} a year ({row.low:.1f} to {row.high:.1f})",
            ha="center",
            va="top",
            fontsize=10 if short else 11,
        )
        axes.axvline(b, color=figures.COLOURS["grey"], linewidth=0.8, linestyle=":")
    if (annual["record_status"].eq("preliminary") & annual["launches"].gt(0)).any():
        axes.bar(
            [np.nan],
            [np.nan],
            facecolor="white",
            edgecolor=figures.COLOURS["blue"],
            linestyle="--",
            linewidth=1.1,
            label="preliminary rows (any type)",
        )
    axes.set(ylim=(0, top), ylabel="launches a year", xlim=(base.index[0] - 0.7, base.index[-1] + 0.7))
    if annual["launches"].sum():
        axes.legend(loc="upper left", bbox_to_anchor=(0.0, 0.82), fontsize=10)
    ratio = found.tables["ratios"].set_index("counted")["ratio"]
    title = (
        f"Under Kim Jong Un launches came {ratio['launches']:.0f} times as often as under Kim Jong Il, launch"
        f" days {ratio['launch days']:.0f} times"
        if len(ratio)
        else f"{counted(found['launches'], 'launch', 'launches')} on {counted(found['launch_days'], 'date')}"
    )
    return figures.Picture(
        figure,
        "tempo",
        title,
        "Launches a year by type; lines: mean by leader, gray bands: 95 % interval from resampled years",
        "Scope: missiles able to carry 500 kg to 300 km; no artillery, no cruise missiles. Preliminary rows"
        " are drawn with dashed outlines.",
        "Stacked bars of launches a year; means by leader "
        + ", ".join(f"{p.leader} {p.launches_per_year:.1f}" for p in periods.itertuples())
        + ".",
        drawn,
        (*figures.used(found.tables["launches"]), *figures.used(periods)),
    )


@figures.house
def japan_events(found: Answer) -> figures.Picture:
    events = found.tables["events"].sort_values("event_date").reset_index(drop=True)
    figure, axes = figures.canvas()
    spread = events.assign(order=events.groupby(["event", "year"]).cumcount() + 1)
    looks = {
        "overflight": ("^", "vermilion", 1, "passed over Japan"),
        "eez_fall": ("o", "blue", -1, "fell inside the exclusive economic zone"),
    }
    for kind, (marker, colour, sign, label) in looks.items():
        part = spread[spread["event"] == kind]
        sure = part["which_missile"].eq("identified")
        axes.scatter(
            part["year"][sure],
            sign * part["order"][sure],
            marker=marker,
            s=95,
            color=figures.COLOURS[colour],
            zorder=3,
        )
        axes.scatter(
            part["year"][~sure],
            sign * part["order"][~sure],
            marker=marker,
            s=95,
            facecolor="white",
            edgecolor=figures.COLOURS[colour],
            linewidth=1.4,
            zorder=3,
        )
        for row in part.itertuples():
            figures.mark_point(axes, row.year, sign * row.order, row.Index)
        axes.annotate(
            f"{len(part)} {label}",
            (0.01, 0.97 if sign > 0 else 0.03),
            xycoords="axes fraction",
            va="top" if sign > 0 else "bottom",
            color=figures.COLOURS[colour],
            fontweight=600,
        )
    for year, crossing in spread[spread["event"].eq("overflight")].groupby("year"):
        axes.annotate(
            ", ".join(dict.fromkeys(crossing["missile_name"])),
            (year, len(crossing)),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=10,
            rotation=90,
        )
    axes.axhline(0, color=figures.COLOURS["grey"], linewidth=1)
    high = max(int(spread["order"].max()) if len(spread) else 1, 3)
    ticks = range(-high, high + 1)
    axes.set(
        ylim=(-high - 1.2, high * 0.55 + 2.2),
        yticks=[t for t in ticks if t <= 3],
        xlim=(
            max(found.parameters.start_year, int(spread["year"].min()) - 2 if len(spread) else 0) - 0.5,
            found.parameters.end_year + 1.9,
        ),
        ylabel="missiles in the year",
    )
    axes.set_yticklabels([abs(t) for t in ticks if t <= 3])
    axes.xaxis.get_major_locator().set_params(integer=True)
    title = (
        f"{counted(found['overflights'], 'launch', 'launches')} passed over Japan,"
        f" {counted(found['eez_falls'], 'missile')} fell inside its zone"
    )
    return figures.Picture(
        figure,
        "japan_events",
        title,
        "Missiles a year; hollow marks: counted by the government, but which missile of the salvo is not"
        " stated",
        "Each mark is one missile with its own source. A passage in space and one in the air are counted"
        " alike.",
        f"Dots a year: overflights above, falls in the zone below; {found['overflights']} and"
        f" {found['eez_falls']} in all.",
        spread[
            [
                "row_id",
                "launch_id",
                "event_date",
                "event",
                "missile_name",
                "which_missile",
                "year",
                "source_id",
            ]
        ],
        figures.used(events if len(events) else tables.load("missile_warning/overflights_and_falls")),
    )


@figures.house
def apogee_and_range(found: Answer) -> figures.Picture:
    launches = found.tables["launches"]
    group = {t: name for name, members in GROUPS.items() for t in members}
    known = launches.dropna(subset=["apogee_km", "range_km"])
    known = known.assign(group=known["missile_type"].astype(str).map(group))
    figure, axes = figures.canvas()
    markers = dict(zip(GROUPS, "osD^v."))
    for name, (colour, _) in LOOKS.items():
        part = known[known["group"] == name]
        if len(part):
            pale = colour == "pale"
            axes.scatter(
                part["range_km"],
                part["apogee_km"],
                s=46,
                marker="X" if pale else markers[name],
                color=figures.COLOURS["grey" if pale else colour],
                alpha=0.75,
                linewidths=0,
                label=f"{name} ({len(part)})",
                zorder=3,
            )
    ranges = np.geomspace(25, 5500, 80)
    axes.plot(
        ranges,
        [ballistic.minimum_energy(x).apogee_km for x in ranges],
        color=figures.COLOURS["ink"],
        linewidth=1.4,
    )
    axes.annotate(
        "least speed for the range",
        (1200, ballistic.minimum_energy(1200).apogee_km),
        xytext=(0, 9),
        textcoords="offset points",
        fontsize=10.5,
        rotation=28,
        rotation_mode="anchor",
    )
    low_x, low_y = 20, 6.5
    only_range, only_apogee = (
        launches[launches["apogee_km"].isna() & launches["range_km"].notna()],
        launches[launches["apogee_km"].notna() & launches["range_km"].isna()],
    )
    axes.scatter(
        only_range["range_km"],
        [low_y] * len(only_range),
        marker="|",
        s=70,
        color=figures.COLOURS["grey"],
        zorder=2,
    )
    axes.scatter(
        [low_x] * len(only_apogee),
        only_apogee["apogee_km"],
        marker="_",
        s=70,
        color=figures.COLOURS["grey"],
        zorder=2,
    )
    for row in (
        launches[launches["apogee_km"].notna() | launches["range_km"].notna()]
        .fillna({"range_km": low_x, "apogee_km": low_y})
        .itertuples()
    ):
        figures.mark_point(axes, row.range_km, row.apogee_km, row.Index, size=7)
    neither = int((launches["apogee_km"].isna() & launches["range_km"].isna()).sum())
    axes.annotate(
        f"apogee unknown: {len(only_range)}",
        (5200, low_y),
        xytext=(0, 6),
        textcoords="offset points",
        ha="right",
        fontsize=10,
        color="#555b60",
    )
    axes.annotate(
        f"range unknown: {len(only_apogee)}",
        (low_x, 9000),
        xytext=(6, -2),
        textcoords="offset points",
        va="top",
        fontsize=10,
        color="#555b60",
    )
    axes.set(
        xscale="log",
        yscale="log",
        xlim=(18, 6000),
        ylim=(5.5, 10500),
        xlabel="ground range, km",
        ylabel="apogee, km",
    )
    for axis, ticks in (
        (axes.xaxis, (30, 100, 300, 1000, 3000)),
        (axes.yaxis, (10, 30, 100, 300, 1000, 3000, 10000)),
    ):
        axis.set_major_locator(__import__("matplotlib.ticker", fromlist=["FixedLocator"]).FixedLocator(ticks))
        axis.set_major_formatter(lambda v, _: f"{v:,.0f}")
        axis.set_minor_locator(__import__("matplotlib.ticker", fromlist=["NullLocator"]).NullLocator())
    axes.grid(True, axis="both")
    if len(known):
        axes.legend(loc="upper left", bbox_to_anchor=(0.06, 0.9))
    flat = int(
        (known["apogee_km"] < [0.75 * ballistic.minimum_energy(x).apogee_km for x in known["range_km"]]).sum()
    )
    lofted = int(
        (known["apogee_km"] > [1.5 * ballistic.minimum_energy(x).apogee_km for x in known["range_km"]]).sum()
    )
    title = (
        f"{flat} of {counted(len(known), 'flight')} {'was' if flat == 1 else 'were'} much flatter than least"
        f" speed asks, {lofted} much steeper"
        if len(known)
        else "No flight of the chosen years has both apogee and range on record"
    )
    return figures.Picture(
        figure,
        "apogee_and_range",
        title,
        "Recorded apogee against ground range (logarithmic); ticks at the edges: only one of the two is on"
        " record",
        "Much flatter: apogee below 0.75 of the least-speed one; much steeper: above 1.5 times. Neither is"
        f" on record for {neither} launches. Figures mix Japanese, South Korean and North Korean statements.",
        f"Scatter of {counted(len(known), 'launch', 'launches')} with apogee and range, most below the"
        " least-speed curve.",
        launches[
            [
                "row_id",
                "launch_date",
                "missile_name",
                "missile_type",
                "range_km",
                "apogee_km",
                "record_status",
                "source_id",
            ]
        ],
        figures.used(launches),
    )


@figures.house
def paths(found: Answer) -> figures.Picture:
    from spacesec import maps

    launches, sites = found.tables["launches"], tables.load("missile_warning/launch_sites")
    placed = launches.merge(
        sites[["row_id", "site_name", "latitude_deg", "longitude_deg", "precision"]],
        left_on="site_id",
        right_on="row_id",
        suffixes=("", "_site"),
    )
    aimed = placed.dropna(subset=["bearing_deg", "range_km"])
    aimed = aimed.assign(
        **dict(
            zip(
                ("end_longitude_deg", "end_latitude_deg"),
                ballistic.destination(
                    aimed["longitude_deg"], aimed["latitude_deg"], aimed["bearing_deg"], aimed["range_km"]
                ),
            )
        )
    )
    over = set(found.tables["events"].query("event == 'overflight'")["launch_id"])
    falls = set(found.tables["events"].query("event == 'eez_fall'")["launch_id"])
    figure, axes = figures.canvas(height=6.6)
    chart = maps.draw(axes, (118, 182, 11, 52), "lambert_conformal")
    others = aimed[~aimed["row_id"].isin(over | falls)]
    chart.points(
        others["end_longitude_deg"],
        others["end_latitude_deg"],
        s=9,
        marker="o",
        color=figures.COLOURS["grey"],
        alpha=0.6,
        linewidths=0,
    )
    inside = aimed[aimed["row_id"].isin(falls)]
    chart.points(
        inside["end_longitude_deg"],
        inside["end_latitude_deg"],
        s=34,
        marker="s",
        color=figures.COLOURS["blue"],
        edgecolors="white",
        linewidths=0.5,
    )
    crossing = aimed[aimed["row_id"].isin(over)].sort_values("launch_date")
    for row in crossing.itertuples():
        chart.arc(
            row.longitude_deg,
            row.latitude_deg,
            row.end_longitude_deg,
            row.end_latitude_deg,
            color=figures.COLOURS["vermilion"],
            linewidth=1.2,
        )
    chart.points(
        crossing["end_longitude_deg"],
        crossing["end_latitude_deg"],
        s=44,
        marker="^",
        color=figures.COLOURS["vermilion"],
        edgecolors="white",
        linewidths=0.5,
    )
    used = placed.drop_duplicates("site_id")
    chart.points(
        used["longitude_deg"],
        used["latitude_deg"],
        s=12,
        marker="D",
        color=figures.COLOURS["ink"],
        linewidths=0,
    )
    if len(crossing):
        chart.places(
            [f"{row.launch_date:%Y-%m}" for row in crossing.itertuples()],
            crossing["end_longitude_deg"],
            crossing["end_latitude_deg"],
            marker=None,
            text_color=figures.COLOURS["vermilion"],
            font_size=10,
        )
    chart.scale_bar(1000, (0.42, 0.13))
    handles = [
        axes.scatter([], [], s=s, marker=m, color=figures.COLOURS[c], label=label)
        for s, m, c, label in (
            (20, "D", "ink", f"launch sites named ({len(used)})"),
            (14, "o", "grey", f"computed ends of flights ({len(others)})"),
            (34, "s", "blue", f"fell inside Japan's EEZ ({len(inside)} of {len(falls)})"),
            (44, "^", "vermilion", f"passed over Japan ({len(crossing)})"),
        )
    ]
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(0.97, 0.03),
        frameon=True,
        framealpha=0.92,
        edgecolor="none",
    )
    south = int(
        (crossing["bearing_deg"] > 135).sum()
    )  # the others go east, over the strait of Tsugaru and about
    title = (
        f"{len(crossing)} flights crossed Japan, {len(crossing) - south} in the far north and {south} over"
        " Okinawa"
        if 0 < south < len(crossing)
        else f"{counted(len(crossing), 'flight')} with a known bearing crossed Japan"
    )
    data = aimed[
        [
            "row_id",
            "launch_date",
            "missile_name",
            "site_name",
            "bearing_deg",
            "range_km",
            "end_longitude_deg",
            "end_latitude_deg",
            "source_id",
        ]
    ].assign(
        kind=np.select(
            [aimed["row_id"].isin(over), aimed["row_id"].isin(falls)], ["overflight", "eez_fall"], "other"
        )
    )
    return figures.Picture(
        figure,
        "paths",
        title,
        "Ends computed from site, reported bearing and reported range; red arcs: great circles of launches"
        " over Japan",
        f"Map: {chart.statement}. Ends are computed, not observed: bearings are rounded, and a fall inside"
        f" the zone is drawn where the arithmetic puts it. {len(placed) - len(aimed)} launches without"
        " bearing or range are not drawn.",
        f"Map of the north-west Pacific with {len(crossing)} arcs over Japan, {len(inside)} ends inside its"
        f" zone and {len(others)} other ends, mostly in the Sea of Japan.",
        data,
        (*figures.used(launches), *figures.used(found.tables["events"]), maps.SOURCE),
    )


@figures.house
def tempo_by_count(found: Answer) -> figures.Picture:
    ratios = found.tables["ratios"]
    figure, axes = figures.canvas(height=4.6)
    for i, row in enumerate(ratios.itertuples()):
        main = row.counted == "launch days"
        colour = figures.COLOURS["vermilion" if main else "blue"]
        axes.plot([row.low, row.high], [i, i], color=colour, linewidth=2.4)
        axes.scatter([row.ratio], [i], color=colour, s=60, marker="D" if main else "o", zorder=3)
        axes.annotate(
            f"{row.ratio:.1f}",
            (row.ratio, i),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            fontsize=10.5,
        )
    axes.axvline(1, color=figures.COLOURS["ink"], linewidth=1, linestyle="--")
    axes.annotate("equal", (1, -0.6), xytext=(4, 0), textcoords="offset points", fontsize=10)
    axes.set(
        yticks=range(len(ratios)),
        yticklabels=ratios["counted"],
        ylim=(len(ratios) - 0.3, -0.9),
        xscale="log",
        xlabel="tempo under Kim Jong Un over tempo under Kim Jong Il (logarithmic)",
    )
    axes.xaxis.set_major_locator(
        __import__("matplotlib.ticker", fromlist=["FixedLocator"]).FixedLocator((1, 2, 5, 10, 20, 50, 100))
    )
    axes.xaxis.set_major_formatter(lambda v, _: f"{v:g}")
    axes.xaxis.set_minor_locator(__import__("matplotlib.ticker", fromlist=["NullLocator"]).NullLocator())
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    low = float(ratios["low"].min()) if len(ratios) else float("nan")
    title = (
        f"However launches are counted, the tempo rose {low:.2g}-fold or more"
        if low > 1
        else (
            "Whether the tempo rose depends on how launches are counted"
            if len(ratios)
            else "The chosen years hold no two leaders to compare"
        )
    )
    return figures.Picture(
        figure,
        "tempo_by_count",
        title,
        "Ratio of launches or launch days a year with exact 95 % interval, by way of counting; diamond: the"
        " way that the answer uses",
        "The interval takes units as independent; launches of one salvo are not, so launch days are the"
        " fairer count. A faster tempo under one leader is a fact about the record, not its cause.",
        "Dots with intervals: "
        + (", ".join(f"{r.counted} {r.ratio:.1f}" for r in ratios.itertuples()) or "none")
        + ".",
        ratios,
        figures.used(found.tables["launches"]),
    )


FIGURES = (tempo, japan_events, apogee_and_range, paths, tempo_by_count)


def _mean(per_year: pd.Series, first: int, last: int) -> float | None:
    part = per_year.loc[first:last]
    return float(part.mean()) if len(part) == last - first + 1 else None


def _day(moment) -> str | None:
    return None if pd.isna(moment) else moment.strftime("%Y-%m-%d")


def _interval(rows: pd.DataFrame) -> list[float] | None:
    return None if rows.empty else [float(rows.iloc[0][c]) for c in ("ratio", "low", "high")]
