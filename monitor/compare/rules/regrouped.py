"""Several who came to one group or went from it, and who left one for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from monitor.compare.intervals import read_interval
from monitor.compare.rules.members import (
    Moving,
    formerly,
    group_label,
    identity,
    is_single,
    listed,
    person,
    role_word,
    usual_role,
)
from monitor.compare.rules.pairs import paired
from monitor.compare.rules.rule import Draft, Pair, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Field
from monitor.kinds.values import get, token
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance
from monitor.model.said import ManyJoined, ManyLeft, ManyMoved, Member, Moved, Recomposed, Size

MOVED = Rule(
    id="moved",
    summary="An entity leaves one group and joins another.",
    significance=Significance.MAJOR,
    mirror="moved",
)
RECOMPOSED = Rule(
    id="recomposed",
    summary="Several came to a group and went from it in one step.",
    significance=Significance.MAJOR,
    mirror="recomposed",
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

_Both: TypeAlias = tuple[Moving, Moving]

# Told with the change of a size whatever rule would speak of it.
SIZE = "changed"


def moved(scene: Scene, members: Iterable[Moving]) -> Iterator[Draft]:
    """Who left one group and joined another, whatever list each of them is in."""
    together: dict[tuple[Ref, Ref], list[_Both]] = defaultdict(list)
    for gone, come in _both(members):
        if len(gone) == len(come) == 1:
            together[gone[0].group, come[0].group].append((gone[0], come[0]))
        else:
            same = elsewhere(gone, come, with_role=True)
            yield _several([*gone, *come], _many(scene, gone, come), same)
    for pairs in together.values():
        plain = [pair for pair in pairs if pair[0].plain and pair[1].plain]
        if len(plain) < 2:
            plain = []
        for pair in pairs:
            if pair not in plain:
                yield _one(scene, *pair)
        if plain:
            gone, come = [pair[0] for pair in plain], [pair[1] for pair in plain]
            said = _many(scene, gone[:1], come[:1], come)
            each = [elsewhere([one], [other], with_role=True) for one, other in plain]
            yield _several([*come, *gone], said, tuple(chain.from_iterable(each)))


def _both(members: Iterable[Moving]) -> Iterator[tuple[list[Moving], list[Moving]]]:
    """By entity, where it left and where it came. A group that came or went itself counts only
    where that is the one place: else it is told with all who belong to it."""
    found: dict[object, tuple[list[Moving], list[Moving]]] = defaultdict(lambda: ([], []))
    for member in members:
        if member.after is MISSING:
            found[token(identity(member))][0].append(member)
        elif member.before is MISSING:
            found[token(identity(member))][1].append(member)
    for gone, come in found.values():
        staying = [m for m in gone if m.stays], [m for m in come if m.stays]
        if all(staying):
            yield staying
        elif any(staying) and len(gone) == len(come) == 1:
            yield gone, come


def _one(scene: Scene, former: Moving, member: Moving) -> Draft:
    return Draft(
        rule=MOVED.id,
        changes=(former.change, member.change),
        focus=member.ref,
        others=(former.ref,),
        said=Moved(
            label=person(scene, member),
            before=group_label(scene, former),
            after=group_label(scene, member),
            role_before=role_word(scene, former.collection, former.before),
            role=role_word(scene, member.collection, member.after),
            single=is_single(member.collection, member.after),
            returned=scene.last_listed(member.ref) or MISSING,
            led=True if is_single(former.collection, former.before) else MISSING,
        ),
        pairs=elsewhere([former], [member], with_role=False),
    )


def _many(
    scene: Scene, gone: Sequence[Moving], come: Sequence[Moving], who: Sequence[Moving] = ()
) -> ManyMoved:
    return ManyMoved(
        labels=[person(scene, member) for member in who or come[:1]],
        before=[group_label(scene, member) for member in gone],
        after=[group_label(scene, member) for member in come],
    )


def elsewhere(
    gone: Sequence[Moving], come: Sequence[Moving], *, with_role: bool
) -> tuple[Pair, ...]:
    """A member of other groups now; `with_role`: no sentence says what its role was and is."""
    said: set[str] = set()
    for member in (*gone, *come):
        assert member.collection.membership is not None
        said.add(member.collection.membership.entity)
        if not with_role:
            said.add(member.collection.membership.role or "")
    left, joined = ([member.change for member in side] for side in (gone, come))
    return tuple(paired(left, joined, said))


def _several(members: Sequence[Moving], said: ManyMoved, pairs: tuple[Pair, ...]) -> Draft:
    return Draft(
        rule=MOVED.id,
        changes=tuple(member.change for member in members),
        focus=None,
        others=tuple(member.ref for member in members),
        said=said,
        pairs=pairs,
    )


def recomposed(scene: Scene, members: Iterable[Moving]) -> Iterator[Draft]:
    """One finding for all who came to a group and went from it as plain members."""
    groups: dict[Ref, list[Moving]] = defaultdict(list)
    for member in members:
        come_or_gone = member.before is MISSING or member.after is MISSING
        if come_or_gone and member.plain and member.change.op not in member.collection.wording:
            groups[member.group].append(member)
    for group, found in groups.items():
        if len(found) > 1:
            yield _recomposed(scene, group, found, sizes(scene, found[0]))


def _recomposed(
    scene: Scene, group: Ref, members: Sequence[Moving], changed: Sequence[Change]
) -> Draft:
    gone = [member for member in members if member.after is MISSING]
    come = [member for member in members if member.before is MISSING]
    rule, say = RECOMPOSED, Recomposed
    if not gone or not come:
        rule, say = (JOINED, ManyJoined) if come else (LEFT, ManyLeft)
    old, new = listed(scene, group)
    back = {member.ref for member in come if scene.last_listed(member.ref)}
    first = members[0]
    usual = usual_role(first.collection, new or old)

    def named(chosen: Iterable[Moving]) -> list[Member]:
        return [_member(scene, member, usual) for member in chosen]

    size = size_of(scene, first, changed)
    if size is MISSING and not _states_size(scene, first):
        before, after = len(old), len(new)
        size = Size(before, after) if after - before == len(come) - len(gone) != 0 else MISSING
    return Draft(
        rule=rule.id,
        changes=(*(member.change for member in members), *changed),
        focus=None,
        others=tuple(member.ref for member in members),
        shares=tuple(
            (name, changes)
            for name, changes in (
                (JOINED.id, tuple(member.change for member in come)),
                (LEFT.id, tuple(member.change for member in gone)),
                (SIZE, tuple(changed)),
            )
            if changes
        ),
        said=say(
            parent=group_label(scene, first),
            section=first.collection.title,
            left=named(gone),
            joined=named(member for member in come if member.ref not in back),
            returned=named(member for member in come if member.ref in back),
            size=size,
        ),
    )


def _member(scene: Scene, member: Moving, usual: Json | Missing) -> Member:
    role = member.after if member.before is MISSING else member.before
    told = role is not None and role != usual and member.before is MISSING
    word = role_word(scene, member.collection, role) if told else MISSING
    return Member(person(scene, member), word, formerly(scene, member))


def sizes(scene: Scene, member: Moving) -> tuple[Change, ...]:
    """What changed of the group itself in its size: the field that the kind names for it, or a
    number that counts those who are listed."""
    above, key = scene.parent(member.ref)
    changes = scene.free(scene.by_collection.get(above, {}).get(key, ()))
    named = member.collection.membership.size if member.collection.membership else None
    if named is not None:
        return tuple(change for change in changes if change.field == named)
    old, new = (len(side) for side in listed(scene, member.group))
    if old == new:
        return ()
    return tuple(
        change
        for change in changes
        if change.op == "changed"
        and (_number(scene, change, change.before), _number(scene, change, change.after))
        == (old, new)
    )


def _number(scene: Scene, change: Change, value: Json | Missing) -> float | None:
    """A plain number, or a quantity that is exactly one."""
    field = scene.field(change)
    if field is not None and field.quantity is not None:
        found = read_interval(value, field.quantity)
        return found.low if found is not None and found.low == found.high else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _states_size(scene: Scene, member: Moving) -> bool:
    """Whether the group itself says how many belong to it."""
    field, values = _size_field(scene, member)
    return field is not None and any(value is not None for value in values)


def _size_field(scene: Scene, member: Moving) -> tuple[Field | None, list[Json]]:
    membership = member.collection.membership
    name = (membership.size if membership else None) or ""
    above, key = scene.parent(member.ref)
    sides = (get(side.get(above, key), name) for side in (scene.old, scene.new))
    values = [None if side is MISSING else side for side in sides]
    return scene.collection(above).fields.get(name), values


def size_of(scene: Scene, member: Moving, changed: Sequence[Change]) -> Size | Missing:
    """What a group says of its size, where that changed."""
    if not changed:
        return MISSING
    field = scene.field(changed[0])
    if field is None or field.quantity is None or not _states_size(scene, member):
        return Size(changed[0].before, changed[0].after)
    return Size(scene.side(field, changed[0].before), scene.side(field, changed[0].after))
