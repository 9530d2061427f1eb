"""Entities of two versions paired by key, before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

import orjson

from monitor.errors import MonitorError
from monitor.kinds.keys import MARK, KeyToken, is_marked, key_tokens, keys_as_written
from monitor.kinds.kind import Collection
from monitor.kinds.values import fold_text, get
from monitor.model.comparison import Json, KeyLevel
from monitor.model.record import replace
from monitor.model.tuples import NamedTuple

Entity: TypeAlias = dict[str, Any]

Names: TypeAlias = tuple[str, ...]
"""The fields of the alternative that identifies an entity."""


class MatchError(MonitorError):
    """Entries of a list cannot be told apart: no key, the same key twice, not an object.

    `entries` is the list itself and `position` the entry in it (from 0), so that a caller who knows
    where the list was read can add the place. `side` is `old` or `new`.
    """

    def __init__(self, message: str, *, entries: list[Json], position: int, side: str) -> None:
        super().__init__(message)
        self.entries = entries
        self.position = position
        self.side = side


class Pairing(NamedTuple):
    """Entities that differ, and those on one side only, each with what names it.

    Pairs that are the same bytes as JSON are left out; those left in may still say the same.
    """

    both: Iterable[tuple[Entity, Entity, Names]] = ()
    removed: Iterable[tuple[Entity, Names]] = ()
    added: Iterable[tuple[Entity, Names]] = ()


def pair(old: list[Json], new: list[Json], collection: Collection) -> Pairing:
    """Pair the entries of two lists of one collection, in any order. Raises MatchError.

    Alternatives are tried in order and one to one; two entries that an earlier alternative names
    differently are never paired by a later one.
    """
    if is_marked(collection):
        return _pair_marked(old, new, collection)
    return _pair_unmarked(old, new, collection)


def _pair_unmarked(old: list[Json], new: list[Json], collection: Collection) -> Pairing:
    if len(collection.keys) > 1:
        return _pair_by_alternatives(old, new, collection)
    names = collection.keys[0]
    before, after = plain_index(old, collection), plain_index(new, collection)
    if before is None or after is None:
        before, after = _index(old, collection, "old"), _index(new, collection, "new")
    return Pairing(
        both=_differing(before, after, names),
        removed=[(entity, names) for key, entity in before.items() if key not in after],
        added=[(entity, names) for key, entity in after.items() if key not in before],
    )


def _pair_marked(old: list[Json], new: list[Json], collection: Collection) -> Pairing:
    """Those with a mark among themselves, the others by their own key."""
    marks, keys = (
        replace(collection, keys=((MARK,),)),
        replace(collection, keys=collection.keys[1:]),
    )
    old_marked, new_marked = ([e for e in side if MARK in e] for side in (old, new))
    found = _pair_unmarked(old_marked, new_marked, marks)
    old_others, new_others = ([e for e in side if MARK not in e] for side in (old, new))
    others = _pair_unmarked(old_others, new_others, keys)
    return Pairing(
        both=chain(found.both, others.both),
        removed=chain(found.removed, others.removed),
        added=chain(found.added, others.added),
    )


def _differing(
    before: dict[Any, Entity], after: dict[Any, Entity], names: Names
) -> Iterator[tuple[Entity, Entity, Names]]:
    """Pairs worth a look, found by bytes: `==` takes True for 1, and anything else is slower.

    One at a time, so that a pair is looked into while the processor still has it at hand.
    """
    dumps, find = orjson.dumps, before.get
    for key, new in after.items():
        old = find(key)
        if old is None:
            continue
        try:
            if dumps(old) != dumps(new):
                yield old, new, names
        except orjson.JSONEncodeError:
            # An integer beyond 64 bits or a lone surrogate.
            yield old, new, names


def key_of(entity: Entity, names: Names) -> KeyLevel:
    """The identifying fields with their values in folded form, so that both sides agree."""
    if len(names) == 1:
        return ((names[0], folded(get(entity, names[0]))),)
    return tuple((name, folded(get(entity, name))) for name in names)


def folded(value: Json) -> Json:
    """A key's value as it is matched: text folded, an integral float as an integer."""
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def plain_index(entries: list[Json], collection: Collection) -> dict[Any, Entity] | None:
    """Entries by key values, a column at a time; None unless every key is whole and as folded.

    This is the fast way for nearly every list; `_index` is the exact one, and finds the fault.
    """
    keys = keys_as_written(entries, collection)
    if keys is None:
        return None
    index = dict(zip(keys, entries, strict=True))
    return index if len(index) == len(entries) else None


