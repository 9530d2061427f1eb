"""Source -> snapshot -> version: everything new in the watched folders, one transaction a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from monitor.collect.directory import Found, Scan, Sighting, scan
from monitor.collect.listing import in_words, os_reason
from monitor.collect.snapshot import Snapshot
from monitor.errors import NotFound, SnapshotRefused
from monitor.model.as_of import order
from monitor.pipeline.gone import forget_gone
from monitor.pipeline.holding import LOOK, let_in
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn
from monitor.pipeline.taking import Origin, bounds, log_written, read, take_in_snapshot
from monitor.pipeline.vanished import find_vanished, is_below
from monitor.settings.paths import short
from monitor.settings.sections import SourceSettings
from monitor.store.records import SeenFile

T = TypeVar("T")

PER_PASS: Final = 100
"""Files that one look takes from a source; the next pass takes more. Alerts and digests are told in
between, so thousands of files keep nobody waiting for more than some seconds."""

PATIENCE: Final = timedelta(minutes=1)
"""How long a situation whose files are still being taken in is not spoken of: its readers are to
hear once of where it stands, but not to wait for ever."""


@dataclass(slots=True)
class Looks:
    """What each folder looked like last time, so that a file is read after standing still."""

    by_source: dict[str, dict[str, Sighting]] = field(default_factory=dict)
    checked: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Sources with files that had not stood still in the last look."""
    ignored: dict[str, str] = field(default_factory=dict)
    """What each source passes over, as it was last noted."""
    rest: dict[str, int] = field(default_factory=dict)
    """How many files the last look has left to the next one, by source."""
    moving: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """By source with a rest: the situations it has spoken of, and since when that goes on."""

    busy_since: datetime | None = None
    """Since when every look has left files to the next one, or the operator heard of them."""
    gone: dict[str, frozenset[int]] = field(default_factory=dict)
    """Snapshots by source whose files are not there any more."""

    @property
    def left(self) -> int:
        return sum(self.rest.values())

    def is_settled(self, situation: str, now: datetime) -> bool:
        """Whether it may be spoken of, because no more of it is to be expected at once."""
        since = [of[situation] for of in self.moving.values() if situation in of]
        return not since or not timedelta() <= now - min(since) < PATIENCE

    def is_told(self, now: datetime) -> bool:
        """Whether it is time for the operator's mail: not for each hundred of many bad files."""
        if self.busy_since is not None and timedelta() <= now - self.busy_since < PATIENCE:
            return False
        self.busy_since = now if self.rest else None
        return True

    def spoken(self, situation: str, now: datetime) -> None:
        """Readers have heard of it: what is still to come has its own minute."""
        for of in self.moving.values():
            if situation in of:
                of[situation] = now


def take_in(program: Program, looks: Looks, now: datetime) -> Iterator[Passed]:
    """Look at every source whose interval is over, file by file.

    What was held until its day counts first: it stood in the order before what is new.
    """
    yield from let_in(program, now)
    for name, source in program.settings.sources.items():
        if not _is_due(looks, name, source, now):
            program.blame.skip(LOOK, name)
            continue
        found = program.blame.attempt(
            LOOK,
            name,
            f"source {name} cannot be looked at",
            partial(_look, program, looks, name, source, now),
            otherwise=None,
        )
        yield Passed()
        if found is not None:
            yield from _take(program, looks, name, found, now)
    looks.busy_since = (looks.busy_since or now) if looks.rest else None


def _is_due(looks: Looks, name: str, source: SourceSettings, now: datetime) -> bool:
    """A clock that was put back must not keep a folder from being looked at."""
    checked = looks.checked.get(name)
    return (
        checked is None
        or name in looks.waiting
        or name in looks.rest
        or now < checked
        or now - checked >= source.interval
    )


def _look(
    program: Program, looks: Looks, name: str, source: SourceSettings, now: datetime
) -> Scan | None:
    """One folder. A folder that cannot be read is trouble, and what it gave before stays."""
    store, folder = program.store, program.settings.path(source.folder)
    looks.checked[name] = now
    looks.waiting.discard(name)
    looks.rest.pop(name, None)
    seen = store.sources.files(name)
    try:
        found = scan(
            folder,
            seen={path: file.digest for path, file in seen.items()},
            now=now,
            sightings=looks.by_source.get(name),
            limits=bounds(program.settings.limits),
            most=PER_PASS,
        )
    except NotFound as error:
        store.sources.checked(name, now=now, trouble=str(error))
        return None
    except OSError as error:
        store.sources.checked(name, now=now, trouble=f"{folder}: {os_reason(error)}")
        return None
    if found.waiting:
        looks.waiting.add(name)
    if found.left:
        looks.rest[name] = found.left
    # What is found counts as read when it has been handled, and not before.
    looks.by_source[name] = dict(found.sightings)
    for file in found.found:
        _read_again(looks, name, file.path)
    _note_refused(program, name, folder, found, seen)
    _note_ignored(program, looks, name, found)
    looks.gone[name] = forget_gone(program, found, seen, looks.gone.get(name, frozenset()), now)
    return found


