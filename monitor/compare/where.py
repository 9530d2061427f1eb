"""Where a planned thing is to be (`x-period`, `place`), if that is new."""

from __future__ import annotations

from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection, Period
from monitor.kinds.values import get
from monitor.model.comparison import Json
from monitor.model.said import (
    FieldChanged,
    FieldsChanged,
    Firmed,
    Rescheduled,
    TookPlace,
    Where,
)


def where(scene: Scene, lead: Draft) -> tuple[Where, frozenset[str]] | None:
    """The place and the fields that it is told by; None where the sentence has no room for it.

    A town of which only the country is new has not moved.
    """
    ref = lead.focus
    period = scene.collection(ref[0]).period if ref is not None else None
    if ref is None or period is None or not period.place or not _has_room(lead):
        return None
    old, new = scene.old.get(*ref), scene.new.get(*ref)
    collection = scene.collection(ref[0])
    sides = {
        name: (_stated(scene, collection, old, name), _stated(scene, collection, new, name))
        for name in period.place
    }
    known = {name: side for name, side in sides.items() if side != (None, None)}
    moved = {name: side for name, side in known.items() if side[0] != side[1]}
    if old is None or new is None or not moved or next(iter(known)) not in moved:
        return None
    state, over = _state(scene, collection, period, new)
    before, after = ([side[at] for side in moved.values() if side[at]] for at in (0, 1))
    told = Where([str(name) for name in before], [str(name) for name in after], state, over)
    return told, frozenset(moved)


def _has_room(lead: Draft) -> bool:
    said = lead.said
    if isinstance(said, Firmed):
        return bool(said.dates)
    if isinstance(said, TookPlace):
        return said.over is not True
    return isinstance(said, Rescheduled | FieldChanged | FieldsChanged)


def _stated(scene: Scene, collection: Collection, entity: Json, name: str) -> str | None:
    said = scene.value(collection.fields.get(name), get(entity, name))
    return said if isinstance(said, str) and said else None


def _state(
    scene: Scene, collection: Collection, period: Period, entity: Json
) -> tuple[str | None, bool]:
    """Its word where it says how far the plan has come, and whether that is the end of it."""
    field = collection.fields.get(period.state or "")
    state = get(entity, period.state) if period.state else None
    if field is None or state not in field.ladder:
        return None, False
    return str(scene.value(field, state)), state == field.ladder[-1]
