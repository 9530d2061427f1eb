"""What a placement refers to: the entities of its path and values, and the entry it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import fold_text, get
from monitor.model.comparison import Missing
from monitor.model.paths import read_place
from monitor.model.record import Record
from monitor.writing.marks import Named
from monitor.writing.placing import Placement


class Level(Record):
    """One list on the way down a path, with the key of the entry that is meant; `entry` is the one
    that we hold, None where it would be new."""

    collection: Collection
    key: Mapping[str, str]
    path: str
    entry: dict[str, Any] | None

    def held(self, name: str) -> Any:
        """What we hold for a field; None where there is nothing."""
        found = get(self.entry, name) if self.entry is not None else None
        return None if isinstance(found, Missing) else found

    @property
    def is_own(self) -> bool:
        """Whether its key names nothing but the entry itself."""
        if len(self.key) != 1:
            return False
        [name] = self.key
        field = self.collection.fields.get(name)
        return field is None or field.ref is None


def levels(path: str, kind: Kind, state: Mapping[str, Any]) -> tuple[Level, ...]:
    """From the top down; as far as the kind has such lists."""
    return tuple(_levels(path, kind, state))


def _levels(path: str, kind: Kind, state: Mapping[str, Any]) -> Iterator[Level]:
    collection = kind.collections[""]
    holder: Mapping[str, Any] | None = state
    written: list[str] = []
    pending: list[str] = []
    for step in read_place(path) or ():
        pending.append(step.name)
        if step.key is None:
            continue
        below = ".".join([collection.path, *pending] if collection.path else pending)
        if below not in kind.collections or not step.key:
            return
        collection = kind.collections[below]
        names = next((one for one in collection.keys if len(one) == len(step.key)), None)
        if names is None:
            return
        key = dict(zip(names, map(fold_text, step.key), strict=True))
        holder = _entry(holder, pending, key)
        written.append(f"{'.'.join(pending)}[{','.join(key.values())}]")
        pending = []
        yield Level(collection=collection, key=key, path=".".join(written), entry=holder)


def _entry(
    holder: Mapping[str, Any] | None, names: Sequence[str], key: Mapping[str, str]
) -> dict[str, Any] | None:
    """`names` lead to the list; above it may be objects without a key."""
    entries: Any = holder
    for name in names:
        entries = entries.get(name) if isinstance(entries, Mapping) else None
    for one in entries if isinstance(entries, list) else ():
        if isinstance(one, dict) and all(_same(get(one, k), v) for k, v in key.items()):
            return one
    return None


def _same(value: Any, key: str) -> bool:
    """As placements find their entries: white space and Unicode forms do not count."""
    return not isinstance(value, bool | Missing) and fold_text(str(value)) == key


def references(placement: Placement, at: Sequence[Level]) -> Iterator[Named]:
    """The entities that the keys of its path, its values and its speakers are."""
    for level in at:
        yield from _refer(level.collection, level.key)
    if not at:
        return
    collection = at[-1].collection
    yield from _refer(collection, placement.values)
    yield from speakers_of(placement, collection)


def speakers_of(placement: Placement, collection: Collection) -> Iterator[Named]:
    fields = collection.provenance
    if fields is not None and fields.said_by:
        yield from _refer(collection, {fields.said_by: list(placement.said_by)})


def _refer(collection: Collection, values: Mapping[str, Any]) -> Iterator[Named]:
    for name, value in values.items():
        field = collection.fields.get(name)
        if field is not None and field.ref is not None:
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield Named(field.ref, str(one))


def entities(kind: Kind, state: Mapping[str, Any]) -> frozenset[Named]:
    """Everything that can be referred to."""
    return frozenset(_entities(kind, state))


def _entities(kind: Kind, state: Mapping[str, Any]) -> Iterator[Named]:
    for collection in kind.collections.values():
        if not collection.path or "." in collection.path or not collection.keys:
            continue
        for entry in state.get(collection.path) or ():
            if isinstance(entry, Mapping) and len(collection.keys[0]) == 1:
                yield Named(collection.path, str(entry.get(collection.keys[0][0])))
