"""Does Japan vote with Washington or its own way on space security in the United Nations?

Agreement is the share of texts on which two states cast the same vote. A graded rule, in which an abstention stands half way between
yes and no (Lijphart 1963), is offered beside it. Raw agreement is high between any two states that mostly say yes, so the
chance-corrected measure of Cohen (1960) stands beside it too, as Häge (2011) advises for votes.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import figures, parameters, statistics, tables
from spacesec.errors import ParameterError
from spacesec.figures import COLOURS, Picture
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = "Does Japan vote with Washington or its own way on space security?"
WASHINGTON, SEOUL = "United States", "South Korea"
TOPICS = {"arms_race": "Prevention of an arms race", "confidence_building": "Transparency and confidence", "no_first_placement": "No first placement",
          "further_measures": "Further practical measures", "responsible_behaviours": "Responsible behaviours", "test_ban": "Ban on destructive tests",
          "mass_destruction": "Mass-destruction weapons", "weapons_in_space": "All weapons in space"}
BODIES = ("plenary", "first_committee", "security_council")
Topic = Literal["arms_race", "confidence_building", "no_first_placement", "further_measures", "responsible_behaviours", "test_ban", "mass_destruction", "weapons_in_space"]
SCALE = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
SEED = 20201207  # bootstrap of the graded rule; the day of the vote on resolution 75/37
LOOKS = {"yes": (COLOURS["blue"], "o", "in favour"), "abstain": (COLOURS["orange"], "s", "abstained"), "no": (COLOURS["vermilion"], "X", "against"),
         "yes_or_absent": ("white", "o", "in favour or absent")}


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    partners: list[str] = value(["United States", "South Korea", "United Kingdom", "France", "Germany", "Australia", "India", "Philippines", "Indonesia", "China", "Russia"],
                                "states to compare Japan with; the United States is always computed", min_length=1)
    topics: list[Topic] = value(list(TOPICS), "subjects of the texts", min_length=1)
    bodies: list[Literal["plenary", "first_committee", "security_council"]] = value(list(BODIES), "where the votes were taken", min_length=1)
    start_year: int = value(1981, "first year of votes", unit="year", ge=1981, le=2024)
    end_year: int = value(2024, "last year of votes", unit="year", ge=1981, le=2024)
    break_year: int = value(2020, "first year of the later of two periods", unit="year", ge=1982, le=2024)
    abstention: Literal["distinct", "half"] = value("distinct", "an abstention is a vote of its own, or half way between yes and no")
    unlisted: Literal["exclude", "as_yes"] = value("exclude", "states missing from published no and abstention lists: leave out, or count as in favour")

    @field_validator("partners")
    @classmethod
    def _known(cls, names: list[str]) -> list[str]:
        states = partners_known()
        for name in names:
            if name not in states:
                raise ValueError(f"partners = {name!r} is not possible: votes are collected for {', '.join(states)} beside Japan.")
        return names

    @model_validator(mode="after")
    def _in_order(self):
        if self.start_year > self.end_year:
            raise ValueError(f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first year must not come after the last.")
        return self


def partners_known() -> list[str]:
    """States other than Japan whose votes are collected."""
    return sorted(set(tables.load("regional_cooperation/un_votes")["state"]) - {"Japan"})


def ballots(unlisted: str = "exclude") -> pd.DataFrame:
    """One row a state and vote, with the vote's topic, body and year; ``vote`` is missing where the state is in no published list.

    unlisted ``as_yes`` counts those states as in favour.
    """
    votes = tables.load("regional_cooperation/un_votes")
    texts = tables.load("regional_cooperation/un_resolutions").set_index("row_id")
    votes = votes.join(texts[["resolution", "topic", "body", "date", "roll_call"]], on="resolution_id")
    votes["year"] = votes["date"].dt.year
    votes["published"] = votes["vote"].astype(str)
    votes["vote"] = votes["published"].replace({"yes_or_absent": "yes"} if unlisted == "as_yes" else {"yes_or_absent": None})
    return votes


def pairs(votes: pd.DataFrame, partners: list[str]) -> pd.DataFrame:
    """Texts on which both Japan and a partner are known to have voted: one row each, with ``japan`` and ``other``."""
    known = votes.dropna(subset="vote")
    japan = known[known["state"] == "Japan"].set_index("resolution_id")["vote"].rename("japan")
    other = known[known["state"].isin(partners)].rename(columns={"vote": "other", "state": "partner"})
    return other.join(japan, on="resolution_id", how="inner").reset_index(drop=True)


def agree(japan: pd.Series, other: pd.Series, abstention: str) -> np.ndarray:
    """Agreement of each pair of votes, 0 to 1: 1 for equal votes; under ``half`` an abstention is half way between yes and no."""
    if abstention == "half":
        return 1 - np.abs(japan.map(SCALE).to_numpy(float) - other.map(SCALE).to_numpy(float))
    return (japan.to_numpy() == other.to_numpy()).astype(float)


def rate(scores: np.ndarray, level: float = 0.95) -> statistics.Interval:
    """Mean agreement in percent with its interval: exact (Clopper and Pearson) for 0-or-1 scores, else the bootstrap's."""
    scores = np.asarray(scores, float)
    if set(np.unique(scores)) <= {0.0, 1.0}:
        found = statistics.clopper_pearson(int(scores.sum()), len(scores), level=level)
    else:
        found = statistics.bootstrap_interval(scores, seed=SEED, draws=2000, level=level)
    return statistics.Interval(100 * found.estimate, 100 * found.low, 100 * found.high, level)


