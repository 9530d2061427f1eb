"""By what changes of one field are alike: what is said of many of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from monitor.kinds.values import token
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import Extent

_DIGITS: Final = 18


def presence(change: Change) -> Literal["appeared", "disappeared"] | None:
    if change.before is MISSING:
        return "appeared"
    return "disappeared" if change.after is MISSING else None


def stated(change: Change) -> Literal["cleared", "filled"] | None:
    """A value that is null or empty on one side, whatever it is on the other."""
    before, after = (side in (None, "") for side in (change.before, change.after))
    if MISSING in (change.before, change.after) or before == after:
        return None
    return "filled" if before else "cleared"


def _values(change: Change) -> object:
    return token(_plain(change.before)), token(_plain(change.after))


def step(change: Change) -> int | None:
    """By how much a whole number differs: ranks and ages that all moved by one."""
    before, after = _whole(change.before), _whole(change.after)
    return None if before is None or after is None else after - before


def _whole(value: Json | Missing) -> int | None:
    """A whole number, also as a table has it: a text, written as a number is."""
    if isinstance(value, str) and len(value) < _DIGITS and value.lstrip("-").isdecimal():
        return int(value) if str(int(value)) == value else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def edit(change: Change) -> tuple[str, str] | None:
    """What was cut out and what was put in its place, for texts of which something stays."""
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    if not any(map(str.isalpha, before + after)):
        return None  # numbers and days, of which single digits say nothing
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    if start + end == 0:
        return None
    return before[start : len(before) - end], after[start : len(after) - end]


def members(change: Change) -> object:
    """Who came to a list and who went from it, whatever else it has."""
    sides = lost_and_gained(change)
    return None if sides is None else tuple(frozenset(map(token, side)) for side in sides)


def lost_and_gained(change: Change) -> tuple[list[Json], list[Json]] | None:
    """The members that a list has lost and gained; None for anything else, and for a mere order."""
    before, after = change.before, change.after
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    old, new = ({token(each): each for each in side} for side in (before, after))
    lost = [each for known, each in old.items() if known not in new]
    gained = [each for known, each in new.items() if known not in old]
    return (lost, gained) if lost or gained else None


def _shared(one: str, other: str) -> int:
    """How many first characters two texts have in common."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _plain(value: Json | Missing) -> Json:
    return None if value is MISSING else value


Signatures: TypeAlias = tuple[tuple[Callable[[Change], object], Extent | None], ...]
"""By what changes are alike, the surest first; None where the likeness itself says what it is."""

STATED: Final[Signatures] = ((presence, None), (stated, None))
ALIKE: Final[Signatures] = (
    (members, "members"),
    (_values, "value"),
    (step, "step"),
    (edit, "edit"),
)
