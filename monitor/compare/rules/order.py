"""Entries of a list without keys that stand elsewhere: those that moved together are told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.compare.lists import Couple
from monitor.compare.rules.everywhere import EXAMPLES, MANY
from monitor.compare.rules.plain import CHANGED
from monitor.compare.rules.rule import Draft, Family
from monitor.compare.scene import Ref, Scene
from monitor.compare.walk import POSITION
from monitor.model.comparison import Change, Key
from monitor.model.said import Places, Reordered


def _find(scene: Scene) -> Iterator[Draft]:
    """One finding for each block of neighbours; one for all of a list where there are many."""
    for path in scene.paths():
        if scene.collection(path).keys:
            continue
        lists: dict[Key, list[Change]] = defaultdict(list)
        for key, changes in scene.left(path):
            lists[key[:-1]] += [change for change in changes if change.field == POSITION]
        for moved in filter(None, lists.values()):
            blocks = _blocks(sorted(moved, key=_places))
            if len(blocks) < MANY:
                yield from (_draft(scene, path, block, whole=True) for block in blocks)
            else:
                yield _draft(scene, path, moved, whole=False)


def _places(change: Change) -> Couple:
    """Where an entry stood and stands, from 0."""
    before, after = change.before, change.after
    assert isinstance(before, int)
    assert isinstance(after, int)
    return before, after


def _blocks(moved: Sequence[Change]) -> list[list[Change]]:
    """Runs of entries that were neighbours and still are, in the same order."""
    blocks: list[list[Change]] = []
    for change in moved:
        before, after = _places(change)
        if blocks and _places(blocks[-1][-1]) == (before - 1, after - 1):
            blocks[-1].append(change)
        else:
            blocks.append([change])
    return blocks


def _draft(scene: Scene, path: str, moved: Sequence[Change], *, whole: bool) -> Draft:
    """`whole`: the entries are one block, whose first and last places are told, from 1."""
    refs: list[Ref] = [(path, change.key) for change in moved]
    first, last = _places(moved[0]), _places(moved[-1])
    places = Places((first[0] + 1, last[0] + 1), (first[1] + 1, last[1] + 1))
    return Draft(
        rule=CHANGED.id,
        changes=tuple(moved),
        focus=refs[0] if len(refs) == 1 else None,
        others=tuple(refs),
        said=Reordered(
            moved=places if whole else None,
            section=scene.collection(path).title,
            parent=scene.parent_label(refs[0]),
            number=len(refs),
            entries=[change.label for change in moved[: 1 + EXAMPLES]],
        ),
    )


FAMILY = Family((), _find)
