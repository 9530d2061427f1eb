"""The lists of a document as a page shows them: what is new, back and gone since the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.compare.labels import EntityLabels
from monitor.compare.paths import format_path
from monitor.kinds.fields import title_of
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.walking import child, inside
from monitor.model.comparison import Comparison, Document, Key, KeyLevel
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.report import links

MOST: Final = 20
"""Entries of one list on a page."""

BELOW: Final = 24
"""Entries below one of them."""

NEW, CHANGED, GONE, RETURNED = "new", "changed", "gone", "returned"


class Entry(Record):
    """`mark` says what became of it since the baseline; `state` is the word of a closed list."""

    label: str
    url: str
    mark: str
    state: str
    below: tuple[Entry, ...] = ()
    more: int = 0


class ListView(Record):
    title: str
    entries: tuple[Entry, ...]
    count: int
    more: int
    changed: int
    """Entries, and entries below them, that are not as they were."""
    leads: bool
    """It is shown open: who belongs to what, or whatever comes first."""


class _Looking(Record):
    name: str
    kind: Kind
    labels: EntityLabels
    marks: Mapping[tuple[str, Key], str]
    gone: Mapping[tuple[str, Key], tuple[Entry, ...]]


def lists(
    name: str, document: Document, kind: Kind, against: Comparison | None, older: Document | None
) -> tuple[ListView, ...]:
    """Those at the top of the document; positions and sources have pages of their own."""
    labels = EntityLabels(document, kind, older=older)
    looking = _Looking(
        name=name,
        kind=kind,
        labels=labels,
        marks=_marks(against),
        gone=_gone(name, against, labels),
    )
    found = tuple(_lists(looking, document))
    if found and not any(one.leads for one in found):
        return (replace(found[0], leads=True), *found[1:])
    return found


def _lists(looking: _Looking, document: Document) -> Iterator[ListView]:
    for path in looking.kind.collections[""].children:
        collection = looking.kind.collections[path]
        entries = inside(document, path)
        if not _is_shown(collection) or not isinstance(entries, list) or not entries:
            continue
        found = _entries(looking, collection, entries, (), MOST)
        title = collection.title or title_of(path)
        yield ListView(
            title=visible(title[:1].upper() + title[1:], 120),
            entries=found,
            count=len(entries),
            more=max(0, len(entries) - MOST),
            changed=sum(
                bool(one.mark) + sum(bool(under.mark) for under in one.below) for one in found
            ),
            leads=any(one.membership for one in _with_those_below(looking.kind, collection)),
        )


def _with_those_below(kind: Kind, collection: Collection) -> Iterator[Collection]:
    yield collection
    for name in collection.children:
        yield child(collection, name, kind)


def _is_shown(collection: Collection) -> bool:
    return not (
        collection.ignored or collection.source is not None or collection.position is not None
    )


def _entries(
    looking: _Looking, collection: Collection, entries: Sequence[Any], above: Key, most: int
) -> tuple[Entry, ...]:
    found = []
    for entry in entries[:most]:
        level = key_level(entry, collection) if isinstance(entry, dict) else None
        if level:
            found.append(_entry(looking, collection, entry, (*above, level)))
    return (*found, *looking.gone.get((collection.path, above), ()))


def _entry(looking: _Looking, collection: Collection, entry: Mapping[str, Any], key: Key) -> Entry:
    below: list[Entry] = []
    more = 0
    if len(key) == 1:
        for name in collection.children:
            if name == collection.disputed:
                continue
            under = child(collection, name, looking.kind)
            entries = inside(entry, name)
            if _is_shown(under) and isinstance(entries, list):
                below += _entries(looking, under, entries, key, BELOW)
                more += max(0, len(entries) - BELOW)
    return Entry(
        label=visible(looking.labels.of(collection.path, key), 160),
        url=links.entity("", looking.name, format_path(collection.path, key)),
        mark=looking.marks.get((collection.path, key), ""),
        state=_state(collection, entry),
        below=tuple(below),
        more=more,
    )


def _state(collection: Collection, entry: Mapping[str, Any]) -> str:
    """The word of its state or role, if a closed list has it."""
    period, membership = collection.period, collection.membership
    names = (membership.role if membership else None, period.state if period else None)
    for name in names:
        field = collection.fields.get(name or "")
        value = entry.get(name or "")
        if field is not None and isinstance(value, str):
            return visible(str(field.say(value)), 60)
    return ""


def _marks(against: Comparison | None) -> dict[tuple[str, Key], str]:
    found: dict[tuple[str, Key], str] = {}
    if against is None:
        return found
    back = {
        each for finding in against.findings if finding.rule == RETURNED for each in finding.changes
    }
    for change in against.changes:
        place = change.collection, change.key
        if change.op == "added":
            found[place] = RETURNED if change.id in back else NEW
        elif change.op == "changed":
            found.setdefault(place, CHANGED)
    return found


def _gone(
    name: str, against: Comparison | None, labels: EntityLabels
) -> dict[tuple[str, Key], tuple[Entry, ...]]:
    """By list and what it belongs to."""
    found: dict[tuple[str, Key], tuple[Entry, ...]] = {}
    for change in against.changes if against is not None else ():
        if change.op != "removed" or not change.key:
            continue
        above: tuple[KeyLevel, ...] = change.key[:-1]
        entry = Entry(
            label=visible(labels.of(change.collection, change.key), 160),
            url=links.entity("", name, format_path(change.collection, change.key)),
            mark=GONE,
            state="",
        )
        place = change.collection, above
        found[place] = (*found.get(place, ()), entry)
    return found
