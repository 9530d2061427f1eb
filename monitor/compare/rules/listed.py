"""A name that goes from one list of names to another, where lists of texts are values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitor.compare.naming import written_as_name
from monitor.compare.native import is_name_in_script
from monitor.compare.rules.regrouped import MOVED
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.compare.signatures import lost_and_gained
from monitor.model.comparison import Change, Significance
from monitor.model.said import Moved


def names_moved(scene: Scene) -> Iterator[Draft]:
    """One who is no more in one list and is in another: of the same object, or of the same name
    below another entry of the list. Only where that is all that changed of both."""
    lost: dict[object, list[Change]] = defaultdict(list)
    gained: dict[object, list[Change]] = defaultdict(list)
    for path in scene.paths():
        for _, change in scene.each_left(path):
            for name, side in _one(change):
                for family in ((path, change.key), (path, change.field)):
                    (lost if side else gained)[family, name].append(change)
    used: set[str] = set()
    for (family, name), gone in lost.items():  # type: ignore[misc]
        come = gained.get((family, name), [])
        if len(gone) == len(come) == 1 and not {gone[0].id, come[0].id} & used:
            used |= {gone[0].id, come[0].id}
            yield _draft(scene, str(name), gone[0], come[0])


def _one(change: Change) -> Iterator[tuple[str, bool]]:
    """The one name that a list lost, or gained."""
    sides = lost_and_gained(change) if change.op == "changed" and change.significance else None
    if sides is None or sorted(map(len, sides)) != [0, 1]:
        return
    [name] = sides[0] or sides[1]
    if isinstance(name, str) and (written_as_name(name) or is_name_in_script(name)):
        yield name, bool(sides[0])


def _draft(scene: Scene, name: str, gone: Change, come: Change) -> Draft:
    within = gone.collection == come.collection and gone.key == come.key
    before, after = (
        scene.title(each) if within else scene.label((each.collection, each.key))
        for each in (gone, come)
    )
    return Draft(
        rule=MOVED.id,
        changes=(gone, come),
        focus=None,
        said=Moved(name, before, after, None, None, single=False),
        # Nobody said that these are groups of people.
        weight=Significance.MINOR,
    )
