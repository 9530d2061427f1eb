"""Entities whose id or name changed while they stayed the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.compare.renaming import Match, match, whole
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Change, Json, Key, Missing, Significance

RENAMED = Rule(
    id="renamed",
    summary="The id or the name of an entity changed, the entity did not; both are shown.",
    significance=Significance.MINOR,
    mirror="renamed",
)


@dataclass(slots=True)
class _Renaming:
    """One entity under two keys, and what follows from that alone."""

    match: Match
    pairs: list[tuple[Change, Change]] = field(default_factory=list)
    references: list[Change] = field(default_factory=list)


class _Translation:
    """Old keys in the words of the new version."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.keys: dict[Ref, Key] = {}
        self.ids: dict[tuple[str, Json], tuple[Json, _Renaming]] = {}
        self.causes: dict[Ref, _Renaming] = {}

    def add(self, renaming: _Renaming, old: Change, new: Change) -> None:
        self.keys[old.collection, old.key] = new.key
        self.causes[old.collection, old.key] = renaming
        if len(old.key) == len(old.key[-1]) == len(new.key[-1]) == 1:
            self.ids[old.collection, old.key[-1][0][1]] = (new.key[-1][0][1], renaming)

    def key(self, ref: Ref) -> tuple[Key, _Renaming | None]:
        """The key that the entity would now have, and the renaming that makes the difference."""
        path, key = ref
        if not key:
            return key, None
        parent = self._scene.parent(ref)
        cause = self.causes.get(parent)
        above, further = (self.keys[parent], None) if cause else self.key(parent)
        cause = cause or further
        level = []
        fields = self._scene.collection(path).fields
        for name, value in key[-1]:
            target = fields[name].ref if name in fields else None
            found = self.ids.get((target, value)) if target else None
            level.append((name, found[0] if found else value))
            cause = cause or (found[1] if found else None)
        return (*above, tuple(level)), cause

    def value(self, collection: Collection, name: str, value: Json | Missing) -> Json | Missing:
        """A value with references to renamed entities replaced."""
        described = collection.fields.get(name)
        if described is None or described.ref is None:
            return value
        if isinstance(value, list):
            members = [self._id(described.ref, member) for member in value]
            return members if described.ordered else sorted(members, key=str)
        return self._id(described.ref, value)

    def _id(self, target: str, value: Json | Missing) -> Json | Missing:
        if isinstance(value, str | int) and (target, value) in self.ids:
            return self.ids[target, value][0]
        return value


def _find(scene: Scene) -> Iterator[Draft]:
    translation = _Translation(scene)
    renamings: list[_Renaming] = []
    for path in sorted(scene.paths(), key=lambda path: _refers(scene, path)):
        removed, added = _whole(scene, path, "removed"), _whole(scene, path, "added")
        if path and removed and added:
            _follow(translation, removed, added)
            renamings += _discover(scene, translation, scene.collection(path), removed, added)
    if renamings:
        _references(scene, translation)
    for renaming in renamings:
        yield _draft(scene, translation, renaming)


def _refers(scene: Scene, path: str) -> bool:
    """What keys refer to is looked at before the lists that refer."""
    collection = scene.collection(path)
    named = {name for key in collection.keys for name in key}
    return any(collection.fields[name].ref for name in named if name in collection.fields)


def _whole(scene: Scene, path: str, op: str) -> dict[Key, Change]:
    return {key: c for key, changes in scene.left(path) for c in changes if c.op == op}


def _follow(
    translation: _Translation, removed: dict[Key, Change], added: dict[Key, Change]
) -> None:
    """Entities that only moved along: below a renamed parent, or keyed by a renamed one."""
    if not translation.keys:
        return
    for key, change in list(removed.items()):
        now, cause = translation.key((change.collection, key))
        if cause is not None and now in added:
            cause.pairs.append((change, added[now]))
            translation.add(cause, change, added[now])
            del removed[key], added[now]


