"""Patterns for names of files and paths of values: `data/**/*.yaml`, `boards.*.seen`.

Matched in time that grows with both lengths and no faster, whatever is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

ANY: Final = "**"


def fits(pattern: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the steps of a path are those of a pattern; `*` and `?` stand for letters of one
    step, `**` for any steps, none too."""
    # The places of the pattern that the path can have led to so far.
    at = _past_any({0}, pattern)
    for step in path:
        reached = {place for place in at if place < len(pattern) and pattern[place] == ANY}
        for place in at:
            if place < len(pattern) and pattern[place] != ANY and fnmatchcase(step, pattern[place]):
                reached.add(place + 1)
        at = _past_any(reached, pattern)
        if not at:
            return False
    return len(pattern) in at


def _past_any(places: set[int], pattern: Sequence[str]) -> set[int]:
    """The places, and those behind a `**` that stands for nothing."""
    found = set(places)
    for place in places:
        length = next((i for i, step in enumerate(pattern[place:]) if step != ANY), None)
        end = len(pattern) if length is None else place + length
        found.update(range(place, end + 1))
    return found
