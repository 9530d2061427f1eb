"""The same change of one field of several entries of a list: one piece of news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.compare.gather import ROOT, Group
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.kinds.values import json_bytes
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import NOT_A_STANCE, AlikeChanged, FieldChanged


def together(scene: Scene, groups: Sequence[Group]) -> list[Group]:
    """The same groups, those that say the same of siblings as one, in the place of the first.

    What no kind describes has rules of its own for this, and corrections are told one by one.
    """
    if scene.kind.inferred:
        return list(groups)
    alike: dict[object, list[Group]] = defaultdict(list)
    for group in groups:
        if (change := _telling(scene, group)) is not None:
            alike[_sign(change)].append(group)
    first = {id(found[0]): found for found in alike.values() if len(found) > 1}
    others = {id(group) for found in first.values() for group in found[1:]}
    return [
        _merged(first[id(group)]) if id(group) in first else group
        for group in groups
        if id(group) not in others
    ]


def _telling(scene: Scene, group: Group) -> Change | None:
    """The one change that a group tells, if it tells one field before and after and no more."""
    lead, said = group.lead, group.lead.said
    if not isinstance(said, FieldChanged) or lead.focus in (None, ROOT):
        return None
    if said.prose is not MISSING or said.stated is not NOT_A_STANCE or group.also or group.followed:
        return None
    if scene.corrections is not None and scene.corrections.all(group.changes()):
        return None
    telling = [c for c in (*lead.changes, *group.rest) if c.significance and not scene.cites(c)]
    if len(telling) != 1 or telling[0].field is None:
        return None
    field = scene.field(telling[0])
    return None if field is not None and field.wording else telling[0]


def _sign(change: Change) -> object:
    # Whatever the order in which an object's names are written.
    sides = (json_bytes(_plain(change.before)), json_bytes(_plain(change.after)))
    return change.collection, change.key[:-1], change.field, sides


def _plain(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def _merged(groups: Sequence[Group]) -> Group:
    leads = [group.lead for group in groups]
    said = leads[0].said
    assert isinstance(said, FieldChanged)
    draft = Draft(
        rule=leads[0].rule,
        changes=tuple(change for lead in leads for change in lead.changes),
        focus=None,
        others=tuple(lead.focus for lead in leads if lead.focus is not None),
        said=AlikeChanged(
            labels=[lead.changes[0].label for lead in leads],
            parent=said.parent,
            section=said.section,
            field=said.field,
            before=said.before,
            after=said.after,
        ),
    )
    return Group(lead=draft, rest=[change for group in groups for change in group.rest])
