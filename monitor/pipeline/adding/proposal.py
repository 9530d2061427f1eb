"""What watching a place would come to: some versions read, nothing stored."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple, Protocol, runtime_checkable

from monitor.collect.bundle import unpack
from monitor.collect.limits import Limits
from monitor.collect.source import Item, Sample, Source, SourceMemory
from monitor.errors import SnapshotRefused, SourceUnavailable
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get
from monitor.mapping.entities import are_entities, objects_of
from monitor.mapping.inferred import Found, kind_from
from monitor.mapping.shaping import (
    Content,
    Shaping,
    content_of,
    inferred_from,
    kind_name,
    kind_of,
    written_of,
)
from monitor.mapping.snapshots import check_content
from monitor.model.comparison import Document, Json
from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.pipeline.adding.place import Wanted
from monitor.pipeline.intake.settling import file_name
from monitor.pipeline.intake.shaped import as_of_of, shaping_of
from monitor.settings.sources import SourceSettings

ENOUGH: Final = 10
"""Versions that say by what entries are told apart, all over the history."""

_BYTES: Final = 8_000_000
"""Of these versions together; the newest two are always read, because they hold now."""

SETTLING: Final = 1.1
"""Seconds after which a file that nobody writes to any more counts as whole."""

_SAMPLES: Final = 3
_SEVERAL: Final = 2
_ID: Final = "id"
_SLOT: Final = regex(r"\{([^{}]+)\}")


@runtime_checkable
class WithHistory(Protocol):
    """A source that knows more versions than it gives at once."""

    def sample(self, *, now: datetime, count: int) -> Sample:
        """The newest ones and some before them, all over the history."""


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
    sample: Sample


def propose(
    wanted: Wanted, *, base: Path, home: Path, contact: str, limits: Limits, now: datetime
) -> Proposal:
    """Look once, read, and find what is which. Raises SourceUnavailable, SnapshotRefused and what
    else keeps it from being read, with the place."""
    source = wanted.settings(home, contact)
    opened = source.open(base, limits)
    sample = _sample(opened, now)
    if source.entries is None and source.map is None:
        found = _file_each(sample, limits)
        if found is not None:
            # A file may be renamed: a field that names each entity goes before its name.
            named = {"key": _ID} if source.key is None and _are_named(found) else {}
            wanted = wanted.also(entries="files", **named)
            source = wanted.settings(home, contact)
    return _proposal(wanted, source, _Looked(opened, sample), limits)


def look_again(
    name: str, source: SourceSettings, *, base: Path, limits: Limits, now: datetime
) -> Proposal:
    """The same of a source that is in the configuration."""
    wanted = Wanted(name=name, sort="", keys={})
    opened = source.open(base, limits)
    sample = _sample(opened, now)
    return _proposal(wanted, source, _Looked(opened, sample), limits)


def _proposal(wanted: Wanted, source: SourceSettings, looked: _Looked, limits: Limits) -> Proposal:
    shaping = shaping_of(wanted.name, source)
    found, unread = _kind(looked, shaping, limits)
    kind = kind_from(found.text, name=kind_name(shaping)) if found else None
    shown = _shown(looked, shaping, limits, kind)
    (newest, item), before = shown[0], shown[1][0] if len(shown) > 1 else None
    check_content(newest)
    return Proposal(
        wanted=wanted,
        source=source,
        shaping=shaping,
        newest=newest,
        as_of=as_of_of(item, item.name),
        before=before,
        before_as_of=as_of_of(shown[1][1], item.name) if before else None,
        versions=looked.sample.versions,
        size=len(item.data),
        kind=found.text if found else None,
        lists=tuple(_lists(newest.document, newest.kind)),
        notes=(
            *looked.sample.notes,
            *unread,
            *(found.notes if found else ()),
            *dict.fromkeys(newest.problems),
        ),
    )


def _kind(
    looked: _Looked, shaping: Shaping, limits: Limits
) -> tuple[Found | None, tuple[str, ...]]:
    """The kind that holds in all versions that were looked at, where none is there, and lines on
    those that cannot be read."""
    if kind_of(shaping) is not None:
        return None, ()
    written: list[Json] = []
    unread: list[str] = []
    first: SnapshotRefused | None = None
    size = 0
    for item in reversed(looked.sample.items):
        size += len(item.data)
        if len(written) >= _SEVERAL and size > _BYTES:
            break
        try:
            document = _written(looked.source, item, shaping, limits)
        except SnapshotRefused as error:
            first = first or error
            unread.append(f"passed over: {error}")
            continue
        if document not in written[-1:]:
            written.append(document)
    if not written:
        raise first or SourceUnavailable("there is nothing to read")
    return inferred_from(written[::-1], shaping), tuple(unread[:_SAMPLES])


def _shown(
    looked: _Looked, shaping: Shaping, limits: Limits, kind: Kind | None
) -> list[tuple[Content, Item]]:
    """The newest version that can be read, and the one before it."""
    found: list[tuple[Content, Item]] = []
    first: SnapshotRefused | None = None
    for item in reversed(looked.sample.items):
        try:
            files, as_of, names = _given(looked.source, item, limits)
            content = content_of(files, shaping, limits, as_of=as_of, shown=names, kind=kind)
        except SnapshotRefused as error:
            first = first or error
            continue
        found.append((content, item))
        if len(found) == _SEVERAL:
            break
    if not found:
        raise first or SourceUnavailable("there is nothing to read")
    return found


def _file_each(sample: Sample, limits: Limits) -> list[Document] | None:
    """The files of a folder where each is an entity, in the newest version that can be read."""
    for item in reversed(sample.items):
        if not item.is_bundle:
            return None
        with suppress(SnapshotRefused):
            found = objects_of(unpack(item.data, limits, name=item.name), limits)
            return found if are_entities(found) else None
    return None


def _are_named(documents: Sequence[Document]) -> bool:
    """Whether each has an id of its own."""
    ids = [document.get(_ID) for document in documents]
    plain = [one for one in ids if isinstance(one, str | int) and not isinstance(one, bool)]
    return len(set(plain)) == len(documents)


def _sample(opened: Source, now: datetime) -> Sample:
    if isinstance(opened, WithHistory):
        return opened.sample(now=now, count=ENOUGH)
    look = opened.look(SourceMemory(), now=now, most=1000)
    if look.waiting and not look.items:
        # A person has saved it just now and waits: it takes a second to see that it stands still.
        time.sleep(SETTLING)
        later = now + timedelta(seconds=SETTLING)
        look = opened.look(SourceMemory(), now=later, most=1000)
    if look.waiting and not look.items:
        raise SourceUnavailable(f"{opened.shown('')} is being written; try again in a moment")
    if look.unread and not look.items:
        first = look.unread[0]
        raise SourceUnavailable(f"{opened.shown(first.name)}: {first.reason}")
    if not look.items:
        raise SourceUnavailable(f"{opened.shown('')}: there is nothing to read")
    ordered = sorted(look.items, key=lambda item: as_of_of(item, opened.shown(item.name)))
    return Sample(items=tuple(ordered[-ENOUGH:]), versions=len(look.items) + look.left)


def _written(opened: Source, item: Item, shaping: Shaping, limits: Limits) -> Json:
    files, as_of, names = _given(opened, item, limits)
    return written_of(files, shaping, limits, as_of=as_of, shown=names)


def _given(
    opened: Source, item: Item, limits: Limits
) -> tuple[dict[str, bytes], str, dict[str, str]]:
    """The files of an item, when it was true, and how a person finds each file."""
    shown = opened.shown(item.name)
    files = (
        unpack(item.data, limits, name=shown)
        if item.is_bundle
        else {file_name(item.name): item.data}
    )
    names = {name: f"{shown}:{name}" if item.is_bundle else shown for name in files}
    return files, as_of_of(item, shown), names


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


def _named(collection: Collection, entry: Json) -> str:
    """An entry by its first label that says something, else by its key and first values."""
    if not isinstance(entry, dict):
        return str(entry)
    for label in (collection.label or "", *collection.other_labels):
        values = [get(entry, name) for name in _SLOT.findall(label)]
        if values and all(_is_said(value) for value in values):
            return _SLOT.sub(lambda slot: str(get(entry, slot[1])), label)
    keys = [get(entry, name) for names in collection.keys[:1] for name in names]
    plain = [str(value) for value in (*keys, *entry.values()) if _is_said(value)]
    return ", ".join(list(dict.fromkeys(plain))[:2])


def _is_said(value: object) -> bool:
    return isinstance(value, str | int | float) and str(value).strip() != ""
