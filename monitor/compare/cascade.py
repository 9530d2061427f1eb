"""Ranks that shift because somebody above came or went: consequences of one cause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monitor.compare.scene import Ref, Scene
from monitor.kinds.values import get
from monitor.model.comparison import Change, Json, Key, Missing

# One shifted number may be a coincidence; from this many on it is a cascade.
AT_LEAST = 2


@dataclass(slots=True)
class _Siblings:
    """What happened to one list below one parent."""

    removed: list[Change] = field(default_factory=list)
    added: list[Change] = field(default_factory=list)
    numbers: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))


def find_cascades(scene: Scene) -> dict[Ref, list[Change]]:
    """Shifted ranks by the entity whose coming or going explains them.

    A number is explained when it differs by as many entities as were removed below it or added at
    or below its new value.
    """
    found: dict[Ref, list[Change]] = defaultdict(list)
    for path in scene.paths():
        for siblings in _by_parent(scene, path).values():
            if siblings.removed or siblings.added:
                for name, changes in siblings.numbers.items():
                    for cause, change in _explained(siblings, name, changes):
                        found[cause.collection, cause.key].append(change)
    return found


def _by_parent(scene: Scene, path: str) -> Mapping[Key, _Siblings]:
    found: dict[Key, _Siblings] = defaultdict(_Siblings)
    for key, changes in scene.left(path) if path else ():
        siblings = found[key[:-1]]
        for change in changes:
            if change.op == "added":
                siblings.added.append(change)
            elif change.op == "removed":
                siblings.removed.append(change)
            elif change.field and _is_number(change.before) and _is_number(change.after):
                siblings.numbers[change.field].append(change)
    return found


def _explained(
    siblings: _Siblings, name: str, changes: list[Change]
) -> Iterator[tuple[Change, Change]]:
    if len(changes) < AT_LEAST:
        return
    gone = _placed(name, ((change, change.before) for change in siblings.removed))
    come = _placed(name, ((change, change.after) for change in siblings.added))
    left_at, came_at = [at for at, _ in gone], [at for at, _ in come]
    pairs = []
    for change in changes:
        before, after = change.before, change.after
        assert isinstance(before, int)
        assert isinstance(after, int)
        below, above = bisect_left(left_at, before), bisect_right(came_at, after)
        if above - below == after - before:
            cause = gone[below - 1][1] if below else come[above - 1][1]
            pairs.append((cause, change))
    if len(pairs) >= AT_LEAST:
        yield from pairs


def _placed(
    name: str, entities: Iterator[tuple[Change, Json | Missing]]
) -> list[tuple[int, Change]]:
    """The entities that have this number, in its order."""
    found = []
    for change, entity in entities:
        number = get(entity, name)
        if isinstance(number, int) and not isinstance(number, bool):
            found.append((number, change))
    return sorted(found, key=lambda pair: pair[0])


def _is_number(value: Json | Missing) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
