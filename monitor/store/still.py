"""Versions at which nothing has happened, so that whoever stands there need not be judged alone.

Readers may each follow a mixture of their own. Where all that one of them follows stands still,
what is due to her depends on her calendar and on nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, select

from monitor.model.as_of import DATE
from monitor.store import tables
from monitor.store.family import among, among_texts
from monitor.store.lapses import read
from monitor.store.tables.knowledge import ASIDE
from monitor.store.version_rows import last_of
from monitor.store.withdrawals import is_taken_back

_versions = tables.versions
_snapshots = tables.snapshots

Days: TypeAlias = tuple[str, ...] | None
"""On which something lapses; None where they cannot be told."""

Standing: TypeAlias = Iterable[tuple[str, int, int]]
"""Of one reader: situation, told, alerted."""

A_DAY: Final = timedelta(days=1)
"""Of any place on earth the day is that of UTC, the one before or the one after."""


class Stands(Enum):
    STILL = "still"
    UNREAD = "unread"
    """Perhaps: the days on which something lapses have not been looked for."""
    MOVES = "moves"


@dataclass(slots=True)
class Still:
    """What is known of versions in one pass, as it was when it was asked first. What was taken back
    before `since` concerns nobody any more."""

    since: datetime
    _days: dict[int, Days] = field(default_factory=dict)
    """Of versions that are the latest, of whose situation nothing was taken back."""
    unread: set[int] = field(default_factory=set)
    """Those of which nobody has looked for the days."""

    def learn(self, connection: Connection, numbers: Collection[int]) -> None:
        """Whatever of these is not known yet, in two questions."""
        fresh = sorted({*numbers} - self._days.keys())
        if not fresh:
            return
        self._days |= dict.fromkeys(fresh)
        rows = _latest(connection, fresh)
        gone = _taken_back(connection, {row.situation for row in rows}, self.since)
        for row in rows:
            if row.situation in gone:
                continue
            if row.lapses is None:
                self.unread.add(row.id)
            else:
                self._days[row.id] = read(row.lapses)

    def has_read(self, found: Mapping[int, Days]) -> None:
        """The days of some that were unread; None where they cannot be told."""
        self._days |= found
        self.unread.difference_update(found)

    def of(self, standing: Standing, since: datetime, until: datetime) -> Stands:
        """Whether a reader who stands there has nothing to hear of the time between."""
        found = Stands.STILL
        for _, told, alerted in standing:
            if told != alerted:
                return Stands.MOVES
            if told in self.unread:
                found = Stands.UNREAD
                continue
            days = self._days.get(told)
            if days is None or (days and _any_of(days, since, until)):
                return Stands.MOVES
        return found


def _any_of(days: tuple[str, ...], since: datetime, until: datetime) -> bool:
    first, last = (since - A_DAY).date().isoformat(), (until + A_DAY).date().isoformat()
    return any(first <= day <= last for day in days)


def _latest(connection: Connection, numbers: Collection[int]) -> list[Row[Any]]:
    """Those of the versions that are the latest of their situations."""
    names = ("id", "situation", "as_of", "lapses")
    other = _versions.alias()
    mine = other.c.situation == _versions.c.situation, other.c.state == "current"
    newest = select(other.c.id).where(*mine)
    newest = newest.order_by(other.c.as_of.desc(), other.c.revision.desc()).limit(1)
    query = select(*(_versions.c[name] for name in names)).where(
        among(connection, _versions.c.id, numbers),
        _versions.c.state == "current",
        _versions.c.id == newest.correlate(_versions).scalar_subquery(),
    )
    return [row for row in connection.execute(query).all() if _is_last(connection, row)]


def _is_last(connection: Connection, row: Row[Any]) -> bool:
    """Texts of one day sort only nearly by time where clocks go back."""
    if len(row.as_of) <= DATE or row.as_of.endswith("Z"):
        return True
    mine = _versions.c.situation == row.situation, _versions.c.state == "current"
    last = last_of(connection, select(_versions).where(*mine))
    return last is not None and last.id == row.id


def _taken_back(connection: Connection, names: Collection[str], since: datetime) -> set[str]:
    """Situations of which something counted once and was withdrawn, or put back."""
    mine = among_texts(connection, _snapshots.c.situation, sorted(names))
    late = _snapshots.c.aside_at > since
    query = select(_snapshots.c.situation).distinct().where(ASIDE, late, is_taken_back(), mine)
    return set(connection.execute(query).scalars())
