"""Who goes from one list to another, where no kind says that these are groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from monitor.compare.naming import is_name, title_of, written_as_name
from monitor.compare.paths import POSITIONS, join_field, split_field
from monitor.compare.rules.pairs import one_of
from monitor.compare.rules.regrouped import MOVED
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.kinds.keys import MARK
from monitor.kinds.values import same
from monitor.model.comparison import Change, Json, Key, KeyLevel, Significance
from monitor.model.record import replace
from monitor.model.said import ManyMoved, Moved

_Sides: TypeAlias = tuple[list[Change], list[Change]]
"""Of one entry: where it went, and where it came."""

_Pair: TypeAlias = tuple[Change, Change]

_Place: TypeAlias = tuple[str, str]
"""A list as it is called before and after: what it left and what it joined."""


# Groups in which one replaces another are told at once from so many on, of those that either of
# them is concerned with.
_SEVERAL: Final = 2
_MOST: Final = 0.75
# What has an id and no name is the same elsewhere where so many of its values are, and most.
_TELLING: Final = 3


def between(scene: Scene, taken: set[str]) -> Iterator[Draft]:
    """Entries that are the same in one list as they were in another: of the same object (`full` and
    `relief`), or of the same sort below another entry (the `reports` of two managers)."""
    together: dict[_Place, list[tuple[Change, Change]]] = defaultdict(list)
    for gone, come in _moved(scene, taken):
        together[_called(scene, gone, come)].append((gone, come))
    traded: set[str] = set()
    alone = [pairs[0] for pairs in together.values() if len(pairs) == 1]
    for (before, after), pairs in together.items():
        if pairs[0][0].id in traded:
            continue
        back = _back(pairs[0], alone) if len(pairs) == 1 else None
        if back is None:
            yield _draft(before, after, pairs)
            continue
        traded.add(back[0].id)
        yield _traded((before, after), _called(scene, *back), (pairs[0], back))


def _back(moved: _Pair, alone: Sequence[_Pair]) -> _Pair | None:
    """The one who went the other way, where each is the only one."""
    here, there = map(_list, moved)
    found = [each for each in alone if (_list(each[0]), _list(each[1])) == (there, here)]
    return found[0] if len(found) == 1 else None


def _list(change: Change) -> tuple[str, Key]:
    return change.collection, change.key[:-1]


def _traded(one: _Place, other: _Place, pairs: tuple[_Pair, _Pair]) -> Draft:
    """`Dara Voss moves from full to relief (masters), Eve Marr from relief to full`."""
    drafts = [_draft(*place, [pair]) for place, pair in zip((one, other), pairs, strict=True)]
    labels: list[Json] = [come.label for _, come in pairs]
    both = [*drafts[0].changes, *drafts[1].changes]
    return replace(
        drafts[0],
        changes=tuple(both),
        others=tuple((change.collection, change.key) for change in both),
        said=ManyMoved(labels, [one[0], other[0]], [one[1], one[0]]),
        pairs=tuple(one_of(*pair) for pair in pairs),
    )


def _moved(scene: Scene, taken: set[str]) -> Iterator[tuple[Change, Change]]:
    found: dict[tuple[object, KeyLevel], _Sides] = defaultdict(lambda: ([], []))
    for path in scene.paths():
        if not path or not scene.collection(path).keys:
            continue
        for (_, key), change in scene.each_left(path):
            if change.op == "changed" or change.id in taken:
                continue
            if scene.stands_in_both(scene.parent((path, key))) or len(key) == 1:
                for family in _families(scene, path, key):
                    found[family, key[-1]][change.op == "added"].append(change)
    used: set[str] = set()
    for gone, come in found.values():
        if len(gone) != 1 or len(come) != 1 or {gone[0].id, come[0].id} & used:
            continue
        if gone[0].label == come[0].label and _is_same(scene, gone[0], come[0]):
            used |= {gone[0].id, come[0].id}
            yield gone[0], come[0]


def _families(scene: Scene, path: str, key: Key) -> Iterator[object]:
    """The lists among which an entry may move: those of one object, those of one name."""
    steps = split_field(_step(scene, path))
    yield scene.above[path], key[:-1], steps[:-1]
    if scene.above[path]:
        yield steps[-1]


def _step(scene: Scene, path: str) -> str:
    """The names on the way from the entity above to a list."""
    above = scene.above[path]
    return path[len(above) + 1 :] if above else path


def _is_same(scene: Scene, gone: Change, come: Change) -> bool:
    """Whether two entries of one key and label are one: by all that they hold; by an id beside the
    name; or by the name of somebody of whom most is as before."""
    old, new = scene.old.get(gone.collection, gone.key), scene.new.get(come.collection, come.key)
    apart = (gone.collection, gone.key[:-1]) != (come.collection, come.key[:-1])
    if not apart or old is None or new is None:
        return False
    named = is_name(come.label)
    if named and same(old, new):
        return True
    keys = {name for name, _ in come.key[-1]}
    if keys & {MARK, *POSITIONS} or not _has_scalars(scene, come):
        return False
    rest = {*old, *new} - keys
    alike = [name for name in rest if name in old and name in new and same(old[name], new[name])]
    if named and come.label not in {str(value) for _, value in come.key[-1]}:
        return bool(alike)
    telling = written_as_name(come.label) or len(alike) >= _TELLING
    return telling and 2 * len(alike) > len(rest)


def _has_scalars(scene: Scene, change: Change) -> bool:
    """Whether the entry has no lists of its own, whose entries would be told apart from it."""
    return not scene.collection(change.collection).children


def _called(scene: Scene, gone: Change, come: Change) -> _Place:
    above, key = scene.parent((gone.collection, gone.key))
    if (above, key) != scene.parent((come.collection, come.key)):
        return _owner(scene, gone), _owner(scene, come)
    before, after = (split_field(_step(scene, each.collection)) for each in (gone, come))
    whole = scene.label((above, key)) if above else ""
    whole = whole or title_of(join_field(after[:-1]) if len(after) > 1 else "")
    return before[-1], f"{after[-1]} ({whole})" if whole else after[-1]


def _owner(scene: Scene, change: Change) -> str:
    """Whose list it is; the list itself where it is the document's."""
    owner = scene.parent_label((change.collection, change.key))
    return owner or scene.collection(change.collection).title


