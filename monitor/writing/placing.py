"""What a person has placed, as the partial snapshot that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.kinds.kind import Collection, Kind
from monitor.model.comparison import Document
from monitor.model.paths import PathStep, read_place
from monitor.model.record import NONE, Record


class Placement(Record):
    """Values for the fields of one entry; `path` names it: `delegations[red].members[ash]`.
    `status`, `said_by` and `sources` go to where its kind keeps provenance."""

    path: str
    values: Mapping[str, Any] = NONE
    status: str | None = None
    said_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    removed: bool = False


def partial_of(placements: Iterable[Placement], kind: Kind) -> Document:
    """The content of a partial snapshot; what several say of one entry stands there once, the
    last word on a field holding, sources of all.

    Raises ValueError for a path that names no entry of the kind.
    """
    document: Document = {}
    for one in placements:
        entry, collection = _entry(document, one.path, kind)
        if one.removed:
            entry["x-removed"] = True
            continue
        entry.update(one.values)
        _say(entry, collection, one)
    return document


def _entry(document: Document, path: str, kind: Kind) -> tuple[dict[str, Any], Collection]:
    entry: dict[str, Any] = document
    collection = kind.collections[""]
    for step in read_place(path) or ():
        below = f"{collection.path}.{step.name}" if collection.path else step.name
        if below not in kind.collections or step.key is None:
            raise ValueError(f"{path}: {below} is no list with a key")
        collection = kind.collections[below]
        entry = _found(entry.setdefault(step.name, []), step, collection)
    if not collection.path:
        raise ValueError(f"{path!r} names no entry")
    return entry, collection


def _found(entries: list[dict[str, Any]], step: PathStep, collection: Collection) -> dict[str, Any]:
    names = _key_fields(step.key or (), collection)
    for entry in entries:
        if tuple(str(entry.get(name)) for name in names) == step.key:
            return entry
    made = dict(zip(names, step.key or (), strict=True))
    entries.append(made)
    return made


def _key_fields(key: Sequence[str], collection: Collection) -> tuple[str, ...]:
    for names in collection.keys:
        if len(names) == len(key):
            return names
    raise ValueError(f"an entry of {collection.path} is not named by [{','.join(key)}]")


def _say(entry: dict[str, Any], collection: Collection, one: Placement) -> None:
    fields = collection.provenance
    if fields is None:
        return
    if fields.firmness and one.status is not None:
        entry[fields.firmness] = one.status
    if fields.said_by and one.said_by:
        entry[fields.said_by] = list(one.said_by)
    if fields.sources and one.sources:
        known = entry.get(fields.sources) or []
        entry[fields.sources] = list(dict.fromkeys((*known, *one.sources)))
