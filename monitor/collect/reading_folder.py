"""Every snapshot of a folder at once, with every fault: what checking and copying need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.folder import FolderSource
from monitor.collect.kindfile import load_kind
from monitor.collect.limits import Limits
from monitor.collect.listing import list_folder
from monitor.collect.snapshot import Snapshot, read_snapshot, refuse_same_moment
from monitor.collect.source import Ignored
from monitor.collect.versions import Statement, derive
from monitor.errors import KindError, NotFound, SnapshotRefused
from monitor.model.as_of import order
from monitor.model.comparison import Document
from monitor.model.record import Record

_AHEAD: Final = timedelta(days=1)  # looked at from this far ahead, every file has settled

ZoneOf: TypeAlias = Callable[[str], str]


def _utc(_situation: str) -> str:
    return "UTC"


class FileRead(Record):
    """One snapshot, the file it was read from, and the file's bytes."""

    file: Path
    data: bytes
    snapshot: Snapshot


class FolderRead(Record):
    """`faults` are lines with file, line and column where they are known; `ignored` is no fault."""

    snapshots: tuple[FileRead, ...]
    kinds: int
    faults: tuple[str, ...]
    ignored: tuple[Ignored, ...] = ()


def read_folder(
    folder: Path, *, now: datetime, limits: Limits | None = None, zone_of: ZoneOf = _utc
) -> FolderRead:
    """Read all that a look would find, and the kinds beside it.

    `zone_of` gives the zone of a situation, which decides the order of its snapshots. Raises
    NotFound without a folder, OSError for one that cannot be listed.
    """
    seen = FolderSource(folder, limits=limits).scan(now=now + _AHEAD)
    kinds = [folder / kind.path for kind in list_folder(folder).kinds]
    faults = [f"{folder / unread.name}: {unread.reason}" for unread in seen.unread]
    faults += kind_faults(kinds)
    files: list[FileRead] = []
    moments: dict[str, tuple[str, str]] = {}
    for found in seen.items:
        file = folder / found.name
        try:
            snapshot = read_file(file, found.data, limits=limits)
            snapshot = snapshot.of_zone(zone_of(snapshot.situation))
            refuse_same_moment(str(file), snapshot, moments, list(moments))
        except SnapshotRefused as error:
            faults += [str(error), *error.others]
            continue
        moments[str(file)] = (snapshot.situation, snapshot.as_of)
        files.append(FileRead(file=file, data=found.data, snapshot=snapshot))
    faults += _state_faults(files)
    return FolderRead(
        snapshots=tuple(files),
        kinds=len(kinds),
        faults=tuple(dict.fromkeys(faults)),
        ignored=seen.ignored,
    )


def read_file(file: Path, data: bytes, *, limits: Limits | None = None) -> Snapshot:
    """A snapshot whose kind may be a file beside it. Raises SnapshotRefused."""
    kind_of = partial(load_kind, relative_to=file.parent)
    return read_snapshot(data, name=str(file), kind_of=kind_of, limits=limits)


def kind_faults(files: Sequence[Path]) -> list[str]:
    """A line for each fault of each kind."""
    faults: list[str] = []
    for file in files:
        if file.exists() and not file.is_file():  # a pipe would be waited for without end
            faults.append(f"{file}: not a regular file")
            continue
        try:
            load_kind(str(file))
        except KindError as error:
            faults += [str(error), *error.others]
        except NotFound as error:
            faults.append(str(error))
    return faults


def latest_state(files: Sequence[FileRead]) -> Document:
    """The full state after all that was said of one situation, canonical.

    Raises SnapshotRefused when some state on the way cannot be made.
    """
    line = sorted(files, key=lambda one: order(one.snapshot.as_of))
    derived = derive(_statements(line), [], line[-1].snapshot.kind)
    return derived.versions[-1].document


def _statements(line: Sequence[FileRead]) -> list[Statement]:
    return [
        Statement(
            id=number,
            as_of=one.snapshot.as_of,
            coverage=one.snapshot.coverage,
            read=partial(getattr, one.snapshot, "content"),
            name=str(one.file),
            parsed=one.snapshot.parsed,
        )
        for number, one in enumerate(line)
    ]


def _state_faults(files: Sequence[FileRead]) -> list[str]:
    """Partial snapshots may fit alone, and not be laid over the state before them."""
    faults: list[str] = []
    for situation in sorted({one.snapshot.situation for one in files}):
        mine = [one for one in files if one.snapshot.situation == situation]
        try:
            latest_state(mine)
        except SnapshotRefused as error:
            faults += [str(error), *error.others]
    return faults
