"""Expected values: tranches as voted, closed forms of growth, and series whose answer is known."""

import numpy as np
import pandas as pd
import pytest
from tests import recounted
from tests.budgets.test_recounted import views

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


def test_each_check_sets_sums_and_growth_beside_the_print(answer):
    # Three exact parts leave half a billion; "about 800" five; the ministry's target ten of 1,740 and its
    # wish, "2.7 trillion", half of its last digit.
    made = {check.what: (check.ours, check.published, check.tolerance) for check in question.checks(answer)}
    parts = recounted.told_by(
        "SELECT sum(amount_bn_jpy) FROM (SELECT DISTINCT ministry, amount_bn_jpy FROM budgets.strategy_fund"
        " WHERE tranche = 1 AND ministry <> 'total')"
    )
    three = recounted.told_by(
        "SELECT sum(amount_bn_jpy) FROM budgets.strategy_fund"
        " WHERE tranche <= 3 AND ministry = 'total' AND stage = 'supplementary'"
    )
    size = recounted.told_by(
        "SELECT amount_bn_jpy FROM budgets.industry_size"
        " WHERE scope = 'information_and_communications' AND kind = 'size' AND year = 2014"
    )
    expected = {
        "first tranche, sum of three ministries": (parts, 300.0, 0.5),
        "three tranches together": (three, 800.0, 5.0),
        "800 growing by 5% a year to 2030 (MIC's target)": (size * 1.05**16, 1740.0, 10.0),
        "800 growing by 7.9% a year to 2030 (MIC's wish)": (size * 1.079**16, 2700.0, 50.0),
    }
    assert made.keys() == expected.keys()
    for what, values in expected.items():
        assert made[what] == pytest.approx(values, rel=1e-9), what


def test_a_later_tranche_does_not_enter_the_sum_that_was_printed_before_it(answer, monkeypatch):
    known = question.model.government_space.tranches()
    later = pd.concat([known, pd.Series({2027: 77.0}, name=known.name)])
    monkeypatch.setattr(question.model.government_space, "tranches", lambda: later)
    made = {check.what: check.ours for check in question.checks(answer)}
    assert made["three tranches together"] == pytest.approx(known.loc[:2026].sum())


def test_a_check_is_made_where_only_its_own_rows_are_left(answer, monkeypatch):
    real = tables.load
    left = real("budgets/industry_size")
    left = left[left["row_id"].isin([question.model.MIC_SIZE, question.model.MIC_TARGET])]
    monkeypatch.setattr(
        tables, "load", lambda name, *more: left if name == "budgets/industry_size" else real(name, *more)
    )
    assert sum(check.what.startswith("800 growing") for check in question.checks(answer)) == 2


def test_growth_of_a_made_up_industry(monkeypatch):
    # Equipment and services grow from 1,000 to 1,100 and 1,500: by half. The target, three times the newest
    # size of 2018, asks the tenth and the thirteenth root of three of the years to 2028 and 2031.
    known = question.model.industry_sizes()
    sizes = pd.DataFrame(
        {
            "row_id": [f"made-{place}" for place in range(6)],
            "year": [2017, 2018, 2020, 2018, 2018, 2016],
            "scope": ["equipment_and_services"] * 3 + ["with_downstream_users"] * 3,
            "kind": ["size", "size", "size", "size", "target", "size"],
            "amount_bn_jpy": [1000.0, 1100.0, 1500.0, 2000.0, 6000.0, 3000.0],
            "evidence": "independent",
            "source_id": "made",
        }
    ).reindex(columns=known.columns)
    monkeypatch.setattr(question.model, "industry_sizes", lambda: sizes)
    monkeypatch.setattr(question.model, "EARLY_2030S", (2028, 2031))
    made = question.answer(question.Parameters(last_year=2026))
    assert made["industry_growth_stated_percent"] == pytest.approx(50.0)
    assert made["industry_narrow_years"] == [2017, 2020]
    assert made["industry_scope_ratio"] == pytest.approx(3000 / 1500)  # 2016 is the first year that counts
    assert (made["industry_size"], made["industry_size_year"]) == (2000.0, 2018)
    assert made["industry_growth_needed_percent"] == pytest.approx(
        [100 * (3**0.1 - 1), 100 * (3 ** (1 / 13) - 1)]
    )


def test_growth_by_the_years_of_a_life_is_told_by_sql(answer):
    views()
    lives = answer.tables["lives"].set_index("life_years")
    assert lives.index.tolist() == [1, 3, 5, 8, 10, 15, 20]
    for life, row in lives.iterrows():
        times = recounted.told_by(
            "SELECT any_value(amount) FILTER (y = 2026) / any_value(amount) FILTER (y = 2020)"
            f" FROM told.trend({life}, 'JPY', 'none', 2020) WHERE key = 'spread'"
        )
        assert (1 + row["annual_growth_percent"] / 100) ** 6 == pytest.approx(times, rel=1e-9)
    spread = answer["break_year"]["spread"]
    assert lives.loc[10, "break_year"] == spread and lives["break_year"].notna().all()
    for first, known in ((2012, True), (2013, False)):  # seven totals, and six
        short = question.answer(question.Parameters(first_year=first, base_year=2013 - known, last_year=2019))
        assert short.tables["lives"]["break_year"].notna().all() == known


def test_a_bend_leaves_three_points_on_either_side():
    # A bend at the second point or the last but one cannot be told from one outlier; at the third it can.
    years = np.arange(2000, 2010)
    for at, found in ((2002, 2002), (2007, 2007), (2001, 2002), (2008, 2007)):
        bent = pd.Series(np.exp(0.02 * (years - 2000) + 0.3 * np.clip(years - at, 0, None)), index=years)
        assert question.model.knot(bent)[0] == found


def test_years_around_the_base_year():
    # The base year may be the first, and one total after it is enough.
    edge = question.Parameters(first_year=2025, base_year=2025, last_year=2026)
    assert edge.base_year == 2025
    with pytest.raises(ValueError, match="must lie between"):
        question.Parameters(first_year=2020, base_year=2025, last_year=2025)
