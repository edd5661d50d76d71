"""Which kinds of link exist between Japan and a partner by a year, what one partner lacks beside others, the
exercises held together, and what documents ask for.
"""

from typing import Literal, NamedTuple, get_args

import pandas as pd

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.parameters import value

LINKS, LINK_ACTS = "regional_cooperation/links", "regional_cooperation/link_acts"
NEEDS, ASKED = "regional_cooperation/link_needs", "policy_evolution/recommendations"
DOCUMENTS = "policy_evolution/recommendation_documents"
ACTS, TIES = "regional_cooperation/acts", "regional_cooperation/ties"
EXERCISES, SEATS = "regional_cooperation/exercises", "regional_cooperation/exercise_participants"

PartnerName = Literal[
    "United States",
    "Australia",
    "South Korea",
    "Philippines",
    "Taiwan",
    "India",
    "United Kingdom",
    "France",
    "Germany",
    "Italy",
    "Canada",
    "European Union",
    "NATO",
]
KindName = Literal[
    "protection of secrets",
    "supply and access",
    "orbital data",
    "missile warning",
    "air and sea picture",
    "tactical data link",
    "liaison officers",
    "hosted payload",
    "space exercise",
    "missile defense exercise",
    "forces' exercise",
    "coast guard drill",
]
PARTNERS, KINDS = get_args(PartnerName), get_args(KindName)
# Kinds of exercise by the domain that the table of exercises gives.
EXERCISE_KINDS = {
    "situational_awareness": "space exercise",
    "joint_command": "forces' exercise",
    "maritime": "coast guard drill",
}
DRILLS = (*EXERCISE_KINDS.values(), "missile defense exercise")
EXISTS, PART, NONE = "exists", "in part", "no public sign"
VERDICTS = (EXISTS, PART, NONE)
WORKS, DOUBT, REFUSED, OBSERVED = "works", "in doubt", "refused", "observed"
GROUP = "group"
WARNING, SECRETS = "missile warning", "protection of secrets"


class Fact(NamedTuple):
    """A row of the evidence."""

    partner: str
    kind: str
    state: str
    channel: str
    year: int
    title: str
    source_id: str
    row_id: str


COLUMNS = list(Fact._fields)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: int = value(
        "latest",
        "last year that counts; links that came later do not",
        "year",
        between=lambda: years_known(),
    )
    partners: list[PartnerName] = value([], "partners to show; none: all of them")
    kinds: list[KindName] = value([], "kinds of link; none: all of them")
    groups: bool = value(
        True, "whether a link counts as existing that both have only within a group of more than three"
    )
    held_within: int = value(
        5, "years within which an exercise has to be held for its link to exist", "years", ge=1, le=25
    )
    focus: PartnerName = value("Taiwan", "partner that is set beside others")
    beside: list[PartnerName] = value(
        ["South Korea", "Philippines", "Australia"], "partners beside which it is set", min_length=1
    )
    first_year: int = value(
        "first",
        "first year of the figures over time",
        "year",
        between=lambda: years_known(),
    )


def years_known() -> tuple[int, int]:
    """The first year of the table of links, and the last of it, of exercises or of the whole collection."""
    first, last = extent.years(LINKS, "date")
    return first, max(last, extent.years(EXERCISES, "year")[1], int(tables.package()["as_of"][:4]))


def evidence(p: Parameters) -> pd.DataFrame:
    """What speaks of a link, one row a partner and fact, up to ``as_of``, oldest first: rows of the table of
    links, acts that set one up, and exercises that both took part in.
    """
    rows = pd.concat([_own(), _acts(), _exercises()], ignore_index=True)
    rows = rows[rows["partner"].isin(PARTNERS) & (rows["year"] <= p.as_of)]
    rows = rows[rows["kind"].isin(chosen(p.kinds, KINDS))]
    return rows.sort_values(["year", "date", "row_id"], kind="stable")[COLUMNS].reset_index(drop=True)


def chosen(given: list[str], known: tuple[str, ...]) -> list[str]:
    """What was chosen, in the order of all; all of them where nothing was."""
    return [name for name in known if name in given or not given]


