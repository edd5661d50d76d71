"""Results of the theme's questions, told again by SQL over the tables."""

import functools

import pytest
from tests import recounted


@functools.cache
def views() -> None:
    """Makes the views and macros that the theme's queries share."""
    recounted.database().execute((recounted.ROOT / "tests/budgets/views.sql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("question, result, changed, query", recounted.cases("budgets"))
def test_a_result_is_counted_again(question, result, changed, query):
    views()
    recounted.holds(question, result, changed, query)
