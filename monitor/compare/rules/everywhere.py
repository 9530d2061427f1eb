"""The same thing in many places at once: one finding with a count, not thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection
from monitor.kinds.values import token
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.said import Everywhere, Extent

EVERYWHERE = Rule(
    id="everywhere",
    summary="The same thing happened to a field of many entities.",
    significance=Significance.MINOR,
    mirror="everywhere",
)

# Fewer than this are told one by one.
MANY = 10
EXAMPLES = 3


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        if not scene.collection(path).keys:
            continue
        for field, changes in _by_field(scene, path).items():
            for what, alike in _alike(changes):
                yield _draft(scene, path, field, what, alike)


def _by_field(scene: Scene, path: str) -> dict[str, list[Change]]:
    """Changes of fields that no rule of meaning speaks of, where there are many."""
    telling = _telling(scene.collection(path))
    by_field: dict[str, list[Change]] = defaultdict(list)
    for _, change in scene.each_left(path):
        if change.field is not None and change.field not in telling:
            by_field[change.field].append(change)
    return {field: changes for field, changes in by_field.items() if len(changes) >= MANY}


def _telling(collection: Collection) -> set[str | None]:
    """Fields of which each move is news: roles, positions, plans, quantities, how firm it is."""
    names: set[str | None] = {
        name for name, f in collection.fields.items() if f.ladder or f.scale or f.quantity
    }
    if collection.membership is not None:
        names.add(collection.membership.role)
    if position := collection.position:
        names |= {position.value, position.quantity}
    if period := collection.period:
        names |= {period.start, period.end, period.state}
    return names


def _alike(changes: Sequence[Change]) -> Iterator[tuple[Extent, list[Change]]]:
    """Groups of many: a field that came or went, one value for another, one edit of a text."""
    rest = list(changes)
    for signature, what in _SIGNATURES:
        groups: dict[object, list[Change]] = defaultdict(list)
        for change in rest:
            groups[signature(change)].append(change)
        left = groups.pop(None, [])
        for group in groups.values():
            if len(group) >= MANY:
                yield what or _presence(group[0]) or "value", group
            else:
                left += group
        rest = left
        if len(rest) < MANY:
            return


def _presence(change: Change) -> Literal["appeared", "disappeared"] | None:
    if change.before is MISSING:
        return "appeared"
    return "disappeared" if change.after is MISSING else None


def _values(change: Change) -> object:
    return token(_plain(change.before)), token(_plain(change.after))


def _edit(change: Change) -> tuple[str, str] | None:
    """What was cut out and what was put in its place, for texts of which something stays."""
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    if start + end == 0:
        return None
    return before[start : len(before) - end], after[start : len(after) - end]


def _shared(one: str, other: str) -> int:
    """How many first characters two texts have in common."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


_SIGNATURES: tuple[tuple[Callable[[Change], object], Extent | None], ...] = (
    (_presence, None),
    (_values, "value"),
    (_edit, "edit"),
)
"""By what changes are alike, the surest first; None where the likeness itself says what it is."""


def _plain(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def _draft(scene: Scene, path: str, field: str, what: Extent, changes: list[Change]) -> Draft:
    collection = scene.collection(path)
    described = collection.fields.get(field)
    first = changes[0]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING
    if what == "value":
        before, after = scene.value(described, first.before), scene.value(described, first.after)
    elif what == "edit" and (edit := _edit(first)):
        before, after = edit
    said = Everywhere(
        what=what,
        field=described.title if described else field,
        section=collection.title,
        number=len(changes),
        examples=list(dict.fromkeys(change.label for change in changes))[:EXAMPLES],
        before=before,
        after=after,
    )
    return Draft(rule=EVERYWHERE.id, changes=tuple(changes), focus=None, said=said)


FAMILY = Family((EVERYWHERE,), _find)
