"""What a surface radar cannot see: line of sight against ballistic, depressed and gliding paths, and whether
it shows in the reports.
"""

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import figures, tables
from spacesec.astrodynamics import ballistic
from spacesec.errors import ParameterError
from spacesec.missile_warning import horizon
from spacesec.numerals import counted
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = (
    "What can a surface radar not see, how many minutes does a look from space gain, and do the reports"
    " show it?"
)
MOSTLY = 90  # percent of what is missing that could explain it
PATHS = {"ballistic": ("blue", "-"), "depressed": ("green", "--"), "glide": ("vermilion", "-.")}


class Parameters(Base):
    range_km: float = value(1300.0, "ground range of the three model flights", unit="km", ge=200, le=5000)
    depressed_apogee_km: float = value(100.0, "apogee of the depressed flight", unit="km", ge=20, le=1000)
    glide_altitude_km: float = value(40.0, "height of the glider", unit="km", ge=20, le=80)
    glide_speed_km_s: float = value(3.0, "mean ground speed of the glider", unit="km/s", ge=1, le=7)
    radar_height_m: float = value(
        500.0, "height of the radar at the end of the flight", unit="m", ge=0, le=4000
    )
    refraction_factor: float = value(
        4 / 3, "Earth radius enlargement for the bending of rays; 1 is none", unit="", ge=1, le=2
    )
    boost_minutes: float = value(
        1.2,
        "time the boost phase adds to every path before its sight (reported minus computed times of the"
        " Hwasong-12 lie between 0.6 and 2.1)",
        unit="min",
        ge=0,
        le=5,
    )
    space_sight_minutes: float = value(
        1.0,
        "from launch to a satellite's first sight, an assumption; 3 minutes to the report were stated for"
        " 2012",
        unit="min",
        ge=0,
        le=10,
    )
    shortfall_km: float = value(
        100.0,
        "Tokyo's range short of Seoul's by more than this counts as a shortfall",
        unit="km",
        ge=20,
        le=500,
    )

    @model_validator(mode="after")
    def _depressed(self):
        lowest, least = (
            ballistic.lowest_apogee_km(self.range_km),
            ballistic.minimum_energy(self.range_km).apogee_km,
        )
        if not lowest <= self.depressed_apogee_km <= least:
            raise ValueError(
                f"depressed_apogee_km = {self.depressed_apogee_km:g} is not possible for range_km ="
                f" {self.range_km:g}: a depressed flight has an apogee from {np.ceil(lowest):.0f} to"
                f" {np.floor(least):.0f} km there."
            )
        return self


