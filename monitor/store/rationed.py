"""How the rates stand: for who rests until the next may go, and for who looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from monitor.model.channels import PREFIX
from monitor.model.rate import Limit, Rates
from monitor.store import tables
from monitor.store.allowances import Books, seen
from monitor.store.coming import next_of_common
from monitor.store.pacing import ELSEWHERE, has_waiting, waiting
from monitor.store.records import Allowance
from monitor.store.tables.messages import OWED

_outbox = tables.outbox


def next_times(connection: Connection, rates: Rates, now: datetime) -> list[datetime | None]:
    """When the first of each destination may be claimed, by the clock that gave `now`."""
    common = next_of_common(connection)
    if not rates.limits:
        return [common]
    books = seen(connection, rates, now)
    of_all = max((_next(books, one, now) for one in rates.of_all), default=now)
    times = [max(common, of_all)] if common else []
    if has_waiting(connection, ELSEWHERE):
        times.append(of_all)
    for limit in rates.of_hosts:
        if has_waiting(connection, limit.name):
            times.append(max(of_all, _next(books, limit, now)))
    return list(times)


def allowances(connection: Connection, rates: Rates, now: datetime) -> tuple[Allowance, ...]:
    books = seen(connection, rates, now)
    return tuple(
        Allowance(
            limit=limit,
            rate=rate,
            taken=books.taken(limit, rate),
            waiting=waiting(connection, limit) if limit.hosts else _due(connection, now),
            until=None if books.left(limit) else _next(books, limit, now),
        )
        for limit in rates.limits
        for rate in limit.rates
    )


def _next(books: Books, limit: Limit, now: datetime) -> datetime:
    return now.astimezone(UTC) + timedelta(seconds=books.next(limit) - books.at)


def _due(connection: Connection, now: datetime) -> int:
    due = select(func.count()).select_from(_outbox).where(OWED, _outbox.c.next_attempt <= now)
    mail = due.where(~_outbox.c.pool.startswith(PREFIX))
    number: int = connection.execute(mail).scalar_one()
    return number
