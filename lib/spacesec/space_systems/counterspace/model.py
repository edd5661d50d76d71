"""What public reports ascribe to whom, which orbits it has reached, what is dated, and what was answered."""

import difflib
from typing import Literal, get_args

import pandas as pd

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import ParameterError, did_you_mean
from spacesec.parameters import value

CAPABILITIES = "space_systems/counterspace_capabilities"
EDITIONS = "space_systems/counterspace_editions"
INCIDENTS = "space_systems/counterspace_incidents"
REPORTS = ("Secure World Foundation", "CSIS", "Defense Intelligence Agency", "Ministry of Defense")
Kind = Literal["direct ascent", "co-orbital", "directed energy", "electronic", "cyber"]
KINDS = get_args(Kind)
# What a report says of a state and a kind, from the least to the furthest; a pair without a row is unknown.
STATUSES = ("none reported", "stage unclear", "shown outside space", "research", "tested", "operational")
FAR = ("tested", "operational")
UNKNOWN = "unknown"
ORBITS = ("low", "medium", "quasi-zenith", "geostationary")
REACHES = ("shown", "suggested", "said not to reach", UNKNOWN)
SATELLITE, GROUND = "satellite", "ground"
PUBLIC = ("government", "several governments or an international body")
TEST, TEST_BAN = "destructive test", "test_ban"
DOMAIN = "counterspace"


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    edition: int = value(
        "latest",
        "last edition of the reports that counts",
        "year",
        between=lambda: years_known(),
    )
    rule: Literal["newest", "furthest"] = value(
        "newest",
        "which report decides where several speak of one state and kind: the newest edition, or the"
        " one that puts it furthest",
    )
    states: list[str] = value([], "states to show; none: all of them", known=lambda: known_states())
    kinds: list[Kind] = value(list(KINDS), "kinds of means", min_length=1)
    orbit: Literal["all", "low", "medium", "quasi-zenith", "geostationary"] = value(
        "all",
        "class of orbit for what has reached it and for the dated cases; those on the ground always count",
    )
    first_year: int = value(
        "first", "first year of the dated cases", "year", between=lambda: extent.years(INCIDENTS, "date")
    )
    last_year: int = value(
        "latest", "last year of the dated cases", "year", between=lambda: extent.years(INCIDENTS, "date")
    )


def years_known() -> tuple[int, int]:
    """The first and last year of an edition, in either table."""
    ends = [extent.years(name, "edition_year") for name in (EDITIONS, CAPABILITIES)]
    return min(first for first, _ in ends), max(last for _, last in ends)


def known_states() -> list[str]:
    return sorted({row["state"] for row in extent.rows(CAPABILITIES)})


def _refuse_unknown(states: list[str]) -> None:
    known = known_states()
    for name in states:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            mend = did_you_mean(near, f"the reports speak of {', '.join(known)}.")
            raise ParameterError(f"no report speaks of a state {name!r}; {mend}")


def told(p: Parameters) -> pd.DataFrame:
    """The rows of the states and kinds chosen, up to the edition, with the place of their status and report
    in order.
    """
    _refuse_unknown(p.states)
    rows = tables.settled(CAPABILITIES)
    rows = rows[(rows["edition_year"] <= p.edition) & rows["kind"].isin(p.kinds)]
    rows = rows[rows["state"].isin(p.states)] if p.states else rows
    return rows.assign(
        stage=rows["status"].astype(str).map(STATUSES.index),
        place=rows["report"].astype(str).map(REPORTS.index),
    )


def vintages(p: Parameters) -> pd.DataFrame:
    """States and kinds of which editions of several years speak: of each year the row that puts it
    furthest.
    """
    rows = told(p).astype({"kind": str, "status": str, "report": str})
    rows = rows.sort_values(["stage", "place"], ascending=[False, True], kind="stable")
    rows = rows.drop_duplicates(["state", "kind", "edition_year"])
    several = rows.groupby(["state", "kind"])["edition_year"].transform("nunique") > 1
    rows = rows[several].assign(order=lambda table: table["kind"].map(KINDS.index))
    return rows.sort_values(["state", "order", "edition_year"], kind="stable").reset_index(drop=True)


