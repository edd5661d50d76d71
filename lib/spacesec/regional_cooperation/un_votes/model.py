"""Does Japan vote with Washington or its own way on space security in the United Nations?

Agreement is the share of texts on which two states cast the same vote. A graded rule, in which an abstention
stands half way between yes and no (Lijphart 1963), is offered beside it. Raw agreement is high between any
two states that mostly say yes, so the chance-corrected measure of Cohen (1960) stands beside it too, as Häge
(2011) advises for votes.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.importing import own
from spacesec.importing import votes as roll_call_files
from spacesec.methods import statistics
from spacesec.parameters import value
from spacesec.regional_cooperation import told_twice

WASHINGTON, SEOUL = "United States", "South Korea"


# What published checks and methods rest on.
SOURCES = {
    "vote of 2017": "pressenza-2017-un-consider-banning-arms-race",
    "resolution 79/18": "united-nations-2024-general-assembly-adopts-72",
    "Council draft of 20 May 2024": "un-news-copy-at-2024-second-draft-resolution",
    "graded rule": "lijphart-1963",
    "agreement beyond chance": "hage-2011",
    "split of a change": "kitagawa-1955",
    "votes_file": "united-nations-dag-2026-general-assembly-voting-data",
}


BODIES = ("plenary", "first_committee", "security_council")


Topic = Literal[
    "arms_race",
    "confidence_building",
    "no_first_placement",
    "further_measures",
    "responsible_behaviours",
    "test_ban",
    "mass_destruction",
    "weapons_in_space",
]


# Windows of analysis: the first text on no first placement, and the first on responsible behaviours.
BREAK_YEARS = (2014, 2020)


FEW_TEXTS = 5  # a share of fewer is drawn pale


SCALE = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


TOPICS = {
    "arms_race": "Prevention of an arms race",
    "confidence_building": "Transparency and confidence",
    "no_first_placement": "No first placement",
    "further_measures": "Further practical measures",
    "responsible_behaviours": "Responsible behaviors",
    "test_ban": "Ban on destructive tests",
    "mass_destruction": "Mass-destruction weapons",
    "weapons_in_space": "All weapons in space",
}


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    partners: list[str] = value(
        [
            "United States",
            "South Korea",
            "United Kingdom",
            "France",
            "Germany",
            "Australia",
            "India",
            "Philippines",
            "Indonesia",
            "China",
            "Russia",
        ],
        "states to compare Japan with; the United States is always computed",
        known=lambda: partners_known(),
        min_length=1,
    )
    topics: list[Topic] = value(list(TOPICS), "subjects of the texts", min_length=1)
    bodies: list[Literal["plenary", "first_committee", "security_council"]] = value(
        list(BODIES), "where the votes were taken", min_length=1
    )
    start_year: int = value("first", "first year of votes", unit="year", between=lambda: years_known())
    end_year: int = value("latest", "last year of votes", unit="year", between=lambda: years_known())
    break_year: int = value(
        BREAK_YEARS[-1],
        "first year of the later of two periods",
        unit="year",
        between=lambda: (years_known()[0] + 1, years_known()[1]),
    )
    abstention: Literal["distinct", "half"] = value(
        "distinct", "an abstention is a vote of its own, or half way between yes and no"
    )
    unlisted: Literal["exclude", "as_yes"] = value(
        "exclude", "states missing from published no and abstention lists: leave out, or count as in favor"
    )

    votes_file: str | None = value(
        None,
        "roll calls of your own in place of the table's for the same texts: a CSV file of the United Nations"
        " Digital Library, with end_year at its latest also beyond it; null: the table alone",
    )

    @field_validator("votes_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return own.usable("votes_file", given)

    @field_validator("partners")
    @classmethod
    def _known(cls, names: list[str]) -> list[str]:
        states = partners_known()
        for name in names:
            if name not in states:
                raise ValueError(
                    f"partners = {name!r} is not possible: votes are collected for {', '.join(states)} beside"
                    " Japan."
                )
        return names

    @property
    def last_year(self) -> int:
        """The last year of votes, open where a file may go beyond the table."""
        return 9999 if self.votes_file and self.end_year == years_known()[1] else self.end_year

    @model_validator(mode="after")
    def _in_order(self):
        if self.start_year > self.end_year:
            raise ValueError(
                f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first"
                " year must not come after the last."
            )
        return self


def years_known() -> tuple[int, int]:
    """The first and last year of a text that was put to the vote."""
    return extent.years("regional_cooperation/un_resolutions", "date")


def partners_known() -> list[str]:
    """States other than Japan whose votes are collected."""
    return sorted(set(tables.load("regional_cooperation/un_votes")["state"]) - {"Japan"})


def roll_calls(votes_file: str | None = None) -> tuple[pd.DataFrame, list[str]]:
    """The rows of `un_votes`, one a text and state, and those left out as another source says otherwise;
    texts of a file of the reader's own as that has them.
    """
    votes, again = told_twice.once(
        tables.settled("regional_cooperation/un_votes"), ["resolution_id", "state"]
    )
    if votes_file is None:
        return votes, again
    held = of_file(votes_file)
    kept = votes[~votes["resolution_id"].isin(held["resolution_id"])]
    return pd.concat([kept.astype(object), held.reindex(columns=votes.columns)], ignore_index=True), again


def texts_known(votes_file: str | None = None) -> pd.DataFrame:
    """The rows of `un_resolutions`, and those of further texts of a file of the reader's own."""
    texts = tables.load("regional_cooperation/un_resolutions")
    if votes_file is None:
        return texts
    held = of_file(votes_file).drop_duplicates("resolution_id")
    held = held[~held["resolution_id"].isin(texts["row_id"])]
    held = held.assign(row_id=held["resolution_id"]).reindex(columns=texts.columns)
    return pd.concat([texts, held.astype(texts.dtypes.drop(["topic", "body", "roll_call"]).to_dict())])


