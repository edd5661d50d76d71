"""Expected values: tranches as voted, closed forms of growth, and series whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from spacesec.budgets import strategy_fund as question
from spacesec.data import tables


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters(last_year=2026))


def test_tranches_as_voted(answer):
    # MEXT, METI, MIC: 150, 126, 24 and 155, 100, 45 (review system); third tranche METI 74 of 200.
    parts = answer.tables["tranches"].set_index(["tranche", "ministry"])["amount_bn_jpy"].to_dict()
    assert (
        parts.items()
        >= {
            (1, "MEXT"): 150,
            (1, "METI"): 126,
            (1, "MIC"): 24,
            (2, "MEXT"): 155,
            (2, "METI"): 100,
            (2, "MIC"): 45,
            (3, "METI"): 74,
            (3, "MEXT and MIC"): 126,
        }.items()
    )
    # 300, 300 and 200 of one trillion yen.
    voted = question.model.government_space.tranches().loc[:2026].sum()
    assert 100 * voted / question.model.plan() == pytest.approx(80.0)


def test_doubling_needs_these_rates(answer):
    # ln 2 over 10 and over 13 years.
    assert question.model.growth_needed(2.0, 10) == pytest.approx(7.18, abs=0.005)
    assert question.model.growth_needed(2.0, 13) == pytest.approx(5.48, abs=0.005)
    assert answer["industry_growth_needed_percent"] == pytest.approx([7.18, 5.48], abs=0.005)
    assert question.model.growth_needed(1.0, 7) == pytest.approx(0.0, abs=1e-12)


def test_spreading_keeps_every_yen():
    tranches = pd.Series({2024: 300.0, 2025: 300.0, 2026: 200.0})
    for life in (1, 3, 10):
        assert question.model.spread(tranches, life, 2026 + life).sum() == pytest.approx(800.0)
    assert question.model.spread(tranches, 1, 2026).to_dict() == tranches.to_dict()
    assert question.model.spread(tranches, 10, 2026).to_dict() == pytest.approx(
        {2024: 30.0, 2025: 60.0, 2026: 80.0}
    )


def test_one_year_of_life_is_booking():
    table = question.model.trend(1, 2026)
    assert table["spread"].to_numpy() == pytest.approx(table["booked"].to_numpy())


def test_treatments_as_published(answer):
    # 1,001.0 over 365.2 (Sorabatake 2026, Newswitch 2020); less 200 of the third tranche.
    assert answer["growth_multiple"]["booked"] == pytest.approx(1001.0 / 365.2, rel=1e-9)
    assert answer["growth_multiple"]["without"] == pytest.approx(801.0 / 365.2, rel=1e-9)
    assert answer["growth_multiple"]["spread"] == pytest.approx(881.0 / 365.2, rel=1e-9)
    assert answer["planned_payout_2026"] == pytest.approx(43.6, abs=1e-9)


def test_jump_of_2024_is_the_fund_and_that_of_2026_is_not(answer):
    table = answer.tables["trend"].set_index("fiscal_year")
    assert answer["largest_step_year"] == {"booked": 2024, "spread": 2026, "without": 2026}
    assert table.loc[2024, "without"] < table.loc[2023, "without"]
    assert (
        table.loc[2026, "without"] - table.loc[2025, "without"]
        > table.loc[2026, "booked"] - table.loc[2025, "booked"]
    )


def test_bend_is_found_where_it_was_put():
    years = np.arange(2000, 2020)
    bent = pd.Series(
        100 * 1.02 ** np.minimum(years - 2000, 11) * 1.2 ** np.clip(years - 2011, 0, None), index=years
    )
    noise = np.exp(np.random.default_rng(5).normal(0, 0.01, len(years)))
    assert question.model.knot(bent * noise)[0] == 2011
    best, possible = question.model.knot(bent)
    assert best == 2011 and possible == [2011]


def test_rates_of_the_digest_differ(answer):
    assert answer["digest_rates"] == [144.9, 139.5]


def test_every_known_answer_names_rows(answer):
    board = answer.tables["disclosure"]
    assert len(board) == answer["questions_asked"] == 10
    assert (board[board["state"] == "unknown"]["row_ids"] == "").all()
    assert board[board["state"] != "unknown"]["row_ids"].str.len().gt(0).all()
    assert board.set_index("question")["state"]["Which ministry commands it?"] == "partly"


REFUSED = [
    ({"life_years": 0}, "from 1 to 20"),
    ({"base_year": 2022}, "choose among"),
    ({"base_year": 2012, "first_year": 2015}, "must lie between"),
    ({"base_year": 2021, "last_year": 2022}, "no sourced total after"),
    ({"industry_scope": "launch"}, "one of equipment_and_services"),
]


CHOICES = [
    {
        "first_year": 2019,
        "base_year": 2019,
        "life_years": 1,
        "currency": "USD",
        "deflator": "gdp",
        "industry_scope": "equipment_and_services",
    },
]


@pytest.mark.parametrize("scope", ["equipment_and_services", "with_downstream_users"])
def test_the_two_sizes_in_the_title_do_not_hang_on_the_scope_chosen(scope):
    stated = tables.load("budgets/industry_size").query("kind == 'size' and year >= 2016")["amount_bn_jpy"]
    made = question.figures.industry(question.answer(question.Parameters(industry_scope=scope)))
    assert f"put at {stated.min():,.0f} or {stated.max():,.0f} billion yen" in made.title


def test_each_stated_size_is_a_row_of_its_own_with_its_whole_target():
    # "14 to 15 trillion in ten years" from 7 in 2010: 2 and 15/7 to the tenth root.
    drawn = question.figures.industry(question.answer(question.Parameters())).data.set_index(
        ["year", "scope"]
    )
    assert drawn.index.is_unique and len(drawn) == len(
        tables.load("budgets/industry_size").query("kind == 'size'")
    )
    old = drawn.loc[(2010, "with_downstream_users")]
    assert old["growth_low_percent"] == pytest.approx(100 * (2**0.1 - 1))
    assert old["growth_high_percent"] == pytest.approx(100 * ((15 / 7) ** 0.1 - 1))
    assert drawn.index[drawn["older_goal"]].tolist() == [(2010, "with_downstream_users")]


def test_what_could_not_be_read_is_a_limit_of_this_collection():
    made = question.figures.investor(question.answer(question.Parameters()))
    assert made.title.startswith("This collection answers ") and "limit of this collection" in made.note
    assert made.title.endswith("no list of awards was found") and (made.data["state"] == "unknown").any()


def test_a_life_of_one_year_is_one_year():
    made = question.answer(question.Parameters(life_years=1))
    assert "over 1 year and " in made.text and "over 1 year," in question.figures.series(made).subtitle


def test_years_before_the_fund_grow_alike_however_it_counts():
    assert question.figures.breaks(
        question.answer(question.Parameters(base_year=2009, last_year=2015))
    ).title.endswith("% a year from FY2009 to FY2015, whenever the fund counts")


@pytest.mark.parametrize(
    ("given", "span"),
    [
        ({"base_year": 2025, "last_year": 2026}, " from FY2025 to FY2026 "),  # one year has no rate a year
        (
            {"base_year": 2020, "last_year": 2025},
            " a year from FY2020 to FY2025 ",
        ),  # it ends before the newest
        ({"base_year": 2020, "last_year": 2026}, " a year since FY2020 "),
    ],
)
def test_a_growth_names_the_years_it_holds_for(given, span):
    made = question.answer(question.Parameters(**given))
    assert span in question.figures.breaks(made).title


def test_the_largest_rise_is_that_of_the_years_drawn():
    early = question.answer(
        question.Parameters(last_year=2023)
    )  # 611.9 after 449.6 of FY2021; no tranche yet
    title = question.figures.series(early).title
    assert title == "From FY2009 to FY2023 the space budget rose most in FY2023, with the fund and without"
