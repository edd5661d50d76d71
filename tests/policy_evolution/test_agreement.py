"""Expected values: worked examples of Cohen 1960's coefficient and of Krippendorff 2011."""

import numpy as np
import pytest

from spacesec.policy_evolution.turning_points.agreement import cohen_kappa, krippendorff_alpha

NA = None


def test_kappa_of_the_fifty_proposals():
    # The textbook table 20, 5 / 10, 15: observed 0.7, by chance 0.5, kappa 0.4.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4, abs=1e-12)


def test_alpha_with_four_coders_and_gaps():
    data = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
        [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
    ]
    assert krippendorff_alpha(data) == pytest.approx(0.743, abs=0.0005)
    assert krippendorff_alpha(data, [1, 2, 3, 4, 5], "ordinal") == pytest.approx(0.815, abs=0.0005)


def test_alpha_with_three_coders_and_gaps():
    data = [
        [np.nan] * 5 + [3, 4, 1, 2, 1, 1, 3, 3, np.nan, 3],
        [1, np.nan, 2, 1, 3, 3, 4, 3] + [np.nan] * 7,
        [np.nan, np.nan, 2, 1, 3, 4, 4, np.nan, 2, 1, 1, 3, 3, np.nan, 4],
    ]
    assert krippendorff_alpha(data) == pytest.approx(0.691358, abs=1e-6)


def test_limits():
    assert cohen_kappa("aabbc", "aabbc") == 1 and krippendorff_alpha(["aabbc", "aabbc"]) == 1
    swapped = krippendorff_alpha(["abababab", "babababa"])
    assert swapped < -0.8
    order = list("abcd")
    near, far = (
        krippendorff_alpha(["abcdabcd", "abcdabcc"], order, "ordinal"),
        krippendorff_alpha(["abcdabcd", "abcdabca"], order, "ordinal"),
    )
    assert near > far  # one step apart is less wrong than three


def test_missing_order_and_empty_overlap_are_refused():
    with pytest.raises(ValueError, match="order"):
        krippendorff_alpha(["ab", "ab"], level="ordinal")
    with pytest.raises(ValueError, match="no unit"):
        cohen_kappa([None, 1], [1, None])
