"""Values that read the same and are of another type, and ids that are only written otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from monitor.compare.rules.everywhere import EXAMPLES
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.compare.written import reads_alike
from monitor.kinds.keys import is_marked
from monitor.kinds.kind import Collection
from monitor.model.comparison import MISSING, Change, Json, Key, Missing, Significance
from monitor.model.said import Retyped, TypeName

RETYPED = Rule(
    id="retyped",
    summary="A value reads the same and is of another type; an id is only written otherwise.",
    significance=Significance.MINOR,
    mirror="retyped",
)

_TYPES: Final[dict[type, TypeName]] = {
    str: "text", int: "number", float: "number", bool: "truth", list: "list", dict: "object",
}  # fmt: skip


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        yield from _containers(scene, path)
        yield from _fields(scene, path)
        if path and not scene.collection(path).keys:
            yield from _members(scene, path)


def _containers(scene: Scene, path: str) -> Iterator[Draft]:
    """A list or an object that became something else, with all entries that it had."""
    collection = scene.collection(path)
    holders = _holders(collection)
    for ref, change in scene.each_left(path) if holders else ():
        if change.op != "changed" or (change.field or "") not in holders:
            continue
        types = _type(change.before), _type(change.after)
        if None in types or not _is_cleared(collection, change):
            continue
        yield Draft(
            rule=RETYPED.id,
            changes=(change, *_below(scene, change)),
            focus=ref if path else None,
            said=_said(scene, [change], types, None),
        )


def _holders(collection: Collection) -> set[str]:
    """The names of lists, and of the objects that hold one."""
    names = set(collection.children)
    return names | {child[:at] for child in names for at, sign in enumerate(child) if sign == "."}


def _is_cleared(collection: Collection, change: Change) -> bool:
    """Whether a list, or what holds one, is on one side nothing of the sort."""
    empty: Json = [] if change.field in collection.children else {}
    sides = (change.before, change.after)
    return empty in sides and type(sides[0]) is not type(sides[1])


def _below(scene: Scene, change: Change) -> Iterator[Change]:
    """The entries of the list, which stand there on one side only."""
    top = f"{change.collection}.{change.field}" if change.collection else str(change.field)
    depth = len(change.key)
    for path in scene.paths():
        if path == top or path.startswith(f"{top}."):
            for (_, key), each in scene.each_left(path):
                if key[:depth] == change.key:
                    yield each


def _fields(scene: Scene, path: str) -> Iterator[Draft]:
    """One finding for a field of a list, however many entries have it."""
    collection = scene.collection(path)
    groups: dict[tuple[Any, ...], list[Change]] = defaultdict(list)
    for _, change in scene.each_left(path):
        if change.op == "changed" and _is_retyped(collection, change):
            groups[change.field, _type(change.before), _type(change.after)].append(change)
    for (_, before, after), changes in groups.items():
        one = len(changes) == 1 and path
        yield Draft(
            rule=RETYPED.id,
            changes=tuple(changes),
            focus=(path, changes[0].key) if one else None,
            yields=True,
            said=_said(scene, changes, (before, after), changes[0].field),
        )


def _is_retyped(collection: Collection, change: Change) -> bool:
    before, after = change.before, change.after
    if not reads_alike(before, after):
        return False
    if _type(before) != _type(after):
        return True
    return is_marked(collection) and any(change.field in key for key in collection.keys[1:])


def _members(scene: Scene, path: str) -> Iterator[Draft]:
    """Members of a list of values: one that is gone and one that came and reads the same."""
    lists: dict[Key, tuple[list[Change], list[Change]]] = defaultdict(lambda: ([], []))
    for (_, key), change in scene.each_left(path):
        if change.op != "changed":
            lists[key[:-1]][change.op == "added"].append(change)
    for gone, come in lists.values():
        groups: dict[tuple[Any, ...], list[tuple[Change, Change]]] = defaultdict(list)
        for one in gone:
            other = next((each for each in come if _is_same_member(one, each)), None)
            if other is not None:
                come.remove(other)
                groups[_type(one.before), _type(other.after)].append((one, other))
        for types, pairs in groups.items():
            changes = [change for pair in pairs for change in pair]
            said = _said(scene, [pair[0] for pair in pairs], types, None)
            before, after = pairs[0][0].before, pairs[0][1].after
            yield Draft(
                rule=RETYPED.id,
                changes=tuple(changes),
                focus=None,
                said=said._replace(label=None, before=before, after=after),
            )


def _is_same_member(gone: Change, come: Change) -> bool:
    types = _type(gone.before), _type(come.after)
    return types[0] != types[1] and reads_alike(gone.before, come.after)


def _said(
    scene: Scene, changes: Sequence[Change], types: tuple[Any, ...], field: str | None
) -> Retyped:
    first = changes[0]
    one = len(changes) == 1
    ref = (first.collection, first.key)
    texts = dict.fromkeys(filter(None, map(_text, changes)))
    title = scene.title(first) if first.op == "changed" else None
    return Retyped(
        label=(first.label or None) if one else None,
        parent=scene.parent_label(ref) if one or first.op != "changed" else None,
        section=scene.collection(first.collection).title,
        field=title,
        number=len(changes),
        type_before=types[0],
        type_after=types[1],
        examples=list(texts)[: EXAMPLES + 1],
        before=first.before if field else MISSING,
        after=first.after if field else MISSING,
    )


def _text(change: Change) -> str:
    """A value as it reads on both sides, or on each of them."""
    sides = [
        side if isinstance(side, str) else str(side).lower()
        for side in (change.before, change.after)
        if side is not MISSING and not isinstance(side, list | dict)
    ]
    return " → ".join(dict.fromkeys(sides))


def _type(value: Json | Missing) -> TypeName | None:
    return None if value is MISSING else _TYPES.get(type(value))


FAMILY = Family((RETYPED,), _find)
