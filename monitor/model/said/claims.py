"""How firm something is, and who says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said.plans import Dates
from monitor.model.tuples import NamedTuple


class Firmness(NamedTuple):
    """Words of a ladder; `dates` where it is the state of a planned thing."""

    label: str
    parent: str | None
    field: str
    before: str
    after: str
    dates: Dates | Missing = MISSING


class Firmed(Firmness):
    __slots__ = ()


class Weakened(Firmness):
    __slots__ = ()


class Denied(NamedTuple):
    """A claim that is now at the bottom of its ladder or off it: `status` now, `before` then.

    `said_by` denies it, `claimed_by` said it before, `papers` published it; `text` is its first.
    """

    label: str
    parent: str | None
    status: str
    before: str
    said_by: str | None
    claimed_by: str | None
    papers: Sequence[str]
    text: str | None
    dates: Dates | Missing = MISSING


class Claim(NamedTuple):
    """What one source says instead of the value that a field has, `stands`; `paper` published it,
    `source` is its label."""

    field: str
    value: Json
    source: str | None
    stands: Json | Missing = MISSING
    paper: str | Missing = MISSING


class Disagreement(NamedTuple):
    """`fields` are those that `said` speaks of, but for the key; `remaining`: other claims that
    still stand."""

    label: str
    parent: str | None
    fields: Sequence[str]
    said: Sequence[Claim]
    remaining: int


class Disputed(Disagreement):
    __slots__ = ()


class Settled(Disagreement):
    __slots__ = ()


Assertion: TypeAlias = Firmed | Weakened | Denied | Disputed | Settled
