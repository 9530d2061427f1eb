"""A snapshot that a program hands in over HTTP: read, checked and held as of any other source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from monitor.collect.kindfile import load_shipped
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import Conflict, NotFound
from monitor.kinds.kind import Kind
from monitor.model.record import Record
from monitor.pipeline.intake.taking import Origin, bounds, log_written, take_in_snapshot
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import SnapshotRow, Version

SOURCE = "push"
"""Begins the names of what programs hand in, as sources; the name of the token follows. No section
of the configuration can have such a name."""


class Handed(Record):
    """What a program sent. `key` is its own name for this one deed, so that it can be sent again;
    without one the bytes are it. `name` begins lines about it."""

    program: str
    key: str
    name: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def path(self) -> str:
        return self.key or self.digest

    @property
    def source(self) -> str:
        return f"{SOURCE}/{self.program}"


class TakenIn(Record):
    """`versions` follow from it, held ones too; none where it says nothing new. `withdrawn` is why
    a person took it out. `again`: it had been handed in before."""

    situation: str
    as_of: str
    versions: tuple[Version, ...] = ()
    withdrawn: str | None = None
    again: bool = False


def hand_in(program: Program, handed: Handed, now: datetime) -> TakenIn:
    """Raises SnapshotRefused with every fault, and Conflict for a key that had other bytes."""
    known = _known(program.store, handed)
    if known is not None:
        return _taken(program, known, again=True)
    snapshot = read_snapshot(
        handed.data,
        name=handed.name,
        kind_of=_kinds(program),
        limits=bounds(program.settings.limits),
    )
    snapshot = snapshot.of_zone(program.settings.zone_of(snapshot.situation))
    return _take_in(program, handed, snapshot, now)


def _take_in(program: Program, handed: Handed, snapshot: Snapshot, now: datetime) -> TakenIn:
    origin = Origin(source=handed.source, path=handed.path, bytes_hash=handed.digest)

    def guard(tx: Families) -> None:
        _known(tx, handed)

    written = take_in_snapshot(program, snapshot, handed.data, now, origin=origin, guard=guard)
    log_written(snapshot, written)
    row = written.withdrawn
    return TakenIn(
        situation=snapshot.situation,
        as_of=snapshot.as_of,
        versions=written.versions,
        withdrawn=None if row is None else row.aside_reason or "no reason given",
    )


def _known(store: Families, handed: Handed) -> SnapshotRow | None:
    """What was taken in under the same key."""
    seen = store.sources.file(handed.source, handed.path)
    if seen is None or seen.snapshot is None:
        return None
    if seen.digest != handed.digest:
        raise Conflict(f"the key {handed.key!r} was used for other bytes; expected a new one")
    return store.snapshots.get(seen.snapshot)


def _taken(program: Program, row: SnapshotRow, *, again: bool) -> TakenIn:
    every = program.store.versions.every(row.situation)
    return TakenIn(
        situation=row.situation,
        as_of=row.as_of,
        versions=tuple(one for one in every if one.snapshot == row.id),
        withdrawn=(row.aside_reason or "no reason given") if row.aside == "withdrawn" else None,
        again=again,
    )


def _kinds(program: Program) -> Callable[[str], Kind]:
    """One that ships, or one by the name under which a situation is read already: no program names
    a file of this machine."""

    def kind_of(name: str) -> Kind:
        try:
            return load_shipped(name)
        except NotFound:
            for situation in program.store.situations.all():
                latest = program.store.versions.latest(situation.name)
                if situation.kind == name and latest is not None:
                    return program.kinds.by_hash(latest.kind_hash)
            raise

    return kind_of
