"""Expected values: dates and sizes that the sources state, and identities of counting."""

import re

import pandas as pd
import pytest

from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.errors import ParameterError
from spacesec.policy_evolution import timeline as question
from spacesec.policy_evolution.timeline import lineage
from spacesec.words.sentences import Context


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_every_event_is_counted_once(answer):
    r = answer
    assert sum(r["by_posture"].values()) + r["external_shocks"] == r["events"] == len(r.tables["events"])
    assert all(r["agreed_by_posture"][name] <= r["by_posture"][name] for name in question.model.POSTURES)


def test_landmark_dates(answer):
    # Kantei 2003, Xinhua 2008, worldjpn 2013, Mainichi-style press of 2018 as cited in the rows.
    day = answer.tables["events"].set_index("row_id")["date"]
    known = {
        "event-030": "2003-12-19",
        "event-043": "2008-05-21",
        "event-063": "2013-12-17",
        "event-101": "2018-12-18",
        "event-121": "2020-05-18",
        "event-147": "2023-06-13",
        "event-150": "2023-11-29",
    }
    for start, date in known.items():
        found = [value for row, value in day.items() if row.startswith(start)]
        assert len(found) == 1 and str(found[0].date()) == date


def test_first_agreed_years(answer):
    # Diet resolution 1969, general-use view 1985, bill of June 2007, Guidelines of December 2018.
    assert answer["first_agreed_year"] == {
        "peaceful": 1969,
        "non-offensive": 1985,
        "security-use": 2007,
        "warfighting": 2018,
    }


def test_unit_grew_as_reported(answer):
    # SankeiBiz 2020: about 20; Nikkei by Xinhua 2026: 670, fewer than any later report, for the unit is
    # growing.
    assert answer["unit_first_people"] == 20 and answer["unit_last_people"] >= 670
    assert answer["unit_growth_multiple"] == pytest.approx(answer["unit_last_people"] / 20)


def test_overruled_row_is_not_shown(answer):
    assert not answer.tables["events"]["row_id"].str.startswith("event-002").any()


def test_fewer_rows_with_narrower_parameters(answer):
    narrow = question.answer(
        question.Parameters(
            start_year=2000, end_year=2020, domains=["reconnaissance"], evidence=["independent"]
        )
    )
    assert 0 < narrow["events"] < answer["events"]
    assert narrow["independent_percent"] == 100
    assert narrow.tables["events"]["year"].between(2000, 2020).all()


def test_no_document_replaces_a_later_one():
    papers = tables.load("policy_evolution/documents").set_index("row_id")
    for column in ("replaces_row_id", "under_row_id"):
        for child, parent in papers[column].dropna().items():
            assert papers.loc[parent, "date"] <= papers.loc[child, "date"], (child, parent)


def test_documents_are_counted_under_what_they_carry_out_and_not_under_what_they_replace(answer):
    """Three stand under the strategy of 2013 (Guidelines of 2013 and 2018, the ministry's policy of 2014),
    four under that of 2022 (its defense strategy and programme, the Space Security Initiative and the Domain
    Guidelines); the strategy of 2022 itself replaces the older one.
    """
    picture = question.figures.documents(answer)
    under = picture.data.set_index("row_id")["under_row_id"].to_dict()

    def count(root):
        below = {root}
        while more := {row for row, above in under.items() if above in below} - below:
            below |= more
        return len(below) - 1

    strategy, law = count("document-nss-2013"), count("document-basic-space-law-2008")
    assert (strategy, count("document-nss-2022")) == (3, 4)
    assert picture.title.startswith(f"{law} documents stand under the 2008 space law, 3 under")
    assert "4 under its successor" in picture.title


def test_no_thick_line_runs_through_a_document_that_it_does_not_replace():
    papers = tables.load("policy_evolution/documents").set_index("row_id")
    heights = lineage.heights(papers)
    for child, parent in papers["replaces_row_id"].dropna().items():
        assert heights[child] == heights[parent]
        between = papers["date"].between(
            papers.loc[parent, "date"], papers.loc[child, "date"], inclusive="neither"
        )
        assert heights[child] not in {heights[row] for row in papers.index[between]}


def test_a_window_that_cuts_the_first_acts_tells_its_start_as_no_beginning():
    late = question.answer(question.Parameters(start_year=2018))
    assert "2007" not in question.figures.ladder(late).title and late["cuts_first"]
    for draw in (question.figures.ladder, question.figures.fields):
        title = draw(late).title
        assert "reached" not in title and "From" not in title and "from" not in title


