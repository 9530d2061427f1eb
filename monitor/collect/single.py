"""The source that is one file, which somebody replaces: each new content is a version.

`as_of` is when the file was last written.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.collect.listing import os_reason
from monitor.collect.source import Look, SourceMemory, Unread
from monitor.collect.succession import Answer, after, answered, item_of
from monitor.errors import SourceUnavailable

SETTLED: Final = timedelta(seconds=1)
"""How long the file has to stand still before it is read."""

Outside: TypeAlias = tuple[int, int, int, int]
"""Size, times of change of content and of entry (ns), inode: the same outside, the same bytes."""


class SingleFileSource:
    """One file. A look at a file that looks as it did costs one question to the system."""

    def __init__(self, path: Path, *, name: Path | None = None, limits: Limits) -> None:
        self._path = path
        self._name = name or path
        self._limits = limits
        self._read: Outside | None = None
        self._seen: tuple[Outside, datetime] | None = None

    def shown(self, name: str) -> str:  # noqa: ARG002 - it has one name
        return str(self._name)

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:  # noqa: ARG002
        before = answered(known.memory)
        nothing = Look(newest=before.newest, memory=known.memory)
        try:
            status = self._path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise SourceUnavailable(f"{self._name} is no regular file")
            outside = _outside(status)
            if outside == self._read and not known.owed:
                return nothing
            if not self._has_settled(outside, status, now):
                return nothing._replace(waiting=(self._path.name,))
            if status.st_size > self._limits.bytes:
                return nothing._replace(unread=(Unread(self._path.name, self._large(status)),))
            data = self._path.read_bytes()
            if _outside(self._path.stat()) != outside:
                return nothing._replace(waiting=(self._path.name,))
        except FileNotFoundError:
            raise SourceUnavailable(f"there is no file {self._name}") from None
        except OSError as error:
            raise SourceUnavailable(f"{self._name}: {os_reason(error)}") from error
        self._read = outside
        written = datetime.fromtimestamp(max(0, status.st_mtime), tz=UTC)
        item = item_of(
            Answer(data, written), before, name=self._path.name, now=now, owed=known.owed
        )
        if item is None:
            return nothing
        return Look(items=(item,), newest=item.name, memory=after(item).written())

    def _has_settled(self, outside: Outside, status: os.stat_result, now: datetime) -> bool:
        """A second after its time, or after it was first seen so: its clock may be ahead."""
        if self._seen is None or self._seen[0] != outside:
            self._seen = (outside, now)
        still = now.timestamp() - status.st_mtime
        return still >= SETTLED.total_seconds() or now - self._seen[1] >= SETTLED

    def _large(self, status: os.stat_result) -> str:
        return f"{status.st_size} bytes; at most {self._limits.bytes} are read"


def _outside(status: os.stat_result) -> Outside:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
