"""Expected values: the Cabinet Office's printed tables, and identities of growth."""

import pandas as pd
import pytest

from spacesec.budgets import government_space as question
from spacesec.budgets import money


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters(first_year=2009, last_year=2026))  # the window printed below


def test_nominal_series_matches_print(answer):
    # Cabinet Office 2015 (chart with supplementaries), WING 2019, Newswitch 2020, Yomiuri 2020, Sorabatake
    # 2026: billion yen.
    printed = {2009: 308.4, 2013: 324.0, 2015: 324.5, 2019: 359.7, 2020: 365.2, 2021: 449.6, 2026: 1001.0}
    series = answer.tables["series"].set_index("fiscal_year")["amount_bn_jpy"]
    assert {year: series[year] for year in printed} == printed


def test_growth_is_the_ratio_of_the_printed_totals(answer):
    assert answer["growth_multiple"] == pytest.approx(1001.0 / 308.4, rel=1e-12)
    assert (1 + answer["annual_growth_percent"] / 100) ** (2026 - 2009) == pytest.approx(
        answer["growth_multiple"], rel=1e-12
    )


def test_fund_is_what_separates_the_two_ways_of_counting():
    # Tranches of 300, 300 and 200 billion yen in the supplementary budgets of FY2023 to FY2025 (MEXT 2024,
    # innovaTopia 2026).
    gap = (
        question.model.totals("combined", True)["amount_bn_jpy"]
        - question.model.totals("combined", False)["amount_bn_jpy"]
    )
    assert gap[gap != 0].loc[:2026].to_dict() == {2024: 300.0, 2025: 300.0, 2026: 200.0}


def test_doublings_against_a_series_that_doubles_every_five_years():
    series = pd.Series([1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.39], index=range(2000, 2007))
    assert question.model.doublings(series) == [[2000, 2005]]
    assert question.model.doublings(series * 1000) == [[2000, 2005]]


def test_claim_depends_on_the_fund(answer):
    # By hand: about 600 without and 900 with the fund (Kyodo 2024) over 359.7 (WING 2019).
    assert answer["claim_multiple"] == pytest.approx(900 / 359.7, rel=1e-9)
    assert answer["doubling_claim_holds"] is True
    without = question.answer(question.Parameters(include_strategy_fund=False))
    assert without["claim_multiple"] == pytest.approx(600 / 359.7, rel=1e-9)
    assert without["doubling_claim_holds"] is False


def test_the_request_for_2017_against_the_budget_of_2016():
    # Wang (2017): 330.3 is 40.4 billion yen or 13.9 percent above the budget of early 2016; its total with
    # the supplementary was not read.
    rows = question.model.tables.settled("budgets/government_space").set_index("row_id")["amount_bn_jpy"]
    request, initial = rows["space-budget-2017-request"], rows["space-budget-2016-initial"]
    assert request - initial == pytest.approx(40.4, abs=0.051) and 100 * (
        request / initial - 1
    ) == pytest.approx(13.9, abs=0.051)
    assert (
        2016 in question.model.totals("initial", True).index
        and 2016 not in question.model.totals("combined", True).index
    )


def test_claim_is_undecided_where_totals_are_missing():
    assert question.answer(question.Parameters(basis="initial"))["doubling_claim_holds"] is None


def test_real_growth_is_nominal_growth_over_price_growth(answer):
    real = question.answer(question.Parameters(first_year=2009, last_year=2026, deflator="gdp"))
    prices = money.price_index("JPY", "gdp")
    latest = prices.index.max()
    ratio = prices.loc[min(2026, latest)] / prices.loc[2009]
    assert real["growth_multiple"] == pytest.approx(answer["growth_multiple"] / ratio, rel=1e-12)


def test_base_year_moves_levels_and_no_ratio():
    one, other = (
        question.answer(question.Parameters(deflator="cpi", price_base_year=year)) for year in (2012, 2022)
    )
    assert one["growth_multiple"] == pytest.approx(other["growth_multiple"], rel=1e-12)
    assert one["first_amount"] != other["first_amount"]


REFUSED = [
    ({"deflator": "ppp"}, "one of gdp, cpi, none"),
    ({"first_year": 1990}, "from 2009 to "),
    ({"price_base_year": "abc"}, "whole number"),
    ({"first_year": 2015, "last_year": 2015}, "before the last"),
    ({"first_year": 2022, "last_year": 2023}, "fewer than two"),
    ({"fisrt_year": 2010}, "did you mean first_year"),
]


def test_a_budget_that_fell_is_not_said_to_have_grown():
    fell = question.answer(question.Parameters(last_year=2014, basis="initial"))  # 306.2 to 274.0
    assert fell["growth_multiple"] < 1 and " fell from " in fell.text and "grew" not in fell.text
    assert question.figures.series(fell).title.startswith("Japan's space budget of FY2014 is 0.")


def test_a_tranche_booked_at_once_is_told_apart(answer):
    # 1,001.0 with and 801.0 without the tranche of 200, over 308.4.
    assert answer["growth_multiple_without_last_tranche"] == pytest.approx((1001.0 - 200.0) / 308.4)
    title = question.figures.series(answer).title
    assert f"{801.0 / 308.4:.1f}-fold since FY2009, {1001.0 / 308.4:.1f}-fold with" in title


def test_definitions_that_the_fund_does_not_tell_apart_count_once(answer):
    world = answer.tables["multiverse"].dropna(subset="multiple")
    facts = world[["basis", "first_year", "last_year", "currency", "deflator", "multiple"]]
    assert answer["definitions_decidable"] == len(facts.drop_duplicates())
    assert len(world) - answer["definitions_decidable"] == answer["definitions_twins"] > 0
    board = question.figures.multiverse_board(answer)
    assert len(board.data) == answer["definitions_decidable"]
    assert board.title.endswith(
        f"{answer['definitions_true']} of {answer['definitions_decidable']} definitions"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        # 332.9 over 331.6 is no growth that one digit can tell.
        ({"first_year": 2012, "last_year": 2014}, f"of FY2014 is {332.9 / 331.6:.2f} times that of FY2012"),
        # 900.0, of which 300.0 are the fund's, over 611.9: without the fund it fell.
        (
            {"first_year": 2023, "last_year": 2024},
            f"is {600.0 / 611.9:.1f} times that of FY2023, {900.0 / 611.9:.1f} times with a fund",
        ),
        # The picture goes on to FY2026: no "since".
        ({"last_year": 2025}, "-fold from FY2009 to FY2025, "),
    ],
)
def test_a_title_tells_no_growth_that_the_fund_or_rounding_makes(given, said):
    assert said in question.figures.series(question.answer(question.Parameters(**given))).title
