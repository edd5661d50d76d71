"""Expected values: the Cabinet Office's printed tables, and identities of growth."""

import pandas as pd
import pytest
from tests import recounted
from tests.budgets.test_recounted import views

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


def test_each_check_sets_the_sum_of_rows_beside_the_printed_total(answer):
    # Eleven ministries printed to a tenth, and shares printed whole, leave half a unit; a difference of two
    # printed tenths a tenth; a rise printed as 18.5 percent 0.3 of 274.
    made = {check.what: (check.ours, check.published, check.tolerance) for check in question.checks(answer)}
    ministries = (
        "SELECT sum(amount_bn_jpy) FROM budgets.ministries WHERE fiscal_year = {} AND stage = '{}'"
        " AND source_id IN ('cabinet-office-2012-space-budget', 'cabinet-office-2015-space-budget')"
    )
    total = (
        "SELECT any_value(amount_bn_jpy) FROM budgets.government_space"
        " WHERE fiscal_year = {} AND stage = '{}' AND \"count\" = '{}'"
    )
    amount = {
        key: recounted.told_by(total.format(*key))
        for key in (
            (2014, "initial", "with_missile_defence"),
            (2014, "initial", "narrow"),
            (2015, "combined", "narrow"),
            (2026, "combined", "narrow"),
        )
    }
    [before] = recounted.told_by(
        "SELECT [amount_bn_jpy] FROM budgets.government_space WHERE row_id = 'space-budget-2025-combined'"
    )
    both = amount[2014, "initial", "with_missile_defence"] - amount[2014, "initial", "narrow"]
    rise = 100 * (amount[2026, "combined", "narrow"] - before) / before
    expected = {
        "FY2015 supplementary plus initial, sum of eleven ministries": (
            recounted.told_by(ministries.format(2015, "combined")),
            324.5,
            0.5,
        ),
        "FY2014 initial, narrow count, sum of eleven ministries": (
            recounted.told_by(ministries.format(2014, "initial")),
            274.0,
            0.5,
        ),
        "FY2012 initial, older count, sum of eleven ministries": (
            recounted.told_by(ministries.format(2012, "initial")),
            298.0,
            0.5,
        ),
        "FY2014 on both counts: missile defense and aviation": (both, 50.2, 0.1),
        "FY2014 initial implied by FY2015's printed rise of 18.5%": (
            amount[2015, "combined", "narrow"] / (1 + 18.5 / 100),
            274.0,
            0.3,
        ),
        "FY2026 over FY2025, supplementary plus initial": (rise, 12.0, 0.5),
    }
    assert made.keys() == expected.keys()
    for what, values in expected.items():
        assert made[what] == pytest.approx(values, rel=1e-9), what


def test_a_rounded_last_total_leaves_bounds_and_an_exact_one_none(answer):
    # "About 600" and the fund's 300: half a hundred in 900, half a hundred in 600 without the fund.
    world = answer.tables["multiverse"].set_index(
        ["basis", "include_strategy_fund", "first_year", "currency", "deflator"]
    )
    for fund, whole in ((True, 900), (False, 600)):
        row = world.loc[("combined", fund, 2019, "JPY", "none")]
        assert row["multiple_low"] == pytest.approx((whole - 50) / 359.7, rel=1e-12)
        assert row["multiple_high"] == pytest.approx((whole + 50) / 359.7, rel=1e-12)
    exact = world.loc[("combined", True, 2020, "JPY", "none")]
    assert exact["multiple_low"] == exact["multiple"] == exact["multiple_high"]


@pytest.mark.parametrize(("total", "whole"), [(60.15, True), (60.22, False), (59.85, True), (59.78, False)])
def test_parts_make_a_total_that_lies_within_their_rounding(monkeypatch, total, whole):
    # Three parts and a total, each printed to a tenth, can differ by four halves of it.
    parts = pd.DataFrame(
        {
            "fiscal_year": [2014] * 3 + [2015],
            "count": "narrow",
            "stage": "initial",
            "source_id": "paper",
            "amount_bn_jpy": [10.0, 20.0, 30.0, 7.0],
        }
    )
    totals = parts.iloc[[0, 3]].assign(amount_bn_jpy=[total, 7.0])
    monkeypatch.setattr(question.model.tables, "load", lambda name: parts)
    monkeypatch.setattr(question.model.rows, "facts", lambda name: totals)
    assert question.model.full_tables().index.tolist() == ([0, 1, 2] if whole else []) + [3]


def test_one_year_is_no_range_and_two_are():
    with pytest.raises(ValueError, match="must come before the last"):
        question.Parameters(first_year=2014, last_year=2014)
    assert question.Parameters(first_year=2014, last_year=2015).first_year == 2014


def test_growth_of_every_year_in_every_money_is_told_by_sql(answer):
    views()
    table = answer.tables["growth"].set_index(["currency", "deflator", "fiscal_year"]).sort_index()
    for currency in ("JPY", "USD"):
        for deflator in ("none", "gdp", "cpi"):
            money_of = f"'{currency}', '{deflator}', 2020"
            query = f"SELECT y AS key, amount FROM told.series('combined', true, {money_of})"
            amounts = pd.Series(recounted.told_by(query)).sort_index()
            ours = table["multiple_of_first_year"].loc[(currency, deflator)]
            assert ours.to_dict() == pytest.approx((amounts / amounts[2009]).loc[:2026].to_dict(), rel=1e-9)
