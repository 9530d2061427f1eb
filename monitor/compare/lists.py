"""Lists that nothing identifies: insertions, deletions, moves and edits found by content.

The method is patience diff (Bram Cohen): what is the same at both ends stays; between them, entries
that occur once on either side and in the same order stay; the gaps are treated alike. It takes
O(n log n) steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any, Final

from monitor.kinds.canonical import plain
from monitor.kinds.values import json_bytes, same
from monitor.model.comparison import Json
from monitor.model.tuples import NamedTuple

Couple = tuple[int, int]
"""A position in the old list and one in the new, from 0."""


# It is never written to.
_NONE: Final[list[Any]] = []


class Alignment(NamedTuple):
    """What happened to which position. Whatever is not named, or edited, stayed in its order."""

    removed: list[int] = _NONE
    added: list[int] = _NONE
    moved: list[Couple] = _NONE
    edited: list[Couple] = _NONE


def align(old: list[Json], new: list[Json]) -> Alignment:
    """Align two lists; `align(new, old)` is the mirror.

    An entry counts as edited, and not as removed and added, when both are objects between the same
    neighbours and share at least half of their names and values.
    """
    before, after = [_content(e) for e in old], [_content(e) for e in new]
    if before <= after:
        return _align(old, new, before, after)
    # Which of two entries that swapped places has moved is a free choice: it is made in one
    # direction only, so that both directions choose alike.
    mirror = _align(new, old, after, before)
    return Alignment(
        removed=mirror.added,
        added=mirror.removed,
        moved=sorted((i, j) for j, i in mirror.moved),
        edited=sorted((i, j) for j, i in mirror.edited),
    )


def _align(old: list[Json], new: list[Json], before: list[bytes], after: list[bytes]) -> Alignment:
    stays = _stays(before, after)
    moved = _moves(before, after, stays)
    gone = set(range(len(old))) - {i for i, _ in (*stays, *moved)}
    come = set(range(len(new))) - {j for _, j in (*stays, *moved)}
    edited: list[Couple] = []
    for (i0, j0), (i1, j1) in zip([(-1, -1), *stays], [*stays, (len(old), len(new))], strict=True):
        left = [i for i in range(i0 + 1, i1) if i in gone]
        right = [j for j in range(j0 + 1, j1) if j in come]
        edited.extend(_edits(old, new, left, right))
    return Alignment(
        removed=sorted(gone - {i for i, _ in edited}),
        added=sorted(come - {j for _, j in edited}),
        moved=moved,
        edited=edited,
    )


def _content(entry: Json) -> bytes:
    return json_bytes(plain(entry))


def _stays(before: Sequence[bytes], after: Sequence[bytes]) -> list[Couple]:
    """Couples of equal entries, in rising order on both sides."""
    stays: list[Couple] = []
    pending = [(0, len(before), 0, len(after))]
    while pending:
        i0, i1, j0, j1 = pending.pop()
        while i0 < i1 and j0 < j1 and before[i0] == after[j0]:
            stays.append((i0, j0))
            i0, j0 = i0 + 1, j0 + 1
        while i0 < i1 and j0 < j1 and before[i1 - 1] == after[j1 - 1]:
            i1, j1 = i1 - 1, j1 - 1
            stays.append((i1, j1))
        anchors = [(i0 + i, j0 + j) for i, j in _anchors(before[i0:i1], after[j0:j1])]
        stays.extend(anchors)
        if anchors:
            starts = [(i0, j0), *((i + 1, j + 1) for i, j in anchors)]
            ends = [*anchors, (i1, j1)]
            pending.extend((i, k, j, m) for (i, j), (k, m) in zip(starts, ends, strict=True))
    return sorted(stays)


def _anchors(before: Sequence[bytes], after: Sequence[bytes]) -> list[Couple]:
    """The longest rising run of entries that occur once on both sides, else of any."""
    left, right = _numbered(before), _numbered(after)
    twice = {entry for entry, earlier in (*left, *right) if earlier}
    common = [(entry, i, right[entry, n]) for (entry, n), i in left.items() if (entry, n) in right]
    once = [(i, j) for entry, i, j in common if entry not in twice]
    return longest_rising(once or [(i, j) for _, i, j in common])


def _numbered(entries: Sequence[bytes]) -> dict[tuple[bytes, int], int]:
    """Positions by entry and how often it has occurred before."""
    seen: defaultdict[bytes, int] = defaultdict(int)
    numbered = {}
    for position, entry in enumerate(entries):
        numbered[entry, seen[entry]] = position
        seen[entry] += 1
    return numbered


def longest_rising(couples: Sequence[Couple]) -> list[Couple]:
    """The longest subsequence whose second positions rise (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for n, (_, j) in enumerate(couples):
        pile = bisect_left(tops, j)
        below.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [n]
    run: list[Couple] = []
    last = piles[-1] if piles else None
    while last is not None:
        run.append(couples[last])
        last = below[last]
    return run[::-1]


def _moves(
    before: Sequence[bytes], after: Sequence[bytes], stays: Sequence[Couple]
) -> list[Couple]:
    """Equal entries that did not stay, first to first."""
    kept_left, kept_right = {i for i, _ in stays}, {j for _, j in stays}
    waiting: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for j, entry in enumerate(after):
        if j not in kept_right:
            waiting[entry].append(j)
    return [
        (i, waiting[entry].popleft())
        for i, entry in enumerate(before)
        if i not in kept_left and waiting[entry]
    ]


def _edits(old: list[Json], new: list[Json], left: list[int], right: list[int]) -> list[Couple]:
    """Objects of one gap that are alike, in order; the longer side skips what is not."""
    edits: list[Couple] = []
    a, b = 0, 0
    while a < len(left) and b < len(right):
        if _alike(old[left[a]], new[right[b]]):
            edits.append((left[a], right[b]))
            a, b = a + 1, b + 1
        elif len(left) - a > len(right) - b:
            a += 1
        else:
            b += 1
    return edits


def _alike(left: Json, right: Json) -> bool:
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    shared = sum(name in right and same(value, right[name]) for name, value in left.items())
    return 2 * shared >= max(len(left), len(right), 1)
