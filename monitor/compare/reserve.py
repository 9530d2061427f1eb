"""Under which reserve something is told that is not as firm as can be."""

from __future__ import annotations

from monitor.compare.rules.rule import Draft
from monitor.model.comparison import MISSING, Provenance
from monitor.model.said import (
    Added,
    AlikeChanged,
    EndMoved,
    FieldChanged,
    FieldsChanged,
    Firmed,
    Joined,
    ManyAdded,
    ManyMoved,
    Moved,
    PositionMove,
    Recomposed,
    Replaced,
    Rescheduled,
    Reserve,
    RoleChanged,
    SpanChanged,
    TookPlace,
    Weakened,
)

_CLAIMS = (
    *(Added, ManyAdded, AlikeChanged, FieldChanged, FieldsChanged, SpanChanged, PositionMove),
    *(Replaced, Moved, ManyMoved, Joined, RoleChanged, TookPlace, Rescheduled),
    EndMoved,
)
"""What says that something is so. What is gone, or written otherwise, is no claim."""


def reserve_of(lead: Draft, told: Provenance) -> Reserve | None:
    """None for what is as firm as can be, and for what is no claim."""
    said = lead.said
    claim = isinstance(said, _CLAIMS)
    if isinstance(said, Recomposed):
        claim = bool(said.joined or said.returned)
    elif isinstance(said, RoleChanged):
        claim = said.after is not None
    elif isinstance(said, Firmed | Weakened):
        # Of a plan; of a claim the status itself is what is told.
        claim = said.dates is not MISSING
    if not claim or told.grade is None or told.status is None:
        return None
    written = MISSING if told.written is None else told.written
    lowest = told.grade == "lowest"
    return Reserve(told.status, lowest=lowest, said_by=told.said_by, written=written)
