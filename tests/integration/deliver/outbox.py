"""An outbox in memory that keeps the promises of the port, and can be unavailable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.errors import StoreUnavailable
from monitor.model.message import Claimed, Envelope, Mark, MessageState, Result, Scope
from monitor.model.record import replace
from tests.integration.deliver.conftest import letter

NOON = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)


@dataclass
class Owed:
    """One row."""

    message: Claimed
    state: MessageState = "pending"
    due: datetime = NOON
    mark: Mark | None = None


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


class MemoryOutbox:
    """`owes` puts a message in; `of` tells what became of it."""

    def __init__(self) -> None:
        self.rows: dict[str, Owed] = {}
        self.unavailable_for: dict[str, int] = {}
        self.calls: list[str] = []
        self.largest_claim = 0
        self.groups: list[int] = []
        self._tokens = 0

    def owes(self, name: str, *, to: str = "ana@example.org", hours: float = 48) -> None:
        self.rows[name] = Owed(
            Claimed(
                id=name,
                token="",
                delivery_id=0,
                body_id=1,
                recipient=to,
                splice={},
                attempts=0,
                created_at=NOON,
                expires_at=NOON + timedelta(hours=hours),
                uncertain=False,
            )
        )

    def of(self, name: str) -> Owed:
        return self.rows[name]

    def fails(self, call: str, times: int) -> None:
        self.unavailable_for[call] = times

    def claim(self, *, limit: int, now: datetime) -> Sequence[Claimed]:
        self._called("claim")
        due = [row for row in self.rows.values() if row.state in ("pending", "retry")]
        ready = sorted((row for row in due if row.due <= now), key=lambda row: row.due)[:limit]
        for row in ready:
            self._tokens += 1
            row.state = "claimed"
            row.message = replace(
                row.message, token=str(self._tokens), attempts=row.message.attempts + 1
            )
        self.largest_claim = max(self.largest_claim, len(ready))
        return [row.message for row in ready]

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> Sequence[bool]:
        self._called("mark")
        self.groups.append(len(marks))
        return [self._mark(mark, now) for mark in marks]

    def release(self, claims: Sequence[Claimed], *, now: datetime) -> None:
        self._called("release")
        for claim in claims:
            row = self.rows[claim.id]
            row.state = "retry"
            row.message = replace(row.message, attempts=row.message.attempts - 1)

    def next_due(self, *, now: datetime) -> datetime | None:
        self._called("next_due")
        return min(
            (r.due for r in self.rows.values() if r.state in ("pending", "retry")), default=None
        )

    def _mark(self, mark: Mark, now: datetime) -> bool:
        row = self.rows[mark.message.id]
        if row.message.token != mark.message.token:
            return False
        row.mark = mark
        if mark.outcome.result is Result.SENT:
            row.state = "sent"
            self._prove(mark, now)
        elif mark.next_attempt is None:
            row.state = "dead"
        else:
            row.state, row.due = "retry", mark.next_attempt
            used = mark.outcome.scope is Scope.MESSAGE
            row.message = replace(
                row.message,
                attempts=row.message.attempts - (not used),
                uncertain=row.message.uncertain or mark.outcome.result is Result.UNKNOWN,
            )
        return True

    def _prove(self, taken: Mark, now: datetime) -> None:
        """What the store does: mail taken after a refusal tells whose fault that was."""
        assert taken.began_at is not None
        for row in self.rows.values():
            if row.mark is None or row.state != "retry" or row.mark.ended_at is None:
                continue
            refusal = row.mark.outcome.refusal
            if refusal and row.mark.ended_at <= taken.began_at:
                row.due = now
                row.message = replace(row.message, own_refusal=refusal)

    def _called(self, call: str) -> None:
        self.calls.append(call)
        if self.unavailable_for.get(call, 0) > 0:
            self.unavailable_for[call] -= 1
            raise StoreUnavailable(f"{call} does not answer")


def build(message: Claimed) -> Envelope:
    """A letter whose Message-ID is the row's name, whatever the attempt."""
    envelope = letter(to=message.recipient)
    message_id = f"<{message.id}@monitor.test>"
    data = envelope.data.replace(envelope.message_id.encode(), message_id.encode())
    return replace(envelope, message_id=message_id, data=data)
