"""An article as a page shows it: the whole text, each mark where it stands."""

from __future__ import annotations

from datetime import date

from monitor.web.draft_marks import Passage, paragraphs
from monitor.writing.cards import Card, cards_of
from monitor.writing.facts import facts
from monitor.writing.holding import hold
from monitor.writing.reader import marked
from tests.voyages import KIND, STATE


def cards(text: str) -> tuple[Card, ...]:
    known = facts(KIND, STATE)
    read = marked(text, date(2031, 3, 24), KIND, STATE)
    return cards_of([(one, hold(one, known)) for one in read], KIND, STATE, "sun1")


def shown(text: str, *open_ones: int) -> list[list[Passage]]:
    labels = {"ships.gannet": "the Gannet"}
    found = paragraphs(text, cards(text), frozenset(open_ones), labels)
    return [list(one) for one in found]


def plain(found: list[list[Passage]]) -> str:
    return "\n\n".join("".join(p.text for one in each for p in one.pieces) for each in found)


TEXT = """\
The crew of the Gannet will have 15 sailors, Astrid Moen said. “We sail at last,” she added.

Jonna Lindqvist joins them."""


def test_no_letter_is_lost_and_paragraphs_stay() -> None:
    assert plain(shown(TEXT)) == TEXT
    spaced = "  It rained.   The Petrel lies\nat Skarvik.\n\n\n\nSo it was.  "
    assert plain(shown(spaced)).split() == spaced.split()


def test_each_mark_has_its_sort_and_what_it_was_read_as() -> None:
    marks = {p.text: p for each in shown(TEXT) for one in each for p in one.pieces if p.sort}
    assert marks["15 sailors"].sort == "number differs"
    assert marks["Jonna Lindqvist"].sort == "stranger"
    assert marks["Astrid Moen"].sort == "name"


def test_words_between_quotation_marks_are_told_apart() -> None:
    quoted = [p.text for each in shown(TEXT) for one in each for p in one.pieces if p.quoted]
    assert "".join(quoted) == "We sail at last,"


def test_only_sentences_that_wait_lead_to_their_cards() -> None:
    assert [one.number for each in shown(TEXT, 1) for one in each if one.is_open] == [1]


def test_what_cannot_be_seen_is_a_space() -> None:
    assert "\u202e" not in plain(shown("The Gannet \u202esails."))
