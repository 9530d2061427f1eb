"""Who belongs where, and in which role (`x-membership`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Membership
from monitor.kinds.values import get, same, token
from monitor.model.comparison import MISSING, Change, Json, Key, Missing, Significance
from monitor.model.said import Joined, Left, Moved, Replaced, RoleChanged, Said

REPLACED = Rule(
    id="replaced",
    summary="One entity takes a role from another that only one can hold.",
    significance=Significance.CRITICAL,
    mirror="replaced",
)
MOVED = Rule(
    id="moved",
    summary="An entity leaves one group and joins another.",
    significance=Significance.MAJOR,
    mirror="moved",
)
JOINED = Rule(
    id="joined",
    summary="An entity is newly listed in a group.",
    significance=Significance.MAJOR,
    mirror="left",
)
LEFT = Rule(
    id="left",
    summary="An entity is no longer listed in a group, which does not prove that it left.",
    significance=Significance.MINOR,
    mirror="joined",
)
ROLE_CHANGED = Rule(
    id="role-changed",
    summary="A member's role in its group changed.",
    significance=Significance.MAJOR,
    mirror="role-changed",
)


class _Member(NamedTuple):
    """One membership that changed; a role is MISSING on the side where it does not exist."""

    ref: Ref
    change: Change
    before: Json | Missing
    after: Json | Missing


def _find(scene: Scene) -> Iterator[Draft]:
    for path, collection in scene.kind.collections.items():
        if collection.membership is not None and path in scene.by_collection:
            yield from _in_list(scene, collection, collection.membership)


def _in_list(scene: Scene, collection: Collection, membership: Membership) -> Iterator[Draft]:
    members = _changed_members(scene, collection, membership)
    for drafts in (_replaced, _moved, _single):
        found = list(drafts(scene, collection, members))
        gone = {change.id for draft in found for change in draft.changes}
        members = [member for member in members if member.change.id not in gone]
        yield from found


def _changed_members(scene: Scene, collection: Collection, membership: Membership) -> list[_Member]:
    """Members of groups that stand in both versions: a whole group is added or removed as one."""
    members = []
    for key, changes in scene.left(collection.path):
        ref = (collection.path, key)
        if not scene.stands_in_both(scene.parent(ref)):
            continue
        for change in changes:
            if change.op == "added":
                members.append(_Member(ref, change, MISSING, _role(change.after, membership)))
            elif change.op == "removed":
                members.append(_Member(ref, change, _role(change.before, membership), MISSING))
            elif change.field == membership.role and change.significance:
                members.append(
                    _Member(ref, change, _or_null(change.before), _or_null(change.after))
                )
    return members


def _role(entity: Json | Missing, membership: Membership) -> Json:
    return _or_null(get(entity, membership.role)) if membership.role else None


def _or_null(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def _replaced(scene: Scene, collection: Collection, members: list[_Member]) -> Iterator[Draft]:
    """For a role that only one can hold: exactly one gave it up and exactly one took it."""
    assert collection.membership is not None
    for place, role in enumerate(collection.membership.single):
        gave: dict[Key, list[_Member]] = defaultdict(list)
        took: dict[Key, list[_Member]] = defaultdict(list)
        for member in members:
            if member.before == role:
                gave[member.ref[1][:-1]].append(member)
            if member.after == role:
                took[member.ref[1][:-1]].append(member)
        for parent, [former, *more] in gave.items():
            if more or len(took[parent]) != 1:
                continue
            made = _replacement(scene, collection, role, former, took[parent][0])
            # Who goes from one such role to another is the holder of one and the former of the
            # other: of these the kind's first role has the change, the other is told without it.
            yield replace(made, strength=-float(place), divisible=True)


def _replacement(
    scene: Scene, collection: Collection, role: str, former: _Member, holder: _Member
) -> Draft:
    said = Replaced(
        label=_person(scene, collection, holder),
        former=_person(scene, collection, former),
        parent=scene.parent_label(holder.ref),
        role=str(_said(scene, collection, role)),
        former_stays=former.after is not MISSING,
        was_listed=holder.before is not MISSING,
        former_role=_said(scene, collection, former.after),
        role_before=_said(scene, collection, holder.before),
    )
    return Draft(
        rule=REPLACED.id,
        changes=(holder.change, former.change),
        focus=holder.ref,
        others=(former.ref,),
        said=said,
    )


def _moved(scene: Scene, collection: Collection, members: list[_Member]) -> Iterator[Draft]:
    gone: dict[object, list[_Member]] = defaultdict(list)
    come: dict[object, list[_Member]] = defaultdict(list)
    for member in members:
        if member.after is MISSING:
            gone[token(_identity(collection, member))].append(member)
        elif member.before is MISSING:
            come[token(_identity(collection, member))].append(member)
    for identity, [former, *more] in gone.items():
        if more or len(come[identity]) != 1:
            continue
        member = come[identity][0]
        yield Draft(
            rule=MOVED.id,
            changes=(former.change, member.change),
            focus=member.ref,
            others=(former.ref,),
            said=Moved(
                label=_person(scene, collection, member),
                before=scene.parent_label(former.ref),
                after=scene.parent_label(member.ref),
                role_before=_role_word(scene, collection, former.before),
                role=_role_word(scene, collection, member.after),
                single=_is_single(collection, member.after),
            ),
        )


def _single(scene: Scene, collection: Collection, members: list[_Member]) -> Iterator[Draft]:
    for member in members:
        label = _person(scene, collection, member)
        parent = scene.parent_label(member.ref) or collection.title
        before, after = member.before, member.after
        was_single, single = _is_single(collection, before), _is_single(collection, after)
        old, new = (_role_word(scene, collection, side) for side in (before, after))
        said: Said
        if before is MISSING:
            rule, said = JOINED, Joined(label, parent, new, single)
        elif after is MISSING:
            rule, said = LEFT, Left(label, parent, old, was_single)
        elif same(before, after):
            continue
        else:
            rule = ROLE_CHANGED
            said = RoleChanged(label, parent, old, new, single, was_single)
        yield Draft(rule=rule.id, changes=(member.change,), focus=member.ref, said=said)


def _said(scene: Scene, collection: Collection, role: Json | Missing) -> Json | Missing:
    return MISSING if role is MISSING else _role_word(scene, collection, role)


def _role_word(scene: Scene, collection: Collection, role: Json | Missing) -> Json:
    """A role as a reader sees it."""
    name = collection.membership.role if collection.membership else None
    return scene.value(collection.fields.get(name or ""), role)


def _is_single(collection: Collection, role: Json | Missing) -> bool:
    """Whether only one member of a group can hold this role."""
    return collection.membership is not None and role in collection.membership.single


def _identity(collection: Collection, member: _Member) -> Json:
    assert collection.membership is not None
    change = member.change
    entity = change.before if change.op == "removed" else change.after
    return get(entity, collection.membership.entity)


def _person(scene: Scene, collection: Collection, member: _Member) -> Json:
    """The member's own name: the label of what the membership refers to, else its entry's."""
    assert collection.membership is not None
    name = collection.membership.entity
    field = collection.fields.get(name)
    identity = get(scene.entity(member.ref), name)
    if field is None or field.ref is None or identity is MISSING:
        return member.change.label
    return scene.value(field, identity)


FAMILY = Family((REPLACED, MOVED, ROLE_CHANGED, JOINED, LEFT), _find)