def _own() -> pd.DataFrame:
    rows = tables.settled(LINKS)
    return _texts(rows.assign(year=rows["date"].dt.year))


def _acts() -> pd.DataFrame:
    links, acts = tables.settled(LINK_ACTS), tables.settled(ACTS).set_index("row_id")
    ties = tables.settled(TIES)[["act_id", "partner"]]
    rows = links[links["act_id"].isin(acts.index)].merge(ties, on="act_id")
    rows = rows.assign(
        title=rows["act_id"].map(acts["title"]),
        date=rows["act_id"].map(acts["date"]),
        year=rows["act_id"].map(acts["date"]).dt.year,
    )
    return _texts(rows)


def _exercises() -> pd.DataFrame:
    """Seats at exercises at which Japan was, as far as its kind is asked for here."""
    held = tables.settled(EXERCISES).astype({"domain": str, "japan_role": str}).set_index("row_id")
    seats = tables.settled(SEATS).astype({"participant": str, "role": str})
    held = held[held["japan_role"].isin(["participant", "observer"])]
    rows = seats[seats["exercise_id"].isin(held.index) & (seats["participant"] != "Japan")]
    at = rows["exercise_id"]
    listed = at.map(seats.groupby("exercise_id").size())
    size = pd.concat([at.map(held["nations"]), listed], axis=1).max(axis=1)
    both = (rows["role"] == "participant") & (at.map(held["japan_role"]) == "participant")
    rows = rows.assign(
        partner=rows["participant"],
        kind=at.map(held["domain"]).map(EXERCISE_KINDS),
        state=both.map({True: WORKS, False: OBSERVED}),
        channel=pd.cut(size, [0, 2, 3, float("inf")], labels=["bilateral", "trilateral", GROUP]),
        year=at.map(held["year"]),
        title=at.map(held["exercise"]),
    )
    return _texts(rows.assign(date=pd.to_datetime(rows["year"].astype(str))))


