"""The walk over two documents: what differs, before it has a name, an id or a significance."""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, Any

import orjson

from monitor.compare.differences import is_near, is_noise
from monitor.compare.match import key_of, pair
from monitor.compare.paths import join_field
from monitor.compare.plan import Plan, PlanNode
from monitor.kinds.canonical import canonical_value, plain
from monitor.kinds.kind import Field
from monitor.kinds.values import same
from monitor.model.comparison import MISSING, Document, Json, Key, Missing, Op
from monitor.model.later import later
from monitor.model.tuples import NamedTuple

if TYPE_CHECKING:
    from monitor.compare import freeform, lists
else:
    freeform, lists = later("monitor.compare.freeform"), later("monitor.compare.lists")

POSITION = "@position"
"""The field of an entry in a list without keys whose place changed and whose value did not."""


class Place:
    """One entity on its two sides, below the entity that holds its list."""

    __slots__ = ("above", "key", "new", "old", "plan")

    def __init__(
        self, plan: Plan, key: Key, old: Any, new: Any, above: Place | None = None
    ) -> None:
        self.plan = plan
        self.key = key
        self.old = old
        self.new = new
        self.above = above


class RawChange(NamedTuple):
    """A change without words: `field` is None for an entity that is on one side only."""

    place: Place
    op: Op
    field: str | None
    before: Json | Missing
    after: Json | Missing
    noise: bool = False
    described: Field | None = None


