"""Two articles that copy one agency are one voice: passages that are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.tuples import NamedTuple
from monitor.writing.marks import Place
from monitor.writing.tokens import Token, tokens

_WORDS: Final = 5
"""Words of a shingle (Broder 1997): runs of so many words are compared."""
_SHORTEST: Final = 12
"""Words of a passage that is worth saying; a title and a name recur by themselves."""
_GAP: Final = 4
"""Words that a copy may change before the passage ends."""


class Copy(NamedTuple):
    """A passage of the first article, and how many of its words the second has as well."""

    place: Place
    words: int


def copies(first: str, second: str) -> tuple[Copy, ...]:
    """The passages of the first that stand nearly so in the second, in order."""
    mine, theirs = tokens(first), frozenset(_shingles(tokens(second)))
    same = [False] * len(mine)
    for at, shingle in enumerate(_shingles(mine)):
        if shingle in theirs:
            same[at : at + _WORDS] = [True] * _WORDS
    return tuple(_passages(mine, same))


def share(first: str, second: str) -> float:
    """How much of the first is copied, from 0 to 1."""
    words = len(tokens(first))
    return sum(one.words for one in copies(first, second)) / words if words else 0.0


def _shingles(words: Sequence[Token]) -> list[tuple[str, ...]]:
    plain = [one.lower for one in words]
    return [tuple(plain[at : at + _WORDS]) for at in range(len(plain) - _WORDS + 1)]


def _passages(words: Sequence[Token], same: Sequence[bool]) -> list[Copy]:
    found: list[Copy] = []
    start = last = -1
    for at in [*(at for at, one in enumerate(same) if one), len(same) + _GAP + 1]:
        if start >= 0 and at - last > _GAP:
            if last - start + 1 >= _SHORTEST:
                place = Place(words[start].place.start, words[last].place.end)
                found.append(Copy(place, sum(same[start : last + 1])))
            start = -1
        start = at if start < 0 else start
        last = at
    return found