def _index(entries: list[Json], collection: Collection, side: str) -> dict[KeyToken, Entity]:
    index: dict[KeyToken, Entity] = {}
    for position, entry in enumerate(entries):
        token = _tokens(entries, position, collection, side)[0]
        if token in index:
            first = next(i for i, other in enumerate(entries) if other is index[token])
            raise _twice(entries, position, first, collection, side)
        index[token] = entry
    return index


def _tokens(
    entries: list[Json], position: int, collection: Collection, side: str
) -> tuple[KeyToken, ...]:
    entry = entries[position]
    tokens = key_tokens(entry, collection) if isinstance(entry, dict) else ()
    if tokens:
        return tokens
    wanted = " or ".join("+".join(names) for names in collection.keys)
    found = "" if isinstance(entry, dict) else f", found {type(entry).__name__}"
    raise MatchError(
        f"{collection.path}: entry {position + 1} has no key (expected {wanted}{found})",
        entries=entries,
        position=position,
        side=side,
    )


def _twice(
    entries: list[Json], position: int, first: int, collection: Collection, side: str
) -> MatchError:
    names = key_tokens(entries[position], collection)[0][0]
    words = ", ".join(f"{name} {get(entries[position], name)!r}" for name in names)
    return MatchError(
        f"{collection.path}: entries {first + 1} and {position + 1} have the same key ({words})",
        entries=entries,
        position=position,
        side=side,
    )


class _Side:
    """The entries of one list that are not paired yet, by every alternative that names them."""

    def __init__(self, entries: list[Json], collection: Collection, side: str) -> None:
        self.entries, self.collection, self.side = entries, collection, side
        self.tokens = {
            position: dict(_tokens(entries, position, collection, side))
            for position in range(len(entries))
        }

    def by(self, names: Names) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = {}
        for position, tokens in self.tokens.items():
            if names in tokens:
                found.setdefault(tokens[names], []).append(position)
        return found

    def rest(self) -> list[tuple[Entity, Names]]:
        return [(self.entries[position], next(iter(t))) for position, t in self.tokens.items()]

    def refuse_doubles(self) -> None:
        """The same first key twice is an error whatever the other side holds."""
        seen: dict[KeyToken, int] = {}
        for position, tokens in self.tokens.items():
            first = next(iter(tokens.items()))
            if first in seen:
                raise _twice(self.entries, position, seen[first], self.collection, self.side)
            seen[first] = position


def _pair_by_alternatives(old: list[Json], new: list[Json], collection: Collection) -> Pairing:
    before, after = _Side(old, collection, "old"), _Side(new, collection, "new")
    before.refuse_doubles()
    after.refuse_doubles()
    both: list[tuple[Entity, Entity, Names]] = []
    for rank, names in enumerate(collection.keys):
        earlier = collection.keys[:rank]
        left, right = before.by(names), after.by(names)
        for value in left.keys() & right.keys():
            couple = _couple(before, after, left[value], right[value], earlier)
            if couple is not None:
                both.append((old[couple[0]], new[couple[1]], names))
                del before.tokens[couple[0]], after.tokens[couple[1]]
    return Pairing(both=both, removed=before.rest(), added=after.rest())


def _couple(
    before: _Side, after: _Side, left: list[int], right: list[int], earlier: Sequence[Names]
) -> tuple[int, int] | None:
    """The one pair among the candidates that no earlier alternative contradicts."""
    couples = [
        (i, j)
        for i in left
        for j in right
        if not any(
            names in before.tokens[i]
            and names in after.tokens[j]
            and before.tokens[i][names] != after.tokens[j][names]
            for names in earlier
        )
    ]
    if len(couples) <= 1:
        return couples[0] if couples else None
    side, position = (after, right[-1]) if len(right) > 1 else (before, left[-1])
    raise MatchError(
        f"{side.collection.path}: entry {position + 1} is ambiguous: it fits more than one entry",
        entries=side.entries,
        position=position,
        side=side.side,
    )