def decided(p: Parameters) -> pd.DataFrame:
    """One row for each state and kind that a report up to the edition speaks of, by the rule; of one year the
    row that puts it furthest, then the order of `REPORTS`.
    """
    rows = told(p)
    keys = ["edition_year", "stage"] if p.rule == "newest" else ["stage", "edition_year"]
    ordered = rows.sort_values([*keys, "place"], ascending=[False, False, True], kind="stable")
    return ordered.drop_duplicates(["state", "kind"]).reset_index(drop=True)


def matrix(p: Parameters, rows: pd.DataFrame) -> pd.DataFrame:
    """Every state and kind, those that nothing says anything of as unknown; states with the most kinds tested
    or fielded first.
    """
    far = rows[rows["status"].isin(FAR)].groupby("state").size()
    said = rows.groupby("state")["stage"].sum()
    spoken = p.states or list(said.index) or known_states()
    states = sorted(spoken, key=lambda name: (-far.get(name, 0), -said.get(name, 0), name))
    cells = pd.MultiIndex.from_product([states, [kind for kind in KINDS if kind in p.kinds]])
    columns = ["status", "report", "edition_year", "source_id", "locator", "quality", "row_id", "note"]
    table = rows.astype({"kind": str, "status": str}).set_index(["state", "kind"])[columns].reindex(cells)
    table.index.names = ["state", "kind"]
    table = table.reset_index()
    return table.assign(
        status=table["status"].fillna(UNKNOWN), edition_year=table["edition_year"].astype("Int64")
    )


def orbits(p: Parameters) -> tuple[str, ...]:
    return ORBITS if p.orbit == "all" else (p.orbit,)


def assets(p: Parameters) -> pd.DataFrame:
    """Japan's satellites that fly, by class of orbit and sector; a class of which no height was read is
    unknown.
    """
    rows = tables.load("space_systems/satellites")  # a conflict about a payload decides on no satellite
    rows = rows[rows["state"] == "flying"]
    classes = rows["orbit"].astype("string").str.partition(",")[0].fillna(UNKNOWN)
    rows = rows.assign(orbit_class=classes)
    wanted = (*orbits(p), UNKNOWN) if p.orbit == "all" else orbits(p)
    return rows[rows["orbit_class"].isin(wanted)].reset_index(drop=True)


def reached(p: Parameters) -> pd.DataFrame:
    """For each class of orbit and kind the furthest that is said of any state, with who is said to; unknown
    where nothing is.
    """
    rows = tables.settled("space_systems/counterspace_reach").astype(
        {"kind": str, "reach": str, "orbit": str}
    )
    rows = rows[rows["kind"].isin(p.kinds) & rows["orbit"].isin(orbits(p))]
    found = []
    for orbit in orbits(p):
        for kind in (kind for kind in KINDS if kind in p.kinds):
            said = rows[(rows["orbit"] == orbit) & (rows["kind"] == kind)]
            best = next((name for name in REACHES if (said["reach"] == name).any()), UNKNOWN)
            part = said[said["reach"] == best]
            states = sorted({state for names in part["states"] for state in names.split(";")})
            found.append(
                {
                    "orbit": orbit,
                    "kind": kind,
                    "reach": best,
                    "acts_on": ";".join(sorted(set(part["acts_on"].astype(str)))),
                    "states": ";".join(states),
                    "row_ids": ";".join(part["row_id"]),
                }
            )
    return pd.DataFrame(found)


def incidents(p: Parameters) -> pd.DataFrame:
    """Dated cases of the years and orbits chosen; ``japan``: whether the target is Japanese."""
    if p.first_year > p.last_year:
        raise ParameterError(
            f"first_year = {p.first_year} is after last_year = {p.last_year}; choose one that is not later."
        )
    rows = tables.settled(INCIDENTS).astype({"kind": str, "orbit": str, "attribution": str})
    rows = rows[rows["date"].dt.year.between(p.first_year, p.last_year)]
    rows = rows[rows["orbit"].isin([*orbits(p), GROUND])].sort_values("date", kind="stable")
    return rows.assign(year=rows["date"].dt.year, japan=rows["target_state"] == "Japan").reset_index(
        drop=True
    )


