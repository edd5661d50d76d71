"""The promise score-card against hand-made cases, published dates and identities."""

import math
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from scipy import stats

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.policy_evolution import promises

DAY = date(2024, 1, 1)


def _table(**columns):
    rows = pd.DataFrame(columns)
    for name in ("promised_date", "due_from", "due_until", "date"):
        if name in rows:
            rows[name] = pd.to_datetime(rows[name])
    return rows


@pytest.fixture
def hand_made():
    """Six promises of one window (January to December 2021) that came out in six ways, and one still open."""
    made = _table(
        row_id=["early", "kept", "late", "lost", "silent", "alive", "open"],
        promised_date=["2020-01-01"] * 7,
        due_from=["2021-01-01"] * 7,
        due_until=["2021-12-31"] * 6 + ["2030-12-31"],
        wording=["plans"] * 7,
        group=["hardware"] * 7,
    )
    outcomes = _table(
        promise_id=["early", "kept", "late", "lost", "alive", "late", "open"],
        state=["delivered", "delivered", "delivered", "lost", "postponed", "delivered", "delivered"],
        date=[
            "2020-07-01",
            "2021-12-31",
            "2022-12-31",
            "2022-06-01",
            "2023-12-01",
            "2025-01-01",
            "2025-06-01",
        ],
    )
    return made, outcomes


def test_states_and_slips_of_hand_made_promises(hand_made):
    scored = promises.model.board(*hand_made, DAY, 24).set_index("row_id")
    assert scored["state"].to_dict() == {
        "early": "early",
        "kept": "on time",
        "late": "late",
        "lost": "lost",
        "silent": "dropped",
        "alive": "overdue",
        "open": "not due",
    }
    assert scored.loc["early", "slip_months"] == pytest.approx(-184 / 30.4375)
    assert scored.loc["kept", "slip_months"] == 0
    assert scored.loc["late", "slip_months"] == pytest.approx(365 / 30.4375)
    assert scored["slip_months"].isna().sum() == 4
    assert scored["met"].sum() == 2 and scored["due"].sum() == 6


def test_what_happens_after_the_day_of_the_score_does_not_count(hand_made):
    scored = promises.model.board(*hand_made, date(2022, 7, 1), 24).set_index("row_id")
    assert scored.loc["late", "state"] == "overdue" and scored.loc["silent", "state"] == "overdue"
    assert promises.model.board(*hand_made, date(2019, 6, 1), 24).empty


def test_a_lost_promise_never_leaves_the_risk_set(hand_made):
    due = promises.model.board(*hand_made, DAY, 24).query("due")
    times, delivered = promises.model.durations(due)
    assert times[due["row_id"].isin(["lost", "silent"])].min() > times[delivered].max()
    # Of six due promises three were delivered, so the share undelivered cannot fall below one half.
    assert promises.model.survival(due)["survival"].min() == pytest.approx(0.5)
    assert promises.model.survival(due, "censored")["survival"].min() <= 0.5 + 1e-12


def test_scores_of_the_wording():
    due = pd.DataFrame({"wording": ["will", "may", "plans", "expected"], "met": [True, False, True, False]})
    by_hand = (0.05**2 + 0.4**2 + 0.2**2 + 0.7**2) / 4
    scores = promises.model.forecast_scores(due)
    assert scores["brier"] == pytest.approx(by_hand)
    assert scores["brier_base_rate"] == pytest.approx(0.25)
    assert scores["skill"] == pytest.approx(1 - by_hand / 0.25)
    assert (
        promises.model.forecast_scores(due, dict.fromkeys(promises.model.PROBABILITY, 0.5))["brier"] == 0.25
    )


