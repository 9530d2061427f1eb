"""Texts whose words stay and whose spelling changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.compare.spelling import same_spelling
from monitor.kinds.kind import Collection
from monitor.kinds.values import get
from monitor.model.comparison import Change, Significance
from monitor.model.said import Respelled

RESPELLED = Rule(
    id="respelled",
    summary="Only spelling, diacritics, apostrophes or markup changed; once for all places.",
    significance=Significance.MINOR,
    mirror="respelled",
)


def _find(scene: Scene) -> Iterator[Draft]:
    """One finding for each pair of spellings, wherever it occurs."""
    pairs: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for path in scene.paths():
        collection = scene.collection(path)
        for _, change in scene.each_left(path):
            before, after = change.before, change.after
            if change.op != "changed" or not isinstance(before, str):
                continue
            if isinstance(after, str) and _is_respelling(scene, collection, change):
                pairs[before, after].append(change)
    for (before, after), changes in pairs.items():
        yield Draft(
            rule=RESPELLED.id,
            changes=tuple(changes),
            focus=None,
            said=Respelled(changes[0].label, before, after, len(changes)),
        )


def _is_respelling(scene: Scene, collection: Collection, change: Change) -> bool:
    """By its letters, or because the entity lists the other name as one of its own."""
    assert change.field is not None
    field = collection.fields.get(change.field)
    if field is not None and (field.ladder or field.scale or field.ref):
        return False
    if same_spelling(str(change.before), str(change.after)):
        return True
    if collection.aliases is None or field is None or not _is_name(collection, change.field):
        return False
    entity = scene.entity((change.collection, change.key))
    aliases = get(entity, collection.aliases)
    return isinstance(aliases, list) and change.before in aliases


def _is_name(collection: Collection, field: str) -> bool:
    """Whether entities of a list are named by this field."""
    return f"{{{field}}}" in (collection.label or "")


FAMILY = Family((RESPELLED,), _find)
