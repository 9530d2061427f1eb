"""What a state holds, for a reader who begins with it and has nothing to compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.compare.labels import EntityLabels
from monitor.kinds.fields import title_of
from monitor.kinds.keys import key_level
from monitor.kinds.kind import ENVELOPE, Collection, Kind
from monitor.kinds.walking import inside
from monitor.model.comparison import Document, Json
from monitor.model.contents import Contents, Listed

NAMED: Final = 3
"""Entries of a list that are called by name."""


def contents_of(document: Document, kind: Kind) -> Contents:
    """The lists of the document itself with their first names, and its plain values.

    What does not belong to the content, and what is only said about it (sources), is left out.
    """
    labels = EntityLabels(document, kind)
    return Contents(
        lists=tuple(_lists(document, kind, labels)), facts=tuple(_facts(document, kind))
    )


def _lists(document: Document, kind: Kind, labels: EntityLabels) -> Iterator[Listed]:
    for path in kind.collections[""].children:
        collection = kind.collections[path]
        entries = inside(document, path)
        is_about = collection.source is not None
        if collection.ignored or is_about or not isinstance(entries, list):
            continue
        title = collection.title or title_of(path)
        yield Listed(
            path=path,
            title=title[:1].upper() + title[1:],
            count=len(entries),
            names=_names(entries[:NAMED], collection, labels),
        )


def _names(
    entries: Sequence[Json], collection: Collection, labels: EntityLabels
) -> tuple[str, ...]:
    found = []
    for entry in entries:
        if not isinstance(entry, dict):
            name = str(entry) if isinstance(entry, str | int | float) else ""
        else:
            level = key_level(entry, collection)
            name = labels.of_chain(collection.path, (level,), [entry]) if level else ""
        found.append(name)
    # With a gap they would not be the first any more.
    return tuple(found) if all(found) else ()


def _facts(document: Document, kind: Kind) -> Iterator[tuple[str, Json]]:
    root = kind.collections[""]
    for name, value in document.items():
        field = root.fields.get(name)
        is_plain = isinstance(value, str | int | float) and value != ""
        if not is_plain or name in ENVELOPE or (field is not None and field.ignored):
            continue
        title = field.title if field is not None else title_of(name)
        yield title[:1].upper() + title[1:], field.say(value) if field is not None else value
