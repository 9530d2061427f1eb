"""An empty draft: a partial snapshot of nothing yet, with what its writer needs at hand."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Kind
from monitor.model.record import Record

_WIDTH: Final = 100
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
        if collection.path in referred and collection.keys:
            yield from _comment(collection.title, _keys(collection, state))


def _keys(collection: Collection, state: Mapping[str, Any]) -> list[str]:
    """Newest first where the list grows by publications, as the last are cited again."""
    [key, *_] = collection.keys[0]
    found = [
        str(entry[key])
        for entry in state.get(collection.path) or ()
        if isinstance(entry, Mapping) and entry.get(key) is not None
    ]
    if len(found) <= _MOST:
        return found
    shown = found[-_MOST:] if collection.source is not None else found[:_MOST]
    return [*shown, f"and {len(found) - _MOST} more"]


def _comment(title: str, words: list[str]) -> Iterator[str]:
    if words:
        text = f"{title}: {', '.join(words)}"
        for row in textwrap.wrap(text, _WIDTH - 4, break_long_words=False, break_on_hyphens=False):
            yield f"# {row}" if row.startswith(title) else f"#   {row}"
