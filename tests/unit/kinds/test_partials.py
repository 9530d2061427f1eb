"""A partial snapshot may leave things out; what it says is held to the kind like any other."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.kinds.kind import Kind
from monitor.kinds.validation import validate
from monitor.kinds.walking import named_path
from tests.reading import content, kind_of

HARBOUR = kind_of("""\
    additionalProperties: false
    properties:
      motto: {type: string}
      ships:
        type: array
        x-key: [id]
        items:
          type: object
          additionalProperties: false
          required: [id, name]
          properties:
            id: {type: string}
            name: {type: string}
            flag: {enum: [red, green, white]}
            size:
              type: object
              additionalProperties: false
              properties: {length: {type: number}, beam: {type: number}}
            draught:
              type: object
              additionalProperties: false
              x-quantity: {low: min, high: max}
              properties: {min: {type: number}, max: {type: number}}
            cargo: {}
            crew:
              type: array
              x-key: [person]
              items:
                type: object
                additionalProperties: false
                required: [person, rank]
                properties:
                  person: {type: string}
                  rank: {enum: [master, mate]}
                  note: {type: [string, "null"]}
    """)

OPEN = kind_of("""\
    properties:
      ships:
        type: array
        x-key: [id]
        items:
          type: object
          properties: {id: {type: string}, name: {type: string}}
    """)


def told(text: str, *covered: str, kind: Kind = HARBOUR, partial: bool = True) -> list[str]:
    document: Any = content(text)
    found = validate(document, kind, partial=partial, covered=covered)
    return [f"{named_path(fault.path, document, kind)}: {fault.message}" for fault in found]


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mottto: null\n", "mottto: unknown field mottto; did you mean motto?"),
        (
            "ships: [{id: a, name: A, nmae: null}]\n",
            "ships[a].nmae: unknown field nmae; did you mean name?",
        ),
        (
            "ships: [{id: a, name: slow, two masts}]\n",
            "ships[a].two masts: unknown field two masts; "
            "a text with a comma in it is written in quotes",
        ),
        (
            "ships: [{id: a, name: A, size: {lenght: null}}]\n",
            "ships[a].size.lenght: unknown field lenght; did you mean length?",
        ),
        (
            "ships: [{id: a, name: A, draught: {min: 3, maximum: null}}]\n",
            "ships[a].draught.maximum: unknown field maximum",
        ),
        (
            "ships: [{id: a, name: A, crew: [{person: p, rank: mate, rnak: null}]}]\n",
            "ships[a].crew[p].rnak: unknown field rnak; did you mean rank?",
        ),
        (
            "ships: [{id: a, name: A, falg: [1, 2]}]\n",
            "ships[a].falg: unknown field falg; did you mean flag?",
        ),
        (
            "ships: [{id: a, name: A, flag: gren}]\n",
            'ships[a].flag: "gren" is not one of "red", "green" or "white"; did you mean green?',
        ),
    ],
)
def test_what_is_unknown_is_unknown_in_full_and_in_part(
    text: str, expected: str, partial: bool
) -> None:
    assert told(text, partial=partial) == [expected]


def test_an_entry_that_goes_is_held_to_the_kind_too() -> None:
    assert told("ships: [{id: a, x-removed: true, nmae: null, flag: blue}]\n") == [
        'ships[a].flag: "blue" is not one of "red", "green" or "white"',
        "ships[a].nmae: unknown field nmae; did you mean name?",
    ]


@pytest.mark.parametrize("mark", ["x-remove", "removed", "x-removd", "X-Removed"])
def test_a_misspelt_mark_is_named_where_names_are_closed(mark: str) -> None:
    found = told(f"ships: [{{id: a, {mark}: true}}]\n")
    assert found == [f"ships[a].{mark}: unknown field {mark}; did you mean x-removed?"]


def test_a_misspelt_mark_is_named_where_any_name_is_taken() -> None:
    found = told("ships: [{id: a, x-removd: true, x-ray: 1}]\n", kind=OPEN)
    assert found == ["ships[a].x-removd: there is no mark x-removd; did you mean x-removed?"]


def test_a_mark_inside_an_object_removes_nothing_and_is_unknown() -> None:
    found = told("ships: [{id: a, size: {x-removed: true}}]\n")
    assert found == ["ships[a].size.x-removed: unknown field x-removed"]


def test_null_clears_what_is_known_and_not_required() -> None:
    assert told("motto: null\nships: [{id: a, flag: null, size: {beam: null}}]\n") == []
    assert told("ships: [{id: a, crew: [{person: p, note: null}]}]\n") == []


def test_null_for_what_the_kind_requires_is_refused_in_its_place() -> None:
    assert told("ships: [{id: a, name: null, crew: [{person: p, rank: null}]}]\n") == [
        "ships[a].crew[p].rank: null clears it, and the kind requires it",
        "ships[a].name: null clears it, and the kind requires it",
    ]
    assert told("ships: [{id: null, flag: red}]\n") == [
        "ships[0]: an entry of ships has no key: id is missing"
    ]


def test_null_inside_what_is_replaced_whole_is_a_value() -> None:
    assert told("ships: [{id: a, cargo: {grain: null}}]\n") == []
    assert told("ships: [{id: a, draught: {min: null}}]\n") == [
        'ships[a].draught.min: null is not of type "number"'
    ]


def test_a_list_that_is_spoken_for_in_full_is_checked_in_full() -> None:
    text = "ships: [{id: a, flag: null}, {id: b, x-removed: true}]\n"
    assert told(text, "ships") == [
        "ships[a]: the field name is missing",
        'ships[a].flag: null is not one of "red", "green" or "white"',
    ]
    inside = "ships: [{id: a, crew: [{person: p}]}]\n"
    assert told(inside, "ships.crew") == ["ships[a].crew[p]: the field rank is missing"]
    assert told(inside) == []


def test_a_name_is_known_through_references_patterns_and_alternatives() -> None:
    kind = kind_of("""\
        additionalProperties: false
        properties:
          box:
            type: object
            unevaluatedProperties: false
            allOf: [{$ref: "#/$defs/sized"}]
            properties: {tall: {type: number}}
            patternProperties: {"^note-": {type: string}}
        $defs:
          sized: {properties: {wide: {type: number}}}
        """)
    assert told("box: {wide: null, note-a: null}\n", kind=kind) == []
    assert told("box: {deep: null}\n", kind=kind) == ["box.deep: unknown field deep"]