def kappa(japan: pd.Series, other: pd.Series) -> float:
    """Cohen's kappa of two voters over yes, abstain, no; NaN where both always cast one and the same vote."""
    a, b = japan.to_numpy(), other.to_numpy()
    observed = (a == b).mean()
    chance = sum((a == vote).mean() * (b == vote).mean() for vote in SCALE)
    return float("nan") if chance == 1 else float((observed - chance) / (1 - chance))


def split_change(before: pd.DataFrame, after: pd.DataFrame) -> tuple[float, float]:
    """Change of mean agreement between two sets of pairs as (from votes, from the mix of topics), in points of percent.

    Kitagawa's (1955) decomposition: the part from votes is the change within topics put in both periods, at the mean of their shares;
    the rest is the mix, topics put in one period only among it.
    """
    shares = [part.groupby("topic", observed=True)["score"].size() / len(part) for part in (before, after)]
    rates = [part.groupby("topic", observed=True)["score"].mean() for part in (before, after)]
    common = shares[0].index.intersection(shares[1].index)
    votes = sum((shares[0][t] + shares[1][t]) / 2 * (rates[1][t] - rates[0][t]) for t in common)
    return 100 * float(votes), 100 * float(after["score"].mean() - before["score"].mean() - votes)


def table_of(scored: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Agreement by group: ``percent``, ``low``, ``high`` (95 percent) and ``n``."""
    rows = []
    for key, part in scored.groupby(by, observed=True, sort=False):
        found = rate(part["score"])
        rows.append({**dict(zip(by, key if isinstance(key, tuple) else (key,))), "percent": found.estimate, "low": found.low, "high": found.high, "n": len(part)})
    return pd.DataFrame(rows, columns=[*by, "percent", "low", "high", "n"])


def selected(p: Parameters, votes: pd.DataFrame) -> pd.DataFrame:
    return votes[votes["topic"].isin(p.topics) & votes["body"].isin(p.bodies) & votes["year"].between(p.start_year, p.end_year)]


def scored_pairs(p: Parameters, partners: list[str], votes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The selected pairs with their ``score`` (0 to 1) and ``period``; votes, where given, are `ballots` made with the same rule."""
    found = pairs(selected(p, ballots(p.unlisted) if votes is None else votes), partners)
    found["score"] = agree(found["japan"], found["other"], p.abstention)
    found["period"] = np.where(found["year"] < p.break_year, f"before {p.break_year}", f"from {p.break_year}")
    return found


def multiverse(p: Parameters) -> pd.DataFrame:
    """Agreement with the United States from the break year on, under every choice of counting."""
    rows = []
    for unlisted in ("exclude", "as_yes"):
        votes = ballots(unlisted)
        for abstention in ("distinct", "half"):
            for bodies in (["plenary"], list(BODIES)):
                for break_year in sorted({2014, 2020, p.break_year}):
                    q = p.model_copy(update={"abstention": abstention, "unlisted": unlisted, "bodies": bodies, "break_year": break_year})
                    found = scored_pairs(q, [WASHINGTON], votes)
                    for period, part in found.groupby("period"):
                        interval = rate(part["score"])
                        rows.append({"abstention": abstention, "unlisted": unlisted, "bodies": "plenary" if len(bodies) == 1 else "all bodies", "break_year": break_year,
                                     "period": "later" if period.startswith("from") else "earlier", "percent": interval.estimate, "low": interval.low, "high": interval.high, "n": len(part)})
    return pd.DataFrame(rows)


def answer(parameters: Parameters) -> Answer:
    """Agreement with each partner by topic and period, the record on no first placement, and how much of the change is the texts'."""
    p = parameters
    wanted = list(dict.fromkeys([*p.partners, WASHINGTON]))
    votes = selected(p, ballots(p.unlisted))
    scored = scored_pairs(p, wanted)
    if scored.empty or not (scored["partner"] == WASHINGTON).any():
        years = ballots("as_yes")
        raise ParameterError(f"no vote of Japan and the United States is known for topics = {p.topics}, bodies = {p.bodies}, {p.start_year} to {p.end_year}; "
                         f"votes are known for {', '.join(f'{t} ({d.year.min()}-{d.year.max()})' for t, d in years.groupby('topic', observed=True))}.")
    by_topic, whole = table_of(scored, ["partner", "topic"]), table_of(scored, ["partner"])
    periods = table_of(scored, ["partner", "period"])
    corrected = {name: kappa(part["japan"], part["other"]) for name, part in scored.groupby("partner", sort=False)}
    us = scored[scored["partner"] == WASHINGTON]
    early, late = us[us["year"] < p.break_year], us[us["year"] >= p.break_year]
    vote_part, mix_part = split_change(early, late) if len(early) and len(late) else (float("nan"), float("nan"))
    placement = ballots(p.unlisted)
    placement = placement[(placement["topic"] == "no_first_placement") & placement["vote"].notna()]
    record = {state: placement[placement["state"] == state].set_index("year")["vote"].sort_index() for state in ("Japan", SEOUL)}
    first_no = {state: next((int(year) for year, vote in found.items() if vote == "no"), None) for state, found in record.items()}
    both = pd.DataFrame(record).dropna()
    nested = lambda column: {name: {**{row.topic: getattr(row, column) for row in part.itertuples()}, "all": float(whole.set_index("partner").loc[name, column])}  # noqa: E731
                             for name, part in by_topic.groupby("partner", sort=False)}
    apart = us[us["score"] < 1].sort_values("date")
    ranking = whole.sort_values("percent", ascending=False, kind="stable")
    norms = ("C3-127", "C3-145")
    results = {
        "votes": Result(int(votes[votes["state"] == "Japan"]["vote"].notna().sum()), "texts", "texts on which Japan's vote is known"),
        "agreement_percent": Result(nested("percent"), "percent", "share of texts on which Japan and the partner voted alike, by partner and topic; `all` joins the topics", norms),
        "agreement_n": Result({name: {k: int(v) for k, v in part.items()} for name, part in nested("n").items()}, "texts", "texts behind each share"),
        "agreement_low": Result(nested("low"), "percent", "lower end of the 95 percent interval of each share"),
        "agreement_high": Result(nested("high"), "percent", "upper end of the 95 percent interval of each share"),
        "agreement_kappa": Result(corrected, "kappa", "agreement beyond chance over all topics: 0 is chance, 1 is always alike; null where neither state ever varied its vote"),
        "closest_partner": Result(str(ranking["partner"].iloc[0]), "state", "partner with the highest raw agreement"),
        "closest_beyond_chance": Result(max((k for k in corrected if corrected[k] == corrected[k]), key=corrected.get, default=None), "state", "partner with the highest agreement beyond chance"),
        "washington_before_percent": Result(100 * early["score"].mean() if len(early) else None, "percent", f"agreement with the United States before {p.break_year}"),
        "washington_after_percent": Result(100 * late["score"].mean() if len(late) else None, "percent", f"agreement with the United States from {p.break_year}"),
        "washington_after_n": Result(len(late), "texts", f"texts behind the share from {p.break_year}"),
        "change_from_votes": Result(None if np.isnan(vote_part) else vote_part, "points of percent", "part of the change with the United States that comes from votes on the same topics"),
        "change_from_mix": Result(None if np.isnan(mix_part) else mix_part, "points of percent", "part that comes from which texts were put to the vote"),
        "splits_from_washington": Result([str(r) for r in apart["resolution"]], "texts", "texts on which Japan and the United States voted apart"),
        "first_placement_japan": Result({str(int(y)): v for y, v in record["Japan"].items()}, "vote by year", "Japan's votes on no first placement"),
        "first_placement_south_korea": Result({str(int(y)): v for y, v in record[SEOUL].items()}, "vote by year", "South Korea's votes on no first placement"),
        "first_placement_shared": Result(int((both["Japan"] == both[SEOUL]).sum()), "texts", f"votes on no first placement that Japan and South Korea cast alike, of {len(both)}"),
        "first_no_japan": Result(first_no["Japan"], "year", "year of Japan's first vote against no first placement"),
        "first_no_south_korea": Result(first_no[SEOUL], "year", "year of South Korea's first vote against it"),
    }
    return Answer(_text(p, results, whole, both), results,
                  {"votes": votes, "pairs": scored, "by_topic": by_topic, "whole": whole, "periods": periods, "placement": placement, "multiverse": multiverse(p),
                   "texts": tables.load("regional_cooperation/un_resolutions")}, parameters)


def checks(answer: Answer) -> list[Check]:
    """The collected roll calls against totals and lists that the United Nations and the press printed."""
    votes = ballots()
    full = "no_first_placement"

    def count(resolution: str, vote: str) -> int:
        return int(((votes["resolution"] == resolution) & (votes["vote"] == vote)).sum())

    nfp = votes[(votes["topic"] == full) & (votes["year"] == 2017)]
    council = votes[votes["resolution"] == "Council draft of 20 May 2024"].set_index("state")["vote"]
    return [
        Check("Votes against no first placement in 2017 among the states collected", float((nfp["vote"] == "no").sum()), 1.0, 0.0,
              "votes (of four printed, with Georgia, Israel and Ukraine)", "pressenza-2017-un-consider-banning-arms-race", "third paragraph"),
        Check("79/18: abstentions and votes against among the states collected", float(count("79/18", "no") + count("79/18", "abstain")), 3.0, 0.0,
              "votes (North Korea, Russia; China)", "united-nations-2024-general-assembly-adopts-72", "third paragraph"),
        Check("Council draft of 20 May 2024: Japan with the West against", float((council[["Japan", "France", "South Korea", "United Kingdom", "United States"]] == "no").sum()), 5.0, 0.0,
              "votes", "un-news-copy-at-2024-second-draft-resolution", "second paragraph"),
    ]


@figures.house
def agreement(answer: Answer) -> Picture:
    """Partners against topics: share of equal votes, with the number of texts in every cell."""
    from matplotlib.colors import LinearSegmentedColormap

    table, whole = answer.tables["by_topic"], answer.tables["whole"].sort_values("percent", ascending=False, kind="stable")
    topics = [t for t in TOPICS if t in set(table["topic"].astype(str))]
    names = list(whole["partner"])
    cells = table.assign(topic=table["topic"].astype(str)).set_index(["partner", "topic"])
    fig, ax = figures.canvas(height=max(4.6, 1.9 + 0.36 * len(names)))
    shade = LinearSegmentedColormap.from_list("agreement", [COLOURS["vermilion"], "#f6e8dd", "white", "#d8e8f3", COLOURS["blue"]])
    for y, name in enumerate(names):
        for x, topic in enumerate(["all", *topics]):
            row = whole.set_index("partner").loc[name] if topic == "all" else cells.loc[(name, topic)] if (name, topic) in cells.index else None
            left = x + (0.15 if x else 0)
            if row is None:
                ax.text(left, y, "–", ha="center", va="center", color="#8a8f94")
                continue
            dark = abs(row["percent"] - 50) > 38
            ax.barh(y, 0.94, 0.88, left=left - 0.47, color=shade(row["percent"] / 100), edgecolor="#c9cdd0", linewidth=0.6)
            ax.text(left, y - 0.02, f"{row['percent']:.0f} %", ha="center", va="center", size=11.5, weight=600 if not x else 400, color="white" if dark else COLOURS["ink"])
            ax.text(left + 0.43, y + 0.36, f"{int(row['n'])}", ha="right", va="bottom", size=8.5, color="white" if dark else "#555b60")
    ax.set_xticks([0, *(x + 1.15 for x in range(len(topics)))], ["All topics", *(TOPICS[t].replace(" ", "\n", 1) for t in topics)], size=10)
    ax.set_yticks(range(len(names)), names)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.55, len(topics) + 0.7), ylim=(len(names) - 0.45, -0.55))
    ax.tick_params(length=0)
    ax.grid(False)
    for side in ax.spines.values():
        side.set_visible(False)
    r = answer.results
    us = r["agreement_percent"].value[WASHINGTON]
    title = f"Japan votes like {names[0]} on {whole['percent'].iloc[0]:.0f} percent of space texts, like Washington on {us['all']:.0f}"
    data = pd.concat([table.assign(topic=table["topic"].astype(str)), whole.assign(topic="all")], ignore_index=True)
    return Picture(fig, "agreement", title, "Share of texts on which Japan and the partner cast the same vote; small figures: number of texts",
                   "Votes whose side is not published are left out" + (" or counted as in favour." if answer.parameters.unlisted == "as_yes" else ".") + " Blue: alike, red: apart; white is one half.",
                   f"Table of {len(names)} partners and {len(topics)} topics shaded by agreement with Japan; the United States stands at {us['all']:.0f} percent overall.",
                   data, figures.used(answer.tables["pairs"]))


