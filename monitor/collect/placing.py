"""Where a partial snapshot speaks of a place in the state that it was laid over."""

from __future__ import annotations

from typing import Any

from monitor.kinds.faults import Path
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.walking import child
from monitor.model.comparison import Json


def said_at(path: Path, state: Json, content: Json, kind: Kind) -> Path:
    """The path in `content` of what stands at `path` in `state`, as far down as it speaks of it.

    Entries are found by key, because their places differ.
    """
    found: list[str | int] = []
    collection: Collection | None = kind.collections.get("")
    inside_list = False
    for step in path:
        value = _at(state, step)
        written: str | int | None = None
        if isinstance(step, str):
            inside_list = collection is not None and step in collection.children
            collection = child(collection, step, kind) if collection and inside_list else collection
            written = step if isinstance(content, dict) and step in content else None
        elif inside_list and collection is not None:
            written = _same_entry(value, content, collection)
        elif isinstance(content, list) and step < len(content):
            written = step
        if written is None:
            break
        found.append(written)
        state, content = value, _at(content, written)
    return tuple(found)


def _same_entry(entry: Json, entries: Json, collection: Collection) -> int | None:
    if not isinstance(entries, list):
        return None
    wanted = set(key_tokens(entry, collection))
    places = (n for n, one in enumerate(entries) if wanted & set(key_tokens(one, collection)))
    return next(places, None)


def _at(value: Any, step: str | int) -> Json:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