def of_file(votes_file: str) -> pd.DataFrame:
    """The votes of a file as rows of `un_votes`, with what `un_resolutions` says of their texts; those of
    states that the table holds, on texts of its topics.
    """
    rows = [row.cells for row in own.read(roll_call_files.read, votes_file).rows]
    known = tables.load("regional_cooperation/un_resolutions").set_index("row_id")["topic"].astype(str)
    found = pd.DataFrame(rows, dtype=object)
    found["topic"] = found["topic"].where(found["topic"] != "", found["resolution_id"].map(known))
    found = found[found["topic"].notna() & found["state"].isin({*partners_known(), "Japan"})]
    if found.empty:
        raise ParameterError(
            f"votes_file = {votes_file!r} is not possible: it holds no vote of these states on space"
            " security; give the voting data of the Digital Library."
        )
    return found.assign(
        row_id="file-" + found["resolution_id"] + "-" + found["state"].str.lower().str.replace(" ", "-"),
        session=pd.to_numeric(found["session"]),
        date=pd.to_datetime(found["date"]),
        roll_call="complete",
        source_id=SOURCES["votes_file"],
    ).reset_index(drop=True)


def without_japan(p: Parameters) -> pd.DataFrame:
    """The texts asked for on which no vote of Japan was found, without those that a figure draws open."""
    texts = texts_known(p.votes_file).assign(year=lambda t: t["date"].dt.year)
    votes, _ = roll_calls(p.votes_file)
    known = set(votes[votes["state"] == "Japan"]["resolution_id"])
    return selected(p, texts)[lambda t: ~t["row_id"].isin(known) & (t["topic"] != "no_first_placement")]


def first_placement(votes: pd.DataFrame) -> pd.DataFrame:
    """Known votes on no first placement, one a state and year: the plenary's where several bodies voted."""
    votes = votes[(votes["topic"] == "no_first_placement") & votes["vote"].notna()]
    rank = votes["body"].astype(str).map({body: place for place, body in enumerate(BODIES)})
    return (
        votes.assign(rank=rank)
        .sort_values("rank", kind="stable")
        .drop_duplicates(["state", "year"])
        .sort_index()
        .drop(columns="rank")
    )


def ballots(unlisted: str = "exclude", votes_file: str | None = None) -> pd.DataFrame:
    """One row a state and vote, with the vote's topic, body and year; ``vote`` is missing where the state is
    in no published list.

    unlisted ``as_yes`` counts those states as in favour.
    """
    votes, _ = roll_calls(votes_file)
    texts = texts_known(votes_file).set_index("row_id")
    votes = votes.join(texts[["resolution", "topic", "body", "date", "roll_call"]], on="resolution_id")
    votes["year"] = votes["date"].dt.year
    votes["published"] = votes["vote"].astype(str)
    votes["vote"] = votes["published"].replace(
        {"yes_or_absent": "yes"} if unlisted == "as_yes" else {"yes_or_absent": None}
    )
    return votes