def pledges() -> pd.DataFrame:
    """Pledges in order, each on the last day that its date allows, with the states that had pledged by
    then.
    """
    rows = tables.settled("space_systems/asat_pledges")
    ends = {"month": pd.offsets.MonthEnd(0), "year": pd.offsets.YearEnd(0)}
    by = [day + ends[how] if how in ends else day for day, how in zip(rows["date"], rows["date_precision"])]
    rows = rows.assign(by=pd.to_datetime(by)).sort_values(["by", "state"], kind="stable")
    return rows.assign(in_all=rows["states"].cumsum()).reset_index(drop=True)


def acts() -> pd.DataFrame:
    """What Japan did or said about counterspace, from the events of the collection."""
    rows = tables.settled("policy_evolution/events")
    other = rows["other_domains"].fillna("").str.split(";").map(lambda names: DOMAIN in names)
    rows = rows[
        ((rows["domain"] == DOMAIN) | other) & ~rows["external"].astype(bool) & (rows["status"] == "happened")
    ]
    return rows.sort_values("date", kind="stable").reset_index(drop=True)


def coverage(p: Parameters) -> pd.DataFrame:
    """Each state that an edition names, up to the edition chosen, one row each."""
    rows = tables.settled(EDITIONS)
    rows = rows[rows["edition_year"] <= p.edition].assign(state=lambda table: table["states"].str.split(";"))
    return rows.explode("state").astype({"report": str}).dropna(subset="state").reset_index(drop=True)


def tests() -> pd.DataFrame:
    """Direct-ascent tests that destroyed a satellite, one row each."""
    rows = tables.settled("space_systems/destructive_events")
    return rows[rows["kind"] == TEST].sort_values("date").reset_index(drop=True)


def answer(p: Parameters) -> Answer:
    """Tables ``matrix``, ``assets``, ``reach``, ``incidents``, ``editions``, ``coverage``, ``pledges``,
    ``acts`` and ``tests``.
    """
    rows = decided(p)
    cells, found, own = matrix(p, rows), incidents(p), assets(p)
    editions = tables.settled(EDITIONS)
    editions = editions[editions["edition_year"] <= p.edition].astype({"report": str})
    years = vintages(p)
    sworn, tested, done, reach = pledges(), tests(), acts(), reached(p)
    other = p.model_copy(update={"rule": "furthest" if p.rule == "newest" else "newest"})
    results = {
        **_ascribed(cells),
        "kinds_far_other_rule": Result(
            _far_by_state(matrix(other, decided(other))), "kinds", "the same by the other rule of deciding"
        ),
        **_moved(years),
        **_exposed(own, reach),
        **_dated(found),
        **_covered(editions, coverage(p)),
        **_answered(sworn, tested, done),
    }
    return Answer(
        results,
        {
            "matrix": cells,
            "vintages": years,
            "assets": own,
            "reach": reach,
            "incidents": found,
            "editions": editions,
            "coverage": coverage(p),
            "pledges": sworn,
            "acts": done,
            "tests": tested,
        },
        p,
    )


def _far_by_state(cells: pd.DataFrame) -> dict[str, int]:
    """Kinds tested or fielded by state, the most first."""
    counts = cells[cells["status"].isin(FAR)].groupby("state", sort=False).size()
    counts = counts.sort_values(ascending=False, kind="stable")
    return {str(name): int(count) for name, count in counts.items()}


