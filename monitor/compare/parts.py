"""What the entries of a list say: those that came or went together, or with what they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from monitor.compare.gather import Group
from monitor.compare.naming import slots, written_as_name
from monitor.compare.native import is_name_in_script
from monitor.compare.rules.plain import aspect_of, facts_of, text_of
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection
from monitor.model.comparison import Change
from monitor.model.said import ManyAdded, ManyRemoved, Part, Renewed

MOST = 8
"""Entries of one list; of longer ones each would say too little."""
FACTS = 3
# Without a kind the members of a list are people when so many have names written as theirs.
_PEOPLE = 0.8


def parts_of(scene: Scene, group: Group) -> tuple[Part, ...]:
    """Of many, each one; of an entity that came or went as a whole, what belonged to it."""
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
        if len(changes) <= MOST and not has_members(scene, path, changes):
            refers = _refers_by(scene.collection(path))
            for change in changes:
                part = _part(scene, change, whole=refers is None)
                yield part if refers is None else part._replace(label=refers(scene, change))


def _is_told_elsewhere(scene: Scene, collection: Collection, group: Group) -> bool:
    """Members are told as such, and what other sources claim; only what lies right below counts."""
    above = group.lead.changes[0].collection
    parent, _, name = collection.path.rpartition(".")
    is_member = collection.membership is not None
    return is_member or parent != above or name == scene.collection(above).disputed


def has_members(scene: Scene, path: str, changes: Sequence[Change]) -> bool:
    """Whether entries are told as members: as a kind says, or as their names tell without one;
    other names of what they stand below are none of it."""
    collection, above = scene.collection(path), scene.above[path]
    if slots(scene.collection(above), f"{path[len(above) + 1 :] if above else path}[]"):
        return False
    if collection.membership is not None:
        return True
    people = sum(written_as_name(c.label) or is_name_in_script(c.label) for c in changes)
    several = bool(collection.title) or len(changes) > 1
    return collection.shared and several and people >= _PEOPLE * len(changes)


def _refers_by(collection: Collection) -> Callable[[Scene, Change], str] | None:
    """How entries that are known by whom or what they refer to are called: by its name alone."""
    fields = [collection.fields.get(name) for key in collection.keys for name in key]
    refs = [field for field in fields if field is not None and field.ref]
    if not refs:
        return None
    first = refs[0]

    def label(scene: Scene, change: Change) -> str:
        value = dict(change.key[-1]).get(first.name)
        alone = len(change.key[-1]) == 1 and first.ref is not None and value is not None
        return scene.labels.ref(first.ref or "", value) if alone else change.label

    return label


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
        aspect=aspect_of(collection, change, facts),
    )
