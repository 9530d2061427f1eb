"""Moves of a quantity (`x-quantity`) and of a place on a scale (`x-scale`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from monitor.compare.intervals import movement, read_interval
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.said import (
    NO_STANCE,
    Hardened,
    Narrowed,
    Shifted,
    Softened,
    StanceNames,
    StanceShifted,
    Widened,
)

WIDENED = Rule(
    id="widened",
    summary="An interval now holds all it held before, and more.",
    significance=Significance.MAJOR,
    mirror="narrowed",
)
NARROWED = Rule(
    id="narrowed",
    summary="An interval now holds only a part of what it held before.",
    significance=Significance.MAJOR,
    mirror="widened",
)
SHIFTED = Rule(
    id="shifted",
    summary="An interval moved: it gave up some of what it held and holds something new.",
    significance=Significance.MAJOR,
    mirror="shifted",
)
HARDENED = Rule(
    id="hardened",
    summary="A position moved towards the first, hardest place of its scale.",
    significance=Significance.MAJOR,
    mirror="softened",
)
SOFTENED = Rule(
    id="softened",
    summary="A position moved towards the last, softest place of its scale.",
    significance=Significance.MAJOR,
    mirror="hardened",
)
STANCE_SHIFTED = Rule(
    id="stance-shifted",
    summary="A party's position changed to another that no scale puts above or below it.",
    significance=Significance.MAJOR,
    mirror="stance-shifted",
)


Move: TypeAlias = Widened | Narrowed | Shifted | Hardened | Softened | StanceShifted

_MOVES: Mapping[str, Callable[..., Move]] = {
    WIDENED.id: Widened,
    NARROWED.id: Narrowed,
    SHIFTED.id: Shifted,
    HARDENED.id: Hardened,
    SOFTENED.id: Softened,
    STANCE_SHIFTED.id: StanceShifted,
}


def _find(scene: Scene) -> Iterator[Draft]:
    for path, collection in scene.kind.collections.items():
        if path not in scene.by_collection or not _telling(collection):
            continue
        for _, change in scene.each_left(path):
            rule = _rule(collection, change) if change.op == "changed" else None
            if rule is not None:
                yield _draft(scene, collection, rule, change)


def _telling(collection: Collection) -> bool:
    return collection.position is not None or any(
        field.quantity or field.scale for field in collection.fields.values()
    )


def _rule(collection: Collection, change: Change) -> str | None:
    assert change.field is not None
    field = collection.fields.get(change.field)
    if field is None or not change.significance:
        return None
    if field.quantity is not None:
        before = read_interval(change.before, field.quantity)
        after = read_interval(change.after, field.quantity)
        return movement(before, after) if before and after else None
    stance = collection.position is not None and change.field == collection.position.value
    if field.scale or stance:
        return _on_scale(field, change.before, change.after)
    return None


def _on_scale(field: Field, before: Json, after: Json) -> str | None:
    if before in (None, MISSING) or after in (None, MISSING):
        return None
    if before in field.scale and after in field.scale:
        harder = field.scale.index(after) < field.scale.index(before)
        return (HARDENED if harder else SOFTENED).id
    return STANCE_SHIFTED.id


def _draft(scene: Scene, collection: Collection, rule: str, change: Change) -> Draft:
    field = scene.field(change)
    assert field is not None
    focus = (change.collection, change.key)
    return Draft(
        rule=rule,
        changes=(change,),
        focus=focus,
        said=_MOVES[rule](
            change.label,
            scene.parent_label(focus),
            field.title,
            scene.value(field, change.before),
            scene.value(field, change.after),
            *stance_names(scene, collection, scene.entity(focus)),
            True if field.scale and field.scale[-1] in (change.before, change.after) else MISSING,
        ),
    )


def stance_names(scene: Scene, collection: Collection, entity: Json) -> StanceNames:
    """Party and issue as labels, and the position's own word, where a list holds stances."""
    position = collection.position
    if position is None:
        return NO_STANCE

    def named(name: str | None) -> Json | Missing:
        value = get(entity, name) if name else MISSING
        if not name or value is MISSING:
            return MISSING
        return scene.value(collection.fields.get(name), value)

    return StanceNames(named(position.party), named(position.issue), named(position.value))


FAMILY = Family((WIDENED, NARROWED, SHIFTED, HARDENED, SOFTENED, STANCE_SHIFTED), _find)