def test_no_body_ends_before_it_starts_and_all_descend_to_bodies():
    bodies = tables.load("policy_evolution/institutions").set_index("row_id")
    both = bodies.dropna(subset=["start_date", "end_date"])
    assert (both["end_date"] > both["start_date"]).all()
    assert set(bodies["successor_row_id"].dropna()) <= set(bodies.index)


REFUSED = [
    ({"start_year": 2020, "end_year": 2010}, "before the last"),
    ({"domains": []}, "at least 1"),
    ({"domains": ["weather"]}, "domains"),
    ({"evidence": ["hearsay"]}, "independent, seed"),
    ({"start_yaer": 1999}, "did you mean start_year"),
]


def test_empty_choice_is_refused():
    with pytest.raises(ValueError, match="no event"):
        question.answer(question.Parameters(start_year=1960, end_year=1965, domains=["cyber"]))


def test_order_of_first_acts_is_counted_coding_by_coding():
    acts = [
        ("first coder", "peaceful", 1969),
        ("first coder", "security-use", 1998),
        ("first coder", "peaceful", 2020),
        ("second coder", "warfighting", 2018),
        ("second coder", "security-use", 2019),
    ]
    strokes = pd.DataFrame(
        [{"view": view, "posture": posture, "date": pd.Timestamp(year, 1, 1)} for view, posture, year in acts]
    )
    held = lambda part: Context({}, {}, figures.csv_of(part)).selected(question.words.IN_ORDER)  # noqa: E731
    assert held(strokes) == 1  # only the second coder's domain comes before its security use
    assert held(strokes.query("view == 'first coder'")) == 1
    assert held(strokes.query("view == 'second coder'")) == 0


def test_years_without_an_event_are_refused_in_one_sentence():
    # Nothing of exploration is told before 1955.
    with pytest.raises(ParameterError, match="start_year = 1951 and end_year = 1952 there is no event"):
        question.answer(question.Parameters(start_year=1951, end_year=1952, domains=["exploration"]))


def test_one_event_without_a_posture_is_told_in_the_singular():
    # Until 1952 the only act is the founding law read in 1952, to which neither coder gives a posture.
    few = question.answer(question.Parameters(end_year=1952, evidence=["independent"]))
    assert few.text.startswith("1 dated event is shown") and "1 carries none" in few.text
    titles = {draw.__name__: draw(few) for draw in question.FIGURES}
    assert titles["fields"].title.endswith("in no field") and titles["codings"].title.startswith(
        "Neither coder"
    )
    assert not any("; ." in picture.alt or ": ." in picture.caption for picture in titles.values())


def _bodies(*rows):
    made = pd.DataFrame(rows, columns=["row_id", "branch", "start_date", "end_date", "successor_row_id"])
    return made.astype({"start_date": "datetime64[ns]", "end_date": "datetime64[ns]"}).set_index("row_id")


def test_a_body_stands_where_its_forerunner_stood_and_never_over_another():
    three = [(f"old-{i}", "defense", f"{1950 + i}-01-01", "2000-04-01", "heir") for i in range(3)]
    places = lineage.lanes(
        _bodies(
            *three,
            ("heir", "defense", "2000-04-01", None, None),
            ("late", "defense", "2010-01-01", None, None),
            ("latest", "defense", "2027-01-01", None, None),
            ("advisers", "advice", "1960-01-01", None, None),
            ("undated", "advice", None, None, None),
            ("foreign", "abroad", "1990-01-01", None, None),
        )
    )
    assert places["heir"] == places["old-1"]  # the middle one of three
    assert places["late"] in (places["old-0"], places["old-2"])  # free since 2000
    assert len({places[name] for name in ("heir", "late", "latest")}) == 3  # all three stand today
    assert places["advisers"] < min(places["old-0"], places["heir"]) and not {"undated", "foreign"} & set(
        places
    )


def test_no_two_bodies_of_the_table_stand_in_one_place_at_one_time(answer):
    bodies = answer.tables["institutions"].set_index("row_id").query("status == 'established'")
    for place in set((places := lineage.lanes(bodies)).values()):
        here = bodies.loc[[name for name in places if places[name] == place]].sort_values("start_date")
        assert (here["end_date"].iloc[:-1].to_numpy() <= here["start_date"].iloc[1:].to_numpy()).all()