class Walk:
    """Collects the differences of two documents of one kind. Equal entities are not entered."""

    def __init__(self, root: Plan, *, described: bool, tolerance: float | None = None) -> None:
        self._root = root
        self._described = described
        self._tolerance = tolerance
        self.found: list[RawChange] = []

    def documents(self, old: Document, new: Document) -> None:
        self._object(Place(self._root, (), old, new), self._root.node, (), old, new)

    def _object(
        self, place: Place, node: PlanNode, above: tuple[str, ...], old: Any, new: Any
    ) -> None:
        """Two objects at the same place in one entity; a missing one is given as empty."""
        for name, after in new.items():
            before = old.get(name, MISSING)
            if before is after:
                continue
            # A described object is walked into at once: its leaves are compared there anyway.
            closer = type(before) is not type(after) or name in node.objects
            is_equal = _is_equal if type(after) in _NESTED else eq
            if not closer and is_equal(before, after):
                continue
            self._name(place, node, (*above, name), before, after)
        if not old.keys() <= new.keys():
            for name, before in old.items():
                if name not in new:
                    self._name(place, node, (*above, name), before, MISSING)

    def _name(
        self, place: Place, node: PlanNode, steps: tuple[str, ...], before: Any, after: Any
    ) -> None:
        """One name of two objects whose values are not plainly equal."""
        name = steps[-1]
        if name in node.lists:
            self._list(place, node.lists[name], before, after)
        elif name in node.objects:
            self._inner(place, node.objects[name], steps, before, after)
        elif type(before) is type(after) and type(after) in _ATOMS:
            self._changed(place, node.fields.get(name), steps, before, after)
        else:
            self._value(place, node.fields.get(name), steps, before, after)

    def _inner(
        self, place: Place, node: PlanNode, steps: tuple[str, ...], before: Any, after: Any
    ) -> None:
        """An object whose own fields are described: its leaves, and whether it is there at all."""
        inside = isinstance(before, dict), isinstance(after, dict)
        self._object(place, node, steps, before if inside[0] else {}, after if inside[1] else {})
        if not all(inside):
            self._presence(
                place, steps, {} if inside[0] else plain(before), {} if inside[1] else plain(after)
            )

    def _value(
        self, place: Place, field: Field | None, steps: tuple[str, ...], before: Any, after: Any
    ) -> None:
        if isinstance(before, dict) and isinstance(after, dict):
            if not self._described:
                self._object(place, _BARE, steps, before, after)
                return
            if field is None or field.freeform:
                for inner, left, right in freeform.freeform_differences(before, after):
                    self._changed(place, field, (*steps, *inner), left, right)
                return
        before, after = canonical_value(before, field), canonical_value(after, field)
        if same(before, after):
            return
        self._changed(place, field, steps, before, after)

    def _changed(
        self, place: Place, field: Field | None, steps: tuple[str, ...], before: Any, after: Any
    ) -> None:
        noise = is_noise(before, after, self._tolerated(field))
        name = join_field(steps)
        self.found.append(RawChange(place, "changed", name, before, after, noise, field))

    def _tolerated(self, field: Field | None) -> float | None:
        """What a person asked for goes before what the kind says."""
        if self._tolerance is not None or field is None:
            return self._tolerance
        return field.tolerance

    def _presence(self, place: Place, steps: tuple[str, ...], before: Any, after: Any) -> None:
        """A list or object that is missing, null or empty on one side and not on the other.

        What it holds is told by changes of its own, so that this says nothing by itself.
        """
        if not same(before, after):
            noise = _is_empty(before) and _is_empty(after)
            name = join_field(steps)
            self.found.append(RawChange(place, "changed", name, before, after, noise))

    def _list(self, place: Place, plan: Plan, before: Any, after: Any) -> None:
        inside = isinstance(before, list), isinstance(after, list)
        if not plan.keyed:
            if all(inside) and not self._is_near(before, after):
                self._positions(place, plan, before, after)
            else:
                self._value(place, None, plan.steps, before, after)
            return
        self._entities(place, plan, before if inside[0] else [], after if inside[1] else [])
        self._presence(
            place, plan.steps, [] if inside[0] else plain(before), [] if inside[1] else plain(after)
        )

    def _entities(self, above: Place, plan: Plan, old: list[Any], new: list[Any]) -> None:
        pairing = pair(old, new, plan.collection)
        for before, after, names in pairing.both:
            key = (*above.key, key_of(before, names))
            place = Place(plan, key, before, after, above)
            self._object(place, plan.node, (), before, after)
        for entity, names in pairing.removed:
            key = (*above.key, key_of(entity, names))
            self._one_sided(Place(plan, key, entity, MISSING, above))
        for entity, names in pairing.added:
            key = (*above.key, key_of(entity, names))
            self._one_sided(Place(plan, key, MISSING, entity, above))

    def _one_sided(self, place: Place) -> None:
        """An entity that is new or gone, and every entry of its keyed lists likewise."""
        before, after = place.old, place.new
        op: Op = "added" if before is MISSING else "removed"
        entity = after if before is MISSING else before
        value = self._without_lists(place, place.plan.node, entity, op)
        sides = (MISSING, value) if op == "added" else (value, MISSING)
        self.found.append(RawChange(place, op, None, *sides))

    def _without_lists(self, place: Place, node: PlanNode, entity: Any, op: Op) -> Json:
        """The entity's value without its lists of entries, which are told one by one.

        An empty list stays in: nothing else would tell it from a missing one.
        """
        if not isinstance(entity, dict):
            return plain(entity)
        value: dict[str, Any] = {}
        for name, part in entity.items():
            plan = node.lists.get(name)
            if plan is not None and plan.keyed and isinstance(part, list) and part:
                sides = ([], part) if op == "added" else (part, [])
                self._entities(place, plan, *sides)
            elif name in node.objects:
                value[name] = self._without_lists(place, node.objects[name], part, op)
            else:
                value[name] = canonical_value(part, node.fields.get(name))
        return value

    def _is_near(self, before: list[Any], after: list[Any]) -> bool:
        """Whether a list differs by measured numbers alone: no entry came or went."""
        return self._tolerance is not None and is_near(before, after, self._tolerance)

    def _positions(self, above: Place, plan: Plan, old: list[Any], new: list[Any]) -> None:
        """A list that nothing identifies: entries in, out, moved, or changed where they stand."""
        alignment = lists.align(old, new)
        for i in alignment.removed:
            self._one_sided(_entry(above, plan, ("@old", i), old[i], MISSING))
        for j in alignment.added:
            self._one_sided(_entry(above, plan, ("@new", j), MISSING, new[j]))
        for i, j in alignment.moved:
            place = _entry(above, plan, ("@old", i), old[i], new[j])
            self.found.append(RawChange(place, "changed", POSITION, i, j))
        for i, j in alignment.edited:
            place = _entry(above, plan, ("@old", i), old[i], new[j])
            self._object(place, plan.node, (), old[i], new[j])


# Values of which two of one type that are unequal differ, with nothing to look into.
_ATOMS = frozenset((str, int, bool))
# Values that `==` alone does not compare by type.
_NESTED = frozenset((dict, list))
# Where nothing is described; shared, and never written to.
_BARE = PlanNode()


def _is_empty(value: Json | Missing) -> bool:
    return value is MISSING or value is None or value in ({}, [])


def _entry(above: Place, plan: Plan, level: tuple[str, int], old: Any, new: Any) -> Place:
    return Place(plan, (*above.key, (level,)), old, new, above)


def _is_equal(before: Any, after: Any) -> bool:
    """Whether two objects or lists are the same without a closer look; False may be wrong."""
    try:
        return orjson.dumps(before) == orjson.dumps(after)
    except orjson.JSONEncodeError:
        return False
