"""Due readers who are alike, and what is written of them together."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from monitor.model.message import Reason
from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.model.tuples import NamedTuple

Rows: TypeAlias = tuple[tuple[Any, ...], ...]


class Key(NamedTuple):
    """All of a reader that decides a digest, as it is stored; nothing that only names them.

    `created` counts to the minute, as slots do, and only before there is a last run to go by.
    `from_before`: of readers who came before this database was copied. `is_still`: nothing has
    happened where they stand, so `spec` is all of theirs but what they follow, and what would
    decide what they are told is left out.
    """

    spec: str
    last_run: datetime | None
    created: datetime | None
    from_before: bool
    undelivered_since: datetime | None
    pointers: Rows
    mutes: Rows
    alerts: Rows
    is_still: bool = False

    @property
    def stands(self) -> tuple[Pointers, ...]:
        return tuple(
            Pointers(situation=name, told=told, alerted=alerted)
            for name, told, alerted in self.pointers
        )


class Reader(NamedTuple):
    id: int
    address: str
    name: str

    @property
    def who(self) -> str:
        """As `SubscriptionSpec.who`."""
        return f"{self.address}/{self.name}"


class Alike(NamedTuple):
    """Readers to whom the same is due. `like` is one of them in full: None where the row cannot be
    read."""

    key: Key
    readers: Sequence[Reader]
    like: Subscription | None


class Judge(Protocol):
    """What is due, by key."""

    @property
    def known(self) -> Container[Key]: ...

    def telling(self, key: Key, readers: Sequence[Reader]) -> AlikeTelling | None:
        """To these of a known key; None where it is nothing for all of them."""
        ...


class PageTold(NamedTuple):
    """What became of readers who were looked at together: how many were written to, by key; those
    of whose keys it is not known what is due to them; and those who perhaps stand still at
    versions that are `unread` (see still.py)."""

    told: Mapping[Key, int]
    unknown: Sequence[Alike]
    unread: Sequence[int]


class Circular(Record):
    """One message for many: who it goes to, and the number in its Message-ID, are each reader's.

    `message_id`: what stands before and after `SUBSCRIPTION-NUMBER`. Of a `held` one a person is
    asked first.
    """

    reason: Reason
    digest: int
    body: int
    message_id: tuple[str, str]
    splice: Mapping[str, str]
    not_before: datetime
    expires_at: datetime
    held: str | None = None


class AlikeTelling(Record):
    """One step of many subscriptions that are alike: a due run with its message or without or,
    without a `slot`, when the next is due.

    `numbers` are readers whose `key` this is.
    """

    key: Key
    numbers: Sequence[int]
    next_due: datetime
    pointers: tuple[Pointers, ...] = ()
    slot: datetime | None = None
    circular: Circular | None = None

    @property
    def outcome(self) -> str:
        if self.circular is None:
            return "nothing to tell"
        return "held" if self.circular.held else "sent"
