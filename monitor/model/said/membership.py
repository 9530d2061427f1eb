"""Who belongs where, and in which role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from monitor.model.comparison import MISSING, Json, Missing


class Replaced(NamedTuple):
    """`label` takes a role from `former` that only one can hold."""

    label: Json
    former: Json
    parent: str | None
    role: str
    former_stays: bool
    was_listed: bool
    former_role: Json | Missing = MISSING
    role_before: Json | Missing = MISSING


class Moved(NamedTuple):
    """`before` and `after` are the groups; `single`: only one can hold the role."""

    label: Json
    before: str | None
    after: str | None
    role_before: Json
    role: Json
    single: bool


class Joined(NamedTuple):
    label: Json
    parent: str
    role: Json
    single: bool


class Left(NamedTuple):
    label: Json
    parent: str
    role: Json
    single: bool


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


Membership: TypeAlias = Replaced | Moved | Joined | Left | RoleChanged | Memberships
