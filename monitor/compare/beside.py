"""What stands beside the lead of a finding: other rules' words, consequences, members, fields."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.anew import anew
from monitor.compare.cascade import step
from monitor.compare.gather import Group
from monitor.compare.parts import has_members, parts_of
from monitor.compare.reserve import reserve_of
from monitor.compare.rules.pairs import told_beside
from monitor.compare.rules.plain import is_prose
from monitor.compare.rules.rule import Draft
from monitor.compare.scene import Scene
from monitor.compare.where import where
from monitor.kinds.kind import Collection
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Provenance
from monitor.model.said import Also, Beside, Detail, Followed, Follower, OwnWords

# Numbers that only followed are told one by one up to so many.
FEW = 4


def beside(scene: Scene, group: Group, told: Provenance) -> Beside:
    """`told`: who says what the lead says, and how firmly."""
    correction = scene.corrections is not None and scene.corrections.all(group.changes())
    own_words = _own_words(scene, group.lead, is_correction=correction)
    placed = None if own_words or correction else where(scene, group.lead)
    return Beside(
        also=tuple(Also(draft.rule, draft.said) for draft in group.also),
        followed=_followed(scene, group) if group.followed else None,
        members=_members(scene, group),
        parts=parts_of(scene, group),
        details=tuple(
            detail
            for detail in _details(scene, group)
            if placed is None or detail.of is not MISSING or detail.field not in placed[1]
        ),
        own_words=own_words,
        correction=correction,
        reserve=reserve_of(scene, group.lead, told),
        where=placed[0] if placed is not None else None,
        anew=anew(scene, group.lead, group.changes()),
    )


def _followed(scene: Scene, group: Group) -> Followed:
    """Shifted numbers: how many, of which field, how many became smaller, and whose they are."""
    changes = group.followed
    lists = {(change.field, change.collection, change.key[:-1]) for change in changes}
    few = changes if len(changes) <= FEW and len(lists) == 1 else []
    places = {scene.parent_label((c.collection, c.key)) for c in few}
    told = scene.parent_label(group.lead.focus) if group.lead.focus is not None else None
    entries = [_follower(change) for change in few]
    return Followed(
        number=len(changes),
        field=scene.title(changes[0]),
        smaller=sum(1 for change in changes if step(change) < 0),
        entries=sorted(entries, key=lambda each: (not each.smaller, each.after, each.label)),
        parent=next((place for place in places if place and place != told), MISSING),
    )


def _follower(change: Change) -> Follower:
    assert isinstance(change.after, int)
    return Follower(change.label, change.after, step(change) < 0)


def _members(scene: Scene, group: Group) -> tuple[str, ...]:
    """Who belongs to a group that was added or removed as a whole."""
    if group.lead.changes[0].op == "changed":
        return ()
    lists: dict[str, list[Change]] = {}
    for change in group.rest:
        if change.op != "changed":
            lists.setdefault(change.collection, []).append(change)
    return tuple(
        _member(scene, change)
        for path, changes in lists.items()
        if has_members(scene, path, changes)
        for change in changes
    )


def _member(scene: Scene, change: Change) -> str:
    """`Ida Berg (leader)`: with a role that only one can hold."""
    membership = scene.collection(change.collection).membership
    if membership is None or membership.role is None:
        return change.label
    role = get(change.after if change.op == "added" else change.before, membership.role)
    if role not in membership.single:
        return change.label
    said = scene.value(scene.collection(change.collection).fields.get(membership.role), role)
    return f"{change.label} ({said})"


def _details(scene: Scene, group: Group) -> Iterator[Detail]:
    """Fields that changed and that the lead does not tell, in the kind's order."""
    candidates = [change for draft in group.also for change in draft.changes] + group.rest
    if not group.lead.told:
        candidates = [*group.lead.changes, *candidates]
    changes = [change for change in candidates if change.op == "changed"]
    for change in changes if len(changes) == 1 else _in_kind_order(scene, changes):
        if change.significance and change.field not in scene.collection(change.collection).children:
            yield _detail(scene, group.lead, change)
    for draft in (group.lead, *group.also):
        several = len({pair.label for pair in draft.pairs}) > 1
        yield from told_beside(scene, draft.pairs, named=several or draft is not group.lead)


def _detail(scene: Scene, lead: Draft, change: Change) -> Detail:
    field = scene.field(change)
    text = (field is not None and field.text) or is_prose(change)
    return Detail(
        label=scene.title_within(change, lead.within),
        field=change.field or "",
        of=change.label if (change.collection, change.key) != lead.focus else MISSING,
        text=text,
        fact=not text and field is not None and not field.ladder and not scene.supports(field),
        before=scene.side(field, change.before),
        after=scene.side(field, change.after),
    )


def _in_kind_order(scene: Scene, changes: list[Change]) -> list[Change]:
    places: dict[str, dict[str, int]] = {}

    def place(change: Change) -> tuple[int, str]:
        names = places.get(change.collection)
        if names is None:
            fields = scene.collection(change.collection).fields
            names = places[change.collection] = {name: at for at, name in enumerate(fields)}
        return names.get(change.field or "", len(names)), change.field or ""

    return sorted(changes, key=place)


def _own_words(scene: Scene, lead: Draft, *, is_correction: bool) -> OwnWords | None:
    """The kind's own sentence for what happened, with what its slots need."""
    first = lead.changes[0]
    collection = scene.collection(first.collection)
    words = collection.wording
    if first.field is not None:
        field = scene.field(first)
        words = field.wording if field is not None else {}
    template = words.get(first.op) if len(lead.changes) == 1 else None
    if template is None and is_correction:
        template = _first_told(lead, collection)
    if template is None:
        return None
    entity = scene.entity((first.collection, first.key))
    values = {name: scene.value(f, get(entity, name)) for name, f in collection.fields.items()}
    return OwnWords(template=template, values=values)


def _first_told(lead: Draft, collection: Collection) -> str | None:
    """The sentence that told a value when it was new, where that is all that is put right."""
    telling = [change.field for change in lead.changes if change.significance]
    template = collection.wording.get("added", "")
    return template if len(telling) == 1 and f"{{{telling[0]}}}" in template else None
