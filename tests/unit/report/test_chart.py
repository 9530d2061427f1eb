"""Positions as bars."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Interval, PartyStanding
from monitor.model.record import replace
from monitor.report.chart import chart
from monitor.words import ENGLISH
from tests.digests import standings


def test_each_party_has_a_bar_and_a_mover_has_two() -> None:
    drawn = chart(standings(), "security-guarantees", "17 Feb", "5 Feb", ENGLISH)
    assert drawn is not None
    assert [(bar.label, bar.value, bar.left, bar.width, bar.past) for bar in drawn.bars] == [
        ("United States", "15", 30, 2, False),
        ("Ukraine, 17 Feb", "20–50", 40, 60, False),
        ("Ukraine, 5 Feb", "30–50", 60, 40, True),
    ]
    assert drawn.axis is not None
    assert drawn.axis.said == "from 0 to 50 years"


@pytest.mark.parametrize(
    ("interval", "left", "width"),
    [
        (Interval(low=None, high=25, unit="years"), 0, 50),
        (Interval(low=25, high=None, unit="years"), 50, 50),
        (Interval(low=50, high=50, unit="years"), 98, 2),
        (Interval(low=0, high=0, unit="years"), 0, 2),
    ],
)
def test_open_ends_reach_the_axis_and_single_numbers_can_be_seen(
    interval: Interval, left: int, width: int
) -> None:
    ukraine, usa = standings()
    drawn = chart([ukraine, replace(usa, interval=interval)], usa.issue, "now", "then", ENGLISH)
    assert drawn is not None
    bar = drawn.bars[0]
    assert (bar.left, bar.width, bar.left + bar.width + bar.right) == (left, width, 100)


def test_what_cannot_share_an_axis_is_not_drawn() -> None:
    ukraine, usa = standings()
    months = replace(usa, interval=Interval(low=1, high=2, unit="months"))
    endless = replace(usa, interval=Interval(low=1, high=float("inf"), unit="years"))
    still = replace(ukraine, moved=False)
    assert chart([ukraine, months], usa.issue, "now", "then", ENGLISH) is None
    assert chart([ukraine, endless], usa.issue, "now", "then", ENGLISH) is None
    assert chart([still], usa.issue, "now", "then", ENGLISH) is None
    assert chart(standings(), "another-issue", "now", "then", ENGLISH) is None


def test_places_on_a_scale_are_drawn_as_steps() -> None:
    def at(party: str, step: int, **others: object) -> PartyStanding:
        given = {"now": "opposes", "before": "rejects", "steps": 4, **others}
        return PartyStanding(
            party=party,
            party_label=party,
            issue="territory",
            issue_label="territory",
            step=step,
            **given,  # type: ignore[arg-type]
        )

    drawn = chart(
        [at("Russia", 3), at("Ukraine", 1, moved=True, step_before=0)],
        "territory",
        "now",
        "then",
        ENGLISH,
    )
    assert drawn is not None
    assert [(bar.label, bar.left, bar.width) for bar in drawn.bars] == [
        ("Russia", 75, 25),
        ("Ukraine, now", 25, 25),
        ("Ukraine, then", 0, 25),
    ]


def test_a_bar_in_text_is_as_wide_as_the_others() -> None:
    drawn = chart(standings(), "security-guarantees", "17 Feb", "5 Feb", ENGLISH)
    assert drawn is not None
    assert [bar.drawn for bar in drawn.bars] == [
        ".........#....................",
        "............##################",
        "..................------------",
    ]


def test_labels_are_visible_text() -> None:
    ukraine, usa = standings()
    drawn = chart(
        [replace(ukraine, party_label="a\u202eb"), usa], usa.issue, "now", "then", ENGLISH
    )
    assert drawn is not None
    assert any("⟨U+202E⟩" in bar.label for bar in drawn.bars)