def _draft(before: str, after: str, pairs: Sequence[tuple[Change, Change]]) -> Draft:
    changes = tuple(change for pair in pairs for change in pair)
    labels: list[Json] = [come.label for _, come in pairs]
    said: Moved | ManyMoved = Moved(labels[0], before, after, None, None, single=False)
    if len(pairs) > 1:
        said = ManyMoved(labels, [before], [after])
    return Draft(
        rule=MOVED.id,
        changes=changes,
        focus=None,
        others=tuple((change.collection, change.key) for change in changes),
        said=said,
        pairs=tuple(one_of(*pair) for pair in pairs),
        # Nobody said that these are groups of people.
        weight=Significance.MINOR,
    )


def successors(
    come: Mapping[KeyLevel, Sequence[Change]], gone: Mapping[KeyLevel, Sequence[Change]]
) -> Iterator[tuple[list[Change], list[Change]]]:
    """One who came to the very groups, or nearly all of them, that another went from; each the
    only one for the other."""
    lists: dict[Key, tuple[list[KeyLevel], list[KeyLevel]]] = defaultdict(lambda: ([], []))
    for side, moves in enumerate((gone, come)):
        for level, changes in moves.items():
            if len(changes) >= _SEVERAL:
                for change in changes:
                    lists[change.key[:-1]][side].append(level)
    shared: dict[tuple[KeyLevel, KeyLevel], int] = defaultdict(int)
    for left, joined in lists.values():
        if len(left) == len(joined) == 1:
            shared[left[0], joined[0]] += 1
    pairs = [
        pair
        for pair, number in shared.items()
        if number >= max(_SEVERAL, _MOST * max(len(gone[pair[0]]), len(come[pair[1]])))
    ]
    for left_level, joined_level in pairs:
        places = {c.key[:-1] for c in gone[left_level]} & {c.key[:-1] for c in come[joined_level]}
        yield (
            [change for change in gone[left_level] if change.key[:-1] in places],
            [change for change in come[joined_level] if change.key[:-1] in places],
        )