def pairs(votes: pd.DataFrame, partners: list[str]) -> pd.DataFrame:
    """Texts on which both Japan and a partner are known to have voted: one row each, with ``japan`` and
    ``other``; ``japan_row_id`` is Japan's vote, ``row_id`` the partner's.
    """
    known = votes.dropna(subset="vote")
    japan = (
        known[known["state"] == "Japan"]
        .set_index("resolution_id")[["vote", "row_id"]]
        .rename(columns={"vote": "japan", "row_id": "japan_row_id"})
    )
    other = known[known["state"].isin(partners)].rename(columns={"vote": "other", "state": "partner"})
    return other.join(japan, on="resolution_id", how="inner").reset_index(drop=True)


def agree(japan: pd.Series, other: pd.Series, abstention: str) -> np.ndarray:
    """Agreement of each pair of votes, 0 to 1: 1 for equal votes; under ``half`` an abstention is half way
    between yes and no.
    """
    if abstention == "half":
        return 1 - np.abs(japan.map(SCALE).to_numpy(float) - other.map(SCALE).to_numpy(float))
    return (japan.to_numpy() == other.to_numpy()).astype(float)


def rate(scores: np.ndarray, level: float = 0.95) -> statistics.Interval:
    """Mean agreement in percent with its interval: exact (Clopper and Pearson) for 0-or-1 scores, else that
    of as many votes as scatter as much.
    """
    scores = np.asarray(scores, float)
    if set(np.unique(scores)) <= {0.0, 1.0}:
        found = statistics.clopper_pearson(int(scores.sum()), len(scores), level=level)
    else:
        found = statistics.mean_score_interval(scores, level=level)
    return statistics.Interval(100 * found.estimate, 100 * found.low, 100 * found.high, level)


def kappa(japan: pd.Series, other: pd.Series) -> float:
    """Cohen's kappa of two voters over yes, abstain, no; NaN where both always cast one and the same vote."""
    a, b = japan.to_numpy(), other.to_numpy()
    observed = (a == b).mean()
    chance = sum((a == vote).mean() * (b == vote).mean() for vote in SCALE)
    return float("nan") if chance == 1 else float((observed - chance) / (1 - chance))


def split_change(before: pd.DataFrame, after: pd.DataFrame) -> tuple[float, float]:
    """Change of mean agreement between two sets of pairs as (from votes, from the mix of topics), in points
    of percent.

    Kitagawa's (1955) decomposition: the part from votes is the change within topics put in both periods, at
    the mean of their shares; the rest is the mix, topics put in one period only among it.
    """
    shares = [part.groupby("topic", observed=True)["score"].size() / len(part) for part in (before, after)]
    rates = [part.groupby("topic", observed=True)["score"].mean() for part in (before, after)]
    common = shares[0].index.intersection(shares[1].index)
    votes = sum((shares[0][t] + shares[1][t]) / 2 * (rates[1][t] - rates[0][t]) for t in common)
    return 100 * float(votes), 100 * float(after["score"].mean() - before["score"].mean() - votes)


