"""Several entries of one list on one line: `delegations[red].members[ash|lind]`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from monitor.model.patterns import regex

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_ALTERNATIVES: Final = regex(rf"{_QUOTED}|(?<=[\[,])[^\[\],\"]*\|[^\[\],\"]*")
_PARTS: Final = regex(rf"{_QUOTED}|[\[\],]|[^\[\],\"]+")
_MOST: Final = 40


def paths_of(path: str) -> tuple[str, ...]:
    """The path of each. What stands in quotes is one key. Raises ValueError for more than 40."""
    parts: list[list[str]] = []
    at = 0
    for found in _ALTERNATIVES.finditer(path):
        if not found[0].startswith('"'):
            parts += [[path[at : found.start()]], [one.strip() for one in found[0].split("|")]]
            at = found.end()
    parts.append([path[at:]])
    paths = list(itertools.islice(itertools.product(*parts), _MOST + 1))
    if len(paths) > _MOST:
        raise ValueError(f"{path}: more than {_MOST} entries at once")
    return tuple("".join(one) for one in paths)


def joined(paths: Sequence[str]) -> str | None:
    """One path for all of them; None where they differ in more than one part of a key."""
    split = [_PARTS.findall(one) for one in paths]
    if len({len(one) for one in split}) != 1:
        return None
    columns = list(zip(*split, strict=True))
    other = [number for number, column in enumerate(columns) if len(set(column)) > 1]
    if len(other) != 1 or columns[other[0] - 1][0] not in ("[", ","):
        return None
    names = columns[other[0]]
    if any("|" in one or one.startswith('"') for one in names):
        return None
    return "".join(
        "|".join(names) if number == other[0] else column[0]
        for number, column in enumerate(columns)
    )
