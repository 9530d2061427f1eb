"""Who logs in, and what links and machines may do."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias

from monitor.model.comparison import Json
from monitor.model.record import Record

Role: TypeAlias = Literal["reader", "editor", "admin"]
"""Reads; decides about versions, baselines and subscriptions; manages people and tokens too."""


Decided: TypeAlias = Literal[
    "released", "rejected", "pinned", "advanced", "followed", "withdrawn", "restored"
]
"""`followed`: the baseline is again the version before the latest."""

COMMAND: Final = "command"
"""Who decided on the command line, where nobody says who she is."""


class Person(Record):
    """`address` names the subscriptions that are hers. `ended_at`: logs in no more."""

    id: int
    name: str
    address: str | None
    role: Role
    password: str
    """An argon2 hash with its parameters."""
    language: str
    zone: str
    created_at: datetime
    ended_at: datetime | None


class Session(Record):
    """`hash` is that of the token in the person's cookie."""

    hash: str
    person: Person
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class Looked(Record):
    """Up to which version a person has marked all of a situation as seen, and when."""

    situation: str
    version: int
    at: datetime


class Decision(Record):
    """What a person decided about a version; `version` is its as_of. `by` is her name, or
    `COMMAND`.

    `version` and `content_hash` are empty where the baseline is the one before, whichever it is.
    """

    situation: str
    what: Decided
    version: str
    content_hash: str
    by: str
    reason: str
    at: datetime


class Machine(Record):
    """A token of a program, and what it may do."""

    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    ended_at: datetime | None


class Permit(Record):
    """What a link allows once, until `expires_at`."""

    about: Json
    created_at: datetime
    expires_at: datetime
