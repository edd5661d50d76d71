"""Positioning satellites of Japan, India and the United States: who is in the fleet, and where each one is
over a day.

Two kinds of orbits. ``nominal``: GPS from its published reference slots; QZSS and NavIC from the assumptions
below, which stand in no single source (``regional_cooperation/navigation_orbits`` holds what sources say).
``elements``: the newest real element sets.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from spacesec.astrodynamics import orbits
from spacesec.astrodynamics.earth import WGS84
from spacesec.data import tables
from spacesec.errors import ParameterError

SYSTEMS = ("QZSS", "NavIC", "GPS")
USABLE_PDOP = 6.0  # the threshold of the GPS performance standard
MAP_REGION = "indo_pacific"
# Nominal quasi-zenith orbit: one ground track, apogee in the north over its middle longitude.
NOMINAL_QZO = {
    "inclination_deg": 43.0,
    "eccentricity": 0.075,
    "perigee_deg": 270.0,
    "middle_longitude_deg": 137.5,
}
# Mean anomaly at the start in the order of the real satellites; the fourth, QZS-5, in the middle of their
# widest real gap.
NOMINAL_QZO_ANOMALY_DEG = {"QZS-1R": 120.0, "QZS-2": 0.0, "QZS-4": 240.0, "QZS-5": 60.0}
NOMINAL_QZSS_BELT_DEG = {"QZS-3": 127.0, "QZS-6": 90.5, "QZS-7": 185.0}
# NavIC as designed: three geostationary slots and two pairs on figures of eight, named after the satellites
# that filled them first.
NOMINAL_NAVIC_BELT_DEG = {"IRNSS-1F": 32.5, "IRNSS-1C": 83.0, "IRNSS-1G": 131.5}
NOMINAL_NAVIC_INCLINATION_DEG = 29.0
NOMINAL_NAVIC_PAIRS = {
    "IRNSS-1A": (55.0, 0.0),
    "IRNSS-1B": (55.0, 180.0),
    "IRNSS-1D": (111.75, 90.0),
    "IRNSS-1E": (111.75, 270.0),
}
ON_THE_BELT = ("geostationary", "quasi-geostationary")
DAY_S = 86164.0


@dataclass(frozen=True)
class Fleet:
    """Satellites flown together: names (N,), systems (N,) and Earth-fixed positions (N, T, 3) in km at times
    (T,) in seconds.
    """

    names: tuple[str, ...]
    systems: tuple[str, ...]
    times_s: np.ndarray
    positions_km: np.ndarray

    def __len__(self) -> int:
        return len(self.names)

    def keep(self, names) -> "Fleet":
        """Only the named satellites, in this fleet's order."""
        index = [k for k, name in enumerate(self.names) if name in set(names)]
        return Fleet(
            tuple(self.names[k] for k in index),
            tuple(self.systems[k] for k in index),
            self.times_s,
            self.positions_km[index],
        )


@tables.remembered
def satellites() -> pd.DataFrame:
    """The rows of `navigation_satellites`, indexed by name."""
    return tables.settled("regional_cooperation/navigation_satellites").set_index("satellite")


def qzss_belt() -> dict[str, float]:
    """Nominal longitudes on the belt: the stated ones, and where a satellite without one is said to stand."""
    known = satellites()
    known = known[(known["system"] == "QZSS") & known["orbit"].isin(ON_THE_BELT)]
    said = known["middle_longitude_deg"].dropna().to_dict()
    return NOMINAL_QZSS_BELT_DEG | {
        name: degrees for name, degrees in said.items() if name not in NOMINAL_QZSS_BELT_DEG
    }


