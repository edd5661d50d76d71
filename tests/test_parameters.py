"""One model serves notebook, command line and documentation; what it refuses, it refuses in one sentence."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import model_validator

from spacesec import parameters
from spacesec.errors import ParameterError
from spacesec.parameters import as_given, value


class Model(parameters.Parameters):
    year: int = value(2020, "a year", unit="fiscal year", ge=2000, le=2030)
    share: float | None = value(0.5, "a share", ge=0, le=1)
    kind: Literal["one", "two"] = value("one", "a kind")
    names: list[str] = value(["a"], "names", min_length=1)
    needs: dict[str, int] = value({"JPN": 4}, "satellites by country", min_length=1)

    @model_validator(mode="after")
    def _rule(self):
        if self.kind == "two" and self.year < 2010:
            raise ValueError("kind = two is possible from 2010 on, not in 2005.")
        return self


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"yaer": 1}, "there is no parameter 'yaer'; did you mean year?"),
        (
            {"zzz": 1},
            "there is no parameter 'zzz'; the parameters are year, share, kind, names, needs, output_dir,"
            " output_language, as_known_on.",
        ),
        (
            {"\ud800": 1},
            (
                "a parameter's name is not readable text; the parameters are year, share, kind, names, needs,"
                " output_dir, output_language, as_known_on."
            ),
        ),
        (
            {"year": 1999},
            "year = 1999 is not possible: year (fiscal year) takes a whole number, from 2000 to 2030.",
        ),
        (
            {"year": 2020.5},
            "year = 2020.5 is not possible: year (fiscal year) takes a whole number, from 2000 to 2030.",
        ),
        (
            {"year": None},
            "year = null is not possible: year (fiscal year) takes a whole number, from 2000 to 2030.",
        ),
        ({"share": 2}, "share = 2 is not possible: share takes a number or null, from 0 to 1."),
        ({"share": float("nan")}, "share = NaN is not possible: share takes a number or null, from 0 to 1."),
        ({"kind": "three"}, 'kind = "three" is not possible: kind takes one of one, two.'),
        ({"names": []}, "names = [] is not possible: names takes a list of texts, at least 1 of them."),
        (
            {"needs": {}},
            (
                "needs = {} is not possible: needs takes a mapping from a text to a whole number, at least 1"
                " of them."
            ),
        ),
        ({"kind": "two", "year": 2005}, "kind = two is possible from 2010 on, not in 2005."),
    ],
)
def test_refusals_are_one_plain_sentence(values, sentence):
    with pytest.raises(ParameterError) as caught:
        Model.of(values)
    assert str(caught.value) == sentence


@settings(deadline=None)  # a busy machine is not a fault
@given(
    st.dictionaries(
        st.sampled_from(["year", "share", "kind", "names", "needs", "other"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=20)
        | st.lists(st.integers(), max_size=3),
        max_size=4,
    )
)
def test_any_values_are_taken_or_refused_in_one_line(values):
    try:
        made = Model.of(values)
    except ParameterError as error:
        assert "\n" not in str(error) and str(error)
    else:
        assert 2000 <= made.year <= 2030


@pytest.mark.parametrize(
    "text, given_value",
    [
        ("2015", 2015),
        ("0.5", 0.5),
        ("true", True),
        ("True", True),
        ("None", None),
        ("null", None),
        ("USD", "USD"),
        ('["a", "b"]', ["a", "b"]),
        ('{"JPN": 4}', {"JPN": 4}),
        ("1e3", 1000.0),
        ("no", "no"),
        ("007", "007"),
    ],
)
def test_words_of_the_command_line(text, given_value):
    assert as_given(text) == given_value


def test_papermills_cell_is_read_for_unknown_names():
    namespace = {"In": ["x = 1", "# Parameters\nyear = 2010\nyaer = 2011\n"], "year": 2010, "yaer": 2011}
    with pytest.raises(ParameterError, match="did you mean year"):
        Model.from_notebook(namespace)
    assert (
        Model.from_notebook(
            {
                "In": ["# Parameters\nyear = 2010\noutput_dir = 'x'\n"],
                "year": 2010,
                "output_dir": "x",
                "other": 5,
            }
        ).year
        == 2010
    )


def test_description_says_type_bounds_unit_and_help():
    entry = next(entry for entry in Model.describe() if entry["name"] == "year")
    assert entry == {
        "name": "year",
        "default": 2020,
        "type": "a whole number",
        "allowed": "from 2000 to 2030",
        "unit": "fiscal year",
        "help": "a year",
    }


class Looks(parameters.Parameters):
    """One parameter of each kind whose values may look like another's."""

    label: str = value("a", "a text")
    file: str | None = value(None, "a text or nothing")
    edition: Literal["2021", "2026"] = value("2021", "a choice of years")
    names: list[str] = value(["a"], "texts")
    needs: dict[str, int] = value({"JPN": 4}, "numbers by name")
    day: date = value(date(2026, 1, 1), "a day")
    count: int = value(1, "a number")
    share: float | None = value(0.5, "a share")
    wanted: bool = value(True, "a choice")


# What is typed after -p, what papermill makes of it (papermill.cli._resolve_type), and what is meant.
LOOKS = [
    ("edition", "2021", 2021, "2021"),
    ("label", "2022", 2022, "2022"),
    ("file", "2022", 2022, "2022"),
    ("file", "null", None, None),
    ("label", "USD", "USD", "USD"),
    ("names", '["a", "b"]', '["a", "b"]', ["a", "b"]),
    ("names", "[2021]", "[2021]", ["2021"]),
    ("needs", '{"NO": 10}', '{"NO": 10}', {"NO": 10}),
    ("count", "7", 7, 7),
    ("share", "-1.26e2", -126.0, -126.0),
    ("share", "null", None, None),
    ("day", "2026-11-22", "2026-11-22", date(2026, 11, 22)),
    ("wanted", "true", True, True),
    ("edition", " 2021", " 2021", "2021"),
]


@pytest.mark.parametrize("name, typed, papermill, meant", LOOKS)
def test_what_a_value_looks_like_does_not_decide_its_type(name, typed, papermill, meant):
    assert getattr(Looks.of({name: Looks.typed(name, typed)}), name) == meant
    assert getattr(Looks.of({name: papermill}), name) == meant


@pytest.mark.parametrize(
    "text", ["1e5", "007", "true", "null", "NaN", "[1]", "{}", '{"a": 1}', "-5", "1_000"]
)
def test_a_text_typed_for_a_text_is_that_text(text):
    assert Looks.of({"label": Looks.typed("label", text)}).label == text
    assert Looks.typed("no_such_name", text) == as_given(text) or text == "NaN"


@pytest.mark.parametrize(
    "name, given_value",
    [
        ("day", 1735689600),
        ("day", 1.5),
        ("count", True),
        ("share", False),
        ("label", True),
        ("label", 2.5),
        ("needs", {False: 10}),
        ("needs", {"JPN": True}),
        ("names", [1.5]),
    ],
)
def test_what_would_pass_by_its_looks_alone_is_refused(name, given_value):
    with pytest.raises(ParameterError, match=f"^{name} = .* is not possible: {name} takes"):
        Looks.of({name: given_value})
