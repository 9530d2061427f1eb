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
from monitor.model.comparison import MISSING, Change, Document, Key, Significance

# What a change counts where a kind does not say.
DEFAULT = Significance.MINOR


def diff(old: Document, new: Document, kind: Kind, *, situation: str) -> tuple[Change, ...]:
    """Every difference between two documents, in the kind's order, then by key and field.

    The documents may be in any order and need not be canonical; the values in the changes are.
    Raises MatchError when entries of a keyed list cannot be told apart.
    """
    walk = Walk(plan_of(kind), described=not kind.inferred)
    walk.documents(old, new)
    entities = _Entities(Labels(new, kind, older=old))
    found = sorted(walk.found, key=entities.order)
    return tuple(_change(difference, situation, entities) for difference in found)


def _change(difference: Difference, situation: str, entities: _Entities) -> Change:
    place, op, field = difference.place, difference.op, difference.field
    before, after = difference.before, difference.after
    path, key = place.plan.path, place.key
    identity = change_id(situation, path, key, field=field, before=before, after=after)
    label, sources = entities.words(place)
    weight = _significance(difference)
    return Change(identity, op, path, key, label, field, before, after, weight, sources)


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


class _Entities:
    """What the changes of one entity share, made once however many of its fields changed."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._words: dict[Place, tuple[str, tuple[str, ...]]] = {}
        self._ranks: dict[Place, tuple[int, Any]] = {}

    def words(self, place: Place) -> tuple[str, tuple[str, ...]]:
        """The entity's label, and the ids of its sources."""
        found = self._words.get(place)
        if found is None:
            label = self._labels.of_chain(place.plan.path, place.key, _chain(place))
            found = self._words[place] = (label, _sources(place))
        return found

    def order(self, difference: Difference) -> tuple[tuple[int, Any], str]:
        place = difference.place
        rank = self._ranks.get(place)
        if rank is None:
            rank = self._ranks[place] = (place.plan.order, _key_order(place.key))
        return rank, difference.field or ""


def _chain(place: Place | None) -> list[Any]:
    """The entities from the first list down to this one, each as the newer side has it."""
    chain: list[Any] = []
    while place is not None:
        chain.append(place.old if place.new is MISSING else place.new)
        place = place.above
    return chain[::-1]


def _key_order(key: Key) -> Any:
    """Keys by their values, text before text; a key is folded already."""
    return tuple(
        (("text", value) if type(value) is str else token(value), name)
        for level in key
        for name, value in level
    )
