"""Puts what the rules say together, so that one entity is told of once and every change once.

Which rule gets a change is decided in ownership.py; here the proposals that held become groups.

Ownership is by entity: the first rule that speaks of an entity leads the finding, and all that is
left of the entity's changes joins it. Entities that appear or vanish only because another names
them (a person who joins, a source that is cited) join the finding of the one that names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from monitor.compare.cascade import find_cascades
from monitor.compare.faults import ComparisonFaults
from monitor.compare.naming import is_moment
from monitor.compare.ownership import award
from monitor.compare.rules import FAMILIES, FIRST
from monitor.compare.rules.inside import draft_objects
from monitor.compare.rules.plain import draft_fields, draft_many, draft_renewed, draft_whole
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Ref, Scene, reference_key
from monitor.compare.significance import RuleSettings
from monitor.kinds.values import get
from monitor.model.comparison import Change, Key, Op

ROOT: Ref = ("", ())
# Without a kind, entries that came, or went, are told one by one up to so many.
APART = 25
# Of a series, whose entries are called by their moments, up to so many.
MOMENTS = 3


class Group:
    """A finding in the making: what leads it, what else holds, what is left of its entities, and
    what only follows from it."""

    def __init__(self, lead: Draft, rest: list[Change] | None = None) -> None:
        self.lead = lead
        self.also: list[Draft] = []
        self.rest = rest or []
        self.followed: list[Change] = []

    def join(self, scene: Scene, ref: Ref, changes: list[Change]) -> None:
        """What is left of an entity; it leads where the rule that spoke first yields to it."""
        telling = self.lead.yields and ref == self.lead.focus
        if telling and any(change.significance and not scene.cites(change) for change in changes):
            self.also.insert(0, self.lead)
            self.lead = draft_fields(scene, ref, changes)
        else:
            self.rest.extend(changes)

    def changes(self) -> Iterator[Change]:
        yield from self.lead.changes
        for draft in self.also:
            yield from draft.changes
        yield from self.rest
        yield from self.followed


class Board:
    """The groups so far, and which of them owns each entity."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.owners: dict[Ref, Group] = {}

    def add(self, draft: Draft) -> None:
        group = self.owners.get(draft.focus) if draft.focus is not None else None
        if group is None:
            group = Group(lead=draft)
            self.groups.append(group)
        else:
            group.also.append(draft)
        for ref in (draft.focus, *draft.others):
            if ref is not None and ref != ROOT:
                self.owners.setdefault(ref, group)

    def follow(self, scene: Scene, ref: Ref, changes: list[Change]) -> None:
        """Consequences join the finding on their cause, unless that was told among many."""
        owner = self.owners.get(ref)
        if owner is not None:
            owner.followed += changes
            return
        for change in changes:
            self.add(draft_fields(scene, (change.collection, change.key), [change]))


def place_of(lead: Draft) -> Ref:
    """Where a finding is listed; one on many entities at their list, below a parent they share."""
    if lead.focus is not None:
        return lead.focus
    first = lead.changes[0].collection
    parents = {change.key[:-1] for change in lead.changes if change.collection == first}
    return first, parents.pop() if len(parents) == 1 else ()


def path_of(scene: Scene, lead: Draft) -> str:
    """The path of what a draft speaks of, down to the field where it is one."""
    field = lead.changes[0].field if len(lead.changes) == 1 else lead.within or None
    return scene.path(place_of(lead), field)


def gather(scene: Scene, settings: RuleSettings, faults: ComparisonFaults) -> list[Group]:
    """Every change of the scene in exactly one group, in the order of the rules.

    The changes of a rule that raises fall to later ones, in the end to the plain ones.
    """

    def wanted(draft: Draft) -> bool:
        return not settings or settings.applies(draft.rule, path_of(scene, draft))

    board = Board()
    for family in FIRST:
        for draft in award(scene, family, wanted, faults):
            board.add(draft)
    cascades: dict[Ref, list[Change]] = faults.guard(
        "shifted numbers", lambda: find_cascades(scene), {}
    )
    for changes in cascades.values():
        scene.take(changes)
    for family in FAMILIES:
        for draft in award(scene, family, wanted, faults):
            board.add(draft)
    waiting: dict[Ref, list[Change]] = {}
    for path in scene.paths():
        _leftovers(scene, board, path, waiting)
    if waiting:
        _newcomers(scene, board, waiting)
        _unnamed(scene, board, waiting)
    for ref, changes in cascades.items():
        board.follow(scene, ref, changes)
    return board.groups