def answer(parameters: Parameters) -> Answer:
    p = parameters
    radars, sites = tables.load("missile_warning/radar_sites"), tables.load("missile_warning/launch_sites")
    flights = model_flights(p)
    seen = first_seen(flights, p)
    cases = reported_pairs(tables.load("missile_warning/observer_reports"), p.shortfall_km)
    cases = with_hidden_end(
        cases, tables.load("missile_warning/launches"), sites, radars, p.refraction_factor
    )
    test = association(cases)
    low = cases[cases["apogee_km"] <= 60]
    short = cases[cases["shortfall"] & cases["hidden_end_km"].notna()]
    gained = {row.path: row.gained_min for row in seen.itertuples()}
    results = {
        "horizon_km": Result(
            {
                f"{h} km": float(horizon.horizon_km(h, p.radar_height_m / 1000, p.refraction_factor))
                for h in (20, 40, 60, 100, 300)
            },
            "km",
            "ground distance at which a target of that height rises over the radar's horizon",
            ("C3-068",),
        ),
        "minutes_gained": Result(
            gained,
            "min",
            "first sight by a radar at the end of the flight minus first sight by a satellite (negative: the"
            " radar is first)",
            ("C2-007", "C3-068"),
        ),
        "minutes_seen_by_radar": Result(
            {row.path: row.left_min for row in seen.itertuples()},
            "min",
            "from first sight by that radar to the end of the flight",
            ("C3-068",),
        ),
        "unseen_percent": Result(
            {row.path: row.unseen_percent for row in seen.itertuples()},
            "%",
            "share of the flight below that radar's horizon before first sight",
            ("C3-068",),
        ),
        "pairs": Result(len(cases), "launches", "launches with a range stated by both Seoul and Tokyo"),
        "shortfall_cases": Result(
            int(cases["shortfall"].sum()),
            "launches",
            "of these, Tokyo's range short of Seoul's by more than the chosen distance",
            ("C3-068",),
        ),
        "shortfall_cases_low": Result(
            int(low["shortfall"].sum()),
            "launches",
            f"of these, with an apogee of 60 km or less (among {len(low)} such pairs)",
            ("C3-068",),
        ),
        "excess_cases": Result(
            int((cases["gap_km"] < -p.shortfall_km).sum()),
            "launches",
            "Tokyo's range beyond Seoul's by more than the chosen distance",
        ),
        "hidden_end_km": Result(
            (
                [float(short["hidden_end_km"].min()), float(short["hidden_end_km"].max())]
                if len(short)
                else None
            ),
            "km",
            "least and most of the end of the path below every Japanese radar's horizon, among the"
            " shortfalls",
            ("C3-068",),
        ),
        "explained_percent": Result(
            100 * float(short["hidden_end_km"].sum() / short["gap_km"].sum()) if len(short) else None,
            "%",
            "hidden end of the shortfall flights as a share of what Tokyo's ranges lack",
            ("C3-068",),
        ),
        "rank_correlation": Result(
            test["rho"],
            "",
            "Spearman correlation of the gap with the length of path below every Japanese radar's horizon"
            " before impact",
        ),
        "permutation_p": Result(test["p"], "", "one-sided permutation p of that correlation"),
        "low_flight_p": Result(
            low_flight_p(cases),
            "",
            "exact one-sided p that shortfalls gather at 60 km apogee or less by chance",
        ),
        "power_percent": Result(
            test["power"], "%", "chance that so few cases show a correlation of 0.3 at the 5 % level"
        ),
    }
    return Answer(
        text(results, p),
        results,
        {
            "flights": flights,
            "first_seen": seen,
            "cases": cases,
            "radars": radars,
            "sensitivity": sensitivity(p),
        },
        p,
    )


def _gained(minutes: float) -> str:
    return f"{round(minutes, 1) + 0:+.1f}"  # a loss that rounds to nothing is no loss


def text(results: dict[str, Result], p: Parameters) -> str:
    r = {name: result.value for name, result in results.items()}
    minutes = ", ".join(f"{name} {_gained(r['minutes_gained'][name])}" for name in PATHS)
    explained = (
        ""
        if r["explained_percent"] is None
        else (
            f" The horizon of the Japanese radars hides the last {r['hidden_end_km'][0]:.0f} to"
            f" {r['hidden_end_km'][1]:.0f} km of those flights, **{r['explained_percent']:.0f} %** of what is"
            " missing: line of sight alone"
            f" {'does not explain them' if r['explained_percent'] < MOSTLY else 'could explain them'}."
        )
    )
    return (
        f"A radar {p.radar_height_m:,.0f} m up sees a target at 40 km from {r['horizon_km']['40 km']:,.0f} km"
        f" away and one at 300 km from {r['horizon_km']['300 km']:,.0f} km. On a flight of {p.range_km:,.0f}"
        f" km towards that radar a glider stays unseen for {r['unseen_percent']['glide']:.0f} % of the way, a"
        f" ballistic missile for {r['unseen_percent']['ballistic']:.0f} %. Minutes gained by a satellite that"
        f" sees the launch after {p.space_sight_minutes:g} min: **{minutes}** (first sight against first"
        f" sight; no alert is timed here). In **{r['shortfall_cases']}** of {r['pairs']} launches Tokyo's"
        f" range falls short of Seoul's by more than {p.shortfall_km:g} km, {r['shortfall_cases_low']} of"
        " them at 60 km apogee or less; the reverse happened"
        f" {counted(r['excess_cases'], 'time')}.{explained} Over all pairs the gap goes with the hidden end"
        f" weakly if at all (rank correlation {r['rank_correlation']:.2f}, p = {r['permutation_p']:.2f}); so"
        f" few pairs would show a true correlation of 0.3 only {r['power_percent']:.0f} times in 100."
    )


