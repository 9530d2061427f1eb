"""Under which reserve something is told that is not as firm as can be."""

from __future__ import annotations

from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.compare.voices import cited
from monitor.model.comparison import MISSING, Provenance
from monitor.model.publishers import publisher_of
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

EXAMINED = 50
"""Of a finding on many entities, how many are asked what they have in common."""


def reserve_of(scene: Scene, lead: Draft, told: Provenance) -> Reserve | None:
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
    return Reserve(
        told.status,
        lowest=told.grade == "lowest",
        said_by=told.said_by,
        written=written,
        papers=_papers(scene, lead, told),
    )


def _papers(scene: Scene, lead: Draft, told: Provenance) -> tuple[str, ...]:
    """Who published the newest source that all it tells of has in common, and that names itself."""
    refs = [(change.collection, change.key) for change in lead.changes if change.op != "removed"]
    if lead.focus is not None:
        refs = [lead.focus]
    common = [set(cited(scene, ref, scene.new)) for ref in refs[:EXAMINED]]
    shared = set.intersection(*common) if common else set()
    first = [each for each in told.sources if each in shared]
    newest = scene.published.get(first[0]) if first else None
    dated = (each for each in first if scene.published.get(each) == newest)
    named = (publisher_of(scene.sources.get(each)) for each in dated)
    return tuple(name for name in named if name)[:1]
