"""A partial snapshot laid over the state it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.errors import Ambiguous, SnapshotRefused
from monitor.kinds.canonical import canonical
from monitor.kinds.faults import one_line
from monitor.kinds.keys import KeyToken, key_level, key_tokens, key_words
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.partial import REMOVED
from monitor.kinds.validation import validate
from monitor.kinds.walking import child, named_path
from monitor.model.comparison import Document, Json

if TYPE_CHECKING:
    from monitor.collect.snapshot import Snapshot
    from monitor.collect.versions import Said


def merge(base: Document | None, snapshot: Snapshot | Said, kind: Kind) -> Document:
    """The full state, in canonical form. Raises SnapshotRefused when it cannot be made or is wrong.

    `base` is the state just before, None when there is none; a full snapshot does not need it.
    """
    if snapshot.coverage == "full":
        return canonical(snapshot.content, kind)
    place = snapshot.name or snapshot.as_of
    if base is None:
        text = "a partial snapshot needs an earlier full one to be laid over"
        raise SnapshotRefused(text, where=place)
    covered = frozenset(() if snapshot.coverage == "partial" else snapshot.coverage)
    try:
        state = merged(base, snapshot.content, kind, covered)
    except Ambiguous as error:
        raise SnapshotRefused(error.message, where=place) from error
    faults = validate(state, kind)
    if faults:
        lines = [
            one_line(f"{named_path(fault.path, state, kind)}: {fault.message}") for fault in faults
        ]
        text = f"laid over the state before it, it does not fit the kind: {lines[0]}"
        others = tuple(f"{place}: {line}" for line in lines[1:])
        raise SnapshotRefused(text, where=place, others=others)
    return canonical(state, kind)


def merged(base: Document, content: Document, kind: Kind, covered: frozenset[str]) -> Document:
    """The state after a partial: neither argument is changed.

    Entities merge by key, in nested lists too; an absent field is unchanged, null clears it; sets,
    lists of scalars and free-form values are replaced whole; `x-removed: true` removes an entity.
    In a collection that is `covered`, and in its sub-lists, what is not there is removed. Raises
    Ambiguous when alternative keys of one entry lead to two, or those of two to one.
    """
    return _entity(base, content, kind.collections[""], _Rules(kind, covered))


class _Rules:
    """What a merge needs to know besides the values."""

    def __init__(self, kind: Kind, covered: frozenset[str]) -> None:
        self.kind = kind
        self._covered = covered

    def is_covered(self, collection: Collection) -> bool:
        path = collection.path
        return any(path == name or path.startswith(f"{name}.") for name in self._covered)


def _entity(
    base: dict[str, Any], new: dict[str, Any], collection: Collection, rules: _Rules
) -> dict[str, Any]:
    result = _object(base, new, collection, "")
    for name in collection.children:
        entries = new.get(name)
        if isinstance(entries, list):
            below = child(collection, name, rules.kind)
            old = base.get(name)
            result[name] = _entries(old if isinstance(old, list) else [], entries, below, rules)
    return result


def _object(
    base: dict[str, Any], new: dict[str, Any], collection: Collection, prefix: str
) -> dict[str, Any]:
    """Fields one by one; an object that the kind describes field by field is merged likewise."""
    result = dict(base)
    for name, value in new.items():
        old = base.get(name)
        if value is None:
            result.pop(name, None)
        elif (
            isinstance(value, dict)
            and isinstance(old, dict)
            and _described(collection, prefix, name)
        ):
            result[name] = _object(old, value, collection, f"{prefix}{name}.")
        elif name != REMOVED or prefix:
            result[name] = value
    return result


def _described(collection: Collection, prefix: str, name: str) -> bool:
    inside = f"{prefix}{name}."
    return any(field.startswith(inside) for field in collection.fields)


def _entries(
    base: list[Json], new: list[Json], collection: Collection, rules: _Rules
) -> list[Json]:
    """The old order, then what is new in its own; whole lists when the collection is covered."""
    places: dict[KeyToken, int] = {}
    for position, entry in enumerate(base):
        places.update(dict.fromkeys(key_tokens(entry, collection), position))
    result: dict[int, Json] = {} if rules.is_covered(collection) else dict(enumerate(base))
    taken: set[int] = set()
    for offset, entry in enumerate(new):
        known = {places[key] for key in key_tokens(entry, collection) if key in places}
        position = min(known, default=len(base) + offset)
        if len(known) > 1 or position in taken:
            name = key_words(key_level(entry, collection) or ())
            raise Ambiguous(f"{collection.path}[{name}]: its keys fit more than one entry")
        taken.add(position)
        if entry.get(REMOVED) is True:
            result.pop(position, None)
        elif rules.is_covered(collection):
            result[position] = entry
        else:
            result[position] = _entity(base[position] if known else {}, entry, collection, rules)
    return [result[position] for position in sorted(result)]