# Months after the window (before it: negative), counted by hand from published dates, to within a month.
PUBLISHED_SLIPS = {
    "promise-alos-4": 39,  # 31 March 2021 to 1 July 2024
    "promise-kirameki-3": 19,  # 31 March 2023 to 4 November 2024
    "promise-ssa-system": -0.5,  # 16 March 2023 before 1 April 2023
    "promise-hayabusa2": 0,
    "promise-second-maya": 0,
    "promise-qzss-three-fy2017": 0,
    "promise-igs-radar-7": 10,  # 31 March 2022 to 26 January 2023
    "promise-glide-missile": -45,  # 31 March 2026 before 1 January 2030
}


def test_slips_follow_from_published_dates():
    answer = promises.answer(promises.Parameters(as_of="2026-11-22"))
    slips = answer.tables["board"].set_index("row_id")["slip_months"]
    for promise, months in PUBLISHED_SLIPS.items():
        assert slips[promise] == pytest.approx(months, abs=1), promise
    states = answer.tables["board"].set_index("row_id")["state"]
    assert (
        states["promise-alos-3"] == "lost"
        and states["promise-callisto"] == "overdue"
        and states["promise-mmx"] == "not due"
    )


def test_counts_hang_together():
    answer = promises.answer(promises.Parameters())
    assert answer["met"] <= answer["delivered"] <= answer["due"]
    assert answer["met_percent"] == pytest.approx(100 * answer["met"] / answer["due"])
    assert sum(answer["states"].values()) == len(answer.tables["board"])
    low, high = answer["met_percent_interval"]
    assert low < answer["met_percent"] < high
    groups = answer.tables["groups"]
    assert groups["due"].sum() == answer["due"] and groups["met"].sum() == answer["met"]
    share = answer["met"] / answer["due"]
    assert answer["brier_base_rate"] == pytest.approx(share * (1 - share))


def test_every_outcome_belongs_to_a_promise_and_never_rests_on_its_source():
    made = tables.load("policy_evolution/promises").set_index("row_id")
    outcomes = tables.load("policy_evolution/promise_outcomes")
    assert set(outcomes["promise_id"]) <= set(made.index)
    assert not (outcomes["source_id"].to_numpy() == made.loc[outcomes["promise_id"], "source_id"].to_numpy())[
        made.loc[outcomes["promise_id"], "evidence"].to_numpy() == "seed"
    ].any()
    assert set(made["repeats"].dropna()) <= set(made.index)
    assert (made["due_from"].isna() | (made["due_from"] <= made["due_until"])).all()


REFUSED = [
    ({"as_of": "2199-01-01"}, 'as_of = "2199-01-01" is not possible: as_of (ISO date) takes a day'),
    ({"as_of": "2000-01-01"}, "from 2014-01-01"),  # the first promise is of August 2014
    ({"as_of": "yesterday"}, "takes a day such as"),
    ({"groups": []}, "groups"),
    ({"sources": ["wikipedia"]}, "sources"),
    ({"dropped_after_months": -1}, "dropped_after_months"),
    ({"as_off": "2024-01-01"}, "did you mean as_of"),
]


def test_nothing_due_is_said_plainly():
    with pytest.raises(ParameterError, match="no promise from csis2025 about hardware was due by 2026-11-22"):
        promises.answer(promises.Parameters(as_of="2026-11-22", sources=["csis2025"], groups=["hardware"]))


def test_the_median_needs_half_delivered():
    """By 30 June 2021 six were due and three had come in time; a year later eight were due and still three
    had come.
    """
    half = promises.answer(promises.Parameters(as_of="2021-06-30"))
    assert (half["due"], half["met"], half["median_slip_months"]) == (6, 3, 0)
    less = promises.answer(promises.Parameters(as_of="2022-06-30"))
    assert (less["due"], less["met"]) == (8, 3) and math.isnan(less["median_slip_months"])