def test_bodies_that_are_not_drawn_are_named_with_the_reason():
    bodies = pd.DataFrame(
        [
            ("a", "Old Office", "cabinet", "1990-01-01", "established"),
            ("b", "Secret Center", "cabinet", None, "established"),
            ("c", "Coming Command", "defense", "2027-01-01", "planned"),
            ("d", "Foreign Force", "abroad", "2024-01-01", "established"),
        ],
        columns=["row_id", "name", "branch", "start_date", "status"],
    ).set_index("row_id")
    assert lineage.left_out(bodies, {"a"}) == [
        None,
        "no source read gives a first day",
        "planned",
        "of another state, or without a place in the picture",
    ]
    assert lineage.left_out(bodies.loc[["a"]], {"a"}) == [None]


def test_planned_events_are_said_to_be_left_out(answer):
    planned = tables.load("policy_evolution/events")["status"] == "planned"
    assert f"{planned.sum()} planned events are left out until they happen." in answer.text
    narrow = question.answer(question.Parameters(domains=["maritime"]))
    assert "planned event" not in narrow.text


def test_one_event_is_no_half_and_no_posture_has_no_first_year():
    one = question.answer(question.Parameters(domains=["maritime"], evidence=["seed"]))
    assert one["events"] == 1 and "half of them" not in one.text
    assert "First years" not in one.text and "agree on no posture" in one.text
    ladder = question.figures.ladder(one)
    assert "half" not in ladder.alt and "Years named in the title" not in ladder.caption
    assert "2019 to 2019" not in question.figures.fields(one).subtitle


def test_at_least_half_of_the_events_fall_in_the_year_named_or_later(answer):
    years = answer.tables["events"]["date"].dt.year
    named = answer["half_since"]
    assert f"At least half of them fall in {named} or later" in answer.text
    assert 2 * (years >= named).sum() >= len(years) > 2 * (years > named).sum()


@pytest.mark.parametrize("start", [1951, 1985, 2000])
def test_no_label_of_the_ladder_lies_over_a_mark(start):
    drawn = question.figures.ladder(question.answer(question.Parameters.of({"start_year": start})))
    with figures._style():
        figures._frame(drawn)
        figure = drawn.figure
        figure.draw_without_rendering()
        axes, renderer = figure.axes[0], figure._get_renderer()
        marks = [point for one in axes.collections for point in axes.transData.transform(one.get_offsets())]
        labels = [one for one in axes.texts if re.search(r"\b(19|20)\d\d\b", one.get_text())]
        assert len(marks) > 50 and len(labels) > 5
        over = {
            one.get_text()
            for one in labels
            for x, y in marks
            if one.get_window_extent(renderer).contains(x, y)
        }
    assert not over


def _events(*rows):
    made = pd.DataFrame(rows, columns=["row_id", "year", "domain", "posture", "agreed", "external_shock"])
    return made.assign(evidence="independent")


def test_a_field_is_reached_with_its_first_agreed_act_of_security_use():
    shown = _events(
        ("a", 1980, "cyber", "warfighting", True, False),  # before the picture begins
        ("b", 1985, "cyber", "peaceful", True, False),
        ("c", 1990, "cyber", "security-use", False, False),  # one coder alone
        ("d", 1995, "cyber", "none", False, False),
        ("e", 1995, "cyber", "security-use", True, False),
        ("f", 1995, "cyber", "non-offensive", True, False),
        ("g", 1999, "cyber", "warfighting", True, False),
        ("h", 1999, "cyber", "warfighting", True, True),  # a shock is no act
        ("i", 1999, "industry", "warfighting", True, False),
    )
    p = question.Parameters(start_year=1960, end_year=2020)
    cells = question.model.by_field(shown, p).set_index(["domain", "year"])
    assert cells["events"].to_dict() == {
        ("cyber", 1985): 1,
        ("cyber", 1990): 1,
        ("cyber", 1995): 3,
        ("cyber", 1999): 1,
        ("industry", 1999): 1,
    }
    assert cells["posture"].tolist() == [
        "peaceful",
        "security-use",
        "security-use",
        "warfighting",
        "warfighting",
    ]
    assert cells["reached"].tolist() == [False, False, True, False, True]
    assert cells.loc[("cyber", 1995), "row_ids"] == "d;e;f"


def test_the_picture_of_fields_begins_in_1985_but_holds_a_decade_and_no_more_than_is_chosen():
    begins = lambda **chosen: question.model.fields_from(question.Parameters(**chosen))  # noqa: E731
    assert begins(end_year=2020) == 1985 and begins(end_year=1995) == 1985
    assert begins(end_year=1994) == 1984 and begins(start_year=1990, end_year=2020) == 1990


