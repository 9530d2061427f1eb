"""A list, or the whole document, that lost nearly everything."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.model.comparison import Change, Significance
from monitor.model.said import Emptied

EMPTIED = Rule(
    id="emptied",
    summary="A list or the document lost nearly everything: most likely a fault in the snapshot.",
    significance=Significance.CRITICAL,
    unmirrored="A list that fills up again has its entities `added`, each with its own weight.",
)

# A list counts as emptied when it had this many entries and this share of them is gone.
AT_LEAST = 5
SHARE = 0.9


def _find(scene: Scene) -> Iterator[Draft]:
    """One finding for the document when all its lists are emptied, else one for each that is."""
    sizes = {
        path: scene.size_before(path) for path in scene.kind.collections if _at_top(scene, path)
    }
    gone = {path: list(scene.whole(path, "removed").values()) for path in sizes}
    come = {path: len(scene.whole(path, "added")) for path in sizes}
    everything = [change for path in sizes for change in gone[path]]
    several = sum(1 for size in sizes.values() if size) > 1
    if several and _nearly_all(len(everything), sum(come.values()), sum(sizes.values())):
        yield _draft(scene, everything, sum(sizes.values()), whole=True)
        return
    for path, size in sizes.items():
        if _nearly_all(len(gone[path]), come[path], size):
            yield _draft(scene, gone[path], size, whole=False)


def _nearly_all(gone: int, come: int, size: int) -> bool:
    """What is filled again under other keys has lost nothing."""
    return size >= AT_LEAST and gone - come >= SHARE * size


def _at_top(scene: Scene, path: str) -> bool:
    """What others refer to may well be written anew each time: sources above all."""
    return bool(path) and not scene.above[path] and path not in scene.supporting


def _draft(scene: Scene, changes: list[Change], size: int, *, whole: bool) -> Draft:
    first = changes[0]
    refs: list[Ref] = [(change.collection, change.key) for change in changes]
    return Draft(
        rule=EMPTIED.id,
        changes=tuple(changes),
        focus=None,
        others=tuple(refs),
        said=Emptied(
            section=None if whole else scene.collection(first.collection).title,
            number=len(changes),
            size=size,
        ),
    )


FAMILY = Family((EMPTIED,), _find)
