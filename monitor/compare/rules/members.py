"""Memberships that changed (`x-membership`), as the rules on them see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from monitor.compare.paths import dig, split_field
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Membership
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import Formerly
from monitor.model.tuples import NamedTuple


class Moving(NamedTuple):
    """One membership that changed; a role is MISSING on the side where it does not exist.

    `stays`: the group itself stands in both versions.
    """

    collection: Collection
    ref: Ref
    change: Change
    before: Json | Missing
    after: Json | Missing
    stays: bool

    @property
    def group(self) -> Ref:
        return self.ref[0], self.ref[1][:-1]

    @property
    def plain(self) -> bool:
        """Neither side is a role that only one can hold."""
        return not (is_single(self.collection, self.before) or self.leads)

    @property
    def leads(self) -> bool:
        return is_single(self.collection, self.after)


def changed_members(scene: Scene, collection: Collection) -> Iterator[Moving]:
    """Who came, went or has another role; of a group that came or went itself too."""
    membership = collection.membership
    assert membership is not None
    for key, changes in scene.left(collection.path):
        ref = (collection.path, key)
        stays = scene.stands_in_both(scene.parent(ref))
        for change in changes:
            before: Json | Missing = MISSING
            after: Json | Missing = MISSING
            if change.op == "added":
                after = _role(change.after, membership)
            elif change.op == "removed":
                before = _role(change.before, membership)
            elif change.field == membership.role and change.significance:
                before, after = _or_null(change.before), _or_null(change.after)
            else:
                continue
            yield Moving(collection, ref, change, before, after, stays)


def _role(entity: Json | Missing, membership: Membership) -> Json:
    return _or_null(get(entity, membership.role)) if membership.role else None


def _or_null(value: Json | Missing) -> Json:
    return None if value is MISSING else value


def is_single(collection: Collection, role: Json | Missing) -> bool:
    """Whether only one member of a group can hold this role."""
    return collection.membership is not None and role in collection.membership.single


def role_word(scene: Scene, collection: Collection, role: Json | Missing) -> Json:
    """A role as a reader sees it."""
    name = collection.membership.role if collection.membership else None
    return scene.value(collection.fields.get(name or ""), role)


def role_side(scene: Scene, collection: Collection, role: Json | Missing) -> Json | Missing:
    return MISSING if role is MISSING else role_word(scene, collection, role)


def identity(member: Moving) -> Json:
    assert member.collection.membership is not None
    change = member.change
    entity = change.before if change.op == "removed" else change.after
    return get(entity, member.collection.membership.entity)


def person(scene: Scene, member: Moving) -> Json:
    """The member's own name: the label of what the membership refers to, else its entry's."""
    assert member.collection.membership is not None
    name = member.collection.membership.entity
    field = member.collection.fields.get(name)
    named = get(scene.entity(member.ref), name)
    if field is None or field.ref is None or named is MISSING:
        return member.change.label
    return scene.value(field, named)


def formerly(scene: Scene, member: Moving) -> Formerly | Missing:
    """What somebody who comes to a group headed when they were listed last, elsewhere."""
    if member.before is not MISSING or scene.last_listed(member.ref):
        return MISSING
    found = scene.past_roles.led(member.collection, identity(member))
    if found is None:
        return MISSING
    above = scene.above[found.collection.path]
    group = scene.labels.of(above, found.group) if above else found.collection.title
    return Formerly(role_word(scene, found.collection, found.role), group)


def group_label(scene: Scene, member: Moving) -> str:
    return scene.parent_label(member.ref) or member.collection.title


def listed(scene: Scene, group: Ref) -> tuple[list[Json], list[Json]]:
    """The entries of a group before and after."""
    above = scene.above[group[0]]
    steps = split_field(group[0][len(above) + 1 :] if above else group[0])
    sides = (dig(side.get(above, group[1]), steps) for side in (scene.old, scene.new))
    old, new = (side if isinstance(side, list) else [] for side in sides)
    return old, new


def usual_role(collection: Collection, entries: list[Json]) -> Json | Missing:
    """The role of at least half of those in a group who have one that many can have."""
    name = collection.membership.role if collection.membership else None
    roles = [get(entry, name) for entry in entries] if name else []
    plain = [role for role in roles if isinstance(role, str) and not is_single(collection, role)]
    for role, number in Counter(plain).most_common(1):
        if 2 * number >= len(plain):
            return role
    return MISSING
