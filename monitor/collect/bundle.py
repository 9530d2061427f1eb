"""Several files as one: what a source gives that reads a folder as one document.

An uncompressed tar (POSIX.1-2001), whose bytes depend on names and contents alone.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused

MOST_FILES: Final = 100_000
_MODE: Final = 0o644


def pack(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes, whatever their order. Names are relative, with `/`.

    Raises ValueError for a name that leads elsewhere.
    """
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(files):
            if not _is_plain(name):
                raise ValueError(f"{name!r} is no name in a bundle")
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(files[name]), _MODE
            tar.addfile(entry, io.BytesIO(files[name]))
    return stream.getvalue()


def unpack(data: bytes, limits: Limits, *, name: str = "the bundle") -> dict[str, bytes]:
    """The files by name. Raises SnapshotRefused for anything but plain files within the limits."""
    if len(data) > limits.bytes:
        raise SnapshotRefused(f"{len(data)} bytes; at most {limits.bytes} are read", where=name)
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
            for entry in tar:
                _check(entry, files, name)
                held = tar.extractfile(entry)
                files[entry.name] = held.read() if held is not None else b""
    except (tarfile.TarError, EOFError, ValueError, UnicodeError) as error:
        raise SnapshotRefused(f"not a bundle of files: {error}", where=name) from None
    return files


def _check(entry: tarfile.TarInfo, files: Mapping[str, bytes], name: str) -> None:
    if not entry.isreg() or entry.issparse():
        raise SnapshotRefused(f"{entry.name} is not a plain file", where=name)
    if not _is_plain(entry.name):
        raise SnapshotRefused(f"{entry.name!r} is no name of a file in it", where=name)
    if entry.name in files:
        raise SnapshotRefused(f"{entry.name} stands twice in it", where=name)
    if len(files) >= MOST_FILES:
        raise SnapshotRefused(f"more than {MOST_FILES:,} files", where=name)


def _is_plain(name: str) -> bool:
    """Relative, below, and written in one way only; without a character that no name has."""
    path = PurePosixPath(name)
    return (
        bool(name)
        and "\0" not in name
        and not path.is_absolute()
        and ".." not in path.parts
        and str(path) == name
    )


def is_bundle(data: bytes) -> bool:
    """Whether bytes that were stored are a bundle: a tar says so in its first header."""
    return data[257:262] == b"ustar"
