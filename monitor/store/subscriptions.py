"""Subscriptions: who reads what, what each has been told, and what each has muted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from monitor.errors import Conflict, NotFound
from monitor.model.subscription import (
    Cause,
    Mute,
    PointerMove,
    Pointers,
    Subscription,
    SubscriptionSpec,
)
from monitor.model.subscription import SubscriptionState as State
from monitor.store import tables
from monitor.store.alike import has_rested, is_due
from monitor.store.anew import tell_wishes_anew
from monitor.store.engine import Access
from monitor.store.family import TableFamily
from monitor.store.pauses import rest
from monitor.store.pointers import Move, begin, forget, hold, move
from monitor.store.reader_changes import changed
from monitor.store.spec import to_text
from monitor.store.subscription_rows import Loaded, load, load_one
from monitor.store.suppressions import is_suppressed

_table = tables.subscriptions
_pointers = tables.pointers
_mutes = tables.mutes
_outbox = tables.outbox


class Subscriptions(TableFamily):
    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._damaged: set[int] = set()

    def damaged(self, also: Collection[int] = ()) -> dict[int, str]:
        """Those that were met and cannot be read, as they stand now: a line for each, by id.
        `also` are asked too.

        They are left out wherever several are read, and are in no other way changed.
        """
        asked = self._damaged.union(also)
        if not asked:
            return {}
        with self._access.read() as connection:
            damaged = load(connection, sorted(asked)).damaged
        self._damaged -= asked.difference(damaged)
        return damaged

    def _readable(self, loaded: Loaded) -> Loaded:
        self._damaged |= loaded.damaged.keys()
        return loaded

    def create(
        self,
        spec: SubscriptionSpec,
        pointers: Sequence[Pointers],
        *,
        due_at: datetime | None,
        now: datetime,
    ) -> Subscription:
        """A new subscription, `suppressed` from the start when its address gets no mail.

        Raises Conflict when (address, name) is taken.
        """
        with self._access.write() as connection:
            if self._numbers(connection, _named(spec.address, spec.name)):
                raise Conflict(f"{spec.address} has a subscription named {spec.name!r} already")
            suppressed = is_suppressed(connection, spec.address, spec.name)
            row = insert(_table).values(
                address=spec.address,
                name=spec.name,
                spec=to_text(spec),
                state="suppressed" if suppressed else "active",
                state_reason="the address is suppressed" if suppressed else None,
                state_at=now,
                seq=0,
                due_at=due_at,
                created_at=now,
                changed=1,
            )
            number = connection.execute(row.returning(_table.c.id)).scalar_one()
            begin(connection, number, pointers, cause="start", now=now)
            return self._one(connection, number)

    def update(self, number: int, spec: SubscriptionSpec, *, due_at: datetime | None) -> None:
        """Changes what is asked for; later runs only. Pointers and state stay. Raises NotFound."""
        values = {"spec": to_text(spec), "due_at": due_at, "unbegun": True} | changed()
        with self._access.write() as connection:
            self._change(connection, number, values)

    def tell_anew(self, number: int, *, now: datetime) -> bool:
        """What is owed and was written for other wishes is cancelled, and told as is wished now:
        its pointers go back. False when nothing was owed."""
        with self._access.write() as connection:
            hold(connection, number)
            return tell_wishes_anew(connection, number, now)

    def get(self, number: int) -> Subscription:
        """Raises NotFound, and RowDamaged for one that cannot be read."""
        with self._access.read() as connection:
            return self._one(connection, number)

    def some(self, numbers: Collection[int]) -> tuple[Subscription, ...]:
        """Those of these that are there, by id, except `damaged` ones."""
        with self._access.read() as connection:
            return self._readable(load(connection, sorted(numbers))).found

    @staticmethod
    def _one(connection: Connection, number: int) -> Subscription:
        found = load_one(connection, number)
        if found is None:
            raise NotFound(f"there is no subscription {number}")
        return found

    def find(self, address: str, name: str) -> Subscription | None:
        """Raises RowDamaged for one that cannot be read."""
        with self._access.read() as connection:
            numbers = self._numbers(connection, _named(address, name))
            return self._one(connection, numbers[0]) if numbers else None

    def all(self, address: str | None = None) -> tuple[Subscription, ...]:
        """Every subscription in every state, by address and name, except `damaged` ones."""
        query = select(_table.c.id)
        if address is not None:
            query = query.where(_table.c.address == address)
        with self._access.read() as connection:
            loaded = load(connection, self._numbers(connection, query))
        found = self._readable(loaded).found
        return tuple(sorted(found, key=lambda one: (one.spec.address, one.spec.name)))

    def page(
        self,
        *,
        after: int = 0,
        limit: int = 500,
        due_by: datetime | None = None,
        situation: str | None = None,
        alerted_not: int | None = None,
        ready_by: datetime | None = None,
    ) -> tuple[Subscription, ...]:
        """Active subscriptions with an id greater than `after`, by id: one page of bounded size.

        `due_by` keeps those that are due, whose due time nobody has reckoned yet, or whose last
        run lies in the future because a clock was wrong. `situation` keeps its followers, and
        `alerted_not` those of them whose alerts have not spoken of that version yet. `due_by` and
        `ready_by` leave out those that are left alone until later, after messages that died.
        A page shorter than `limit` is the last one, damaged ones left out.
        """
        query = select(_table.c.id).where(_table.c.state == "active")
        if ready_by is not None:
            query = query.where(has_rested(ready_by))
        if due_by is not None:
            query = query.where(*is_due(due_by))
        if situation is not None:
            query = query.join(_pointers).where(_pointers.c.situation == situation)
            if alerted_not is not None:
                query = query.where(_pointers.c.alerted != alerted_not)
        with self._access.read() as connection:
            return self._fill(connection, query.order_by(_table.c.id), after, limit)

    def listed(self, *, first: int, limit: int) -> tuple[Subscription, ...]:
        """In every state, by address and name, from the place `first` on; `damaged` ones are left
        out."""
        query = select(_table.c.id).order_by(_table.c.address, _table.c.name, _table.c.id)
        with self._access.read() as connection:
            numbers = self._numbers(connection, query.offset(first).limit(limit))
            found = self._readable(load(connection, numbers)).found
        return tuple(sorted(found, key=lambda one: (one.spec.address, one.spec.name)))

    def count(self) -> int:
        """In every state."""
        with self._access.read() as connection:
            query = select(func.count()).select_from(_table)
            return int(connection.execute(query).scalar_one())

    def several(self, numbers: Sequence[int]) -> tuple[Subscription, ...]:
        """Those with these ids, by id; `damaged` ones, and what is not there, are left out."""
        with self._access.read() as connection:
            return self._readable(load(connection, numbers)).found

    def _fill(
        self, connection: Connection, query: Select[int], after: int, limit: int
    ) -> tuple[Subscription, ...]:
        found: list[Subscription] = []
        while (room := limit - len(found)) > 0:
            wanted = query.where(_table.c.id > after).limit(room)
            numbers = self._numbers(connection, wanted)
            found += self._readable(load(connection, numbers)).found
            if len(numbers) < room:
                break
            after = numbers[-1]
        return tuple(found)

    def rests(self, situation: str, alerted_not: int, *, now: datetime) -> datetime | None:
        """Until when the first of those owed an alert is left alone, who must be judged again
        then; None when nobody is."""
        query = (
            select(func.min(_table.c.paused_until))
            .join(_pointers)
            .where(
                _table.c.state == "active",
                _table.c.paused_until > now,
                _pointers.c.situation == situation,
                _pointers.c.alerted != alerted_not,
            )
        )
        with self._access.read() as connection:
            until: datetime | None = connection.execute(query).scalar_one()
        return until

    def set_state(
        self, number: int, state: State, reason: str | None = None, *, now: datetime
    ) -> None:
        """Messages that are already owed are judged by this state when they are claimed.

        Raises NotFound.
        """
        values: dict[str, object] = {"state": state, "state_reason": reason, "state_at": now}
        # Whoever decides about a reader has seen what went wrong before.
        values |= {"losses": 0, "paused_until": None, "rests": False} | changed()
        with self._access.write() as connection:
            self._change(connection, number, values)

    def hold(self, number: int) -> Subscription:
        """As it stands, and as it will stand until the transaction ends, except for what that
        changes itself. Raises NotFound."""
        with self._access.write() as connection:
            hold(connection, number)
            return self._one(connection, number)

    def follow(self, number: int, pointers: Sequence[Pointers], *, now: datetime) -> None:
        """Where told and alerted begin. Raises Overtaken, and nothing of the transaction may be
        kept then, when one of these situations has begun already."""
        with self._access.write() as connection:
            hold(connection, number)
            begin(connection, number, pointers, cause="start", now=now)
            # A start before the latest version is told at the next pass.
            self._change(connection, number, {"due_at": None} | changed())

    def move(
        self,
        number: int,
        moved: Sequence[tuple[Pointers, Pointers]],
        cause: Cause,
        *,
        now: datetime,
    ) -> None:
        """Each situation from where it was read to where it is to be, without a message.

        Raises Overtaken, and nothing of the transaction may be kept then, when one of them stands
        elsewhere by now. What a message tells moves with it: `outbox.tell`.
        """
        moves = {Move(before=old, after=new, cause=cause): [number] for old, new in moved}
        with self._access.write() as connection:
            hold(connection, number)
            move(connection, moves, now)
            self._change(connection, number, changed())

    def unfollow(self, number: int, pointers: Sequence[Pointers]) -> None:
        """Ends situations. Raises Overtaken, and nothing of the transaction may be kept then, when
        one of them does not stand as it was read."""
        with self._access.write() as connection:
            hold(connection, number)
            forget(connection, number, pointers)
            self._change(connection, number, {"unbegun": True} | changed())

    def moves(self, number: int) -> tuple[PointerMove, ...]:
        """Why its pointers stand where they do, by situation."""
        told = (_outbox.c.subscription_id == number) & (_outbox.c.seq == _pointers.c.cause_seq)
        query = (
            select(_pointers, _outbox.c.id.label("message"))
            .select_from(_pointers.outerjoin(_outbox, told))
            .where(_pointers.c.subscription_id == number)
            .order_by(_pointers.c.situation)
        )
        with self._access.read() as connection:
            return tuple(
                PointerMove(
                    situation=row.situation,
                    cause=row.cause,
                    message=row.message,
                    at=row.moved_at,
                )
                for row in connection.execute(query)
            )

    def mute(
        self, number: int, what: str, reason: str, *, until: str | None, now: datetime
    ) -> Mute:
        """Hides `what` from later runs, and from what is owed and not handed over yet; `until` is a
        date (the last day) or None for always."""
        row = insert(_mutes).values(
            subscription_id=number, what=what, reason=reason, until=until, created_at=now
        )
        with self._access.write() as connection:
            mute = connection.execute(row.returning(_mutes.c.id)).scalar_one()
            self._change(connection, number, changed())
            tell_wishes_anew(connection, number, now)
        return Mute(id=mute, what=what, reason=reason, until=until, created_at=now)

    def unmute(self, mute: int) -> None:
        """Raises NotFound."""
        with self._access.write() as connection:
            gone = delete(_mutes).where(_mutes.c.id == mute).returning(_mutes.c.subscription_id)
            number = connection.execute(gone).scalar_one_or_none()
            if number is None:
                raise NotFound(f"there is no mute {mute}")
            self._change(connection, number, changed())

    def rest(self, number: int, until: datetime | None, *, due_at: datetime | None) -> None:
        """Nothing is written for its reader until then, by her own wish; None ends it. What
        changes meanwhile is told after it, from `due_at` on. Raises NotFound."""
        with self._access.write() as connection:
            if rest(connection, number, until, due_at) != 1:
                raise NotFound(f"there is no subscription {number}")

    def reschedule(self, number: int, due_at: datetime) -> None:
        """Remembers what the calendar said without a run. Raises NotFound."""
        with self._access.write() as connection:
            self._change(connection, number, {"due_at": due_at})

    @staticmethod
    def _numbers(connection: Connection, query: Select[int]) -> list[int]:
        return list(connection.execute(query).scalars())

    @staticmethod
    def _change(connection: Connection, number: int, values: Mapping[str, object]) -> None:
        done = connection.execute(update(_table).where(_table.c.id == number).values(values))
        if done.rowcount != 1:
            raise NotFound(f"there is no subscription {number}")


def _named(address: str, name: str) -> Select[int]:
    return select(_table.c.id).where(_table.c.address == address, _table.c.name == name)
