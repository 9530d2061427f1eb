"""Changes as a JSON Patch (RFC 6902) that addresses the older document as it was parsed.

Applied to that document it gives the newer one to the letter, orders and all. The operations come
in an order in which no address has moved yet when it is used: values are written, then entities are
appended, then entities are taken out, the last of a list first; at the end comes what no change
speaks of, such as the order of a list whose entries are known by key (settle.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from monitor.compare.alike import KEY
from monitor.compare.lookup import EntityLookup
from monitor.compare.paths import POSITIONS, dig, join_field, parents, split_field
from monitor.compare.plan import plan_of, plans_by_path
from monitor.compare.reorder import reordering
from monitor.compare.settle import Operation, Steps, applied, pointer, settled
from monitor.compare.shapes import AS_WRITTEN, SHAPE, Form, held, written
from monitor.compare.walk import POSITION
from monitor.errors import Conflict
from monitor.kinds.canonical import plain
from monitor.kinds.keys import MARK, STRAY
from monitor.kinds.kind import Kind
from monitor.model.comparison import MISSING, Change, Document, Json, Key, Missing
from monitor.model.paths import is_below


def json_patch(
    changes: Sequence[Change],
    old: Json,
    new: Json,
    kind: Kind,
    *,
    form: Form | None = None,
    target: Json | Missing = MISSING,
    compared: Document | None = None,
) -> list[Operation]:
    """The operations that turn `old`, as parsed, into `target`; without one, into what `new` says.

    `form` says how the compared documents hold the parsed ones (see shapes.py); `compared` is the
    older of them, where entries have marks (see marking.py). A value whose shape
    changed, such as a list that became a mapping, is replaced as a whole, by what the parsed `new`
    has. Raises Conflict when the changes were not made from `old` and there is no target.
    """
    form = form or AS_WRITTEN
    document = held(old, form) if compared is None else compared
    if target is MISSING:
        return _said(changes, new, kind, form, document)
    if type(old) is not type(target):
        return list(settled(old, target))
    try:
        operations = _said(changes, new, kind, form, document)
        have = applied(old, operations)
    except (Conflict, LookupError, TypeError, ValueError):
        # Names that cannot be addressed through what is compared can be in what was written.
        operations, have = [], old
    return [*operations, *settled(have, target)]


def _said(
    changes: Sequence[Change], new: Json, kind: Kind, form: Form, document: Document
) -> list[Operation]:
    paths = [path for path in map(_turned_path, changes) if path is not None]
    rest = [c for c in changes if _turned_path(c) is None and not _is_inside(c, paths)]
    replaced = [_replaced(path, new, form) for path in paths]
    return [*replaced, *_Patch(document, kind, form).operations(rest)]


def _turned_path(change: Change) -> str | None:
    """The path of the value whose shape a change speaks of: `box.members`."""
    *above, last = split_field(change.field or "")
    if change.key or not last.startswith(SHAPE):
        return None
    return join_field((*above, last.removeprefix(SHAPE)))


def _is_inside(change: Change, paths: Iterable[str]) -> bool:
    return any(is_below(change.collection, path) for path in paths)


def _replaced(path: str, new: Json, form: Form) -> Operation:
    steps = split_field(path)
    value = dig(held(new, form), steps)
    if value is MISSING:
        raise Conflict(f"{path}: the changes do not lead to this document")
    path = pointer(steps[1:] if form.wrapped else steps)
    return {"op": "replace", "path": path, "value": value}


class _Patch:
    """Finds where the changed entities stand in the older document."""

    def __init__(self, old: Document, kind: Kind, form: Form) -> None:
        self._form = form
        self._entities = EntityLookup(old, kind)
        self._above = parents(kind)
        self._plans = plans_by_path(plan_of(kind))
        self._positions: dict[int, dict[int, int]] = {}

    def operations(self, changes: Sequence[Change]) -> Iterator[Operation]:
        named = [c for c in changes if self._is_name(c)]
        keyed = [c for c in changes if (not c.key or self._plans[c.collection].keyed)]
        fields = [c for c in keyed if c.op == "changed" and c not in named]
        yield from self._fields(fields)
        yield from self._reordered([c for c in changes if c.key and c not in keyed])
        yield from self._added([c for c in keyed if c.op == "added"])
        yield from self._removed([c for c in keyed if c.op == "removed"], fields)
        for change in named:
            steps, _ = self._list(change.collection, change.key[:-1])
            origin, target = (str(side) for side in (change.before, change.after))
            yield {
                "op": "move",
                "from": pointer((*steps, origin)),
                "path": pointer((*steps, target)),
            }

    def _is_name(self, change: Change) -> bool:
        """Whether an entity's own name in a mapping is written otherwise."""
        return self._is_mapping(change.collection) and change.field == KEY

    def _fields(self, changes: Iterable[Change]) -> Iterator[Operation]:
        """What goes leaves from the innermost name outwards; what comes enters the other way."""
        fields = sorted(((self._field(c), c) for c in changes), key=lambda item: len(item[0]))
        for steps, change in reversed(fields):
            if change.after is MISSING:
                yield {"op": "remove", "path": pointer(steps)}
        for steps, change in fields:
            if change.after is not MISSING:
                op = "add" if change.before is MISSING else "replace"
                yield {"op": op, "path": pointer(steps), "value": change.after}

    def _reordered(self, changes: Iterable[Change]) -> Iterator[Operation]:
        lists: defaultdict[tuple[str, Key], list[Change]] = defaultdict(list)
        for change in changes:
            lists[change.collection, change.key[:-1]].append(change)
        for (collection, key), group in lists.items():
            yield from self._fields(c for c in group if c.op == "changed" and c.field != POSITION)
            steps, entries = self._list(collection, key)
            for op, position, value in reordering(len(entries), group):
                if op == "move":
                    origin = pointer((*steps, position))
                    yield {"op": op, "from": origin, "path": pointer((*steps, value))}
                elif op == "add":
                    yield {"op": op, "path": pointer((*steps, position)), "value": value}
                else:
                    yield {"op": op, "path": pointer((*steps, position))}

    def _added(self, changes: Iterable[Change]) -> list[Operation]:
        """New entities, each with the new entries of its lists in it."""
        made: dict[tuple[str, Key], Any] = {}
        places: list[tuple[str, Any, str]] = []
        for change in sorted(changes, key=lambda c: len(c.key)):
            above = self._above[change.collection], change.key[:-1]
            list_steps = self._plans[change.collection].steps
            made[change.collection, change.key] = value = _as_written(change.after)
            if above in made:
                _append(made[above], list_steps, value)
                continue
            last = value[KEY] if self._is_mapping(change.collection) else "-"
            path = pointer((*self._entity(*above), *self._steps(change.collection), last))
            places.append((path, value, change.collection))
        return [
            {"op": "add", "path": path, "value": written(value, collection, self._form)}
            for path, value, collection in places
        ]

    def _removed(self, changes: Sequence[Change], fields: Iterable[Change]) -> Iterator[Operation]:
        """Entities that are gone, the innermost first; not those that go with what holds them."""
        gone = {self._entity(c.collection, c.key) for c in changes}
        holders = {self._field(c) for c in fields if type(c.after) is not type(c.before)} | gone
        kept = [
            steps
            for steps in gone
            if not any(steps[:length] in holders for length in range(1, len(steps)))
        ]
        order = sorted(kept, key=lambda s: (len(s), pointer(s[:-1]), s[-1]), reverse=True)
        for steps in order:
            yield {"op": "remove", "path": pointer(steps)}

    def _is_mapping(self, collection: str) -> bool:
        return collection in self._form.mappings

    def _steps(self, collection: str) -> Steps:
        """The names on the way to a list, in the parsed document: it may have none of its own."""
        return () if self._form.is_nameless(collection) else self._plans[collection].steps

    def _field(self, change: Change) -> Steps:
        assert change.field is not None
        steps = split_field(change.field)
        below = f"{change.collection}.{steps[0]}" if change.collection else steps[0]
        named = steps[1:] if self._form.is_nameless(below) else steps
        return (*self._entity(change.collection, change.key), *named)

    def _list(self, collection: str, above: Key) -> tuple[Steps, list[Json]]:
        steps = self._plans[collection].steps
        owner = self._entities.get(self._above[collection], above)
        entries = dig(owner, steps)
        if not isinstance(entries, list):
            raise Conflict(f"{collection}: the changes were not made from this document")
        return (*self._entity(self._above[collection], above), *self._steps(collection)), entries

    def _entity(self, collection: str, key: Key) -> Steps:
        """Where an entity stands in the older document."""
        if not key:
            return ()
        steps, entries = self._list(collection, key[:-1])
        entity = self._entities.get(collection, key)
        if key[-1][0][0] in POSITIONS:
            return (*steps, key[-1][0][1])
        if entity is None:
            raise Conflict(f"{collection}: the changes were not made from this document")
        if self._is_mapping(collection):
            return (*steps, entity[KEY])
        positions = self._positions.get(id(entries))
        if positions is None:
            positions = {id(entry): position for position, entry in enumerate(entries)}
            self._positions[id(entries)] = positions
        return (*steps, positions[id(entity)])


def _as_written(entity: Json) -> Any:
    """An entity without the mark that it is compared by."""
    if not isinstance(entity, dict) or MARK not in entity:
        return plain(entity)
    if STRAY in entity:
        return plain(entity[STRAY])
    return plain({name: value for name, value in entity.items() if name != MARK})


def _append(entity: Any, steps: Sequence[str], value: Json) -> None:
    for step in steps[:-1]:
        entity = entity.setdefault(step, {})
    entity.setdefault(steps[-1], []).append(value)
