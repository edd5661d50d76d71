"""A date as the moments that it may mean: zones, precisions, titles."""

from datetime import date, datetime

import pytest

from spacesec.data import days


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        # The H-IIA's fiftieth flight: 01:33 of 29 June 2025 in Japan, 16:33 of 28 June universal time (JAXA).
        (("2025-06-28", "day", "UTC"), ("2025-06-29", "day", "Asia/Tokyo"), True),
        (("2025-06-29", "day", "UTC"), ("2025-06-29", "day", "Asia/Tokyo"), True),
        (("2025-06-30", "day", "UTC"), ("2025-06-29", "day", "Asia/Tokyo"), False),
        (("2025-06-27", "day", "UTC"), ("2025-06-29", "day", "Asia/Tokyo"), False),
        (("2025-06-28", "day", "UTC", "16:33"), ("2025-06-29", "day", "Asia/Tokyo"), True),
        (("2025-06-28", "day", "UTC", "14:59"), ("2025-06-29", "day", "Asia/Tokyo"), False),
        (("2025-06-01", "month", "UTC"), ("2025-06-30", "day", "UTC"), True),
        (("2025-06-01", "month", "UTC"), ("2025-07-01", "day", "UTC"), False),
        # A Japanese fiscal year runs from April to March.
        (("2025-04-01", "fiscal_year", "UTC"), ("2026-03-31", "day", "UTC"), True),
        (("2025-04-01", "fiscal_year", "UTC"), ("2026-04-01", "day", "UTC"), False),
        (("2024-12-01", "month", "UTC"), ("2025-01-01", "day", "UTC"), False),
        # Washington and Tokyo may be a day apart, never two.
        (("2022-11-17", "day", "local"), ("2022-11-18", "day", "local"), True),
        (("2022-11-17", "day", "local"), ("2022-11-20", "day", "local"), False),
    ],
)
def test_dates_agree_where_their_moments_meet(one, other, meet):
    assert days.span(*one).meets(days.span(*other)) is meet
    assert days.span(*other).meets(days.span(*one)) is meet


def test_a_moment_is_read_in_its_zone():
    assert days.span("2017-07-04", "day", "Asia/Tokyo", "09:40").first == datetime(2017, 7, 4, 0, 40)


@pytest.mark.parametrize(
    "words", [("2025-02-30",), ("2025-02-01", "week"), ("2025-02-01", "day", "Asia/Seoul")]
)
def test_what_is_no_date_is_refused(words):
    with pytest.raises(ValueError):
        days.span(*words)


def test_titles_name_days_in_two_languages():
    assert list(days.named("J-Alert of 4 October 2022; 2022年10月4日のミサイル, page 4 of October")) == [
        date(2022, 10, 4),
        date(2022, 10, 4),
    ]