def test_acts_are_counted_under_each_coding_on_the_file(answer):
    rows = {row["row_id"]: row for row in tables.raw_rows(_csv("events"))}
    shown = set(answer.tables["events"]["row_id"])
    kept = [row for name, row in rows.items() if name in shown and row["external_shock"] != "true"]
    found = answer.tables["codings"].groupby(["posture", "view"]).size()
    for name in question.model.POSTURES:
        first, second = ([row["posture_" + one] == name for row in kept] for one in ("first", "second"))
        both = [one and other for one, other in zip(first, second)]
        own = [one and row["evidence"] == "independent" for one, row in zip(both, kept)]
        for view, marks in zip(question.model.VIEWS, (first, second, both, own)):
            assert found.get((name, view), 0) == sum(marks)


def _csv(name):
    from spacesec.machine import paths

    return paths.data() / "policy_evolution" / f"{name}.csv"


def test_what_sources_say_themselves_comes_out(answer):
    checks = question.checks(answer)
    assert len(checks) == 4 and all(check.holds for check in checks)
    assert question.model._first_ever("peaceful") == answer["first_agreed_year"]["peaceful"]


def test_branches_stand_one_under_the_other_and_apart():
    places = lineage.lanes(
        _bodies(
            ("school", "research and agency", "1950-01-01", None, None),
            ("office", "research and agency", "1960-01-01", None, None),
            ("council", "advice", "1955-01-01", "1970-01-01", None),
            ("panel", "advice", "1970-01-01", None, None),
            ("group", "advice", "1975-01-01", None, None),
            ("unit", "defense", "2020-01-01", None, None),
        )
    )
    # Lanes of a branch stand 1 apart, branches 1.6; the cabinet has no body and still keeps its room.
    assert places == {
        "school": 0.0,
        "office": 1.0,
        "council": 2.6,
        "panel": 2.6,  # the council's lane is free on the very day
        "group": 3.6,
        "unit": 6.8,
    }


def test_a_year_is_told_with_its_fraction():
    assert lineage.year_of(pd.Timestamp(2001, 1, 1)) == 2001
    assert lineage.year_of(pd.Timestamp(2001, 12, 31)) == pytest.approx(2001 + 364 / 365.25)
    # Years before 2006 keep their length, later ones have four times as much.
    assert [lineage._stretched(year) for year in (1969, 2006, 2006.5, 2026)] == [1969, 2006, 2008, 2086]


def test_the_mark_of_each_document_stands_on_its_line_or_beside_it():
    rows = [
        ("law-a", "law", "2008-05-21", None, None),
        ("reading", "legal reading", "1985-02-06", None, None),
        ("nss-1", "security strategy", "2013-12-17", None, None),
        ("nss-2", "security strategy", "2022-12-16", "nss-1", None),
        ("initiative", "security strategy", "2023-06-13", None, "nss-2"),
        ("programme", "security strategy", "2022-12-16", None, "nss-2"),
        ("plan-1", "basic plan", "2009-06-02", None, None),
        ("plan-2", "basic plan", "2013-01-25", "plan-1", None),
    ]
    columns = ["row_id", "family", "date", "replaces_row_id", "under_row_id"]
    papers = pd.DataFrame(rows, columns=columns).astype({"date": "datetime64[ns]"}).set_index("row_id")
    found = lineage.heights(papers)
    laws, plans, _, strategies, *_ = lineage.MIDDLES
    assert found["law-a"] == found["reading"] == laws  # nothing on the line replaces anything
    assert found["plan-1"] == found["plan-2"] == plans  # everything does
    assert found["nss-1"] == found["nss-2"] == pytest.approx(strategies + 0.16)
    assert found["initiative"] == pytest.approx(strategies - 0.16)
    assert found["programme"] == found["nss-2"]  # of one day with what it carries out: one mark shows both
    # Lines stand 1 apart, with room of 0.7 over the strategies.
    assert pytest.approx([0, 1, 2, 3.7, 4.7, 5.7]) == lineage.MIDDLES


@pytest.fixture(scope="module")
def bodies_drawn(answer):
    return question.figures.institutions(answer)


