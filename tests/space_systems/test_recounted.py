"""Results of the theme's questions, told again by SQL over the tables."""

import pytest
from tests import recounted


@pytest.mark.parametrize("question, result, changed, query", recounted.cases("space_systems"))
def test_a_result_is_counted_again(question, result, changed, query):
    recounted.holds(question, result, changed, query)