def test_a_wording_is_not_worth_more_than_a_share_that_scores_better():
    # One promise, met, read as 80 %: 0.04 against the 0 of the share met, whose skill cannot be divided out.
    few = promises.answer(promises.Parameters(as_of="2026-11-22", groups=["weapons"]))
    picture = next(draw for draw in promises.FIGURES if draw.__name__ == "wording")(few)
    assert few["brier"] > few["brier_base_rate"] == 0 and "worth less than" in picture.caption
    assert picture.title.startswith("1 due promise tells little")  # one case is no finding


def test_a_median_is_told_as_an_estimate_and_the_count_beside_it():
    """Of 25 due promises 12 had been delivered 21.4 months after their date: counted from the slips."""
    answer = promises.answer(promises.Parameters(as_of="2026-11-22"))
    due = answer.tables["board"].query("due")
    by_then = int((due["slip_months"] <= answer["median_slip_months"]).sum())
    picture = promises.figures.slip_survival(answer)
    assert (by_then, len(due)) == (12, 25)
    assert picture.title.startswith("By estimate half") and "never" in picture.title
    assert f"{by_then} of {len(due)} had been delivered by then" in picture.caption
    # Institutions (3) and weapons (1) are too few for a curve.
    assert set(picture.data["group"]) == {"all", "hardware"}


def test_only_due_promises_count_as_kept():
    # Two weapons came before their window closed: one of one due promise was kept, not three.
    few = promises.answer(promises.Parameters(as_of="2026-11-22", groups=["weapons"]))
    assert few["delivered_ahead"] == 2
    assert promises.figures.promise_board(few).title.startswith("1 of 1 due promise was kept in time")


@pytest.mark.parametrize(
    "values",
    [
        {"as_of": "2021-02-13", "sources": ["ifri2020"], "groups": ["hardware", "weapons"]},
        {"as_of": "2024-03-06", "groups": ["money", "weapons"]},
    ],
)
def test_dates_of_a_short_board_do_not_run_into_each_other(values):
    picture = next(draw for draw in promises.FIGURES if draw.__name__ == "promise_board")(
        promises.answer(promises.Parameters.of(values))
    )
    assert picture.title.startswith("1 of 1 due promise was kept")
    picture.figure.draw_without_rendering()
    for axes in picture.figure.axes:
        shown = sorted(
            (label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()),
            key=lambda box: box.x0,
        )
        assert len(shown) > 1 and all(left.x1 < right.x0 for left, right in zip(shown, shown[1:]))


def test_the_score_is_also_taken_on_the_three_last_days_of_fiscal_years_that_are_over():
    rows = promises.answer(promises.Parameters(as_of="2025-06-30")).tables["alternatives"]
    days = [choice for choice in rows["choice"] if choice.startswith("as of")]
    assert days == [f"as of 31 March {year}" for year in (2022, 2023, 2024)]


def test_the_day_of_the_score_follows_the_newest_outcome(monkeypatch):
    """A promise kept in 2028 is kept on the day of the default score, which then cannot lie before it."""
    load = tables.settled

    def grown(name, *arguments):
        rows = load(name, *arguments)
        if name == "policy_evolution/promise_outcomes":
            new = (
                rows[rows["state"] == "delivered"]
                .iloc[[0]]
                .assign(row_id="outcome-new", promise_id="promise-mmx", date=pd.Timestamp("2028-01-15"))
            )
            rows = pd.concat([rows, new], ignore_index=True)
        return rows

    monkeypatch.setattr(tables, "settled", grown)
    monkeypatch.setattr(promises.model.known, "until", lambda *names: date(2028, 1, 15))
    answer = promises.answer(promises.Parameters())
    assert answer.parameters.as_of == date(2028, 1, 15) and "due by 15 January 2028" in answer.text
    board = answer.tables["board"].set_index("row_id")
    assert board.loc["promise-mmx", "delivered"] == pd.Timestamp("2028-01-15")


def test_promises_made_after_the_day_of_the_score_are_counted_out():
    made = tables.load("policy_evolution/promises")
    later = (made["promised_date"] > "2023-03-31").sum()
    text = promises.answer(promises.Parameters(as_of="2023-03-31")).text
    assert text.endswith(f"{later} promises made later are left out.")