def model_flights(p: Parameters) -> pd.DataFrame:
    """Three flights over the same ground range: least energy, depressed, level glide; columns path, second,
    ground_km, altitude_km.

    The glide is drawn as level flight at one height after a straight climb and before a straight dive at 45
    degrees, all at one speed.
    """
    rows = []
    for name, flight in (
        ("ballistic", ballistic.minimum_energy(p.range_km)),
        ("depressed", ballistic.from_apogee_and_range(p.depressed_apogee_km, p.range_km)),
    ):
        rows.append(
            pd.DataFrame(dict(zip(("second", "ground_km", "altitude_km"), flight.path(721)))).assign(
                path=name
            )
        )
    ground = np.linspace(0, p.range_km, 721)
    altitude = np.minimum(p.glide_altitude_km, np.minimum(ground, p.range_km - ground))
    rows.append(
        pd.DataFrame(
            {
                "second": ground / p.glide_speed_km_s,
                "ground_km": ground,
                "altitude_km": altitude,
                "path": "glide",
            }
        )
    )
    return pd.concat(rows, ignore_index=True)[["path", "second", "ground_km", "altitude_km"]]


def first_seen(flights: pd.DataFrame, p: Parameters) -> pd.DataFrame:
    """When a radar at the end of the flight first sees each path, what is left then, and what a satellite
    would have gained.

    The paths start at full speed, so the boost phase is added to every moment; the share unseen is that of
    the path without it.
    """
    rows = []
    for name, path in flights.groupby("path", sort=False):
        total = path["second"].iloc[-1]
        at = horizon.first_seen_s(
            path["second"].to_numpy(),
            path["ground_km"].to_numpy(),
            path["altitude_km"].to_numpy(),
            p.range_km,
            p.radar_height_m / 1000,
            p.refraction_factor,
        )
        rows.append(
            (
                name,
                total / 60 + p.boost_minutes,
                at / 60 + p.boost_minutes,
                (total - at) / 60,
                at / 60 + p.boost_minutes - p.space_sight_minutes,
                100 * at / total,
            )
        )
    return pd.DataFrame(
        rows, columns=["path", "flight_min", "first_seen_min", "left_min", "gained_min", "unseen_percent"]
    )


def sensitivity(p: Parameters) -> pd.DataFrame:
    """Minutes gained on the glide and the ballistic path as one assumption at a time goes to either end of
    its range.
    """
    ends = {
        "glide_altitude_km": (25, 60),
        "glide_speed_km_s": (2, 4),
        "radar_height_m": (0, 1042),
        "refraction_factor": (1.0, 1.5),
        "space_sight_minutes": (0.5, 3),
        "range_km": (1000, 1600),
        "boost_minutes": (0.6, 2.1),
    }
    rows = []
    for name, (low, high) in ends.items():
        for which, end in (("low", low), ("high", high)):
            try:
                moved = Parameters.of({**p.plain(), name: end})
            except ParameterError:
                continue
            found = first_seen(model_flights(moved), moved).set_index("path")["gained_min"]
            rows += [(name, which, end, path, float(found[path])) for path in PATHS]
    return pd.DataFrame(rows, columns=["assumption", "end", "value", "path", "gained_min"])


def reported_pairs(reports: pd.DataFrame, shortfall_km: float) -> pd.DataFrame:
    """One row a launch whose range both Seoul and Tokyo stated: both ranges, Seoul's apogee (Tokyo's where
    missing), the gap.
    """
    ranged = reports.dropna(subset=["range_km"]).assign(
        key=lambda t: t["launch_id"].fillna(t["report_date"].dt.strftime("%Y-%m-%d")) + t["missile_label"]
    )
    korea = ranged[ranged["observer"] == "KR"].set_index("key")
    japan = ranged[ranged["observer"] == "JP"].set_index("key")
    both = korea.join(
        japan[["range_km", "apogee_km", "bound", "row_id", "source_id"]].add_suffix("_jp"), how="inner"
    )
    both = both.assign(
        apogee_km=both["apogee_km"].fillna(both["apogee_km_jp"]),
        gap_km=both["range_km"] - both["range_km_jp"],
        row_ids=both["row_id"] + ";" + both["row_id_jp"],
    )
    both["shortfall"] = both["gap_km"] > shortfall_km
    columns = [
        "launch_id",
        "report_date",
        "missile_label",
        "apogee_km",
        "range_km",
        "range_km_jp",
        "bound_jp",
        "gap_km",
        "shortfall",
        "row_ids",
        "source_id",
        "source_id_jp",
    ]
    return both.reset_index(drop=True)[columns].sort_values("report_date").reset_index(drop=True)


