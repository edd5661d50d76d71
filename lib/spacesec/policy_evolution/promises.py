"""Which dated plans came true? Score-card, time to delivery with censoring, and how much the wording was worth."""

import math
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator

from spacesec import figures, parameters, record, statistics, tables
from spacesec.errors import ParameterError
from spacesec.figures import COLOURS, Picture

QUESTION = "Which dated plans came true?"

DAYS_PER_MONTH = 365.25 / 12
KNOWN_FROM, KNOWN_UNTIL = date(2012, 1, 1), date(2026, 11, 22)
# The verbal map under which forecasts are scored: what a reader may take each wording to promise.
PROBABILITY = {"will": 0.95, "plans": 0.80, "expected": 0.70, "may": 0.40}
# State of a promise on a day -> colour, marker and hatch of its mark; never colour alone.
MARKS = {
    "early": (COLOURS["green"], "<", "kept early"),
    "on time": (COLOURS["green"], "o", "kept in time"),
    "late": (COLOURS["orange"], ">", "kept late"),
    "overdue": (COLOURS["vermilion"], "o", "overdue"),
    "dropped": (COLOURS["vermilion"], "X", "given up by the rule"),
    "lost": (COLOURS["vermilion"], "P", "lost"),
    "not due": (COLOURS["blue"], "D", "not due yet"),
}
SourceName = Literal["ifri2020", "uchu2024", "csis2025", "official"]
GroupName = Literal["hardware", "institutions", "weapons", "money"]


class Parameters(parameters.Parameters):
    as_of: str = parameters.value("2026-11-22", "day of the score; what happened later does not count", "ISO date")
    sources: list[SourceName] = parameters.value(["ifri2020", "uchu2024", "csis2025", "official"], "where the promise was stated", min_length=1)
    groups: list[GroupName] = parameters.value(["hardware", "institutions", "weapons", "money"], "kind of thing promised", min_length=1)
    dropped_after_months: float = parameters.value(
        24, "a promise this long overdue, with nothing heard of it for as long, counts as given up for good", "months", ge=0, le=120
    )

    @field_validator("as_of")
    @classmethod
    def _known_day(cls, text: str) -> str:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"as_of = {text!r} is not possible: it takes a day such as 2026-11-22.") from None
        if not KNOWN_FROM <= day <= KNOWN_UNTIL:
            raise ValueError(f"as_of = {text} is not possible: the tables know outcomes from {KNOWN_FROM} to {KNOWN_UNTIL}.")
        return text


# --- analysis ---------------------------------------------------------------------------------------------------------


def board(promises: pd.DataFrame, outcomes: pd.DataFrame, as_of: date, dropped_after_months: float) -> pd.DataFrame:
    """One row per promise made by ``as_of``, with its state on that day.

    ``slip_months`` is 0 for delivery inside the promised window, negative before its first day, positive after its last
    one, and missing while nothing is delivered. ``overdue_months`` is the time since the window closed, ``silent_months``
    the time since the last dated event about it. ``due`` says that the window had closed; ``met`` that delivery had
    come by then. A promise is dropped when it is overdue and silent for ``dropped_after_months``.
    """
    day = pd.Timestamp(as_of)
    made = promises[promises["promised_date"] <= day].copy()
    seen = outcomes[outcomes["date"] <= day]
    made["delivered"] = _when(made, seen[seen["state"] == "delivered"].groupby("promise_id")["date"].min())
    made["lost"] = _when(made, seen[seen["state"] == "lost"].groupby("promise_id")["date"].min())
    heard = _when(made, seen.groupby("promise_id")["date"].max())
    made["silent_months"] = ((day - heard).dt.days / DAYS_PER_MONTH).fillna(math.inf)

    made["due"] = made["due_until"] <= day
    made["met"] = made["delivered"].notna() & (made["delivered"] <= made["due_until"])
    made["overdue_months"] = (day - made["due_until"]).dt.days / DAYS_PER_MONTH
    late = (made["delivered"] - made["due_until"]).dt.days / DAYS_PER_MONTH
    early = (made["delivered"] - made["due_from"]).dt.days / DAYS_PER_MONTH
    made["slip_months"] = late.clip(lower=0).where(~(early < 0), early)
    made["state"] = [_state(row, dropped_after_months) for row in made.to_dict("records")]
    return made.reset_index(drop=True)


