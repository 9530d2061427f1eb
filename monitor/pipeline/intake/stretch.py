"""The stretch of a situation's line on which something said at one moment can have a bearing.

It begins at the last day before it that is said in full, and ends with the first one after it: so
the thousandth version costs what the second did. Nothing of what was said is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from monitor.collect.states import Statement, days_of
from monitor.kinds.kind import Kind
from monitor.model.as_of import DATE, order
from monitor.model.comparison import Document
from monitor.model.record import Record
from monitor.store.days import Days
from monitor.store.documents import copied
from monitor.store.records import SnapshotRow, Version
from monitor.store.store import Families

FEW: Final = 4
"""Snapshots that are looked at first for a full one; each time twice as many as before."""


class Stretch(Record):
    """What was said and counts, ascending, and the versions of these days, whatever became of them.

    What is stranded is among it: it counts as soon as it can be laid over something. What is held,
    rejected or set aside is not, but for what is being taken in.
    """

    said: tuple[Statement, ...]
    versions: tuple[Version, ...]

    @property
    def line(self) -> tuple[Version, ...]:
        """The revisions that count, or will when they are stranded no more."""
        return tuple(one for one in self.versions if _is_in_line(one))


class Reading(Record):
    """What is taken in now, held or not, what its file is called in messages, and what it says,
    where that is at hand; how the kind of each snapshot is found by its hash, where it is not to be
    read with the one at hand."""

    snapshot: int = 0
    name: str = ""
    content: Document | None = None
    kind_of: Callable[[str], Kind] | None = None


def stretch(tx: Families, situation: str, since: str, reading: Reading) -> Stretch:
    """All that is said of the days around `since` on which anything there can depend, and all that
    can depend on it."""
    day = since[:DATE]
    found = _on(tx, situation, Days(day, day), reading)
    parts = [found]
    if not _has_full(found, lambda as_of: order(as_of) < order(since)):
        for part in _back(tx, situation, day, reading):
            parts.insert(0, part)
            if _has_full(part):
                break
    if not _has_full(found, lambda as_of: order(as_of) > order(since)):
        for part in _forth(tx, situation, day, reading):
            parts.append(part)
            if _has_full(part):
                break
    return Stretch(
        said=tuple(one for part in parts for one in part.said),
        versions=tuple(one for part in parts for one in part.versions),
    )


def _back(tx: Families, situation: str, day: str, reading: Reading) -> Iterator[Stretch]:
    most = FEW
    while (days := tx.snapshots.days(situation, before=day, most=most)) is not None:
        yield _on(tx, situation, days, reading)
        day, most = days.first, 2 * most


def _forth(tx: Families, situation: str, day: str, reading: Reading) -> Iterator[Stretch]:
    most = FEW
    while (days := tx.snapshots.days(situation, after=day, most=most)) is not None:
        yield _on(tx, situation, days, reading)
        day, most = days.last, 2 * most


def _on(tx: Families, situation: str, days: Days, reading: Reading) -> Stretch:
    versions = tx.versions.on(situation, days)
    silent = {one.snapshot for one in versions if one.state != "current" and one.hold != "stranded"}
    rows = tx.snapshots.on(situation, days)
    counting = [
        row
        for row in rows
        if row.id == reading.snapshot or (row.id not in silent and row.aside in (None, "stranded"))
    ]
    return Stretch(said=tuple(_statement(tx, row, reading) for row in counting), versions=versions)


def _statement(tx: Families, row: SnapshotRow, reading: Reading) -> Statement:
    return Statement(
        id=row.id,
        as_of=row.as_of,
        coverage=row.coverage,  # type: ignore[arg-type]  # stored as it was checked
        read=_read(tx, row.id, reading),
        name=(row.id == reading.snapshot and reading.name) or row.path or "",
        file=(row.source or "", row.path) if row.path is not None else None,
        kind=reading.kind_of(row.kind_hash) if reading.kind_of else None,
        stranded=row.aside == "stranded",
    )


def _read(tx: Families, number: int, reading: Reading) -> Callable[[], Document]:
    if number == reading.snapshot and reading.content is not None:
        # Anew each time, as from the store: whoever lays something over it may write into it.
        return partial(copied, reading.content)
    return partial(tx.snapshots.content, number)


def _has_full(part: Stretch, fits: Callable[[str], bool] = bool) -> bool:
    """Whether a day of it is said in full and is a version, so that it owes nothing to others."""
    known = {one.ref.as_of for one in part.line}
    return any(day.is_full and day.as_of in known and fits(day.as_of) for day in days_of(part.said))


def _is_in_line(version: Version) -> bool:
    return version.state == "current" or version.hold == "stranded"
