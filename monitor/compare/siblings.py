"""The same change of one field of several entries of a list: one piece of news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from monitor.compare.gather import ROOT, Group
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.kinds.values import json_bytes
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import NOT_A_STANCE, AlikeChanged, EachChanged, Example, FieldChanged

# So many that have each another value are told at once.
SEVERAL: Final = 3


def together(scene: Scene, groups: Sequence[Group]) -> list[Group]:
    """The same groups, those that say the same of siblings as one, in the place of the first.

    Without a kind so are several that have each another value of one field, below one entry; of
    many of one list rules of their own speak. Corrections are told one by one.
    """
    if not scene.kind.inferred:
        return _together(scene, groups, 2, _sign, _merged)
    told = _together(scene, groups, 2, _sign_below, _merged)
    return _together(scene, told, SEVERAL, _place, lambda found: _listed(scene, found))


def _together(
    scene: Scene,
    groups: Sequence[Group],
    least: int,
    sign: Callable[[Change], object],
    merged: Callable[[Sequence[Group]], Group],
) -> list[Group]:
    alike: dict[object, list[Group]] = defaultdict(list)
    for group in groups:
        if (change := _telling(scene, group)) is not None and (known := sign(change)) is not None:
            alike[known].append(group)
    first = {id(found[0]): found for found in alike.values() if len(found) >= least}
    others = {id(group) for found in first.values() for group in found[1:]}
    return [
        merged(first[id(group)]) if id(group) in first else group
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


def _sign_below(change: Change) -> object:
    return _sign(change) if len(change.key) > 1 else None


def _place(change: Change) -> object:
    """One field of the entries of one list below an entry."""
    return (change.collection, change.key[:-1], change.field) if len(change.key) > 1 else None


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


def _listed(scene: Scene, groups: Sequence[Group]) -> Group:
    """The stops of a trip, of which each has another time."""
    leads = [group.lead for group in groups]
    said = leads[0].said
    assert isinstance(said, FieldChanged)
    changes = [change for lead in leads for change in lead.changes]
    field = scene.field(changes[0])
    draft = Draft(
        rule=leads[0].rule,
        changes=tuple(changes),
        focus=None,
        others=tuple(lead.focus for lead in leads if lead.focus is not None),
        told=False,
        said=EachChanged(
            section=said.section,
            parent=said.parent,
            field=said.field,
            entries=[
                Example(
                    change.label,
                    said.field,
                    scene.value(field, change.before),
                    scene.value(field, change.after),
                )
                for change in changes
                if change.significance
            ],
        ),
    )
    return Group(lead=draft, rest=[change for group in groups for change in group.rest])
