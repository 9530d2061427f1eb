"""Trees and blobs of a repository, by one process that answers as long as it is asked.

A tree that was read is known by its id, and most trees of a commit are those of the one before:
what is read is what changed.
"""

from __future__ import annotations

import subprocess
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from monitor.collect.git.program import command, environment
from monitor.errors import SourceUnavailable
from monitor.model.tuples import NamedTuple

_KEPT: Final = 64_000_000  # bytes of blobs and trees that are kept at once
_LINK, _MODULE, _TREE = "120000", "160000", "40000"


class Entry(NamedTuple):
    """A name in a tree: its mode as git writes it, and the id of what it names."""

    mode: str
    name: str
    id: str

    @property
    def is_folder(self) -> bool:
        return self.mode == _TREE


class TooLarge(Exception):
    """An object over the limit; the message says how large."""


class Objects:
    """Answers with the objects of one repository while it is open."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._size = 0

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def at(self, commit: str, path: str) -> Entry | None:
        """What a path names at a commit; None where there is nothing. `""` is the whole tree."""
        sort, data = self._object(commit)
        if sort != "commit":
            raise SourceUnavailable(f"{commit} is a {sort}, no commit")
        found = Entry(_TREE, "", data[5 : data.index(b"\n")].decode("ascii"))
        for step in [part for part in path.split("/") if part]:
            if found.mode != _TREE:
                return None
            inside = {entry.name: entry for entry in self.tree(found.id)}
            if step not in inside:
                return None
            found = inside[step]
        return found

    def files(self, entry: Entry, limit: int) -> Iterator[tuple[str, str]]:
        """Paths below a tree and the ids of their blobs, in git's order; links and submodules are
        passed over. Raises TooLarge with more than `limit` files."""
        count = 0
        waiting = [("", entry)]
        while waiting:
            path, one = waiting.pop()
            if one.mode == _TREE:
                inside = self.tree(one.id)
                begin = f"{path}/" if path else ""
                waiting += [(begin + part.name, part) for part in reversed(inside)]
            elif one.mode not in (_LINK, _MODULE):
                count += 1
                if count > limit:
                    raise TooLarge(f"more than {limit} files")
                yield path, one.id

    def tree(self, number: str) -> list[Entry]:
        """The entries of a tree."""
        sort, data = self._object(number)
        if sort != "tree":
            raise SourceUnavailable(f"{number} is a {sort}, no tree")
        return list(_entries(data, len(number) // 2))

    def blob(self, number: str, limit: int) -> bytes:
        """The bytes of a file. Raises TooLarge above `limit` bytes, which are not kept then."""
        _, data = self._object(number, limit)
        return data

    def _object(self, name: str, limit: int | None = None) -> tuple[str, bytes]:
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        found = self._asked(name, limit)
        self._kept[name] = found
        self._size += len(found[1])
        while self._size > _KEPT and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1][1])
        return found

    def _asked(self, name: str, limit: int | None) -> tuple[str, bytes]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            head = process.stdout.readline().decode().split()
            if len(head) != 3:
                raise SourceUnavailable(f"the repository has no {name[:12]}")
            size = int(head[2])
            if limit is not None and size > limit:
                self.close()  # what it would have answered is not read
                raise TooLarge(f"{size} bytes; at most {limit} are read")
            data = process.stdout.read(size)
            process.stdout.read(1)
        except (OSError, ValueError) as error:
            raise SourceUnavailable("git stopped answering") from error
        if len(data) != size:
            raise SourceUnavailable("git stopped answering")
        return head[1], data

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            line = command(self._repository, "cat-file", "--batch")
            try:
                self._process = subprocess.Popen(  # noqa: S603 - no shell, and no name is an option
                    line,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment(),
                )
            except OSError as error:
                raise SourceUnavailable(f"git cannot be run: {error.strerror}") from error
        return self._process


def _entries(data: bytes, width: int) -> Iterator[Entry]:
    """A tree as git stores it: mode, a space, the name, NUL, and the id in `width` bytes."""
    place = 0
    while place < len(data):
        space = data.index(b" ", place)
        end = data.index(b"\0", space)
        number = data[end + 1 : end + 1 + width].hex()
        name = data[space + 1 : end].decode(errors="surrogateescape")
        yield Entry(data[place:space].decode("ascii"), name, number)
        place = end + 1 + width