@figures.house
def first_placement(answer: Answer) -> Picture:
    """Every state's votes on no first placement, year by year; the year without a roll call is left open."""
    from matplotlib.lines import Line2D

    placement = answer.tables["placement"]
    texts = answer.tables["texts"]
    texts = texts[texts["topic"] == "no_first_placement"]
    years = sorted(texts["date"].dt.year)
    wanted = list(dict.fromkeys(["Japan", SEOUL, *answer.parameters.partners, WASHINGTON]))
    grid = placement[placement["state"].isin(wanted)].pivot_table(index="state", columns="year", values="vote", aggfunc="first", observed=True)
    order = grid.assign(no=(grid == "no").sum(axis=1), first=(grid == "no").idxmax(axis=1), yes=(grid == "yes").sum(axis=1)).sort_values(["yes", "no"], ascending=[True, False], kind="stable").index
    order = [s for s in order if s in wanted]
    fig, ax = figures.canvas(height=max(4.4, 1.7 + 0.33 * len(order)))
    for y, state in enumerate(order):
        marked = state in ("Japan", SEOUL)
        if marked:
            ax.axhspan(y - 0.5, y + 0.5, color="#eef1f3", zorder=0)
        for year in years:
            vote = grid.loc[state].get(year)
            if isinstance(vote, str):
                colour, marker, _ = LOOKS[vote]
                ax.plot(year, y, marker=marker, ms=10, color=colour, mec="white", mew=0.8)
    unknown = [year for year in years if year not in grid.columns]
    for year in unknown:
        ax.axvspan(year - 0.4, year + 0.4, facecolor="white", edgecolor=COLOURS["grey"], hatch="....", linestyle=":", linewidth=0.8, zorder=0.5)
        total = texts[texts["date"].dt.year == year].iloc[0]
        ax.text(year, (len(order) - 1) / 2, f"no roll call found: {int(total['total_yes'])} in favour, {int(total['total_no'])} against, {int(total['total_abstain'])} abstained", rotation=90,
                ha="center", va="center", size=9.5, color="#555b60", bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})
    ax.set_yticks(range(len(order)), [f"{s}" for s in order])
    for label in ax.get_yticklabels():
        if label.get_text() in ("Japan", SEOUL):
            label.set_weight(600)
    ax.set_xticks(years, [str(y) for y in years])
    ax.set(ylim=(len(order) - 0.4, -0.6), xlim=(min(years) - 0.6, max(years) + 0.6))
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    keys = [Line2D([], [], ls="", marker=m, ms=9, color=c, label=t) for c, m, t in (LOOKS["yes"], LOOKS["abstain"], LOOKS["no"])]
    ax.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    r = answer.results
    return Picture(fig, "first_placement", f"Japan turned against no first placement in {r['first_no_japan'].value}, South Korea in {r['first_no_south_korea'].value}",
                   "Votes on the yearly General Assembly text \"No first placement of weapons in outer space\"",
                   "States are ordered by how often they voted in favour or against. The hatched year has printed totals only; texts after the last year shown are not collected.",
                   f"Dot grid of {len(order)} states and {len(years)} years. Japan and South Korea abstain at first and vote against from {r['first_no_japan'].value} and {r['first_no_south_korea'].value}.",
                   placement[placement["state"].isin(order)][["year", "resolution", "state", "vote", "row_id", "source_id"]].sort_values(["year", "state"]), figures.used(placement))


