"""Source -> snapshot -> version: everything new in the watched folders, one transaction a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.collect.directory import Found, Scan, Sighting, scan
from monitor.collect.snapshot import Snapshot
from monitor.errors import NotFound, SnapshotRefused
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.taking import Origin, bounds, log_written, read, take_in_snapshot
from monitor.settings.paths import short
from monitor.settings.sections import SourceSettings
from monitor.store.records import SeenFile


@dataclass(slots=True)
class Looks:
    """What each folder looked like last time, so that a file is read after standing still."""

    by_source: dict[str, Mapping[str, Sighting]] = field(default_factory=dict)
    checked: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Sources with files that had not stood still in the last look."""


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
            limits=bounds(program.settings.limits),
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
    _note_refused(program, name, folder, found, seen, now=now)
    newest = _take_in_found(program, name, folder, found, now)
    store.sources.checked(name, now=now, newest=max(newest, default=None))
    return len(newest)


def _note_refused(
    program: Program,
    source: str,
    folder: Path,
    found: Scan,
    seen: Mapping[str, SeenFile],
    *,
    now: datetime,
) -> None:
    """Files that are not read at all, and refused ones that are gone, which ends their trouble."""
    unread = {file.path for file in found.unread}
    for file in found.unread:
        reason = f"{short(folder / file.path)}: {file.reason}"
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
        shown = str(short(folder / file.path))
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
