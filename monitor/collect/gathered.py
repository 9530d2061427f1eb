"""The source that is a folder read as one document: a file for each entity, or tables that belong
together. Each new content of the whole is a version, of when its newest file was written.
"""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, TypeAlias

from monitor.collect.bundle import pack
from monitor.collect.limits import Limits
from monitor.collect.listing import os_reason
from monitor.collect.source import Look, SourceMemory, Unread
from monitor.collect.succession import Answer, after, answered, item_of
from monitor.errors import SourceUnavailable

ENDINGS: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".ods")
FILES: Final = 20_000
SETTLED: Final = timedelta(seconds=1)
"""How long the newest file has to stand still before all are read."""

Outside: TypeAlias = tuple[int, int, int, int]
_KINDS: Final = (".kind.yaml", ".kind.yml", ".kind.json", ".map.yaml", ".map.yml")


class GatheredSource:
    """A folder and those in it. Looking at what looks as it did costs a question for each file."""

    def __init__(
        self, path: Path, *, name: Path | None = None, files: str | None = None, limits: Limits
    ) -> None:
        self._path = path
        self._name = name or path
        self._files = files
        self._limits = limits
        self._read: dict[str, Outside] | None = None
        self._seen: tuple[dict[str, Outside], datetime] | None = None

    def shown(self, name: str) -> str:  # noqa: ARG002 - it has one name
        return str(self._name)

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:  # noqa: ARG002
        before = answered(known.memory)
        nothing = Look(newest=before.newest, memory=known.memory)
        try:
            there = self._there()
            if there == self._read and not known.owed:
                return nothing
            if not self._has_settled(there, now):
                return nothing._replace(waiting=(self._path.name,))
            size = sum(outside[0] for outside in there.values())
            if size > self._limits.bytes:
                why = f"{size} bytes in all; at most {self._limits.bytes} are read"
                return nothing._replace(unread=(Unread(self._path.name, why),))
            data = pack({name: (self._path / name).read_bytes() for name in there})
            if self._there() != there:
                return nothing._replace(waiting=(self._path.name,))
        except FileNotFoundError:
            raise SourceUnavailable(f"there is no folder {self._name}") from None
        except (OSError, ValueError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else str(error)
            raise SourceUnavailable(f"{self._name}: {reason}") from error
        self._read = there
        answer = Answer(data, self._written(there), is_bundle=True)
        item = item_of(answer, before, name=self._path.name, now=now, owed=known.owed)
        if item is None:
            return nothing
        return Look(items=(item,), newest=item.name, memory=after(item).written())

    def _there(self) -> dict[str, Outside]:
        """The files that are read, by their path below the folder, ascending."""
        return files_below(self._path, self._files)

    def _has_settled(self, there: dict[str, Outside], now: datetime) -> bool:
        if self._seen is None or self._seen[0] != there:
            self._seen = (there, now)
        still = now - self._written(there)
        return still >= SETTLED or now - self._seen[1] >= SETTLED

    def _written(self, there: dict[str, Outside]) -> datetime:
        newest = max(outside[1] for outside in there.values())
        return datetime.fromtimestamp(max(0, newest) / 1e9, tz=UTC)


def files_below(folder: Path, pattern: str | None = None) -> dict[str, Outside]:
    """The plain files below a folder that are read, by their path in it, ascending.

    Raises FileNotFoundError without a folder, ValueError where there are none or too many.
    """
    if not folder.is_dir():
        raise FileNotFoundError
    found: dict[str, Outside] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            below = file.relative_to(folder).as_posix()
            status = file.lstat()
            if stat.S_ISREG(status.st_mode) and _is_read(below, pattern):
                found[below] = _outside(status)
        if len(found) > FILES:
            raise ValueError(f"more than {FILES} files")
    if not found:
        raise ValueError(f"no file that is read ({pattern or ', '.join(ENDINGS)})")
    return dict(sorted(found.items()))


def _is_read(name: str, pattern: str | None) -> bool:
    if name.rpartition("/")[2].startswith("."):
        return False
    if pattern is not None:
        return fnmatchcase(name, pattern)
    lower = name.lower()
    return lower.endswith(ENDINGS) and not lower.endswith(_KINDS)


def _outside(status: os.stat_result) -> Outside:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
