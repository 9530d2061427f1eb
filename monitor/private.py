"""Files that hold addresses, mail or secrets: for their owner alone, whatever the umask."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

FILE = 0o600
FOLDER = 0o700
_OTHERS = 0o077


def make_folder(path: Path) -> None:
    """Makes a folder and those above it that are missing; what is there already stays as it is.

    Raises OSError.
    """
    missing = []
    while not path.exists():
        missing.append(path)
        path = path.parent
    for folder in reversed(missing):
        # Another process may be quicker.
        folder.mkdir(mode=FOLDER, exist_ok=True)
    if not path.is_dir():
        path.mkdir()  # raises what is in the way


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file that is made or replaced as a whole's worth of bytes; raises OSError.

    A file that was there becomes private as well; a device or a pipe is only written to.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE)
    with os.fdopen(descriptor, "wb") as file:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            with contextlib.suppress(PermissionError):
                os.fchmod(descriptor, FILE)
        yield file


def tighten(paths: Iterable[Path]) -> None:
    """Takes what others may do off files and folders of an earlier version.

    What is absent, a symbolic link, or another user's stays as it is.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            if mode & _OTHERS and (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may enter a folder or read a file; False when it is absent."""
    try:
        return bool(path.lstat().st_mode & _OTHERS)
    except OSError:
        return False
