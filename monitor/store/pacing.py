"""Which messages come next while rates are kept: none whose destination has had its share.

What is due is sorted into pools, one for each lane, destination and list. What waits for a rate
then stands apart, and nobody reads through it to find what may go; and lists take turns, however
long one of them is. Without rates there are no pools.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    select,
    update,
)

from monitor.model.channels import PREFIX
from monitor.model.rate import Limit, Rates
from monitor.store import tables
from monitor.store.allowances import Books
from monitor.store.columns import Words
from monitor.store.coming import EVERY_LANE, FIRST_LANE, LATER_LANES, of_pool
from monitor.store.family import among
from monitor.store.tables.messages import OWED
from monitor.store.turns import Turns

_outbox = tables.outbox

SORTED = 500
"""Due messages of each lane that one statement sorts into pools."""

SORTS = 6
"""How often a claim sorts that finds too little which may go; the next goes on where it ended."""

LOOKS = 8
"""Pools that are looked into for one message: others may hold what is in one."""

PUT_BACK = 5000
"""Messages that one statement puts back."""

ELSEWHERE = "*"
"""All destinations that have no rate of their own."""

GROUPS = "groups"


class Paced:
    """The choice of one claim; `books` are locked."""

    def __init__(self, connection: Connection, rates: Rates, turns: Turns, books: Books) -> None:
        self._connection = connection
        self._rates = rates
        self._turns = turns
        self._books = books
        self._picked: list[int] = []
        self._left: dict[str, int] = {}
        self._but: Collection[int] = ()

    def choose(self, limit: int, now: datetime, but: Collection[int] = ()) -> list[int]:
        """Up to `limit` ids, locked, without those that have been found to wait."""
        self._but = but
        books = self._books
        room = min([limit, *(books.left(one) for one in self._rates.of_all)])
        self._left = {one.name: books.left(one) for one in self._rates.of_hosts}
        self._left[ELSEWHERE] = room
        self._picked = []
        if room <= 0:
            return []
        reserved = self._turns.reserved(room)
        for _ in range(SORTS):
            is_all = self._sort(now)
            self._fill(LATER_LANES, reserved, now)
            self._fill((FIRST_LANE,), room, now)
            self._fill(LATER_LANES, room, now)
            if len(self._picked) == room or is_all:
                break
        return self._picked

    def book(self, recipients: Sequence[str]) -> None:
        """These are going to be sent."""
        for limit in self._rates.limits:
            self._books.take(limit, sum(map(limit.covers, recipients)))
        self._books.save(self._connection)

    def _sort(self, now: datetime) -> bool:
        """False when more may be due than was sorted."""
        found = [of_pool(self._connection, lane, "", SORTED, now) for lane in EVERY_LANE]
        ids = [number for lane in found for number in lane]
        if ids:
            these = update(_outbox).where(among(self._connection, _outbox.c.id, ids))
            self._connection.execute(these.values(pool=_pool(self._rates.of_hosts)))
        return all(len(lane) < SORTED for lane in found)

    def _fill(self, lanes: Sequence[int], room: int, now: datetime) -> None:
        for lane in lanes:
            while len(self._picked) < room and self._round(lane, room, now):
                pass

    def _round(self, lane: int, room: int, now: datetime) -> bool:
        """One message of each destination; False when there was none."""
        before = len(self._picked)
        for group in self._in_turn():
            if len(self._picked) < room and self._left[group] > 0:
                found = self._one(lane, group, now)
                if found is not None:
                    self._picked.append(found)
                    self._left[group] -= 1
                    self._turns.served(GROUPS, group)
        return len(self._picked) > before

    def _in_turn(self) -> list[str]:
        names = sorted(self._left)
        last = self._turns.after(GROUPS)
        return [name for name in names if name > last] + [name for name in names if name <= last]

    def _one(self, lane: int, group: str, now: datetime) -> int | None:
        line = f"{lane}|{group}|"
        place = self._turns.after(line) or line
        for _ in range(LOOKS):
            pool = self._pool_after(line, place) or self._pool_after(line, line)
            if pool is None:
                return None
            place = pool
            # Those picked before come first again: they are still where they were.
            several = of_pool(
                self._connection, lane, pool, len(self._picked) + 1, now, but=self._but
            )
            for number in several:
                if number not in self._picked:
                    self._turns.served(line, pool)
                    return number
        return None

    def _pool_after(self, line: str, place: str) -> str | None:
        pools = select(_outbox.c.pool).where(OWED, in_line(line), _outbox.c.pool > place)
        found = pools.order_by(_outbox.c.pool).limit(1)
        pool: str | None = self._connection.execute(found).scalar()
        return pool


def in_line(line: str) -> ColumnElement[bool]:
    """Whether a message waits for a destination in a lane."""
    return and_(_outbox.c.pool > line, _outbox.c.pool < line[:-1] + chr(ord("|") + 1))


def waiting(connection: Connection, limit: Limit) -> int:
    """How many are due and wait, where a limit is of some hosts."""
    numbers = [
        connection.execute(
            select(func.count()).select_from(_outbox).where(OWED, in_line(f"{lane}|{limit.name}|"))
        ).scalar_one()
        for lane in EVERY_LANE
    ]
    return sum(numbers)


def has_waiting(connection: Connection, group: str) -> bool:
    query = select(_outbox.c.id).limit(1)
    return any(
        connection.execute(query.where(OWED, in_line(f"{lane}|{group}|"))).first()
        for lane in EVERY_LANE
    )


def regroup(connection: Connection, rates: Rates) -> int:
    """Puts back some of what waits for destinations whose rates are kept no more."""
    names = {limit.name for limit in rates.of_hosts} | ({ELSEWHERE} if rates.limits else set())
    apart = select(_outbox.c.id).where(OWED, _outbox.c.pool > "").limit(PUT_BACK)
    apart = apart.where(~_outbox.c.pool.startswith(PREFIX))
    for name in sorted(names):
        apart = apart.where(~_outbox.c.pool.contains(f"|{name}|", autoescape=True))
    ids = connection.execute(apart.with_for_update(skip_locked=True)).scalars().all()
    if ids:
        these = update(_outbox).where(among(connection, _outbox.c.id, ids))
        connection.execute(these.values(pool=""))
    return len(ids)


def _pool(limits: Sequence[Limit]) -> Any:
    """`LANE|DESTINATION|LIST`: those who are sent one body are a list."""
    host = func.lower(_outbox.c.recipient)
    named = [
        (host.endswith(f"@{name}", autoescape=True), literal(limit.name, Words))
        for limit in limits
        for name in limit.hosts
    ]
    group = case(*named, else_=literal(ELSEWHERE, Words)) if named else literal(ELSEWHERE, Words)
    lane = _outbox.c.lane.cast(Words)
    return lane.concat("|").concat(group).concat("|").concat(_outbox.c.body_id.cast(Words))
