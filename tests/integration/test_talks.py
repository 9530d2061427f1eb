"""The shipped snapshots of the talks: who says what, when, and no fact too early."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from monitor.collect.reader import read_document
from monitor.collect.snapshot import Snapshot
from monitor.compare.history import fact_history
from monitor.kinds.kind import Collection
from monitor.kinds.walking import entities
from monitor.model.comparison import Document
from tests.talks import FOLDER, KIND, VERSIONS, full, snapshot, state

DATES = ("date", "published", "day")
UNNAMED = "publisher not named"


def _values(value: Any, name: str) -> Iterator[str]:
    """Every value of the fields of that name, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, str):
                yield inner
            yield from _values(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, name)


@cache
def _facts(as_of: str) -> tuple[tuple[Collection, Document], ...]:
    """The entities of the full state that state a fact: those whose kind asks who says so."""
    return tuple(
        (collection, entity)
        for collection, entity, _ in entities(full(as_of), KIND)
        if collection.provenance is not None
    )


def test_there_are_nine_versions_and_the_first_is_full() -> None:
    assert VERSIONS == (
        "2026-01-22",
        "2026-01-24",
        "2026-01-27",
        "2026-02-02",
        "2026-02-05",
        "2026-02-08",
        "2026-02-15",
        "2026-02-17",
        "2026-02-20",
    )
    assert snapshot(VERSIONS[0]).is_full


@pytest.mark.parametrize("as_of", VERSIONS)
def test_a_snapshot_reads_and_its_merged_state_is_valid(as_of: str) -> None:
    read: Snapshot = snapshot(as_of)
    assert read.as_of == as_of
    assert read.situation == "ukraine-talks"
    assert full(as_of)["parties"]


@pytest.mark.parametrize("as_of", VERSIONS)
def test_an_editor_finds_no_fault_by_the_schema_that_a_snapshot_links_to(as_of: str) -> None:
    path = FOLDER / f"{as_of}.yaml"
    link = path.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
    schema = json.loads((path.parent / link).read_text(encoding="utf-8"))
    document = read_document(path.read_bytes(), name=path.name).document
    faults = jsonschema_rs.validator_for(schema).iter_errors(document)
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("as_of", VERSIONS)
def test_no_fact_and_no_source_is_later_than_its_snapshot(as_of: str) -> None:
    said = snapshot(as_of).content
    late = {value for name in DATES for value in _values(said, name) if value > as_of}
    assert late == set()


@pytest.mark.parametrize("as_of", VERSIONS)
def test_every_fact_has_a_status_and_sources(as_of: str) -> None:
    bare = [
        (collection.path, entity)
        for collection, entity in _facts(as_of)
        if not (entity.get("status") and entity.get("sources"))
        and not (collection.path == "people" and "post" not in entity)
    ]
    assert bare == []


def test_every_source_has_publisher_link_and_date() -> None:
    known = full(VERSIONS[-1])["sources"]
    without_link = [entry["id"] for entry in known if not entry.get("url")]
    assert without_link == ["seed"], "only the article that gave the start has no known link"
    assert all(entry["publisher"] and entry["published"] for entry in known)
    assert [entry["id"] for entry in known if entry["publisher"] == UNNAMED] == ["seed"]


def test_every_source_is_cited() -> None:
    document = full(VERSIONS[-1])
    states = [full(as_of) for as_of in VERSIONS]
    cited = {
        source
        for state in states
        for _, entity, _ in entities(state, KIND)
        for source in (*entity.get("sources", ()), *filter(None, [entity.get("source")]))
        if isinstance(source, str)
    }
    assert {entry["id"] for entry in document["sources"]} - cited == set()


def test_the_history_of_a_role_holds_every_value_with_its_date() -> None:
    states = [state(as_of) for as_of in VERSIONS]
    history = fact_history(states, KIND, "delegations[russia].members[kostyukov].role")
    assert [(fact.version.as_of, fact.until, fact.value) for fact in history] == [
        ("2026-01-22", "2026-01-22", "member"),
        ("2026-01-24", "2026-02-08", "head"),
        ("2026-02-15", "2026-02-15", None),
        ("2026-02-17", "2026-02-20", "member"),
    ]
    assert history[-1].provenance.said_by == "Dmitry Peskov"


def test_contradicting_values_of_the_length_of_guarantees_all_stand() -> None:
    (stance,) = [
        entry
        for entry in full("2026-02-17")["stances"]
        if (entry["party"], entry["issue"]) == ("ukraine", "security-guarantees")
    ]
    assert stance["quantity"] == {"min": 20, "max": 50, "unit": "years"}
    assert {entry["source"]: entry["value"] for entry in stance["disputed"]} == {
        "iex0215": {"min": 20, "unit": "years"},
        "tin0214": {"min": 20, "unit": "years"},
        "seed": {"min": 30, "max": 50, "unit": "years"},
    }


def test_the_starting_article_is_cited_for_each_of_its_facts() -> None:
    places = {
        collection.path
        for collection, entity, _ in entities(full("2026-02-17"), KIND)
        if "seed" in entity.get("sources", ()) or entity.get("source") == "seed"
    }
    assert places >= {
        "delegations",
        "delegations.members",
        "mediators",
        "rounds",
        "rounds.agenda",
        "rounds.arrangements",
        "rounds.disputed",
        "stances",
        "stances.disputed",
        "statements",
        "statements.disputed",
    }
