"""A folder of snapshots: which settled files are new, with their bytes.

A file is an event only as a pair (path, hash of its bytes) that was not seen before. Deleting or
renaming one changes nothing. What a snapshot is about is told by what it says, not where it lies.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.kindfile import is_kind_file
from monitor.collect.limits import Limits
from monitor.collect.reader import ENDINGS
from monitor.collect.snapshot import Snapshot
from monitor.errors import NotFound, SnapshotRefused

SETTLED: Final = timedelta(seconds=1)
"""How long a file has to stand still before it is read."""

_TEMPORARY: Final = ("~", ".tmp", ".swp")
_DEPTH: Final = 8  # folders inside the watched one

Look: TypeAlias = tuple[int, int, int, int]
"""Size, times of change of content and of entry (ns), inode: the same look, the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a file looked, since when it has looked so, and whether its bytes were taken."""

    look: Look
    since: datetime
    is_read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A settled file whose bytes are new. `path` is relative to the folder, with `/`."""

    path: str
    data: bytes
    bytes_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that cannot be or is not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One look at a folder; hand `sightings` to the next one. All is sorted by path.

    `waiting` are files that have not stood still yet; `present` all that snapshots are read from;
    `left` counts those that were not read because `most` were found before them.
    """

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]
    waiting: tuple[str, ...]
    present: tuple[str, ...]
    sightings: Mapping[str, Sighting]
    left: int = 0


def scan(
    folder: Path,
    *,
    seen: Mapping[str, str],
    now: datetime,
    sightings: Mapping[str, Sighting] | None = None,
    limits: Limits | None = None,
    most: int | None = None,
) -> Scan:
    """Look for settled files whose (path, hash) is not in `seen`. Raises NotFound without a folder.

    A file has settled when its time is a second before `now`, or when it looked the same in a scan
    a second ago (its time may lie in the future). With the last scan's `sightings`, files that look
    the same are not read again. With `most`, so many are found, and the next look finds more.
    """
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}")
    look = _Scanner(folder, seen, sightings or {}, now, limits or Limits(), most=most)
    for path, entry in sorted(_files(folder.resolve(), "", 0, look.unread)):
        look.at(path, entry)
    return look.result()


def refuse_same_moment(
    path: str,
    snapshot: Snapshot,
    known: Mapping[str, tuple[str, str]],
    present: Collection[str],
) -> None:
    """Raise SnapshotRefused when another file that is still there speaks for the same moment.

    `known` gives the situation and `as_of` that each path last spoke for. After a renaming the old
    path is not there any more, and nothing is wrong.
    """
    moment = (snapshot.situation, snapshot.as_of)
    for other in sorted(present):
        if other != path and known.get(other) == moment:
            text = f"{other} already speaks for {moment[0]} as of {moment[1]}; keep one of the two"
            raise SnapshotRefused(text, where=path)


class _Scanner:
    def __init__(
        self,
        folder: Path,
        seen: Mapping[str, str],
        before: Mapping[str, Sighting],
        now: datetime,
        limits: Limits,
        *,
        most: int | None,
    ) -> None:
        self._folder = folder.resolve()
        self._seen = seen
        self._before = before
        self._now = now
        self._limits = limits
        self._most = most
        self._left = 0
        self._found: list[Found] = []
        self._waiting: list[str] = []
        self._sightings: dict[str, Sighting] = {}
        self.unread: list[Unread] = []

    def at(self, path: str, file: Path) -> None:
        try:
            target = file.resolve(strict=True)
            if not target.is_relative_to(self._folder):
                raise _NotRead("a symbolic link that leaves the folder")
            self._take(path, target)
        except _NotRead as reason:
            self.unread.append(Unread(path=path, reason=str(reason)))
        except FileNotFoundError:
            return  # it went away between listing and reading: as if it had not been there
        except OSError as error:
            self.unread.append(Unread(path=path, reason=str(error.strerror)))

    def result(self) -> Scan:
        return Scan(
            found=tuple(self._found),
            unread=tuple(sorted(self.unread, key=lambda unread: unread.path)),
            waiting=tuple(self._waiting),
            present=tuple(self._sightings),
            sightings=self._sightings,
            left=self._left,
        )

    def _take(self, path: str, file: Path) -> None:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _NotRead("not a regular file")
        sighting = self._sighting(path, _look(status))
        self._sightings[path] = sighting
        if sighting.is_read:
            return
        if not self._has_settled(sighting, status):
            self._waiting.append(path)
            return
        if status.st_size > self._limits.bytes:
            raise _NotRead(f"{status.st_size} bytes; at most {self._limits.bytes} are read")
        if self._most is not None and len(self._found) >= self._most:
            self._left += 1
            return
        data, after = _read(file, self._limits.bytes)
        if _look(after) != sighting.look:
            self._waiting.append(path)
            return
        self._sightings[path] = replace(sighting, is_read=True)
        bytes_hash = hashlib.sha256(data).hexdigest()
        if self._seen.get(path) != bytes_hash:
            self._found.append(Found(path=path, data=data, bytes_hash=bytes_hash))

    def _sighting(self, path: str, look: Look) -> Sighting:
        before = self._before.get(path)
        if before is not None and before.look == look:
            return before
        return Sighting(look=look, since=self._now)

    def _has_settled(self, sighting: Sighting, status: os.stat_result) -> bool:
        modified = datetime.fromtimestamp(status.st_mtime, UTC)
        return self._now - modified >= SETTLED or self._now - sighting.since >= SETTLED


class _NotRead(Exception):
    """Why a file is passed over; becomes an Unread."""


def _files(
    folder: Path, prefix: str, depth: int, unread: list[Unread]
) -> Iterator[tuple[str, Path]]:
    """Files that may hold snapshots. Links to folders are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{prefix}{entry.name}"
            if entry.name.startswith(".") or entry.name.endswith(_TEMPORARY):
                continue
            if not entry.name.isprintable() or not _is_text(entry.name):
                unread.append(Unread(path=ascii(path), reason="a name that cannot be shown"))
            elif entry.is_dir(follow_symlinks=False) and depth < _DEPTH:
                yield from _files(Path(entry.path), f"{path}/", depth + 1, unread)
            elif entry.is_symlink() and entry.is_dir():
                unread.append(Unread(path=path, reason="a symbolic link to a folder"))
            elif entry.name.endswith(ENDINGS) and not is_kind_file(Path(entry.name)):
                yield path, Path(entry.path)


def _is_text(name: str) -> bool:
    """Whether the name is UTF-8 on disk; other bytes come as lone surrogates (PEP 383)."""
    return not any("\udc80" <= character <= "\udcff" for character in name)


def _look(status: os.stat_result) -> Look:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _read(file: Path, limit: int) -> tuple[bytes, os.stat_result]:
    """Bytes and the look after reading. Neither a link nor a pipe put there meanwhile is opened."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(limit + 1)
        return data, os.fstat(stream.fileno())
