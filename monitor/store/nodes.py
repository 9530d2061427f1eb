"""The processes that serve this database, and whether it still is the database they served."""

from __future__ import annotations

import math
import os
import socket
import time
import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Connection,
    func,
    insert,
    or_,
    select,
    update,
)

from monitor.model.record import Record
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.anchor import Anchor
from monitor.store.claims import recover
from monitor.store.engine import Database
from monitor.store.home import copied_at, fingerprint, is_copy, settle
from monitor.store.identity import Identity, lease_end
from monitor.store.lock import ServiceLock
from monitor.store.records import Started
from monitor.store.tables.messages import CLAIMED, OWED
from monitor.store.work import void

_table = tables.nodes
_told = tuple(one for one in _table.c if one.name != "lease_until")
_outbox = tables.outbox

_PAIR = 2

SILENT: Final = timedelta(seconds=25)
"""Two beats that did not come."""

HELD_IN_COPY = "this database is a copy; the original may have sent this"


class Node(Record):
    id: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None


class Gone(NamedTuple):
    """A node that says nothing any more, and how many messages it has claimed."""

    host: str
    pid: int
    seen_at: datetime
    messages: int


class Nodes:
    """Starting and stopping to serve. Not part of a transaction: it takes the service lock."""

    def __init__(self, database: Database, identity: Identity) -> None:
        self._database = database
        self._identity = identity
        self._lock = ServiceLock(database.path) if database.path else None
        self._anchor = Anchor(database.path) if database.path else None

    def start(self, *, now: datetime) -> Started:
        """Begins to serve; raises Conflict when another service runs on this SQLite file.

        On SQLite all claims are void then, since only the killed predecessor can have made them.
        In a copy of another database what is owed is held for a person: the original may have sent
        it. A copy is known by the marker that `backup` leaves, else by its place.
        """
        if self._lock:
            self._lock.take()
        if self._anchor:
            self._anchor.take()
        node = uuid.uuid4().hex
        with self._database.write() as connection:
            here = fingerprint(connection, self._database.path)
            restored = is_copy(connection, here)
            expired_only = self._lock is None and not restored
            recovered = recover(connection, now, expired=expired_only)
            if self._lock is None:
                void(connection, expired=expired_only)
            held = _hold_all(connection) if restored else 0
            settle(connection, here, copied=now if restored else None)
            copied = copied_at(connection)
            if self._lock or restored:
                _bury(connection, now)
            moment = time.monotonic()
            connection.execute(
                insert(_table).values(
                    id=node,
                    host=socket.gethostname(),
                    pid=os.getpid(),
                    started_at=now,
                    seen_at=now,
                    lease_until=None if self._lock else lease_end(),
                )
            )
        self._identity.node = node
        self._identity.says(math.inf if self._lock else moment)
        return Started(
            node=node, recovered=recovered, restored=restored, copied_at=copied, held=held
        )

    def check(self) -> None:
        """Raises StoreReplaced when the database that is served has gone from its place."""
        if self._anchor:
            self._anchor.check()

    def rescue(self, *, now: datetime) -> Path | None:
        """Where what was served has been saved after that, if it could be."""
        return self._anchor.rescue(now) if self._anchor else None

    def beat(self, *, now: datetime) -> None:
        """Says that this node lives: for `monitor status`, and for others, who on PostgreSQL take
        back what it has claimed when it has not said so for a minute."""
        if self._lock or self._identity.node is None:
            self._stamp(seen_at=now)
            return
        moment = time.monotonic()
        with self._database.write() as connection:
            say_alive(connection, self._identity.node, now)
        self._identity.says(moment)

    def stop(self, *, now: datetime) -> None:
        """Ends serving. What this node still holds is recovered by others, or at the next start."""
        if self._identity.node is not None:
            self._stamp(seen_at=now, ended_at=now)
        self.abandon()

    def abandon(self) -> None:
        """Gives the service lock back without a word to the database."""
        self._identity.node = None
        if self._anchor:
            self._anchor.let_go()
        if self._lock:
            self._lock.give_back()

    def all(self, *, seen_since: datetime | None = None) -> Sequence[Node]:
        """Nodes, the newest first."""
        query = select(*_told).order_by(_table.c.started_at.desc(), _table.c.id)
        if seen_since is not None:
            query = query.where(_table.c.seen_at >= seen_since)
        with self._database.read() as connection:
            return tuple(Node(**row._mapping) for row in connection.execute(query))

    def lately(self, *, since: datetime) -> dict[str, tuple[Node, ...]]:
        """The last two nodes of each machine that was seen since then, the newer one first."""
        place = func.row_number().over(
            partition_by=_table.c.host, order_by=(_table.c.started_at.desc(), _table.c.id)
        )
        ranked = select(_table, place.label("place")).where(_table.c.seen_at >= since).subquery()
        query = select(*(ranked.c[one.name] for one in _told)).where(ranked.c.place <= _PAIR)
        found: defaultdict[str, tuple[Node, ...]] = defaultdict(tuple)
        with self._database.read() as connection:
            for row in connection.execute(query.order_by(ranked.c.host, ranked.c.place)):
                found[row.host] += (Node(**row._mapping),)
        return dict(found)

    def gone(self, *, now: datetime) -> tuple[Gone, ...]:
        """Nodes that have said nothing for a while, or have ended, and still hold messages."""
        silent = or_(_table.c.seen_at < now - SILENT, _table.c.ended_at.is_not(None))
        query = (
            select(_table.c.host, _table.c.pid, _table.c.seen_at, func.count())
            .select_from(_outbox.join(_table, _table.c.id == _outbox.c.node))
            .where(CLAIMED, silent)
            .group_by(_table.c.id, _table.c.host, _table.c.pid, _table.c.seen_at)
            .order_by(_table.c.seen_at)
        )
        with self._database.read() as connection:
            return tuple(Gone(*row) for row in connection.execute(query))

    def _stamp(self, **values: datetime) -> None:
        mine = update(_table).where(_table.c.id == self._identity.node)
        with self._database.write() as connection:
            connection.execute(mine.values(values))


def say_alive(connection: Connection, node: str, now: datetime) -> None:
    """On PostgreSQL."""
    mine = update(_table).where(_table.c.id == node)
    connection.execute(mine.values(seen_at=now, lease_until=lease_end()))


def _bury(connection: Connection, now: datetime) -> None:
    """Nobody else serves this database now, whatever killed services were not able to say."""
    killed = update(_table).where(_table.c.ended_at.is_(None))
    connection.execute(killed.values(ended_at=now))


def _hold_all(connection: Connection) -> int:
    owed = update(_outbox).where(OWED)
    values = {"state": "held", "state_reason": HELD_IN_COPY, "next_attempt": None}
    # Where it waits, it waits again when a person lets it go.
    return connection.execute(owed.values(values)).rowcount
