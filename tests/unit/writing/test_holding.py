"""Sentences held against the talks as they stood on 15 February 2026."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.writing.facts import facts
from monitor.writing.holding import Held, hold
from monitor.writing.index import Index
from monitor.writing.known import known_names, speakers
from monitor.writing.ladders import ladder_of
from monitor.writing.marking import Reader, mark
from tests.talks import KIND, full

STATE = full("2026-02-15")
FACTS = facts(KIND, STATE)
READER = Reader(
    index=Index(known_names(KIND, STATE)), speakers=speakers(KIND), ladder=ladder_of(KIND)
)


def held(text: str) -> Held:
    [sentence] = mark(text, date(2026, 2, 16), READER)
    return hold(sentence, FACTS)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Rustem Umierov is in the Ukrainian team.", "delegations[ukraine].members[umerov]"),
        ("Washington offers security guarantees of 15 years.", "stances[usa,security-guarantees]"),
        ("Talks will be held in Geneva on 17-18 February.", "rounds[trilateral-3]"),
    ],
)
def test_what_we_have_already_is_known(text: str, path: str) -> None:
    found = held(text)
    assert (found.sort, path in [one.path for one in found.facts]) == ("known", True)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Washington offers security guarantees of 25 years.", "quantity"),
        ("The third trilateral round begins on Thursday, 19 February.", "starts"),
        ("The third trilateral round takes place in Abu Dhabi.", "city"),
    ],
)
def test_another_value_than_ours_differs(text: str, field: str) -> None:
    found = held(text)
    assert found.sort == "differs"
    assert field in [one.field for one in found.differences]


@pytest.mark.parametrize(
    "text", ["Deputy minister Oskar Lind joins.", "Umerov met Medinsky.", "They met in Oslo."]
)
def test_a_name_or_a_pair_that_we_do_not_have_is_new(text: str) -> None:
    assert held(text).sort == "new"


def test_what_names_nobody_is_unplaced() -> None:
    assert held("The mood was constructive.").sort == "unplaced"


def test_what_is_counted_is_known_by_its_words_in_every_language_of_the_kind() -> None:
    text = "Washington пропонує security guarantees терміном на 25 років."
    [other] = [one for one in held(text).differences if one.field == "quantity"]
    assert other.theirs == "25 років"


def test_a_noun_before_a_name_begins_a_ukrainian_sentence() -> None:
    names = ["Делегація Redland", "Південна Redland"]
    index = Index(known_names(KIND, {"parties": [{"id": "red", "name": "Redland"}]}))
    reader = Reader(index=index, speakers=frozenset(), ladder=())
    found = [mark(f"{one} приїхала до міста.", None, reader)[0].names[0].text for one in names]
    assert found == ["Redland", "Південна Redland"]
