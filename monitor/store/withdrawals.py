"""What is taken out of the line and put back: by a person, or for want of what it lay upon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Stranding
from monitor.store.revisions import grow_of_snapshots
from monitor.store.tables.knowledge import ASIDE

_said = tables.snapshots
_versions = tables.versions
_rejected = _versions.c.state == "rejected"
_is_stranded = and_(_rejected, _versions.c.hold == "stranded")
_counts = or_(_said.c.aside.is_(None), _said.c.aside == "stranded")


class Withdrawals(TableFamily):
    def take_out(self, snapshot: int, reason: str, now: datetime) -> None:
        """A snapshot and every version that it made count no more, held or not.

        What it was held for stays with it: put back, it is held again.
        """
        out = update(_said).where(_said.c.id == snapshot, _counts)
        its = update(_versions).where(_versions.c.snapshot_id == snapshot)
        with self._access.write() as connection:
            grow_of_snapshots(connection, [snapshot])
            connection.execute(out.values(aside="withdrawn", aside_at=now, aside_reason=reason))
            connection.execute(its.where(_is_stranded).values(hold=None))
            connection.execute(its.where(~_rejected).values(state="rejected"))

    def put_back(self, snapshot: int, now: datetime) -> None:
        """It counts again, or is held again; since when is kept."""
        back = update(_said).where(_said.c.id == snapshot)
        its = update(_versions).where(_versions.c.snapshot_id == snapshot, _rejected)
        counted = _versions.c.hold.is_(None)
        with self._access.write() as connection:
            grow_of_snapshots(connection, [snapshot])
            connection.execute(back.values(aside=None, aside_at=now, aside_reason=None))
            connection.execute(its.where(counted).values(state="current", held=None))
            connection.execute(its.where(~counted).values(state="held"))

    def strand(self, stranding: Stranding, now: datetime) -> None:
        """A partial that cannot be laid over anything: it is said, and is no state."""
        number = stranding.snapshot
        aground = update(_said).where(_said.c.id == number, _counts)
        its = update(_versions).where(
            _versions.c.snapshot_id == number, _versions.c.state == "current"
        )
        with self._access.write() as connection:
            grow_of_snapshots(connection, [number])
            connection.execute(
                aground.values(aside="stranded", aside_at=now, aside_reason=stranding.reason)
            )
            connection.execute(its.values(state="rejected", hold="stranded"))

    def float_again(self, snapshots: Collection[int], now: datetime) -> None:
        """They can be laid over something again."""
        numbers = sorted(snapshots)
        afloat = update(_said).where(_said.c.id.in_(numbers), _said.c.aside == "stranded")
        its = update(_versions).where(_versions.c.snapshot_id.in_(numbers), _is_stranded)
        if not numbers:
            return
        with self._access.write() as connection:
            grow_of_snapshots(connection, numbers)
            connection.execute(afloat.values(aside=None, aside_at=now, aside_reason=None))
            connection.execute(its.values(state="current", hold=None))

    def that_counted(self, situation: str) -> frozenset[tuple[int, datetime]]:
        """Each withdrawn snapshot that was a version once, and when it was taken out; and each that
        counts again, and since when: cheap, since it is asked in each pass."""
        query = select(_said.c.id, _said.c.aside_at).where(
            _said.c.situation == situation, ASIDE, is_taken_back()
        )
        with self._access.read() as connection:
            return frozenset((row.id, row.aside_at) for row in connection.execute(query))


def is_taken_back() -> ColumnElement[bool]:
    """Of a snapshot that is or was set aside: it was a version once and is withdrawn, or it counts
    again."""
    made = select(_versions.c.id).where(
        _versions.c.snapshot_id == _said.c.id, _rejected, _versions.c.hold.is_(None)
    )
    return or_(and_(_said.c.aside == "withdrawn", made.exists()), _said.c.aside.is_(None))
