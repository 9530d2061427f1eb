"""Paths as people type them, and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.compare.paths import (
    find,
    format_path,
    join_field,
    parse_path,
    path_of,
    split_field,
)
from monitor.errors import NotFound
from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import MISSING

KIND = Kind(
    name="talks",
    hash="0",
    title="",
    collections={
        "": Collection(
            path="", title="", keys=(), children=("delegations", "stances", "box.items")
        ),
        "delegations": Collection(
            path="delegations", title="", keys=(("party",),), children=("members",)
        ),
        "delegations.members": Collection(
            path="delegations.members", title="", keys=(("person",),)
        ),
        "stances": Collection(path="stances", title="", keys=(("party", "issue"),)),
        "box.items": Collection(path="box.items", title="", keys=(("id",),), children=("parts",)),
        "box.items.parts": Collection(path="box.items.parts", title="", keys=(("no",),)),
    },
)
DOCUMENT: dict[str, Any] = {
    "delegations": [{"party": "russia", "members": [{"person": "k", "role": "head"}]}],
    "stances": [{"party": "ukraine", "issue": "guarantees", "quantity": {"min": 20}}],
    "box": {"items": [{"id": 7, "parts": [{"no": "1"}]}]},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("delegations[russia].members[k].role", "head"),
        ("stances[ukraine,guarantees].quantity.min", 20),
        ("box.items[7].parts[1]", {"no": "1"}),
        ('box.items[7].parts["1"].no', "1"),
        ("delegations[russia].members", [{"person": "k", "role": "head"}]),
        ("delegations[usa].members[k].role", MISSING),
        ("delegations[russia].size", MISSING),
        ("box.items", [{"id": 7, "parts": [{"no": "1"}]}]),
    ],
)
def test_a_path_finds_what_it_names(path: str, value: Any) -> None:
    assert find(DOCUMENT, path, KIND) == value


@pytest.mark.parametrize("path", ["nothing[a]", "stances[ukraine]", "delegations[[", "[a]"])
def test_a_path_that_cannot_be_is_refused(path: str) -> None:
    with pytest.raises(NotFound):
        parse_path(path, KIND)


KEYS = st.one_of(
    st.text(), st.integers(), st.sampled_from(["1", "true", "a,b", "@old=1", "]", '"'])
)


@settings(max_examples=300, deadline=None)
@given(KEYS, KEYS, st.lists(st.text(), min_size=1, max_size=3))
def test_every_path_reads_back_to_what_it_was_made_from(
    first: Any, second: Any, steps: Any
) -> None:
    field = join_field(tuple(steps))
    assert split_field(field) == tuple(steps)
    for collection, key in (
        ("stances", ((("party", first), ("issue", second)),)),
        ("delegations.members", ((("party", first),), (("person", second),))),
        ("box.items.parts", ((("id", first),), (("no", second),))),
    ):
        assert parse_path(format_path(collection, key), KIND) == (collection, key, None)
        if field not in ("members", "parts"):
            path = format_path(collection, key, field, kind=KIND)
            assert parse_path(path, KIND) == (collection, key, field)


def test_a_list_is_found_in_a_document_by_what_it_is() -> None:
    target = DOCUMENT["box"]["items"][0]["parts"]
    assert path_of(DOCUMENT, target) == ("box", "items", 0, "parts")
    assert path_of(DOCUMENT, [{"no": "1"}]) is None
