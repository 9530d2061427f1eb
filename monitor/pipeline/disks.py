"""The file systems that the program writes to, and whether there is room on them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from monitor.pipeline.program import KEPT_SECRET, Program, store_file

LEAST_SPACE = 50_000_000
"""Bytes below which a disk counts as full, while there is still room to say so."""

LEAST_FILES = 1000
"""The same for the number of files that can still be made: one for each mail, where they are."""

SMALL = 10
"""A file system that is small itself counts as full when less than one part in so many is free."""


class Short(NamedTuple):
    """A file system without room, by a folder on it, and the line about it."""

    folder: Path
    text: str


def written_to(program: Program) -> tuple[Path, ...]:
    """Folders: of the database, the mail files and the kept secret."""
    settings = program.settings
    folders = [(settings.base / KEPT_SECRET).parent]
    if (file := store_file(settings)) is not None:
        folders.append(file.parent)
    if (mail := settings.channel.folder(settings)) is not None:
        folders.append(mail)
    return tuple(folders)


def short_of_room(folders: Iterable[Path]) -> Iterator[Short]:
    """Each file system once. What cannot be asked is left to who writes there."""
    seen = set()
    for wanted in folders:
        folder = _there(wanted)
        try:
            found, device = os.statvfs(folder), folder.stat().st_dev
        except OSError:
            continue
        if device not in seen:
            seen.add(device)
            yield from _judge(folder, found)


def _judge(folder: Path, found: os.statvfs_result) -> Iterator[Short]:
    free, total = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    if free < min(LEAST_SPACE, total // SMALL):
        yield Short(folder, f"the disk of {folder} is full: {_size(free)} of {_size(total)} free")
    # Some file systems have no number of files to run out of, and say 0.
    elif found.f_files and found.f_favail < min(LEAST_FILES, found.f_files // SMALL):
        yield Short(
            folder,
            f"the disk of {folder} is full: {found.f_favail} of {found.f_files} inodes free",
        )


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number < LEAST_SPACE else f"{number // 1_000_000} MB"


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)
