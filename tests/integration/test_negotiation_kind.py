"""The shipped kind describes itself: an editor shows what each property is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from monitor.collect.kindfile import load_kind

KIND = load_kind("negotiation", relative_to=None)
FACTS = [path for path, found in KIND.collections.items() if found.provenance is not None]


def _objects(schema: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of an object with properties, and where it stands."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield place, schema
        for name, inner in schema.items():
            yield from _objects(inner, f"{place}/{name}")
    elif isinstance(schema, list):
        for position, inner in enumerate(schema):
            yield from _objects(inner, f"{place}/{position}")


OBJECTS = list(_objects(dict(KIND.schema)))


@pytest.mark.parametrize(("place", "schema"), OBJECTS, ids=[place or "/" for place, _ in OBJECTS])
def test_an_object_takes_no_other_fields_and_describes_its_own(
    place: str, schema: dict[str, Any]
) -> None:
    assert schema["additionalProperties"] is False
    shared = KIND.schema["$defs"]
    for name, written in schema["properties"].items():
        reference = written.get("$ref", "").removeprefix("#/$defs/")
        told = {**shared.get(reference, {}), **written}
        assert told.get("title"), f"{place}: {name} has no title"
        assert told.get("description"), f"{place}: {name} has no description"


@pytest.mark.parametrize("path", FACTS)
def test_a_fact_says_how_firm_it_is_and_who_says_so(path: str) -> None:
    fact = KIND.collections[path]
    assert fact.provenance is not None
    assert fact.provenance.firmness == "status"
    assert fact.fields["status"].ladder[0] == "denied"
    assert fact.fields["status"].ladder[-1] == "confirmed"
    assert fact.fields["sources"].ref == "sources"
    assert fact.fields["said_by"].ref == "people"


def test_only_one_person_heads_a_delegation() -> None:
    membership = KIND.collections["delegations.members"].membership
    assert membership is not None
    assert membership.single == ("head",)
