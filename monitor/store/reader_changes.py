"""Readers of whom something changed, until the service has looked at them.

`subscriptions.changed` counts such deeds: a new subscription, another wish, a mute, a pointer that
went back, a pause. The question who they are reads only them, however many others there are; no
deed is lost to one that is written while its reader is looked at, since only what was read is
taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union_all, update

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.family import TableFamily, among, rarely
from monitor.store.tables.messages import CHANGED, UNBEGUN

_table = tables.subscriptions


class Waiting(NamedTuple):
    """Of the readers who may have to begin somewhere: differs as soon as others do."""

    readers: int
    deeds: int
    last: int


class ReaderChanges(TableFamily):
    def some(self, *, now: datetime, limit: int) -> dict[int, int]:
        """Active readers of whom something changed and who are not left alone now, the longest
        there first: how many deeds, by id."""
        mine = select(_table.c.id, _table.c.changed).where(CHANGED)
        # Two ranges of the index: of those who are left alone, however many, nothing is read.
        whys = _table.c.paused_until.is_(None), _table.c.paused_until <= now
        query = union_all(*(mine.where(rarely(why)) for why in whys))
        with self._access.read() as connection:
            found = connection.execute(query.order_by("id").limit(limit))
            return dict(found.all())

    def seen(self, deeds: Mapping[int, int]) -> None:
        """These were looked at, as `some` has said; what was done since stays."""
        alike: dict[int, list[int]] = defaultdict(list)
        for number, count in deeds.items():
            alike[count].append(number)
        with self._access.write() as connection:
            for count, numbers in alike.items():
                these = among(connection, _table.c.id, sorted(numbers)), _table.c.changed == count
                connection.execute(update(_table).where(*these).values(changed=None))

    def note(self, numbers: Collection[int]) -> None:
        """They are to be looked at."""
        with self._access.write() as connection:
            these = update(_table).where(among(connection, _table.c.id, sorted(numbers)))
            connection.execute(these.values(changed()))

    def waiting(self) -> Waiting:
        """How many active readers may follow a situation in which they have no start, and what
        was done to them: it differs as soon as there is another one or somebody wants more."""
        deeds = func.coalesce(func.sum(_table.c.changed), 0)
        query = select(func.count(), deeds, func.max(_table.c.id)).where(UNBEGUN)
        with self._access.read() as connection:
            count, total, last = connection.execute(query.select_from(_table)).one()
        return Waiting(int(count), int(total), last or 0)

    def unbegun(self, *, after: int, limit: int) -> dict[int, int]:
        """Those readers by id: how many deeds, or 0 for none."""
        query = select(_table.c.id, func.coalesce(_table.c.changed, 0))
        query = query.where(UNBEGUN, _table.c.id > after)
        with self._access.read() as connection:
            found = connection.execute(query.order_by(_table.c.id).limit(limit))
            return dict(found.all())

    def begun(self, specs: Mapping[int, int]) -> None:
        """Each has its start in all that it follows, unless something changed since: deeds by id,
        as `unbegun` has said."""
        with self._access.write() as connection:
            for count in set(specs.values()):
                numbers = sorted(number for number, known in specs.items() if known == count)
                these = among(connection, _table.c.id, numbers)
                same = func.coalesce(_table.c.changed, 0) == count
                connection.execute(update(_table).where(these, same).values(unbegun=False))


def changed() -> dict[str, Any]:
    """For a statement that writes the reader's row anyhow."""
    return {"changed": func.coalesce(_table.c.changed, 0) + 1}