def test_names_branches_and_descent_of_bodies_stand_where_they_belong(answer, bodies_drawn):
    bodies = answer.tables["institutions"].set_index("row_id")
    places = lineage.lanes(bodies)
    ax = bodies_drawn.figure.axes[0]
    texts = {one.get_text(): one for one in ax.texts}
    drawn = bodies[bodies["status"] != "planned"].loc[lambda t: [name in places for name in t.index]]
    begun = []
    for name, row in drawn.iterrows():
        begun.append(name)
        if row["kind"] == "force unit":
            continue
        told = row["short_name"] if isinstance(row["short_name"], str) else row["name"]
        left = lineage.year_of(row["start_date"])
        if told in texts:  # inside a bar that is long enough
            assert texts[told].get_position() == pytest.approx((left + 0.5, places[name]))
            continue
        label = texts[f"{told} {row['start_date'].year}"]
        alone = not any(places[other] == places[name] for other in begun[:-1])
        if alone:  # left of the bar, at its height
            assert label.get_position() == pytest.approx((left - 0.5, places[name]))
        else:  # over it: an older bar stands on its left
            assert label.get_position()[1] == pytest.approx(places[name] - 0.3)
    for branch in lineage.BRANCHES:
        highest = min(place for name, place in places.items() if bodies.loc[name, "branch"] == branch)
        assert texts[branch].get_position()[1] == pytest.approx(highest - 0.62)
    elsewhere = [
        (places[name], places[row["successor_row_id"]])
        for name, row in drawn.iterrows()
        if row["successor_row_id"] in places and places[row["successor_row_id"]] != places[name]
    ]
    bends = [tuple(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == 3]
    assert sorted(bends) == sorted((one, one, other) for one, other in elsewhere) and bends


def test_axes_of_bodies_and_strength_hold_all_years_and_people(answer, bodies_drawn):
    ax, ladder = bodies_drawn.figure.axes[:2]
    first = answer.tables["institutions"]["start_date"].min().year
    left, right = ax.get_xlim()
    newest = answer.tables["events"]["date"].max()
    assert left == first - 2 and right >= newest.year + 1
    assert all(year % 10 == 0 and left <= year < right for year in ax.get_xticks())
    assert ax.get_xticks()[0] - 10 < left and ax.get_xticks()[-1] + 10 >= right
    people = answer.tables["unit_strength"]
    top = ladder.get_ylim()[1]
    assert top % 100 == 0 and top - 100 < 1.1 * people["people"].max() <= top
    years = people["date"].dt.year
    assert ladder.get_xlim() == pytest.approx((years.min() - 1.4, years.max() + 1))
    assert ladder.get_xticks()[0] == years.min() and ladder.get_xticks()[-1] <= years.max()


def test_reported_and_planned_strength_stand_at_their_days(answer, bodies_drawn):
    ladder = bodies_drawn.figure.axes[1]
    people = answer.tables["unit_strength"]
    reported = people[people["status"] == "reported"].sort_values("date")
    line, marks = ladder.lines[:2]
    assert line.get_ydata().tolist() == reported["people"].tolist()
    assert line.get_xdata().tolist() == [lineage.year_of(day) for day in reported["date"]]
    texts = [one.get_text() for one in ladder.texts]
    assert {f"{number:,}" for number in reported["people"]} <= set(texts)
    assert {f"{number:,} planned" for number in marks.get_ydata()} <= set(texts)


def test_numbers_of_plans_and_years_of_guidelines_stand_inside_their_marks(answer):
    picture = question.figures.documents(answer)
    papers = answer.tables["documents"]
    inside = [one for one in picture.figure.axes[0].texts if one.get_text().isdigit()]
    plans = papers[papers["family"] == "basic plan"]
    numbers = [edition[0] for edition in plans["edition"] if edition[0].isdigit()]
    assert sorted(one.get_text() for one in inside if len(one.get_text()) == 1) == sorted(numbers)
    years = papers[papers["family"].isin(["defence guidelines", "alliance"])]["edition"].dropna()
    short = [edition[2:] for edition in years if re.fullmatch(r"\d{4}", edition)]
    assert sorted(one.get_text() for one in inside if len(one.get_text()) == 2) == sorted(short)
    thick = [line for line in picture.figure.axes[0].lines if len(line.get_xdata()) == 2]
    replaced = papers["replaces_row_id"].dropna()
    assert len([line for line in thick if line.get_linewidth() == 2.4]) == len(replaced)
    ax = picture.figure.axes[0]
    assert [one.get_text() for one in ax.get_yticklabels()] == list(lineage.LINES)
    first, ticks = papers["date"].min().year, [int(one.get_text()) for one in ax.get_xticklabels()]
    assert ticks[0] % 10 == 0 and ticks[0] - 10 < first and ticks == sorted(ticks)
    assert ax.get_xticks().tolist() == [lineage._stretched(year) for year in ticks]
    assert ax.get_xlim()[0] == first - 3 and ax.get_xlim()[1] > ax.get_xticks()[-1]
