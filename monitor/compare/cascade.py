"""Ranks that shift because somebody came, went or rose: consequences of one cause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from monitor.compare.scene import Ref, Scene
from monitor.compare.titles import words_in
from monitor.kinds.values import get
from monitor.model.comparison import Change, Json, Key, Missing

# What places are called: in the last word of the name, or as a name of one word.
_RANKS: Final = frozenset(
    (
        "rank", "ranking", "place", "position", "pos", "order", "ordinal", "ord", "seq", "sequence",
        "seniority", "precedence", "priority", "prio", "rang", "rangfolge", "reihenfolge", "platz",
        "ordre", "puesto", "orden", "posición", "posizione", "ordine", "pozycja", "kolejność",
        "miejsce", "ранг", "место", "позиция", "порядок", "очередь", "місце", "позиція", "черга",
    )
)  # fmt: skip
_NUMBERS: Final = frozenset(
    (
        "no", "nr", "num", "number", "idx", "index", "row", "nummer", "numéro", "numero", "número",
        "numer", "номер", "№",
    )
)  # fmt: skip
# One shifted number may be a coincidence; from this many on it is a cascade.
AT_LEAST = 2


class _Siblings:
    """What happened to one list below one parent."""

    def __init__(self) -> None:
        self.removed: list[Change] = []
        self.added: list[Change] = []
        self.numbers: dict[str, list[Change]] = defaultdict(list)


def find_cascades(scene: Scene) -> dict[Ref, list[Change]]:
    """Shifted ranks by the entity whose coming, going or jump explains them.

    A number is explained when it differs by as many entities as left a place below it, less as many
    as took one at or below its new value. One that jumps leaves a place and takes another.
    """
    found: dict[Ref, list[Change]] = defaultdict(list)
    for path in scene.paths():
        for siblings in _by_parent(scene, path).values():
            for cause, change in _explained(siblings):
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
            elif change.significance and _is_shift(change) and _is_rank(scene, change):
                siblings.numbers[change.field or ""].append(change)
    return found


def _is_shift(change: Change) -> bool:
    return change.op == "changed" and _is_number(change.before) and _is_number(change.after)


def _is_rank(scene: Scene, change: Change) -> bool:
    """Whether numbers give places, as a name says, and do not measure or count anything: a place
    is nothing by itself, and shifts with what stands before it."""
    described, name = scene.field(change), change.field or ""
    return _says_rank(name) or (described is not None and _says_rank(described.title))


@lru_cache(maxsize=1024)
def _says_rank(name: str) -> bool:
    words = words_in(name.rpartition(".")[2]).lower().split()
    if len(words) == 1 and words[0] in _NUMBERS:
        return True
    return bool(words) and (words[-1] in _RANKS or (words[0] in _RANKS and words[1:2] == ["in"]))


def _explained(siblings: _Siblings) -> Iterator[tuple[Change, Change]]:
    """Each with its cause, field by field."""
    for name, changes in siblings.numbers.items():
        yield from _explained_in(siblings, name, changes)


def _explained_in(
    siblings: _Siblings, name: str, changes: list[Change]
) -> Iterator[tuple[Change, Change]]:
    shifts = [change for change in changes if abs(step(change)) == 1]
    if not shifts:
        return
    jumps = [change for change in changes if abs(step(change)) > 1]
    gone = _placed(name, [(change, change.before) for change in siblings.removed], jumps, "before")
    come = _placed(name, [(change, change.after) for change in siblings.added], jumps, "after")
    left_at, came_at = [at for at, _ in gone], [at for at, _ in come]
    pairs = []
    for change in shifts:
        before, after = _number(change.before), _number(change.after)
        below, above = bisect_left(left_at, before), bisect_right(came_at, after)
        if above - below == after - before:
            pairs.append((gone[below - 1] if after < before else come[above - 1], change))
    if 2 * len(pairs) <= len(shifts):
        # Most of the numbers moved by themselves, as measured ones do.
        return
    if len(pairs) >= AT_LEAST or any(_takes_its_place(at, change) for (at, _), change in pairs):
        yield from ((cause, change) for (_, cause), change in pairs)


def _takes_its_place(at: int, change: Change) -> bool:
    """A single shift is no coincidence where it fills the gap, or makes room for what came."""
    return at == (change.after if step(change) < 0 else change.before)


def step(change: Change) -> int:
    """By how much a number changed."""
    return _number(change.after) - _number(change.before)


def _number(value: Json | Missing) -> int:
    assert isinstance(value, int)
    return value


def _placed(
    name: str,
    entities: Iterable[tuple[Change, Json | Missing]],
    jumps: Iterable[Change],
    side: Literal["before", "after"],
) -> list[tuple[int, Change]]:
    """The places that were left, or taken, in their order."""
    found = [(_number(getattr(change, side)), change) for change in jumps]
    for change, entity in entities:
        number = get(entity, name)
        if _is_number(number):
            found.append((_number(number), change))
    return sorted(found, key=lambda pair: pair[0])


def _is_number(value: Json | Missing) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
