"""What watching a place would come to: one or two versions read, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple, Protocol, runtime_checkable

from monitor.collect.bundle import unpack
from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.collect.source import Item, Source, SourceMemory
from monitor.errors import SourceUnavailable
from monitor.kinds.kind import Collection, Kind
from monitor.mapping.inferred import kind_from
from monitor.mapping.shaping import Content, Shaping, content_of, inferred_from, kind_name
from monitor.mapping.snapshots import check_content
from monitor.model.comparison import Document
from monitor.model.record import Record
from monitor.pipeline.adding.place import Wanted
from monitor.pipeline.intake.settling import file_name
from monitor.pipeline.intake.shaped import as_of_of, shaping_of
from monitor.settings.sources import SourceSettings

ENOUGH: Final = 2
"""Versions that say by what entries are told apart; the newest ones, which hold now."""

_SAMPLES: Final = 3
_SEVERAL: Final = 2
_ID: Final = "id"
_OBJECTS: Final = (".yaml", ".yml", ".json")


@runtime_checkable
class WithHistory(Protocol):
    """A source that knows more versions than it gives at once."""

    def newest(self, *, now: datetime, count: int) -> tuple[tuple[Item, ...], int]:
        """The newest ones, ascending, and how many there are in all."""


class Listed(Record):
    """A list that was found: how many entries, by what they are told apart, and some of them."""

    path: str
    title: str
    count: int
    keys: tuple[str, ...]
    names: tuple[str, ...]


class Proposal(Record):
    """`wanted` with what was found out of the form; `newest` is the state now and `before` the one
    before it, where a history has it.

    `kind` is the text of the kind that was found, None where one was given; `notes` are lines for
    a person: by what lists are matched, what was passed over.
    """

    wanted: Wanted
    source: SourceSettings
    shaping: Shaping
    newest: Content
    as_of: str
    before: Content | None = None
    before_as_of: str | None = None
    versions: int = 1
    size: int
    kind: str | None = None
    lists: tuple[Listed, ...] = ()
    notes: tuple[str, ...] = ()


class _Looked(NamedTuple):
    source: Source
    items: Sequence[Item]
    versions: int


def propose(
    wanted: Wanted, *, base: Path, home: Path, contact: str, limits: Limits, now: datetime
) -> Proposal:
    """Look once, read, and find what is which. Raises SourceUnavailable, SnapshotRefused and what
    else keeps it from being read, with the place."""
    source = wanted.settings(home, contact)
    opened = source.open(base, limits)
    items, versions = _newest(opened, now)
    if source.entries is None and source.map is None:
        found = _file_each(items[-1], limits)
        if found is not None:
            # A file may be renamed: a field that names each entity goes before its name.
            named = {"key": _ID} if source.key is None and _are_named(found) else {}
            wanted = wanted.also(entries="files", **named)
            source = wanted.settings(home, contact)
    return _proposal(wanted, source, _Looked(opened, items, versions), limits)


def look_again(
    name: str, source: SourceSettings, *, base: Path, limits: Limits, now: datetime
) -> Proposal:
    """The same of a source that is in the configuration."""
    wanted = Wanted(name=name, sort="", keys={})
    opened = source.open(base, limits)
    items, versions = _newest(opened, now)
    return _proposal(wanted, source, _Looked(opened, items, versions), limits)


def _proposal(wanted: Wanted, source: SourceSettings, looked: _Looked, limits: Limits) -> Proposal:
    opened, items, versions = looked
    shaping = shaping_of(wanted.name, source)
    read = [_content(opened, item, shaping, limits) for item in items]
    kind, text, notes = _kind(shaping, read)
    if text is not None:
        read = [_content(opened, item, shaping, limits, kind) for item in items]
    newest = read[-1]
    check_content(newest)
    times = [as_of_of(item, opened.shown(item.name)) for item in items]
    return Proposal(
        wanted=wanted,
        source=source,
        shaping=shaping,
        newest=newest,
        as_of=times[-1],
        before=read[0] if len(read) > 1 else None,
        before_as_of=times[0] if len(read) > 1 else None,
        versions=versions,
        size=len(items[-1].data),
        kind=text,
        lists=tuple(_lists(newest.document, newest.kind)),
        notes=(*notes, *dict.fromkeys(newest.problems)),
    )


def _file_each(item: Item, limits: Limits) -> list[Document] | None:
    """The files of a folder where each is an entity: several objects with names in common."""
    if not item.is_bundle:
        return None
    files = unpack(item.data, limits, name=item.name)
    if len(files) < _SEVERAL or not all(name.lower().endswith(_OBJECTS) for name in files):
        return None
    found = [read_document(data, name=name, limits=limits).document for name, data in files.items()]
    if not all(isinstance(document, dict) for document in found):
        return None
    return found if set[str].intersection(*map(set, found)) else None


def _are_named(documents: Sequence[Document]) -> bool:
    """Whether each has an id of its own."""
    ids = [document.get(_ID) for document in documents]
    plain = [one for one in ids if isinstance(one, str | int) and not isinstance(one, bool)]
    return len(set(plain)) == len(documents)


def _newest(opened: Source, now: datetime) -> tuple[tuple[Item, ...], int]:
    if isinstance(opened, WithHistory):
        return opened.newest(now=now, count=ENOUGH)
    look = opened.look(SourceMemory(), now=now, most=1000)
    if look.waiting and not look.items:
        raise SourceUnavailable(f"{opened.shown('')} is being written; try again in a moment")
    if look.unread and not look.items:
        first = look.unread[0]
        raise SourceUnavailable(f"{opened.shown(first.name)}: {first.reason}")
    if not look.items:
        raise SourceUnavailable(f"{opened.shown('')}: there is nothing to read")
    ordered = sorted(look.items, key=lambda item: as_of_of(item, opened.shown(item.name)))
    return tuple(ordered[-ENOUGH:]), len(look.items) + look.left


def _content(
    opened: Source, item: Item, shaping: Shaping, limits: Limits, kind: Kind | None = None
) -> Content:
    shown = opened.shown(item.name)
    files = (
        unpack(item.data, limits, name=shown)
        if item.is_bundle
        else {file_name(item.name): item.data}
    )
    names = {name: f"{shown}:{name}" if item.is_bundle else shown for name in files}
    as_of = as_of_of(item, shown)
    return content_of(files, shaping, limits, as_of=as_of, shown=names, kind=kind)


def _kind(
    shaping: Shaping, read: Sequence[Content]
) -> tuple[Kind | None, str | None, tuple[str, ...]]:
    """The kind that was found, its text, and by what lists are matched; nothing where one is."""
    if read[-1].inferred is None:
        return None, None, ()
    written = [content.written for content in read]
    if len(written) > 1 and written[0] == written[-1]:
        written = written[-1:]
    found = inferred_from(written, shaping)
    return kind_from(found.text, name=kind_name(shaping)), found.text, found.notes


def _lists(document: Document, kind: Kind) -> list[Listed]:
    found = []
    for path, collection in kind.collections.items():
        if not path or "." in path or collection.ignored:
            continue
        entries = document.get(path)
        if not isinstance(entries, list):
            continue
        found.append(
            Listed(
                path=path,
                title=collection.title or path,
                count=len(entries),
                keys=tuple("+".join(names) for names in collection.keys),
                names=tuple(_named(collection, entry) for entry in entries[:_SAMPLES]),
            )
        )
    return found


def _named(collection: Collection, entry: object) -> str:
    """An entry by its label, else by its first values."""
    if not isinstance(entry, dict):
        return str(entry)
    label = collection.label or ""
    for name in entry:
        value = entry[name]
        if isinstance(value, str | int | float):
            label = label.replace(f"{{{name}}}", str(value))
    if label and "{" not in label:
        return label
    plain = [str(value) for value in entry.values() if isinstance(value, str | int | float)]
    return ", ".join(plain[:2])