def with_hidden_end(
    cases: pd.DataFrame, launches: pd.DataFrame, sites: pd.DataFrame, radars: pd.DataFrame, refraction: float
) -> pd.DataFrame:
    """Add the length of path before impact that lies below the horizon of every Japanese radar; missing
    without bearing.

    Path: parabola in height over ground range through Seoul's apogee and range, along the great circle of the
    recorded bearing.
    """
    placed = (
        launches[["row_id", "site_id", "bearing_deg"]]
        .merge(
            sites[["row_id", "latitude_deg", "longitude_deg"]].rename(columns={"row_id": "site_id"}),
            on="site_id",
        )
        .set_index("row_id")
    )
    hidden = []
    for case in cases.itertuples():
        launch = placed.loc[case.launch_id] if case.launch_id in placed.index else None
        if launch is None or pd.isna(launch["bearing_deg"]) or pd.isna(case.apogee_km):
            hidden.append(np.nan)
            continue
        share = np.linspace(0, 1, 401)
        lon, lat = ballistic.destination(
            launch["longitude_deg"], launch["latitude_deg"], launch["bearing_deg"], share * case.range_km
        )
        height = 4 * case.apogee_km * share * (1 - share)
        seen = np.flatnonzero(
            height > horizon.lowest_visible_from(radars[radars["operator"] == "JP"], lon, lat, refraction)
        )
        hidden.append(float(case.range_km * (1 - (share[seen[-1]] if len(seen) else 0))))
    return cases.assign(hidden_end_km=hidden)


def association(cases: pd.DataFrame, seed: int = 11, draws: int = 5000) -> dict[str, float]:
    """Does the gap grow with the hidden end? Spearman's rho, its one-sided permutation p, and the power for a
    true rho of 0.3.
    """
    from scipy import stats

    known = cases.dropna(subset=["hidden_end_km"])
    gap, hidden = known["gap_km"].to_numpy(float), known["hidden_end_km"].to_numpy(float)
    rho = float(stats.spearmanr(gap, hidden).statistic)
    rng, ranks = np.random.default_rng(seed), stats.rankdata(gap)
    other = stats.rankdata(hidden)
    shuffled = np.array([np.corrcoef(rng.permutation(ranks), other)[0, 1] for _ in range(draws)])
    # Fisher's z: one-sided power of a test of no correlation when the true one is 0.3.
    power = 100 * float(
        stats.norm.sf(stats.norm.ppf(0.95) - np.arctanh(0.3) * np.sqrt(max(len(known) - 3, 1)))
    )
    return {
        "rho": rho,
        "p": float((1 + (shuffled >= rho - 1e-12).sum()) / (draws + 1)),
        "power": power,
        "n": len(known),
    }


def low_flight_p(cases: pd.DataFrame) -> float:
    """Fisher's exact test, one-sided: do shortfalls gather among flights with an apogee of 60 km or less?"""
    from scipy import stats

    low = cases["apogee_km"] <= 60
    square = [
        [int((cases["shortfall"] & low).sum()), int((~cases["shortfall"] & low).sum())],
        [int((cases["shortfall"] & ~low).sum()), int((~cases["shortfall"] & ~low).sum())],
    ]
    return float(stats.fisher_exact(square, alternative="greater").pvalue)


def checks(found: Answer) -> list[Check]:
    """The horizon against the rule of the US federal standard, in feet and in metres, both with 4/3 Earth
    radii.
    """
    foot, mile = 0.0003048, 1.852
    feet = float(horizon.horizon_km(10_000 * foot, 100 * foot)) / mile
    metres = float(horizon.horizon_km(10.0, 0.5)) / mile
    return [
        Check(
            "horizon of a target at 10,000 feet for a radar at 100 feet",
            feet,
            1.23 * (100 + 10),
            0.5,
            "nautical miles",
            "fs-1037c-1996-radio-horizon",
            "1.23 (sqrt h1 + sqrt h2), feet",
        ),
        Check(
            "horizon of a target at 10 km for a radar at 500 m",
            metres,
            2.23 * (10_000**0.5 + 500**0.5),
            1.0,
            "nautical miles",
            "fs-1037c-1996-radio-horizon",
            "2.23 (sqrt h1 + sqrt h2), metres",
        ),
    ]