def _texts(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[[*COLUMNS, "date"]]
    return rows.astype(dict.fromkeys(("partner", "kind", "state", "channel", "title"), str)).astype(
        {"year": int}
    )


def verdict(rows: list[Fact], p: Parameters, year: int) -> tuple[str, list[Fact]]:
    """Verdict on one partner and kind by the end of a year, and the rows that it rests on.

    exists: a row says that it works, no later one puts it in doubt, an exercise was held within
    ``held_within`` years, and it is no link of a group where those do not count. in part: any other row but
    a refusal. no public sign: no row, or refusals only.
    """
    rows = [row for row in rows if row.year <= year]
    doubts = [place for place, row in enumerate(rows) if row.state == DOUBT]
    works = [
        row
        for row in rows[doubts[-1] + 1 if doubts else 0 :]
        if row.state == WORKS
        and (row.kind not in DRILLS or row.year > year - p.held_within)
        and (p.groups or row.channel != GROUP)
    ]
    if works:
        return EXISTS, works
    some = [row for row in rows if row.state != REFUSED]
    return (PART, some) if some else (NONE, rows)


def facts(rows: pd.DataFrame) -> dict[tuple[str, str], list[Fact]]:
    """The evidence by partner and kind, oldest first."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for row in rows[COLUMNS].itertuples(index=False):
        found.setdefault((row.partner, row.kind), []).append(Fact(*row))
    return found


def matrix(rows: pd.DataFrame, p: Parameters, partners: list[str]) -> pd.DataFrame:
    """One row a partner and kind: ``verdict``, ``since`` (year of the first row that it rests on; of an
    exercise the last), ``state`` (of the newest of those rows) and their ids; partners with the most first.
    """
    found, known = [], facts(rows)
    for partner in partners:
        for kind in chosen(p.kinds, KINDS):
            judged, basis = verdict(known.get((partner, kind), []), p, p.as_of)
            found.append(
                {
                    "partner": partner,
                    "kind": kind,
                    "verdict": judged,
                    "state": basis[-1].state if basis else None,
                    "since": _told_year(kind, judged, basis),
                    "title": basis[-1].title if basis else None,
                    "row_ids": ";".join(row.row_id for row in basis) or None,
                }
            )
    table = pd.DataFrame(found).astype({"since": "Int64"})
    counts = table[table["verdict"] == EXISTS].groupby("partner").size()
    parts = table[table["verdict"] == PART].groupby("partner").size()
    order = sorted(
        partners, key=lambda name: (-counts.get(name, 0), -parts.get(name, 0), PARTNERS.index(name))
    )
    place = table["partner"].map(order.index)
    return (
        table.assign(place=place)
        .sort_values("place", kind="stable")
        .drop(columns="place")
        .reset_index(drop=True)
    )


def _told_year(kind: str, judged: str, basis: list[Fact]) -> int | None:
    """The first year of a link that exists; of an exercise, or of what is only in part, the last."""
    if not basis:
        return None
    return basis[0 if judged == EXISTS and kind not in DRILLS else -1].year


def growth(rows: pd.DataFrame, p: Parameters, partners: list[str]) -> pd.DataFrame:
    """Kinds of link that exist by the end of each year, one row a partner and year."""
    found, known = [], facts(rows)
    for partner in partners:
        own = {kind: known[partner, kind] for kind in sorted(KINDS) if (partner, kind) in known}
        for year in range(p.first_year, p.as_of + 1):
            judged = [kind for kind, part in own.items() if verdict(part, p, year)[0] == EXISTS]
            found.append({"partner": partner, "year": year, "exist": len(judged), "kinds": ";".join(judged)})
    return pd.DataFrame(found, columns=["partner", "year", "exist", "kinds"])


def held(rows: pd.DataFrame, p: Parameters, partners: list[str]) -> pd.DataFrame:
    """Exercises of both by partner and year, of the kinds chosen."""
    drills = rows[rows["kind"].isin(DRILLS) & (rows["state"] == WORKS) & rows["partner"].isin(partners)]
    drills = drills[drills["year"] >= p.first_year]
    grouped = drills.groupby(["partner", "year"], sort=False)
    table = grouped.agg(
        held=("row_id", "size"),
        kinds=("kind", lambda kinds: ";".join(dict.fromkeys(kinds))),
        titles=("title", "; ".join),
        row_ids=("row_id", ";".join),
    ).reset_index()
    order = table.groupby("partner")["held"].sum()
    place = table["partner"].map(lambda name: (-order[name], PARTNERS.index(name)))
    return (
        table.assign(place=place)
        .sort_values(["place", "year"], kind="stable")
        .drop(columns="place")
        .reset_index(drop=True)
    )


def needs(p: Parameters) -> pd.DataFrame:
    """What documents up to ``as_of`` ask for, one row a recommendation and kind, with the document's date."""
    asked = tables.settled(ASKED).set_index("row_id")
    documents = tables.settled(DOCUMENTS).set_index("row_id")
    rows = tables.settled(NEEDS).astype({"kind": str})
    rows = rows[rows["recommendation_id"].isin(asked.index)]
    document = rows["recommendation_id"].map(asked["document_id"])
    rows = rows.assign(
        ask=rows["recommendation_id"].map(asked["ask"]),
        document=document.map(documents["title"]),
        year=document.map(documents["date"]).dt.year,
    )
    rows = rows[(rows["year"] <= p.as_of) & rows["kind"].isin(chosen(p.kinds, KINDS))]
    return rows.sort_values(["year", "row_id"], kind="stable").reset_index(drop=True)


def answer(p: Parameters) -> Answer:
    """Tables ``matrix``, ``beside``, ``growth``, ``held``, ``needs`` and ``evidence``."""
    if p.first_year > p.as_of:
        raise ParameterError(
            f"first_year = {p.first_year} is after as_of = {p.as_of}; choose one that is not later."
        )
    rows, partners = evidence(p), chosen(p.partners, PARTNERS)
    cells = matrix(rows, p, partners)
    others = [name for name in dict.fromkeys(p.beside) if name != p.focus]
    beside = matrix(rows, p, [p.focus, *others])
    other = p.model_copy(update={"groups": not p.groups})
    asked, drills = needs(p), held(rows, p, partners)
    results = {
        **_counted(cells),
        "exist_other_groups": Result(
            _exist(matrix(rows, other, partners)),
            "pairs",
            "that exist if links of groups count the other way",
        ),
        **_beside(beside, p.focus, others),
        **_warned(rows, cells),
        **_held(drills, rows, p, partners),
        **_asked(asked, matrix(rows, p, list(PARTNERS))),
    }
    return Answer(
        results,
        {
            "matrix": cells,
            "beside": beside,
            "growth": growth(rows, p, list(dict.fromkeys([p.focus, *others]))),
            "held": drills,
            "needs": asked,
            "evidence": rows[rows["partner"].isin(partners)].reset_index(drop=True),
        },
        p,
    )


def _exist(cells: pd.DataFrame) -> int:
    return int((cells["verdict"] == EXISTS).sum())


def _by(cells: pd.DataFrame, column: str, judged: str) -> dict[str, int]:
    """How many cells of each name in a column have a verdict, none left out, the most first."""
    names = list(dict.fromkeys(cells[column]))
    counts = cells[cells["verdict"] == judged].groupby(column).size()
    return {name: int(counts.get(name, 0)) for name in sorted(names, key=lambda name: -counts.get(name, 0))}


def _counted(cells: pd.DataFrame) -> dict[str, Result]:
    return {
        "partners_asked": Result(cells["partner"].nunique(), "partners", "that were asked for"),
        "kinds_asked": Result(cells["kind"].nunique(), "kinds", "of link that were asked for"),
        "pairs": Result(len(cells), "pairs", "of a partner and a kind of link"),
        "exist": Result(_exist(cells), "pairs", "that exist"),
        "in_part": Result(int((cells["verdict"] == PART).sum()), "pairs", "that exist in part"),
        "no_sign": Result(int((cells["verdict"] == NONE).sum()), "pairs", "of which there is no public sign"),
        "by_partner": Result(_by(cells, "partner", EXISTS), "kinds", "that exist with a partner"),
        "by_kind": Result(_by(cells, "kind", EXISTS), "partners", "with whom a kind exists"),
    }


def _beside(cells: pd.DataFrame, focus: str, others: list[str]) -> dict[str, Result]:
    judged = cells.pivot(index="kind", columns="partner", values="verdict").reindex(
        list(dict.fromkeys(cells["kind"]))
    )
    own = judged[focus]
    has = {name: [kind for kind in judged.index if judged.loc[kind, name] == EXISTS] for name in others}
    lacking = [kind for kind in judged.index if own[kind] == NONE]
    refused = cells[(cells["partner"] == focus) & (cells["state"] == REFUSED)]
    return {
        "focus_exist": Result(
            [k for k in judged.index if own[k] == EXISTS], "kinds", "that exist with the focus"
        ),
        "focus_part": Result([k for k in judged.index if own[k] == PART], "kinds", "in part with the focus"),
        "focus_lacking": Result(lacking, "kinds", "of which there is no public sign with the focus"),
        "focus_refused": Result(list(refused["kind"]), "kinds", "of those, that were refused or denied"),
        "beside_exist": Result(
            {n: len(kinds) for n, kinds in has.items()}, "kinds", "that exist with the others"
        ),
        "beside_ahead": Result(
            {name: len([k for k in kinds if k in lacking]) for name, kinds in has.items()},
            "kinds",
            "that exist with the other and of which the focus shows no sign",
        ),
        "lacking_beside": Result(
            [kind for kind in lacking if others and all(kind in kinds for kinds in has.values())],
            "kinds",
            "that exist with all the others and of which the focus shows no sign",
        ),
    }


def _warned(rows: pd.DataFrame, cells: pd.DataFrame) -> dict[str, Result]:
    shared = cells[(cells["kind"] == WARNING) & (cells["verdict"] == EXISTS)]
    years = {row.partner: int(row.since) for row in shared.itertuples()}
    return {"warning_since": Result(years, "year", "since when warning of missiles is shared, by partner")}


def _held(drills: pd.DataFrame, rows: pd.DataFrame, p: Parameters, partners: list[str]) -> dict[str, Result]:
    counts = drills.groupby("partner", sort=False)["held"].sum()
    years = drills["year"]
    return {
        "held_by_partner": Result(
            {str(name): int(count) for name, count in counts.items()},
            "exercises",
            "by partner, the most first",
        ),
        "held_years": Result(
            [int(years.min()), int(years.max())] if len(years) else [], "year", "of the first and the last"
        ),
    }


def _asked(asked: pd.DataFrame, cells: pd.DataFrame) -> dict[str, Result]:
    judged = cells.set_index(["partner", "kind"])["verdict"]
    counts = asked.groupby("kind").size().sort_values(ascending=False, kind="stable")
    pairs = [
        (partner, row.kind)
        for row in asked.dropna(subset="partners").itertuples()
        for partner in row.partners.split(";")
    ]
    unmet = list(dict.fromkeys(pair for pair in pairs if judged[pair] != EXISTS))
    return {
        "demands": Result(asked["recommendation_id"].nunique(), "demands", "that ask for some link"),
        "demand_documents": Result(asked["document"].nunique(), "documents", "that hold those demands"),
        "demands_by_kind": Result(
            {str(kind): int(count) for kind, count in counts.items()}, "demands", "by kind, the most first"
        ),
        "pairs_demanded": Result(len(set(pairs)), "pairs", "of a partner and a kind that some demand names"),
        "pairs_unmet": Result(
            [f"{kind}, {partner}" for partner, kind in unmet], "pairs", "of those, that do not exist yet"
        ),
    }


def checks(answer: Answer) -> list[Check]:
    """Counts as others printed them, over all rows whatever was asked for."""
    rows = evidence(answer.parameters.model_copy(update={"as_of": years_known()[1], "kinds": []}))
    works = rows[rows["state"] == WORKS]
    secrets = works[works["kind"] == SECRETS]
    supplies = rows[rows["title"].str.startswith("Agreement on supplies") & (rows["year"] <= 2025)]
    korea = works[works["partner"] == "South Korea"]
    taiwan = works[(works["partner"] == "Taiwan") & (works["kind"] == "coast guard drill")]
    tracking = korea["title"].str.startswith("Missile tracking exercise") & (korea["year"] <= 2017)
    return [
        Check(
            "agreements on the security of information in force by 2016",
            float(secrets[secrets["year"] <= 2016]["partner"].nunique()),
            8,
            0,
            "partners",
            "mofa-japan-2021-security-information-germany",
            "list of agreements in force, at the end: eight",
        ),
        Check(
            "agreements on the security of information by October 2022",
            float(secrets[secrets["year"] <= 2022]["partner"].nunique()),
            9,
            0,
            "partners",
            "jiji-nippon-2022-canada-action-plan",
            "third paragraph: nine countries and institutions",
        ),
        Check(
            "states with an agreement on supplies when Italy's came",
            float(supplies["partner"].nunique()),
            8,
            0,
            "states",
            "yomiuri-shimbun-2024-italy-cross-servicing",
            "third paragraph: the eighth country",
        ),
        Check(
            "missile tracking exercises with South Korea up to January 2017",
            float(tracking.sum()),
            3,
            0,
            "exercises",
            "csis-missile-threat-2017-three-day-exercise",
            "last sentence: the third of its kind",
        ),
        Check(
            "rounds of Freedom Edge up to September 2025",
            float(((korea["title"] == "Freedom Edge") & (korea["year"] <= 2025)).sum()),
            3,
            0,
            "exercises",
            "joongang-daily-2025-freedom-edge",
            "third paragraph: the third round",
        ),
        Check(
            "drills of the coast guards of Japan and Taiwan up to June 2025",
            float((taiwan["year"] <= 2025).sum()),
            2,
            0,
            "exercises",
            "taipei-times-2025-taiwan-japan-move-normalise",
            "second paragraph: the second since 1972",
        ),
    ]
