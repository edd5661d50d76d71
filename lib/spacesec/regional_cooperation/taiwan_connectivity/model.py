"""How many satellites does Taiwan need, and what is left when its cables are cut?

Coverage counts satellites above the minimum elevation of a terminal in central Taiwan; it knows no clouds,
beams, spectrum or jamming. The closed form stands in ``phased_coverage``, figures in ``taiwan_figures``.
Every capacity here is an upper bound.
"""

from math import comb
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics import frames, orbits, visibility
from spacesec.astrodynamics.earth import WGS84
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.importing import real_layers
from spacesec.methods import statistics
from spacesec.parameters import value
from spacesec.regional_cooperation import told_twice
from spacesec.regional_cooperation.taiwan_connectivity import phased_coverage as coverage

CENTRE_LATITUDE_DEG = (
    23.7  # central Taiwan, 121 degrees east; by latitude alone, as every longitude fares alike
)


TARGET = 0.999


INCLINATIONS_DEG, ELEVATIONS_DEG, ALTITUDES_KM = (30.0, 40.0, 53.0, 97.8), (15.0, 25.0, 35.0), (600.0, 1200.0)


COUNT_STEP, COUNT_MOST = 12, 300  # multiples of twelve divide into many numbers of planes


MOST = 600  # satellites, beyond which the search gives up


GATEWAY_ELEVATION_DEG = 10.0


GATEWAYS = ("Ishigaki", "Naha", "Kagoshima", "Tokyo", "Manila", "Hagatna", "Bangkok")


READERS = ("Taipei", "Kaohsiung", "Ishigaki", "Naha", "Kagoshima", "Tokyo")


DAY_STEP_S = 60.0


CENTRE = "central Taiwan"
CENTRE_LONGITUDE_DEG = 121.0
FILE_MOST = 12_000  # satellites of a reader's own layer, of which Starlink's is the biggest


# Indicators of `connectivity` that the question reads.
CABLES, BANDWIDTH, DOMESTIC = "international cables", "international bandwidth", "domestic cables"
DAMAGE, FIVE_YEARS = "cable damage by external force", "cases in five years"
TERMINALS, ALTITUDE = "satellite terminals", "planned altitude of the communication satellites"
WANTED = "low-orbit satellites the agency says it needs"
RATE = "mean data rate of one satellite"


