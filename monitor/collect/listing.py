"""What lies in a folder: files that may hold snapshots, kinds, and what is passed over, and why.

The one reader of folders. Whatever cannot be looked at is named and costs only itself.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from monitor.collect.formats import by_ending
from monitor.collect.kindfile import is_kind_file, is_mapping_file
from monitor.collect.reader import ENDINGS
from monitor.collect.source import Ignored, Unread
from monitor.model.tuples import NamedTuple

DEPTH: Final = 8
"""Folders inside the one that is listed."""

_TEMPORARY: Final = ("~", ".tmp", ".swp", ".swo", ".swx", ".part", ".partial", ".crdownload")
_TEXTS_ABOUT: Final = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changes|changelog|news|authors|contributors|todo|notes|"
    r"install|requirements|robots|security|version|index)\b.*",
    re.IGNORECASE,
)
_PACKED: Final = (".gz", ".bz2", ".xz", ".zst", ".zip")
_DATED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b[^.]*")
_SPELT_NEARLY: Final = (".json5", ".jsonc", ".yam", ".ymal", ".jsn", ".geojson", ".txt")

DOCUMENTS: Final = (
    *ENDINGS,
    *(".jsonl", ".ndjson", ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".ods"),
)
"""Of what a source with a situation may give, in small letters."""

_COPIES: Final = "copies are not read"
_COMPRESSED: Final = "compressed files are not read"
_NO_ENDING: Final = f"the name does not end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"


class Listed(NamedTuple):
    """`path` is relative to the folder, with `/`; `file` is where it lies."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Listing:
    """Each sorted by path."""

    snapshots: tuple[Listed, ...]
    kinds: tuple[Listed, ...]
    unread: tuple[Unread, ...]
    ignored: tuple[Ignored, ...]


def list_folder(folder: Path, endings: tuple[str, ...] = ENDINGS) -> Listing:
    """Look into `folder` and the folders in it. Raises OSError when it cannot itself be listed.

    `endings` are those of files that may hold what is looked for.
    """
    look = _Look(endings)
    look.into(folder, "", 0)
    return Listing(
        snapshots=tuple(sorted(look.snapshots)),
        kinds=tuple(sorted(look.kinds)),
        unread=tuple(sorted(look.unread)),
        ignored=tuple(sorted(look.ignored)),
    )


def os_reason(error: OSError) -> str:
    """What the operating system says of it, without its number."""
    if error.errno == errno.ELOOP:
        return "a symbolic link that leads back to itself"
    return error.strerror or type(error).__name__


@dataclass(slots=True)
class _Look:
    endings: tuple[str, ...]
    snapshots: list[Listed] = field(default_factory=list)
    kinds: list[Listed] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def into(self, folder: Path, prefix: str, depth: int) -> None:
        with os.scandir(folder) as entries:
            for entry in _each(entries, prefix, self.unread):
                self._at(entry, f"{prefix}{entry.name}", depth)

    def _at(self, entry: os.DirEntry[str], path: str, depth: int) -> None:
        if is_temporary(entry.name):
            return
        if not entry.name.isprintable():  # nor are lone surrogates: bytes that are no UTF-8
            self.unread.append(Unread(ascii(path), "a name that cannot be shown"))
            return
        try:
            self._sort(entry, path, depth)
        except OSError as error:
            self.unread.append(Unread(path, os_reason(error)))

    def _sort(self, entry: os.DirEntry[str], path: str, depth: int) -> None:
        if entry.is_dir(follow_symlinks=False):
            self._folder(Path(entry.path), f"{path}/", depth + 1)
        elif entry.is_symlink() and entry.is_dir():
            self.unread.append(Unread(path, "a symbolic link to a folder"))
        elif is_kind_file(Path(entry.name)):
            self.kinds.append(Listed(path, Path(entry.path)))
        elif is_mapping_file(Path(entry.name)):
            return
        elif entry.name.lower().endswith(self.endings):
            self.snapshots.append(Listed(path, Path(entry.path)))
        elif why := why_ignored(entry.name):
            self.ignored.append(Ignored(path, why))

    def _folder(self, folder: Path, path: str, depth: int) -> None:
        if depth > DEPTH:
            self.unread.append(Unread(path, f"more than {DEPTH} folders deep"))
            return
        try:
            self.into(folder, path, depth)
        except (FileNotFoundError, NotADirectoryError):
            return  # it went away between listing and reading: as if it had not been there
        except OSError as error:
            self.unread.append(Unread(path, os_reason(error)))


def is_temporary(name: str) -> bool:
    """Hidden files, and what editors, offices and downloads leave while they work."""
    between = name.startswith("#") and name.endswith("#")
    return name.startswith((".", "~$")) or name.endswith(_TEMPORARY) or between


def why_ignored(name: str) -> str | None:
    """Why a file is passed over that somebody may have meant to be read; None for all others."""
    lower = name.lower()
    if found := by_ending(name):
        return None if _TEXTS_ABOUT.fullmatch(lower) else found.why
    inner, dot, _ = lower.rpartition(".")
    if lower.endswith(_PACKED) and (inner.endswith(ENDINGS) or by_ending(inner)):
        return _COMPRESSED
    if any(f"{ending}{mark}" in lower for ending in ENDINGS for mark in (".", " ", "-", "_")):
        return _COPIES
    if dot and lower.endswith((".bak", ".orig", ".old")):
        return _COPIES
    if lower.endswith(_SPELT_NEARLY) and not _TEXTS_ABOUT.fullmatch(lower):
        return _NO_ENDING
    return _NO_ENDING if _DATED.fullmatch(lower) else None


def _each(
    entries: Iterator[os.DirEntry[str]], prefix: str, unread: list[Unread]
) -> Iterator[os.DirEntry[str]]:
    """The entries up to where the disk fails, which is named; those before it still count."""
    try:
        yield from entries
    except OSError as error:
        unread.append(Unread(prefix or "./", f"only partly listed: {os_reason(error)}"))
