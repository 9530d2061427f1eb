"""Reports of mail that came back, and how far the mailbox is read where they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, literal, select, update

from monitor.model.returned import Verdict
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.columns import Utc
from monitor.store.family import TableFamily, among, insert_into
from monitor.store.records import Bounce, Mailbox

_table = tables.bounces
_outbox = tables.outbox
_readers = tables.subscriptions
_events = tables.suppression_events
_mailboxes = tables.mailboxes

MESSAGES: Final = 500
"""Of an address, the newest, among which those that came back are counted."""

_ARRIVED: Final = ("delivered", "relayed", "expanded")


class Failing(NamedTuple):
    """How many days in a row, and the numbers of the messages that came back on them."""

    days: int
    messages: tuple[str, ...]


class Bounces(TableFamily):
    def add(self, bounce: Bounce) -> bool:
        """False for a report that is there already: whoever adds it does nothing else then."""
        values = {name: getattr(bounce, name) for name in Bounce._fields}
        values["message"] = None if bounce.message is None else int(bounce.message)
        with self._access.write() as connection:
            new = insert_into(connection, _table).values(values).on_conflict_do_nothing()
            return connection.execute(new.returning(_table.c.id)).first() is not None

    def find(self, report: str) -> Bounce | None:
        with self._access.read() as connection:
            row = connection.execute(select(_table).where(_table.c.report == report)).first()
        return _bounce(row) if row is not None else None

    def of(self, messages: Collection[str]) -> Mapping[str, Sequence[Bounce]]:
        """What came back of these, by their numbers, oldest first."""
        found: dict[str, list[Bounce]] = {}
        with self._access.read() as connection:
            these = among(connection, _table.c.message, [int(one) for one in messages])
            for row in connection.execute(select(_table).where(these).order_by(_table.c.id)):
                found.setdefault(str(row.message), []).append(_bounce(row))
        return found

    def recent(
        self, verdicts: Collection[Verdict], *, since: datetime, limit: int
    ) -> tuple[Bounce, ...]:
        """What was judged so since then, newest first."""
        query = select(_table).where(_table.c.at >= since, _table.c.verdict.in_(verdicts))
        with self._access.read() as connection:
            rows = connection.execute(query.order_by(_table.c.id.desc()).limit(limit))
            return tuple(_bounce(row) for row in rows)

    def failing(self, address: str, *, since: datetime, message: str) -> Failing:
        """On how many days in a row mail to an address came back, this message's included.

        A message that was handed over in between and of which nobody said anything has arrived.
        """
        mine = select(_readers.c.id).where(_readers.c.address == address)
        query = (
            select(_outbox.c.id, _outbox.c.ended_at)
            .where(
                _outbox.c.subscription_id.in_(mine),
                _outbox.c.state == "sent",
                _outbox.c.ended_at >= since,
            )
            .order_by(_outbox.c.ended_at.desc(), _outbox.c.id.desc())
            .limit(MESSAGES)
        )
        said = select(_table.c.message, _table.c.sort, _table.c.verdict).where(
            _table.c.address == address, _table.c.at >= since
        )
        with self._access.read() as connection:
            sent = [(row.id, row.ended_at) for row in connection.execute(query)]
            known = {
                row.message: "arrived" if row.sort in _ARRIVED else row.verdict
                for row in connection.execute(said.order_by(_table.c.id))
            }
        return _in_a_row(sent, known | {int(message): "counted"})

    def lifted(self, address: str) -> datetime | None:
        """When somebody last let mail to it through again."""
        query = select(func.max(_events.c.at)).where(
            _events.c.address == address, _events.c.action == "lifted"
        )
        with self._access.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def forget(self, *, before: datetime) -> int:
        """How many reports were let go."""
        with self._access.write() as connection:
            return connection.execute(delete(_table).where(_table.c.at < before)).rowcount


class Mailboxes(TableFamily):
    def get(self, name: str) -> Mailbox | None:
        with self._access.read() as connection:
            query = select(_mailboxes).where(_mailboxes.c.name == name)
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Mailbox(
            validity=row.validity,
            read_to=row.read_to,
            trouble=row.trouble,
            trouble_at=row.trouble_at,
        )

    def read(self, name: str, validity: int, up_to: int) -> None:
        """All up to this number is recorded. Of two who read it, the one who has read less changes
        nothing."""
        values = {"name": name, "validity": validity, "read_to": up_to}
        with self._access.write() as connection:
            new = insert_into(connection, _mailboxes).values(values)
            later = (_mailboxes.c.validity != validity) | (_mailboxes.c.read_to < up_to)
            connection.execute(
                new.on_conflict_do_update(index_elements=["name"], set_=values, where=later)
            )

    def fares(self, name: str, trouble: str | None, *, now: datetime) -> None:
        """What keeps it from being read, or that nothing does any more."""
        unread = {"name": name, "validity": 0, "read_to": 0}
        kept = func.coalesce(_mailboxes.c.trouble_at, literal(now, Utc))
        values = {"trouble": trouble, "trouble_at": kept if trouble else None}
        with self._access.write() as connection:
            new = insert_into(connection, _mailboxes).values(unread)
            connection.execute(new.on_conflict_do_nothing())
            connection.execute(update(_mailboxes).where(_mailboxes.c.name == name).values(values))


def _in_a_row(sent: Iterable[tuple[int, datetime]], known: Mapping[int, str]) -> Failing:
    """`sent` are messages, the newest first. One that is newer than all that came back says
    nothing yet; one in doubt (delayed, refused for what is not its address) never does."""
    days, messages = set(), []
    for number, at in sent:
        said = known.get(number)
        if said == "counted":
            days.add(at.date())
            messages.append(str(number))
        elif said == "arrived" or (said is None and days):
            break
    return Failing(len(days), tuple(messages))


def _bounce(row: Row[Any]) -> Bounce:
    return Bounce(
        report=row.report,
        at=row.at,
        way=row.way,
        sort=row.sort,
        verdict=row.verdict,
        status=row.status,
        text=row.text,
        reporter=row.reporter,
        address=row.address,
        message=None if row.message is None else str(row.message),
    )