# What published checks rest on.
SOURCES = {
    "five satellites": "walker-1970-circular-orbit-patterns",
    "terminals": "taiwan-news-2024-satellite-signals-cover-all",
    "rates": "cis-471-blog-2019-simulation-oneweb-spacex",
}


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    satellites: int = value(
        150,
        "satellites of the network; 150 is what the agency said in 2025 that it needs",
        unit="satellites",
        ge=1,
        le=1000,
    )
    planes: int = value(10, "orbital planes, equally filled", unit="planes", ge=1, le=100)
    phasing: int = value(
        1,
        "how far neighboring planes are shifted, in steps of 360 degrees over all satellites (Walker's F)",
        unit="steps",
        ge=0,
        le=99,
    )
    pattern: Literal["delta", "star"] = value(
        "delta", "nodes spread over the whole equator (delta) or half of it (star)"
    )
    inclination_deg: float = value(30, "inclination of the orbits", unit="deg", ge=0, le=120)
    altitude_km: float = value(
        "latest",
        "height of the orbits",
        unit="km",
        between=lambda: (300, 2000),
        latest=lambda: fact(ALTITUDE),
    )
    minimum_elevation_deg: float = value(
        25, "lowest elevation at which a terminal works", unit="deg", ge=0, le=80
    )
    terminals: int = value(
        "latest",
        "satellite terminals",
        unit="terminals",
        between=lambda: (0, 1_000_000),
        latest=lambda: int(fact(TERMINALS)),
    )
    cables_cut: int = value(
        "latest",
        "international cables cut",
        unit="cables",
        between=lambda: (0, cables_known()),
    )
    elements_file: str | None = value(
        None,
        "element sets of your own (TLE or OMM) of one real network, flown for a day beside the pattern;"
        " null: none",
    )

    @field_validator("elements_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return real_layers.usable(given)

    @model_validator(mode="after")
    def _possible(self):
        if self.satellites % self.planes:
            possible = ", ".join(str(p) for p in range(1, self.satellites + 1) if self.satellites % p == 0)
            raise ValueError(
                f"satellites = {self.satellites} do not divide evenly into planes = {self.planes}; for"
                f" {self.satellites} satellites planes may be {possible}."
            )
        if self.phasing >= self.planes:
            raise ValueError(
                f"phasing = {self.phasing} is not possible with planes = {self.planes}: it takes a whole"
                f" number from 0 to {self.planes - 1}."
            )
        return self

    @property
    def shell(self) -> coverage.Shell:
        return coverage.Shell(
            self.inclination_deg, self.altitude_km, self.minimum_elevation_deg, self.pattern
        )


def facts() -> tuple[pd.DataFrame, list[str]]:
    """The rows of `connectivity` that stand, and those left out as an earlier one says otherwise."""
    table = tables.settled("regional_cooperation/connectivity")
    return told_twice.once(table, ["indicator", "network", "unit", "date"])


def newest(indicator: str, **where: str) -> pd.Series:
    """The newest row of `connectivity` on an indicator; where: column -> the value that it must have.

    Raises DataError where none is left.
    """
    table, _ = facts()
    for column, wanted in {"indicator": indicator, **where}.items():
        table = table[table[column] == wanted]
    if table.empty:
        raise DataError(
            f"data/regional_cooperation/connectivity.csv has no row of {indicator!r}; restore it, or add the"
            " row"
        )
    return table.sort_values("date", kind="stable").iloc[-1]


def fact(indicator: str) -> float:
    """The newest value of an indicator, in the unit of its row."""
    return float(newest(indicator)["value"])


def cables_known() -> int:
    """International cables: the newest count, or what the landings hold where that is more (one at least at
    a landing without a number).
    """
    landed = tables.load("regional_cooperation/cable_landings")["international_cables"]
    return max(int(fact(CABLES)), int(landed.fillna(1).sum()))


def landings(cables: int) -> pd.Series:
    """International cables at each landing: as published where a number is printed, the rest shared as
    evenly as can be (an assumption).
    """
    table = tables.load("regional_cooperation/cable_landings").set_index("landing")["international_cables"]
    known, unknown = table.dropna().astype(int), table[table.isna()].index
    rest = cables - int(known.sum())
    shares = pd.Series(
        [rest // len(unknown) + (k < rest % len(unknown)) for k in range(len(unknown))],
        index=unknown,
        dtype=int,
    )
    return pd.concat([known, shares])


def southern() -> list[str]:
    """The landings on the south coast."""
    table = tables.load("regional_cooperation/cable_landings")
    return list(table[table["coast"] == "south"]["landing"])


def cable_ladder(cables: int, total_tbps: float, landed: pd.Series) -> pd.DataFrame:
    """What is left after each number of cuts at random, cables alike: capacity, and the chances that the
    south, or any landing, is dark.

    Exact: the landing with a cables is dark after k cuts with probability C(n - a, k - a) / C(n, k); any
    landing by inclusion and exclusion. ``landings_first``: landings still lit when whole landings are cut one
    by one, the smallest first.
    """
    rows, order = [], np.cumsum(np.sort(landed.to_numpy()))
    south = int(landed[southern()].sum())
    for cut in range(cables + 1):
        any_dark = sum(
            (-1) ** (len(group) + 1) * _dark(cables, cut, int(sum(group))) for group in _groups(list(landed))
        )
        rows.append(
            {
                "cables_cut": cut,
                "capacity_tbps": total_tbps * (cables - cut) / cables,
                "south_dark": _dark(cables, cut, south),
                "any_landing_dark": any_dark,
                "landings_lit_when_aimed": int((order > cut).sum()),
            }
        )
    return pd.DataFrame(rows)


def _dark(cables: int, cut: int, members: int) -> float:
    return comb(cables - members, cut - members) / comb(cables, cut) if cut >= members else 0.0


def _groups(sizes: list[int]):
    for code in range(1, 2 ** len(sizes)):
        yield [size for k, size in enumerate(sizes) if code >> k & 1]


def searches(p: Parameters) -> pd.DataFrame:
    """Fewest satellites for TARGET over central Taiwan by inclination, elevation and altitude, in the best
    arrangement; star patterns other than the chosen one in steps of three.
    """
    rows = []
    for altitude in sorted({*ALTITUDES_KM, p.altitude_km}):
        for elevation in sorted({*ELEVATIONS_DEG, p.minimum_elevation_deg}):
            for inclination in sorted({*INCLINATIONS_DEG, p.inclination_deg}):
                shell = coverage.Shell(inclination, altitude, elevation, p.pattern)
                found = coverage.needed(
                    shell,
                    CENTRE_LATITUDE_DEG,
                    TARGET,
                    MOST,
                    3 if p.pattern == "star" and shell != p.shell else 1,
                )
                rows.append(
                    {
                        "inclination_deg": inclination,
                        "altitude_km": altitude,
                        "minimum_elevation_deg": elevation,
                        "satellites_needed": found[0] if found else None,
                        "planes": found[1] if found else None,
                        "phasing": found[2] if found else None,
                    }
                )
    return pd.DataFrame(rows)


def by_count(p: Parameters, wanted: int, needed: dict[str, int | None]) -> pd.DataFrame:
    """Availability against the number of satellites, up to 300 or the number wanted: the best
    arrangement at each inclination, also at the number wanted and at the fewest that
    suffice.
    """
    fewest = {count for count in needed.values() if count and count <= max(COUNT_MOST, wanted)}
    steps = range(COUNT_STEP, max(COUNT_MOST, wanted) + 1, COUNT_STEP)
    rows = []
    for inclination in sorted({*INCLINATIONS_DEG, p.inclination_deg}):
        shell = coverage.Shell(inclination, p.altitude_km, p.minimum_elevation_deg, p.pattern)
        own = needed[f"{inclination:g}"]
        for count in sorted({*steps, wanted, *({own} & fewest)}):
            _, _, share = coverage.best(shell, count, CENTRE_LATITUDE_DEG, TARGET)
            rows.append({"inclination_deg": inclination, "satellites": count, "best": 100 * share})
    return pd.DataFrame(rows)


def board(p: Parameters, satellites: int) -> pd.DataFrame:
    """Availability of every arrangement of this many satellites in two or more planes: planes, phasing,
    availability_percent.
    """
    found = [
        arrangement
        for arrangement in coverage.every_pattern(p.shell, satellites, CENTRE_LATITUDE_DEG, step_deg=1.0)
        if arrangement[0] > 1 or satellites == 1
    ]
    return pd.DataFrame(
        [{"planes": a, "phasing": b, "availability_percent": 100 * share} for a, b, share in found]
    )


def gateways(p: Parameters) -> pd.DataFrame:
    """Share of a day in which a satellite over a terminal in Taipei also sees a gateway abroad, so that it
    can pass the signal on without
    links between satellites: gateway, percent."""
    maker = orbits.walker_delta if p.pattern == "delta" else orbits.walker_star
    times = np.arange(0.0, 86400.0, DAY_STEP_S * (1 if p.satellites <= 300 else 3))
    position = orbits.track(maker(p.satellites, p.planes, p.phasing, p.altitude_km, p.inclination_deg))(times)
    place = tables.load("geography/places").set_index("place")

    def seen(name: str, elevation: float) -> np.ndarray:
        point = frames.points(place["latitude_deg"][name], place["longitude_deg"][name])
        return visibility.sees(position, point.position_km[0], point.up[0], visibility.Rule(elevation))

    taipei = seen("Taipei", p.minimum_elevation_deg)
    rows = [
        {
            "gateway": name,
            "percent": 100 * (taipei & seen(name, GATEWAY_ELEVATION_DEG)).any(axis=0).mean(),
            "distance_km": float(_distance(place, "Taipei", name)),
        }
        for name in GATEWAYS
    ]
    return pd.DataFrame(
        [{"gateway": "none needed", "percent": 100 * taipei.any(axis=0).mean(), "distance_km": 0.0}, *rows]
    )


def of_file(p: Parameters) -> pd.DataFrame:
    """A day of a real network, by place: share of time with a satellite for a terminal, their mean number,
    and the share in which one of them over Taipei also sees a gateway there.
    """
    table = tables.load("geography/places").set_index("place")
    spots = {CENTRE: (CENTRE_LATITUDE_DEG, CENTRE_LONGITUDE_DEG)} | {
        name: (table["latitude_deg"][name], table["longitude_deg"][name])
        for name in dict.fromkeys((*READERS, *GATEWAYS))
    }
    points = {name: frames.points(*spot) for name, spot in spots.items()}
    rules = [visibility.Rule(e) for e in (p.minimum_elevation_deg, GATEWAY_ELEVATION_DEG)]
    times = np.arange(0.0, 86400.0, DAY_STEP_S)
    count, passed = (np.zeros((len(spots), len(times)), dtype=int) for _ in range(2))
    for fly in real_layers.tracks(p.elements_file, FILE_MOST):
        positions = fly(times)

        def seen(name: str, rule: visibility.Rule, at: np.ndarray = positions) -> np.ndarray:
            return visibility.sees(at, points[name].position_km[0], points[name].up[0], rule)

        taipei = seen("Taipei", rules[0])
        for k, name in enumerate(spots):
            count[k] += seen(name, rules[0]).sum(axis=0)
            passed[k] += (taipei & seen(name, rules[1])).sum(axis=0)
    return pd.DataFrame(
        {
            "place": list(spots),
            "percent": 100 * (count > 0).mean(axis=1),
            "mean_in_view": count.mean(axis=1),
            "gateway_percent": 100 * (passed > 0).mean(axis=1),
        }
    )


def _file(p: Parameters, flown: pd.DataFrame | None) -> dict[str, Result]:
    """What the real network of a file of the reader's own gives, where there is one."""
    if flown is None:
        return {}
    by_place, gates = flown.set_index("place"), flown[flown["place"].isin(GATEWAYS)]
    return {
        **real_layers.results(p.elements_file, FILE_MOST),
        "file_percent": Result(
            dict(zip(flown["place"], flown["percent"])), "percent of time", "a satellite of the file in view"
        ),
        "file_mean_in_view": Result(
            float(by_place.loc[CENTRE, "mean_in_view"]), "satellites", f"of the file over {CENTRE}"
        ),
        "file_gateway_percent": Result(
            dict(zip(gates["place"], gates["gateway_percent"])),
            "percent of time",
            "a satellite of the file over Taipei also sees this gateway",
        ),
    }


def _distance(place: pd.DataFrame, a: str, b: str) -> float:
    from spacesec.methods import sphere

    return sphere.great_circle_km(
        place["longitude_deg"][a],
        place["latitude_deg"][a],
        place["longitude_deg"][b],
        place["latitude_deg"][b],
    )


def readers(p: Parameters) -> pd.DataFrame:
    """Availability of the chosen network at places from Taiwan to Tokyo, with the planned six in their best
    arrangement, and with twelve.
    """
    place = tables.load("geography/places").set_index("place")
    six = planned()
    rows = []
    for name in READERS:
        latitude = float(place["latitude_deg"][name])
        row = {
            "place": name,
            "latitude_deg": latitude,
            "chosen": (
                100 * float(coverage.availability(p.shell, p.satellites, p.planes, p.phasing, latitude)[0])
            ),
        }
        for label, count in (("planned", six), ("doubled", 2 * six)):
            row[label] = 100 * max(
                share for _, _, share in coverage.every_pattern(p.shell, count, latitude, step_deg=0.5)
            )
        rows.append(row)
    return pd.DataFrame(rows)


def planned() -> int:
    """Taiwan's own communication satellites, planned and flying; hired capacity has no number."""
    table = tables.load("regional_cooperation/taiwan_programmes")
    own = (table["function"] == "communications") & table["state"].isin(["planned", "flying"])
    return int(table[own]["satellites"].sum())


def answer(parameters: Parameters) -> Answer:
    """Coverage, the satellites needed, the ladder of cut cables, and what neighbours would add."""
    p = parameters
    rates = _rates()
    cables, total, wanted = cables_known(), fact(BANDWIDTH), int(fact(WANTED))
    share = 100 * float(
        coverage.availability(p.shell, p.satellites, p.planes, p.phasing, CENTRE_LATITUDE_DEG)[0]
    )
    in_view = coverage.mean_in_view(p.shell, p.satellites, CENTRE_LATITUDE_DEG)
    down = p.terminals * fact("mean download speed of a terminal") / 1000
    up = p.terminals * fact("mean upload speed of a terminal") / 1000
    by_satellites = {name: float(in_view * rate) for name, rate in rates.items()}
    fallback = min(down, max(by_satellites.values()))
    searched = searches(p)
    mine = searched[
        (searched["inclination_deg"] == p.inclination_deg)
        & (searched["altitude_km"] == p.altitude_km)
        & (searched["minimum_elevation_deg"] == p.minimum_elevation_deg)
    ].iloc[0]
    rungs = cable_ladder(cables, total, landings(cables))
    patterns = board(p, p.satellites)
    per_person = fact("peak traffic of Matsu, weekday") / fact("people of the Matsu islands")  # Gbps a head
    known, doubtful = facts()
    landed = tables.load("regional_cooperation/cable_landings")
    rests_on = [newest(BANDWIDTH)["row_id"], newest(CABLES)["row_id"], *landed["row_id"]]
    failures, doubtful_failures = incidents()
    flown = of_file(p) if p.elements_file else None
    made = {
        "ladder": rungs.assign(row_ids=";".join(rests_on)),
        "searches": searched,
        "counts": by_count(p, wanted, _by_inclination(searched, p)),
        "board": patterns,
        "gateways": gateways(p),
        "readers": readers(p),
        "landings": landings(cables).rename_axis("landing").reset_index(name="cables"),
        "facts": known,
        "incidents": failures,
        "programmes": tables.load("regional_cooperation/taiwan_programmes"),
        "landing_rows": landed,
        "places": tables.load("geography/places"),
    }
    left = rungs.set_index("cables_cut").loc[p.cables_cut]
    five = newest(DAMAGE, unit=FIVE_YEARS)
    rate = statistics.poisson_rate_interval(int(five["value"]), 5 * fact(DOMESTIC))
    results = {
        "availability_percent": Result(
            share, "percent of time", "a satellite above the minimum elevation over central Taiwan"
        ),
        "mean_in_view": Result(
            in_view,
            "satellites",
            "mean number above the minimum elevation over central Taiwan, whatever the phasing",
        ),
        "satellites_needed": Result(
            None if pd.isna(mine["satellites_needed"]) else int(mine["satellites_needed"]),
            "satellites",
            f"fewest for {100 * TARGET:g}%, best arrangement; null when {MOST} do not suffice",
            ("C0-006",),
        ),
        "best_arrangement": Result(
            None if pd.isna(mine["planes"]) else [int(mine["planes"]), int(mine["phasing"])],
            "planes, phasing",
            "the arrangement that does it",
        ),
        "arrangement_range_percent": Result(
            [patterns["availability_percent"].min(), patterns["availability_percent"].max()],
            "percent of time",
            "worst and best arrangement of the same number of satellites",
        ),
        "needed_by_inclination": Result(
            _by_inclination(searched, p),
            "satellites",
            "fewest satellites at the chosen elevation and altitude, by inclination",
        ),
        "agency_inclination_deg": Result(
            _agency(p, wanted),
            "deg",
            "highest inclination (in whole degrees) at which the agency's number still suffices for that"
            " target, best arrangement",
            ("C0-006",),
        ),
        "planned_six_percent": Result(
            float(made["readers"].set_index("place")["planned"]["Taipei"]),
            "percent of time",
            "the planned communication satellites over Taipei at their best",
            ("C0-006",),
        ),
        "capacity_left_tbps": Result(
            float(left["capacity_tbps"]),
            "Tbps",
            "international cable capacity left after the cuts, cables alike (total is a lower bound)",
            ("C0-004",),
        ),
        "south_dark_percent": Result(
            100 * float(left["south_dark"]),
            "percent",
            "chance that random cuts take all cables at Fangshan, the south's only landing",
            ("C0-004",),
        ),
        "any_landing_dark_percent": Result(
            100 * float(left["any_landing_dark"]),
            "percent",
            "chance that random cuts leave some landing without a cable",
            ("C0-004",),
        ),
        "terminal_limit_gbps": Result(float(down), "Gbps", "all terminals at the best mean download speed"),
        "terminal_limit_up_gbps": Result(float(up), "Gbps", "all terminals at the best mean upload speed"),
        "satellite_limit_gbps": Result(
            by_satellites,
            "Gbps",
            "mean satellites in view times published mean rates of three networks' satellites",
        ),
        "fallback_gbps": Result(
            float(fallback),
            "Gbps",
            "the smaller of the terminals' limit and the highest satellite limit: an upper bound",
        ),
        "fallback_share_percent": Result(
            float(fallback / (total * 1000) * 100), "percent", "of today's cable capacity", ("C0-004",)
        ),
        "fallback_people": Result(
            round(float(fallback / per_person), -3),
            "people",
            "served at the peak traffic a head of the Matsu islands",
        ),
        "need_tbps": Result(
            float(per_person * fact("internet users in Taiwan") * 1e6 / 1000),
            "Tbps",
            "all Taiwan's internet users at that traffic",
        ),
        "failures_per_cable_year": Result(
            {"rate": rate.estimate, "low": rate.low, "high": rate.high},
            "failures a cable and year",
            f"domestic cables {five['date'].year} to {five['date'].year + 4}, damage by external force,"
            " 95% interval",
            ("C0-004",),
        ),
        "gateway_percent": Result(
            dict(zip(made["gateways"]["gateway"], made["gateways"]["percent"])),
            "percent of time",
            "a satellite over Taipei also sees this gateway",
            ("C0-008",),
        ),
        "reader_percent": Result(
            dict(zip(made["readers"]["place"], made["readers"]["chosen"])),
            "percent of time",
            "the same network over other places",
            ("C0-008",),
        ),
        "target": Result(TARGET, "share of time", "coverage for which satellites are looked for"),
        "most": Result(MOST, "satellites", "number beyond which the search gives up"),
        "wanted": Result(wanted, "satellites", "low-orbit satellites the agency says it needs"),
        "planned": Result(
            planned(), "satellites", "Taiwan's own communication satellites, planned and flying"
        ),
        "cables": Result(cables, "cables", "international cables known"),
        "southern_landings": Result(len(southern()), "landings", "cable landings on the south coast"),
        "failures": Result(
            failures_told(failures),
            "failures",
            "single cable failures on record",
        ),
        "newest_fact": Result(f"{known['date'].max():%Y-%m-%d}", "date", "newest fact on the links"),
        "told_twice": Result(
            [*doubtful, *doubtful_failures], "row ids", "rows that say a fact again, undecided; left out"
        ),
        **_file(p, flown),
    }
    if flown is not None:
        made["real"] = flown
    return Answer(
        results,
        made,
        parameters,
    )


def incidents() -> tuple[pd.DataFrame, list[str]]:
    """The rows of `cable_incidents`, one a cable and day, oldest first as they stand, and those left out as
    another source says otherwise.
    """
    return told_twice.once(tables.settled("regional_cooperation/cable_incidents"), ["cable", "date"])


def failures_told(known: pd.DataFrame) -> dict[str, int | str | None]:
    """How many failures are known, how many with a suspected ship, the first and the last day."""
    first, last = known["date"].min(), known["date"].max()
    return {
        "count": len(known),
        "ship_suspected": int((known["cause"] == "ship suspected").sum()),
        "first": None if known.empty else f"{first:%Y-%m-%d}",
        "last": None if known.empty else f"{last:%Y-%m-%d}",
    }


def _rates(source_id: str | None = None) -> dict[str, float]:
    """Mean rate of one satellite in Gbps by network: the newest row, or that of one source."""
    rows, _ = facts()
    rows = rows[(rows["indicator"] == RATE) & (rows["source_id"] == source_id if source_id else True)]
    rows = rows.sort_values("date", kind="stable").drop_duplicates("network", keep="last")
    return {f"{row.network}-like": float(row.value) for row in rows.itertuples()}


def _agency(p: Parameters, satellites: int) -> float | None:
    """Highest inclination up to 98 degrees at which the agency's number reaches TARGET at the chosen height
    and elevation; None where none does.
    """
    for inclination in range(98, 19, -1):
        shell = coverage.Shell(float(inclination), p.altitude_km, p.minimum_elevation_deg, p.pattern)
        if coverage.mean_in_view(shell, satellites, CENTRE_LATITUDE_DEG) < TARGET:
            continue
        if coverage.best(shell, satellites, CENTRE_LATITUDE_DEG, TARGET)[2] >= TARGET:
            return float(inclination)
    return None


def _by_inclination(searched: pd.DataFrame, p: Parameters) -> dict:
    part = searched[
        (searched["altitude_km"] == p.altitude_km)
        & (searched["minimum_elevation_deg"] == p.minimum_elevation_deg)
    ]
    return {
        f"{row.inclination_deg:g}": None if pd.isna(row.satellites_needed) else int(row.satellites_needed)
        for row in part.itertuples()
    }


def checks(answer: Answer) -> list[Check]:
    """Walker's five satellites over the whole Earth, and published figures that must fit together."""
    rates = _rates(SOURCES["rates"])
    synchronous = WGS84.synchronous_radius_km - WGS84.equatorial_radius_km
    five = min(
        float(coverage.availability(coverage.Shell(43.66, synchronous, 0.0), 5, 5, 1, latitude)[0])
        for latitude in range(-90, 91, 5)
    )
    parts = [
        "satellite terminals at user sites in Taiwan",
        "satellite terminals for mobile backhaul",
        "satellite terminals abroad",
    ]
    totals = {"SpaceX-like": (4425, 23.70), "OneWeb-like": (720, 1.56), "Telesat-like": (117, 2.66)}
    return [
        Check(
            "five satellites in Walker's delta pattern: least coverage of any latitude",
            100 * five,
            100.0,
            0.0,
            "percent",
            SOURCES["five satellites"],
            "summary: five high satellites cover the whole Earth",
        ),
        Check(
            "terminals at user sites, for backhaul and abroad add up to those tested",
            sum(fact(part) for part in parts),
            773.0,
            0.0,
            "terminals",
            SOURCES["terminals"],
            "third paragraph",
        ),
        *[
            Check(
                f"{name} satellites times their mean rate give the network's throughput",
                count * rates[name] / 1000,
                total,
                0.03,
                "Tbps",
                SOURCES["rates"],
                "results table, total system throughput",
            )
            for name, (count, total) in totals.items()
        ],
    ]
