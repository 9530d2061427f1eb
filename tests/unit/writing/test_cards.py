"""What is offered for each sentence of an article, of ships and of talks alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from monitor.kinds.kind import Kind
from monitor.kinds.reading import read_kind
from monitor.kinds.validation import validate
from monitor.writing.cards import Card, Option, cards_of
from monitor.writing.facts import facts
from monitor.writing.holding import hold
from monitor.writing.placing import partial_of
from monitor.writing.reader import marked
from tests.talks import KIND as TALKS
from tests.talks import full
from tests.voyages import KIND, STATE

FEBRUARY = full("2026-02-15")


def cards(
    text: str, kind: Kind = KIND, state: Mapping[str, Any] = STATE, source: str | None = "sun1"
) -> tuple[Card, ...]:
    known = facts(kind, state)
    read = marked(text, date(2031, 3, 24), kind, state)
    return cards_of([(one, hold(one, known)) for one in read], kind, state, source)


def options(text: str, relation: str) -> list[Option]:
    return [one for card in cards(text) for one in card.options if one.relation == relation]


def test_another_amount_is_offered_as_the_kind_writes_it() -> None:
    [one] = options("The crew of the Gannet will have 15 sailors, Astrid Moen said.", "differs")
    assert one.placement.path == "crews[gannet]"
    assert one.placement.values == {"hands": {"from": 15, "to": 15, "unit": "sailors"}}
    assert one.old == {"hands": {"from": 12, "to": 12, "unit": "sailors"}}
    assert one.placement.said_by == ("moen",)
    assert one.placement.sources == ("sun1",)
    assert one.missing == ()


def test_other_days_are_offered_as_the_first_and_the_last() -> None:
    [one] = options("The spring passage is expected to begin on 6-8 April 2031.", "differs")
    assert one.placement.values == {"sails": "2031-04-06", "lands": "2031-04-08"}
    assert one.placement.status == "expected"


def test_somebody_new_joins_the_group_that_is_named() -> None:
    text = "Jonna Lindqvist joins the crew of the Gannet for the first time."
    [member] = options(text, "member")
    assert member.placement.path == "crews[gannet].members[lindqvist]"
    assert member.placement.status == "reported"
    [also] = member.also
    assert also.path == "sailors[lindqvist]"
    assert also.values == {"name": "Jonna Lindqvist", "rank": "officer", "ship": "gannet"}
    [entity] = options(text, "entity")
    assert entity.placement.path == "sailors[lindqvist]"


def test_a_name_that_is_nearly_known_may_be_a_spelling() -> None:
    found = options("The harbour welcomed Peter Dale, a stranger.", "entity")
    spelt = [one for one in found if one.old]
    assert [one.placement.path for one in spelt] == ["sailors[dahl]"]
    assert spelt[0].placement.values == {"spellings": ["Peter Dale"]}


def test_two_that_have_nothing_between_them_get_every_list_that_refers_to_both() -> None:
    [one] = options("The Petrel lies at Skarvik.", "pair")
    assert one.placement.path == "berths[petrel,skarvik]"
    assert one.missing == ("account",)


def test_the_words_of_a_speaker_are_offered_for_the_text_that_the_kind_wants() -> None:
    text = "“We have lain here for a week,” said Astrid Moen of the Gannet at Skarvik."
    [one] = options(text, "pair")
    assert one.placement.values == {"account": "“We have lain here for a week”"}
    assert one.missing == ()


def test_what_is_known_gets_a_source_more_and_its_word_of_firmness() -> None:
    [one] = options("Ulla Krog is confirmed as a mate of the Gannet.", "source")
    assert one.placement.path == "crews[gannet].members[krog]"
    assert one.placement.status == "confirmed"
    assert one.placement.sources == ("log1", "sun1")
    assert one.old == {"certainty": "reported", "reports": ["log1"]}


def test_nobody_is_offered_as_crew_of_another_ship_than_his_own() -> None:
    assert options("Peder Dahl met the Gannet.", "pair") == []


def test_the_same_is_offered_once_in_an_article() -> None:
    text = "Jonna Lindqvist joins the Gannet. Jonna Lindqvist left the Gannet early."
    assert len(options(text, "member")) == 1


def test_cards_are_numbered_in_the_order_of_the_text() -> None:
    found = cards("It rained.\nThe Petrel  lies\nat Skarvik. The mood was good.")
    assert [one.number for one in found] == [1, 2, 3]
    assert found[1].quote == "The Petrel lies at Skarvik."
    assert [one.is_open for one in found] == [False, True, False]


def test_without_publications_no_source_is_attached() -> None:
    for card in cards("The Petrel lies at Skarvik. The Gannet has 15 sailors.", source=None):
        assert all(one.placement.sources == () for one in card.options)


RIVER = """Ukraine's delegation will have eight members, Rustem Umerov said on Monday. Oskar Lind,
an adviser, joins the delegation of Ukraine. "We will not sign," said Vladimir Medinsky of the
nuclear plant. The third trilateral round begins on 19 February. Turkey hosts the exchange."""


def test_words_of_a_speaker_become_an_entry_where_a_list_is_made_of_words() -> None:
    text = "“We come to the table,” Marco Rubio said. “And we stay there,” Marco Rubio said."
    found = [
        one
        for card in cards(text, TALKS, FEBRUARY, "seed2")
        for one in card.options
        if one.placement.path.startswith("statements")
    ]
    assert [one.placement.path for one in found] == ["statements[rubio-1]", "statements[rubio-2]"]
    assert found[0].placement.values == {"text": "“We come to the table”", "party": "usa"}
    assert found[0].placement.said_by == ("rubio",)
    assert found[0].missing == ("name",)


def test_everybody_of_an_enumeration_gets_a_line() -> None:
    text = (
        "In Geneva on 17 February, Ukraine was represented by Rustem Umerov, Kyrylo Budanov, "
        "Andrii Hnatov, Davyd Arakhamia and Vadym Skibitskyi."
    )
    [card] = cards(text, TALKS, FEBRUARY, "seed2")
    members = [one.placement.path for one in card.options if one.relation == "source"]
    assert len([one for one in members if ".members[" in one]) == 5


@pytest.mark.parametrize("kind", [KIND, TALKS], ids=["ships", "talks"])
def test_whatever_is_offered_fits_its_kind(kind: Kind) -> None:
    """Once what is missing has been written."""
    text = "The Petrel lies at Skarvik. Ida Berg joins the Gannet. The Gannet has 15 sailors."
    read = cards(text) if kind is KIND else cards(RIVER, TALKS, FEBRUARY, "seed2")
    found = [one for card in read for one in card.options if "…" not in one.placement.path]
    assert len(found) >= 4
    for one in found:
        document = partial_of([one.placement, *one.also], kind)
        assert validate(document, kind, partial=True) == []


COMMITTEES = read_kind(
    {
        "type": "object",
        "properties": {
            "panels": {
                "title": "Panels",
                "type": "array",
                "x-key": ["code"],
                "items": {
                    "x-label": "{name}",
                    "type": "object",
                    "required": ["code", "name"],
                    "properties": {
                        "code": {"type": "string"},
                        "name": {"type": "string"},
                        "seats": {
                            "type": "array",
                            "x-key": ["id"],
                            "x-membership": {"entity": "id", "role": "role"},
                            "items": {
                                "x-label": "{name}",
                                "type": "object",
                                "required": ["id", "name", "rank"],
                                "properties": {
                                    "id": {"type": "string"},
                                    "name": {"type": "string"},
                                    "role": {"type": "string"},
                                    "rank": {"type": "integer"},
                                },
                            },
                        },
                    },
                },
            }
        },
    },
    name="panels",
)

PANELS = {
    "panels": [
        {"code": "A", "name": "the Panel on the Coast", "seats": [{"id": "p1", "name": "Una Roe"}]},
        {"code": "B", "name": "Peat", "seats": []},
    ]
}


def test_groups_without_a_list_of_people_get_members_by_name() -> None:
    """Who has an id in another group keeps it; a group may be called by what it is."""
    text = "Una Roe joins the Panel of Peat. Ivo Strand joins the Panel on the Coast."
    found = [one for card in cards(text, COMMITTEES, PANELS, None) for one in card.options]
    assert [one.placement.path for one in found] == [
        "panels[B].seats[p1]",
        "panels[A].seats[strand]",
    ]
    assert found[1].placement.values == {"name": "Ivo Strand"}
    assert found[1].missing == ("rank",)
