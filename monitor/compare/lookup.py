"""Entities found by key: an index over one list, made once and asked often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.compare.match import Entity, plain_index
from monitor.compare.paths import POSITIONS, dig, levels, parents, split_field
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import token
from monitor.model.comparison import Document, Json, Key, KeyLevel


class Lookup:
    """The entries of one list by key level; a position level such as `@old` is an index."""

    def __init__(self, entries: list[Json], collection: Collection) -> None:
        self._entries = entries
        single = len(collection.keys) == 1
        self._plain = plain_index(entries, collection) if single else None
        self._exact = {} if self._plain is not None else _by_tokens(entries, collection)

    def get(self, level: KeyLevel) -> Entity | None:
        if level[0][0] in POSITIONS:
            position = level[0][1]
            return self._entries[position] if position < len(self._entries) else None
        values = tuple(value for _, value in level)
        if self._plain is not None:
            return self._plain.get(values[0] if len(values) == 1 else values)
        names = tuple(name for name, _ in level)
        return self._exact.get((names, tuple(token(value) for value in values)))


class EntityLookup:
    """Every entity of one document by collection and key."""

    def __init__(self, document: Document, kind: Kind) -> None:
        self._document = document
        self._kind = kind
        self._above = parents(kind)
        self._lookups: dict[int, Lookup] = {}
        self._levels: dict[str, tuple[str, ...]] = {}
        self._chains: dict[tuple[str, Key], list[Entity] | None] = {}

    def chain(self, collection: str, key: Key) -> list[Entity] | None:
        """The entities from the document down to the one named; None when one is not there."""
        wanted = (collection, key)
        if wanted not in self._chains:
            self._chains[wanted] = self._chain(collection, key)
        return self._chains[wanted]

    def _chain(self, collection: str, key: Key) -> list[Entity] | None:
        names = self._names(collection)
        if len(names) != len(key):
            return None
        entity: Any = self._document
        chain: list[Entity] = [entity]
        path = ""
        for name, level in zip(names, key, strict=True):
            path = f"{path}.{name}" if path else name
            entries = dig(entity, split_field(name))
            if not isinstance(entries, list):
                return None
            entity = self._lookup(entries, path).get(level)
            if entity is None:
                return None
            chain.append(entity)
        return chain

    def get(self, collection: str, key: Key) -> Entity | None:
        chain = self.chain(collection, key)
        return chain[-1] if chain else None

    def by_id(self, collection: str, value: Json) -> Entity | None:
        """The entity of a collection, at whatever depth, whose one key field has this value."""
        described = self._kind.collections.get(collection)
        if described is None:
            return None
        single = [names for names in described.keys if len(names) == 1]
        for entries in self.lists(collection):
            lookup = self._lookup(entries, collection)
            for names in single:
                entity = lookup.get(((names[0], value),))
                if entity is not None:
                    return entity
        return None

    def _names(self, collection: str) -> tuple[str, ...]:
        if collection not in self._levels:
            self._levels[collection] = levels(collection, self._kind)
        return self._levels[collection]

    def _lookup(self, entries: list[Json], path: str) -> Lookup:
        found = self._lookups.get(id(entries))
        if found is None:
            found = self._lookups[id(entries)] = Lookup(entries, self._kind.collections[path])
        return found

    def lists(self, collection: str) -> Iterator[list[Json]]:
        """Every list of a collection in the document: one at the top, one per parent below."""
        owners: list[Any] = [self._document]
        *above, last = self._names(collection)
        for name in above:
            steps = split_field(name)
            owners = [e for owner in owners for e in _entries(owner, steps)]
        for owner in owners:
            entries = dig(owner, split_field(last))
            if isinstance(entries, list):
                yield entries


def _entries(owner: Json, steps: tuple[str, ...]) -> list[Json]:
    entries = dig(owner, steps)
    return entries if isinstance(entries, list) else []


def _by_tokens(entries: list[Json], collection: Collection) -> dict[Any, Entity]:
    """By every alternative; an entry's first one wins over another entry's later one."""
    first: dict[Any, Entity] = {}
    later: dict[Any, Entity] = {}
    for entry in entries:
        for rank, key in enumerate(key_tokens(entry, collection)):
            (later if rank else first).setdefault(key, entry)
    return later | first
