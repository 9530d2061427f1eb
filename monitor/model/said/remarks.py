"""What remarks say; they own no change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said.plans import Dates
from monitor.model.tuples import NamedTuple


class Approach(NamedTuple):
    """The distance between two parties on an issue before and after, in `unit` or in steps; `moved`
    are those of them that moved; `at`: of two who meet, the quantity or the place on a scale."""

    issue: str
    parties: Sequence[str]
    before: float
    after: float
    unit: str | None
    moved: Sequence[str]
    record: Literal["closest", "widest"] | Missing = MISSING
    at: Json | Missing = MISSING


class Converged(Approach):
    __slots__ = ()


class Diverged(Approach):
    __slots__ = ()


class Overlap(Approach):
    __slots__ = ()


class Reversed(NamedTuple):
    """A position is back where it stood on `as_of`."""

    label: str
    as_of: str


class Returned(NamedTuple):
    """The state of `as_of` again; what the version of `undone` changed is undone."""

    as_of: str
    undone: str


class Corrected(NamedTuple):
    as_of: str


class Lapsed(NamedTuple):
    """`over`: it had begun, or only its end was planned, so that its last day ended it."""

    label: str
    dates: Dates
    state: Json
    over: Literal[True] | Missing = MISSING


class KindChanged(NamedTuple):
    as_of: str


Observed: TypeAlias = (
    Converged | Diverged | Overlap | Reversed | Returned | Corrected | Lapsed | KindChanged
)
"""What a remark can say."""
