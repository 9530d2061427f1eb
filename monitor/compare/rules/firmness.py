"""How firm a claim or a plan is (`x-ladder`)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from monitor.compare.rules.period import dates
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.said import Dates, Firmed, Weakened

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


def _find_plans(scene: Scene) -> Iterator[Draft]:
    """The state of a planned thing."""
    for path, collection in scene.kind.collections.items():
        period = collection.period
        if period is None or path not in scene.by_collection:
            continue
        for ref, change, rule in _moves(scene, collection, {period.state}):
            said = _said(scene, ref, change, rule, dates(scene.entity(ref), period))
            yield Draft(rule=rule.id, changes=(change,), focus=ref, said=said, told=False)


def _find_claims(scene: Scene) -> Iterator[Draft]:
    """How firm anything else is; something new said with another status has not become firmer."""
    for path, collection in scene.kind.collections.items():
        ladders = {name for name, field in collection.fields.items() if field.ladder}
        if not ladders or path not in scene.by_collection:
            continue
        for ref, change, rule in _moves(scene, collection, ladders):
            said = _said(scene, ref, change, rule)
            yield Draft(rule=rule.id, changes=(change,), focus=ref, said=said, yields=True)


def _moves(
    scene: Scene, collection: Collection, names: Container[str | None]
) -> Iterator[tuple[Ref, Change, Rule]]:
    for ref, change in scene.each_left(collection.path):
        described = collection.fields.get(change.field or "")
        if change.field not in names or described is None or not change.significance:
            continue
        rule = _rule(described.ladder, change.before, change.after)
        if rule is not None:
            yield ref, change, rule


def _said(
    scene: Scene, ref: Ref, change: Change, rule: Rule, planned: Dates | Missing = MISSING
) -> Firmed | Weakened:
    return (Firmed if rule is FIRMED else Weakened)(
        label=change.label,
        parent=scene.parent_label(ref),
        field=scene.title(change),
        before=str(scene.value(scene.field(change), change.before)),
        after=str(scene.value(scene.field(change), change.after)),
        dates=planned,
    )


def _rule(ladder: tuple[str, ...], before: Json, after: Json) -> Rule | None:
    """What is off the ladder is below it; what is not stated is not weighed."""
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    was = ladder.index(before) if before in ladder else -1
    now = ladder.index(after) if after in ladder else -1
    if was == now:
        return None
    return FIRMED if now > was else WEAKENED


PLANS = Family((FIRMED, WEAKENED), _find_plans)
CLAIMS = Family((), _find_claims)
