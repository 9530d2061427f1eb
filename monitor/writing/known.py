"""The names that a situation has, from its latest state and what its kind says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Field, Kind
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple
from monitor.writing.marks import Named

_ONE_FIELD: Final = regex(r"\{([\w.]+)\}")
_NAMES: Final = 6
"""Words that a name has at most; a longer text is none."""


class KnownName(NamedTuple):
    """An entity with everything that it is called. `person`: it is called by its last name too."""

    entity: Named
    forms: tuple[str, ...]
    person: bool


def known_names(kind: Kind, state: Mapping[str, Any]) -> tuple[KnownName, ...]:
    """Of every list at the top that names its entries, in the order of the kind."""
    people = speakers(kind)
    listed = tuple(
        KnownName(Named(collection.path, key), forms, collection.path in people)
        for collection in kind.collections.values()
        if _is_named(collection)
        for key, forms in _entries(collection, state)
    )
    return (*listed, *_places(kind, state))


def _places(kind: Kind, state: Mapping[str, Any]) -> Iterator[KnownName]:
    """Where planned things are (`x-period`): a city is named by a value and has no entry. One that
    stands in several fields is known by the first."""
    found: dict[str, str] = {}
    for collection in kind.collections.values():
        if collection.period is None or "." in collection.path:
            continue
        for entry in state.get(collection.path) or ():
            for field in collection.period.place if isinstance(entry, Mapping) else ():
                if isinstance(value := entry.get(field), str):
                    found.setdefault(value, f"{collection.path}.{field}")
    for value, path in found.items():
        yield KnownName(Named(path, value), (value,), False)


def speakers(kind: Kind) -> frozenset[str]:
    """The lists of those who speak and belong to something: what `x-membership` and the field of
    who said it refer to."""
    return frozenset(
        field.ref
        for collection in kind.collections.values()
        for name in _persons_in(collection)
        if (field := collection.fields.get(name)) is not None and field.ref
    )


def _persons_in(collection: Collection) -> Iterator[str]:
    if collection.membership is not None:
        yield collection.membership.entity
    if collection.provenance is not None and collection.provenance.said_by:
        yield collection.provenance.said_by


def _is_named(collection: Collection) -> bool:
    top = collection.path != "" and "." not in collection.path and not collection.ignored
    single = any(len(key) == 1 for key in collection.keys)
    return top and single and collection.source is None and name_field(collection) is not None


def name_field(collection: Collection) -> Field | None:
    """The one field that the label of an entry consists of: its name. None where it has none."""
    label = _ONE_FIELD.fullmatch(collection.label or "")
    field = collection.fields.get(label[1]) if label else None
    return field if field is not None and field.ref is None else None


def _entries(
    collection: Collection, state: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    field = name_field(collection)
    [key, *_] = (names[0] for names in collection.keys if len(names) == 1)
    for entry in state.get(collection.path) or ():
        if not isinstance(entry, Mapping) or field is None:
            continue
        others = entry.get(collection.aliases) if collection.aliases else ()
        called = [entry.get(field.name), *(others if isinstance(others, list) else ())]
        forms = tuple(
            one for one in called if isinstance(one, str) and 0 < len(one.split()) <= _NAMES
        )
        if forms and entry.get(key) is not None:
            yield str(entry[key]), forms
