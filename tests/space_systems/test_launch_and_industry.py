"""Launch record: published totals, closed forms of the exact intervals, identities of the counts, refusals."""

import pytest
from scipy.stats import hypergeom

from spacesec.errors import ParameterError
from spacesec.space_systems import launch_and_industry as question


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_published_totals_are_reproduced(answer):
    assert all(check.holds for check in question.checks(answer))


def test_interval_of_no_success_has_its_closed_form(answer):
    # Clopper and Pearson: with 0 of n the upper bound is 1 - (alpha/2)^(1/n); with n of n the lower bound is
    # (alpha/2)^(1/n).
    rows = answer.tables["records"].set_index("vehicle")
    assert rows.loc["Kairos", "low"] == 0 and rows.loc["Kairos", "high"] == pytest.approx(
        100 * (1 - 0.025 ** (1 / 3))
    )
    assert rows.loc["H-IIB", "high"] == 100 and rows.loc["H-IIB", "low"] == pytest.approx(
        100 * 0.025 ** (1 / 9)
    )


def test_flights_to_show_have_their_closed_form_without_failures():
    # n of n: (alpha/2)^(1/n) > 0.9 needs n > ln 0.025 / ln 0.9 = 35.01.
    assert question.model.flights_to_show(0, 0 + 1, 90, 0.95) > 36
    assert question.model.flights_to_show(9, 9, 90, 0.95) == 36 - 9


def test_fisher_probability_is_the_sum_of_the_hypergeometric_tail(answer):
    # 7 of 9 against 49 of 50: tables at most as likely as the one seen have two or three failures in nine (59
    # flights, 3 failures).
    assert answer["p_value_all"] == pytest.approx(sum(hypergeom.pmf(k, 59, 3, 9) for k in (2, 3)))


def test_record_counts_add_up(answer):
    assert (
        sum(answer["outcomes"].values()) == answer["attempts"] == answer.tables["records"]["attempts"].sum()
    )
    lenient = (
        question.answer(question.Parameters(partial_counts_as="success")).tables["records"]["successes"].sum()
    )
    assert lenient - answer.tables["records"]["successes"].sum() == answer["outcomes"]["partial"]


def test_attempts_are_numbered_without_holes(answer):
    for _, part in answer.tables["flights"].groupby("vehicle"):
        assert list(part["attempt"]) == list(range(1, len(part) + 1)) and part["date"].is_monotonic_increasing


def test_planned_satellites_have_no_launcher_and_lost_ones_are_kept_apart(answer):
    owners = answer.tables["launchers"]
    assert (owners[owners["state"] == "planned"]["launched_by"] == "not yet").all()
    assert answer["own_launch_security"] == [32, 33] and set(answer["lost_on_own_launchers"]) >= {
        "QZS-5",
        "ALOS-3",
    }


def test_only_kirameki_1_among_security_satellites_was_launched_abroad(answer):
    owners = answer.tables["launchers"].query(
        "sector == 'government security' and launched_by not in ['Japan', 'not yet', 'not read']"
    )
    assert list(owners["name"]) == ["Kirameki-1"]


def test_radar_states_add_up_to_what_was_launched(answer):
    table = answer.tables["radar"]
    assert (
        table["working"] + table["unknown"] + table["ended"] + table["lost"] == table["launched"]
    ).all() and (table["working"] >= 0).all()


def test_class_shares_add_up_to_one_hundred(answer):
    assert answer.tables["payloads"].groupby("state")["share"].sum().to_numpy() == pytest.approx(100)


def test_comparison_works_the_other_way_round_and_at_the_first_year():
    assert question.answer(
        question.Parameters(vehicle="Lambda", compare_with="H3", first_year=1957, last_year=1957)
    ).text


@pytest.mark.parametrize(
    "bad, words",
    [
        ({"vehicle": "H4"}, "it holds Lambda"),
        ({"compare_with": "H3"}, "choose two of"),
        ({"first_year": 2020, "last_year": 2010}, "1957 to 2025"),
        ({"confidence_percent": 100}, "99.9"),
        ({"partial_counts_as": "half"}, "success"),
        ({"vehicle": ""}, "H-IIA"),
    ],
)
def test_bad_input_ends_in_one_sentence_that_lists_what_exists(bad, words):
    with pytest.raises(ParameterError, match=words) as error:
        question.Parameters.of(bad)
    assert "\n" not in str(error.value)
