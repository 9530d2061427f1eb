"""Two long texts that differ in a few places: what is around these places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from monitor.model.later import later

if TYPE_CHECKING:
    import difflib
else:
    difflib = later("difflib")

GAP: Final = "…"
# Words that stay on either side of a place; in scripts without spaces so many times as many signs.
_NEAR: Final = 8
_SIGNS: Final = 5
# Longer texts are not searched for what stays between two places.
_MOST: Final = 20_000
# In longer ones words that stand everywhere are no help, and slow.
_RARE: Final = 1000


def around(before: str, after: str, limit: int) -> tuple[str, str]:
    """The same texts where both have at most `limit` characters; else without what is the same far
    from where they differ, which an ellipsis stands for. They still differ."""
    if max(len(before), len(after)) <= limit:
        return before, after
    old, new = before.split(), after.split()
    if old == new:
        return before, after
    sides = _without_ends(old, new, _NEAR, " ")
    if max(map(len, sides)) > limit:
        sides = _without_middles(*(side.split() for side in sides))
    if max(map(len, sides)) > limit:
        sides = _without_ends(*sides, _NEAR * _SIGNS, "")
    return sides if all(sides) and sides[0] != sides[1] else (before, after)


def _without_ends(old: Sequence[str], new: Sequence[str], near: int, joint: str) -> tuple[str, str]:
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    first, last = max(0, head - near), max(0, tail - near)
    return _between(old, first, last, joint), _between(new, first, last, joint)


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """How many parts both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _between(parts: Sequence[str], first: int, last: int, joint: str) -> str:
    kept = joint.join(parts[first : len(parts) - last])
    return " ".join([*([GAP] if first else []), kept, *([GAP] if last else [])])


def _without_middles(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    longest = max(len(old), len(new))
    if longest > _MOST:
        return " ".join(old), " ".join(new)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=longest > _RARE)
    found = matcher.get_opcodes()
    one = [word for tag, i, j, _, _ in found for word in _run(old[i:j], same=tag == "equal")]
    other = [word for tag, _, _, k, m in found for word in _run(new[k:m], same=tag == "equal")]
    return " ".join(one), " ".join(other)


def _run(words: Sequence[str], *, same: bool) -> Iterator[str]:
    if not same or len(words) <= 2 * _NEAR + 2:
        yield from words
    else:
        yield from (*words[:_NEAR], GAP, *words[-_NEAR:])
