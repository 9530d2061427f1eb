"""Two documents of one kind -> the changes between them: exact, complete, reversible.

Lists are keyed before anything is compared (match.py), the two documents are walked side by side
(walk.py), and each difference is given a label, an id, its sources and the significance that the
kind says. Nothing here knows a rule: what the changes mean is said by the findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.compare.differences import is_near
from monitor.compare.identity import change_id
from monitor.compare.labels import EntityLabels
from monitor.compare.paths import dig, split_field
from monitor.compare.plan import plan_of
from monitor.compare.walk import Place, RawChange, Walk
from monitor.kinds.kind import Kind
from monitor.kinds.values import token
from monitor.model.comparison import MISSING, Change, Document, Significance

# What a change counts where a kind does not say.
DEFAULT = Significance.MINOR


def diff(old: Document, new: Document, kind: Kind, *, situation: str) -> tuple[Change, ...]:
    """Every difference between two documents, in the kind's order, then by key and field.

    The documents may be in any order and need not be canonical; the values in the changes are.
    Raises MatchError when entries of a keyed list cannot be told apart.
    """
    walk = Walk(plan_of(kind), described=not kind.inferred, tolerance=kind.tolerance)
    walk.documents(old, new)
    labels = _ChangeLabels(EntityLabels(new, kind, older=old))
    found = _in_order(walk.found)
    return tuple(_change(difference, situation, labels) for difference in found)


def within_tolerance(changes: Sequence[Change], kind: Kind) -> int:
    """How many changes are there only because numbers were measured anew."""
    return sum(
        change.significance is Significance.NOISE and _is_tolerated(change, kind)
        for change in changes
    )


def _is_tolerated(change: Change, kind: Kind) -> bool:
    if change.op != "changed" or change.field is None:
        return False
    collection = kind.collections.get(change.collection)
    field = collection.fields.get(change.field) if collection else None
    tolerance = kind.tolerance if kind.tolerance is not None or not field else field.tolerance
    return tolerance is not None and is_near(change.before, change.after, tolerance)


def _change(difference: RawChange, situation: str, labels: _ChangeLabels) -> Change:
    place, op, field = difference.place, difference.op, difference.field
    before, after = difference.before, difference.after
    path, key = place.plan.path, place.key
    identity = change_id(situation, path, key, field=field, before=before, after=after)
    label, sources = labels.of(place), _sources(place)
    weight = _significance(difference)
    return Change(identity, op, path, key, label, field, before, after, weight, sources)


def _significance(difference: RawChange) -> Significance:
    """Noise whatever the kind says; else the field's own, the collection's, the default."""
    if difference.noise:
        return Significance.NOISE
    described, op = difference.described, difference.op
    if described is not None and op in described.significance:
        return described.significance[op]
    return difference.place.plan.collection.significance.get(op, DEFAULT)


def _sources(place: Place) -> tuple[str, ...]:
    """The ids of the entity's sources, those of the newer side first, each once."""
    fields = place.plan.collection.provenance
    if fields is None or fields.sources is None:
        return ()
    steps = split_field(fields.sources)
    found: dict[str, None] = {}
    for side in (place.new, place.old):
        value = dig(side, steps)
        for member in value if isinstance(value, list) else [value]:
            if isinstance(member, str):
                found[member] = None
    return tuple(found)


class _ChangeLabels:
    """One label per place, made once however many fields of it changed."""

    def __init__(self, labels: EntityLabels) -> None:
        self._labels = labels
        self._known: dict[Place, str] = {}

    def of(self, place: Place) -> str:
        found = self._known.get(place)
        if found is None:
            found = self._label(place)
            self._known[place] = found
        return found

    def _label(self, place: Place) -> str:
        """As the newer side calls it; as the older does where the newer has lost the name."""
        path, key, chain = place.plan.path, place.key, _chain(place)
        if key and place.plan.collection.label and place.new is not MISSING is not place.old:
            label = self._labels.named(path, key, chain)
            label = label or self._labels.named(path, key, [*chain[:-1], place.old])
            if label:
                return label
        return self._labels.of_chain(path, key, chain)


def _chain(place: Place | None) -> list[Any]:
    """The entities from the first list down to this one, each as the newer side has it."""
    chain: list[Any] = []
    while place is not None:
        chain.append(place.old if place.new is MISSING else place.new)
        place = place.above
    return chain[::-1]


def _in_order(found: list[RawChange]) -> list[RawChange]:
    """In the kind's order, then by key and field; what is sorted is one rank for each entity."""
    by_rank: dict[tuple[Any, ...], list[RawChange]] = {}
    place, own = None, []
    for difference in found:
        if difference.place is not place:
            place = difference.place
            own = by_rank.setdefault(_rank(place), [])
        own.append(difference)
    for differences in by_rank.values():
        if len(differences) > 1:
            differences.sort(key=lambda difference: difference.field or "")
    return [difference for rank in sorted(by_rank) for difference in by_rank[rank]]


def _rank(place: Place) -> tuple[Any, ...]:
    """Flat, because thousands of tuples in tuples are what the garbage collector walks."""
    rank: list[Any] = [place.plan.order]
    for level in place.key:
        for name, value in level:
            rank += (*token(value), name)
    return tuple(rank)
