"""The facts of a situation, each with the entities that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.kinds.kind import Collection, Kind
from monitor.model.record import NONE, Record
from monitor.model.tuples import NamedTuple
from monitor.writing.known import name_field
from monitor.writing.marks import Named


class Fact(Record):
    """An entry of a list. `about` are the entities that its key and its parents' keys name, and
    itself where it has a name; `path` is as people write it: `delegations[red].members[ash]`."""

    path: str
    collection: Collection
    entry: Mapping[str, Any]
    about: frozenset[Named]
    units: Mapping[str, frozenset[str]] = NONE
    """What is counted, by the words for it in every language of the kind."""


class _Told(NamedTuple):
    kind: Kind
    units: Mapping[str, frozenset[str]]


def facts(kind: Kind, state: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Of all lists, in the order of the kind; who exists and what was published are no facts."""
    told = _Told(kind, _units(kind))
    top = [one for one in kind.collections.values() if one.path and "." not in one.path]
    return tuple(
        fact
        for collection in top
        if not collection.ignored and collection.source is None
        for fact in _below(told, collection, state, "", frozenset())
    )


def _units(kind: Kind) -> dict[str, frozenset[str]]:
    """`x-translations`: осіб is one of the words for persons."""
    found: dict[str, set[str]] = {}
    for said in (kind.schema.get("x-translations") or {}).values():
        for unit, forms in ((said or {}).get("units") or {}).items():
            words = forms.values() if isinstance(forms, Mapping) else (forms,)
            found.setdefault(str(unit), set()).update(str(one).lower() for one in words)
    return {unit: frozenset(words) for unit, words in found.items()}


def is_fact(collection: Collection) -> bool:
    """Whether its entries say something of somebody: they cite sources, or their keys refer."""
    refers = any(
        (field := collection.fields.get(name)) is not None and field.ref is not None
        for name in (collection.keys[0] if collection.keys else ())
    )
    return collection.provenance is not None or refers


def _below(
    told: _Told,
    collection: Collection,
    holder: Mapping[str, Any],
    path: str,
    about: frozenset[Named],
) -> Iterator[Fact]:
    if not collection.keys:
        return
    names = collection.keys[0]
    for entry in holder.get(collection.name) or ():
        if not isinstance(entry, Mapping):
            continue
        key = ",".join(str(entry.get(name)) for name in names)
        mine = about | frozenset(_about(collection, entry))
        here = f"{path}{collection.name}[{key}]"
        if is_fact(collection):
            yield Fact(path=here, collection=collection, entry=entry, about=mine, units=told.units)
        for child in collection.children:
            below = told.kind.collections[f"{collection.path}.{child}"]
            if child != collection.disputed:
                yield from _below(told, below, entry, f"{here}.", mine)


def _about(collection: Collection, entry: Mapping[str, Any]) -> Iterator[Named]:
    """What its key refers to; a key that refers to nothing names the entry itself."""
    for name in collection.keys[0]:
        field = collection.fields.get(name)
        if field is not None and field.ref is not None and isinstance(entry.get(name), str):
            yield Named(field.ref, entry[name])
        elif len(collection.keys[0]) == 1 and (
            "." not in collection.path or name_field(collection)
        ):
            yield Named(collection.path, str(entry.get(name)))
