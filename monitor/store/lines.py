"""Where many situations stand, each question asked once for all of them.

`names` are those that are meant; None stands for all, and costs no list of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, and_, func, or_, select

from monitor.model.as_of import DATE
from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import TableFamily, among_texts, chunks
from monitor.store.tables.knowledge import ASIDE
from monitor.store.version_rows import last_of
from monitor.store.withdrawals import is_taken_back

_situations = tables.situations
_versions = tables.versions
_snapshots = tables.snapshots
_pointers = tables.pointers
_readers = tables.subscriptions

_current = _versions.c.state == "current"


class Stand(NamedTuple):
    """The id and the as_of of a situation's latest version."""

    version: int
    as_of: str


class Lines(TableFamily):
    def latest(self, names: Collection[str] | None = None) -> dict[str, Stand]:
        """Of those that have a version which counts."""
        query = select(_situations.c.name, _versions.c.id, _versions.c.as_of)
        query = query.join(_versions, _versions.c.id == _last())
        found: dict[str, Stand] = {}
        with self._access.read() as connection:
            for some in _of(connection, query, _situations.c.name, names):
                found |= {row.name: Stand(row.id, row.as_of) for row in connection.execute(some)}
            for name, stand in found.items():
                # Texts of one day sort only nearly by time where clocks go back.
                if len(stand.as_of) > DATE and not stand.as_of.endswith("Z"):
                    mine = select(_versions).where(_versions.c.situation == name, _current)
                    row = last_of(connection, mine)
                    if row is not None:
                        found[name] = Stand(row.id, row.as_of)
        return found

    def after(self, situation: str, as_of: str) -> int:
        """How many versions that count are later than this one, each as_of once."""
        return self._count(_versions.c.situation == situation, _versions.c.as_of > as_of)

    def length(self, situation: str) -> int:
        """How many versions count, each as_of once."""
        return self._count(_versions.c.situation == situation)

    def _count(self, *mine: ColumnElement[bool]) -> int:
        query = select(func.count(_versions.c.as_of.distinct())).where(*mine, _current)
        with self._access.read() as connection:
            return int(connection.execute(query).scalar_one())

    def behind(self, names: Collection[str] | None, *, now: datetime) -> frozenset[str]:
        """Those with a reader whose alerts have not spoken of the latest version, and who is not
        left alone now."""
        last = _last()
        pointer = _pointers.c.situation == _situations.c.name
        reader = _readers.c.id == _pointers.c.subscription_id
        ready = or_(_readers.c.paused_until.is_(None), _readers.c.paused_until <= now)
        ready = and_(ready, _readers.c.state == "active")
        # Two ranges of the index; of those who have heard, however many, nothing is read.
        before = select(1).where(pointer, _pointers.c.alerted < last, reader, ready)
        after = select(1).where(pointer, _pointers.c.alerted > last, reader, ready)
        # Without a state there is nothing to have heard of: who follows it may be owed that.
        query = select(_situations.c.name).where(or_(before.exists(), after.exists()))
        return self._names(query, names) | self._turned_back(names)

    def at_once_behind(self, names: Collection[str] | None, *, now: datetime) -> frozenset[str]:
        """As `behind`, of readers at once alone, who have no due time of their own."""
        reader = _readers.c.id == _pointers.c.subscription_id
        ready = or_(_readers.c.paused_until.is_(None), _readers.c.paused_until <= now)
        wants = and_(ready, _readers.c.state == "active", _readers.c.spec.contains(AT_ONCE))
        theirs = _pointers.c.situation == _situations.c.name
        late = select(1).where(theirs, _pointers.c.alerted != _last(), reader, wants)
        found = self._names(select(_situations.c.name).where(late.exists()), names)
        return found | self._turned_back(names)

    def taken_back(
        self, names: Collection[str] | None = None
    ) -> dict[str, frozenset[tuple[int, datetime]]]:
        """As `withdrawals.that_counted`, of those where it is not empty."""
        query = select(_snapshots.c.situation, _snapshots.c.id, _snapshots.c.aside_at)
        query = query.where(ASIDE, is_taken_back())
        found: defaultdict[str, set[tuple[int, datetime]]] = defaultdict(set)
        with self._access.read() as connection:
            for some in _of(connection, query, _snapshots.c.situation, names):
                for row in connection.execute(some):
                    found[row.situation].add((row.id, row.aside_at))
        return {name: frozenset(several) for name, several in found.items()}

    def set_aside(self, names: Collection[str] | None = None) -> dict[str, frozenset[str]]:
        """Which of `withdrawn` and `stranded` its snapshots are, of those where some are."""
        query = select(_snapshots.c.situation, _snapshots.c.aside).distinct()
        query = query.where(ASIDE, _snapshots.c.aside.in_(("withdrawn", "stranded")))
        found: defaultdict[str, set[str]] = defaultdict(set)
        with self._access.read() as connection:
            for some in _of(connection, query, _snapshots.c.situation, names):
                for row in connection.execute(some):
                    found[row.situation].add(row.aside)
        return {name: frozenset(several) for name, several in found.items()}

    def _turned_back(self, names: Collection[str] | None) -> frozenset[str]:
        """Those whose latest version is not the last by its text, because clocks went back on its
        day: an index cannot tell whether anybody is behind it."""
        query = select(_situations.c.name, _versions.c.id)
        query = query.join(_versions, _versions.c.id == _last())
        query = query.where(func.length(_versions.c.as_of) > DATE, ~_versions.c.as_of.endswith("Z"))
        found: set[str] = set()
        with self._access.read() as connection:
            for some in _of(connection, query, _situations.c.name, names):
                for name, number in connection.execute(some).all():
                    mine = select(_versions).where(_versions.c.situation == name, _current)
                    row = last_of(connection, mine)
                    if row is not None and row.id != number:
                        found.add(name)
        return frozenset(found)

    def _names(self, query: Select[Any], names: Collection[str] | None) -> frozenset[str]:
        found: set[str] = set()
        with self._access.read() as connection:
            for some in _of(connection, query, _situations.c.name, names):
                found.update(connection.execute(some).scalars())
        return frozenset(found)


AT_ONCE: Final = '"cadence":"at-once"'
"""In a subscription's spec as it is written."""


def _last() -> ScalarSelect[Any]:
    """The id of the latest version of the situation in the enclosing query, by one step in the
    index."""
    mine = select(_versions.c.id).where(_versions.c.situation == _situations.c.name, _current)
    newest = mine.order_by(_versions.c.as_of.desc(), _versions.c.revision.desc()).limit(1)
    return newest.correlate(_situations).scalar_subquery()


def _of(
    connection: Connection,
    query: Select[Any],
    column: ColumnElement[str],
    names: Collection[str] | None,
) -> list[Select[Any]]:
    if names is None:
        return [query]
    return [query.where(among_texts(connection, column, some)) for some in chunks(sorted(names))]
