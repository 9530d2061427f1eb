"""A folder of snapshots: which settled files are new, with their bytes.

A file is an event only as a pair (path, hash of its bytes) that was not seen before. Deleting or
renaming one changes nothing. What a snapshot is about is told by what it says, not where it lies.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.collect.listing import Ignored, Listed, Unread, list_folder, os_reason
from monitor.collect.snapshot import Snapshot
from monitor.errors import NotFound, SnapshotRefused

SETTLED: Final = timedelta(seconds=1)
"""How long a file has to stand still before it is read."""

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
class Scan:
    """One look at a folder; hand `sightings` to the next one. All is sorted by path.

    `waiting` are files that have not stood still yet; `present` all that snapshots are read from;
    `kinds` the files of kinds; `ignored` what holds data by its name and is not read.
    `left` counts those that were not read because `most` were found before them.
    """

    found: tuple[Found, ...]
    unread: tuple[Unread, ...]
    waiting: tuple[str, ...]
    present: tuple[str, ...]
    kinds: tuple[str, ...]
    ignored: tuple[Ignored, ...]
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
    """Look for settled files whose (path, hash) is not in `seen`.

    Raises NotFound without a folder, OSError for one that cannot be listed. A file has settled when
    its time is a second before `now`, or when it looked the same in a scan a second ago (its time
    may lie in the future). With the last scan's `sightings`, files that look the same are not read
    again. With `most`, so many are found, and the next look finds more.
    """
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}")
    root = Path(os.path.realpath(folder, strict=True))
    listing = list_folder(root)
    look = _Scanner(root, seen, sightings or {}, now, limits or Limits(), most=most)
    for listed in listing.snapshots:
        look.at(listed)
    return Scan(
        found=tuple(look.found),
        unread=tuple(sorted((*listing.unread, *look.unread))),
        waiting=tuple(look.waiting),
        present=tuple(look.sightings),
        kinds=tuple(kind.path for kind in listing.kinds),
        ignored=listing.ignored,
        sightings=look.sightings,
        left=look.left,
    )


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
        root: Path,
        seen: Mapping[str, str],
        before: Mapping[str, Sighting],
        now: datetime,
        limits: Limits,
        *,
        most: int | None,
    ) -> None:
        self._root = root
        self._seen = seen
        self._before = before
        self._now = now
        self._limits = limits
        self._most = most
        self.left = 0
        self.found: list[Found] = []
        self.unread: list[Unread] = []
        self.waiting: list[str] = []
        self.sightings: dict[str, Sighting] = {}

    def at(self, listed: Listed) -> None:
        try:
            self._take(listed.path, self._target(listed.file))
        except _NotRead as reason:
            self.unread.append(Unread(listed.path, str(reason)))
        except FileNotFoundError:
            return  # it went away between listing and reading: as if it had not been there
        except OSError as error:
            self.unread.append(Unread(listed.path, os_reason(error)))

    def _target(self, file: Path) -> Path:
        """The file itself, after links. `Path.resolve` would raise RuntimeError for a loop."""
        try:
            target = Path(os.path.realpath(file, strict=True))
        except FileNotFoundError:
            if file.is_symlink():
                raise _NotRead("a symbolic link that leads nowhere") from None
            raise
        if not target.is_relative_to(self._root):
            raise _NotRead("a symbolic link that leaves the folder")
        return target

    def _take(self, path: str, file: Path) -> None:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _NotRead("not a regular file")
        sighting = self._sighting(path, _look(status))
        self.sightings[path] = sighting
        if sighting.is_read:
            return
        if not self._has_settled(sighting, status):
            self.waiting.append(path)
            return
        if status.st_size > self._limits.bytes:
            raise _NotRead(f"{status.st_size} bytes; at most {self._limits.bytes} are read")
        if self._most is not None and len(self.found) >= self._most:
            self.left += 1
            return
        data, after = _read(file, self._limits.bytes)
        if _look(after) != sighting.look:
            self.waiting.append(path)
            return
        self.sightings[path] = replace(sighting, is_read=True)
        bytes_hash = hashlib.sha256(data).hexdigest()
        if self._seen.get(path) != bytes_hash:
            self.found.append(Found(path=path, data=data, bytes_hash=bytes_hash))

    def _sighting(self, path: str, look: Look) -> Sighting:
        before = self._before.get(path)
        if before is not None and before.look == look:
            return before
        return Sighting(look=look, since=self._now)

    def _has_settled(self, sighting: Sighting, status: os.stat_result) -> bool:
        # In seconds: a file's time may lie outside the years that a date can have.
        still = self._now.timestamp() - status.st_mtime
        return still >= SETTLED.total_seconds() or self._now - sighting.since >= SETTLED


class _NotRead(Exception):
    """Why a file is passed over; becomes an Unread."""


def _look(status: os.stat_result) -> Look:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _read(file: Path, limit: int) -> tuple[bytes, os.stat_result]:
    """Bytes and the look after reading. Neither a link nor a pipe put there meanwhile is opened."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(limit + 1)
        return data, os.fstat(stream.fileno())
