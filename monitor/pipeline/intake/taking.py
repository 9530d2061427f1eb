"""Snapshot -> versions: one file that somebody wrote, stored with what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from monitor.collect.kindfile import load_kind, load_shipped
from monitor.collect.limits import Limits
from monitor.collect.snapshot import Snapshot, read_snapshot, refuse_same_moment
from monitor.model.authorship import Authorship
from monitor.model.record import Record
from monitor.pipeline.intake.line import Coming, Written, extend
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.settings.sections import LimitSettings, Settings
from monitor.store import Families
from monitor.store.records import NewSnapshot, SeenFile, SnapshotRow


class Origin(Record):
    """Where bytes came from. `present` are the paths that the source has now, if it lists them;
    `authorship` is who published them, if it knows."""

    source: str
    path: str
    bytes_hash: str
    present: Collection[str] = ()
    authorship: Authorship | None = None


def read(
    data: bytes, *, name: str, folder: Path | None, settings: Settings, as_of: str | None = None
) -> Snapshot:
    """Raises SnapshotRefused with every fault. `folder` bounds where a kind's file may be; without
    one there is none. `as_of` is for a snapshot that does not say its own."""
    kind_of = partial(load_kind, relative_to=folder) if folder else load_shipped
    limits = bounds(settings.limits)
    snapshot = read_snapshot(data, name=name, kind_of=kind_of, limits=limits, as_of=as_of)
    return snapshot.of_zone(settings.zone_of(snapshot.situation))


def bounds(limits: LimitSettings) -> Limits:
    return Limits(
        bytes=limits.bytes, depth=limits.depth, nodes=limits.nodes, aliases=limits.aliases
    )


def take_in_snapshot(
    program: Program,
    snapshot: Snapshot,
    data: bytes,
    now: datetime,
    *,
    origin: Origin | None = None,
    is_past: bool = False,
    guard: Callable[[Families], None] | None = None,
) -> Written:
    """Store what was said and the versions that follow from it, in one transaction.

    `is_past` says that what followed it is there already, so that it is held for no accident.
    `guard` comes first in the transaction.

    Raises SnapshotRefused when it contradicts another file or its state cannot be made.
    """
    with program.store.transaction() as tx:
        if guard is not None:
            guard(tx)
        _ensure(program, tx, snapshot, now)
        seen = tx.sources.file(origin.source, origin.path) if origin else None
        if _has_been_taken(seen, origin):
            return Written()
        same_moment = tx.snapshots.at(snapshot.situation, snapshot.as_of)
        withdrawn = None
        if same_moment:
            withdrawn = tx.snapshots.withdrawn_before(snapshot.situation, snapshot.as_of, data)
        withdrawn = withdrawn or _not_corrected(tx, snapshot)
        if withdrawn is not None:
            _saw(tx, origin, withdrawn)
            row = tx.snapshots.get(withdrawn)
            return Written(withdrawn=row if row.aside == "withdrawn" else None)
        known = _same_day(tx, snapshot, origin, same_moment)
        if known is not None and _says(tx, known, snapshot):
            _saw(tx, origin, known.id)
            return Written()
        row = tx.snapshots.add(_row(snapshot, data, origin, now))
        _give_up_held(tx, seen)
        _saw(tx, origin, row.id)
        zone = program.settings.zone_of(snapshot.situation)
        coming = Coming(name=snapshot.name, is_past=is_past, zone=zone, content=snapshot.content)
        return extend(tx, row, snapshot.kind, hold=program.settings.hold, now=now, coming=coming)


def _ensure(program: Program, tx: Families, snapshot: Snapshot, now: datetime) -> None:
    """Its situation, held from here on, and its kind."""
    name, kind = snapshot.situation, snapshot.kind
    situation = tx.situations.ensure(name, kind=kind.name, title=snapshot.title, now=now)
    zone = program.settings.zone_of(name)
    if situation.zone != zone:
        tx.situations.set_zone(name, zone)
    if not program.kinds.knows(kind.hash):
        tx.situations.remember_kind(kind.hash, kind.name, kind.schema)


def log_written(snapshot: Snapshot, written: Written) -> None:
    name = f"{snapshot.situation} {snapshot.as_of}"
    if written.withdrawn is not None:
        text = f"{name} was taken out by a person, and stays so"
        warn("withdrawn-again", text, situation=snapshot.situation)
    elif not written.versions:
        say("seen-again", f"{name} says nothing new", situation=snapshot.situation)
    for version in written.versions:
        ref = version.ref
        text = f"took in {ref.situation} {ref.as_of}"
        if ref.revision > 1:
            text += f", revision {ref.revision}"
        log = warn if version.held else say
        log(
            "version-held" if version.held else "version",
            f"{text}; held: {version.held}" if version.held else text,
            situation=ref.situation,
            as_of=ref.as_of,
            revision=ref.revision,
            hash=ref.content_hash[:12],
        )


def _has_been_taken(seen: SeenFile | None, origin: Origin | None) -> bool:
    """Another node may have read the same file a moment ago; it has let go of the situation now."""
    if seen is None or origin is None:
        return False
    return seen.digest == origin.bytes_hash and seen.snapshot is not None


def _same_day(
    tx: Families, snapshot: Snapshot, origin: Origin | None, same_moment: Sequence[SnapshotRow]
) -> SnapshotRow | None:
    """What another path said for the same `as_of`: fine when that file is gone, else an error."""
    if origin is None:
        return None
    rows = [row for row in same_moment if row.path not in (None, origin.path)]
    if not rows:
        return None
    moment = (snapshot.situation, snapshot.as_of)
    known = dict.fromkeys(tx.snapshots.last_of_paths(*moment), moment)
    refuse_same_moment(origin.path, snapshot, known, origin.present)
    return rows[-1]


def _says(tx: Families, known: SnapshotRow, snapshot: Snapshot) -> bool:
    return known.weigh == snapshot.weigh and tx.snapshots.content(known.id) == snapshot.content


def _not_corrected(tx: Families, snapshot: Snapshot) -> int | None:
    """A partial that says nothing corrects nothing of its day."""
    if snapshot.coverage != "partial" or snapshot.content:
        return None
    line = tx.versions.history(snapshot.situation)
    return next((one.snapshot for one in line if one.ref.as_of == snapshot.as_of), None)


def _give_up_held(tx: Families, seen: SeenFile | None) -> None:
    """What is held of a file goes when the file says something else: nobody has to reject it."""
    if seen is None or seen.snapshot is None:
        return
    before = tx.snapshots.get(seen.snapshot).situation
    for version in tx.versions.held(before):
        if version.snapshot == seen.snapshot:
            tx.versions.reject(version.id, "its file says something else now")


def _saw(tx: Families, origin: Origin | None, snapshot: int) -> None:
    if origin is not None:
        tx.sources.saw(origin.source, origin.path, origin.bytes_hash, snapshot=snapshot)


def _row(snapshot: Snapshot, data: bytes, origin: Origin | None, now: datetime) -> NewSnapshot:
    return NewSnapshot(
        situation=snapshot.situation,
        as_of=snapshot.as_of,
        coverage=snapshot.coverage,
        kind_hash=snapshot.kind.hash,
        title=snapshot.title,
        source=origin.source if origin else None,
        path=origin.path if origin else None,
        data=data,
        content=snapshot.content,
        learned_at=now,
        weigh=snapshot.weigh,
        authorship=origin.authorship if origin else None,
    )
