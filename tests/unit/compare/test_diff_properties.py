"""What must hold of every diff, on kinds and documents made at random."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.compare.diff import diff
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.kinds.values import same
from monitor.model.comparison import MISSING, Change
from tests.apply import apply, revert
from tests.unit.compare.generated import documents, kinds, shuffled

MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Kind, dict[str, Any], dict[str, Any]]:
    kind = draw(kinds())
    return kind, draw(documents(kind)), draw(documents(kind))


def changes(old: Any, new: Any, kind: Kind) -> tuple[Change, ...]:
    return diff(old, new, kind, situation="generated")


def address(change: Change) -> tuple[Any, ...]:
    return change.collection, change.key, change.field


@MANY
@given(pairs())
def test_applying_the_changes_to_the_old_document_gives_the_new_one(
    case: tuple[Kind, dict[str, Any], dict[str, Any]],
) -> None:
    kind, old, new = case
    found = changes(old, new, kind)
    assert same(apply(found, old, kind), canonical(new, kind))
    assert same(revert(found, new, kind), canonical(old, kind))


@MANY
@given(pairs())
def test_the_diff_of_the_other_direction_is_the_mirror(
    case: tuple[Kind, dict[str, Any], dict[str, Any]],
) -> None:
    kind, old, new = case
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    there = [
        (address(c), mirrored[c.op], c.after, c.before, c.significance)
        for c in changes(old, new, kind)
    ]
    back = [(address(c), c.op, c.before, c.after, c.significance) for c in changes(new, old, kind)]
    assert repr(there) == repr(back)


@MANY
@given(st.data(), pairs())
def test_the_order_of_names_lists_and_sets_changes_nothing(
    data: st.DataObject, case: tuple[Kind, dict[str, Any], dict[str, Any]]
) -> None:
    kind, old, new = case
    again = shuffled(data.draw, new, kind, kind.collections[""])
    assert changes(new, again, kind) == ()
    assert changes(old, again, kind) == changes(old, new, kind)


@MANY
@given(pairs())
def test_no_fact_is_named_twice_and_an_entity_is_added_or_removed_or_changed(
    case: tuple[Kind, dict[str, Any], dict[str, Any]],
) -> None:
    kind, old, new = case
    found = changes(old, new, kind)
    assert len({repr(address(c)) for c in found}) == len({c.id for c in found}) == len(found)
    whole = {repr((c.collection, c.key)) for c in found if c.field is None}
    parts = {repr((c.collection, c.key)) for c in found if c.field is not None}
    assert not whole & parts
    for change in found:
        assert not same(change.before, change.after)
        assert (change.op == "added") == (change.field is None and change.before is MISSING)
        assert (change.op == "removed") == (change.field is None and change.after is MISSING)


@MANY
@given(pairs())
def test_there_is_a_change_exactly_when_the_canonical_forms_differ(
    case: tuple[Kind, dict[str, Any], dict[str, Any]],
) -> None:
    kind, old, new = case
    assert (changes(old, new, kind) == ()) == same(canonical(old, kind), canonical(new, kind))
    assert changes(old, old, kind) == ()
