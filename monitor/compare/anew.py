"""A text of an entity that says something else now (`x-text`), beside or in what leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.model.comparison import MISSING, Change, Significance
from monitor.model.said import (
    Anew,
    FieldChanged,
    FieldsChanged,
    Firmed,
    Hardened,
    PositionMove,
    Rescheduled,
    Softened,
    StanceShifted,
    TookPlace,
)


def anew(scene: Scene, lead: Draft, changes: Iterable[Change]) -> Anew | None:
    """The first of its texts that changed, in the kind's order; None where the sentence has no
    room for it."""
    ref = lead.focus
    if ref is None:
        return None
    own = {c.field: c for c in changes if (c.collection, c.key) == ref and c.op == "changed"}
    if not _has_room(lead) and not _moved_in_words(scene, lead, own):
        return None
    texts = [name for name, field in scene.collection(ref[0]).fields.items() if field.text]
    for name in texts:
        change = own.get(name)
        if change is None or not change.significance or not isinstance(change.after, str):
            continue
        others = [c.significance for c in lead.changes if c is not change]
        most = max(others, default=Significance.NOISE)
        heavier = change.significance > most
        moved = _moved_in_words(scene, lead, own)
        if not heavier and not moved and not _stands_behind(lead, even=change.significance == most):
            return None
        return Anew(
            label=scene.title(change),
            before=change.before if isinstance(change.before, str) else None,
            after=change.after,
            first=name == texts[0],
            heavier=heavier,
        )
    return None


def _moved_in_words(scene: Scene, lead: Draft, own: Collection[str | None]) -> bool:
    """Whether a stance moved to another word, and no number says how far: its text does."""
    position = scene.collection(lead.changes[0].collection).position
    if position is None or not isinstance(lead.said, Hardened | Softened | StanceShifted):
        return False
    return position.quantity not in own


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
