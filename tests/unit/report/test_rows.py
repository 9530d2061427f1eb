"""Rows below a sentence: what a mail leaves out because the sentence says it."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.comparison import (
    MISSING,
    Finding,
    Provenance,
    Publication,
    RivalClaim,
    Significance,
)
from monitor.model.said import NOTHING_BESIDE, Claim, Firmed, Reworded, Said, Widened
from monitor.report.rows import disputed_views, in_few
from monitor.report.sources import Citations
from monitor.report.voice import IN_MAIL, WHOLE
from monitor.words import ENGLISH, language
from monitor.words.wording import DetailWords

MOVED = Widened(
    label="Nordmark's position on the toll",
    parent=None,
    field="Quantity",
    before={"low": 3, "high": 5, "unit": "days"},
    after={"low": 2, "high": 5, "unit": "days"},
)
WORDED = Reworded("Nordmark's text", None, "In short", "Asks for three.", "Asks for two.")
BEGUN = Firmed("The fair", None, "State", "announced", "under-way", dates=())


def found(said: Said, status: str | None = None) -> Finding:
    return Finding(
        id="f",
        rule="r",
        said=said,
        beside=NOTHING_BESIDE,
        significance=Significance.MAJOR,
        changes=(),
        collection="",
        path="p",
        provenance=Provenance(status=status),
    )


def told(said: Said, sentence: str, *rows: DetailWords, status: str | None = None) -> list[str]:
    views = in_few(found(said, status), rows, sentence, ENGLISH)
    return [
        f"{view.label}: {'' if view.first else view.before}>{'' if view.told else view.after}"
        for view in views
    ]


def test_a_state_that_stands_in_the_sentence_needs_no_row() -> None:
    rows = DetailWords("State", "announced", "under-way")
    assert told(BEGUN, "The fair is under way: Skaill.", rows) == []


def test_that_something_is_certain_now_goes_without_saying_once_it_has_happened() -> None:
    row = DetailWords("Status", "reported", "confirmed")
    assert told(BEGUN, "The fair is under way.", row, status="confirmed") == []
    assert told(MOVED, "It widens from 3 to 2.", row, status="confirmed") == [
        "Status: reported>confirmed"
    ]


def test_what_a_sentence_tells_on_both_sides_needs_no_row() -> None:
    row = DetailWords("Chair", "Ada Rook", "Ben Tern", fact=True)
    assert told(MOVED, "Ben Tern replaces Ada Rook as chair.", row) == []


def test_of_a_new_value_in_the_sentence_only_the_old_one_is_told() -> None:
    row = DetailWords("City", "Oban", "Skaill", fact=True)
    assert told(BEGUN, "The fair is under way: Skaill.", row) == ["City: Oban>"]


def test_a_value_that_only_begins_like_a_word_of_the_sentence_is_told_whole() -> None:
    row = DetailWords("City", "Oban", "Skail", fact=True)
    assert told(BEGUN, "The fair is under way: Skaill.", row) == ["City: Oban>Skail"]


def test_beside_a_move_the_old_text_is_left_out() -> None:
    row = DetailWords("In short", "Asks for three.", "Asks for two.", text=True)
    assert told(MOVED, "It widens from 3–5 to 2–5 days.", row) == ["In short: >Asks for two."]
    assert told(BEGUN, "The fair is under way.", row) == ["In short: >Asks for two."]
    assert told(WORDED, "It is reworded.", row) == ["In short: Asks for three>Asks for two."]


def test_sources_that_say_the_same_share_a_line() -> None:
    rivals = [
        RivalClaim(field="Seats", value=7, source="The Bell"),
        RivalClaim(field="Seats", value=7, source="The Horn"),
        RivalClaim(field="Note", value="they were never asked about it", source="The Horn"),
    ]
    views = disputed_views(rivals, Citations({}, str), ENGLISH, IN_MAIL)
    assert [view.told for view in views] == [
        "seats 7, say The Bell and The Horn",
        "“they were never asked about it”, says The Horn",
    ]


def test_who_gives_another_value_is_named_first_where_they_have_a_name() -> None:
    known = {
        "b": Publication(id="b", publisher="Fen Post citing The Bell", published="2031-05-01"),
        "n": Publication(id="n", publisher="publisher not named", published="2031-05-02"),
        "h": Publication(id="h", url="https://www.horn.example/1"),
    }
    amount = {"low": 2, "high": 3, "unit": "days"}
    fewer = {**amount, "low": 3}
    rivals = [
        RivalClaim(field="Seats", value=7, source="b", source_id="b", stands=9),
        RivalClaim(field="Toll", value=amount, source="n", source_id="n", stands=fewer),
        RivalClaim(field="Town", value="Oban", source="h", source_id="h"),
    ]
    few = disputed_views(rivals, Citations(known, str), ENGLISH, IN_MAIL)
    assert [view.told for view in few] == [
        "The Bell gives the seats as 7.",
        "2–3 days, says another source (here: 3)",
        "horn.example gives the town as “Oban”.",
    ]
    whole = disputed_views(rivals[:1], Citations(known, str), ENGLISH, WHOLE)
    assert whole[0].told == "seats 7, says Fen Post citing The Bell, 2031-05-01 (here: 9)"
    uk = disputed_views(rivals[:1], Citations(known, str), language("uk"), IN_MAIL)
    assert uk[0].told == "The Bell пише: seats — 7."


@pytest.mark.parametrize(
    ("code", "value", "stands", "names", "told"),
    [
        ("en", 2, 3, ["The Bell"], "The Bell gives the number as 2"),
        ("en", 2, 3, ["The Bell", "Fen News"], "The Bell and Fen News give the number as 2"),
        ("en", 2, 3, ["A", "B", "C"], "A, B and others give the number as 2"),
        ("en", "a week, says Rook", MISSING, ["The Bell"], "The Bell says “a week, says Rook”"),
        ("uk", 2, 3, ["The Bell"], "The Bell пише: number — 2"),
        ("uk", 2, 3, ["A", "B", "C"], "A, B та інші пишуть: number — 2"),
        ("uk", "a week, says Rook", MISSING, ["The Bell"], "The Bell пише: «a week, says Rook»"),
    ],
)
def test_who_says_otherwise_is_the_subject_of_a_clause(
    code: str, value: Any, stands: Any, names: list[str], told: str
) -> None:
    claim = Claim("Number", value, "bell-1", stands)
    assert language(code).sentences.gives(claim, names) == told
