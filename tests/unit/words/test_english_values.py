"""Values as a reader sees them."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.words.en.grammar import changes, is_
from monitor.words.en.values import both, date_range, days_in_words, listed, words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not stated"),
        (True, "yes"),
        (2026, "2026"),
        (12500, "12,500"),
        (2.0, "2"),
        (12500.5, "12,500.5"),
        (1e30, "1e+30"),
        (10**20, "100,000,000,000,000,000,000"),
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
        ({"b": 1, "a": "x"}, "a: x, b: 1"),
        ({}, "empty"),
        ({"id": 7, "name": "Bo Li", "left": None}, "Bo Li (id: 7)"),
        (
            {"place": {"town": "Alba", "day": "2026-02-17"}},
            "place.day: 17 February 2026, place.town: Alba",
        ),
        ([{"id": "q", "seat": 2}, {"name": "Cy"}], "(id: q, seat: 2) and Cy"),
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


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2026-02-05", "2026-02-06", ("5 February 2026", "6 February 2026")),
        ("2026-02-05", "5 February 2026", ('"2026-02-05"', '"5 February 2026"')),
        ("0123", 123, ('"0123"', "123")),
        (True, 1, ("true", "1")),
        ("true", True, ('"true"', "true")),
        (1, 1.5, ("1", "1.5")),
        ({"x": 1}, [1], ('{"x": 1}', "[1]")),
        (["a"], "a", ('["a"]', '"a"')),
        (None, ["a"], ("not stated", "a")),
    ],
)
def test_two_values_never_read_alike_or_hide_another_type(
    before: Any, after: Any, shown: tuple[str, str]
) -> None:
    assert both(before, after) == shown


def test_a_day_in_quotes_stays_as_it_was_written() -> None:
    text = 'On 2026-02-05 it changed from "2026-02-05" to "5 February 2026"'
    assert days_in_words(text).startswith('On 5 February 2026 it changed from "2026-02-05" to')


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("seats", "seats are"),
        ("hours to the next check", "hours to the next check are"),
        ("number of seats", "number of seats is"),
        ("status", "status is"),
        ("address", "address is"),
        ("basis", "basis is"),
        ("depth", "depth is"),
        ("", " is"),
    ],
)
def test_a_verb_goes_with_the_number_of_its_field(title: str, said: str) -> None:
    assert is_(title) == said
    assert changes(title) == f"{title} {'change' if said.endswith('are') else 'changes'}"