# ---- figures


@figures.house
def line_of_sight(found: Answer) -> figures.Picture:
    p, flights, seen = found.parameters, found.tables["flights"], found.tables["first_seen"].set_index("path")
    figure, axes = figures.canvas()
    ground = np.linspace(0, p.range_km, 400)
    shadow = horizon.lowest_visible_km(p.range_km - ground, p.radar_height_m / 1000, p.refraction_factor)
    top = max(120.0, 1.25 * p.depressed_apogee_km, 1.4 * p.glide_altitude_km)
    axes.fill_between(
        ground, 0, np.minimum(shadow, top), color=figures.COLOURS["pale"], linewidth=0, zorder=0
    )
    axes.annotate("below the radar's horizon", (p.range_km * 0.13, 0.04 * top), fontsize=11, color="#555b60")
    for name, path in flights.groupby("path", sort=False):
        colour, style = PATHS[name]
        axes.plot(
            path["ground_km"],
            path["altitude_km"].where(path["altitude_km"] <= top),
            color=figures.COLOURS[colour],
            linestyle=style,
        )
        at = seen.loc[name]
        i = int((path["second"] / 60 + p.boost_minutes - at.first_seen_min).abs().to_numpy().argmin())
        x, y = path["ground_km"].iloc[i], path["altitude_km"].iloc[i]
        if y <= top:
            axes.scatter([x], [y], s=60, color=figures.COLOURS[colour], zorder=4, edgecolors="white")
        axes.annotate(
            f"{name}: first seen after {at.first_seen_min:.1f} min, {at.left_min:.1f} min left",
            (x, top * 0.95) if name == "ballistic" else (min(x, p.range_km * 0.55), min(y, top * 0.9)),
            xytext=(64 if name == "ballistic" else 10, {"ballistic": 0, "depressed": -4, "glide": -19}[name]),
            textcoords="offset points",
            va="top" if name == "ballistic" else "baseline",
            color=figures.COLOURS[colour],
            fontweight=600,
            fontsize=11,
        )
    axes.set(
        xlim=(0, p.range_km * 1.01),
        ylim=(0, top),
        xlabel="ground range from the launch, km (the radar stands at the end)",
        ylabel="altitude, km",
    )
    title = (
        f"A glider at {p.glide_altitude_km:g} km stays unseen for {seen.loc['glide'].unseen_percent:.0f} % of"
        f" its flight, a ballistic missile for {seen.loc['ballistic'].unseen_percent:.0f} %"
    )
    return figures.Picture(
        figure,
        "line_of_sight",
        title,
        f"Altitude against ground range; gray: below the line of sight of a radar {p.radar_height_m:,.0f} m"
        f" up with {p.refraction_factor:.2f} Earth radii",
        "Dots mark first sight. The ballistic path leaves the picture at the top. The glide is level flight"
        " at one speed, a drawing aid and not a vehicle.",
        "Three paths over a gray region that a radar at the end cannot see: "
        + ", ".join(f"{n} seen after {seen.loc[n].first_seen_min:.1f} minutes" for n in PATHS)
        + ".",
        flights[flights.index % 6 == 0].reset_index(drop=True),
        figures.used(tables.load("missile_warning/warning_delays")),
    )


