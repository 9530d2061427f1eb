"""`[sources.NAME]`: the sorts of sources, each with its keys and the way to open it.

A source is known by its key for the place: `folder = "snapshots"`. The module is loaded when asked.
"""

# ruff: noqa: RUF009 - `key` makes a dataclass field, as `field` does, and every default is frozen.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from monitor.settings import keys
from monitor.settings.keys import key, required

if TYPE_CHECKING:
    from monitor.collect.limits import Limits
    from monitor.collect.source import Source

FORMATS: Final = ("yaml", "json", "jsonl", "csv", "tsv", "xlsx", "ods")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """What all sorts have in common.

    With a `situation`, the source gives documents of it, and no snapshots with an envelope: the
    keys after it say how they are read and what in them is which entity.
    """

    is_remote: ClassVar[bool] = False
    """Whether a look may wait for somebody else: it is taken beside everything else then."""

    @property
    def is_shared(self) -> bool:
        """Whether every machine would find the same there, so that one of them asks for all."""
        return self.is_remote

    interval: timedelta = key(keys.duration, timedelta(seconds=5))
    stale_after: timedelta | None = key(keys.duration_or_never, None)
    situation: str | None = key(keys.optional_text, None)
    title: str | None = key(keys.optional_text, None)
    kind: str | None = key(keys.optional_text, None)
    map: str | None = key(keys.optional_text, None)
    format: str | None = key(keys.choice(*FORMATS), None)
    sheet: str | None = key(keys.optional_text, None)
    header: int | None = key(keys.integer(0, 1000), None)
    separator: str | None = key(keys.choice(",", ";", "\t", "|"), None)
    encoding: str | None = key(keys.optional_text, None)
    entries: str | None = key(keys.choice("files"), None)
    key: str | None = key(keys.optional_text, None)
    contact: str = field(default="", repr=False, compare=False)
    """Whom a stranger can ask about our requests."""
    home: Path = field(default=Path(), repr=False, compare=False)
    """The folder of the file that it is written in: kinds and mappings lie there."""

    @property
    def where(self) -> str:
        """The place as it is written in the configuration."""
        raise NotImplementedError

    @property
    def misfit(self) -> str | None:
        """What no key can say of itself: one that does nothing without another."""
        return None

    def open(self, base: Path, limits: Limits) -> Source:
        """`base` is where relative paths start. Asks nothing yet, so that nothing can fail."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings(SourceSettings):
    """A folder of snapshots, or, with a situation, of its versions; `together`, or with a file for
    each entity, all files are one document."""

    folder: str = required(keys.text)
    files: str | None = key(keys.optional_text, None)
    together: bool = key(keys.boolean, False)

    @property
    def where(self) -> str:
        return self.folder

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.folder import FolderSource
        from monitor.collect.listing import DOCUMENTS
        from monitor.collect.reader import ENDINGS

        path = base / self.folder
        # From the configuration's folder, so that a file is called the same wherever one stands.
        name = path.relative_to(base) if path.is_relative_to(base) else path
        if self.situation is not None and (self.together or self.entries):
            from monitor.collect.gathered import GatheredSource

            return GatheredSource(path, name=name, files=self.files, limits=limits)
        return FolderSource(
            path,
            limits=limits,
            name=name,
            endings=ENDINGS if self.situation is None else DOCUMENTS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings(SourceSettings):
    """One file that somebody replaces."""

    file: str = required(keys.text)

    @property
    def where(self) -> str:
        return self.file

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.single import SingleFileSource

        return SingleFileSource(base / self.file, name=Path(self.file), limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings(SourceSettings):
    """An address, asked over and over."""

    is_remote: ClassVar[bool] = True

    interval: timedelta = key(keys.duration, timedelta(minutes=15))
    http: str = required(keys.web_address)
    headers: Mapping[str, str] = field(default_factory=dict, metadata={"read": keys.headers})
    as_of: str | None = key(keys.optional_text, None)
    next: str | None = key(keys.optional_text, None)
    items: str = key(keys.text_or_empty, "")
    confirm: timedelta | None = key(keys.duration_or_never, timedelta(seconds=20))
    timeout: timedelta = key(keys.duration, timedelta(minutes=1))
    private: tuple[str, ...] = key(keys.places, ())
    ca_file: str | None = key(keys.optional_text, None)

    @property
    def where(self) -> str:
        return self.http.partition("?")[0]

    @property
    def misfit(self) -> str | None:
        if not self.items or self.next:
            return None
        return (
            "items names the list in each of several JSON pages, and goes with next; in one "
            f"document a mapping does: rows: {self.items}"
        )

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.http.opening import place_of
        from monitor.collect.http.source import HttpSource

        return HttpSource(place_of(self, base), limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSettings(SourceSettings):
    """What a program prints."""

    is_remote: ClassVar[bool] = True

    interval: timedelta = key(keys.duration, timedelta(minutes=15))
    command: tuple[str, ...] = required(keys.command)
    timeout: timedelta = key(keys.duration, timedelta(minutes=1))

    @property
    def where(self) -> str:
        return " ".join(self.command)

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.command import CommandSource

        return CommandSource(self.command, folder=base, limit=self.timeout, limits=limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class GitSettings(SourceSettings):
    """A path in a git repository, in a folder here or at an address."""

    is_remote: ClassVar[bool] = True

    interval: timedelta = key(keys.duration, timedelta(minutes=1))
    git: str = required(keys.text)
    path: str = key(keys.text_or_empty, "")
    branch: str | None = key(keys.branch, None)
    since: str | None = key(keys.day, None)
    files: str | None = key(keys.optional_text, None)
    copies: str = key(keys.text, "var/git")
    private: tuple[str, ...] = key(keys.places, ())

    @property
    def is_shared(self) -> bool:
        from monitor.collect.git.place import is_address

        return is_address(self.git)

    @property
    def where(self) -> str:
        from monitor.collect.git.place import without_secret

        return without_secret(self.git) + (f" {self.path}" if self.path else "")

    def open(self, base: Path, limits: Limits) -> Source:
        from monitor.collect.git.mirror import LocalRepository, Mirror, Repository
        from monitor.collect.git.place import is_address, without_secret
        from monitor.collect.git.source import GitPath, GitSource

        repository: Repository
        if is_address(self.git):
            copies = base / self.copies
            repository = Mirror(
                self.git, copies, branch=self.branch, since=self.since, private=self.private
            )
        else:
            name = without_secret(self.git)
            repository = LocalRepository(base / self.git, name=name, branch=self.branch)
        followed = GitPath(path=self.path.strip("/"), since=self.since, files=self.files)
        return GitSource(repository, followed, limits=limits)


SORTS: Final[Mapping[str, type[SourceSettings]]] = {
    "folder": FolderSettings,
    "file": FileSettings,
    "git": GitSettings,
    "http": HttpSettings,
    "command": CommandSettings,
}
"""By the key that names the place, and by which the sort is known."""


def sort_of(_name: str, table: Any) -> type[SourceSettings]:
    """The section that fits a table; a folder where none does, whose reading says what lacks."""
    written = [key for key in SORTS if isinstance(table, Mapping) and key in table]
    return SORTS[written[0]] if written else FolderSettings
