"""On how many days in a row mail to somebody came back: the newest message first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.bounces import _in_a_row

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
WORDS = {"f": "counted", "a": "arrived", "p": "policy", "u": "unreadable"}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("f", 1),
        ("fff", 3),
        ("ff-ff", 2),
        ("-ff", 2),
        ("--fff--f", 3),
        ("ffaf", 2),
        ("af", 0),
        ("fpf", 2),
        ("fuuf", 2),
        ("", 0),
        ("--", 0),
    ],
)
def test_failures_count_back_to_what_arrived(said: str, days: int) -> None:
    """`-` is a message of which nobody said anything."""
    sent = [(place, NOON - timedelta(days=place)) for place in range(len(said))]
    known = {place: WORDS[one] for place, one in enumerate(said) if one in WORDS}

    assert _in_a_row(sent, known).days == days


def test_many_of_one_day_are_one_day() -> None:
    sent = [(place, NOON - timedelta(minutes=place)) for place in range(9)]

    found = _in_a_row(sent, dict.fromkeys(range(9), "counted"))
    assert (found.days, len(found.messages)) == (1, 9)
