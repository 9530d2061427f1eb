"""Values as a reader sees them."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compose.words import date_range, listed, words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not stated"),
        (True, "yes"),
        (2026, "2026"),
        (12500, "12,500"),
        (2.0, "2"),
        ("2026-02-17", "17 February 2026"),
        ("2026-02-17T07:30:00Z", "17 February 2026, 07:30 UTC"),
        ("2026-02-30", "2026-02-30"),
        ("", "empty"),
        ([], "none"),
        (["a", "b", "c"], "a, b and c"),
        ({"low": 30, "high": 50, "unit": "years"}, "30–50 years"),
        ({"low": 15, "high": None, "unit": "persons"}, "at least 15 persons"),
        ({"low": None, "high": 20, "unit": None}, "up to 20"),
        ({"low": 1, "high": 1, "unit": "years"}, "1 year"),
        ({"low": None, "high": None, "unit": "years"}, "not stated"),
        ({"low": "2026-03-05", "high": "2026-03-09", "unit": "date"}, "5–9 March 2026"),
        ({"b": 1, "a": "x"}, '{"a": "x", "b": 1}'),
    ],
)
def test_a_value_in_words(value: Any, text: str) -> None:
    assert words(value) == text


def test_null_beside_a_name_is_not_named() -> None:
    assert words(None, other="Geneva") == "not named"
    assert words(None, other="2026-02-17") == "not stated"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-02-17", "2026-02-18", "17–18 February 2026"),
        ("2026-01-30", "2026-02-01", "30 January – 1 February 2026"),
        ("2025-12-30", "2026-01-02", "30 December 2025 – 2 January 2026"),
        ("2026-02-17", "2026-02-17", "17 February 2026"),
        ("2026-02-17", None, "17 February 2026"),
        (None, "2026-02-18", "until 18 February 2026"),
        (None, None, "not stated"),
        ("soon", None, "soon"),
    ],
)
def test_two_days_say_once_what_they_share(start: Any, end: Any, text: str) -> None:
    assert date_range(start, end) == text


def test_a_long_list_counts_the_rest() -> None:
    assert listed(list("abcdefg"), limit=3) == "a, b, c and 4 more"
