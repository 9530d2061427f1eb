"""Old keys in the words of the new version, where entities are the same under another key."""

from __future__ import annotations

from monitor.compare.renaming import Match
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.model.comparison import Change, Json, Key, Missing


class Renaming:
    """One entity under two keys, and what follows from that alone."""

    def __init__(self, match: Match) -> None:
        self.match = match
        self.pairs: list[tuple[Change, Change]] = []
        self.references: list[Change] = []


class KeyTranslation:
    """Old keys in the words of the new version."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.keys: dict[Ref, Key] = {}
        self.ids: dict[tuple[str, Json], tuple[Json, Renaming]] = {}
        self.causes: dict[Ref, Renaming] = {}

    def add(self, renaming: Renaming, old: Change, new: Change) -> None:
        self.keys[old.collection, old.key] = new.key
        self.causes[old.collection, old.key] = renaming
        if len(old.key) == len(old.key[-1]) == len(new.key[-1]) == 1:
            self.ids[old.collection, old.key[-1][0][1]] = (new.key[-1][0][1], renaming)

    def key(self, ref: Ref) -> tuple[Key, Renaming | None]:
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

    def cause(self, target: str, value: Json) -> Renaming | None:
        """The renaming of the entity that a reference names, if it was renamed."""
        known = self.ids.get((target, value)) if isinstance(value, str | int) else None
        return known[1] if known else None

    def _id(self, target: str, value: Json | Missing) -> Json | Missing:
        if isinstance(value, str | int) and (target, value) in self.ids:
            return self.ids[target, value][0]
        return value
