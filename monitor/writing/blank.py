"""An empty draft: a partial snapshot of nothing yet, with what its writer needs at hand."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Kind
from monitor.model.latin import in_latin
from monitor.model.record import Record
from monitor.writing.known import name_field

_WIDTH: Final = 100
_SHORT: Final = 2
_MOST: Final = 60
"""Entries of a list that are named; more would be read by nobody."""
_HEAD: Final = """\
# The next version of {situation}, over the one of {base}. Nobody is told of it before
# `monitor draft publish {situation}`; `monitor draft preview {situation}` shows what they get.
# Write what has changed; what is left out stays. `null` clears a field, `x-removed: true` beside
# its key takes an entry out.
"""


class Envelope(Record):
    """What a snapshot says of itself. `base` is the date of the version it is laid over."""

    kind: str
    situation: str
    as_of: str
    title: str | None
    base: str


def blank(
    envelope: Envelope, kind: Kind, state: Mapping[str, Any], write: Callable[[dict[str, Any]], str]
) -> str:
    """The text of a draft; `write` makes YAML of a document."""
    said: dict[str, Any] = {
        "kind": envelope.kind,
        "situation": envelope.situation,
        "as_of": envelope.as_of,
        "coverage": "partial",
    }
    if envelope.title:
        said["title"] = envelope.title
    head = _HEAD.format(situation=envelope.situation, base=envelope.base)
    return head + write(said) + "\n" + "".join(f"{line}\n" for line in at_hand(kind, state))


def at_hand(kind: Kind, state: Mapping[str, Any]) -> Iterator[str]:
    """Comments with the keys of what can be referred to, and the lists that can be written."""
    lists = [
        f"{collection.path}[{','.join(collection.keys[0])}]"
        for collection in kind.collections.values()
        if collection.path and "." not in collection.path and collection.keys
    ]
    yield from _comment("Lists", lists)
    referred = {
        field.ref
        for collection in kind.collections.values()
        for field in collection.fields.values()
        if field.ref
    }
    for collection in kind.collections.values():
        seats = collection.membership is not None and name_field(collection) is not None
        if collection.keys and (collection.path in referred or seats):
            yield from _comment(collection.title, _keys(collection, kind, state))


def _keys(collection: Collection, kind: Kind, state: Mapping[str, Any]) -> list[str]:
    """Newest first where the list grows by publications, as the last are cited again. An id that
    does not show whose it is has the name beside it."""
    [key, *_] = collection.keys[0]
    field = name_field(collection)
    named: dict[str, str] = {}
    for entry in _entries(collection, kind, state):
        if entry.get(key) is not None:
            name = entry.get(field.name) if field is not None else None
            named[str(entry[key])] = str(name or "") or named.get(str(entry[key]), "")
    found = [_shown(each, name) for each, name in named.items()]
    if len(found) <= _MOST:
        return found
    shown = found[-_MOST:] if collection.source is not None else found[:_MOST]
    return [*shown, f"and {len(found) - _MOST} more"]


def _entries(
    collection: Collection, kind: Kind, state: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    above = kind.collections.get(collection.parent) if collection.parent else None
    holders = [state] if above is None else _entries(above, kind, state)
    for holder in holders:
        for entry in holder.get(collection.name) or ():
            if isinstance(entry, Mapping):
                yield entry


def _shown(key: str, name: str) -> str:
    words = [one for one in in_latin(name).lower().split() if len(one) > _SHORT]
    plain = not words or any(one in key.lower() for one in words)
    return key if plain else f"{key} ({name})"


def _comment(title: str, words: list[str]) -> Iterator[str]:
    if words:
        text = f"{title}: {', '.join(words)}"
        for row in textwrap.wrap(text, _WIDTH - 4, break_long_words=False, break_on_hyphens=False):
            yield f"# {row}" if row.startswith(title) else f"#   {row}"
