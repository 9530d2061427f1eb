"""What the entries of a list say: those that came or went together, or with what they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.gather import Group
from monitor.compare.rules.plain import facts_of, text_of
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection
from monitor.model.comparison import Change
from monitor.model.said import ManyAdded, ManyRemoved, Part, Renewed

MOST = 8
"""Entries of one list; of longer ones each would say too little."""
FACTS = 3


def parts_of(scene: Scene, group: Group) -> tuple[Part, ...]:
    """Of many, each one; of an entity that came or went as a whole, what belonged to it."""
    if scene.kind.inferred:
        return ()
    if isinstance(group.lead.said, ManyAdded | ManyRemoved | Renewed):
        changes = list(group.lead.changes)
        found = [_part(scene, change, whole=True) for change in changes[:MOST]]
        says = any(part.text or part.facts for part in found)
        return tuple(found) if says and len(changes) <= MOST else ()
    if group.lead.changes[0].op == "changed":
        return ()
    return tuple(_below(scene, group))


def _below(scene: Scene, group: Group) -> Iterator[Part]:
    lists: dict[str, list[Change]] = {}
    for change in group.rest:
        collection = scene.collection(change.collection)
        if change.op != "changed" and not _is_told_elsewhere(scene, collection, group):
            lists.setdefault(change.collection, []).append(change)
    for path, changes in lists.items():
        if len(changes) <= MOST:
            whole = not _names_itself(scene.collection(path))
            yield from (_part(scene, change, whole=whole) for change in changes)


def _is_told_elsewhere(scene: Scene, collection: Collection, group: Group) -> bool:
    """Members are told as such, and what other sources claim; only what lies right below counts."""
    above = group.lead.changes[0].collection
    parent, _, name = collection.path.rpartition(".")
    is_member = collection.membership is not None or collection.recurring
    return is_member or parent != above or name == scene.collection(above).disputed


def _names_itself(collection: Collection) -> bool:
    """Its entries are names of others: the name alone says what there is."""
    return any(
        collection.fields[name].ref
        for key in collection.keys
        for name in key
        if name in collection.fields
    )


def _part(scene: Scene, change: Change, *, whole: bool) -> Part:
    entity = change.after if change.op == "added" else change.before
    collection = scene.collection(change.collection)
    text = text_of(collection, entity) if whole else None
    facts = facts_of(scene, (change.collection, change.key), entity)
    telling = [fact for fact in facts if str(fact.value) not in change.label]
    return Part(
        section=collection.title,
        label=change.label,
        text=text,
        facts=[] if text else telling[:FACTS],
    )
