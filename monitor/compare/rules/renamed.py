"""Entities whose id or name changed while they stayed the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from monitor.compare.likely import naming_slots
from monitor.compare.renaming import match
from monitor.compare.resemblance import whole
from monitor.compare.rules.everywhere import EXAMPLES, MANY, NEARLY_ALL
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.compare.translation import KeyTranslation, Renaming
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Change, Key, Significance
from monitor.model.said import Difference, Many, Rekeyed, Renumbered

RENAMED = Rule(
    id="renamed",
    summary="The id or the name of an entity changed, the entity did not; both are shown.",
    significance=Significance.MINOR,
    mirror="renamed",
)

# Of those of one list that have another id or name.
_NEARLY_ALL: Final = 0.8


def _find(scene: Scene) -> Iterator[Draft]:
    translation = KeyTranslation(scene)
    renamings: list[Renaming] = []
    for path in sorted(scene.paths(), key=lambda path: _refers(scene, path)):
        removed, added = scene.whole(path, "removed"), scene.whole(path, "added")
        if path and removed and added:
            _follow(translation, removed, added)
            renamings += _discover(scene, translation, scene.collection(path), removed, added)
    if renamings:
        _references(scene, translation)
    single: dict[str, list[tuple[Draft, Rekeyed]]] = defaultdict(list)
    for renaming in renamings:
        single[renaming.match.added.collection].append(_draft(scene, translation, renaming))
    for drafts in single.values():
        yield from _renumbered(scene, drafts)


def _renumbered(scene: Scene, drafts: list[tuple[Draft, Rekeyed]]) -> Iterator[Draft]:
    """Many of one list that are the same but for their ids, or their names, are told together."""
    groups: dict[Many | None, list[tuple[Draft, Rekeyed]]] = defaultdict(list)
    for draft, said in drafts:
        groups[_sort(scene, draft, said)].append((draft, said))
    for sort, alike in groups.items():
        nearly_all = scene.kind.inferred and len(alike) >= _NEARLY_ALL * len(drafts)
        least = 2 if sort == "rewritten" else NEARLY_ALL if nearly_all else MANY
        if sort is None or len(alike) < least:
            yield from (draft for draft, _ in alike)
        else:
            yield _together(scene, sort, alike)


def _together(scene: Scene, sort: Many, alike: list[tuple[Draft, Rekeyed]]) -> Draft:
    first, said = alike[0]
    names = [one.after for _, one in alike[:EXAMPLES] if one.how not in ("content", "form")]
    if sort == "renamed":
        names = [f"{one.before} → {one.after}" for _, one in alike[:EXAMPLES]]
    return Draft(
        rule=RENAMED.id,
        changes=tuple(change for draft, _ in alike for change in draft.changes),
        focus=None,
        others=tuple(ref for draft, _ in alike for ref in draft.others),
        said=Renumbered(
            how=sort,
            section=scene.collection(first.changes[0].collection).title,
            number=len(alike),
            key_before=said.key_before,
            key_after=said.key_after,
            examples=names,
        ),
    )


def _sort(scene: Scene, draft: Draft, said: Rekeyed) -> Many | None:
    """As what an entity is told among many; None for one of which more is different."""
    slots = naming_slots(scene.collection(draft.changes[0].collection))
    if any(each.field not in slots for each in said.differences):
        return None
    if said.how == "form":
        return None if said.differences else "rewritten"
    if said.before == said.after or said.how == "content":
        return "renumbered"
    return "renamed"


def _refers(scene: Scene, path: str) -> bool:
    """What keys refer to is looked at before the lists that refer."""
    collection = scene.collection(path)
    named = {name for key in collection.keys for name in key}
    return any(collection.fields[name].ref for name in named if name in collection.fields)


def _follow(
    translation: KeyTranslation, removed: dict[Key, Change], added: dict[Key, Change]
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
    translation: KeyTranslation,
    collection: Collection,
    removed: dict[Key, Change],
    added: dict[Key, Change],
) -> Iterator[Renaming]:
    """Only keys that are not references can be renamed: a reference is another entity."""
    if _refers(scene, collection.path) or not collection.keys:
        return
    siblings: dict[Key, tuple[list[Change], list[Change]]] = defaultdict(lambda: ([], []))
    for key, change in removed.items():
        siblings[translation.key((collection.path, key))[0][:-1]][0].append(change)
    for key, change in added.items():
        siblings[key[:-1]][1].append(change)
    for gone, come in siblings.values():
        told = {change.id: change for change in (*gone, *come)}
        names = scene.as_written(gone), scene.as_written(come)
        for pair in match(collection, *names, scene.judged):
            found = pair._replace(removed=told[pair.removed.id], added=told[pair.added.id])
            renaming = Renaming(found)
            translation.add(renaming, found.removed, found.added)
            yield renaming


def _references(scene: Scene, translation: KeyTranslation) -> None:
    """Fields that changed only because what they name has another id."""
    targets = {collection for collection, _ in translation.ids}
    for path in scene.paths():
        collection = scene.collection(path)
        names = {name for name, f in collection.fields.items() if f.ref in targets}
        for _, change in scene.each_left(path) if names else ():
            if change.field in names and change.op == "changed":
                _follow_reference(translation, collection, change)


def _follow_reference(translation: KeyTranslation, collection: Collection, change: Change) -> None:
    assert change.field is not None
    now = translation.value(collection, change.field, change.before)
    if same(now, change.before) or not same(now, change.after):
        return
    target = collection.fields[change.field].ref or ""
    before = None if change.before is MISSING else change.before
    members = before if isinstance(before, list) else [before]
    cause = next(filter(None, (translation.cause(target, member) for member in members)), None)
    if cause is not None:
        cause.references.append(change)


def _draft(scene: Scene, translation: KeyTranslation, renaming: Renaming) -> tuple[Draft, Rekeyed]:
    pairs = [(renaming.match.removed, renaming.match.added), *renaming.pairs]
    changes = [change for pair in pairs for change in pair] + renaming.references
    refs = [(change.collection, change.key) for pair in pairs for change in pair]
    old, new = renaming.match.removed, renaming.match.added
    differences = [d for one, other in pairs for d in _differences(scene, translation, one, other)]
    said = Rekeyed(
        before=old.label,
        after=new.label,
        key_before=scene.path((old.collection, old.key)),
        key_after=scene.path((new.collection, new.key)),
        how=renaming.match.how,
        score=renaming.match.score,
        consequences=len(changes) - 2,
        differences=differences,
    )
    draft = Draft(
        rule=RENAMED.id,
        changes=tuple(changes),
        focus=refs[1],
        others=tuple(refs),
        said=said,
        formal=old.label == new.label and not differences,
    )
    return draft, said


def _differences(
    scene: Scene, translation: KeyTranslation, old: Change, new: Change
) -> Iterator[Difference]:
    """What else changed between the entity under its old key and under its new one."""
    collection = scene.collection(new.collection)
    keys = {name for key in collection.keys for name in key}
    one, other = whole(old), whole(new)
    described = () if scene.kind.inferred else collection.fields
    for name in described or dict.fromkeys([*one, *other]):
        before, after = get(one, name), get(other, name)
        if name in keys or same(translation.value(collection, name, before), after):
            continue
        field = collection.fields.get(name)
        yield Difference(
            label=scene.title_in(collection, name),
            field=name,
            before=scene.side(field, before),
            after=scene.side(field, after),
        )


FAMILY = Family((RENAMED,), _find)