def _leftovers(scene: Scene, board: Board, path: str, waiting: dict[Ref, list[Change]]) -> None:
    siblings: dict[tuple[Key, Op], list[Change]] = defaultdict(list)
    alone: dict[Op, list[Change]] = defaultdict(list)
    for key, changes in scene.left(path):
        ref = (path, key)
        owner = board.owners.get(ref) or _whole_parent(scene, board, ref)
        if owner is not None:
            owner.join(scene, ref, changes)
            board.owners[ref] = owner
        elif path in scene.supporting and changes[0].op != "changed":
            waiting[ref] = changes
        elif changes[0].op == "changed":
            for draft in _field_drafts(scene, ref, changes):
                board.add(draft)
        elif scene.above.get(path) or path in scene.vocabulary:
            siblings[key[:-1], changes[0].op].extend(changes)
        else:
            alone[changes[0].op].append(changes[0])
    for entries in alone.values():
        for draft in _drafts_alone(scene, entries):
            board.add(draft)
    for draft in _drafts_below(scene, siblings):
        board.add(draft)


def _drafts_below(scene: Scene, siblings: Mapping[tuple[Key, Op], list[Change]]) -> Iterator[Draft]:
    """What came to a list below an entity and what went from it is one piece of news."""
    for (parent, op), entries in siblings.items():
        other = siblings.get((parent, "removed" if op == "added" else "added"))
        if scene.kind.inferred or not parent or not other:
            yield _draft_entries(scene, entries)
        elif op == "added":
            yield draft_renewed(scene, entries, other)


def _field_drafts(scene: Scene, ref: Ref, changes: list[Change]) -> Iterator[Draft]:
    """An entity's fields belong together; the document's own have nothing to do with each other,
    but for those that stand in one object of which no kind says what it is."""
    if ref != ROOT or (scene.kind.inferred and len(changes) > APART):
        yield draft_fields(scene, ref, changes)
    elif scene.kind.inferred:
        yield from draft_objects(scene, ref, changes)
    else:
        for change in changes:
            yield draft_fields(scene, ref, [change])


def _drafts_alone(scene: Scene, changes: list[Change]) -> Iterator[Draft]:
    """Entries that came, or went, at the top; where nothing says what they are, many at once."""
    moments = len(changes) > MOMENTS and all(is_moment(change.label) for change in changes)
    if scene.kind.inferred and (len(changes) > APART or moments):
        yield _draft_entries(scene, changes)
    else:
        for change in changes:
            yield draft_whole(scene, (change.collection, change.key), change)


def _draft_entries(scene: Scene, changes: list[Change]) -> Draft:
    if len(changes) == 1:
        return draft_whole(scene, (changes[0].collection, changes[0].key), changes[0])
    refs = [(change.collection, change.key) for change in changes]
    return draft_many(scene, refs, changes)


def _whole_parent(scene: Scene, board: Board, ref: Ref) -> Group | None:
    """The group of an added or removed entity that this one is a part of."""
    if not scene.above.get(ref[0]):
        return None
    parent = scene.parent(ref)
    changes = scene.by_collection.get(parent[0], {}).get(parent[1], ())
    if any(change.op != "changed" for change in changes):
        return board.owners.get(parent)
    return None


def _newcomers(scene: Scene, board: Board, waiting: dict[Ref, list[Change]]) -> None:
    """Gives each waiting entity to the first group that names it, directly or through another."""
    for group in board.groups:
        changes = list(group.changes())
        # What is given to the group may name others in its turn.
        for change in changes:
            for ref in _appearing(scene, change, waiting):
                found = waiting.pop(ref)
                group.rest.extend(found)
                board.owners[ref] = group
                changes.extend(found)


def _appearing(scene: Scene, change: Change, waiting: Mapping[Ref, list[Change]]) -> Iterator[Ref]:
    """The waiting entities that a change names and that came, or went, with it."""
    for ref in _named_by(scene, change):
        if ref in waiting and change.op in ("changed", waiting[ref][0].op):
            yield ref


def _named_by(scene: Scene, change: Change) -> Iterator[Ref]:
    """The supporting entities that a change's entity refers to, on either side."""
    ref = (change.collection, change.key)
    names = scene.supporting_refs(change.collection)
    if not names:
        return
    for side in (scene.new, scene.old):
        entity = side.get(*ref)
        for name, target in names if entity is not None else ():
            value = get(entity, name)
            members = value if isinstance(value, list) else [value]
            identities = (member for member in members if isinstance(member, str | int))
            yield from ((target, reference_key(scene.kind, target, each)) for each in identities)


def _unnamed(scene: Scene, board: Board, waiting: dict[Ref, list[Change]]) -> None:
    """Those that nothing else speaks of are told together."""
    together: dict[tuple[str, Op], list[Change]] = defaultdict(list)
    for ref, changes in waiting.items():
        together[ref[0], changes[0].op].extend(changes)
    for entries in together.values():
        board.add(_draft_entries(scene, entries))