# --- counted again


@pytest.fixture(scope="module")
def answer():
    return promises.answer(promises.Parameters(as_of="2026-11-22"))


@pytest.mark.parametrize(("off", "holds"), [(0.99, True), (1, True), (1.01, False), (-1.01, False)])
def test_a_delay_agrees_with_the_printed_one_to_within_a_month(off, holds):
    for promise, _, published, _, _ in promises.model.PUBLISHED:
        board = pd.DataFrame({"row_id": [promise], "slip_months": [published + off]})
        [check] = promises.model.checks(SimpleNamespace(tables={"board": board}))
        assert check.holds is holds and check.published == published


def test_no_delay_is_checked_of_what_has_not_come_or_is_not_shown():
    board = pd.DataFrame({"row_id": ["promise-alos-4", "other"], "slip_months": [math.nan, 3.0]})
    assert promises.model.checks(SimpleNamespace(tables={"board": board})) == []


def _one(delivered=None, heard=None, day=DAY, after=24.0):
    """The state of one promise for the year 2021."""
    made = _table(
        row_id=["one"], promised_date=["2020-01-01"], due_from=["2021-01-01"], due_until=["2021-12-31"]
    )
    events = [("delivered", delivered)] * bool(delivered) + [("postponed", heard)] * bool(heard)
    outcomes = _table(
        promise_id=["one"] * len(events), state=[s for s, _ in events], date=[d for _, d in events]
    )
    return promises.model.board(made, outcomes, day, after).iloc[0]


@pytest.mark.parametrize(
    ("delivered", "state", "days"),
    [
        ("2020-12-31", "early", -1),
        ("2021-01-01", "on time", 0),  # the first day, and some days later, are within the window
        ("2021-01-15", "on time", 0),
        ("2021-12-31", "on time", 0),
        ("2022-01-01", "late", 1),
        ("2022-01-20", "late", 20),
    ],
)
def test_a_day_before_or_after_the_window_is_early_or_late(delivered, state, days):
    row = _one(delivered)
    assert row["state"] == state and row["slip_months"] == pytest.approx(days / 30.4375, abs=1e-12)
    assert row["met"] == (days <= 0)


def test_months_overdue_and_silent_are_counted_from_the_window_and_the_last_word():
    row = _one(heard="2023-10-02", day=date(2024, 1, 1))
    assert row["overdue_months"] == pytest.approx(731 / 30.4375)  # 31 December 2021 to 1 January 2024
    assert row["silent_months"] == pytest.approx(91 / 30.4375)
    assert row["state"] == "overdue" and _one()["silent_months"] == math.inf


def test_a_promise_is_given_up_on_the_day_that_the_months_are_full():
    full = 731 / 30.4375
    assert _one(after=full)["state"] == "dropped" and _one(after=full + 0.01)["state"] == "overdue"
    silent = 91 / 30.4375  # the shorter of the two decides
    assert _one(heard="2023-10-02", after=silent)["state"] == "dropped"
    assert _one(heard="2023-10-02", after=silent + 0.01)["state"] == "overdue"


def test_the_day_of_the_score_itself_counts():
    assert _one(day=date(2021, 12, 31))["due"] and not _one(day=date(2021, 12, 30))["due"]
    assert _one("2022-05-05", day=date(2022, 5, 5))["state"] == "late"
    assert _one("2022-05-05", day=date(2022, 5, 4))["state"] == "overdue"
    assert _one(day=date(2020, 1, 1))["state"] == "not due"  # made that very day


def test_nothing_due_is_a_card_of_noughts(hand_made):
    scored = promises.model.board(*hand_made, date(2021, 6, 1), 24)
    assert not scored["due"].any()
    assert promises.model.summary(scored) == {"due": 0, "met": 0, "delivered": 0}


