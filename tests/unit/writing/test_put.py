"""Placements are written into the text of a draft."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.reader import read_document
from monitor.collect.yaml_writing import write_flow, write_yaml
from monitor.errors import MonitorError
from monitor.kinds.reading import read_kind
from monitor.writing.placing import Placement, partial_of, place_in
from monitor.writing.put import put
from tests.talks import KIND

HEAD = "kind: negotiation\nsituation: river # ours\nas_of: 2026-03-04\ncoverage: partial\n"

FLEET = read_kind(
    {
        "title": "Fleet",
        "type": "object",
        "properties": {
            "ships": {
                "type": "array",
                "x-key": ["number"],
                "x-provenance": {"sources": "source"},
                "items": {
                    "type": "object",
                    "properties": {
                        "number": {"type": "integer"},
                        "source": {"type": "string"},
                        "hull": {
                            "type": "object",
                            "properties": {
                                "length": {"type": "number"},
                                "colour": {"type": "string"},
                            },
                        },
                    },
                },
            }
        },
    },
    name="fleet",
)


def read(text: str) -> Any:
    return read_document(text.encode(), name="draft").document


def test_an_entry_is_made_where_there_is_no_list() -> None:
    placed = Placement(
        path="delegations[red].members[ash]",
        values={"role": "head"},
        status="announced",
        said_by=("brandt",),
        sources=("post0303",),
    )
    assert put(f"{HEAD}\n# below\n", placed, KIND) == (
        f"{HEAD}delegations:\n"
        "  - party: red\n"
        "    members:\n"
        "      - person: ash\n"
        "        role: head\n"
        "        status: announced\n"
        "        said_by: [brandt]\n"
        "        sources: [post0303]\n"
        "\n# below\n"
    )


def test_a_second_source_is_added_to_what_stands_there() -> None:
    text = f"{HEAD}stances:\n  - {{party: red, issue: dam, sources: [a]}} # mine\n"
    made = put(text, Placement(path="stances[red,dam]", sources=("a", "b")), KIND)
    assert made == text.replace("[a]", "[a, b]")


def test_numbers_in_a_key_and_fields_inside_objects_are_written_as_the_kind_has_them() -> None:
    text = "ships:\n  - number: 7\n    hull:\n      colour: red\n"
    for path in ("ships[7]", "ships[8]"):
        text = put(
            text, Placement(path=path, values={"hull.length": 30}, sources=("a", "b")), FLEET
        )
    assert read(text) == {
        "ships": [
            {"number": 7, "hull": {"colour": "red", "length": 30}, "source": "b"},
            {"number": 8, "hull": {"length": 30}, "source": "b"},
        ]
    }


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("delegations: 5\n", "delegations is no list"),
        ("delegations: [{party: red, x-removed: true}]\n", "taken out in this draft"),
    ],
)
def test_where_nothing_can_be_put_in_that_is_said(body: str, fault: str) -> None:
    with pytest.raises(MonitorError, match=fault):
        put(HEAD + body, Placement(path="delegations[red]", values={"note": "x"}), KIND)


@pytest.mark.parametrize("path", ["nowhere[x]", "delegations", "title", "delegations[ ]"])
def test_a_path_that_names_no_entry_is_refused(path: str) -> None:
    with pytest.raises(MonitorError):
        put(HEAD, Placement(path=path), KIND)


_ID = st.sampled_from(["red", "blue", "a b", "on", "7", "Ёж", "x: y", "it's"])
_VALUE = st.one_of(
    st.none(), st.text("ab:#'\n -", max_size=5), st.integers(0, 9), st.lists(_ID, max_size=2)
)


@st.composite
def _placements(draw: st.DrawFn) -> Placement:
    name = draw(_ID)
    quoted = f'"{name}"' if any(sign in name for sign in ":,") else name
    path = draw(
        st.sampled_from(
            [
                f"delegations[{quoted}]",
                f"delegations[red].members[{quoted}]",
                f"stances[red,{quoted}]",
                f"parties[{quoted}]",
            ]
        )
    )
    return Placement(
        path=path,
        values=draw(st.dictionaries(st.sampled_from(["note", "size", "role"]), _VALUE, max_size=2)),
        status=draw(st.sampled_from([None, "confirmed"])),
        said_by=tuple(draw(st.lists(_ID, max_size=2))),
        sources=tuple(draw(st.lists(_ID, max_size=2))),
    )


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """A draft that somebody has begun: by hand in flow style, or in block style."""
    body = HEAD
    for name, entries in partial_of(draw(st.lists(_placements(), max_size=4)), KIND).items():
        body += f"# of {name}\n"
        if draw(st.booleans()):
            body += f"{name}: {write_flow(entries)} # flow\n"
        else:
            body += write_yaml({name: entries})
    return body + draw(
        st.sampled_from(["", "stances:\n", "\n# [post0303:1]\n", "parties: [] # none\n"])
    )


@settings(max_examples=40, deadline=None)
@given(_texts(), st.lists(_placements(), min_size=1, max_size=3))
def test_any_placement_into_any_draft_is_the_merged_document(
    text: str, placements: list[Placement]
) -> None:
    try:
        wanted = read(text)
    except MonitorError:
        return  # a list stands twice
    made = text
    for one in placements:
        place_in(wanted, one, KIND)
        made = put(made, one, KIND)
        assert read(made) == wanted
        assert put(made, one, KIND) == made
    assert all(line in made for line in ("# ours", *(["# flow"] if "# flow" in text else [])))
    assert made.count("# of ") == text.count("# of ")
