"""The same news of one entry in several groups: told once, with the groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from monitor.compare.labels import key_words
from monitor.compare.naming import is_slot
from monitor.compare.resemblance import whole
from monitor.compare.rules.between import between, successors
from monitor.compare.rules.everywhere import EVERYWHERE, EXAMPLES, MANY
from monitor.compare.rules.listed import names_moved
from monitor.compare.rules.membership import REPLACED
from monitor.compare.rules.pairs import paired
from monitor.compare.rules.plain import CHANGED
from monitor.compare.rules.regrouped import JOINED, LEFT, MOVED
from monitor.compare.rules.renamed import RENAMED
from monitor.compare.rules.rule import Draft, Family
from monitor.compare.scene import Ref, Scene
from monitor.compare.shapes import ROOT
from monitor.kinds.values import get, json_bytes, token
from monitor.model.comparison import MISSING, Change, Json, Key, KeyLevel, Missing, Significance
from monitor.model.said import Everywhere, Memberships, Moved, SameField, SameName, Succeeded
from monitor.model.tuples import NamedTuple

# News of one group is told with that group.
SEVERAL = 2


class _Moves(NamedTuple):
    """Entries that came, went or changed in groups that stand in both versions, by their key."""

    come: Mapping[KeyLevel, list[Change]]
    gone: Mapping[KeyLevel, list[Change]]
    changed: Mapping[KeyLevel, list[Change]]


def _find(scene: Scene) -> Iterator[Draft]:
    drafts = list(_in_one_collection(scene))
    yield from drafts
    taken = {change.id for draft in drafts for change in draft.changes}
    across = list(_between_lists(scene, taken))
    yield from across
    taken |= {change.id for draft in across for change in draft.changes}
    if scene.kind.inferred:
        yield from between(scene, taken)
        yield from names_moved(scene)


def _between_lists(scene: Scene, taken: set[str]) -> Iterator[Draft]:
    """Who goes from one list of an entry to another one of it: from its chairs to its former
    chairs. News of each list only where one went and one came."""
    moved: dict[tuple[str, Key, KeyLevel], tuple[list[Change], list[Change]]] = {}
    for path in scene.paths():
        if not scene.collection(path).recurring:
            continue
        moves = _moves(scene, path)
        for at, side in enumerate((moves.gone, moves.come)):
            for level, changes in side.items():
                for change in changes:
                    place = scene.above[path], change.key[:-1], level
                    if change.id not in taken:
                        moved.setdefault(place, ([], []))[at].append(change)
    for (above, key, _), (gone, come) in moved.items():
        if len(gone) == len(come) == 1 and gone[0].label == come[0].label:
            left, joined = (
                scene.collection(change.collection).title for change in (gone[0], come[0])
            )
            where = f"{joined} ({scene.label((above, key))})"
            yield Draft(
                rule=MOVED.id,
                changes=(*gone, *come),
                focus=None,
                others=_refs((*gone, *come)),
                said=Moved(come[0].label, left, where, None, None, single=False),
                # Both are lists of one entry, and nobody said that they are groups of people.
                weight=Significance.MINOR,
                pairs=tuple(paired(gone, come)),
            )


def _in_one_collection(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        if not scene.collection(path).recurring:
            yield from _parts(scene, path)
            continue
        moves = _moves(scene, path)
        renamed = list(_renamed(scene, path, moves))
        yield from renamed
        taken = {change.id for draft in renamed for change in draft.changes}
        followed = list(_successions(scene, path, moves, taken))
        yield from followed
        taken |= {change.id for draft in followed for change in draft.changes}
        yield from _memberships(scene, path, moves, taken)
        yield from _fields(scene, path, moves)


def _moves(scene: Scene, path: str) -> _Moves:
    found = _Moves(defaultdict(list), defaultdict(list), defaultdict(list))
    by_op = {"added": found.come, "removed": found.gone, "changed": found.changed}
    stands: dict[Ref, bool] = {}
    for (_, key), change in scene.each_left(path):
        parent = scene.parent((path, key))
        if parent not in stands:
            stands[parent] = scene.stands_in_both(parent)
        if stands[parent]:
            by_op[change.op][key[-1]].append(change)
    return found


def _parts(scene: Scene, path: str) -> Iterator[Draft]:
    """The same part of many entries that is new or gone: a language, an office, a term."""
    if not scene.kind.inferred or not scene.above.get(path) or not scene.collection(path).keys:
        return
    moves = _moves(scene, path)
    for side, what in ((moves.come, "appeared"), (moves.gone, "disappeared")):
        for level, changes in side.items():
            if len(changes) < MANY:
                continue
            groups, places = _where(scene, path, changes)
            yield Draft(
                rule=EVERYWHERE.id,
                changes=tuple(changes),
                focus=None,
                others=_refs(changes),
                said=Everywhere(
                    what="appeared" if what == "appeared" else "disappeared",
                    field=_part(scene, path, level, changes),
                    section=groups or "",
                    number=len(changes),
                    examples=places[:EXAMPLES],
                ),
            )


def _part(scene: Scene, path: str, level: KeyLevel, changes: Sequence[Change]) -> str:
    """What the same part of many entries is called: `translations: bre`, `term from 2025-01-03`."""
    collection = scene.collection(path)
    names = {change.label for change in changes}
    name = names.pop() if len(names) == 1 else key_words(level)
    if span := collection.span:
        starts = [get(whole(change), span.start or "") for change in changes]
        if isinstance(starts[0], str) and starts.count(starts[0]) == len(starts):
            return f"{span.noun}{scene.kind.span[1].format(starts[0])}"
    return f"{collection.title}: {name}" if collection.title else name


def _renamed(scene: Scene, path: str, moves: _Moves) -> Iterator[Draft]:
    """One entry went and another came in the very same groups, the same but for its name."""
    silent = {name for names in scene.collection(path).keys for name in names}
    gone, come = (_by_content(side, silent) for side in (moves.gone, moves.come))
    for content, before in gone.items():
        after = come.get(content, [])
        if len(before) == len(after) == 1:
            old, new = before[0], after[0]
            yield Draft(
                rule=RENAMED.id,
                changes=(*old, *new),
                focus=None,
                others=_refs((*old, *new)),
                said=_other_name(old[0], new[0], *_where(scene, path, new)),
            )


def _other_name(old: Change, new: Change, groups: str | None, places: Sequence[str]) -> SameName:
    before, after = key_words(old.key[-1]), key_words(new.key[-1])
    said = SameName(old.label, new.label, groups, places)
    named = (before, after) == (old.label, new.label)
    return said if named else said._replace(id_before=before, id_after=after)


def _by_content(
    side: Mapping[KeyLevel, list[Change]], silent: set[str]
) -> Mapping[bytes, list[list[Change]]]:
    """Entries of several groups by these groups and all that is said of them there."""
    found: dict[bytes, list[list[Change]]] = defaultdict(list)
    for changes in side.values():
        rest = [
            (_group(change), {n: v for n, v in whole(change).items() if n not in silent})
            for change in changes
        ]
        if len(changes) >= SEVERAL and all(content for _, content in rest):
            found[json_bytes(sorted(rest, key=json_bytes))].append(changes)
    return found


def _successions(scene: Scene, path: str, moves: _Moves, taken: set[str]) -> Iterator[Draft]:
    """One who comes in several groups for another who goes from them."""
    come, gone = (
        {
            level: left
            for level, changes in side.items()
            if (left := [each for each in changes if each.id not in taken])
        }
        for side in (moves.come, moves.gone)
    )
    for former, new in successors(come, gone):
        groups, places = _where(scene, path, new)
        yield Draft(
            rule=REPLACED.id,
            changes=(*former, *new),
            focus=None,
            others=_refs((*former, *new)),
            weight=Significance.MAJOR,
            said=Succeeded(
                label=new[0].label,
                former=former[0].label,
                groups=groups,
                size=scene.sizes[1][scene.above[path]],
                places=places,
            ),
        )


def _memberships(scene: Scene, path: str, moves: _Moves, taken: set[str]) -> Iterator[Draft]:
    """Who joins and leaves several groups at once."""
    for level in dict.fromkeys((*moves.come, *moves.gone)):
        come = [each for each in moves.come.get(level, ()) if each.id not in taken]
        gone = [each for each in moves.gone.get(level, ()) if each.id not in taken]
        if len(come) + len(gone) < SEVERAL:
            continue
        rule = MOVED if come and gone else JOINED if come else LEFT
        groups, joined = _where(scene, path, come or gone)
        before, after = scene.sizes
        yield Draft(
            rule=rule.id,
            changes=(*come, *gone),
            focus=None,
            others=_refs((*come, *gone)),
            said=Memberships(
                label=(come or gone)[0].label,
                groups=groups,
                size=(after if come else before)[scene.above[path]],
                joined=joined if come else [],
                left=_where(scene, path, gone)[1],
            ),
            pairs=tuple(paired(gone, come)),
        )


def _fields(scene: Scene, path: str, moves: _Moves) -> Iterator[Draft]:
    """The same change of one entry in several groups; a name is a name."""
    collection = scene.collection(path)
    for changes in moves.changed.values():
        alike: dict[tuple[object, ...], list[Change]] = defaultdict(list)
        for change in changes:
            if change.significance:
                signature = (change.field, *map(_token, (change.before, change.after)))
                alike[signature].append(change)
        for group in alike.values():
            first = group[0]
            if len(group) < SEVERAL or first.field is None:
                continue
            where = _where(scene, path, group)
            before, after = _plain(first.before), _plain(first.after)
            texts = isinstance(before, str) and isinstance(after, str)
            named = texts and is_slot(first.field, collection)
            yield Draft(
                rule=(RENAMED if named else CHANGED).id,
                changes=tuple(group),
                focus=None,
                said=SameName(before, after, *where)
                if named
                else SameField(first.label, scene.title(first), before, after, *where),
            )


def _where(scene: Scene, path: str, changes: Sequence[Change]) -> tuple[str | None, list[str]]:
    """What the groups are called together, and each of them."""
    above = scene.above[path]
    places = [scene.label((above, change.key[:-1])) for change in changes]
    # A list that only wraps a file is called after that, which says nothing of its entries.
    title = scene.collection(above).title if above != ROOT else ""
    return title or None, places


def _group(change: Change) -> Key:
    return change.key[:-1]


def _refs(changes: Sequence[Change]) -> tuple[Ref, ...]:
    return tuple((change.collection, change.key) for change in changes)


def _plain(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def _token(value: Json | Missing) -> object:
    return None if value is MISSING else token(value)


FAMILY = Family((), _find)
