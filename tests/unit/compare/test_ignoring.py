"""What does not belong to the content is counted and never told."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.ignoring import Ignoring
from monitor.compare.infer import infer_kind
from monitor.compare.significance import RuleSettings
from monitor.kinds.reading import read_kind
from monitor.model.comparison import Comparison, State, VersionRef
from tests.unit.compare.plain import compared

OLD: dict[str, Any] = {
    "fetched": {"at": "2031-01-01", "by": "cron"},
    "boards": [
        {"id": "north", "seen": 1, "seats": [{"id": "a", "seen": 1, "post": "chair"}]},
        {"id": "south", "seen": 1, "seats": [{"id": "b", "seen": 1, "post": "clerk"}]},
    ],
}
NEW: dict[str, Any] = {
    "fetched": {"at": "2031-01-02", "by": "hand"},
    "boards": [
        {"id": "north", "seen": 2, "seats": [{"id": "a", "seen": 2, "post": "clerk"}]},
        {"id": "south", "seen": 2, "seats": [{"id": "b", "seen": 2, "post": "chair"}]},
    ],
}


def ignoring(*patterns: str, old: Any = OLD, new: Any = NEW) -> Comparison:
    return compared(old, new, context=Context(rules=RuleSettings(ignore=patterns)))


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("seen", 4),
        ("se?n", 4),
        ("boards.seen", 2),
        ("boards.seats.seen", 2),
        ("seats.seen", 2),
        ("boards.*.seen", 2),
        ("boards[*].seen", 2),
        ("boards[north].seen", 1),
        ("boards[north].**.seen", 2),
        ("boards[north]", 3),
        ("boards.*.seats.*.post", 2),
        ("seats", 4),
        ("fetched", 2),
        ("fetched.at", 1),
        ("**.at", 1),
        ("**", 8),
        ("unseen", 0),
        ("boards.post", 0),
    ],
)
def test_a_pattern_is_a_name_or_a_path_with_wildcards(pattern: str, number: int) -> None:
    found = ignoring(pattern)
    assert found.ignored == ({pattern: number} if number else {})
    assert len(found.changes) == 8 - number
    owned = [identity for finding in found.findings for identity in finding.changes]
    assert sorted(owned) == sorted(change.id for change in found.changes)


def test_each_pattern_counts_what_it_takes_first() -> None:
    assert ignoring("boards.seen", "seen").ignored == {"boards.seen": 2, "seen": 2}


def test_entries_of_which_only_that_changed_stand_as_before() -> None:
    rows = [{"id": at, "seen": at} for at in range(3)]
    found = ignoring("seen", old=rows, new=[{**row, "seen": 9} for row in rows])
    assert (found.unchanged, found.findings, found.ignored) == (3, (), {"seen": 3})


def test_what_is_new_is_told_whole() -> None:
    rows = [{"id": at, "seen": at} for at in range(3)]
    (finding,) = ignoring("seen", old=rows[:2], new=rows).findings
    assert finding.rule == "added"


def test_members_of_objects_are_named_by_their_own_names() -> None:
    old = {f"c{at}": [{"name": f"Una {at} Mor", "rank": 1}] for at in range(4)}
    new = {name: [{**entry, "rank": 2} for entry in part] for name, part in old.items()}
    assert ignoring("c1.*.rank", old=old, new=new).ignored == {"c1.*.rank": 1}
    assert ignoring("*.*.rank", old=old, new=new).ignored == {"*.*.rank": 4}


@pytest.mark.parametrize("pattern", ["seen", "boards[north].seats[a].post", "fetched.*", "se*"])
def test_a_pattern_that_fits_something_is_accepted(pattern: str) -> None:
    found = infer_kind(OLD, NEW)
    assert not list(Ignoring([pattern], found.kind).misfits(found.old, found.new))


@pytest.mark.parametrize(
    ("pattern", "near"), [("seeen", "seen"), ("boards[est].post", "post"), ("fetchd", "fetched")]
)
def test_a_pattern_that_fits_nothing_is_refused_with_the_nearest_name(
    pattern: str, near: str
) -> None:
    found = infer_kind(OLD, NEW)
    ((wrong, text),) = Ignoring([pattern], found.kind).misfits(found.old, found.new)
    assert wrong == pattern
    assert near in text


def test_a_kind_says_itself_what_is_no_content() -> None:
    seat = {"id": {"type": "string"}, "seen": {"type": "integer", "x-ignore": True}}
    lists: Any = {
        "seats": {"type": "array", "x-key": ["id"], "items": {"properties": seat}},
        "visits": {
            "type": "array",
            "x-key": ["id"],
            "x-ignore": True,
            "items": {"properties": {"id": {"type": "string"}}},
        },
    }
    kind = read_kind({"type": "object", "properties": lists}, name="board")
    old = {"seats": [{"id": "a", "seen": 1}], "visits": [{"id": "v"}]}
    new = {"seats": [{"id": "a", "seen": 2}, {"id": "b", "seen": 1}], "visits": []}
    states = [
        State(ref=VersionRef(situation="x", as_of=day, content_hash=day), document=document)
        for day, document in (("2031-01-01", old), ("2031-01-02", new))
    ]
    found = compare(states[0], states[1], kind)
    assert found.ignored == {"seats.seen": 1, "visits": 1}
    assert [finding.rule for finding in found.findings] == ["added"]