def _ascribed(cells: pd.DataFrame) -> dict[str, Result]:
    by_state, far = _far_by_state(cells), cells[cells["status"].isin(FAR)]
    by_kind = far.groupby("kind").size().reindex([k for k in KINDS if k in set(cells["kind"])], fill_value=0)
    return {
        "states_spoken_of": Result(cells["state"].nunique(), "states", "of which some report speaks"),
        "states_far": Result(len(by_state), "states", "said to have tested or fielded some means"),
        "kinds_far": Result(
            by_state,
            "kinds",
            "kinds of means that a state is said to have tested or fielded, the most first",
        ),
        "states_by_kind": Result(
            {str(name): int(count) for name, count in by_kind.items()},
            "states",
            "said to have tested or fielded means of the kind",
        ),
        "kinds_asked": Result(int(by_kind.size), "kinds", "of means that were asked for"),
        "fielded": Result(
            int((cells["status"] == "operational").sum()), "cells", "said to be fielded or used"
        ),
        "cells": Result(len(cells), "cells", "pairs of a state and a kind"),
        "cells_unknown": Result(int((cells["status"] == UNKNOWN).sum()), "cells", "of which no row was read"),
    }


def _moved(years: pd.DataFrame) -> dict[str, Result]:
    ends = years.groupby(["state", "kind"])["status"].agg(["first", "last"])
    return {
        "pairs_of_years": Result(
            len(ends), "pairs", "of a state and a kind of which editions of several years speak"
        ),
        "pairs_moved": Result(
            int((ends["first"] != ends["last"]).sum()),
            "pairs",
            "of those, told otherwise in the last than in the first",
        ),
    }


def _exposed(own: pd.DataFrame, reach: pd.DataFrame) -> dict[str, Result]:
    counts = own.groupby("orbit_class").size()
    shown = reach[reach["reach"] == "shown"].groupby("orbit").size()
    reach_unknown = reach[reach["reach"] == UNKNOWN].groupby("orbit").size()
    named = list(dict.fromkeys(reach["orbit"]))
    return {
        "satellites": Result(len(own), "satellites", "of Japan's, flying, in the orbits asked for"),
        "satellites_by_orbit": Result(
            {name: int(counts.get(name, 0)) for name in [*named, UNKNOWN]},
            "satellites",
            "of Japan's, flying, by class of orbit; unknown where no height was read",
        ),
        "kinds_shown": Result(
            {name: int(shown.get(name, 0)) for name in named},
            "kinds",
            "shown to have reached the class of orbit",
        ),
        "kinds_unknown": Result(
            {name: int(reach_unknown.get(name, 0)) for name in named},
            "kinds",
            "of which nothing was read for the class of orbit",
        ),
    }


def _dated(found: pd.DataFrame) -> dict[str, Result]:
    japan = found[found["japan"]]
    kinds = found.groupby("kind").size().sort_values(ascending=False, kind="stable")
    return {
        "incidents": Result(len(found), "cases", "dated cases of interference, a campaign as one"),
        "incidents_by_kind": Result(
            {str(name): int(count) for name, count in kinds.items()}, "cases", "by kind, the most first"
        ),
        "incidents_japan": Result(len(japan), "cases", "with a Japanese target"),
        "incidents_japan_orbit": Result(
            int((japan["orbit"] != GROUND).sum()), "cases", "against a Japanese satellite or its signals"
        ),
        "incidents_japan_named": Result(
            int((japan["actor"] != UNKNOWN).sum()), "cases", "with a Japanese target whose actor is named"
        ),
        "incidents_public": Result(
            int(found["attribution"].isin(PUBLIC).sum()),
            "cases",
            "ascribed by a government or an international body",
        ),
        "incidents_years": Result(
            [int(found["year"].min()), int(found["year"].max())] if len(found) else [],
            "year",
            "of the first and the last",
        ),
    }


def _covered(editions: pd.DataFrame, named: pd.DataFrame) -> dict[str, Result]:
    widest = editions.sort_values(["states_count", "edition_year"], kind="stable").iloc[-1]
    own = editions[editions["report"] == widest["report"]].sort_values("edition_year")
    japan = named.loc[named["state"] == "Japan", "edition_year"]
    return {
        "editions_read": Result(len(editions), "editions", "of public reports"),
        "reports_read": Result(editions["report"].nunique(), "reports", "or series of reports"),
        "widest_states": Result(int(widest["states_count"]), "states", "covered by the widest edition read"),
        "widest_edition": Result(int(widest["edition_year"]), "year", "of the widest edition"),
        "widest_first_states": Result(
            int(own["states_count"].iloc[0]), "states", "covered by the first edition read of that report"
        ),
        "widest_first_edition": Result(int(own["edition_year"].iloc[0]), "year", "of that first edition"),
        "japan_covered_since": Result(
            int(japan.min()) if len(japan) else None,
            "year",
            "of the first edition read that covers Japan itself",
        ),
    }