def without_orbit() -> tuple[list[str], list[str]]:
    """Satellites that are not lost and stand in no fleet: of Japan's those without a nominal orbit, and those
    in service, or in no nominal fleet either, without an element set.
    """
    known = satellites()
    known = known[known["state"] != "lost"]
    nominal = {*NOMINAL_QZO_ANOMALY_DEG, *qzss_belt(), *NOMINAL_NAVIC_BELT_DEG, *NOMINAL_NAVIC_PAIRS}
    placed, tracked = known.index.isin(nominal), known.index.isin(element_sets().index)
    no_place = known[~placed & (known["system"] == "QZSS")]
    no_set = known[~tracked & (known["in_service"].astype(bool) | ~placed)]
    return list(no_place.index), list(no_set.index)


def members(systems, orbit_source: str) -> pd.DataFrame:
    """All satellites that can be flown: satellite, system, state, usual (in the fleet unless lost).

    ``nominal`` flies Japan's satellites in service and India's system as designed; ``elements`` only those
    that give a position service.
    """
    known = satellites()
    if orbit_source == "nominal":
        rows = [
            (
                name,
                "QZSS",
                known["state"].get(name, "as designed"),
                bool(known["in_service"].get(name, False)),
            )
            for name in (*NOMINAL_QZO_ANOMALY_DEG, *qzss_belt())
        ]
        rows += [
            (name, "NavIC", "as designed", True) for name in (*NOMINAL_NAVIC_BELT_DEG, *NOMINAL_NAVIC_PAIRS)
        ]
        rows += [
            (slot, "GPS", "as designed", True)
            for slot in tables.load("regional_cooperation/gps_slots")["slot"]
        ]
    else:
        sets = element_sets()
        rows = [
            (name, known["system"][name], known["state"][name], bool(known["in_service"][name]))
            for name in sets.index
            if name in known.index
        ]
        rows += [(name, "GPS", "flying", True) for name in sets.index if name.startswith("GPS")]
    table = pd.DataFrame(rows, columns=["satellite", "system", "state", "usual"])
    return (
        table[table["system"].isin(systems)]
        .sort_values(["system", "satellite"], key=lambda c: c.map(_order), kind="stable")
        .reset_index(drop=True)
    )


def serving() -> list[str]:
    """Japan's satellites that give a position service and have a nominal orbit."""
    japan = members(("QZSS",), "nominal")
    return list(japan[japan["usual"]]["satellite"])


def select(systems, lost, added, orbit_source: str) -> list[str]:
    """Names in the fleet: the usual ones, without ``lost``, with ``added``. Raises ParameterError with what
    exists.
    """
    table = members(systems, orbit_source)
    everyone = members(SYSTEMS, orbit_source)["satellite"]
    known = {*satellites().index, *everyone}
    for parameter, wanted in (("lost", lost), ("added", added)):
        for name in wanted:
            if name not in known:
                raise ParameterError(
                    f"{parameter} = {name!r} is not possible: there is no such satellite; {orbit_source}"
                    f" orbits know {_listed(everyone)}."
                )
    for name in added:
        if name not in set(table["satellite"]):
            why = (
                f"belongs to none of systems = {', '.join(systems)}"
                if name in set(everyone)
                else f"has no {orbit_source} orbit"
            )
            raise ParameterError(
                f"added = {name!r} is not possible: it {why}; possible are {_listed(table['satellite'])}."
            )
    if both := set(lost) & set(added):
        raise ParameterError(
            f"lost and added both name {', '.join(sorted(both))}; a satellite can only be one of them."
        )
    chosen = [
        name
        for name, usual in zip(table["satellite"], table["usual"])
        if (usual or name in added) and name not in lost
    ]
    if not chosen:
        raise ParameterError(
            f"lost leaves no satellite of {', '.join(systems)}; at least one must remain, and a position"
            " needs four or more."
        )
    return chosen


def fleet(orbit_source: str, step_s: float = 300.0) -> Fleet:
    """Every satellite of the three systems that has an orbit of this kind, over one sidereal day."""
    table = members(SYSTEMS, orbit_source)
    times = np.arange(0.0, DAY_S, step_s)
    names, systems = tuple(table["satellite"]), tuple(table["system"])
    positions = _nominal(names, times) if orbit_source == "nominal" else _real(names, times)
    return Fleet(names, systems, times, positions)


