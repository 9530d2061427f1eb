"""Entries paired by what they hold, where no key tells them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Sized
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from monitor.kinds.canonical import plain
from monitor.kinds.values import json_bytes, same
from monitor.model.comparison import Json

Couple: TypeAlias = tuple[int | None, int | None]
"""A position in the old list and one in the new; None where there is none."""

# Beyond this many pairs only the same content is found: all pairs would be quadratic.
_PAIRS: Final = 10_000


def same_content(
    old: Sequence[Json], new: Sequence[Json], left: Iterable[int], right: Iterable[int],
    *, but: Sized[str],
) -> list[Couple]:  # fmt: skip
    """Couples that hold the same, apart from the fields `but`; each of several its own."""
    waiting: defaultdict[bytes, list[int]] = defaultdict(list)
    for j in sorted(right, key=lambda j: json_bytes(new[j]), reverse=True):
        waiting[_content(new[j], but)].append(j)
    return [
        (i, stack.pop())
        for i in sorted(left, key=lambda i: json_bytes(old[i]))
        if (stack := waiting[_content(old[i], but)])
    ]


def alike(
    old: Sequence[Json], new: Sequence[Json], left: Sequence[int], right: Sequence[int],
    *, but: Sized[str], least: float = 0.5,
) -> list[Couple]:  # fmt: skip
    """Couples of the entries that share most values, the most alike first, then the rest alone.

    Objects that share less than `least` of their fields are no couple, nor are two values of
    another sort that are not the same. The other way round the same couples are found.
    """
    couples = same_content(old, new, left, right, but=())
    rest = _rest(left, right, couples)
    if 0 < len(rest[0]) * len(rest[1]) <= _PAIRS:
        offered = [(_likeness(old[i], new[j], but), i, j) for i in rest[0] for j in rest[1]]
        contents = {(0, i): json_bytes(old[i]) for i in rest[0]}
        contents |= {(1, j): json_bytes(new[j]) for j in rest[1]}
        offered.sort(
            key=lambda each: (-each[0], sorted((contents[0, each[1]], contents[1, each[2]])))
        )
        taken: set[tuple[int, int]] = set()
        for score, i, j in offered:
            if score > 0 and score >= least and not {(0, i), (1, j)} & taken:
                taken |= {(0, i), (1, j)}
                couples.append((i, j))
        rest = _rest(left, right, couples)
    return [*couples, *((i, None) for i in rest[0]), *((None, j) for j in rest[1])]


def _rest(
    left: Iterable[int], right: Iterable[int], couples: Iterable[Couple]
) -> tuple[list[int], list[int]]:
    ends = [{couple[side] for couple in couples} for side in (0, 1)]
    return [i for i in left if i not in ends[0]], [j for j in right if j not in ends[1]]


def _content(entry: Json, but: Sized[str]) -> bytes:
    return json_bytes(plain(_without(entry, but)))


def _without(entry: Json, but: Sized[str]) -> Any:
    """An object with nothing but its key is not the same as another such."""
    if not isinstance(entry, dict) or not but:
        return entry
    return {name: v for name, v in entry.items() if name not in but} or entry


def _likeness(one: Json, other: Json, but: Sized[str]) -> float:
    """The share of fields that are the same, from 0 to 1."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return 0.0
    names = {*one, *other} - {*but}
    shared = sum(name in one and name in other and same(one[name], other[name]) for name in names)
    return shared / len(names) if names else 0.0