@figures.house
def minutes_gained(found: Answer) -> figures.Picture:
    p, rows = found.parameters, found.tables["sensitivity"]
    base = found.tables["first_seen"].set_index("path")["gained_min"]
    words = {
        "glide_altitude_km": "glide height, km",
        "glide_speed_km_s": "glide speed, km/s",
        "radar_height_m": "radar height, m",
        "refraction_factor": "refraction factor",
        "space_sight_minutes": "satellite's first sight, min",
        "range_km": "range, km",
        "boost_minutes": "boost phase, min",
    }
    order = (
        rows[rows["path"] == "glide"]
        .groupby("assumption")["gained_min"]
        .agg(np.ptp)
        .sort_values(ascending=False)
        .index
    )
    figure, panels = figures.canvas(1, 2, sharey=True)
    for axes, path in zip(panels, ("glide", "ballistic")):
        colour = figures.COLOURS[PATHS[path][0]]
        for i, name in enumerate(order):
            part = rows[(rows["assumption"] == name) & (rows["path"] == path)].set_index("end")
            ends = part["gained_min"]
            axes.plot(
                [ends.min(), ends.max()], [i, i], color=colour, linewidth=7, solid_capstyle="butt", alpha=0.35
            )
            for end, marker in (("low", "o"), ("high", "o")):
                if end in part.index:
                    axes.scatter(
                        [part.loc[end, "gained_min"]], [i], marker=marker, color=colour, s=48, zorder=3
                    )
                    if ends.max() - ends.min() > 0.05:
                        left = part.loc[end, "gained_min"] <= ends.min()
                        axes.annotate(
                            f"{part.loc[end, 'value']:,g}",
                            (part.loc[end, "gained_min"], i),
                            xytext=(-8 if left else 8, 0),
                            textcoords="offset points",
                            ha="right" if left else "left",
                            va="center",
                            fontsize=10,
                        )
        axes.axvline(base[path], color=figures.COLOURS["ink"], linewidth=1.2)
        axes.axvline(0, color=figures.COLOURS["grey"], linewidth=1, linestyle="--")
        axes.set_title(f"{path}: {_gained(base[path])} min")
        low, high = rows[rows["path"] == path]["gained_min"].agg(["min", "max"])
        pad = max(0.25 * (high - low), 0.6)
        axes.set(xlim=(min(low, 0) - pad, max(high, 0) + pad), xlabel="minutes gained from space")
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
    panels[0].set(
        yticks=range(len(order)), yticklabels=[words[n] for n in order], ylim=(len(order) - 0.4, -0.6)
    )
    sign, sign_ballistic = ("gains" if base[path] > 0 else "loses" for path in ("glide", "ballistic"))
    other = "" if sign == sign_ballistic else f"{sign_ballistic} "
    title = (
        f"Space {sign} {abs(base['glide']):.1f} minutes of sight on a glider,"
        f" {other}{abs(base['ballistic']):.1f} on a ballistic missile"
    )
    return figures.Picture(
        figure,
        "minutes_gained",
        title,
        "First sight by radar minus first sight by satellite, minutes; bars: one assumption moved to either"
        " end, all else as chosen",
        "Vertical line: the chosen values; dashed: no gain. The satellite's first sight,"
        f" {p.space_sight_minutes:g} min after launch, is an assumption; its upper end is the three minutes"
        " to the report stated for 2012. No sensor is modelled here.",
        "Two panels of bars: minutes gained on the glide and the ballistic path as assumptions vary.",
        rows,
        figures.used(tables.load("missile_warning/warning_delays")),
    )


@figures.house
def visible_from(found: Answer) -> figures.Picture:
    from spacesec import maps

    radars = found.tables["radars"]
    lon, lat = np.linspace(114, 152, 305), np.linspace(25, 46, 169)
    grid = np.meshgrid(lon, lat)
    own = horizon.lowest_visible_from(
        radars[radars["operator"] == "JP"], *grid, found.parameters.refraction_factor
    )
    figure, axes = figures.canvas(height=6.4)
    chart = maps.draw(axes, (114, 152, 25, 46), land="outline", outline="white")
    mesh = chart.heat(lon, lat, own, cmap="cividis", vmin=0, vmax=100)
    chart.contour(
        lon,
        lat,
        own,
        [20, 40, 60, 100],
        label="%g km",
        colors=["white", "white", "white", figures.COLOURS["ink"]],
        linewidths=1.1,
    )
    bar = figure.colorbar(mesh, ax=axes, shrink=0.8, extend="max", pad=0.02)
    bar.set_label("lowest altitude in sight, km")
    shown = radars.drop_duplicates(["latitude_deg", "longitude_deg"])
    chart.places(
        [s.replace(" (US)", "") for s in shown["site"]],
        shown["longitude_deg"],
        shown["latitude_deg"],
        marker="^",
        size=60,
        color="white",
        text_color=figures.COLOURS["ink"],
        font_size=10,
    )
    chart.places(
        ["Pyongyang"],
        [125.7],
        [39.2],
        marker="o",
        size=40,
        color="white",
        text_color=figures.COLOURS["ink"],
        font_size=10,
    )
    at = float(
        horizon.lowest_visible_from(
            radars[radars["operator"] == "JP"],
            np.array([125.7]),
            np.array([39.2]),
            found.parameters.refraction_factor,
        )[0]
    )
    title = f"Over Pyongyang no Japanese radar has line of sight below {at:.0f} km"
    data = pd.DataFrame(
        {
            "longitude_deg": grid[0][::8, ::8].ravel(),
            "latitude_deg": grid[1][::8, ::8].ravel(),
            "lowest_visible_km": own[::8, ::8].ravel(),
        }
    )
    return figures.Picture(
        figure,
        "visible_from",
        title,
        "Lowest altitude that any of five Japanese surface radars has in line of sight; triangles: radar"
        " sites, including two US ones",
        f"Map: {chart.statement}. Geometry only, with public site heights and no range limit, terrain or"
        " ships; the two US sites have no stated height and are not in the field.",
        f"Map of Japan and Korea; lowest visible altitude rises from zero around Japan to {at:.0f} km over"
        " Pyongyang.",
        data,
        (*figures.used(radars), maps.SOURCE),
    )