def _answered(sworn: pd.DataFrame, tested: pd.DataFrame, done: pd.DataFrame) -> dict[str, Result]:
    testers = sorted(tested["state"].unique())
    vote = tables.settled("regional_cooperation/un_resolutions")
    vote = vote[vote["topic"] == TEST_BAN].iloc[0]
    day = sworn.loc[sworn["state"] == "Japan", "date"].iloc[0]
    return {
        "pledged": Result(int(sworn["states"].sum()), "states", "that pledged not to test"),
        "pledged_japan": Result(f"{day:%Y-%m-%d}", "date", "of Japan's pledge"),
        "pledges_until": Result(f"{sworn['by'].max():%Y-%m-%d}", "date", "of the last pledge counted"),
        "testers": Result(testers, "states", "that destroyed a satellite in a direct-ascent test"),
        "testers_pledged": Result(
            [name for name in testers if name in set(sworn["state"])], "states", "of those, that pledged"
        ),
        "destructive_tests": Result(len(tested), "tests", "direct-ascent tests that destroyed a satellite"),
        "last_test": Result(f"{tested['date'].max():%Y-%m-%d}", "date", "of the last such test"),
        "vote": Result(
            [int(vote[f"total_{side}"]) for side in ("yes", "no", "abstain")],
            "states",
            "in favor of the assembly's call not to test, against it, abstaining",
        ),
        "vote_day": Result(f"{vote['date']:%Y-%m-%d}", "date", "of that vote"),
        "acts": Result(len(done), "acts", "of Japan's about counterspace, in the table of events"),
        "acts_years": Result(
            [int(done["date"].dt.year.min()), int(done["date"].dt.year.max())],
            "year",
            "of the first and the last",
        ),
        "statements": Result(
            int((done["kind"] == "statement").sum()), "acts", "of those, that are statements"
        ),
    }


def checks(answer: Answer) -> list[Check]:
    """Counts as their authors printed them."""
    sworn, named = answer.tables["pledges"], tables.settled(EDITIONS).set_index("row_id")
    by = sworn.set_index("by")["states"].sort_index()
    rows = tables.settled(CAPABILITIES)
    newest = rows[(rows["report"] == REPORTS[0]) & (rows["edition_year"] == 2026)]
    surge = "secure-world-2026-counterspace-surge"
    ledger = "secure-world-2026-global-counterspace-capabilities"
    listed = named["states"].get("counterspace-edition-swf-2026", "").split(";")
    return [
        Check(
            "states in the report of 2026, by its list of names",
            len(set(listed)),
            13,
            0,
            "states",
            surge,
            "second paragraph: 13 countries",
        ),
        Check(
            "states that the rows of that report speak of",
            newest["state"].nunique(),
            13,
            0,
            "states",
            surge,
            "second paragraph: 13 countries",
        ),
        Check(
            "destructive direct-ascent tests",
            float(answer["destructive_tests"]),
            5,
            0,
            "tests",
            ledger,
            "Table 5-1, p. 05-01: five direct-ascent among 16",
        ),
        Check(
            "pledges by the middle of April 2023",
            float(by[: pd.Timestamp(2023, 4, 15)].sum()),
            13,
            0,
            "states",
            "spacepolicyonline-2023-three-more-countries-join",
            "first paragraph: 13 countries",
        ),
        Check(
            "pledges by the end of October 2023",
            float(by[: pd.Timestamp(2023, 10, 31)].sum()),
            37,
            0,
            "states",
            "secure-world-2023-positions-on-moratorium",
            "first paragraph: 37 states",
        ),
        Check(
            "votes for resolution 77/41",
            float(answer["vote"][0]),
            155,
            0,
            "states",
            "secure-world-2023-positions-on-moratorium",
            "second paragraph: 155, nine against, nine abstentions",
        ),
    ]
