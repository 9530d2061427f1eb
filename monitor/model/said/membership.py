"""Who belongs where, and in which role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.tuples import NamedTuple


class Formerly(NamedTuple):
    """The role that only one can hold, and the group, that somebody had in an earlier version."""

    role: Json
    parent: str


class Replaced(NamedTuple):
    """`label` takes a role from `former` that only one can hold.

    `former_joins` is the group that the former holder joins, `left` the one that the new one was
    in, `left_role` what they were there; `returned` the as_of of the last version that listed the
    new one, who was gone since, and
    `former_returned` that of the last one that listed the former holder where they now join.
    `former_leads`, `led`: the role that the one has now, or that the other had, is such a role too.
    """

    label: Json
    former: Json
    parent: str | None
    role: str
    former_stays: bool
    was_listed: bool
    former_role: Json | Missing = MISSING
    role_before: Json | Missing = MISSING
    former_joins: str | Missing = MISSING
    left: str | Missing = MISSING
    returned: str | Missing = MISSING
    former_leads: Literal[True] | Missing = MISSING
    led: Literal[True] | Missing = MISSING
    former_returned: str | Missing = MISSING
    formerly: Formerly | Missing = MISSING
    left_role: Json | Missing = MISSING


class Moved(NamedTuple):
    """`before` and `after` are the groups; `single`: only one can hold the role; `returned`: the
    as_of of the last version that listed them in the group that they join; `led`: only one could
    hold the role that they had."""

    label: Json
    before: str | None
    after: str | None
    role_before: Json
    role: Json
    single: bool
    returned: str | Missing = MISSING
    led: Literal[True] | Missing = MISSING


class ManyMoved(NamedTuple):
    """Several from one group to another, one that left or joined several, or two who change places:
    then both are named with the group that each left and joined."""

    labels: Sequence[Json]
    before: Sequence[str]
    after: Sequence[str]


class Size(NamedTuple):
    """How large a group is: what it says of that itself, else how many it lists (a number)."""

    before: Json | Missing
    after: Json | Missing


class Joined(NamedTuple):
    """`returned`: the as_of of the last version that listed them, who were gone since; `size`
    where what the group says of it changed."""

    label: Json
    parent: str
    role: Json
    single: bool
    returned: str | Missing = MISSING
    size: Size | Missing = MISSING
    formerly: Formerly | Missing = MISSING


class Left(NamedTuple):
    label: Json
    parent: str
    role: Json
    single: bool
    size: Size | Missing = MISSING


class Member(NamedTuple):
    """One of several; `role` where it is not the usual one of the group."""

    label: Json
    role: Json | Missing = MISSING
    formerly: Formerly | Missing = MISSING


class Recomposed(NamedTuple):
    """Several came to one group or went from it; `size` where they make it larger or smaller, or
    where what the group says of it changed."""

    parent: str
    section: str
    left: Sequence[Member]
    joined: Sequence[Member]
    returned: Sequence[Member]
    size: Size | Missing = MISSING


class ManyJoined(Recomposed):
    __slots__ = ()


class ManyLeft(Recomposed):
    __slots__ = ()


class RoleChanged(NamedTuple):
    label: Json
    parent: str
    before: Json
    after: Json
    single: bool
    was_single: bool


class Memberships(NamedTuple):
    """Groups that one entry joins and leaves, of `size` that there are; `groups` is what they are
    called together, None where nothing does."""

    label: str
    groups: str | None
    size: int
    joined: Sequence[str]
    left: Sequence[str]


class Succeeded(NamedTuple):
    """One takes the place of another in several groups, of `size` that there are; `groups` is what
    they are called together, None where nothing does."""

    label: str
    former: str
    groups: str | None
    size: int
    places: Sequence[str]


Membership: TypeAlias = (
    Replaced
    | Moved
    | ManyMoved
    | Recomposed
    | RoleChanged
    | Joined
    | ManyJoined
    | Left
    | ManyLeft
    | Memberships
    | Succeeded
)
