"""Changes put onto a document, forwards and backwards: the proof that nothing was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from monitor.compare.lookup import EntityLookup
from monitor.compare.paths import dig, format_path, parents
from monitor.compare.plan import plan_of, plans_by_path
from monitor.errors import Conflict
from monitor.kinds.canonical import canonical, plain
from monitor.kinds.kind import Kind
from monitor.model.comparison import Change, Document, Json, Key
from tests.edits import edit, rearrange

Address: TypeAlias = tuple[str, Key]
"""A collection, and the key of an entity in it or above it."""


def apply(changes: Iterable[Change], old: Document, kind: Kind) -> Document:
    """The newer document in canonical form: `apply(diff(a, b), a)` is canonical b.

    Raises Conflict when the changes were not made from this document.
    """
    return _Application(old, kind, backwards=False).run(changes)


def revert(changes: Iterable[Change], new: Document, kind: Kind) -> Document:
    """The older document in canonical form: `revert(diff(a, b), b)` is canonical a.

    Raises Conflict when the changes do not lead to this document.
    """
    return _Application(new, kind, backwards=True).run(changes)


class _Application:
    def __init__(self, document: Document, kind: Kind, *, backwards: bool) -> None:
        self._document: Any = plain(document)
        self._kind = kind
        self._backwards = backwards
        self._entities = EntityLookup(self._document, kind)
        self._above = parents(kind)
        self._plans = plans_by_path(plan_of(kind))
        self._created: dict[Address, Json] = {}

    def run(self, changes: Iterable[Change]) -> Document:
        edits: defaultdict[Address, list[Change]] = defaultdict(list)
        lists: defaultdict[Address, list[Change]] = defaultdict(list)
        leaving, entering = [], []
        for change in changes:
            if change.key and not self._plans[change.collection].keyed:
                lists[change.collection, change.key[:-1]].append(change)
            elif change.field is not None:
                edits[change.collection, change.key].append(change)
            elif (change.op == "added") == self._backwards:
                leaving.append(change)
            else:
                entering.append(change)
        self._rearrange(lists)
        # Looked up before anything is written: an edit may respell a key.
        owners = [(self._existing(address), group) for address, group in edits.items()]
        parents_of = {c.id: self._entities.get(*self._parent(c)) for c in (*leaving, *entering)}
        self._take(leaving, parents_of)
        for owner, group in owners:
            edit(owner, group, backwards=self._backwards)
        for change in sorted(entering, key=lambda c: len(c.key)):
            self._give(change, parents_of[change.id])
        return canonical(self._document, self._kind)

    def _rearrange(self, lists: dict[Address, list[Change]]) -> None:
        for (collection, key), group in lists.items():
            owner = self._existing((self._above[collection], key))
            *above, last = self._plans[collection].steps
            holder: Any = dig(owner, above)
            holder[last] = rearrange(holder[last], group, backwards=self._backwards)

    def _take(self, leaving: list[Change], parents_of: dict[str, Json]) -> None:
        gone: defaultdict[int, set[int]] = defaultdict(set)
        touched: dict[int, list[Json]] = {}
        for change in leaving:
            entity = self._existing((change.collection, change.key))
            entries: Any = dig(parents_of[change.id], self._plans[change.collection].steps)
            touched[id(entries)] = entries
            gone[id(entries)].add(id(entity))
        for identity, entries in touched.items():
            entries[:] = [entry for entry in entries if id(entry) not in gone[identity]]

    def _give(self, change: Change, parent: Json) -> None:
        if parent is None:
            parent = self._created.get(self._parent(change))
        if parent is None:
            raise _misfit(change.collection, change.key)
        *above, last = self._plans[change.collection].steps
        for step in above:
            parent = parent.setdefault(step, {})
        entity = plain(change.before if self._backwards else change.after)
        self._created[change.collection, change.key] = entity
        parent.setdefault(last, []).append(entity)

    def _parent(self, change: Change) -> Address:
        return self._above[change.collection], change.key[:-1]

    def _existing(self, address: Address) -> Json:
        entity = self._entities.get(*address)
        if entity is None:
            raise _misfit(*address)
        return entity


def _misfit(collection: str, key: Key) -> Conflict:
    path = format_path(collection, key) or "the document"
    return Conflict(f"{path}: the changes do not fit the document they are put onto")
