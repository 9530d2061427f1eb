"""Many entries at once: what a loop over them finds, by a few calls that loop in C.

Each call goes once over all entries in the order in which they were read: what takes the time is
waiting for memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final, TypeAlias

from monitor.compare.match import Entity, Names
from monitor.kinds.keys import plain_column

Columns: TypeAlias = list[Sequence[Any]]
"""What identifies each entry, list by list."""

_NESTED: Final = frozenset((dict, list))


def types_of(values: Iterable[Any]) -> set[type]:
    return set(map(type, values))


def types_by_name(entries: Iterable[Entity]) -> Mapping[str, set[type]]:
    """Every name that an entry has, with the types of what stands under it."""
    found: dict[str, set[type]] = defaultdict(set)
    # One flat tuple for an entry: two of them would take half as long again.
    forms: set[tuple[Any, ...]] = {(*entry, *map(type, entry.values())) for entry in entries}
    for form in forms:
        half = len(form) // 2
        for name, held in zip(form[:half], form[half:], strict=True):
            found[name].add(held)
    return found


def are_flat(entries: Iterable[Entity]) -> bool:
    """Whether none of the entries holds an object or a list."""
    return _NESTED.isdisjoint(map(type, chain.from_iterable(map(dict.values, entries))))


def only(wanted: type, values: Iterable[Any]) -> list[Any]:
    return [value for value in values if type(value) is wanted]


def stated(name: str, entries: Sequence[Entity]) -> list[Any]:
    """The values of a name, where it is there at all."""
    try:
        return list(map(itemgetter(name), entries))
    except KeyError:
        return [entry[name] for entry in entries if name in entry]


def plain_keys(keys: Sequence[Names], lists: Iterable[Sequence[Any]]) -> Columns | None:
    """The keys of all entries where none needs folding; None where one may.

    Two are equal where their tokens are (see `key_tokens`).
    """
    if len(keys) != 1 or len(keys[0]) != 1:
        return None
    found: Columns = []
    for part in lists:
        column = plain_column(part, keys[0][0])
        if column is None:
            return None
        found.append(column)
    return found
