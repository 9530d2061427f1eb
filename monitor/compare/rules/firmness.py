"""How firm a claim or a plan is (`x-ladder`)."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.rules.period import dates
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.model.comparison import Change, Json, Significance

FIRMED = Rule(
    id="firmed",
    summary="A claim or a plan is firmer than before: higher on its ladder, or back on it.",
    significance=Significance.MAJOR,
    mirror="weakened",
)
WEAKENED = Rule(
    id="weakened",
    summary="A claim or a plan is less firm than before: lower on its ladder, or off it.",
    significance=Significance.MAJOR,
    mirror="firmed",
)


def _find(scene: Scene) -> Iterator[Draft]:
    for path, collection in scene.kind.collections.items():
        ladders = {name for name, field in collection.fields.items() if field.ladder}
        if not ladders or path not in scene.by_collection:
            continue
        for key, changes in scene.left(path):
            for change in changes:
                if change.field in ladders and change.significance:
                    yield from _draft(scene, collection, (path, key), change)


def _draft(scene: Scene, collection: Collection, ref: Ref, change: Change) -> Iterator[Draft]:
    field = scene.field(change)
    assert field is not None
    rule = _rule(field.ladder, change.before, change.after)
    if rule is None:
        return
    arguments = {
        "label": change.label,
        "parent": scene.parent_label(ref),
        "field": field.title,
        "before": change.before,
        "after": change.after,
    }
    period = collection.period
    planned = period is not None and period.state == change.field
    if period is not None and planned:
        arguments["dates"] = dates(scene.entity(ref), period)
    yield Draft(rule=rule.id, changes=(change,), focus=ref, arguments=arguments, told=not planned)


def _rule(ladder: tuple[str, ...], before: Json, after: Json) -> Rule | None:
    """What is off the ladder is below it; what is not stated is not weighed."""
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    was = ladder.index(before) if before in ladder else -1
    now = ladder.index(after) if after in ladder else -1
    if was == now:
        return None
    return FIRMED if now > was else WEAKENED


FAMILY = Family((FIRMED, WEAKENED), _find)
