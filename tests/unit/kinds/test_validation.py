"""What fits a kind, in full and in part, beyond what snapshots show."""

from __future__ import annotations

import time
from typing import Any

import pytest

from monitor.kinds.kind import Kind
from monitor.kinds.validation import validate
from monitor.kinds.walking import entities, named_path
from tests.reading import content, kind_of

CLUB = kind_of()


def messages(document: Any, kind: Kind = CLUB, *, partial: bool = False) -> list[str]:
    return [
        f"{named_path(fault.path, document, kind)}: {fault.message}"
        for fault in validate(document, kind, partial=partial)
    ]


def test_a_document_is_an_object() -> None:
    assert messages([]) == [": a document is an object with named lists"]


def test_what_demands_presence_is_not_asked_of_a_partial() -> None:
    kind = kind_of("""\
        properties:
          thing:
            type: object
            minProperties: 2
            oneOf: [{required: [a]}, {required: [b]}]
            not: {required: [c]}
            dependentRequired: {a: [b]}
            properties: {a: {type: string}, b: {type: string}, c: {type: string}}
        """)
    assert messages({"thing": {"c": "x"}}, kind, partial=True) == []
    assert len(messages({"thing": {"c": "x"}}, kind)) >= 3
    assert messages({"thing": {"c": 5}}, kind, partial=True) == [
        'thing.c: 5 is not of type "string"'
    ]


def test_a_property_called_like_a_keyword_is_a_property() -> None:
    kind = kind_of("""\
        properties:
          required: {type: string}
          not: {type: integer}
        """)
    assert messages({"required": 5, "not": 5}, kind, partial=True) == [
        'required: 5 is not of type "string"'
    ]


def test_keys_and_references_match_by_folded_text() -> None:
    document = content("""\
        people: [{id: "Jose\\u0301", name: J}, {id: "b  c", name: B}]
        teams:
          - {sport: x, season: 1, players: [{person: "Jos\\u00e9"}, {person: " b c"}]}
        """)
    assert messages(document) == []
    document["people"].append({"id": "José", "name": "again"})
    assert messages(document) == ["people[José]: people has two entries José"]


def test_alternative_keys_are_one_to_one() -> None:
    kind = kind_of("""\
        properties:
          things:
            type: array
            x-key: [[a], [name]]
            items: {type: object, properties: {a: {type: string}, name: {type: string}}}
        """)
    document = {"things": [{"a": "1", "name": "x"}, {"name": "y"}, {"name": "x"}, {}]}
    assert messages(document, kind) == [
        "things[x]: things has two entries x",
        "things[3]: an entry of things has no key: a is missing, nor name",
    ]


def test_a_reference_to_a_nested_list_is_found_anywhere_in_it() -> None:
    kind = kind_of("""\
        properties:
          rooms:
            type: array
            x-key: [id]
            items:
              type: object
              properties:
                id: {type: string}
                desks:
                  type: array
                  x-key: [id]
                  items: {type: object, properties: {id: {type: string}}}
          best: {type: array, items: {type: string}, x-ref: rooms.desks}
        """)
    document = {"rooms": [{"id": "r", "desks": [{"id": "d"}]}], "best": ["d", "r"]}
    assert messages(document, kind) == ["best[1]: best names r, which is not in rooms.desks"]


@pytest.mark.parametrize("partial", [False, True])
def test_entries_that_are_no_objects_are_told_and_passed_over(partial: bool) -> None:
    document = {"people": [5, None, {"id": "a", "name": "A"}], "teams": 3}
    assert len(messages(document, partial=partial)) == 3
    assert [path for _, _, path in entities(document, CLUB)] == [(), ("people", 2)]


def test_a_pattern_takes_linear_time() -> None:
    kind = kind_of("properties: {a: {type: string, pattern: '^(a+)+$'}}")
    start = time.process_time()
    assert len(validate({"a": "a" * 50_000 + "b"}, kind)) == 1
    assert time.process_time() - start < 30