def _when(made: pd.DataFrame, dates: pd.Series) -> pd.Series:
    return dates.reindex(made["row_id"]).set_axis(made.index).astype("datetime64[ns]")


def _state(row: dict, dropped_after_months: float) -> str:
    if not pd.isna(row["delivered"]):
        return "early" if row["slip_months"] < 0 else "late" if row["slip_months"] > 0 else "on time"
    if not pd.isna(row["lost"]):
        return "lost"
    if not row["due"]:
        return "not due"
    return "dropped" if min(row["overdue_months"], row["silent_months"]) >= dropped_after_months else "overdue"


def durations(due: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never") -> tuple[np.ndarray, np.ndarray]:
    """Months from the end of the window to delivery, and whether delivery was seen, for promises that were due.

    An overdue promise is censored on the day of the score. A lost or dropped one will not be delivered: with
    ``"never"`` it stays at risk beyond every other duration (the honest reading, equal to a cumulative incidence);
    with ``"censored"`` it leaves when the score is taken, as if it could still come.
    """
    delivered = due["delivered"].notna().to_numpy()
    times = np.where(delivered, due["slip_months"], due["overdue_months"]).astype(float)
    if lost_or_dropped == "never":
        gone = due["state"].isin(["lost", "dropped"]).to_numpy()
        times = np.where(gone, np.nanmax(np.append(times, 0.0)) + 1, times)
    return times, delivered


def survival(due: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never") -> pd.DataFrame:
    """Share still undelivered by months after the promised window (Kaplan-Meier, log-log interval)."""
    return statistics.kaplan_meier(*durations(due, lost_or_dropped))


def forecast_scores(due: pd.DataFrame, probability: dict[str, float] = PROBABILITY) -> dict[str, float]:
    """Brier score (half-form, 0 to 1) of the wording, of the base rate, and the skill of the first over the second."""
    met = due["met"].to_numpy(dtype=bool)
    stated = due["wording"].astype(str).map(probability).to_numpy(dtype=float)
    base = float(met.mean())
    score, reference = statistics.brier_score(stated, met), statistics.brier_score(np.full(len(met), base), met)
    return {"brier": score, "brier_base_rate": reference, "skill": statistics.brier_skill(score, reference)}


def summary(scored: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never") -> dict[str, float]:
    """The numbers of the score-card for one choice of promises: shares in percent, slips in months."""
    due = scored[scored["due"]]
    if due.empty:
        return {"due": 0, "met": 0, "delivered": 0}
    share = statistics.clopper_pearson(int(due["met"].sum()), len(due))
    slip = statistics.survival_median(survival(due, lost_or_dropped))
    return {
        "due": len(due),
        "met": int(due["met"].sum()),
        "delivered": int(due["delivered"].notna().sum()),
        "met_percent": 100 * share.estimate,
        "met_percent_low": 100 * share.low,
        "met_percent_high": 100 * share.high,
        "median_slip_months": slip.estimate,
        "median_slip_low": slip.low,
        "median_slip_high": slip.high,
        **forecast_scores(due),
    }


def alternatives(promises: pd.DataFrame, outcomes: pd.DataFrame, chosen: pd.DataFrame, as_of: date, months: float) -> pd.DataFrame:
    """The score-card under other choices a reader might defend, one row per choice."""

    def score(label: str, rows: pd.DataFrame, day: date = as_of, after: float = months, lost: str = "never") -> dict:
        return {"choice": label, **summary(board(rows, outcomes, day, after), lost)}

    seeds = promises["evidence"] == "seed"
    rows = [
        score("as chosen", chosen),
        score("only the five documents", promises[seeds]),
        score("only official plans", promises[~seeds]),
        score("without repeats", chosen[chosen["repeats"].isna()]),
        score("only promises of Japan", chosen[chosen["promiser"] == "Japan"]),
        score("never given up", chosen, after=math.inf),
        score("given up after 12 months", chosen, after=12),
        score("losses could still come", chosen, lost="censored"),
        *(score(f"as of 31 March {year}", chosen, date(year, 3, 31)) for year in (2023, 2024, 2025) if date(year, 3, 31) < as_of),
    ]
    return pd.DataFrame(rows)


def answer(parameters: Parameters) -> record.Answer:
    """The score-card for the chosen promises on the chosen day."""
    promises, outcomes = tables.load("policy_evolution/promises"), tables.load("policy_evolution/promise_outcomes")
    as_of = date.fromisoformat(parameters.as_of)
    chosen = promises[promises["stated_in"].isin(parameters.sources) & promises["group"].isin(parameters.groups)]
    scored = board(chosen, outcomes, as_of, parameters.dropped_after_months)
    due = scored[scored["due"]]
    if due.empty:
        raise ParameterError(
            f"no promise from {', '.join(parameters.sources)} about {', '.join(parameters.groups)} was due by {parameters.as_of}; "
            "choose a later as_of, more sources or more groups."
        )
    numbers = summary(scored)
    groups = _by_group(due)
    wordings = _by_wording(due)
    curves = pd.concat([survival(part).assign(group=name) for name, part in [("all", due), *_grouped(due)]], ignore_index=True)
    ahead = scored[~scored["due"] & scored["delivered"].notna()]
    results = _results(numbers, groups, scored, len(ahead))
    return record.Answer(
        _sentences(parameters, numbers, groups, ahead),
        results,
        {
            "board": scored,
            "survival": curves,
            "groups": groups,
            "wordings": wordings,
            "alternatives": alternatives(promises, outcomes, chosen, as_of, parameters.dropped_after_months),
        },
        parameters,
    )


def checks(answer: record.Answer) -> list[record.Check]:
    """Delays of well-known cases, recounted from the dates that catalogues and official pages print."""
    slips = answer.tables["board"].set_index("row_id")["slip_months"]
    printed = [("promise-alos-4", "ALOS-4, wanted by 31 March 2021, flew on 1 July 2024", 39, "gcat-payloads-2025", "row ALOS-4, launch date"),
               ("promise-kirameki-3", "Kirameki-3, wanted by 31 March 2023, flew on 4 November 2024", 19, "gcat-payloads-2025", "row DSN-3, launch date"),
               ("promise-igs-radar-7", "Radar-7, wanted by 31 March 2022, flew on 26 January 2023", 10, "gcat-payloads-2025", "row IGS Radar-7, launch date"),
               ("promise-qzss-us-payloads", "Second American payload, wanted by 31 March 2024, flew on 10 August 2026", 28, "gcat-launches-2026", "row 2026-182A"),
               ("promise-second-maya", "Haguro, wanted in March 2021, commissioned on 19 March 2021", 0, "stars-stripes-2021-maritime-self-defense-force", "opening paragraph")]
    return [record.Check(what, float(slips[promise]), published, 1.0, "months", source, where)
            for promise, what, published, source, where in printed if promise in slips.index and not math.isnan(slips[promise])]


def _grouped(due: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in due.groupby("group", observed=True)]


def _by_group(due: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([{"group": name, **summary(part)} for name, part in _grouped(due)])


def _by_wording(due: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for wording, stated in PROBABILITY.items():
        part = due[due["wording"].astype(str) == wording]
        if len(part):
            share = statistics.clopper_pearson(int(part["met"].sum()), len(part))
            rows.append({"wording": wording, "stated_percent": 100 * stated, "due": len(part), "met": int(part["met"].sum()),
                         "met_percent": 100 * share.estimate, "low": 100 * share.low, "high": 100 * share.high})
    return pd.DataFrame(rows)


def _results(numbers: dict, groups: pd.DataFrame, scored: pd.DataFrame, ahead: int) -> dict[str, record.Result]:
    made = record.Result
    by_group = dict(zip(groups["group"], groups["met_percent"], strict=True))
    return {
        "due": made(numbers["due"], "promises", "promises whose window had closed on the day of the score"),
        "met": made(numbers["met"], "promises", "of those, delivered by the end of the window", ("C1-026",)),
        "met_percent": made(numbers["met_percent"], "%", "share of due promises met", ("C1-026",)),
        "met_percent_interval": made([numbers["met_percent_low"], numbers["met_percent_high"]], "%", "exact 95 % interval of that share"),
        "met_percent_by_group": made(by_group, "%", "share met, by kind of thing promised"),
        "delivered": made(numbers["delivered"], "promises", "due promises delivered at all, in time or late"),
        "delivered_ahead": made(ahead, "promises", "promises kept although their window has not closed; they are no part of the shares"),
        "median_slip_months": made(numbers["median_slip_months"], "months",
                                   "time after the promised window by which half of the due promises were delivered; null: never half", ("C1-026",)),
        "median_slip_interval": made([numbers["median_slip_low"], numbers["median_slip_high"]], "months",
                                     "95 % interval of that time; null: not reached"),
        "brier": made(numbers["brier"], "score, 0 to 1", "mean squared error of the wording read as a probability (half-form: always one half gives 0.25)"),
        "brier_base_rate": made(numbers["brier_base_rate"], "score, 0 to 1", "the same for forecasting the share met, known afterwards"),
        "brier_skill": made(numbers["skill"], "1 - ratio", "skill of the wording over the base rate; below zero: worse"),
        "states": made({state: int((scored["state"] == state).sum()) for state in MARKS}, "promises", "promises by state on that day"),
    }


def _months(value: float) -> str:
    return "not reached" if math.isnan(value) else f"{value:.0f} months"


def _sentences(parameters: Parameters, numbers: dict, groups: pd.DataFrame, ahead: pd.DataFrame) -> str:
    parts = "; ".join(f"{row.group} {row.met} of {row.due}" for row in groups.itertuples())
    slip = (
        f"Half of them were delivered within {_months(numbers['median_slip_months'])} after their date "
        f"(95 % interval {_months(numbers['median_slip_low'])} to {_months(numbers['median_slip_high'])})."
        if not math.isnan(numbers["median_slip_months"])
        else "Less than half of them have been delivered at all, so that no median delay exists; the 95 % interval of the median begins at "
        f"{_months(numbers['median_slip_low'])}."
    )
    better = "better" if numbers["skill"] > 0 else "worse"
    return (
        f"**{numbers['met']} of {numbers['due']} promises due by {parameters.as_of} were met in time "
        f"({numbers['met_percent']:.0f} %, 95 % interval {numbers['met_percent_low']:.0f} to {numbers['met_percent_high']:.0f} %).** {slip} "
        f"By kind: {parts}. {len(ahead)} more were kept before their window closed and are counted apart. "
        f"Read as probabilities, the wordings score {numbers['brier']:.2f} (Brier, 0 perfect, 0.25 for always one half), {better} than "
        f"the bare share met ({numbers['brier_base_rate']:.2f})."
    )


# --- figures ------------------------------------------------------------------------------------------------------------


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    outcomes = tables.load("policy_evolution/promise_outcomes")
    outcomes = outcomes[outcomes["promise_id"].isin(rows["row_id"])]
    return figures.used(pd.concat([rows[["source_id"]], outcomes[["source_id"]]]))


def _draw_promise(axes, y: int, row: pd.Series, as_of: pd.Timestamp) -> None:
    """The promised window as a bar, the wait after it as a line, the state as a marker."""
    colour, marker, _ = MARKS[row["state"]]
    start = row["due_from"] if not pd.isna(row["due_from"]) else row["promised_date"]
    waiting = row["state"] == "not due"
    axes.barh(y, row["due_until"] - start, left=start, height=0.5, facecolor="white" if waiting else COLOURS["pale"],
              edgecolor=COLOURS["blue"] if waiting else COLOURS["pale"], linestyle="--" if waiting else "-", linewidth=0.9)
    if waiting:
        return
    end = next((row[name] for name in ("delivered", "lost") if not pd.isna(row[name])), as_of)
    if row["state"] in ("late", "overdue", "dropped", "lost"):
        open_end = pd.isna(row["delivered"])
        axes.plot([row["due_until"], end], [y, y], color=colour, linewidth=1.4, linestyle=":" if open_end else "-")
    axes.plot([end], [y], marker=marker, color=colour, markersize=7, linestyle="none",
              markerfacecolor=colour if row["state"] != "overdue" else "none")


@figures.house
def promise_board(answer: record.Answer) -> Picture:
    """Every promise with its window and what came of it: due ones left, open ones right."""
    from matplotlib.lines import Line2D

    rows = answer.tables["board"].sort_values(["due_until", "row_id"], ascending=[False, False])
    as_of = pd.Timestamp(answer.parameters.as_of)
    parts = [("Window closed", rows[rows["due"]]), ("Window still open", rows[~rows["due"]])]
    figure, panels = figures.canvas(1, 2, width=13.33, height=8.4)
    for axes, (name, part) in zip(panels, parts, strict=True):
        for y, (_, row) in enumerate(part.iterrows()):
            _draw_promise(axes, y, row, as_of)
        labels = [text if len(text) < 58 else text[:56].rsplit(" ", 1)[0] + " …" for text in part["promise"]]
        axes.set_yticks(range(len(part)), labels, fontsize=9)
        axes.axvline(as_of, color=COLOURS["ink"], linewidth=0.8)
        axes.set_title(f"{name}: {len(part)}", fontsize=11, loc="left")
        axes.set_ylim(-0.7, max(len(part), 1) - 0.3)
        axes.grid(axis="y", visible=False)
    panels[0].annotate("day of the score", (as_of, 1), xycoords=("data", "axes fraction"), xytext=(-3, 3), textcoords="offset points",
                       ha="right", fontsize=8.5, color=COLOURS["ink"])
    shown = [state for state in MARKS if (rows["state"] == state).any() and state != "not due"]
    handles = [Line2D([], [], color=MARKS[s][0], marker=MARKS[s][1], markerfacecolor="none" if s == "overdue" else MARKS[s][0],
                      linestyle="none", markersize=7, label=MARKS[s][2]) for s in shown]
    panels[0].legend(handles=handles, loc="lower left", frameon=False, fontsize=9.5)
    return Picture(
        figure, "promise_board",
        f"{answer['met']} of {answer['due']} promises were kept in time; {answer['due'] - answer['delivered']} have still not been delivered",
        "Bars: promised windows (dashed: still open). Lines: waiting since the window closed (dotted: not delivered).",
        "Every dated promise of the chosen sources. A bar without a first date begins on the day of the promise.",
        f"Chart of {len(rows)} promises as bars on a time axis with a mark for their state on {answer.parameters.as_of}.",
        rows[["row_id", "promise", "group", "stated_in", "wording", "promised_date", "due_from", "due_until", "delivered", "state",
              "slip_months", "overdue_months", "due", "met"]],
        _sources(rows),
    )


@figures.house
def slip_survival(answer: record.Answer) -> Picture:
    """Share still undelivered against months after the window, all together with band, kinds beside it."""
    curves = answer.tables["survival"]
    styles = {"hardware": (COLOURS["blue"], "-", "s"), "institutions": (COLOURS["purple"], "--", "^"), "weapons": (COLOURS["vermilion"], "-.", "v"),
              "money": (COLOURS["orange"], ":", "D")}
    names = [name for name in curves["group"].unique() if name != "all"]
    figure, panels = figures.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1.25, 1]})
    everything = curves[curves["group"] == "all"]
    first = min(everything["time"].min(), 0) - 6
    last = float(everything["time"].max())
    x = np.concatenate([[first], everything["time"]])
    panels[0].fill_between(x, np.concatenate([[100], 100 * everything["low"]]), np.concatenate([[100], 100 * everything["high"]]),
                           step="post", color=COLOURS["pale"], label="95 % interval")
    panels[0].step(x, np.concatenate([[100], 100 * everything["survival"]]), where="post", color=COLOURS["ink"], linewidth=2)
    censored = everything[everything["censored"] > 0]
    panels[0].plot(censored["time"], 100 * censored["survival"], "|", color=COLOURS["ink"], markersize=9)
    panels[0].axhline(50, color=COLOURS["grey"], linewidth=0.8, linestyle=":")
    panels[0].annotate("half delivered", (last, 50), xytext=(0, -12), textcoords="offset points", fontsize=9.5, ha="right", color="#555b60")
    panels[0].set_title(f"All {answer['due']} due promises", loc="left", fontsize=11)
    panels[0].set_ylabel("Not yet delivered (%)")
    ends = []
    for name in names:
        part = curves[curves["group"] == name]
        colour, line, marker = styles[name]
        px, py = np.concatenate([[first], part["time"], [last]]), 100 * np.concatenate([[1], part["survival"], [part["survival"].iloc[-1]]])
        panels[1].step(px, py, where="post", color=colour, linestyle=line, linewidth=1.8)
        panels[1].plot(part["time"], 100 * part["survival"], marker, color=colour, markersize=5, linestyle="none")
        ends.append((float(py[-1]), f"{name} ({int(part['at_risk'].iloc[0])})", colour))
    below = -math.inf
    for end, text, colour in sorted(ends):  # labels at least seven points apart
        below = max(end, below + 7, 4)
        panels[1].annotate(text, (last, below), xytext=(5, 0), textcoords="offset points", va="center", color=colour, fontsize=10, annotation_clip=False)
    panels[1].set_title("By kind (number due)", loc="left", fontsize=11)
    for axes in panels:
        axes.set(xlabel="Months after the promised window (negative: before it)", ylim=(0, 104), xlim=(first, last))
    panels[1].set_xlim(first, last + 0.33 * (last - first))
    slip = answer["median_slip_months"]
    title = (f"Half of the due promises were delivered within {slip:.0f} months of their date" if not math.isnan(slip)
             else f"Less than half of the due promises were ever delivered: {answer['delivered']} of {answer['due']}")
    return Picture(
        figure, "slip_survival", title, "Share of due promises not yet delivered, Kaplan-Meier with log-log interval",
        "A tick marks an overdue promise whose delivery is not known. Lost and given-up promises stay undelivered for good.",
        "Two step charts of the share undelivered against months after the promised window: all promises with a 95 percent band, and by kind.",
        curves, _sources(answer.tables["board"].query("due")),
    )


@figures.house
def wording(answer: record.Answer) -> Picture:
    """Probability that each wording suggests against the share that came true."""
    rows = answer.tables["wordings"]
    figure, axes = figures.canvas(width=10, height=4.8)
    for y, row in enumerate(rows.itertuples()):
        axes.plot([row.low, row.high], [y, y], color=COLOURS["grey"], linewidth=5, solid_capstyle="butt", alpha=0.45)
        axes.plot([row.met_percent], [y], "o", color=COLOURS["blue"], markersize=10)
        axes.plot([row.stated_percent], [y], "D", markerfacecolor="white", markeredgecolor=COLOURS["vermilion"], markersize=9)
        axes.annotate(f"{row.met} of {row.due} met", (row.met_percent, y), xytext=(0, 9), textcoords="offset points", ha="center",
                      color=COLOURS["blue"], fontsize=10.5)
        axes.annotate(f"read as {row.stated_percent:.0f} %", (row.stated_percent, y), xytext=(0, -18), textcoords="offset points", ha="center",
                      color=COLOURS["vermilion"], fontsize=10.5)
    axes.set_yticks(range(len(rows)), [f"“{row.wording}”" for row in rows.itertuples()], fontsize=12)
    axes.set(xlim=(-3, 103), ylim=(-0.6, len(rows) - 0.4), xlabel="Met in time (%)")
    axes.grid(axis="y", visible=False)
    verdict = "worth less than" if answer["brier_skill"] < 0 else "worth more than"
    return Picture(
        figure, "wording", f"The wording of plans was {verdict} the bare share met: Brier {answer['brier']:.2f} against {answer['brier_base_rate']:.2f}",
        "Circle: share met with exact 95 % interval (grey). Diamond: probability the wording is read as.",
        "Brier score in the half-form, 0 perfect, 0.25 for always saying one half.",
        "Dot chart of four wordings: share of promises met with its interval, and the probability the wording is read as.",
        rows, _sources(answer.tables["board"].query("due")),
    )


@figures.house
def other_choices(answer: record.Answer) -> Picture:
    """Share met and median delay under other defensible choices."""
    rows = answer.tables["alternatives"].query("due > 0").reset_index(drop=True)
    figure, panels = figures.canvas(1, 2, width=11, sharey=True)
    y = np.arange(len(rows))[::-1]
    panels[0].hlines(y, rows["met_percent_low"], rows["met_percent_high"], color=COLOURS["grey"], linewidth=5, alpha=0.45)
    panels[0].plot(rows["met_percent"], y, "o", color=COLOURS["blue"], markersize=8)
    for at, row in zip(y, rows.itertuples(), strict=True):
        panels[0].annotate(f"{row.met}/{row.due}", (row.met_percent, at), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
    panels[0].set(xlabel="Met in time (%)", xlim=(0, 100))
    panels[0].set_yticks(y, rows["choice"])
    limit = float(np.nanmax(rows[["median_slip_months", "median_slip_high", "median_slip_low"]].to_numpy())) * 1.15 + 6
    for at, row in zip(y, rows.itertuples(), strict=True):
        high = limit if math.isnan(row.median_slip_high) else row.median_slip_high
        if not math.isnan(row.median_slip_low):
            panels[1].hlines(at, row.median_slip_low, high, color=COLOURS["grey"], linewidth=5, alpha=0.45)
        if math.isnan(row.median_slip_high):
            panels[1].plot([limit], [at], ">", color=COLOURS["grey"], markersize=7, clip_on=False)
        if math.isnan(row.median_slip_months):
            panels[1].annotate("never half delivered", (limit, at), xytext=(-8, 7), textcoords="offset points", ha="right", fontsize=9, color=COLOURS["vermilion"])
        else:
            panels[1].plot([row.median_slip_months], [at], "s", color=COLOURS["vermilion"], markersize=8)
            panels[1].annotate(f"{row.median_slip_months:.0f}", (row.median_slip_months, at), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
    low = min(float(np.nanmin(rows["median_slip_low"])) if rows["median_slip_low"].notna().any() else 0.0, 0.0)
    panels[1].set(xlabel="Median delay after the window (months)", xlim=(low - 3, limit))
    for axes in panels:
        axes.grid(axis="y", visible=False)
        axes.set_ylim(-0.6, len(rows) - 0.2)
    spread = rows["met_percent"]
    return Picture(
        figure, "other_choices", f"Under every choice of rule at most {spread.max():.0f} % of the due promises were met in time",
        "Share met (met/due) and median delay with 95 % intervals under other choices; an arrow: no upper limit",
        "Each line changes one thing: which promises count, when a promise is given up, the day of the score.",
        "Two dot charts with intervals: share met and median delay for each alternative choice.",
        rows, _sources(answer.tables["board"].query("due")),
    )


FIGURES = (promise_board, slip_survival, wording, other_choices)
