"""Going through the entities of a document, and naming places in it by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Path
from monitor.kinds.keys import key_level, key_words
from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import Document, Json


def entities(document: Document, kind: Kind) -> Iterator[tuple[Collection, Any, Path]]:
    """Every entity with its collection and JSON path, the document itself first, parents first.

    Lenient: what is not a list where one is expected, or not an object in it, is passed over.
    """
    yield from _below(kind.collections[""], document, (), kind)


def named_path(path: Path, document: Json, kind: Kind) -> str:
    """A JSON path with keys for positions: `delegations[russia].members[kostyukov].role`."""
    text, collection = "", kind.collections.get("")
    value, inside_list = document, False
    for step in path:
        value = _step(value, step)
        if isinstance(step, str):
            text += f".{step}" if text else step
            inside_list = collection is not None and step in collection.children
            collection = child(collection, step, kind) if collection and inside_list else collection
        elif inside_list and collection and (level := key_level(value, collection)):
            text += f"[{key_words(level)}]"
        else:
            text += f"[{step}]"
    return text


def child(collection: Collection, name: str, kind: Kind) -> Collection:
    """The keyed list `name` of a collection's entries."""
    return kind.collections[f"{collection.path}.{name}" if collection.path else name]


def inside(entity: Mapping[str, Any], name: str) -> Any:
    """The list of this name in an entity; one of a kind that was inferred may stand deeper."""
    if name in entity or not ("." in name or '"' in name):
        return entity.get(name)
    value: Any = entity
    for step in split_field(name):
        value = _step(value, step) if isinstance(value, dict) else None
    return value


def _below(
    collection: Collection, entity: Any, path: Path, kind: Kind
) -> Iterator[tuple[Collection, Any, Path]]:
    if not isinstance(entity, dict):
        return
    yield collection, entity, path
    for name in collection.children:
        entries = inside(entity, name)
        if isinstance(entries, list):
            below = child(collection, name, kind)
            at = (*path, *split_field(name))
            for position, entry in enumerate(entries):
                yield from _below(below, entry, (*at, position), kind)


def _step(value: Json, step: str | int) -> Json:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
