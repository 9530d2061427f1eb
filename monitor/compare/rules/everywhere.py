"""The same thing in many places at once: one finding with a count, not thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from monitor.compare.churn import MOST, churns, is_of_machines
from monitor.compare.naming import is_slot
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.compare.signatures import (
    ALIKE,
    STATED,
    Signatures,
    edit,
    lost_and_gained,
    presence,
    stated,
    step,
)
from monitor.kinds.kind import Collection, Field
from monitor.model.comparison import MISSING, Change, Json, Key, Missing, Significance
from monitor.model.record import replace
from monitor.model.said import Churned, Everywhere, Example, Extent
from monitor.model.tuples import NamedTuple

EVERYWHERE = Rule(
    id="everywhere",
    summary="The same thing happened to a field of many entities.",
    significance=Significance.MINOR,
    mirror="everywhere",
)

# Fewer than this are told one by one.
MANY = 10
# Without a kind fewer are enough where they are nearly all.
NEARLY_ALL = 5
_ALL = 0.9
# Of a field that only keeps books in most entries fewer are enough.
FEW = 3
EXAMPLES = 3
# What each of so many says is told.
ALL = 6
# Fields are told together when of the entries of either this share has both changed.
_TOGETHER = 0.8


class _Churn(NamedTuple):
    """A field that changed in many entries, to another value in each."""

    field: str
    changes: list[Change]


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        if not scene.collection(path).keys:
            continue
        fields = _by_field(scene, path)
        size = _size(scene, path) if fields else 0
        least = _least(scene, size)
        churning: list[_Churn] = []
        lasting: list[tuple[Extent, _Churn]] = []
        for field, changes in fields.items():
            rest = list(changes)
            for what, alike in _alike(rest, STATED, _least_stated(scene, size)):
                lasting.append((what, _Churn(field, alike)))
                told = {change.id for change in alike}
                rest = [change for change in rest if change.id not in told]
            groups = list(_alike(rest, ALIKE, least))
            if not _are_alike(groups, rest) and _churns(scene, field, rest, size):
                churning.append(_Churn(field, rest))
                continue
            for what, alike in groups:
                yield _draft(scene, path, field, what, alike, size=size)
        yield from _drafts_stated(scene, path, lasting, size)
        yield from (_draft_churn(scene, path, each, size) for each in _together(churning))


def _drafts_stated(
    scene: Scene, path: str, found: list[tuple[Extent, _Churn]], size: int
) -> Iterator[Draft]:
    """Fields that came, went or were cleared; without a kind, those of the same entries at once."""
    groups: dict[object, list[tuple[Extent, _Churn]]] = defaultdict(list)
    for at, (what, churn) in enumerate(found):
        keys = frozenset(change.key for change in churn.changes)
        groups[(what, keys) if scene.kind.inferred else at].append((what, churn))
    for group in groups.values():
        (what, first), *others = group
        draft = _draft(scene, path, first.field, what, first.changes, size=size)
        drafts = [
            draft,
            *(_draft(scene, path, c.field, w, c.changes, size=size) for w, c in others),
        ]
        yield _joined(drafts) if others else draft


def _joined(drafts: Sequence[Draft]) -> Draft:
    """The first of them, for the fields of all."""
    said = [draft.said for draft in drafts if isinstance(draft.said, Everywhere)]
    weights = [draft.weight for draft in drafts if draft.weight is not None]
    return replace(
        drafts[0],
        changes=tuple(change for draft in drafts for change in draft.changes),
        said=said[0]._replace(also=[each.field for each in said[1:]], values=MISSING),
        weight=max(weights, default=None),
    )


def _least(scene: Scene, size: int) -> int:
    """How many are told together; `size` is how many entries stand in both versions."""
    return min(MANY, max(NEARLY_ALL, ceil(_ALL * size))) if scene.kind.inferred else MANY


def _least_stated(scene: Scene, size: int) -> int:
    """The same of what is stated now and was not: fewer are enough where they are all."""
    least = _least(scene, size)
    return min(least, max(FEW, size)) if scene.kind.inferred else least


def _are_alike(groups: Sequence[tuple[Extent, list[Change]]], changes: Sequence[Change]) -> bool:
    """Whether one likeness says most of what there is to say; no edit of a time or code does."""
    if len(groups) != 1:
        return False
    what, alike = groups[0]
    told = what in ("value", "step") or not is_of_machines(changes)
    return 2 * len(alike) >= len(changes) and told


def _churns(scene: Scene, field: str, changes: Sequence[Change], size: int) -> bool:
    """What a kind describes is looked into more closely: only what machines write is left."""
    if not scene.kind.inferred and not is_of_machines(changes):
        return False
    return churns(field, changes, size, many=MANY)


def _size(scene: Scene, path: str) -> int:
    """How many entries stand in both versions."""
    changed = scene.by_collection[path].values()
    gone = sum(changes[0].op == "removed" for changes in changed)
    return scene.sizes[0][path] - gone


def _together(churning: list[_Churn]) -> Iterator[list[_Churn]]:
    """Fields that changed in nearly the same entries belong together."""
    groups: list[tuple[set[Key], list[_Churn]]] = []
    for churn in churning:
        keys = {change.key for change in churn.changes}
        for known, group in groups:
            if len(keys & known) >= _TOGETHER * len(keys | known):
                group.append(churn)
                break
        else:
            groups.append((keys, [churn]))
    return (group for _, group in groups)


def _draft_churn(scene: Scene, path: str, group: list[_Churn], size: int) -> Draft:
    collection = scene.collection(path)
    changes = tuple(change for churn in group for change in churn.changes)
    first = group[0].changes[0]
    field = scene.field(first)
    renamed = any(is_slot(churn.field, collection) for churn in group)
    return Draft(
        rule=EVERYWHERE.id,
        changes=changes,
        focus=None,
        weight=Significance.MAJOR if renamed else None,
        said=Churned(
            fields=[scene.title(churn.changes[0]) for churn in group],
            section=collection.title,
            number=len({change.key for change in changes}),
            size=size,
            example=Example(
                first.label,
                scene.title(first),
                scene.value(field, first.before),
                scene.value(field, first.after),
            ),
        ),
    )


def _by_field(scene: Scene, path: str) -> dict[str, list[Change]]:
    """Changes of fields that no rule of meaning speaks of, where there are many."""
    telling = _telling(scene.collection(path))
    by_field: dict[str, list[Change]] = defaultdict(list)
    for _, change in scene.each_left(path):
        if change.field is not None and change.field not in telling:
            by_field[change.field].append(change)
    return {field: changes for field, changes in by_field.items() if len(changes) >= FEW}


def _telling(collection: Collection) -> set[str | None]:
    """Fields of which each move is news: roles, positions, plans, quantities, how firm it is."""
    names: set[str | None] = {
        name for name, f in collection.fields.items() if f.ladder or f.scale or f.quantity
    }
    if collection.membership is not None:
        names.add(collection.membership.role)
    if position := collection.position:
        names |= {position.value, position.quantity}
    if period := collection.period:
        names |= {period.start, period.end, period.state}
    return names


def _alike(
    changes: Sequence[Change], signatures: Signatures, least: int
) -> Iterator[tuple[Extent, list[Change]]]:
    """Groups of many: a field that came or went, one value for another, one edit of a text."""
    rest = list(changes)
    for signature, what in signatures:
        groups: dict[object, list[Change]] = defaultdict(list)
        for change in rest:
            groups[signature(change)].append(change)
        groups.pop(None, None)
        told: set[str] = set()
        for group in groups.values():
            if len(group) >= least:
                yield what or presence(group[0]) or stated(group[0]) or "value", group
                told.update(change.id for change in group)
        rest = [change for change in rest if change.id not in told]
        if len(rest) < least:
            return


def _draft(
    scene: Scene, path: str, field: str, what: Extent, changes: list[Change], *, size: int
) -> Draft:
    collection = scene.collection(path)
    described = collection.fields.get(field)
    first = changes[0]
    before: Json | Missing = MISSING
    after: Json | Missing = MISSING
    if what == "value":
        before, after = scene.value(described, first.before), scene.value(described, first.after)
    elif what == "edit" and (cut := edit(first)):
        before, after = cut
    elif what == "members" and (sides := lost_and_gained(first)):
        before, after = (scene.value(described, side) for side in sides)
    examples = list(dict.fromkeys(_called(scene, change) for change in changes))
    values = _values(scene, described, what, changes)
    if values is not MISSING and len(values) != len(examples):
        values = MISSING
    said = Everywhere(
        what=what,
        field=scene.title_in(collection, field),
        section=collection.title,
        number=len(changes),
        examples=examples[: EXAMPLES if values is MISSING else None],
        before=before,
        after=after,
        step=step(first) or MISSING if what == "step" else MISSING,
        size=size if what in ("cleared", "filled") else MISSING,
        values=values,
    )
    return Draft(
        rule=EVERYWHERE.id,
        changes=tuple(changes),
        focus=None,
        said=said,
        weight=_weight(collection, field, what, len(changes), size),
    )


def _values(
    scene: Scene, field: Field | None, what: Extent, changes: Sequence[Change]
) -> Sequence[Json] | Missing:
    """What each of a few entries says, where that is not the same of all."""
    side = {"appeared": "after", "filled": "after", "disappeared": "before", "cleared": "before"}
    if not scene.kind.inferred or what not in side or len(changes) > ALL:
        return MISSING
    values = [scene.value(field, getattr(change, side[what])) for change in changes]
    return values if all(isinstance(v, str | int | float) for v in values) else MISSING


def _called(scene: Scene, change: Change) -> str:
    """An entry, or whose it is where only its days tell it from the others."""
    if scene.collection(change.collection).span is None:
        return change.label
    return scene.parent_label((change.collection, change.key)) or change.label


def _weight(
    collection: Collection, field: str, what: Extent, number: int, size: int
) -> Significance | None:
    """What most entries lost at once, and the names of many, is more than a small change."""
    if what not in ("cleared", "disappeared"):
        return None
    lost = what == "cleared" and number >= MOST * size
    return Significance.MAJOR if lost or is_slot(field, collection) else None


FAMILY = Family((EVERYWHERE,), _find)
