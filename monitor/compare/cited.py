"""What the sources of a document are (`x-source`), and which of them are the newest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.kinds.kind import Kind
from monitor.kinds.values import get
from monitor.model.comparison import Document, Json, Publication


def read_sources(document: Document, kind: Kind) -> Mapping[str, Publication]:
    """The entries of a kind's lists of sources (`x-source`), by id."""
    found = {}
    for path, collection in kind.collections.items():
        entries = get(document, path) if collection.source is not None else None
        for entry in entries if isinstance(entries, list) else ():
            identity = str(get(entry, collection.keys[0][0]))
            fields = collection.source
            assert fields is not None
            found[identity] = Publication(
                id=identity,
                publisher=_text(entry, fields.publisher),
                title=_text(entry, fields.title),
                url=_text(entry, fields.url),
                published=_text(entry, fields.published),
            )
    return found


def _text(entry: Json, name: str | None) -> str | None:
    value = get(entry, name) if name else None
    return value if isinstance(value, str) else None


def newest_first(identities: Iterable[str], published: Mapping[str, str]) -> tuple[str, ...]:
    """Each once, by their dates of publication; those without one come last, in their order."""
    return tuple(
        sorted(dict.fromkeys(identities), key=lambda each: published.get(each, ""), reverse=True)
    )


def is_older(published: str | None, than: str | None) -> bool:
    """Whether one date of publication lies plainly before another: not if one is unknown, nor if
    they differ only in how exact they are."""
    if not published or not than:
        return False
    shared = min(len(published), len(than))
    return published[:shared] < than[:shared]
