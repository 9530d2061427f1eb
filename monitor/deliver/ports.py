"""What delivery needs from others, so that it imports neither the store nor what renders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from monitor.model.message import Claimed, Mark

T = TypeVar("T")


class Outbox(Protocol):
    """The store's side. Calls block and are run off the event loop by the dispatcher's `run`."""

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        """Claim due messages and open a delivery row for each, in one transaction.

        Those whose reader has unsubscribed or is suppressed are cancelled instead.
        """

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> Sequence[bool]:
        """Record outcomes in one transaction; False where the token no longer holds the message.

        Repeating a mark is a no-op that answers True.
        """

    def release(self, claims: Sequence[Claimed], *, now: datetime) -> None:
        """Give back what was not sent; attempts are not used up."""

    def next_due(self, *, now: datetime) -> datetime | None:
        """When something will next be ready to claim; None when nothing is owed."""


class Body(Protocol):
    """The stored rendering of a claimed message, the same at every attempt.

    Runs where the outbox's calls run. Raises RowDamaged for what cannot be read; StoreUnavailable
    gives the message back.
    """

    def __call__(self, message: Claimed, /) -> bytes: ...


class Runner(Protocol):
    """Runs a blocking call off the event loop; SQLite gets one thread, so calls queue."""

    async def __call__(self, call: Callable[[], T], /) -> T: ...


class Log(Protocol):
    """Takes one event: a name such as `message-sent`, and its facts. Must not raise."""

    def __call__(self, event: str, /, **facts: object) -> None: ...
