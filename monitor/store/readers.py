"""Readers as people: the links to their own pages, and what is left when one wants to be gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, func, literal, or_, select, update

from monitor.model.subscription import SubscriptionSpec
from monitor.store import tables
from monitor.store.family import TableFamily, among, chunks, insert_into
from monitor.store.spec import to_text

_table = tables.subscriptions
_outbox = tables.outbox
_deliveries = tables.deliveries
_permits = tables.permits
_erasures = tables.erasures

ERASED: Final = "erased"
"""What stands where an address, a name or a reason stood."""

HERS: Final = (tables.mutes, tables.alerts, tables.pointers, tables.runs)
"""Tables whose rows go with their subscription."""

NOTHING: Final = to_text(SubscriptionSpec(address="", name="", situations=()))


class Readers(TableFamily):
    def links(self, numbers: Collection[int]) -> dict[int, int]:
        """How often the links of these subscriptions were ended, where they ever were."""
        query = select(_table.c.id, _table.c.links).where(_table.c.links > 0)
        with self._access.read() as connection:
            found = query.where(among(connection, _table.c.id, sorted(numbers)))
            return {row.id: row.links for row in connection.execute(found)}

    def end_links(self, address: str) -> None:
        """Of all subscriptions of the address; the next mail has others."""
        theirs = update(_table).where(_table.c.address == address)
        with self._access.write() as connection:
            connection.execute(theirs.values(links=_table.c.links + 1))

    def address(self, number: int) -> str | None:
        """Whose it is, also where the rest of it cannot be read."""
        query = select(_table.c.address).where(_table.c.id == number)
        with self._access.read() as connection:
            return connection.execute(query).scalar()

    def erase(self, address: str, marks: Sequence[str], *, now: datetime) -> int:
        """All that says who she was; returns how many subscriptions she had.

        What was sent stays in number and as a digest, to nobody. What is owed is not sent. `marks`
        are kept, so that nothing brings her back by name.
        """
        with self._access.write() as connection:
            mine = select(_table.c.id).where(_table.c.address == address).order_by(_table.c.id)
            ids = connection.execute(mine.with_for_update()).scalars().all()
            _erase_mail(connection, address, ids, now)
            for table in HERS:
                theirs = among(connection, table.c.subscription_id, ids)
                connection.execute(delete(table).where(theirs))
            for number in ids:
                row = update(_table).where(_table.c.id == number)
                connection.execute(row.values(_nobody(number, now)))
            _erase_elsewhere(connection, address)
            for one in marks:
                there = insert_into(connection, _erasures).values(hash=one, at=now)
                connection.execute(there.on_conflict_do_nothing(index_elements=["hash"]))
        return len(ids)

    def erased(self, marks: Collection[str]) -> frozenset[str]:
        """Those of the marks that somebody left who was erased."""
        query = select(_erasures.c.hash).where(_erasures.c.hash.in_(sorted(marks)))
        with self._access.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def erasures(self) -> tuple[datetime, ...]:
        """When somebody was, oldest first."""
        query = select(_erasures.c.at).distinct().order_by(_erasures.c.at)
        with self._access.read() as connection:
            return tuple(connection.execute(query).scalars())

    def forget_unconfirmed(self, *, before: datetime) -> int:
        """Lets go of mail by which strangers were asked whether they want any, and of all limits
        and permits that are over: who does not answer was never here."""
        asked = select(_outbox.c.id, _outbox.c.body_id).where(
            _outbox.c.reason == "confirm",
            _outbox.c.ended_at.is_not(None),
            _outbox.c.created_at < before,
        )
        gone = 0
        with self._access.write() as connection:
            rows = connection.execute(asked).all()
            for some in chunks(rows):
                ids, bodies = [row.id for row in some], [row.body_id for row in some]
                for table, column in (
                    (_deliveries, _deliveries.c.message_id),
                    (_outbox, _outbox.c.id),
                ):
                    connection.execute(delete(table).where(among(connection, column, ids)))
                theirs = among(connection, tables.bodies.c.id, bodies)
                connection.execute(delete(tables.bodies).where(theirs))
                gone += len(ids)
        return gone


def _nobody(number: int, now: datetime) -> dict[str, Any]:
    return {
        "address": f"{ERASED}-{number}",
        "name": ERASED,
        "spec": NOTHING,
        "state": "unsubscribed",
        "state_reason": ERASED,
        "state_at": now,
        "due_at": None,
        "undelivered_since": None,
        "paused_until": None,
        "rests": False,
        "links": _table.c.links + 1,
        "changed": None,
        "unbegun": False,
    }


def _erase_mail(connection: Connection, address: str, ids: Sequence[int], now: datetime) -> None:
    asked = and_(_outbox.c.recipient == address, _outbox.c.reason == "confirm")
    hers = or_(among(connection, _outbox.c.subscription_id, ids), asked)
    messages = select(_outbox.c.id).where(hers)
    attempts = _deliveries.c.message_id.in_(messages)
    # A server's words may say the address.
    connection.execute(update(_deliveries).where(attempts).values(text=None))
    owed = _outbox.c.state.in_(("pending", "retry", "held"))
    over = {"state": "cancelled", "next_attempt": None, "ended_at": now}
    connection.execute(update(_outbox).where(hers, owed).values(over))
    # One in flight is not called back; whatever becomes of it, it is tried no more.
    nobody: dict[str, Any] = {
        "recipient": ERASED,
        "splice": {},
        "state_reason": ERASED,
        "refused_as": None,
    }
    connection.execute(update(_outbox).where(hers).values(nobody))


def _erase_elsewhere(connection: Connection, address: str) -> None:
    for table in (tables.suppressions, tables.suppression_events):
        connection.execute(delete(table).where(table.c.address == address))
    bounces = tables.bounces
    hers = or_(bounces.c.address == address, _holds(bounces.c.text, address))
    connection.execute(delete(bounces).where(hers))
    notices = tables.notices
    named = (_holds(column, address) for column in (notices.c.condition, notices.c.text))
    connection.execute(delete(notices).where(or_(*named)))
    asked = select(_permits.c.hash, _permits.c.about).where(_permits.c.purpose == "confirm")
    for row in connection.execute(asked).all():
        if row.about.get("address") == address:
            connection.execute(delete(_permits).where(_permits.c.hash == row.hash))


def _holds(column: Any, text: str) -> Any:
    return func.replace(column, literal(text), "") != column
