"""A text of an entity that says something else now (`x-text`), beside or in what leads."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.model.comparison import MISSING, Change, Significance
from monitor.model.said import (
    Anew,
    FieldChanged,
    FieldsChanged,
    Firmed,
    PositionMove,
    Rescheduled,
    TookPlace,
)


def anew(scene: Scene, lead: Draft, changes: Iterable[Change]) -> Anew | None:
    """The first of its texts that changed, in the kind's order; None where the sentence has no
    room for it."""
    ref = lead.focus
    if ref is None or not _has_room(lead):
        return None
    own = {c.field: c for c in changes if (c.collection, c.key) == ref and c.op == "changed"}
    texts = [name for name, field in scene.collection(ref[0]).fields.items() if field.text]
    for name in texts:
        change = own.get(name)
        if change is None or not change.significance or not isinstance(change.after, str):
            continue
        others = [c.significance for c in lead.changes if c is not change]
        most = max(others, default=Significance.NOISE)
        heavier = change.significance > most
        if not heavier and not _stands_behind(lead, even=change.significance == most):
            return None
        return Anew(
            label=scene.title(change),
            before=change.before if isinstance(change.before, str) else None,
            after=change.after,
            first=name == texts[0],
            heavier=heavier,
        )
    return None


def _stands_behind(lead: Draft, *, even: bool) -> bool:
    """Whether a text that does not weigh more is told with what leads: never before what weighs
    more itself, and not behind a number."""
    if isinstance(lead.said, FieldChanged | FieldsChanged):
        return even
    return not isinstance(lead.said, PositionMove)


def _has_room(lead: Draft) -> bool:
    said = lead.said
    if isinstance(said, FieldChanged | FieldsChanged):
        return said.stated.position is MISSING
    if isinstance(said, Firmed):
        return said.dates is not MISSING
    if isinstance(said, PositionMove):
        return said.issue is MISSING
    return isinstance(said, Rescheduled | TookPlace)
