"""Source -> snapshot -> version: everything new in the watched folders, one transaction a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from monitor.collect.directory import Found, Scan, Sighting, refuse_same_moment, scan
from monitor.collect.kindfile import load_kind
from monitor.collect.limits import Limits
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import NotFound, SnapshotRefused
from monitor.pipeline.line import Written, extend
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.settings.sections import LimitSettings, SourceSettings
from monitor.store.records import NewSnapshot, SeenFile, SnapshotRow
from monitor.store.store import Families


@dataclass(slots=True)
class Looks:
    """What each folder looked like last time, so that a file is read after standing still."""

    by_source: dict[str, Mapping[str, Sighting]] = field(default_factory=dict)
    checked: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Sources with files that had not stood still in the last look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where bytes came from. `present` are the paths that the source has now."""

    source: str
    path: str
    bytes_hash: str
    present: tuple[str, ...] = ()


def take_in(program: Program, looks: Looks, now: datetime) -> int:
    """Look at every source whose interval is over; returns how many files said something."""
    return sum(
        _look(program, looks, name, source, now)
        for name, source in program.settings.sources.items()
        if _is_due(looks, name, source, now)
    )


def _is_due(looks: Looks, name: str, source: SourceSettings, now: datetime) -> bool:
    """A clock that was put back must not keep a folder from being looked at."""
    checked = looks.checked.get(name)
    return (
        checked is None
        or name in looks.waiting
        or now < checked
        or now - checked >= source.interval
    )


def read(data: bytes, *, name: str, folder: Path, limits: LimitSettings) -> Snapshot:
    """Raises SnapshotRefused with every fault. `folder` bounds where a kind's file may be."""
    kind_of = partial(load_kind, relative_to=folder)
    return read_snapshot(data, name=name, kind_of=kind_of, limits=_bounds(limits))


def _bounds(limits: LimitSettings) -> Limits:
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
) -> Written:
    """Store what was said and the versions that follow from it, in one transaction.

    Raises SnapshotRefused when it contradicts another file or its state cannot be made.
    """
    with program.store.transaction() as tx:
        tx.situations.ensure(
            snapshot.situation, kind=snapshot.kind.name, title=snapshot.title, now=now
        )
        tx.situations.remember_kind(snapshot.kind.hash, snapshot.kind.name, snapshot.kind.schema)
        known = _same_day(tx, snapshot, origin)
        if known is not None and known.content == snapshot.content:
            _saw(tx, origin, now, known.id)
            return Written()
        number = tx.snapshots.add(_row(snapshot, data, origin, now))
        _saw(tx, origin, now, number)
        row = tx.snapshots.get(number)
        return extend(tx, row, snapshot.kind, hold=program.settings.hold, now=now)


def log_written(snapshot: Snapshot, written: Written) -> None:
    name = f"{snapshot.situation} {snapshot.as_of}"
    if not written.versions:
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


def _look(program: Program, looks: Looks, name: str, source: SourceSettings, now: datetime) -> int:
    """One folder. A folder that cannot be read is trouble, and what it gave before stays."""
    store, folder = program.store, program.settings.path(source.folder)
    looks.checked[name] = now
    looks.waiting.discard(name)
    seen = store.sources.files(name)
    try:
        found = scan(
            folder,
            seen={path: file.digest for path, file in seen.items()},
            now=now,
            sightings=looks.by_source.get(name),
            limits=_bounds(program.settings.limits),
        )
    except NotFound as error:
        store.sources.checked(name, now=now, trouble=str(error))
        return 0
    except OSError as error:
        store.sources.checked(name, now=now, trouble=f"{folder}: {error.strerror}")
        return 0
    looks.by_source[name] = found.sightings
    if found.waiting:
        looks.waiting.add(name)
    _note_refused(program, name, found, seen, now)
    newest = _take_in_found(program, name, folder, found, now)
    store.sources.checked(name, now=now, newest=max(newest, default=None))
    return len(newest)


def _note_refused(
    program: Program, source: str, found: Scan, seen: Mapping[str, SeenFile], now: datetime
) -> None:
    """Files that are not read at all, and refused ones that are gone, which ends their trouble."""
    unread = {file.path for file in found.unread}
    for file in found.unread:
        reason = f"{file.path}: {file.reason}"
        known = seen.get(file.path)
        if known is None or known.refused != reason:
            _refuse(program, source, file.path, reason, now=now)
    for path, known in seen.items():
        if known.refused and path not in {*found.present, *unread}:
            program.store.sources.saw(source, path, known.digest, now=now)


def _take_in_found(
    program: Program, source: str, folder: Path, found: Scan, now: datetime
) -> list[str]:
    """The `as_of` of each snapshot that was accepted, the oldest taken in first."""
    readable: list[tuple[Snapshot, Found]] = []
    for file in found.found:
        shown = _shown(folder / file.path)
        try:
            snapshot = read(
                file.data,
                name=shown,
                folder=(folder / file.path).parent,
                limits=program.settings.limits,
            )
            readable.append((snapshot, file))
        except SnapshotRefused as error:
            _refuse_error(program, source, file, error, now)
    accepted = []
    for snapshot, file in sorted(readable, key=lambda pair: pair[0].as_of):
        origin = Origin(
            source=source, path=file.path, bytes_hash=file.bytes_hash, present=found.present
        )
        try:
            written = take_in_snapshot(program, snapshot, file.data, now, origin=origin)
        except SnapshotRefused as error:
            _refuse_error(program, source, file, error, now)
            continue
        log_written(snapshot, written)
        accepted.append(snapshot.as_of)
    return accepted


def _refuse_error(
    program: Program, source: str, file: Found, error: SnapshotRefused, now: datetime
) -> None:
    more = f" (and {len(error.others)} more)" if error.others else ""
    _refuse(program, source, file.path, f"{error}{more}", digest=file.bytes_hash, now=now)


def _refuse(
    program: Program, source: str, path: str, reason: str, *, digest: str = "", now: datetime
) -> None:
    program.store.sources.saw(source, path, digest, now=now, refused=reason)
    warn("snapshot-refused", f"refused {reason}", source=source, path=path)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _same_day(tx: Families, snapshot: Snapshot, origin: Origin | None) -> SnapshotRow | None:
    """What another path said for the same `as_of`: fine when that file is gone, else an error."""
    if origin is None:
        return None
    rows = [row for row in tx.snapshots.of(snapshot.situation) if row.path is not None]
    known = {str(row.path): (row.situation, row.as_of) for row in sorted(rows, key=lambda r: r.id)}
    refuse_same_moment(origin.path, snapshot, known, origin.present)
    gone = [row for row in rows if row.as_of == snapshot.as_of and row.path != origin.path]
    return gone[-1] if gone else None


def _saw(tx: Families, origin: Origin | None, now: datetime, snapshot: int) -> None:
    if origin is not None:
        tx.sources.saw(origin.source, origin.path, origin.bytes_hash, now=now, snapshot=snapshot)


def _row(snapshot: Snapshot, data: bytes, origin: Origin | None, now: datetime) -> NewSnapshot:
    return NewSnapshot(
        situation=snapshot.situation,
        as_of=snapshot.as_of,
        coverage=snapshot.coverage,
        kind_hash=snapshot.kind.hash,
        title=snapshot.title,
        note=snapshot.note,
        source=origin.source if origin else None,
        path=origin.path if origin else None,
        data=data,
        content=snapshot.content,
        learned_at=now,
    )