@figures.house
def reported_gaps(found: Answer) -> figures.Picture:
    cases, p = found.tables["cases"], found.parameters
    figure, panels = figures.canvas(1, 2, sharey=True)
    for axes, column, label in (
        (panels[0], "apogee_km", "apogee, km (logarithmic)"),
        (panels[1], "hidden_end_km", "end of the path below every Japanese radar's horizon, km"),
    ):
        part = cases.dropna(subset=[column])
        for row in part.itertuples():
            figures.mark_point(axes, getattr(row, column), row.gap_km, row.Index)
        for flag, colour, marker in ((False, "blue", "o"), (True, "vermilion", "D")):
            chosen = part[part["shortfall"] == flag]
            axes.scatter(
                chosen[column],
                chosen["gap_km"],
                color=figures.COLOURS[colour],
                marker=marker,
                s=52,
                alpha=0.75,
                linewidths=0,
                zorder=3,
            )
        axes.axhline(0, color=figures.COLOURS["grey"], linewidth=1)
        axes.axhline(p.shortfall_km, color=figures.COLOURS["ink"], linewidth=1, linestyle="--")
        axes.set(xlabel=label, ylim=(min(-150, cases["gap_km"].min() - 40), cases["gap_km"].max() * 1.15))
        for row in (
            part[part["shortfall"]].nlargest(4, "gap_km").itertuples()
        ):  # more dates would cover one another
            axes.annotate(
                f"{row.report_date:%Y-%m-%d}",
                (getattr(row, column), row.gap_km),
                xytext=(9, -4),
                textcoords="offset points",
                fontsize=10,
            )
    panels[0].set_xscale("log")
    panels[0].set_ylabel("Seoul's range minus Tokyo's, km")
    panels[0].xaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    high = float(cases["gap_km"].max()) * 1.1
    panels[1].plot([0, high], [0, high], color=figures.COLOURS["green"], linewidth=1.4, linestyle="-.")
    panels[1].annotate(
        "all that the horizon\nwould take away",
        (0.75 * high, 0.75 * high),
        xytext=(6, -30),
        textcoords="offset points",
        fontsize=10,
        color=figures.COLOURS["green"],
    )
    r = found.results
    title = (
        "No shortfall of that size is on record"
        if r["explained_percent"].value is None
        else (
            f"The horizon hides {r['explained_percent'].value:.0f} % of what Tokyo's"
            f" {r['shortfall_cases'].value} short ranges lack"
        )
    )
    return figures.Picture(
        figure,
        "reported_gaps",
        title,
        f"Range stated by Seoul minus range stated by Tokyo for the same launch; dashed: {p.shortfall_km:g}"
        " km; diamonds: beyond it",
        f"Rank correlation with the hidden end {r['rank_correlation'].value:.2f} (one-sided permutation p"
        f" {r['permutation_p'].value:.2f}); power for a true 0.3 is {r['power_percent'].value:.0f} %. Paths"
        " are parabolas through Seoul's apogee and range; Tokyo rounds and sometimes states lower bounds,"
        " and the capitals share data since December 2023.",
        "Two scatter plots of the reported range gap, against apogee and against the hidden end of the path;"
        " the three large gaps lie far above the line of what the horizon could hide.",
        cases,
        (*figures.used(cases), *figures.used(cases, "source_id_jp"), *figures.used(found.tables["radars"])),
    )


FIGURES = (line_of_sight, minutes_gained, visible_from, reported_gaps)