def _exact(met: int, due: int) -> list[float]:
    """Clopper and Pearson's 95% limits in percent, from quantiles of the beta distribution."""
    low = stats.beta.ppf(0.025, met, due - met + 1) if met else 0.0
    high = stats.beta.ppf(0.975, met + 1, due - met) if met < due else 1.0
    return [100 * low, 100 * high]


def test_limits_of_shares_are_quantiles_of_the_beta_distribution(answer):
    assert answer["met_percent_interval"] == pytest.approx(_exact(answer["met"], answer["due"]))
    for row in answer.tables["groups"].itertuples():
        assert [row.met_percent_low, row.met_percent_high] == pytest.approx(_exact(row.met, row.due))
    for row in answer.tables["wordings"].itertuples():
        assert [row.low, row.high] == pytest.approx(_exact(row.met, row.due))


def test_each_wording_is_counted_beside_what_it_is_read_as(answer):
    due = answer.tables["board"].query("due")
    rows = answer.tables["wordings"].set_index("wording")
    assert set(rows.index) == set(due["wording"])
    for word, row in rows.iterrows():
        part = due[due["wording"] == word]
        assert (row["due"], row["met"]) == (len(part), part["met"].sum())
        assert row["met_percent"] == pytest.approx(100 * part["met"].mean())
        assert row["row_ids"].split(";") == part["row_id"].tolist()
    assert rows["stated_percent"].to_dict() == pytest.approx(
        {word: {"will": 95, "plans": 80, "expected": 70, "may": 40}[word] for word in rows.index}
    )


def test_other_choices_are_what_the_question_gives_for_them(answer):
    rows = answer.tables["alternatives"].set_index("choice")
    due = answer.tables["board"].query("due")
    assert rows.loc["as chosen", ["due", "met", "delivered"]].tolist() == [
        answer[name] for name in ("due", "met", "delivered")
    ]
    parts = {
        "only the five documents": due["evidence"] == "seed",
        "only official plans": due["evidence"] != "seed",
        "without repeats": due["repeats"].isna(),
        "only promises of Japan": due["promiser"] == "Japan",
    }
    for choice, part in parts.items():
        assert rows.loc[choice, ["due", "met"]].tolist() == [part.sum(), due[part]["met"].sum()], choice
    sooner = promises.answer(promises.Parameters(as_of="2026-11-22", dropped_after_months=12))
    assert rows.loc["given up after 12 months", "median_slip_high"] == pytest.approx(
        sooner["median_slip_interval"][1], nan_ok=True
    )
    assert rows.loc["given up after 12 months", "median_slip_months"] == sooner["median_slip_months"]
    past = promises.answer(promises.Parameters(as_of="2024-03-31"))
    assert rows.loc["as of 31 March 2024", ["due", "met", "delivered", "brier"]].tolist() == pytest.approx(
        [past[name] for name in ("due", "met", "delivered", "brier")]
    )


def test_who_gives_up_after_twelve_months_expects_no_more_after_twelve_and_a_half():
    """Two promises are silent for 381 days when a third comes 396 days late."""
    made = _table(
        row_id=["a", "b", "c"],
        promised_date=["2020-01-01"] * 3,
        due_from=["2022-01-01"] * 3,
        due_until=["2022-12-16", "2022-12-16", "2022-12-01"],
        wording=["plans"] * 3,
        evidence=["seed"] * 3,
        repeats=[None] * 3,
        promiser=["Japan"] * 3,
    )
    outcomes = _table(promise_id=["c"], state=["delivered"], date=["2024-01-01"])
    rows = promises.model.alternatives(made, outcomes, made, DAY, 24).set_index("choice")
    # One of three is never half; without the two that are only waited for it is the last to come.
    assert math.isnan(rows.loc["given up after 12 months", "median_slip_months"])
    assert rows.loc["never given up", "median_slip_months"] == pytest.approx(396 / 30.4375)
