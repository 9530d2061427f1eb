"""Entities that keep their id and are called something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from monitor.compare.labels import slots_of
from monitor.compare.naming import slots
from monitor.compare.rules.renamed import RENAMED
from monitor.compare.rules.rule import Draft, Family
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.kinds.values import fold_text
from monitor.model.comparison import MISSING, Change, Json, Key, Missing
from monitor.model.said import NameChanged
from monitor.model.tuples import NamedTuple


class _Names(NamedTuple):
    """What an entity was and is called, and the fields that both names are made of: those that
    the names are read from, and parts of a name that the entity has beside its whole one."""

    before: str
    after: str
    fields: Sequence[str]

    def tell(self, change: Change) -> bool:
        """Whether both names show what a field held before and holds now."""
        return _shows(self.before, change.before) and _shows(self.after, change.after)


def _find(scene: Scene) -> Iterator[Draft]:
    """The same id under another name."""
    for path in scene.paths():
        if scene.kind.inferred:
            yield from _find_called(scene, path)
            yield from _find_listed(scene, path)
            continue
        naming = _naming_field((scene.kind.written or scene.kind).collections[path])
        for ref, change in scene.each_left(path) if naming else ():
            if change.field == naming and _between_names(change):
                yield Draft(
                    rule=RENAMED.id,
                    changes=(change,),
                    focus=ref,
                    yields=True,
                    said=NameChanged(str(change.before), str(change.after)),
                )


def _find_called(scene: Scene, path: str) -> Iterator[Draft]:
    """Without a kind a name may be put together from several fields, which then are one change.

    What else might have named the entity is not in its name, and is told by other rules.
    """
    collection = scene.collection(path)
    candidates = slots(collection) if collection.label else set()
    for key, changes in scene.left(path) if candidates else ():
        if candidates.isdisjoint(each.field for each in changes):
            continue
        names = _names(scene, (path, key))
        named = [c for c in changes if names and c.field in names.fields and names.tell(c)]
        if names is not None and any(each.significance for each in named):
            yield Draft(
                rule=RENAMED.id,
                changes=tuple(named),
                focus=(path, key),
                yields=True,
                said=NameChanged(names.before, names.after),
            )


def _find_listed(scene: Scene, path: str) -> Iterator[Draft]:
    """Names in a list of their own, whose first is what the entity above is called."""
    above = scene.above.get(path)
    if not above:
        return
    name = f"{path[len(above) + 1 :]}[]"
    if not slots(scene.collection(above), name):
        return
    found: dict[Key, list[Change]] = defaultdict(list)
    for (_, key), change in scene.each_left(path):
        if change.field and change.significance:
            found[key[:-1]].append(change)
    for key, changes in found.items():
        names = _names(scene, (above, key))
        if names is None:
            continue
        fields = {each.partition(name)[2].lstrip(".") for each in names.fields if name in each}
        named = [change for change in changes if change.field in fields and names.tell(change)]
        if named:
            yield Draft(
                rule=RENAMED.id,
                changes=tuple(named),
                focus=(above, key),
                yields=True,
                said=NameChanged(names.before, names.after),
            )


def _names(scene: Scene, ref: Ref) -> _Names | None:
    """What an entity was and is called, where that is not the same; told by the same fields."""
    old, new = scene.old.chain(*ref), scene.new.chain(*ref)
    if old is None or new is None:
        return None
    templates = {scene.labels.template(*ref, side) for side in (old, new)}
    before, after = (scene.labels.named(*ref, side) for side in (old, new))
    if len(templates) > 1 or not before or not after or before == after:
        return None
    collection = scene.collection(ref[0])
    parts = [slots_of(each) for each in (collection.label or "", *collection.other_labels)]
    fields = [*slots_of(templates.pop()), *chain.from_iterable(p for p in parts if len(p) > 1)]
    return _Names(before, after, fields)


def _shows(name: str, value: Json | Missing) -> bool:
    if value is MISSING or value is None:
        return True
    return not isinstance(value, dict | list) and fold_text(str(value)) in name


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


NAMES = Family((), _find)
