"""What a person means by a place: an address, a repository, a file, a folder."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from monitor.collect.git.place import holds_repository, without_secret
from monitor.collect.git.place import is_address as is_repository
from monitor.errors import NotFound, SettingsError
from monitor.model.latin import in_latin
from monitor.model.record import Record
from monitor.net.address import is_address, read_address
from monitor.settings.sources import SORTS, SourceSettings
from monitor.settings.tables import FileFaults, read_table

_HISTORY: Final = ("path", "since", "branch")
"""Options that only a history has."""

_SORTS: Final = {
    "file": "a file",
    "folder": "a folder",
    "git": "a repository",
    "http": "an address",
    "command": "a command",
}
_NOW: Final = re.compile(r"^(current|latest)-|-(current|latest)$")
"""What is watched is what holds now, whatever else its name says."""
_GENERIC: Final = frozenset(("data", "index", "export", "download", "latest", "api", "answer"))
_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
LONGEST: Final = 40


def sort_of_place(place: str, options: Mapping[str, Any], base: Path) -> str:
    """The key of the source: `file`, `folder`, `git`, `http`. Raises NotFound."""
    wants_history = any(options.get(name) for name in _HISTORY)
    if is_address(place):
        return "git" if wants_history or _without_query(place).endswith(".git") else "http"
    path = base / place
    if path.is_dir():
        is_history = holds_repository(path) and (wants_history or not (path / ".git").exists())
        return "git" if is_history else "folder"
    if path.exists():
        return "file"
    if is_repository(place):
        return "git"
    raise NotFound(f"there is no {place}: want a file, a folder, a repository or an address")


class Wanted(Record):
    """A source as a person wants it: `keys` are what the configuration says of it."""

    name: str
    sort: str
    keys: Mapping[str, Any]

    def settings(self, home: Path, contact: str) -> SourceSettings:
        """Raises SettingsError for every wrong option, as the command line calls it."""
        known = {entry.name for entry in fields(SORTS[self.sort])}
        for name in self.keys.keys() - known:
            text = f"--{name.replace('_', '-')} does not go with {_SORTS[self.sort]}"
            raise SettingsError(f"{text}, which {self.keys[self.sort]} is")
        faults = FileFaults("monitor watch", {})
        source = read_table(SORTS[self.sort], dict(self.keys), f"sources.{self.name}", faults)
        if source is None:
            here = f"monitor watch: sources.{self.name}."
            lines = [line.replace(here, "--") for line in faults.found]
            raise SettingsError(lines[0], others=tuple(lines[1:]))
        if source.misfit is not None:
            raise SettingsError(f"--{source.misfit}")
        return replace(source, home=home, contact=contact)

    def also(self, **keys: Any) -> Wanted:
        return Wanted(name=self.name, sort=self.sort, keys={**self.keys, **keys})


def wanted(place: str, options: Mapping[str, Any], *, name: str, base: Path) -> Wanted:
    """What is to be watched. Paths are written as they are found from the configuration's folder.

    Raises NotFound for a place that is none.
    """
    if not place.strip():
        raise NotFound("an empty place: want a file, a folder, a repository or an address")
    sort = sort_of_place(place, options, base)
    if sort == "http":
        read_address(place)  # refuses a password without saying it
    keys: dict[str, Any] = {sort: place if sort == "http" else _written(place, base)}
    for key, value in options.items():
        if value is not None and value is not False and value != ():  # 0 says something
            keys[key] = list(value) if isinstance(value, tuple) else value
    if sort == "folder" and "entries" not in keys and not _is_dated(base / place):
        keys["together"] = True
    return Wanted(name=name, sort=sort, keys=keys)


def from_home(given: str | None, *, base: Path, home: Path) -> str | None:
    """The file of a kind or mapping, named from where a person stands, as it is found from the
    folder in which the source is written down. What is no file here stays as it is."""
    if given is None or not Path(given).is_file():
        return given
    whole = Path(os.path.abspath(given))  # noqa: PTH100 - no links
    if whole.is_relative_to(os.path.abspath(base)):  # noqa: PTH100 - no links
        return os.path.relpath(whole, home)
    return str(whole)


def _is_dated(folder: Path) -> bool:
    """Whether each file of a folder says its day: then each is a version of its own."""
    names = [file.name for file in folder.iterdir() if file.is_file() and file.name[0] != "."]
    return bool(names) and all(_DAY.search(name) for name in names)


def name_of(place: str, options: Mapping[str, Any]) -> str:
    """A short name for a source: that of the path in a repository, else of the file or address."""
    for stem in _stems(place, options):
        name = _NOW.sub("", slug(stem))
        if name and name not in _GENERIC:
            return name
    return "watched"


def title_of(place: str, options: Mapping[str, Any], name: str) -> str | None:
    """What a place is called in letters of its own, where a name cannot have these."""
    stem = next(_stems(place, options), "")
    is_own = slug(stem) == name or (name == "watched" and not slug(stem))
    return stem if is_own and not stem.isascii() and stem.isprintable() else None


def slug(text: str) -> str:
    """Lower-case letters, digits and inner hyphens, as a situation's name has."""
    plain = unicodedata.normalize("NFKD", in_latin(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def _stems(place: str, options: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a path without their endings, the last one first."""
    path = str(options.get("path") or "") or _without_query(without_secret(place))
    if is_address(path):
        path = unquote(path)
    for part in reversed(re.split(r"[/\\:]+", path)):
        if part not in ("", ".", ".."):
            yield PurePosixPath(part).stem.removesuffix(".git")


def _without_query(place: str) -> str:
    return place.partition("?")[0].partition("#")[0].rstrip("/")


def _written(place: str, base: Path) -> str:
    if is_repository(place):
        return place
    whole, here = Path(os.path.abspath(place)), Path(os.path.abspath(base))  # noqa: PTH100 - no links
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)