def table_of(scored: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Agreement by group: ``percent``, ``low``, ``high`` (95 percent), ``n``, and the ``row_ids`` of the
    partner's votes.
    """
    rows = []
    for key, part in scored.groupby(by, observed=True, sort=False):
        found = rate(part["score"])
        rows.append(
            {
                **dict(zip(by, key if isinstance(key, tuple) else (key,))),
                "percent": found.estimate,
                "low": found.low,
                "high": found.high,
                "n": len(part),
                "row_ids": ";".join(part["row_id"]),
            }
        )
    return pd.DataFrame(rows, columns=[*by, "percent", "low", "high", "n", "row_ids"])


def selected(p: Parameters, votes: pd.DataFrame) -> pd.DataFrame:
    return votes[
        votes["topic"].isin(p.topics)
        & votes["body"].isin(p.bodies)
        & votes["year"].between(p.start_year, p.last_year)
    ]


def scored_pairs(p: Parameters, partners: list[str], votes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The selected pairs with their ``score`` (0 to 1) and ``period``; votes, where given, are `ballots` made
    with the same rule.
    """
    found = pairs(selected(p, ballots(p.unlisted, p.votes_file) if votes is None else votes), partners)
    found["score"] = agree(found["japan"], found["other"], p.abstention)
    found["period"] = np.where(found["year"] < p.break_year, f"before {p.break_year}", f"from {p.break_year}")
    return found


def multiverse(p: Parameters) -> pd.DataFrame:
    """Agreement with the United States from the break year on, under every choice of counting."""
    rows = []
    for unlisted in ("exclude", "as_yes"):
        votes = ballots(unlisted, p.votes_file)
        for abstention in ("distinct", "half"):
            for bodies in (["plenary"], list(BODIES)):
                found = scored_pairs(
                    p.model_copy(update={"abstention": abstention, "unlisted": unlisted, "bodies": bodies}),
                    [WASHINGTON],
                    votes,
                )
                for break_year in sorted({*BREAK_YEARS, p.break_year}):
                    for later, part in found.groupby(found["year"] >= break_year):
                        interval = rate(part["score"])
                        rows.append(
                            {
                                "abstention": abstention,
                                "unlisted": unlisted,
                                "bodies": "plenary" if len(bodies) == 1 else "all bodies",
                                "break_year": break_year,
                                "period": "later" if later else "earlier",
                                "percent": interval.estimate,
                                "low": interval.low,
                                "high": interval.high,
                                "n": len(part),
                            }
                        )
    return pd.DataFrame(rows)


def answer(parameters: Parameters) -> Answer:
    """Agreement with each partner by topic and period, the record on no first placement, and how much of the
    change is the texts'.
    """
    p = parameters
    wanted = list(dict.fromkeys([*p.partners, WASHINGTON]))
    votes = selected(p, ballots(p.unlisted, p.votes_file))
    scored = scored_pairs(p, wanted)
    if scored.empty or not (scored["partner"] == WASHINGTON).any():
        years = ballots("as_yes").groupby("topic", observed=True)["year"].agg(["min", "max"])
        known = ", ".join(f"{row.Index} ({row.min}-{row.max})" for row in years.itertuples())
        raise ParameterError(
            f"no vote of Japan and the United States is known for topics = {p.topics}, bodies = {p.bodies},"
            f" {p.start_year} to {p.end_year}; votes are known for {known}."
        )
    by_topic, whole = table_of(scored, ["partner", "topic"]), table_of(scored, ["partner"])
    periods = table_of(scored, ["partner", "period"])
    corrected = {
        name: kappa(part["japan"], part["other"]) for name, part in scored.groupby("partner", sort=False)
    }
    us = scored[scored["partner"] == WASHINGTON]
    early, late = us[us["year"] < p.break_year], us[us["year"] >= p.break_year]
    vote_part, mix_part = (
        split_change(early, late) if len(early) and len(late) else (float("nan"), float("nan"))
    )
    placement = first_placement(ballots(p.unlisted, p.votes_file))
    placement = placement[placement["year"].between(p.start_year, p.last_year)]
    record = {
        state: placement[placement["state"] == state].set_index("year")["vote"].sort_index()
        for state in ("Japan", SEOUL)
    }
    first_no = {
        state: next((int(year) for year, vote in found.items() if vote == "no"), None)
        for state, found in record.items()
    }
    both = pd.DataFrame(record).dropna()

    def nested(column):
        return {
            name: {
                **{row.topic: getattr(row, column) for row in part.itertuples()},
                "all": float(whole.set_index("partner").loc[name, column]),
            }
            for name, part in by_topic.groupby("partner", sort=False)
        }

    apart = us[us["score"] < 1].sort_values("date")
    ranking = whole.sort_values("percent", ascending=False, kind="stable")
    silent = without_japan(p)
    norms = ("C3-127", "C3-145")
    results = {
        "votes": Result(
            int(votes[votes["state"] == "Japan"]["vote"].notna().sum()),
            "texts",
            "texts on which Japan's vote is known",
        ),
        "first_text_year": Result(
            int(us["year"].min()), "year", "first year of a text behind the share with Washington"
        ),
        "last_text_year": Result(
            int(us["year"].max()), "year", "last year of a text behind the share with Washington"
        ),
        "agreement_percent": Result(
            nested("percent"),
            "percent",
            "share of texts on which Japan and the partner voted alike, by partner and topic; `all` joins the"
            " topics",
            norms,
        ),
        "agreement_n": Result(
            {name: {k: int(v) for k, v in part.items()} for name, part in nested("n").items()},
            "texts",
            "texts behind each share",
        ),
        "agreement_low": Result(nested("low"), "percent", "lower end of the 95% interval of each share"),
        "agreement_high": Result(nested("high"), "percent", "upper end of the 95% interval of each share"),
        "agreement_kappa": Result(
            corrected,
            "kappa",
            "agreement beyond chance over all topics: 0 is chance, 1 is always alike; null where neither"
            " state ever varied its vote",
        ),
        "closest_partner": Result(
            str(ranking["partner"].iloc[0]), "state", "partner with the highest raw agreement"
        ),
        "closest_beyond_chance": Result(
            max((k for k in corrected if corrected[k] == corrected[k]), key=corrected.get, default=None),
            "state",
            "partner with the highest agreement beyond chance",
        ),
        "washington_before_percent": Result(
            100 * early["score"].mean() if len(early) else None,
            "percent",
            f"agreement with the United States before {p.break_year}",
        ),
        "washington_after_percent": Result(
            100 * late["score"].mean() if len(late) else None,
            "percent",
            f"agreement with the United States from {p.break_year}",
        ),
        "washington_before_n": Result(len(early), "texts", f"texts behind the share before {p.break_year}"),
        "washington_after_n": Result(len(late), "texts", f"texts behind the share from {p.break_year}"),
        "change_from_votes": Result(
            None if np.isnan(vote_part) else vote_part,
            "points of percent",
            "part of the change with the United States that comes from votes on the same topics",
        ),
        "change_from_mix": Result(
            None if np.isnan(mix_part) else mix_part,
            "points of percent",
            "part that comes from which texts were put to the vote",
        ),
        "splits_from_washington": Result(
            [str(r) for r in apart["resolution"]],
            "texts",
            "texts on which Japan and the United States voted apart",
        ),
        "first_placement_japan": Result(
            {str(int(y)): v for y, v in record["Japan"].items()},
            "vote by year",
            "Japan's votes on no first placement",
        ),
        "first_placement_south_korea": Result(
            {str(int(y)): v for y, v in record[SEOUL].items()},
            "vote by year",
            "South Korea's votes on no first placement",
        ),
        "first_placement_shared": Result(
            int((both["Japan"] == both[SEOUL]).sum()),
            "texts",
            f"votes on no first placement that Japan and South Korea cast alike, of {len(both)}",
        ),
        "first_no_japan": Result(
            first_no["Japan"], "year", "year of Japan's first vote against no first placement"
        ),
        "first_no_south_korea": Result(
            first_no[SEOUL], "year", "year of South Korea's first vote against it"
        ),
        "closest_partners": Result(
            [str(name) for name in ranking[ranking["percent"] == ranking["percent"].max()]["partner"]],
            "states",
            "all partners that share the highest raw agreement",
        ),
        "first_placement_both": Result(
            len(both), "texts", "votes on no first placement known of both Japan and South Korea"
        ),
        "without_japan": Result(
            [{"resolution": str(row.resolution), "year": int(row.year)} for row in silent.itertuples()],
            "texts",
            "texts asked for on which no vote of Japan was found",
        ),
        "told_twice": Result(roll_calls()[1], "row ids", "rows that say a fact again, undecided; left out"),
        "few_texts": Result(FEW_TEXTS, "texts", "fewer than these are drawn pale"),
        **_file(p, votes),
    }
    return Answer(
        results,
        {
            "votes": votes,
            "pairs": scored,
            "by_topic": by_topic,
            "whole": whole,
            "periods": periods,
            "placement": placement,
            "multiverse": multiverse(p),
            "texts": texts_known(p.votes_file),
        },
        parameters,
    )


def _file(p: Parameters, votes: pd.DataFrame) -> dict[str, Result]:
    if p.votes_file is None:
        return {}
    held = own.read(roll_call_files.read, p.votes_file)
    until = votes["date"].max().date().isoformat()
    return own.results("votes_file", held, int(votes["row_id"].str.startswith("file-").sum()), until)


def checks(answer: Answer) -> list[Check]:
    """The collected roll calls against totals and lists that the United Nations and the press printed."""
    votes = ballots()

    def count(resolution: str, vote: str) -> int:
        return int(((votes["resolution"] == resolution) & (votes["vote"] == vote)).sum())

    nfp = votes[(votes["topic"] == "no_first_placement") & (votes["year"] == 2017)]
    council = votes[votes["resolution"] == "Council draft of 20 May 2024"].set_index("state")["vote"]
    against = ["Japan", "France", "South Korea", "United Kingdom", "United States"]
    return [
        Check(
            "Votes against no first placement in 2017 among the states collected",
            float((nfp["vote"] == "no").sum()),
            1.0,
            0.0,
            "votes (of four printed, with Georgia, Israel and Ukraine)",
            SOURCES["vote of 2017"],
            "third paragraph",
        ),
        Check(
            "79/18: abstentions and votes against among the states collected",
            float(count("79/18", "no") + count("79/18", "abstain")),
            3.0,
            0.0,
            "votes (North Korea, Russia; China)",
            SOURCES["resolution 79/18"],
            "third paragraph",
        ),
        Check(
            "Council draft of 20 May 2024: Japan with the West against",
            float((council.reindex(against) == "no").sum()),
            5.0,
            0.0,
            "votes",
            SOURCES["Council draft of 20 May 2024"],
            "second paragraph",
        ),
    ]
