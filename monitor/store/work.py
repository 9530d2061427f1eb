"""Work that nodes share: each piece is one node's at a time, and what it writes late is refused.

Whoever holds a claim does the work and writes it in a transaction that begins with `hold`. A lease
that has run out is anybody's; a node that was stopped meanwhile finds its write refused. On SQLite
one service serves a file, so claims are in its memory and cost no write.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Row,
    and_,
    any_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from monitor.errors import LateWrite
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.columns import Words
from monitor.store.engine import Access
from monitor.store.family import CHUNK, TableFamily, chunks, insert_into
from monitor.store.identity import Identity
from monitor.store.records import WorkClaim

LEASE: Final = timedelta(minutes=1)
"""Longer than any honest piece takes between two writes; a killed node's work waits as long."""

_table = tables.work
_names = _table.c.sort, _table.c.key


class Work(TableFamily):
    def __init__(self, access: Access, identity: Identity) -> None:
        super().__init__(access)
        self._identity = identity

    def take(
        self, sort: str, keys: Collection[str], *, lease: timedelta = LEASE
    ) -> list[WorkClaim]:
        """Those that nobody holds now, which are this node's until the lease ends. Never waits.

        What somebody else has done meanwhile can be taken too: look again what is left of it.
        """
        wanted = list(dict.fromkeys(keys))
        token = uuid.uuid4().hex
        claims = [WorkClaim(sort=sort, key=key, token=token, lease=lease) for key in wanted]
        if not claims:
            return []
        if self._access.sqlite:
            return self._identity.work.take(claims)
        with self._access.write() as connection:
            taker = _Taker(self._node, self._identity.abandoned)
            got = {key for some in chunks(claims) for key in _take(connection, taker, some)}
        return [claim for claim in claims if claim.key in got]

    def hold(self, claim: WorkClaim) -> None:
        """Nobody else takes it until this transaction ends, and the lease of all that was taken
        with it begins anew. Raises LateWrite when it is over: nothing of the transaction may be
        kept then."""
        if self._access.sqlite:
            held = self._identity.work.hold(claim)
        else:
            with self._access.write() as connection:
                held = claim.key in _renew(connection, claim)
        if not held:
            raise LateWrite(f"{claim.sort} {claim.key} is another node's by now")

    def remark(self, claim: WorkClaim, note: str) -> None:
        """Notes of it while it is held, as `hold`. On SQLite, where nobody else serves, nothing is
        written."""
        self.hold(claim)
        if self._access.sqlite:
            return
        with self._access.write() as connection:
            connection.execute(update(_table).where(_is(claim)).values(note=note))

    def done(self, claims: Collection[WorkClaim], *, note: str | None = None) -> None:
        """Gives them back, remembering `note` of each; without one what was noted before stays.

        Of a claim that is over nothing is written.
        """
        if self._access.sqlite:
            claims = self._identity.work.drop(claims)
            if note is None:
                return
        if not claims:
            return
        with self._access.write() as connection:
            for one in _together(claims):
                _done(connection, one, note)

    def abandon(self, claims: Collection[WorkClaim]) -> None:
        """Nobody works on them here any more, which the database cannot be told now: this process
        may take them again at once, others when their lease ends."""
        if self._access.sqlite:
            self._identity.work.drop(claims)
        else:
            self._identity.abandon(claim.token for claim in claims)

    def forget(self, sort: str, key: str) -> None:
        """Nothing was done of it; whoever holds it goes on."""
        this = and_(_table.c.sort == sort, _table.c.key == key)
        with self._access.write() as connection:
            connection.execute(update(_table).where(this).values(note=""))
            connection.execute(delete(_table).where(this, _table.c.token.is_(None)))

    def note(self, sort: str, key: str) -> str:
        """What was noted of it last; empty when nothing was."""
        return self.notes(sort, (key,)).get(key, "")

    def notes(self, sort: str, keys: Collection[str] | None = None) -> dict[str, str]:
        """What was noted last, by key: of these, or of all that have a note."""
        noted = select(_table.c.key, _table.c.note).where(_table.c.sort == sort)
        noted = noted.where(_table.c.note != "")
        with self._access.read() as connection:
            if keys is None:
                return {row.key: row.note for row in connection.execute(noted)}
            found: dict[str, str] = {}
            for some in chunks(list(keys)):
                these = noted.where(_among(connection, some))
                found.update({row.key: row.note for row in connection.execute(these)})
        return found

    @property
    def _node(self) -> str | None:
        return self._identity.node


