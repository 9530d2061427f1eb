"""Who held a role that only one can hold, in versions before the ones that are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get, token
from monitor.kinds.walking import child, entities
from monitor.model.comparison import Document, Json, Key, State
from monitor.model.tuples import NamedTuple

Places: TypeAlias = dict[object, list["Place"]]


class Place(NamedTuple):
    """A membership: the group's list of members, the group's key, and the role in it."""

    collection: Collection
    group: Key
    role: Json

    @property
    def leads(self) -> bool:
        membership = self.collection.membership
        return membership is not None and self.role in membership.single


def pool_of(collection: Collection) -> str:
    """What lists of members share whose members are the same entities."""
    assert collection.membership is not None
    field = collection.fields.get(collection.membership.entity)
    return (field.ref if field else None) or f".{collection.path}"


class PastRoles:
    """Asked by member; versions are read when somebody asks."""

    def __init__(self, older: Document, past: Sequence[State], kind: Kind) -> None:
        """`past`: the versions before the older one, ascending."""
        self._kind = kind
        self._documents = chain([older], (state.document for state in reversed(past)))
        self._read_so_far: list[Places] = []

    def led(self, collection: Collection, identity: Json) -> Place | None:
        """The group that somebody headed where they were last listed, before the older version;
        None of whom the older version lists."""
        wanted = pool_of(collection), token(identity)
        for number, places in enumerate(self._places()):
            if found := places.get(wanted):
                leading = [place for place in found if place.leads]
                return leading[0] if number and leading else None
        return None

    def _places(self) -> Iterator[Places]:
        """Each version is read once, and none behind the last one that is asked for."""
        yield from self._read_so_far
        for document in self._documents:
            self._read_so_far.append(self._read(document))
            yield self._read_so_far[-1]

    def _read(self, document: Document) -> Places:
        found: Places = {}
        for collection, entity, path in entities(document, self._kind):
            membership = collection.membership
            if membership is not None:
                who = pool_of(collection), token(get(entity, membership.entity))
                key = tuple(self._key(document, path))[:-1]
                role = get(entity, membership.role) if membership.role else None
                found.setdefault(who, []).append(Place(collection, key, role))
        return found

    def _key(self, document: Document, path: Sequence[str | int]) -> Iterator[Any]:
        """The levels of the key of the entity at a path."""
        collection, entity = self._kind.collections[""], document
        for name, position in zip(path[::2], path[1::2], strict=True):
            assert isinstance(name, str)
            collection, entity = child(collection, name, self._kind), entity[name][position]
            yield key_level(entity, collection) or ()