@tables.remembered
def element_sets() -> pd.DataFrame:
    """Newest element set of each positioning satellite, indexed by our name (``GPS PRN 25`` for GPS)."""
    table = tables.load("space_systems/elements")
    table = table[table["name"].str.contains("QZS-|IRNSS|NVS|GPS ")]
    prn = table["name"].str.extract(r"PRN (\d+)")[0]
    table = table.assign(label=table["name"].where(prn.isna(), "GPS PRN " + prn))
    return (
        table.sort_values("epoch_utc").drop_duplicates("label", keep="last").set_index("label").sort_index()
    )


def ground_tracks(chosen: Fleet) -> pd.DataFrame:
    """Where satellites stand over the ground through the day: satellite, system, time_h, longitude_deg
    (unwrapped), latitude_deg.
    """
    from spacesec.astrodynamics.frames import geodetic

    rows = []
    for name, system, position in zip(chosen.names, chosen.systems, chosen.positions_km):
        latitude, longitude, _ = geodetic(position)
        rows.append(
            pd.DataFrame(
                {
                    "satellite": name,
                    "system": system,
                    "time_h": chosen.times_s / 3600,
                    "longitude_deg": np.degrees(np.unwrap(np.radians(longitude))),
                    "latitude_deg": latitude,
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def _nominal(names, times) -> np.ndarray:
    parts = {}
    radius = WGS84.synchronous_radius_km
    q = NOMINAL_QZO
    for name, anomaly in NOMINAL_QZO_ANOMALY_DEG.items():
        node = (q["middle_longitude_deg"] - q["perigee_deg"] - anomaly) % 360
        parts[name] = orbits.elements(
            radius, q["eccentricity"], q["inclination_deg"], node, q["perigee_deg"], anomaly
        )
    for name, longitude in {**qzss_belt(), **NOMINAL_NAVIC_BELT_DEG}.items():
        parts[name] = orbits.geostationary(longitude)
    for name, (longitude, anomaly) in NOMINAL_NAVIC_PAIRS.items():
        parts[name] = orbits.elements(
            radius, 0.0, NOMINAL_NAVIC_INCLINATION_DEG, (longitude - anomaly) % 360, 0.0, anomaly
        )
    slots = tables.load("regional_cooperation/gps_slots")
    greenwich_deg = (18 + 36 / 60 + 14.4 / 3600) * 15  # hour angle of Greenwich at the slots' epoch
    for slot in slots.itertuples():
        parts[slot.slot] = orbits.elements(
            slot.semi_major_axis_km,
            0.0,
            slot.inclination_deg,
            (slot.node_deg - greenwich_deg) % 360,
            0.0,
            slot.argument_of_latitude_deg,
        )
    # Without J2: slots are kept by manoeuvres, so the nominal track repeats each day.
    return np.concatenate([orbits.track(parts[name], j2=False)(times) for name in names])


def _real(names, times) -> np.ndarray:
    from spacesec.astrodynamics import elements

    sets = element_sets().loc[list(names)]
    read = elements.from_fields(elements.of_table(sets))
    return elements.track(read, elements_day().to_julian_date())(times)


def regional_epochs() -> pd.Series:
    """The days of the element sets of Japan's and India's satellites."""
    sets = element_sets()
    return sets[~sets.index.str.startswith("GPS")]["epoch_date"]


def elements_day() -> pd.Timestamp:
    """The day of real orbits: the one after the newest element set of Japan's and India's satellites."""
    return regional_epochs().max() + pd.Timedelta(days=1)


def _order(text: str) -> str:
    return f"{SYSTEMS.index(text)}" if text in SYSTEMS else text


def _listed(names) -> str:
    names = list(names)
    gps = [name for name in names if name.startswith("GPS")]
    rest = [name for name in names if not name.startswith("GPS")]
    return ", ".join(rest + ([f"{gps[0]} to {gps[-1]}"] if gps else []))
