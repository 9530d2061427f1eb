"""A partial snapshot laid over the state it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from monitor.collect.placing import said_at
from monitor.errors import Ambiguous, SnapshotRefused
from monitor.kinds.canonical import canonical
from monitor.kinds.faults import Fault, one_line
from monitor.kinds.keys import KeyToken, key_level, key_tokens, key_words
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.partial import REMOVED, is_described
from monitor.kinds.validation import validate
from monitor.kinds.walking import child, named_path
from monitor.model.comparison import Document, Json
from monitor.model.nearest import suggestion
from monitor.model.paths import is_below

if TYPE_CHECKING:
    from monitor.collect.snapshot import Snapshot
    from monitor.collect.states import Statement

_MOST: Final = 50  # lines, as in a refusal


def merge(
    base: Document | None, snapshot: Snapshot | Statement, kind: Kind, *, strict: bool = False
) -> Document:
    """The full state, in canonical form. Raises SnapshotRefused when it cannot be made or is wrong.

    `base` is the state just before, None when there is none; a full snapshot does not need it. What
    is `strict` may not remove what is not there; what was taken in long ago may, since a snapshot
    before it can have changed, and so may what is compared backwards.
    """
    if snapshot.coverage == "full":
        return canonical(snapshot.content, kind)
    place = snapshot.name or snapshot.as_of
    if base is None:
        text = "a partial snapshot needs an earlier full one to be laid over"
        raise SnapshotRefused(text, where=place)
    covered = frozenset(() if snapshot.coverage == "partial" else snapshot.coverage)
    rules = _Rules(kind, covered)
    try:
        state = _entity(base, snapshot.content, kind.collections[""], rules, ())
    except Ambiguous as error:
        raise SnapshotRefused(error.message, where=place) from error
    if rules.unknown and strict:
        raise _nothing_to_remove(rules.unknown, snapshot)
    faults = validate(state, kind)
    if faults:
        raise _misfit(faults, state, snapshot, kind)
    return canonical(state, kind)


def _misfit(
    faults: Sequence[Fault], state: Document, snapshot: Snapshot | Statement, kind: Kind
) -> SnapshotRefused:
    """Each fault of the merged state where the snapshot speaks of the place, or of its parent."""
    name = snapshot.name or snapshot.as_of
    lines = []
    for fault in faults[:_MOST]:
        place = None
        if snapshot.parsed is not None:
            said = said_at(fault.path, state, snapshot.content, kind)
            place = snapshot.parsed.locate(said) if said else None
        where = snapshot.parsed.place(name, place) if snapshot.parsed and place else name
        lines.append((where, one_line(f"{named_path(fault.path, state, kind)}: {fault.message}")))
    (where, first), *rest = lines
    text = f"laid over the state before it, it does not fit the kind: {first}"
    others = [f"{at}: {line}" for at, line in rest]
    if len(faults) > _MOST:
        others.append(f"{name}: and {len(faults) - _MOST} faults more")
    return SnapshotRefused(text, where=where, others=tuple(others))


def _nothing_to_remove(unknown: Sequence[Fault], snapshot: Snapshot | Statement) -> SnapshotRefused:
    name = snapshot.name or snapshot.as_of
    lines = []
    for fault in unknown[:_MOST]:
        place = snapshot.parsed.locate(fault.path) if snapshot.parsed is not None else None
        lines.append((f"{name}:{place[0]}:{place[1]}" if place else name, fault.message))
    (where, first), *rest = lines
    return SnapshotRefused(first, where=where, others=tuple(f"{at}: {line}" for at, line in rest))


def merged(base: Document, content: Document, kind: Kind, covered: frozenset[str]) -> Document:
    """The state after a partial: neither argument is changed.

    Entities merge by key, in nested lists too; an absent field is unchanged, null clears it; sets,
    lists of scalars and free-form values are replaced whole; `x-removed: true` removes an entity.
    In a collection that is `covered`, and in its sub-lists, what is not there is removed. Raises
    Ambiguous when alternative keys of one entry lead to two, or those of two to one.
    """
    return _entity(base, content, kind.collections[""], _Rules(kind, covered), ())


class _Rules:
    """What a merge needs to know besides the values."""

    def __init__(self, kind: Kind, covered: frozenset[str]) -> None:
        self.kind = kind
        self._covered = covered
        self.unknown: list[Fault] = []
        """What is to be removed and is not there, or cannot be removed so."""

    def is_covered(self, collection: Collection) -> bool:
        return any(is_below(collection.path, name) for name in self._covered)


def _entity(
    base: dict[str, Any],
    new: dict[str, Any],
    collection: Collection,
    rules: _Rules,
    path: tuple[str | int, ...],
) -> dict[str, Any]:
    result = _object(base, new, collection, "")
    for name in collection.children:
        entries = new.get(name)
        if isinstance(entries, list):
            below = child(collection, name, rules.kind)
            old = base.get(name)
            before = old if isinstance(old, list) else []
            if before and not entries and not rules.is_covered(below):
                rules.unknown.append(_in_vain(name, path))
            result[name] = _entries(before, entries, below, rules, (*path, name))
    return result


def _in_vain(name: str, path: tuple[str | int, ...]) -> Fault:
    """An empty list, which most likely was meant to clear what is there."""
    clears = f"write {name}: null to clear it" if path else f"cover it (coverage: [{name}])"
    text = f"{name}: [] leaves the list as it is, since entries merge by their keys; {clears}"
    return Fault((*path, name), f"{text}, or {REMOVED}: true on the entries that go")


def _object(
    base: dict[str, Any], new: dict[str, Any], collection: Collection, prefix: str
) -> dict[str, Any]:
    """Fields one by one; an object that the kind describes field by field is merged likewise."""
    result = dict(base)
    for name, value in new.items():
        old = base.get(name)
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict) and is_described(collection, f"{prefix}{name}."):
            base_part = old if isinstance(old, dict) else {}
            result[name] = _object(base_part, value, collection, f"{prefix}{name}.")
        elif name != REMOVED or prefix:
            result[name] = value
    return result


def _entries(
    base: list[Json],
    new: list[Json],
    collection: Collection,
    rules: _Rules,
    path: tuple[str | int, ...],
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
            if not known:
                rules.unknown.append(_unknown((*path, offset), entry, base, collection))
        elif rules.is_covered(collection):
            result[position] = entry
        else:
            before = base[position] if known else {}
            result[position] = _entity(before, entry, collection, rules, (*path, offset))
    return [result[position] for position in sorted(result)]


def _unknown(
    path: tuple[str | int, ...], entry: Json, base: Sequence[Json], collection: Collection
) -> Fault:
    name = key_words(key_level(entry, collection) or ())
    there = [key_words(level) for each in base if (level := key_level(each, collection))]
    text = f"{collection.path}[{name}] is to be removed and is not there"
    return Fault(path, f"{text}{suggestion(name, there)}")
