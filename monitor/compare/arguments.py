"""What a finding says, as typed values: the arguments of its rules, and the fields behind them."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.cascade import step
from monitor.compare.gather import Group
from monitor.compare.rules.plain import is_prose
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json


def arguments_of(scene: Scene, group: Group) -> dict[str, Json]:
    arguments = dict(group.lead.arguments)
    if group.also:
        arguments["also"] = [{"rule": draft.rule, **draft.arguments} for draft in group.also]
    if group.followed:
        arguments["followed"] = _followed(scene, group.followed)
    if members := _members(scene, group):
        arguments["members"] = members
    details = list(_details(scene, group))
    if details:
        arguments["details"] = details
    if template := _template(scene, group.lead):
        arguments["wording"] = template
    return arguments


def _followed(scene: Scene, changes: list[Change]) -> dict[str, Json]:
    """Shifted numbers: how many, of which field, and how many of them became smaller."""
    smaller = sum(1 for change in changes if step(change) < 0)
    return {"count": len(changes), "field": scene.title(changes[0]), "smaller": smaller}


def _members(scene: Scene, group: Group) -> list[Json]:
    """Who belongs to a group that was added or removed as a whole."""
    if group.lead.changes[0].op == "changed":
        return []
    return [
        change.label
        for change in group.rest
        if change.op != "changed" and scene.collection(change.collection).membership is not None
    ]


def _details(scene: Scene, group: Group) -> Iterator[dict[str, Json]]:
    """Fields that changed and that the lead's arguments do not tell, in the kind's order.

    An absent `before` or `after` means that the value did not exist on that side.
    """
    candidates = [change for draft in group.also for change in draft.changes] + group.rest
    if not group.lead.told:
        candidates = [*group.lead.changes, *candidates]
    changes = [change for change in candidates if change.op == "changed"]
    for change in changes if len(changes) == 1 else _in_kind_order(scene, changes):
        collection = scene.collection(change.collection)
        if not change.significance or change.field in collection.children:
            continue
        field = scene.field(change)
        detail: dict[str, Json] = {
            "label": scene.title(change),
            "field": change.field,
        }
        if (change.collection, change.key) != group.lead.focus:
            detail["of"] = change.label
        if (field is not None and field.text) or is_prose(change):
            detail["text"] = True
        elif field is not None and not field.ladder and not scene.supports(field):
            detail["fact"] = True
        if change.before is not MISSING:
            detail["before"] = scene.value(field, change.before)
        if change.after is not MISSING:
            detail["after"] = scene.value(field, change.after)
        yield detail


def _in_kind_order(scene: Scene, changes: list[Change]) -> list[Change]:
    places: dict[str, dict[str, int]] = {}

    def place(change: Change) -> tuple[int, str]:
        names = places.get(change.collection)
        if names is None:
            fields = scene.collection(change.collection).fields
            names = places[change.collection] = {name: at for at, name in enumerate(fields)}
        return names.get(change.field or "", len(names)), change.field or ""

    return sorted(changes, key=place)


def _template(scene: Scene, lead: Draft) -> Json:
    """The kind's own sentence for what happened, with what its slots need."""
    first = lead.changes[0]
    collection = scene.collection(first.collection)
    words = collection.wording
    if first.field is not None:
        field = scene.field(first)
        words = field.wording if field is not None else {}
    if first.op not in words or len(lead.changes) > 1:
        return None
    entity = scene.entity((first.collection, first.key))
    values = {name: scene.value(f, get(entity, name)) for name, f in collection.fields.items()}
    return {"template": words[first.op], "values": values}
