"""What a person has placed, as the partial snapshot that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.kinds.dotted import split_field
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.partial import REMOVED, is_described
from monitor.kinds.schema import types_of
from monitor.kinds.speaking import Speaking
from monitor.kinds.values import fold_text, get
from monitor.model.comparison import Document
from monitor.model.paths import PathStep, read_place
from monitor.model.record import NONE, Record


class Placement(Record):
    """Values for the fields of one entry; `path` names it: `delegations[red].members[ash]`.
    `status`, `said_by`, `day` and `sources` go to where its kind keeps provenance."""

    path: str
    values: Mapping[str, Any] = NONE
    status: str | None = None
    said_by: tuple[str, ...] = ()
    day: str | None = None
    sources: tuple[str, ...] = ()
    removed: bool = False


def partial_of(placements: Iterable[Placement], kind: Kind) -> Document:
    """The content of a partial snapshot; what several say of one entry stands there once, the
    last word on a field holding, sources of all.

    Raises ValueError for a path that names no entry of the kind.
    """
    document: Document = {}
    for one in placements:
        place_in(document, one, kind)
    return document


def place_in(document: Document, placement: Placement, kind: Kind) -> None:
    """The same on top of a partial snapshot, which is changed. Raises ValueError."""
    entry, collection = _entry(document, placement.path, kind)
    if placement.removed:
        entry[REMOVED] = True
        return
    if entry.get(REMOVED):
        raise ValueError(f"{placement.path} is taken out in this draft ({REMOVED})")
    for name, value in placement.values.items():
        _set(entry, split_field(name) if name in collection.fields else (name,), value, collection)
    _say(entry, collection, placement)


def collection_of(path: str, kind: Kind) -> Collection:
    """The list whose entry a path names. Raises ValueError when it names none."""
    return _entry({}, path, kind)[1]


def _entry(document: Document, path: str, kind: Kind) -> tuple[dict[str, Any], Collection]:
    entry: dict[str, Any] = document
    collection, pending = kind.collections[""], ""
    for step in read_place(path) or ():
        pending = f"{pending}.{step.name}" if pending else step.name
        below = f"{collection.path}.{pending}" if collection.path else pending
        if below not in kind.collections and step.key is None:
            continue
        if below not in kind.collections or step.key is None:
            raise ValueError(f"{path}: {below} is no list with a key")
        collection = kind.collections[below]
        entry = _found(_list(entry, split_field(pending), path), step, collection, kind)
        pending = ""
    if not collection.path or pending:
        raise ValueError(f"{path!r} names no entry")
    return entry, collection


def _list(entry: dict[str, Any], steps: Sequence[str], path: str) -> list[Any]:
    """A list that is absent or empty is made; one of a found kind may stand deeper."""
    for step in steps[:-1]:
        entry = entry.setdefault(step, {})
    if entry.get(steps[-1]) is None:
        entry[steps[-1]] = []
    entries = entry[steps[-1]]
    if not isinstance(entries, list):
        raise ValueError(f"{path}: {steps[-1]} is no list in this draft")
    return entries


def _found(
    entries: list[Any], step: PathStep, collection: Collection, kind: Kind
) -> dict[str, Any]:
    key = tuple(fold_text(one) for one in step.key or ())
    alternatives = [names for names in collection.keys if len(names) == len(key)]
    if not alternatives or "" in key:
        raise ValueError(f"an entry of {collection.path} is not named by [{','.join(key)}]")
    for names in alternatives:
        for entry in entries:
            if isinstance(entry, dict) and tuple(_written(get(entry, one)) for one in names) == key:
                return entry
    made: dict[str, Any] = {}
    for name, text in zip(alternatives[0], key, strict=True):
        _set(made, split_field(name), _typed(text, name, collection, kind), collection)
    entries.append(made)
    return made


def _written(value: Any) -> str | None:
    if isinstance(value, str):
        return fold_text(value)
    return str(value) if isinstance(value, int | float) else None


def _typed(text: str, name: str, collection: Collection, kind: Kind) -> Any:
    """A key as its kind wants it: numbers in a path are text."""
    path = [part for step in split_field(collection.path) for part in (step, 0)]
    wanted: set[str] = set()
    for schema in Speaking(kind.schema).at((*path, *split_field(name))):
        wanted |= set(types_of(schema))
    digits = text.removeprefix("-").isdecimal()
    return int(text) if digits and wanted & {"integer", "number"} else text


def _set(
    entry: dict[str, Any], steps: Sequence[str], value: Any, collection: Collection, at: str = ""
) -> None:
    """An object that the kind describes field by field keeps the fields that are not named."""
    name, *deeper = steps
    inside = f"{at}{name}."
    if deeper:
        if not isinstance(entry.get(name), dict):
            entry[name] = {}
        _set(entry[name], deeper, value, collection, inside)
    elif isinstance(value, Mapping) and is_described(collection, inside):
        for below, each in value.items():
            _set(entry, (name, below), each, collection, at)
    else:
        entry[name] = value


def _say(entry: dict[str, Any], collection: Collection, one: Placement) -> None:
    fields = collection.provenance
    if fields is None:
        return
    if fields.firmness and one.status is not None:
        entry[fields.firmness] = one.status
    if fields.said_by and one.said_by:
        entry[fields.said_by] = _many(one.said_by, fields.said_by, collection)
    if fields.day and one.day is not None:
        entry[fields.day] = one.day
    if fields.sources and one.sources:
        known = entry.get(fields.sources)
        listed = known if isinstance(known, list) else [] if known is None else [known]
        sources = tuple(dict.fromkeys((*listed, *one.sources)))
        entry[fields.sources] = _many(sources, fields.sources, collection)


def _many(names: tuple[str, ...], field: str, collection: Collection) -> Any:
    """All of them; the last where the kind has place for one."""
    described = collection.fields.get(field)
    return list(names) if described is None or described.is_list else names[-1]
