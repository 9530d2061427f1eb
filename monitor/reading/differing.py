"""Which lines of two files are not in both, by their bytes alone: most of two versions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

Lines: TypeAlias = Sequence[bytes]

_RUN: Final = 512
_NEAR: Final = 32
_FAR: Final = 1024
# After so many searches that went far, or one in vain, the files are in another order, and what is
# left is matched by its hashes.
_PATIENCE: Final = 4


def differing(old: Lines, new: Lines) -> tuple[list[int], list[int]]:
    """The places of lines, in order, that are left when equal ones are taken out one to one.

    A line may be left on both sides, where it moved.
    """
    left: tuple[list[int], list[int]] = ([], [])
    i = j = far = 0
    while i < len(old) and j < len(new):
        equal = _equal_run(old, new, i, j)
        i, j = i + equal, j + equal
        if i == len(old) or j == len(new):
            break
        step = _step(old, new, i, j, _NEAR)
        if step is None and far < _PATIENCE:
            far += 1
            step = _step(old, new, i, j, _FAR)
        if step is None:
            return _by_hash(old, new, i, j, left)
        left[0].extend(range(i, min(i + step[0], len(old))))
        left[1].extend(range(j, min(j + step[1], len(new))))
        i, j = i + step[0], j + step[1]
    left[0].extend(range(i, len(old)))
    left[1].extend(range(j, len(new)))
    return left


def _equal_run(old: Lines, new: Lines, i: int, j: int) -> int:
    """How many lines are the same from here on."""
    start = i
    run = 8
    while (part := old[i : i + run]) and part == new[j : j + run]:
        i, j = i + len(part), j + len(part)
        run = min(2 * run, _RUN)
    for left, right in zip(old[i : i + run], new[j : j + run], strict=False):
        if left != right:
            break
        i += 1
    return i - start


def _step(old: Lines, new: Lines, i: int, j: int, reach: int) -> tuple[int, int] | None:
    """How far both have to go from two lines that differ until they are the same again."""
    places: dict[bytes, int] = {}
    for at, line in enumerate(new[j : j + reach]):
        places.setdefault(line, at)
    for at, line in enumerate(old[i : i + reach]):
        if line in places:
            return at, places[line]
    return None


def _by_hash(
    old: Lines, new: Lines, i: int, j: int, left: tuple[list[int], list[int]]
) -> tuple[list[int], list[int]]:
    """What is left from here on, in any order; lines that stand twice are left on both sides."""
    rest = old[i:], new[j:]
    known = set(rest[0])
    others = {line for line in rest[1] if line in known}
    if len(known) != len(rest[0]):
        left[0].extend(range(i, len(old)))
        left[1].extend(range(j, len(new)))
        return left
    left[0].extend(at for at, line in enumerate(rest[0], i) if line not in others)
    seen: set[bytes] = set()
    for at, line in enumerate(rest[1], j):
        if line not in others or line in seen:
            left[1].append(at)
        seen.add(line)
    return left
