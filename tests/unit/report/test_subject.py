"""Subjects: the strongest finding in its shortest true form."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Finding
from monitor.model.said import (
    Added,
    BroughtForward,
    Dates,
    FieldChanged,
    FieldsChanged,
    Firmed,
    Hardened,
    Replaced,
    Reworded,
    RoleChanged,
    Slipped,
)
from monitor.report.shortening import subject
from monitor.words import language
from tests.digests import finding

LONG = "The extraordinary assembly of the river council of Upper Marn"


def on(day: str) -> Dates:
    return (day, None)


def made(said: object, code: str = "en", room: int = 60) -> str:
    def failed(rule: str, path: str, error: Exception) -> None:
        pytest.fail(f"{rule} {path} {error}")

    found: Finding = finding("rule", said)  # type: ignore[arg-type]
    return subject(found, language(code), "2031", failed, room)


def test_a_sentence_that_fits_is_told_whole() -> None:
    assert made(FieldChanged("Ash", None, "People", "post", "clerk", "mayor")) == (
        "Ash: post changes from clerk to mayor"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            Slipped("The third round of the fish talks", on("2031-05-01"), on("2031-05-08")),
            "The third round of the fish talks slips to 8 May",
        ),
        (
            BroughtForward("The third round of the fish talks", on("2032-01-05"), on("2031-12-02")),
            "The third round of the fish talks is brought forward to 2 December",
        ),
        (
            Slipped("The third round of the fish talks", on("2031-12-30"), on("2032-01-05")),
            "The third round of the fish talks slips to 5 January 2032",
        ),
        (
            Added(LONG, None, "Meetings", [], None, dates=on("2031-05-02"), state="announced"),
            f"{LONG} is announced: 2 May",
        ),
        (
            Firmed(LONG, None, "State", "planned", "under-way", dates=on("2031-05-02")),
            f"{LONG} is under way: 2 May",
        ),
        (
            Replaced("Bo Ash", "Cleo Birch", f"{LONG}'s board", "chair", True, False),
            "Bo Ash replaces Cleo Birch as chair",
        ),
        (
            RoleChanged("Bo Ash", "the board of Upper Marn", "deputy chair", "chair", False, False),
            "Bo Ash is now chair in the board of Upper Marn",
        ),
        (
            Hardened("Red's position on the upper well", None, "x", "open to it", "no", issue=""),
            "Red's position on the upper well: now no",
        ),
        (
            FieldsChanged("Bo Ash", None, "People", ["Post", "Town"]),
            "Bo Ash: post and town changed",
        ),
    ],
)
def test_a_long_one_keeps_what_is_new_and_drops_what_was(said: object, expected: str) -> None:
    assert made(said, room=50) == expected


def test_it_is_cut_behind_a_clause_and_not_inside_a_name() -> None:
    text = "The ferry of Upper Marn runs again from the first of May; the fare stays as it was"
    told = made(Reworded("Red on the ferry", None, "Text", "x", text, issue="the ferry"))
    assert told.endswith("from the first of May")


def test_what_is_far_too_long_ends_with_an_ellipsis_between_words() -> None:
    told = made(Reworded("Red", None, "Text", "x", "word " * 60, issue="the ferry"))
    assert told.endswith("word…")
    assert len(told) <= 120


def test_the_short_form_is_told_in_each_language() -> None:
    said = Slipped("Третій раунд перемовин про рибу", on("2031-05-01"), on("2031-05-08"))
    assert made(said, "uk") == "Третій раунд перемовин про рибу: перенесено на пізніше, 8 травня"