def void(connection: Connection, *, expired: bool) -> None:
    """Forgets claims that nobody will give back: all, or those whose lease has ended."""
    over: ColumnElement[bool] = _table.c.token.is_not(None)
    if expired:
        over = and_(over, _table.c.lease_until < _database_time())
    connection.execute(delete(_table).where(over, _table.c.note == ""))
    connection.execute(update(_table).where(over).values(_FREE))


_FREE: Final[dict[str, Any]] = {"node": None, "token": None, "lease_until": None}


class _Taker(NamedTuple):
    """`abandoned`: tokens of claims of its own on which it does not work any more."""

    node: str | None
    abandoned: tuple[str, ...]


def _take(connection: Connection, taker: _Taker, claims: Sequence[WorkClaim]) -> set[str]:
    """Rows that are there first, because a new one waits for whoever is just writing the same."""
    first = claims[0]
    is_free = or_(_is_free(), _table.c.token.in_(taker.abandoned))
    taken = {"node": taker.node, "token": first.token, "lease_until": _until(first)}
    keys = [claim.key for claim in claims]
    there = select(_table.c.key, is_free.label("is_free"), _table.c.token).where(
        _table.c.sort == first.sort, _among(connection, keys)
    )
    rows: Sequence[Row[Any]] = connection.execute(there).all()
    free = [row.key for row in rows if row.is_free]
    got: set[str] = set()
    if free:
        # In the order of keys, so that two nodes never wait for each other.
        locked = (
            select(_table.c.key)
            .where(_table.c.sort == first.sort, _among(connection, free), is_free)
            .order_by(_table.c.key)
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        mine = update(_table).where(
            _table.c.sort == first.sort, _table.c.key.in_(select(locked.c.key))
        )
        got.update(connection.execute(mine.values(taken).returning(_table.c.key)).scalars())
    known = {row.key for row in rows}
    if fresh := sorted(key for key in keys if key not in known):
        rest = [{"sort": first.sort, "key": key, "note": ""} | taken for key in fresh]
        made = insert_into(connection, _table).values(rest).on_conflict_do_nothing()
        got.update(connection.execute(made.returning(_table.c.key)).scalars())
    return got


def _renew(connection: Connection, claim: WorkClaim) -> set[str]:
    """The keys of what was taken with it and is still this node's."""
    mine = update(_table).where(
        _table.c.sort == claim.sort,
        _table.c.token == claim.token,
        _table.c.lease_until >= _database_time(),
    )
    renewed = mine.values(lease_until=_until(claim)).returning(_table.c.key)
    return set(connection.execute(renewed).scalars())


def _done(connection: Connection, claims: Sequence[WorkClaim], note: str | None) -> None:
    """One `sort` and one token."""
    first, keys = claims[0], [claim.key for claim in claims]
    if connection.dialect.name == "sqlite":
        rows = [{"sort": first.sort, "key": key, "note": note} for key in keys]
        noted = insert_into(connection, _table).values(rows)
        values = {"note": noted.excluded.note}
        connection.execute(noted.on_conflict_do_update(index_elements=_names, set_=values))
        return
    mine = and_(
        _table.c.sort == first.sort, _table.c.token == first.token, _among(connection, keys)
    )
    if note:
        connection.execute(update(_table).where(mine).values(_FREE | {"note": note}))
        return
    # What holds no note is no row: a piece of work that is done leaves nothing behind.
    forgotten = mine if note == "" else and_(mine, _table.c.note == "")
    if connection.execute(delete(_table).where(forgotten)).rowcount < len(keys):
        connection.execute(update(_table).where(mine).values(_FREE))


def _together(claims: Iterable[WorkClaim]) -> Iterable[Sequence[WorkClaim]]:
    def batch(claim: WorkClaim) -> tuple[str, str]:
        return claim.sort, claim.token

    for _, some in groupby(sorted(claims, key=batch), key=batch):
        yield from chunks(list(some), CHUNK)


def _is(claim: WorkClaim) -> ColumnElement[bool]:
    return and_(
        _table.c.sort == claim.sort, _table.c.key == claim.key, _table.c.token == claim.token
    )


def _is_free() -> ColumnElement[bool]:
    return or_(_table.c.token.is_(None), _table.c.lease_until < _database_time())


def _among(connection: Connection, keys: Sequence[str]) -> ColumnElement[bool]:
    """`key IN keys`; on PostgreSQL one parameter, as `family.among`."""
    if connection.dialect.name == "sqlite":
        return _table.c.key.in_(keys)
    these: ColumnElement[bool] = _table.c.key == any_(bindparam(None, keys, type_=ARRAY(Words)))
    return these


def _until(claim: WorkClaim) -> Any:
    return _database_time() + literal(claim.lease)


def _database_time() -> Any:
    # As for messages: nodes whose own clocks differ agree on it.
    return func.clock_timestamp(type_=DateTime(timezone=True))
