"""Where snapshots come from. A source answers one question: what is new since what I remember?

A source is a module in this package with a class of the shape of `Source`, and its section in
`settings/sources.py`. The rest of the program knows this page, and no source by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from monitor.model.authorship import Authorship
from monitor.model.tuples import NamedTuple

_NAMED: Final = 3  # of each sort of what is passed over


class SourceMemory(NamedTuple):
    """What the program remembers of a source; empty at the first look.

    `items` gives, by name, what told the bytes of an item apart that was handled last, taken in or
    refused. `memory` is what the source asked to be remembered: a commit, an ETag, a page; small,
    and nobody else's to read. `owed` are names of items that were given and could not be handled,
    by a fault of ours: they are wanted again, though the source may think them read.
    """

    items: Mapping[str, str] = {}
    memory: str | None = None
    owed: Collection[str] = ()


class Item(NamedTuple):
    """The bytes of one snapshot, and what a source knows of it beyond them.

    `name` is its own in this source for ever: a path, a path at a commit, a key. `digest` tells its
    bytes from others under that name: a hash of them. `folder` bounds where the file of its kind
    may lie; without one it names a shipped kind. `as_of` is when it was true, for a document that
    does not say; `learned_at` since when it could be known, where that was before this look. Both
    only where the source can tell. `is_bundle` says that `data` holds several files (see
    bundle.py). `authorship` is who published it.
    """

    name: str
    data: bytes
    digest: str
    folder: Path | None = None
    as_of: str | None = None
    learned_at: datetime | None = None
    is_bundle: bool = False
    authorship: Authorship | None = None


class Unread(NamedTuple):
    """An item that cannot be or is not read, and why. That of a whole folder ends in `/`."""

    name: str
    reason: str


class Ignored(NamedTuple):
    """What holds data by its name and is of no sort that is read; `why` is shared."""

    path: str
    why: str


class Look(NamedTuple):
    """What one look has found, sorted by name where it has no order of its own.

    `items` are new. `waiting` will be ready in a moment: the next look should be soon. `left`
    counts the new ones that were not given because there were enough; `left_in` are their folders
    (empty for the source's own), None where they may be of anything.

    `present` are the names of all items that the source has now; None where it cannot list them,
    and then none is ever missed. `hidden` are known ones that may or may not be there still.

    `newest` is the name of what holds now, where each item takes the place of the one before: a
    history, an answer, a file that is replaced. Nothing before it is missed or refused any more.
    `again` asks for the next look after that time, whatever the source's interval.
    `trouble` is said of the source although it gave what it has; `remark` is for whoever runs the
    program alone, since readers miss nothing.

    `memory` is kept when everything that was given has been handled. A process that ends before
    that asks with the memory before it; items that are known by then are no news to anybody.
    """

    items: tuple[Item, ...] = ()
    unread: tuple[Unread, ...] = ()
    waiting: tuple[str, ...] = ()
    left: int = 0
    left_in: frozenset[str] | None = None
    present: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()
    ignored: tuple[Ignored, ...] = ()
    newest: str | None = None
    again: timedelta | None = None
    trouble: str | None = None
    remark: str | None = None
    memory: str | None = None

    def has(self, name: str) -> bool:
        """Whether an item is there still, as far as can be seen."""
        if self.newest is not None:
            return name == self.newest or any(item.name == name for item in self.items)
        return self.present is None or name in self.present or name in self.hidden


class Sample(NamedTuple):
    """Some versions of a history, ascending, the newest last; `versions` is how many there are in
    all. `notes` are lines for a person on what cannot be read."""

    items: tuple[Item, ...]
    versions: int
    notes: tuple[str, ...] = ()


class Source(Protocol):
    """One source, made when a process first asks it and kept as long as that runs.

    It may keep what saves it work; losing that costs only the work.
    """

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:
        """What is new, at most `most` items, the oldest first where the source knows an order.

        Raises SourceUnavailable when there is nothing to ask; whatever concerns one item is
        `unread` and costs only that. It touches neither the store nor the log, so that it can wait
        for a network where nothing else waits for it.
        """

    def shown(self, name: str) -> str:
        """How a person finds the item of this name: a path, an address. Begins lines about it."""


def in_words(ignored: Sequence[Ignored]) -> str:
    """`3 files are not read: a.csv, b.tsv (a file of another sort); c.bak (...)`; else empty."""
    if not ignored:
        return ""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in ignored:
        by_reason[one.why].append(one.path)
    parts = [f"{_first_of(paths)} ({why})" for why, paths in sorted(by_reason.items())]
    count = "1 file is" if len(ignored) == 1 else f"{len(ignored)} files are"
    return f"{count} not read: {'; '.join(parts)}"


def _first_of(paths: Sequence[str]) -> str:
    more = len(paths) - _NAMED
    return ", ".join(paths[:_NAMED]) + (f" and {more} more" if more > 0 else "")
