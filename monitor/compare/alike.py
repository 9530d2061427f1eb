"""Which objects of a document are collections: names that stand for entries, or lists of them.

`{"c01": [...], "c02": [...]}` and `{"ann": {...}, "bob": {...}}` are collections, at any depth;
`{"people": [...], "places": [...]}` is an object with two lists in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, TypeAlias

from monitor.model.patterns import regex

KEY: Final = "@key"

Sort: TypeAlias = Literal["entities", "lists"]

# A name counts as common when this share of the entries has it.
_COMMON: Final = 0.8
# How alike the common names of one member have to be to those of all.
_ALIKE: Final = 0.7
# So many alike members are no coincidence, whatever they are called.
_SEVERAL: Final = 3
SAMPLE: Final = 300
# An object that stands outside of any list is there once on each side.
_SIDES: Final = 2
_CODE: Final = regex(r".*\d.*|[A-Z]{2,}|[A-Z]+[-_.][A-Z]+|.*[^\w\s-].*")
# So few lists under plain words are sections of a document, unless the same entries stand in them.
_SECTIONS: Final = 8
# One in so many members may be null.
_NULLS: Final = 4
# Two alike objects are entries when they have so many names in common.
_TELLING: Final = 3

Member: TypeAlias = list[Any]
"""The entries that stand under one name, over all objects and both sides."""


def sort_of(objects: Sequence[dict[str, Any]], *, root: bool) -> Sort | None:
    """What the values of these objects are, which stand in one place; None for mere fields."""
    members = _members(objects)
    if len(members) < 2:
        return None
    if _inner(members) is not None:
        return "lists"
    values = [value for member in members.values() for value in member]
    if _few_are_null(values) and all(v is None or isinstance(v, dict) for v in values):
        values = [value for value in values if value is not None]
        members = {n: [v for v in member if v is not None] for n, member in members.items()}
    if root and _are_entities(values):
        return "entities"
    if any(isinstance(value, list) for value in values):
        return "lists" if _several(members) and _are_lists(objects, members, values) else None
    if not (_strict(members.values()) and _are_entities(values)):
        return None
    apart = len(objects) <= _SIDES and len(_common(values)) >= _TELLING
    return "entities" if apart or _several(members) else None


def _are_lists(
    objects: Sequence[dict[str, Any]], members: dict[str, Member], values: Sequence[Any]
) -> bool:
    """Whether these are lists of alike entries, but for a null here and there."""
    if not _few_are_null(values) or not all(v is None or isinstance(v, list) for v in values):
        return False
    entries = [[e for part in member for e in (part or ())[:SAMPLE]] for member in members.values()]
    if not any(entries) or not (_strict(entries) or _are_plain(entries)):
        return False
    return not _are_sections(objects, members)


def _few_are_null(values: Sequence[Any]) -> bool:
    return sum(value is None for value in values) * _NULLS <= len(values)


def _are_plain(lists: Sequence[Sequence[Any]]) -> bool:
    return all(isinstance(entry, str | int | float) for part in lists for entry in part)


def _are_sections(objects: Sequence[dict[str, Any]], members: Iterable[str]) -> bool:
    """Whether names are a few plain words and no two of the lists have an entry in common."""
    names = list(members)
    if len(names) > _SECTIONS or any(map(_CODE.fullmatch, names)):
        return False
    return not any(map(_share_entries, objects))


def _share_entries(lists: dict[str, Any]) -> bool:
    found: set[Any] = set()
    for part in lists.values():
        own = {_signature(e) for e in (part or ())[:SAMPLE] if isinstance(e, dict)}
        if not found.isdisjoint(own):
            return True
        found |= own
    return False


def _signature(entry: dict[str, Any]) -> object:
    """What an entry is by the names that identify by custom; all of it where it has no name."""
    known = [(name, entry[name]) for name in ("id", "name", "title") if name in entry]
    told = known if len(known) > 1 or (known and known[0][0] != "id") else sorted(entry.items())
    return repr(told)


def _several(members: Iterable[str]) -> bool:
    """Whether names are more than a few words, each of which means something else."""
    names = list(members)
    return len(names) >= _SEVERAL or all(map(_CODE.fullmatch, names))


def _members(objects: Sequence[dict[str, Any]]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for each in objects:
        for name, value in each.items():
            found.setdefault(name, []).append(value)
    step = max(1, len(found) // SAMPLE)
    return {name: found[name] for name in sorted(found)[::step]} if step > 1 else found


def _inner(members: dict[str, Member]) -> Sort | None:
    """What the members' own members are, where all of them are objects of objects or of lists."""
    objects = [value for member in members.values() for value in member]
    if not _several(members) or not all(isinstance(each, dict) for each in objects):
        return None
    inner = {type(value) for each in objects for value in each.values()}
    return sort_of(objects, root=False) if inner in ({dict}, {list}) else None


def _are_entities(values: Sequence[Any]) -> bool:
    """Whether these are objects that have most of their names in common."""
    if not all(isinstance(value, dict) and KEY not in value for value in values):
        return False
    names = _counted(values)
    common = sum(count >= _COMMON * len(values) for count in names.values())
    return 2 * common >= max(1, sum(names.values()) / len(values))


def _strict(members: Iterable[Sequence[Any]]) -> bool:
    """Whether the entries of each member have the names that those of all have."""
    filled = [member for member in members if member]
    entries = [entry for member in filled for entry in member]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return not entries
    shared = _common(entries)
    alike = [_likeness(_common(member), shared) >= _ALIKE for member in filled]
    return bool(shared) and sum(alike) >= _COMMON * len(alike)


def _common(entries: Sequence[dict[str, Any]]) -> set[str]:
    names = _counted(entries)
    return {name for name, count in names.items() if count >= _COMMON * len(entries)}


def _counted(entries: Iterable[dict[str, Any]]) -> Counter[str]:
    """In how many of the entries each name stands; most have the names of another."""
    names: Counter[str] = Counter()
    for form, number in Counter(map(tuple, entries)).items():
        for name in form:
            names[name] += number
    return names


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
