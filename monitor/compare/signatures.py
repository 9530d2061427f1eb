"""By what changes of one field are alike: what is said of many of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from monitor.kinds.values import token
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import Extent


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
    before, after = change.before, change.after
    if isinstance(before, bool) or isinstance(after, bool):
        return None
    return after - before if isinstance(before, int) and isinstance(after, int) else None


def edit(change: Change) -> tuple[str, str] | None:
    """What was cut out and what was put in its place, for texts of which something stays."""
    before, after = change.before, change.after
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    if start + end == 0:
        return None
    return before[start : len(before) - end], after[start : len(after) - end]


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
ALIKE: Final[Signatures] = ((_values, "value"), (step, "step"), (edit, "edit"))
