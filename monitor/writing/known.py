"""The names that a situation has, from its latest state and what its kind says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Field, Kind
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple
from monitor.writing.exonyms import also_called
from monitor.writing.marks import Named

_OF: Final = regex(r"(?:the )?([A-Z]\w+) of (?:the )?([A-Z][\w ]+)")
_ONE_FIELD: Final = regex(r"\{([\w.]+)\}")
PLACE: Final = ":"
"""In the collection of a place: `rounds:city`. It is a value, and no entry has it for a key."""
_NAMES: Final = 6
"""Words that a name has at most; a longer text is none."""


class KnownName(NamedTuple):
    """An entity with everything that it is called. `person`: it is called by its last name too."""

    entity: Named
    forms: tuple[str, ...]
    person: bool


def known_names(kind: Kind, state: Mapping[str, Any]) -> tuple[KnownName, ...]:
    """Of every list that names its entries, in the order of the kind; of one inside another the
    entries of all its holders."""
    people = speakers(kind)
    listed = tuple(
        KnownName(Named(collection.path, key), forms, _is_of_persons(collection, people))
        for collection in kind.collections.values()
        if _is_named(collection)
        for key, forms in _entries(collection, state)
    )
    places = tuple(_places(kind, state))
    cities = {one.entity.key for one in places}
    return (*(one for one in listed if not _is_no_name(one, cities)), *places)


def _is_no_name(one: KnownName, cities: set[str]) -> bool:
    """Inside another list: a plain word, or a venue that is called as its city is."""
    plain = not any(word[0].isupper() for form in one.forms for word in form.split())
    return "." in one.entity.collection and (plain or bool(cities & {*one.forms}))


def _is_of_persons(collection: Collection, people: frozenset[str]) -> bool:
    """Those who speak or belong to something, and members who stand in no list of their own."""
    member = collection.membership
    return collection.path in people or (member is not None and (member.entity,) in collection.keys)


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
                    found.setdefault(value, f"{collection.path}{PLACE}{field}")
    for value, path in found.items():
        yield KnownName(Named(path, value), (value, *also_called(value)), False)


def _turned(name: str) -> str:
    """Transport Ministry, for the Ministry of Transport; empty where nothing can be turned."""
    found = _OF.fullmatch(name)
    return f"{found[2]} {found[1]}" if found else ""


def entries_of(path: str, holder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Of the list at a path, whichever entries hold it."""
    name, _, below = path.partition(".")
    listed = holder.get(name)
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping):
            yield from entries_of(below, entry) if below else (entry,)


def speakers(kind: Kind) -> frozenset[str]:
    """The lists of those who speak and belong to something: what `x-membership` and the field of
    who said it refer to."""
    return frozenset(
        field.ref
        for collection in kind.collections.values()
        for name in _persons_in(collection)
        if (field := collection.fields.get(name)) is not None and field.ref
    )


def voices(kind: Kind) -> frozenset[str]:
    """The lists of those who can be quoted: members who stand in no list of their own as well."""
    people = speakers(kind)
    return people | {path for path, one in kind.collections.items() if _is_of_persons(one, people)}


def _persons_in(collection: Collection) -> Iterator[str]:
    if collection.membership is not None:
        yield collection.membership.entity
    if collection.provenance is not None and collection.provenance.said_by:
        yield collection.provenance.said_by


def _is_named(collection: Collection) -> bool:
    top = collection.path != "" and not collection.ignored
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
    for entry in entries_of(collection.path, state):
        if field is None:
            continue
        others = entry.get(collection.aliases) if collection.aliases else ()
        called: list[Any] = [entry.get(field.name), *(others if isinstance(others, list) else ())]
        called += [turned for one in called if isinstance(one, str) and (turned := _turned(one))]
        own = [one for one in called if isinstance(one, str) and 0 < len(one.split()) <= _NAMES]
        forms = tuple(dict.fromkeys([*own, *(each for one in own for each in also_called(one))]))
        if forms and entry.get(key) is not None:
            yield str(entry[key]), forms
