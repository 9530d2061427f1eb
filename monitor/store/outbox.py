"""The outbox: messages owed to readers, from the moment they are written to the last attempt."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import DateTime, and_, func, insert, or_, select, union_all

from monitor.errors import Conflict, NotFound, StoreUnavailable
from monitor.model.message import Claimed, Mark, MessageState, Outcome, Reason, Result, Scope
from monitor.model.rate import UNLIMITED, Rates
from monitor.store import tables
from monitor.store.claims import Claimer, claim
from monitor.store.coming import next_of_common
from monitor.store.engine import Access
from monitor.store.family import TableFamily, chunks
from monitor.store.finding import counted, found, named
from monitor.store.identity import Identity
from monitor.store.marks import mark
from monitor.store.message_rows import delivery, message, new_row
from monitor.store.nodes import say_alive
from monitor.store.operations import cancel, come_back, let_go, retry, wake
from monitor.store.rationed import allowances, next_times
from monitor.store.records import (
    Ails,
    Allowance,
    DeliveryRow,
    Letter,
    MessageRow,
    OutboxCount,
    RelayTrouble,
    Spoken,
    Telling,
)
from monitor.store.refusals import refused_recipients
from monitor.store.relay import relay_trouble
from monitor.store.returns import LOST
from monitor.store.spans import from_json
from monitor.store.tables.messages import CLAIMED, DEAD, HELD, OWED
from monitor.store.tellings import tell
from monitor.store.unreadable_spans import kept

SAYS_EVERY = 10.0
"""Seconds after which a claim also says that this node lives."""

_table = tables.outbox
_deliveries = tables.deliveries


class Outbox(TableFamily):
    """Also the port `monitor.deliver.ports.Outbox`."""

    def __init__(self, access: Access, identity: Identity) -> None:
        super().__init__(access)
        self._identity = identity

    def tell(self, tellings: Sequence[Telling], *, now: datetime) -> list[bool]:
        """Writes steps of subscriptions; False where somebody else was first, or the reader must
        not be written to. Seq, pointers, run and message of one step are written together."""
        with self._access.write() as connection:
            return tell(connection, tellings, now)

    def post(self, letters: Sequence[Letter], *, now: datetime) -> None:
        """Messages that belong to no subscription, such as those to the operator."""
        with self._access.write() as connection:
            for some in chunks(letters):
                connection.execute(insert(_table), [new_row(one, now=now) for one in some])

    def claim(
        self, *, limit: int, now: datetime, rates: Rates = UNLIMITED, home: str = ""
    ) -> list[Claimed]:
        """Due mail, or what is due to one channel, with an open delivery row each. Fewer than
        `limit` may come though more are due; none only when nothing is, or all of it waits for its
        rate, which is kept with everybody who claims from this database. Raises Conflict before
        `nodes.start`."""
        if self._identity.node is None:
            raise Conflict("only a started service claims messages")
        lease = None if self._access.sqlite else self._identity.lease
        with self._identity.claiming() as attempt:
            claimer = Claimer(
                node=self._identity.node,
                lease=lease,
                token=attempt.token,
                knows=self._identity.knows,
                turns=self._identity.turns[home],
                rates=rates,
                home=home,
            )
            moment = time.monotonic()
            says = self._identity.is_silent(moment, SAYS_EVERY)
            with self._access.write() as connection:
                if says:
                    # First: what this node holds is then not taken for that of one that is gone.
                    say_alive(connection, self._identity.node, now)
                found = claim(connection, claimer, limit, now)
            if says:
                self._identity.says(moment)
            attempt.has(found)
        return found

    def holds(self, message: Claimed) -> bool:
        """Whether a message that this process has claimed is still its own, asking nobody."""
        return self._identity.lives_as(message.token)

    def mark(self, marks: Sequence[Mark], *, now: datetime) -> list[bool]:
        """Records outcomes in one transaction; False where the token holds the message no more.

        Repeating a mark whose answer was lost is a no-op that answers True.
        """
        if not marks:
            return []
        with self._access.write() as connection:
            answers = mark(connection, marks, now)
        self._identity.settle(one.message for one in marks)
        return answers

    def release(self, claims: Sequence[Claimed], *, now: datetime) -> None:
        """Gives back what was not sent; no attempt is used up."""
        untouched = Outcome(result=Result.RELEASED, scope=Scope.CONNECTION)
        given_back = [Mark(message=one, outcome=untouched, next_attempt=now) for one in claims]
        try:
            self.mark(given_back, now=now)
        except StoreUnavailable:
            # Nobody has them in hand now: the next claim of this node takes them back.
            self._identity.settle(claims)
            raise

    def next_due(
        self, *, now: datetime, rates: Rates = UNLIMITED, home: str = ""
    ) -> datetime | None:
        """When something will next be ready to claim, by the clock that gave `now`."""
        with self._access.read() as connection:
            times = (
                [next_of_common(connection, home)] if home else next_times(connection, rates, now)
            )
            if not self._access.sqlite:
                database = func.clock_timestamp(type_=DateTime(timezone=True))
                query = select(func.min(_table.c.lease_until), database)
                query = query.where(_table.c.pool == home) if home else query
                lease, clock = connection.execute(query.where(CLAIMED)).one()
                times.append(now + (lease - clock) if lease else None)
        return min((time for time in times if time is not None), default=None)

    def get(self, number: str) -> MessageRow:
        """Raises NotFound."""
        with self._access.read() as connection:
            query = select(_table).where(_table.c.id == _number(number))
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"there is no message {number}")
        return message(row)

    def named(self, key: str) -> MessageRow | None:
        """The message that a bounce address or a Message-ID names by this key."""
        query = select(_table).where(named(key))
        with self._access.read() as connection:
            row = connection.execute(query.limit(1)).first()
        return message(row) if row is not None else None

    def ails(self) -> Ails:
        """One question before all those about what keeps mail from readers."""
        # One index for each: an OR of two would read the whole table.
        questions = HELD, and_(OWED, _table.c.state == "retry"), CLAIMED, DEAD
        asked = [select(_table.c.id).where(one).limit(1).exists() for one in questions]
        asked.append(select(tables.bounces.c.id).limit(1).exists())
        with self._access.read() as connection:
            held, tried, claimed, dead, back = map(bool, connection.execute(select(*asked)).one())
        return Ails(held=held, tried=tried or claimed, dead=dead, returned=back)

    def find(
        self,
        *,
        states: Sequence[MessageState] = (),
        subscription: int | None = None,
        reason: Reason | None = None,
        before: str | None = None,
        limit: int = 100,
    ) -> tuple[MessageRow, ...]:
        """Messages in these states (or any), newest first; those older than the message `before`.
        Raises NotFound where that is no number of a message."""
        query = found(states, subscription=subscription, reason=reason, limit=limit)
        if before is not None:
            query = query.where(_table.c.id < _number(before))
        with self._access.read() as connection:
            return tuple(message(row) for row in connection.execute(query))

    def told(self, subscription: int, *, since: datetime, until: datetime) -> tuple[Spoken, ...]:
        """What was written for a reader in that time and may have arrived, oldest first."""
        names = ("digest_id", "start", "created_at")
        query = select(*(_table.c[name] for name in names)).where(
            _table.c.subscription_id == subscription,
            _table.c.created_at >= since,
            _table.c.created_at <= until,
            or_(_table.c.state.not_in(LOST), _table.c.uncertain),
        )
        with self._access.read() as connection:
            return tuple(
                Spoken(
                    digest=row.digest_id,
                    at=row.created_at,
                    versions=frozenset(
                        n for span in (from_json(row.start) or {}).values() for n in span
                    ),
                )
                for row in connection.execute(query.order_by(_table.c.id))
            )

    def unbuilt(self, *, limit: int = 100) -> tuple[MessageRow, ...]:
        """Messages that wait because they cannot be made, oldest first."""
        ids = select(_table.c.id).where(
            OWED, _table.c.state == "retry", _table.c.state_reason.like("build: %")
        )
        query = select(_table).where(_table.c.id.in_(ids))
        with self._access.read() as connection:
            rows = connection.execute(query.order_by(_table.c.id).limit(limit))
            return tuple(message(row) for row in rows)

    def kept(self, numbers: Collection[int]) -> tuple[MessageRow, ...]:
        """Which of these did not arrive, while it cannot be read what they moved."""
        if not numbers:
            return ()
        with self._access.read() as connection:
            return tuple(message(row) for row in kept(connection, numbers))

    def refused(self, *, limit: int = 100) -> tuple[MessageRow, ...]:
        """Messages that wait because a server refused them, or our password, oldest first; also
        while they are tried again."""
        why = or_(_table.c.refused_as.is_not(None), _table.c.state_reason.like("auth: 5%"))
        waiting = select(_table.c.id).where(OWED, _table.c.state == "retry", why)
        ids = union_all(waiting, select(_table.c.id).where(CLAIMED, why))
        query = select(_table).where(_table.c.id.in_(ids)).order_by(_table.c.id)
        with self._access.read() as connection:
            rows = connection.execute(query.limit(limit))
            return tuple(message(row) for row in rows)

    def refused_recipients(self) -> int:
        """How many wait refused, alike or not, with nothing taken since for anybody else."""
        with self._access.read() as connection:
            return refused_recipients(connection)

    def relay_trouble(self) -> RelayTrouble | None:
        """What keeps all mail waiting, by the attempts that were made; None when mail flows."""
        with self._access.read() as connection:
            return relay_trouble(connection)

    def deliveries(self, number: str) -> tuple[DeliveryRow, ...]:
        """Every attempt at one message, oldest first."""
        query = select(_deliveries).where(_deliveries.c.message_id == _number(number))
        with self._access.read() as connection:
            rows = connection.execute(query.order_by(_deliveries.c.id)).all()
        return tuple(delivery(row) for row in rows)

    def count(self) -> OutboxCount:
        with self._access.read() as connection:
            return counted(connection)

    def allowances(self, rates: Rates, *, now: datetime) -> tuple[Allowance, ...]:
        """How each rate stands, and how many wait for it."""
        with self._access.read() as connection:
            return allowances(connection, rates, now)

    def let_go(
        self,
        numbers: Sequence[str],
        *,
        now: datetime,
        expires_at: datetime,
        reason: str | None = None,
    ) -> None:
        """Sends held messages after all; `reason` says who decided so and why, and stays until the
        next thing happens to them. Raises NotFound, and Conflict for one not held."""
        with self._access.write() as connection:
            let_go(connection, [_number(number) for number in numbers], now, expires_at, reason)

    def cancel(
        self, numbers: Sequence[str], reason: str, *, now: datetime, arrived: bool = False
    ) -> None:
        """Ends messages that are held or owed; their pointers go back.

        With `arrived` they stay, because the readers have been told from elsewhere.

        Raises NotFound, and Conflict for one that is being sent or is over.
        """
        with self._access.write() as connection:
            ids = [_number(number) for number in numbers]
            cancel(connection, ids, reason, now, arrived=arrived)

    def come_back(self, numbers: Sequence[str], reason: str, *, now: datetime) -> None:
        """Messages that were handed over and have not arrived; their pointers go back."""
        with self._access.write() as connection:
            come_back(connection, [_number(number) for number in numbers], reason, now)

    def retry(self, number: str, *, now: datetime, expires_at: datetime) -> None:
        """Tries a waiting message now, or a dead one again.

        Raises NotFound, and Conflict for a dead one whose pointers went back: its reader would be
        told twice, since the next digest holds what it said.
        """
        with self._access.write() as connection:
            retry(connection, _number(number), now, expires_at)

    def wake(self, recipient: str, *, now: datetime) -> int:
        """How many messages, which were tried and wait for a later time, are tried now instead."""
        with self._access.write() as connection:
            return wake(connection, recipient, now)


def _number(text: str) -> int:
    """Raises NotFound for what is no message number."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotFound(f"there is no message {text!r}")
    return int(text)
