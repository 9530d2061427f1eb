"""The changes between the talks' real versions are exact, complete and reversible."""

from __future__ import annotations

from itertools import combinations

import pytest

from monitor.compare.diff import diff
from monitor.kinds.canonical import canonical_bytes
from monitor.model.comparison import Change
from tests.apply import apply, revert
from tests.talks import KIND, VERSIONS, full

PAIRS = list(combinations(VERSIONS, 2))


def _mirrored(change: Change) -> tuple[object, ...]:
    op = {"added": "removed", "removed": "added"}.get(change.op, change.op)
    return op, change.collection, change.key, change.field, change.after, change.before


def _plain(change: Change) -> tuple[object, ...]:
    return (
        change.op,
        change.collection,
        change.key,
        change.field,
        change.before,
        change.after,
    )


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_changes_lead_from_one_version_to_the_other_and_back(old: str, new: str) -> None:
    changes = diff(full(old), full(new), KIND, situation="ukraine-talks")
    assert canonical_bytes(apply(changes, full(old), KIND), KIND) == canonical_bytes(
        full(new), KIND
    )
    assert canonical_bytes(revert(changes, full(new), KIND), KIND) == canonical_bytes(
        full(old), KIND
    )


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_way_back_is_the_mirror_of_the_way_there(old: str, new: str) -> None:
    there = diff(full(old), full(new), KIND, situation="ukraine-talks")
    back = diff(full(new), full(old), KIND, situation="ukraine-talks")
    assert sorted(map(repr, map(_plain, back))) == sorted(map(repr, map(_mirrored, there)))


@pytest.mark.parametrize("as_of", VERSIONS)
def test_a_version_does_not_differ_from_itself(as_of: str) -> None:
    assert diff(full(as_of), full(as_of), KIND, situation="ukraine-talks") == ()
