"""Fields that hold the ids of entries of another list, when no kind says so.

A field of texts does where nearly all of them are ids of one list whose entries have names. Numbers
mean many things, in texts too, so that they have to be called after the list as well: `party_id`
and `parties`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.compare.alike import KEY
from monitor.compare.candidates import IDS, NAMES
from monitor.compare.match import Entity
from monitor.compare.namesakes import words_of
from monitor.compare.paths import join_field, split_field
from monitor.compare.spans import one_of
from monitor.compare.titles import title_of_reference
from monitor.kinds.kind import Collection, Field
from monitor.kinds.values import get
from monitor.model.comparison import Json
from monitor.model.record import replace

Entries = Mapping[str, Sequence[Entity]]
"""The entries of each collection, over all lists and both sides; the document's are its sides."""

# So many entries say what a field holds.
_SAMPLE: Final = 200
_NEARLY_ALL: Final = 0.8
_DEPTH: Final = 3
# A list of so many members at most is one of references.
_MEMBERS: Final = 50


def with_references(
    collections: Mapping[str, Collection], entries: Entries
) -> dict[str, Collection]:
    """The same collections, with a field for each that holds references."""
    targets = _targets(collections, entries)
    if not targets:
        return dict(collections)
    return {
        path: replace(collection, fields=found)
        if (found := dict(_fields(collection, entries.get(path, ()), targets)))
        else collection
        for path, collection in collections.items()
    }


def _targets(collections: Mapping[str, Collection], entries: Entries) -> dict[str, frozenset[Json]]:
    """The ids of the lists at the top whose entries are called otherwise than by their ids."""
    found: dict[str, frozenset[Json]] = {}
    for path in collections[""].children:
        collection = collections[path]
        if not collection.label or len(collection.keys) != 1 or len(collection.keys[0]) != 1:
            continue
        name = collection.keys[0][0]
        values = (get(entry, name) for entry in entries.get(path, ()))
        ids = frozenset(value for value in values if type(value) in (str, int))
        if len(ids) > 1:
            found[path] = ids
    return found


def _fields(
    collection: Collection, entries: Sequence[Entity], targets: Mapping[str, frozenset[Json]]
) -> Iterator[tuple[str, Field]]:
    for name, values in _columns(entries[:: max(1, len(entries) // _SAMPLE)]).items():
        if name in collection.children or name in (KEY, *IDS, *NAMES):
            continue
        fits = [path for path, ids in targets.items() if _names_entries(name, values, path, ids)]
        fits = [path for path in fits if path != collection.path or _is_apart(name, collection)]
        named = [path for path in fits if _is_called_after(name, path)]
        if len(named or fits) == 1:
            yield name, Field(name=name, title=title_of_reference(name), ref=(named or fits)[0])


def _columns(entries: Iterable[Json], above: str = "", depth: int = 0) -> dict[str, list[Json]]:
    """Texts and numbers by the dotted name of their field, those in short lists too."""
    found: dict[str, list[Json]] = {}
    for entry in entries:
        for name, value in entry.items() if isinstance(entry, dict) else ():
            path = f"{above}{join_field((name,))}"
            if isinstance(value, dict) and depth < _DEPTH:
                for inner, values in _columns([value], f"{path}.", depth + 1).items():
                    found.setdefault(inner, []).extend(values)
            elif isinstance(value, list):
                found.setdefault(path, []).extend(value[:_MEMBERS])
            elif value not in (None, ""):
                found.setdefault(path, []).append(value)
    return found


def _names_entries(name: str, values: list[Any], path: str, ids: frozenset[Json]) -> bool:
    types = set(map(type, values))
    if not types <= {str, int} or len(types) != 1:
        return False
    named = _is_called_after(name, path)
    known = sum(value in ids and (named or not _is_number(value)) for value in values)
    return known >= _NEARLY_ALL * len(values)


def _is_number(value: str | int) -> bool:
    """Of a table numbers are texts as well."""
    return isinstance(value, int) or value.isdecimal()


def _is_apart(name: str, collection: Collection) -> bool:
    """Whether a field of the list itself may name another of its entries: `parent`, `replaces`."""
    return all(name not in key for key in collection.keys)


def _is_called_after(name: str, path: str) -> bool:
    """Whether a field has a list's own word in its name: `home_team`, `partyId`, `speaker` not."""
    *_, last = split_field(path)
    noun = words_of(one_of(last))
    return bool(noun) and noun[-1] in (word for word in words_of(name))