@figures.house
def with_washington(answer: Answer) -> Picture:
    """Every text on which both voted: alike or apart, by topic and year."""
    from matplotlib.lines import Line2D

    us = answer.tables["pairs"]
    us = us[us["partner"] == WASHINGTON].sort_values("date")
    topics = [t for t in TOPICS if t in set(us["topic"].astype(str))]
    fig, ax = figures.canvas(height=max(4.4, 2.1 + 0.42 * len(topics)))
    styles = {"alike": (COLOURS["blue"], "o"), "one abstained": (COLOURS["orange"], "s"), "opposed": (COLOURS["vermilion"], "X")}
    kind = np.where(us["japan"] == us["other"], "alike", np.where((us["japan"] == "abstain") | (us["other"] == "abstain"), "one abstained", "opposed"))
    us = us.assign(kind=kind, row=us["topic"].astype(str).map({t: i for i, t in enumerate(topics)}))
    for name, (colour, marker) in styles.items():
        part = us[us["kind"] == name]
        ax.plot(part["year"] + 0.0, part["row"], ls="", marker=marker, ms=7.5, color=colour, mec="white", mew=0.5)
    ax.axvline(answer.parameters.break_year - 0.5, color=COLOURS["ink"], lw=0.9, ls="--")
    ax.text(answer.parameters.break_year - 0.7, -0.62, f"before {answer.parameters.break_year}", ha="right", va="center", size=10, color="#555b60")
    counts = us.groupby(["row", "kind"]).size().unstack(fill_value=0)
    ax.set_yticks(range(len(topics)), [f"{TOPICS[t]}\n{counts.loc[i].get('alike', 0)} of {int(counts.loc[i].sum())} alike" for i, t in enumerate(topics)], size=10.5)
    ax.set(ylim=(len(topics) - 0.5, -0.85), xlim=(us["year"].min() - 1, max(us["year"].max(), answer.parameters.break_year) + 1))
    ax.grid(axis="y", visible=True)
    ax.tick_params(axis="y", length=0)
    ax.legend(handles=[Line2D([], [], ls="", marker=m, ms=8, color=c, label=n) for n, (c, m) in styles.items()], loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    r = answer.results
    before, after = r["washington_before_percent"].value, r["washington_after_percent"].value
    moved = f"Japan and Washington voted alike on {before:.0f} percent before {answer.parameters.break_year}, {after:.0f} percent since" if before is not None and after is not None else "Japan and Washington on space texts"
    return Picture(fig, "with_washington", moved, "Each mark is one text on which the votes of Japan and the United States are known",
                   "What is put to the vote changes too: the old yearly text on an arms race gave way to texts that the West wrote or opposed.",
                   f"Dots by topic and year, {len(us)} texts; most early marks on the arms-race text are apart, most later ones alike.",
                   us[["year", "resolution", "topic", "japan", "other", "kind", "row_id", "source_id"]], figures.used(us))


@figures.house
def periods(answer: Answer) -> Picture:
    """Agreement before and from the break year, by partner, with intervals."""
    table = answer.tables["periods"]
    p = answer.parameters
    names = [f"before {p.break_year}", f"from {p.break_year}"]
    wide = table.pivot(index="partner", columns="period", values="percent")
    if set(names) <= set(wide.columns):
        wide = wide.assign(change=wide[names[1]] - wide[names[0]]).sort_values("change")
    fig, ax = figures.canvas(height=max(4.2, 1.9 + 0.36 * len(wide)))
    looks = {names[0]: (COLOURS["grey"], "o", -0.14), names[1]: (COLOURS["blue"], "D", 0.14)}
    for y, partner in enumerate(wide.index):
        for row in table[table["partner"] == partner].itertuples():
            colour, marker, shift = looks[row.period]
            ax.plot([row.low, row.high], [y + shift] * 2, color=colour, lw=2.2, alpha=0.45, solid_capstyle="butt")
            ax.plot(row.percent, y + shift, marker=marker, ms=7.5, color=colour)
        found = table[table["partner"] == partner].set_index("period")["n"]
        ax.text(103, y, " and ".join(str(found[name]) for name in names if name in found), va="center", ha="left", size=9.5, color="#555b60")
    ax.text(103, len(wide) - 0.45, "texts", size=9.5, color="#555b60", va="center")
    for name, (colour, marker, _) in looks.items():
        ax.plot([], [], ls="", marker=marker, color=colour, ms=7.5, label=name)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    ax.set_yticks(range(len(wide)), wide.index)
    ax.set(xlim=(-2, 111), ylim=(-0.6, len(wide) - 0.2), xlabel="percent of texts voted alike (bars: exact 95 percent interval, as if texts were independent)", xticks=range(0, 101, 20))
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    rising = wide.index[-1]
    falling = wide.index[0]
    rising = f"the {rising}" if rising.startswith("United") else rising
    title = f"Since {p.break_year} agreement rose most with {rising} and fell most with {falling}" if "change" in wide and wide["change"].iloc[-1] > 0 > wide["change"].iloc[0] else f"Agreement with Japan before and from {p.break_year}"
    return Picture(fig, "periods", title, "Share of texts on which Japan and the partner cast the same vote, two periods",
                   "The intervals treat texts as independent draws, which yearly repeats of one text are not; they are narrower than the truth.",
                   f"Dots with intervals for {len(wide)} partners in two periods; the largest rise is with {rising}.", table, figures.used(answer.tables["pairs"]))


@figures.house
def counting_rules(answer: Answer) -> Picture:
    """Agreement with Washington in both periods under every rule of counting."""
    world = answer.tables["multiverse"]
    shown = world[world["period"] == "later"].sort_values("percent").reset_index(drop=True)
    fig, ax = figures.canvas(height=6.4)
    keys = ["abstention", "unlisted", "bodies", "break_year"]
    earlier = world[world["period"] == "earlier"].set_index(keys)
    words = {"distinct": "exact", "half": "graded", "exclude": "unlisted out", "as_yes": "unlisted for"}
    labels = []
    for y, row in shown.iterrows():
        before = earlier["percent"].get(tuple(row[k] for k in keys), np.nan)
        ax.plot([before, row["percent"]], [y, y], color="#c9cdd0", lw=1.2, zorder=1)
        ax.plot([row["low"], row["high"]], [y, y], color=COLOURS["blue"], lw=4, alpha=0.3, solid_capstyle="butt")
        ax.plot(before, y, marker="o", color=COLOURS["grey"], ms=7)
        ax.plot(row["percent"], y, marker="D", color=COLOURS["blue"], ms=7)
        labels.append(f"{words[row['abstention']]}, {words[row['unlisted']]}, {row['bodies']}, from {row['break_year']} (n = {row['n']})")
    ax.plot([], [], ls="", marker="o", color=COLOURS["grey"], label="earlier period")
    ax.plot([], [], ls="", marker="D", color=COLOURS["blue"], label="later period, with interval")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    ax.set_yticks(range(len(labels)), labels, size=9.5)
    ax.set(xlim=(0, 100), xlabel="percent of texts on which Japan and the United States voted alike")
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    compared = pd.DataFrame({"later": shown.set_index(keys)["percent"], "earlier": earlier["percent"]}).dropna()
    nearer = int((compared["later"] > compared["earlier"]).sum())
    title = f"Under {nearer} of {len(compared)} counting rules Japan stands nearer to Washington later: {shown['percent'].min():.0f} to {shown['percent'].max():.0f} percent"
    return Picture(fig, "counting_rules", title, f"Agreement with the United States under {len(shown)} ways of counting",
                   "Exact: an abstention is a vote of its own. Graded: it is half way between yes and no. Unlisted: states outside printed no and abstention lists.",
                   f"{len(shown)} pairs of dots; the later period lies between {shown['percent'].min():.0f} and {shown['percent'].max():.0f} percent.", world, figures.used(answer.tables["pairs"]))


FIGURES = (agreement, first_placement, with_washington, periods, counting_rules)


def _text(p: Parameters, results: dict[str, Result], whole: pd.DataFrame, both: pd.DataFrame) -> str:
    r = {name: result.value for name, result in results.items()}
    us = whole.set_index("partner").loc[WASHINGTON]
    rule = "cast the same vote" if p.abstention == "distinct" else "agreed, an abstention counting half,"
    lines = [f"Over {int(us['n'])} texts of {p.start_year} to {p.end_year} Japan and the United States {rule} in **{us['percent']:.0f} percent** (95 percent interval {us['low']:.0f} to {us['high']:.0f}). "
             f"The partner nearest to Japan is {r['closest_partner']} by raw agreement and {r['closest_beyond_chance']} beyond chance."]
    if r["washington_before_percent"] is not None and r["washington_after_percent"] is not None:
        lines.append(f"Agreement with Washington was {r['washington_before_percent']:.0f} percent before {p.break_year} and {r['washington_after_percent']:.0f} percent since ({r['washington_after_n']} texts). "
                     f"Of this change {r['change_from_votes']:+.0f} points come from votes on the same topics and {r['change_from_mix']:+.0f} from which texts were put to the vote.")
    lines.append(f"On no first placement Japan and South Korea voted alike {r['first_placement_shared']} times of {len(both)}; Japan's first vote against is dated {r['first_no_japan']}, South Korea's {r['first_no_south_korea']}.")
    return "\n\n".join(lines)
