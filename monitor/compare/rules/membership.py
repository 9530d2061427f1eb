"""Who belongs where, and in which role (`x-membership`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.compare.past_roles import pool_of
from monitor.compare.rules.members import (
    Moving,
    changed_members,
    formerly,
    group_label,
    identity,
    is_single,
    person,
    role_side,
    role_word,
)
from monitor.compare.rules.regrouped import (
    JOINED,
    LEFT,
    MOVED,
    RECOMPOSED,
    SIZE,
    elsewhere,
    moved,
    recomposed,
    size_of,
    sizes,
)
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection
from monitor.kinds.values import same, token
from monitor.model.comparison import MISSING, Significance
from monitor.model.record import replace
from monitor.model.said import Joined, Left, Replaced, RoleChanged, Said
from monitor.model.tuples import NamedTuple

REPLACED = Rule(
    id="replaced",
    summary="One entity takes a role from another that only one can hold.",
    significance=Significance.CRITICAL,
    mirror="replaced",
)
ROLE_CHANGED = Rule(
    id="role-changed",
    summary="A member's role in its group changed.",
    significance=Significance.MAJOR,
    mirror="role-changed",
)


class _Handover(NamedTuple):
    """A role that only one can hold, from one to another; `place`: in the kind's list of these."""

    role: str
    place: int
    former: Moving
    holder: Moving


def _find(scene: Scene) -> Iterator[Draft]:
    """Lists whose members are entities of one list are looked at together."""
    pools: dict[str, list[Collection]] = defaultdict(list)
    for path, collection in scene.kind.collections.items():
        if collection.membership is not None and path in scene.by_collection:
            pools[pool_of(collection)].append(collection)
    for collections in pools.values():
        members = [m for each in collections for m in changed_members(scene, each)]
        for drafts in (_replaced, moved):
            found = list(drafts(scene, members))
            gone = {change.id for draft in found for change in draft.changes}
            members = [member for member in members if member.change.id not in gone]
            yield from found
        # A whole group is added or removed as one.
        members = [member for member in members if member.stays]
        yield from recomposed(scene, members)
        yield from _single(scene, members)


def _replaced(scene: Scene, members: Sequence[Moving]) -> Iterator[Draft]:
    """Each with where the former holder goes and where the new one comes from, if that is in no
    other such finding."""
    found = list(_handovers([member for member in members if member.stays]))
    owned = {m.change.id for each in found for m in (each.former, each.holder)}
    for each in found:
        free = [m for m in members if m.stays and m.change.id not in owned]
        made = _replacement(
            scene,
            each,
            joins=_only(free, each.former, came=True),
            left=_only(free, each.holder, came=False),
        )
        # Who goes from one such role to another is the holder of one and the former of the
        # other: of these the kind's first role has the change, the other is told without it.
        yield replace(made, strength=-float(each.place), divisible=True)


def _handovers(members: Sequence[Moving]) -> Iterator[_Handover]:
    """For a role that only one can hold: exactly one gave it up and exactly one took it."""
    gave: dict[tuple[Ref, int], list[Moving]] = defaultdict(list)
    took: dict[tuple[Ref, int], list[Moving]] = defaultdict(list)
    for member in members:
        assert member.collection.membership is not None
        for place, role in enumerate(member.collection.membership.single):
            if member.before == role:
                gave[member.group, place].append(member)
            if member.after == role:
                took[member.group, place].append(member)
    for (group, place), [former, *more] in gave.items():
        holders = took.get((group, place), [])
        if not more and len(holders) == 1:
            yield _Handover(str(former.before), place, former, holders[0])


def _only(members: Sequence[Moving], who: Moving, *, came: bool) -> Moving | None:
    """The one other group that somebody who left joined, or left who joined."""
    if (who.after if came else who.before) is not MISSING:
        return None
    wanted = token(identity(who))
    found = [
        member
        for member in members
        if (member.before if came else member.after) is MISSING
        and token(identity(member)) == wanted
    ]
    return found[0] if len(found) == 1 else None


def _replacement(
    scene: Scene, each: _Handover, *, joins: Moving | None, left: Moving | None
) -> Draft:
    former, holder = each.former, each.holder
    collection = holder.collection
    came = holder.before is MISSING and (left is None or joins is None)
    back = scene.last_listed(holder.ref) if came else None
    left_role = MISSING if left is None else role_side(scene, left.collection, left.before)
    beside = [member for member in (joins, left) if member is not None]
    return Draft(
        rule=REPLACED.id,
        changes=(holder.change, former.change, *(member.change for member in beside)),
        focus=holder.ref,
        others=(former.ref, *(member.ref for member in beside)),
        said=Replaced(
            label=person(scene, holder),
            former=person(scene, former),
            parent=scene.parent_label(holder.ref),
            role=str(role_word(scene, collection, each.role)),
            former_stays=former.after is not MISSING,
            was_listed=holder.before is not MISSING,
            former_role=role_side(scene, collection, former.after),
            role_before=role_side(scene, collection, holder.before),
            former_joins=MISSING if joins is None else group_label(scene, joins),
            left=MISSING if left is None else group_label(scene, left),
            returned=back or MISSING,
            former_leads=True if former.leads else MISSING,
            led=True if is_single(collection, holder.before) else MISSING,
            former_returned=(joins and scene.last_listed(joins.ref)) or MISSING,
            formerly=MISSING if left is not None else formerly(scene, holder),
            left_role=left_role if left_role is not None else MISSING,
        ),
        pairs=(
            *(elsewhere([former], [joins], with_role=True) if joins else ()),
            *(elsewhere([left], [holder], with_role=left_role is None) if left else ()),
        ),
    )


def _single(scene: Scene, members: Sequence[Moving]) -> Iterator[Draft]:
    for member in members:
        collection, before, after = member.collection, member.before, member.after
        label, parent = person(scene, member), group_label(scene, member)
        old, new = (role_word(scene, collection, side) for side in (before, after))
        grown = sizes(scene, member) if MISSING in (before, after) else ()
        size = size_of(scene, member, grown)
        said: Said
        if before is MISSING:
            back = scene.last_listed(member.ref) or MISSING
            once = formerly(scene, member)
            rule, said = JOINED, Joined(label, parent, new, member.leads, back, size, once)
        elif after is MISSING:
            rule = LEFT
            said = Left(label, parent, old, is_single(collection, before), size)
        elif same(before, after):
            continue
        else:
            rule = ROLE_CHANGED
            was_single = is_single(collection, before)
            said = RoleChanged(label, parent, old, new, member.leads, was_single)
        yield Draft(
            rule=rule.id,
            changes=(member.change, *grown),
            focus=member.ref,
            said=said,
            shares=((rule.id, (member.change,)), (SIZE, grown)) if grown else (),
        )


FAMILY = Family((REPLACED, MOVED, RECOMPOSED, ROLE_CHANGED, JOINED, LEFT), _find)
