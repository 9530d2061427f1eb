"""The source that is a folder: settled files whose bytes are new.

A file is an event only as a pair (path, hash of its bytes) that was not seen before. Deleting or
renaming one changes nothing. What a snapshot is about is told by what it says, not where it lies.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.collect.listing import Listed, list_folder, os_reason
from monitor.collect.reader import ENDINGS
from monitor.collect.source import Item, Look, SourceMemory, Unread
from monitor.errors import NotFound, SourceUnavailable
from monitor.model.record import Record, replace

SETTLED: Final = timedelta(seconds=1)
"""How long a file has to stand still before it is read."""

Outside: TypeAlias = tuple[int, int, int, int]
"""Size, times of change of content and of entry (ns), inode: the same outside, the same bytes."""


_NOTHING: Final = SourceMemory()


class Sighting(Record):
    """How a file looked, since when it has looked so, and whether its bytes were taken."""

    look: Outside
    since: datetime
    is_read: bool = False


class FolderSource:
    """A folder and those in it. `name` is what lines about it begin with, if not with its path;
    `endings` are those of the files that count.

    A file has settled when its time is a second before `now`, or when it looked the same in a look
    a second ago (its time may lie in the future). Files that look as they did are not read again.
    """

    def __init__(
        self,
        path: Path,
        *,
        limits: Limits | None = None,
        name: Path | None = None,
        endings: tuple[str, ...] = ENDINGS,
    ) -> None:
        self._path = path
        self._endings = endings
        self._limits = limits or Limits()
        self._name = name or path
        self._sightings: Mapping[str, Sighting] = {}

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:
        try:
            return self.scan(known, now=now, most=most)
        except NotFound as error:
            raise SourceUnavailable(str(error)) from error
        except OSError as error:
            raise SourceUnavailable(f"{self._path}: {os_reason(error)}") from error

    def shown(self, name: str) -> str:
        return str(self._name / name)

    def scan(
        self, known: SourceMemory = _NOTHING, *, now: datetime, most: int | None = None
    ) -> Look:
        """The same. Raises NotFound without a folder, OSError for one that cannot be listed."""
        if not self._path.is_dir():
            raise NotFound(f"there is no folder {self._path}")
        root = Path(os.path.realpath(self._path, strict=True))
        listing = list_folder(root, self._endings)
        scanner = _Scanner(root, known, self._sightings, now, self._limits, most=most)
        for listed in _known_first(listing.snapshots, known):
            scanner.at(listed)
        self._sightings = scanner.sightings
        unread = tuple(sorted((*listing.unread, *scanner.unread)))
        closed = {one.name for one in unread}
        return Look(
            items=tuple(
                item._replace(folder=(self._path / item.name).parent)
                for item in sorted(scanner.found)
            ),
            unread=unread,
            waiting=tuple(sorted(scanner.waiting)),
            left=len(scanner.left),
            left_in=frozenset(map(_folder, scanner.left)),
            present=frozenset(scanner.sightings),
            hidden=frozenset(path for path in known.items if _is_below(path, closed)),
            ignored=listing.ignored,
        )


class _Scanner:
    def __init__(
        self,
        root: Path,
        known: SourceMemory,
        before: Mapping[str, Sighting],
        now: datetime,
        limits: Limits,
        *,
        most: int | None,
    ) -> None:
        self._root = root
        self._known = known
        self._before = before
        self._now = now
        self._limits = limits
        self._most = most
        self.left: list[str] = []
        self.found: list[Item] = []
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
        if path in self._known.owed:
            sighting = replace(sighting, is_read=False)
        self.sightings[path] = sighting
        if sighting.is_read:
            return
        if not self._has_settled(sighting, status):
            self.waiting.append(path)
            return
        if status.st_size > self._limits.bytes:
            raise _NotRead(f"{status.st_size} bytes; at most {self._limits.bytes} are read")
        if self._most is not None and len(self.found) >= self._most:
            self.left.append(path)
            return
        data, after = _read(file, self._limits.bytes)
        if _look(after) != sighting.look:
            self.waiting.append(path)
            return
        self.sightings[path] = replace(sighting, is_read=True)
        digest = hashlib.sha256(data).hexdigest()
        if self._known.items.get(path) != digest:
            self.found.append(Item(path, data, digest))

    def _sighting(self, path: str, look: Outside) -> Sighting:
        before = self._before.get(path)
        if before is not None and before.look == look:
            return before
        return Sighting(look=look, since=self._now)

    def _has_settled(self, sighting: Sighting, status: os.stat_result) -> bool:
        # In seconds: a file's time may lie outside the years that a date can have.
        still = self._now.timestamp() - status.st_mtime
        return still >= SETTLED.total_seconds() or self._now - sighting.since >= SETTLED


def _known_first(snapshots: Sequence[Listed], known: SourceMemory) -> list[Listed]:
    """Folders from which something was taken in come first, so that those who follow it do not wait
    for thousands of files of which nobody has heard."""
    folders = frozenset(map(_folder, known.items))
    return sorted(snapshots, key=lambda one: _folder(one.path) not in folders)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_below(path: str, closed: Collection[str]) -> bool:
    """Whether a path, or a folder that it lies in, is among those that could not be read."""
    if path in closed:
        return True
    return any(folder.endswith("/") and path.startswith(folder) for folder in closed)


class _NotRead(Exception):
    """Why a file is passed over; becomes an Unread."""


def _look(status: os.stat_result) -> Outside:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _read(file: Path, limit: int) -> tuple[bytes, os.stat_result]:
    """Bytes and the look after reading. Neither a link nor a pipe put there meanwhile is opened."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(limit + 1)
        return data, os.fstat(stream.fileno())
