"""A list that all entries of another list have now, or have no more: a field like any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from monitor.compare.paths import dig, split_field
from monitor.compare.rules.everywhere import EVERYWHERE, EXAMPLES, FEW, MANY
from monitor.compare.rules.rule import Draft, Family
from monitor.compare.scene import Scene
from monitor.model.comparison import Change, Key
from monitor.model.said import Everywhere, Extent

# Of the entries that stand in both versions.
_NEARLY_ALL: Final = 0.8


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths() if scene.kind.inferred else ():
        if scene.above.get(path):
            yield from _told(scene, path, "added", "appeared")
            yield from _told(scene, path, "removed", "disappeared")


def _told(scene: Scene, path: str, op: str, what: Extent) -> Iterator[Draft]:
    above = scene.above[path]
    lists: dict[Key, list[Change]] = defaultdict(list)
    for (_, key), change in scene.each_left(path):
        if change.op == op:
            lists[key[:-1]].append(change)
    steps = split_field(path[len(above) + 1 :])
    other = scene.old if op == "added" else scene.new
    fresh = [
        key
        for key in lists
        if scene.stands_in_both((above, key)) and not _is_there(dig(other.get(above, key), steps))
    ]
    stay = min(scene.sizes[0][above], scene.sizes[1][above])
    if len(fresh) < FEW or (len(fresh) < MANY and len(fresh) < _NEARLY_ALL * stay):
        return
    changes = [change for key in fresh for change in lists[key]]
    wanted = set(fresh)
    name = path[len(above) + 1 :]
    changes += [c for (_, key), c in scene.each_left(above) if key in wanted and c.field == name]
    yield Draft(
        rule=EVERYWHERE.id,
        changes=tuple(changes),
        focus=None,
        others=tuple((change.collection, change.key) for change in changes if not change.field),
        said=Everywhere(
            what=what,
            field=scene.collection(path).title or scene.title_in(scene.collection(above), name),
            section=scene.collection(above).title,
            number=len(fresh),
            examples=[scene.label((above, key)) for key in fresh[:EXAMPLES]],
        ),
    )


def _is_there(value: object) -> bool:
    return isinstance(value, list | dict) and bool(value)


FAMILY = Family((), _find)
