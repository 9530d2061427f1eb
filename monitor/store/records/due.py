"""Due readers who are alike, and what is written of them together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.model.tuples import NamedTuple

Rows: TypeAlias = tuple[tuple[Any, ...], ...]


class Key(NamedTuple):
    """All of a reader that decides a digest, as it is stored; nothing that only names them.

    `created` counts to the minute, as slots do, and only before there is a last run to go by.
    `from_before`: of readers who came before this database was copied.
    """

    spec: str
    last_run: datetime | None
    created: datetime | None
    from_before: bool
    undelivered_since: datetime | None
    pointers: Rows
    mutes: Rows
    alerts: Rows

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
    """Readers to whom the same is due. `like` is one of them in full: None where the caller knows
    the key already, or the row cannot be read."""

    key: Key
    readers: Sequence[Reader]
    like: Subscription | None


class AlikeTelling(Record):
    """One step of many subscriptions that are alike, without a message: a due run that had nothing
    to tell or, without a `slot`, when the next is due.

    Of the readers in `numbers` those are written to whose `key` is still the same.
    """

    key: Key
    numbers: Sequence[int]
    next_due: datetime
    pointers: tuple[Pointers, ...] = ()
    slot: datetime | None = None
    outcome: str = "nothing to tell"