def _discover(
    scene: Scene,
    translation: _Translation,
    collection: Collection,
    removed: dict[Key, Change],
    added: dict[Key, Change],
) -> Iterator[_Renaming]:
    """Only keys that are not references can be renamed: a reference is another entity."""
    if _refers(scene, collection.path) or not collection.keys:
        return
    siblings: dict[Key, tuple[list[Change], list[Change]]] = defaultdict(lambda: ([], []))
    for key, change in removed.items():
        siblings[translation.key((collection.path, key))[0][:-1]][0].append(change)
    for key, change in added.items():
        siblings[key[:-1]][1].append(change)
    for gone, come in siblings.values():
        for found in match(collection, gone, come, scene.judged):
            renaming = _Renaming(found)
            translation.add(renaming, found.removed, found.added)
            yield renaming


def _references(scene: Scene, translation: _Translation) -> None:
    """Fields that changed only because what they name has another id."""
    targets = {collection for collection, _ in translation.ids}
    for path in scene.paths():
        collection = scene.collection(path)
        names = {name for name, f in collection.fields.items() if f.ref in targets}
        for _, changes in scene.left(path) if names else ():
            for change in changes:
                if change.field in names and change.op == "changed":
                    _follow_reference(translation, collection, change)


def _follow_reference(translation: _Translation, collection: Collection, change: Change) -> None:
    assert change.field is not None
    now = translation.value(collection, change.field, change.before)
    if same(now, change.before) or not same(now, change.after):
        return
    target = collection.fields[change.field].ref or ""
    before = None if change.before is MISSING else change.before
    members = before if isinstance(before, list) else [before]
    causes = [translation.ids[target, m][1] for m in members if (target, m) in translation.ids]
    causes[0].references.append(change)


def _draft(scene: Scene, translation: _Translation, renaming: _Renaming) -> Draft:
    pairs = [(renaming.match.removed, renaming.match.added), *renaming.pairs]
    changes = [change for pair in pairs for change in pair] + renaming.references
    refs = [(change.collection, change.key) for pair in pairs for change in pair]
    old, new = renaming.match.removed, renaming.match.added
    differences = [d for one, other in pairs for d in _differences(scene, translation, one, other)]
    return Draft(
        rule=RENAMED.id,
        changes=tuple(changes),
        focus=refs[1],
        others=tuple(refs),
        arguments={
            "before": old.label,
            "after": new.label,
            "key_before": scene.path((old.collection, old.key)),
            "key_after": scene.path((new.collection, new.key)),
            "how": renaming.match.how,
            "score": renaming.match.score,
            "consequences": len(changes) - 2,
            "differences": differences,
        },
    )


def _differences(
    scene: Scene, translation: _Translation, old: Change, new: Change
) -> Iterator[dict[str, Json]]:
    """What else changed between the entity under its old key and under its new one."""
    collection = scene.collection(new.collection)
    keys = {name for key in collection.keys for name in key}
    one, other = whole(old), whole(new)
    for name in list(collection.fields) or list(dict.fromkeys([*one, *other])):
        before, after = get(one, name), get(other, name)
        if name in keys or same(translation.value(collection, name, before), after):
            continue
        described = collection.fields.get(name)
        difference: dict[str, Json] = {"label": described.title if described else name}
        difference["field"] = name
        if before is not MISSING:
            difference["before"] = scene.value(described, before)
        if after is not MISSING:
            difference["after"] = scene.value(described, after)
        yield difference


def _find_names(scene: Scene) -> Iterator[Draft]:
    """The same id under another name."""
    for path in scene.paths():
        collection = scene.collection(path)
        naming = _naming_field(collection)
        for key, changes in scene.left(path) if naming else ():
            for change in changes:
                if change.field == naming and _between_names(change):
                    yield Draft(
                        rule=RENAMED.id,
                        changes=(change,),
                        focus=(path, key),
                        yields=True,
                        arguments={"before": change.before, "after": change.after, "how": "name"},
                    )


def _naming_field(collection: Collection) -> str | None:
    """The one plain field that an entity is named by, if it is not its key."""
    name = (collection.label or "")[1:-1]
    field = collection.fields.get(name)
    if collection.label != f"{{{name}}}" or field is None or field.ref or field.text:
        return None
    return None if any(name in key for key in collection.keys) else name


def _between_names(change: Change) -> bool:
    both = isinstance(change.before, str) and isinstance(change.after, str)
    return both and bool(change.significance)


FAMILY = Family((RENAMED,), _find)
NAMES = Family((), _find_names)
