"""Two documents of one kind -> the changes between them: exact, complete, reversible.

Lists are keyed before anything is compared (match.py), the two documents are walked side by side
(walk.py), and each difference is given a label, an id, its sources and the significance that the
kind says. Nothing here knows a rule: what the changes mean is said by the findings.
"""

from __future__ import annotations

from typing import Any

from monitor.compare.identity import change_id
from monitor.compare.labels import Labels
from monitor.compare.paths import dig, split_field
from monitor.compare.plan import plan_of
from monitor.compare.walk import Difference, Place, Walk
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
    walk = Walk(plan_of(kind), described=not kind.inferred)
    walk.documents(old, new)
    labels = _ChangeLabels(Labels(new, kind, older=old))
    found = sorted(walk.found, key=_order)
    return tuple(_change(difference, situation, labels) for difference in found)


def _change(difference: Difference, situation: str, labels: _ChangeLabels) -> Change:
    place = difference.place
    path = place.plan.path
    return Change(
        id=change_id(
            situation,
            path,
            place.key,
            field=difference.field,
            before=difference.before,
            after=difference.after,
        ),
        op=difference.op,
        collection=path,
        key=place.key,
        label=labels.of(place),
        field=difference.field,
        before=difference.before,
        after=difference.after,
        significance=_significance(difference),
        sources=_sources(place),
    )


def _significance(difference: Difference) -> Significance:
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

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._known: dict[Place, str] = {}

    def of(self, place: Place) -> str:
        if place not in self._known:
            self._known[place] = self._labels.of_chain(place.plan.path, place.key, _chain(place))
        return self._known[place]


def _chain(place: Place | None) -> list[Any]:
    """The entities from the first list down to this one, each as the newer side has it."""
    chain: list[Any] = []
    while place is not None:
        chain.append(place.old if place.new is MISSING else place.new)
        place = place.above
    return chain[::-1]


def _order(difference: Difference) -> tuple[int, Any, str]:
    key = tuple((token(value), name) for level in difference.place.key for name, value in level)
    return (difference.place.plan.order, key, difference.field or "")