def _read_again(looks: Looks, source: str, path: str, *, is_read: bool = False) -> None:
    sightings = looks.by_source[source]
    sightings[path] = replace(sightings[path], is_read=is_read)


def _note_ignored(program: Program, looks: Looks, source: str, found: Scan) -> None:
    """What holds data by its name and is not read: no trouble, but never passed over in silence."""
    line = in_words(found.ignored)
    if looks.ignored.get(source) == line:
        return
    looks.ignored[source] = line
    program.store.sources.note_ignored(source, line)
    if line:
        warn("files-not-read", f"source {source}: {line}", source=source)


def _note_refused(
    program: Program,
    source: str,
    folder: Path,
    found: Scan,
    seen: Mapping[str, SeenFile],
) -> None:
    """Files that are not read at all, and refused ones that are gone, which ends their trouble.

    A file that was taken in and cannot be read now is known still: the same bytes, once they can be
    read again, are no event.
    """
    unread = {file.path for file in found.unread}
    for file in found.unread:
        reason = f"{short(folder / file.path)}: {file.reason}"
        known = seen.get(file.path)
        if known is None or known.refused != reason:
            _refuse(program, source, file.path, reason, known=known)
    changed = {file.path for file in found.found}
    for path, known in seen.items():
        if known.refused is None or path in changed or is_below(path, unread):
            continue
        if known.snapshot is not None or path not in found.present:
            program.store.sources.saw(source, path, known.digest, snapshot=known.snapshot)


def _take(
    program: Program, looks: Looks, source: str, found: Scan, now: datetime
) -> Iterator[Passed]:
    """What was found, the oldest taken in first; a file that fails is left to the next look."""
    folder = program.settings.path(program.settings.sources[source].folder)
    readable: list[tuple[Snapshot, Found]] = []
    for file in found.found:
        reading = partial(_read, program, source, folder, file)
        snapshot = _attempt(program, source, file, reading)
        if snapshot is not None:
            readable.append((snapshot, file))
        else:
            _handled(program, looks, source, file)
        yield Passed()
    accepted = []
    for snapshot, file in sorted(readable, key=lambda pair: order(pair[0].as_of)):
        origin = Origin(
            source=source, path=file.path, bytes_hash=file.bytes_hash, present=found.present
        )
        taken = partial(_take_in, program, snapshot, file, origin, now)
        is_accepted = _attempt(program, source, file, taken)
        _handled(program, looks, source, file)
        if is_accepted:
            accepted.append(snapshot)
        yield Passed(snapshots=1 if is_accepted else 0)
    _note_moving(looks, source, [snapshot.situation for snapshot in accepted], now)
    newest = max((snapshot.as_of for snapshot in accepted), key=order, default=None)
    trouble = find_vanished(program, source, found, has_news=bool(accepted))
    program.store.sources.checked(source, now=now, newest=newest, trouble=trouble)


def _attempt(program: Program, source: str, file: Found, call: Callable[[], T | None]) -> T | None:
    said = f"{file.path} of source {source} cannot be taken in"
    return program.blame.attempt(LOOK, f"{source}/{file.path}", said, call, otherwise=None)


def _handled(program: Program, looks: Looks, source: str, file: Found) -> None:
    """A file that a fault of ours keeps out is read again at the next look; no other is."""
    fails = program.blame.fails(LOOK, f"{source}/{file.path}")
    _read_again(looks, source, file.path, is_read=not fails)


def _read(program: Program, source: str, folder: Path, file: Found) -> Snapshot | None:
    try:
        return read(
            file.data,
            name=str(short(folder / file.path)),
            folder=(folder / file.path).parent,
            settings=program.settings,
        )
    except SnapshotRefused as error:
        _refuse_error(program, source, file, error)
        return None


def _take_in(
    program: Program, snapshot: Snapshot, file: Found, origin: Origin, now: datetime
) -> bool:
    try:
        written = take_in_snapshot(program, snapshot, file.data, now, origin=origin)
    except SnapshotRefused as error:
        _refuse_error(program, origin.source, file, error)
        return False
    log_written(snapshot, written)
    return True


def _note_moving(looks: Looks, source: str, situations: Sequence[str], now: datetime) -> None:
    if source not in looks.rest:
        looks.moving.pop(source, None)
        return
    before = looks.moving.get(source, {})
    looks.moving[source] = {**dict.fromkeys(situations, now), **before}


def _refuse_error(program: Program, source: str, file: Found, error: SnapshotRefused) -> None:
    more = f" (and {len(error.others)} more)" if error.others else ""
    _refuse(program, source, file.path, f"{error}{more}", digest=file.bytes_hash)


def _refuse(
    program: Program,
    source: str,
    path: str,
    reason: str,
    *,
    digest: str = "",
    known: SeenFile | None = None,
) -> None:
    """`known` is what stays known of a file whose bytes cannot be seen now."""
    taken = known is not None and known.snapshot is not None
    program.store.sources.saw(
        source,
        path,
        known.digest if known and taken else digest,
        refused=reason,
        snapshot=known.snapshot if known else None,
    )
    warn("snapshot-refused", f"refused {reason}", source=source, path=path)
