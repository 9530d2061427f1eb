"""Fields of the document that stand in one object, such as the rates of a table of rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.compare.bare_facts import bare_facts
from monitor.compare.paths import dig, join_field, split_field
from monitor.compare.rules.plain import ADDED, CHANGED, REMOVED, draft_fields
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene
from monitor.compare.titles import title_of_field
from monitor.model.comparison import MISSING, Change, Json
from monitor.model.said import Added, Fact, FieldsChanged, Removed

FACTS = 4


def draft_objects(scene: Scene, ref: Ref, changes: Sequence[Change]) -> Iterator[Draft]:
    """Those of one object together, in the order of their first; any other by itself."""
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        groups[_above(change) or f"@{change.id}"].append(change)
    for within, group in groups.items():
        if len(group) == 1 and (part := _part(group[0])) is not None:
            yield _whole(scene, ref, group[0], part)
        elif len(group) == 1:
            yield draft_fields(scene, ref, group)
        elif all(_is_there(side, within) for side in (scene.old.get(*ref), scene.new.get(*ref))):
            yield _changed(scene, ref, within, group)
        else:
            yield _come_or_gone(scene, ref, within, group)


def _above(change: Change) -> str:
    """The object that a field stands in; nothing for the document itself and its shapes."""
    steps = split_field(change.field or "")
    return "" if any(step.startswith("@") for step in steps) else join_field(steps[:-1])


def _part(change: Change) -> Json | None:
    """What an object holds that came or went as a whole."""
    if change.before is MISSING and isinstance(change.after, dict) and change.after:
        return change.after
    if change.after is MISSING and isinstance(change.before, dict) and change.before:
        return change.before
    return None


def _whole(scene: Scene, ref: Ref, change: Change, part: Json) -> Draft:
    come = change.before is MISSING
    facts = bare_facts(scene, scene.collection(ref[0]), part)
    return Draft(
        rule=(ADDED if come else REMOVED).id,
        changes=(change,),
        focus=ref,
        said=(Added if come else Removed)(scene.title(change), None, "", facts, None),
    )


def _is_there(document: object, within: str) -> bool:
    return dig(document, split_field(within)) is not MISSING


def _changed(scene: Scene, ref: Ref, within: str, changes: Sequence[Change]) -> Draft:
    telling = [change for change in changes if change.significance] or changes
    fields = [scene.title_within(change, within) for change in telling]
    said = FieldsChanged(title_of_field(within), None, "", fields)
    return Draft(
        rule=CHANGED.id, changes=tuple(changes), focus=ref, said=said, told=False, within=within
    )


def _come_or_gone(scene: Scene, ref: Ref, within: str, changes: Sequence[Change]) -> Draft:
    """An object that is new or gone, with the first few things that it says."""
    come = all(change.before is MISSING for change in changes)
    values = [(c, c.after if come else c.before) for c in changes if c.significance]
    facts = [
        Fact(
            scene.title_within(change, within), scene.value(scene.field(change), value), named=True
        )
        for change, value in values
        if value is not None and value is not MISSING and not isinstance(value, dict)
    ]
    return Draft(
        rule=(ADDED if come else REMOVED).id,
        changes=tuple(changes),
        focus=ref,
        said=(Added if come else Removed)(title_of_field(within), None, "", facts[:FACTS], None),
        within=within,
    )
