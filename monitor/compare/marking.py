"""Entries that their key does not tell apart, marked so that something does.

A key that stands twice in a list, is missing, or is written otherwise in the other version (1 and
"1", 007 and 7) would make one entry decide for all. Such entries are paired by content here, and
both of a pair get the same mark, which then is their key; all others keep theirs. An entry that is
no object is put into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeAlias

from monitor.compare.match import Entity, Names
from monitor.compare.naming import templates
from monitor.compare.paths import dig, split_field
from monitor.compare.twins import Couple, alike, same_content
from monitor.compare.written import form
from monitor.kinds.keys import MARK, STRAY, KeyToken, is_marked, key_tokens
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, json_bytes
from monitor.model.comparison import Document, Json
from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.model.text import middle

Collections: TypeAlias = Mapping[str, Collection]

_SHOWN: Final = 60
_SLOT = regex(r"\{([^{}]+)\}")


def with_mark(collection: Collection) -> Collection:
    """The same collection, whose entries are known by their mark where they have one."""
    return replace(collection, keys=((MARK,), *collection.keys))


def marked(old: Document, new: Document, collections: Collections) -> tuple[Document, Document]:
    """Both documents with marks in the collections that need them, as copies."""
    needed = [path for path, collection in collections.items() if is_marked(collection)]
    if not needed:
        return old, new
    marking = _Marking(collections, needed)
    before, after = marking.entities("", old, new)
    assert before is not None
    assert after is not None
    return before, after


class _Marking:
    def __init__(self, collections: Collections, needed: Sequence[str]) -> None:
        self._collections = collections
        self._needed = needed

    def entities(
        self, path: str, old: Entity | None, new: Entity | None
    ) -> tuple[Entity | None, Entity | None]:
        """Two entities that are one, or one alone, with marks in the lists below."""
        for name in self._collections[path].children:
            below = f"{path}.{name}" if path else name
            if not self._leads_to_marks(below):
                continue
            steps = split_field(name)
            sides = [dig(side, steps) if side is not None else None for side in (old, new)]
            lists = [side if isinstance(side, list) else [] for side in sides]
            before, after = self._lists(below, *lists)
            if old is not None and isinstance(sides[0], list):
                old = _put(old, steps, before)
            if new is not None and isinstance(sides[1], list):
                new = _put(new, steps, after)
        return old, new

    def _leads_to_marks(self, path: str) -> bool:
        return any(each == path or each.startswith(f"{path}.") for each in self._needed)

    def _lists(self, path: str, old: list[Json], new: list[Json]) -> tuple[list[Json], list[Json]]:
        collection = self._collections[path]
        if is_marked(collection):
            old, new = _marked_lists(old, new, collection.keys[1:])
        if not any(self._leads_to_marks(f"{path}.{name}") for name in collection.children):
            return old, new
        before, after = list(old), list(new)
        places = {_token(entry, collection): j for j, entry in enumerate(new)}
        for i, entry in enumerate(old):
            j = places.pop(_token(entry, collection), None)
            other = None if j is None else new[j]
            before[i], made = self.entities(path, entry, other)
            if j is not None:
                after[j] = made
        for j in places.values():
            after[j] = self.entities(path, None, new[j])[1]
        return before, after


def _token(entry: Json, collection: Collection) -> KeyToken | None:
    tokens = key_tokens(entry, collection)
    return tokens[0] if tokens else None


def _put(entity: Entity, steps: Sequence[str], value: Json) -> Entity:
    if len(steps) == 1:
        return {**entity, steps[0]: value}
    return {**entity, steps[0]: _put(entity[steps[0]], steps[1:], value)}


def _marked_lists(
    old: list[Json], new: list[Json], keys: tuple[Names, ...]
) -> tuple[list[Json], list[Json]]:
    """Two lists of one collection below the same entity."""
    sorting = _Sorting(old, new, keys)
    marks: tuple[dict[int, str], dict[int, str]] = ({}, {})
    couples = sorting.couples()
    taken = sorting.words_but_of(couples)
    for text, couple in couples:
        mark, number = text, 1
        while mark in taken:
            number += 1
            mark = f"{text} ({number})"
        taken.add(mark)
        for side, position in enumerate(couple):
            if position is not None:
                marks[side][position] = mark
    return _with(old, marks[0]), _with(new, marks[1])


def _with(entries: list[Json], marks: Mapping[int, str]) -> list[Json]:
    if not marks:
        return entries
    made = list(entries)
    for position, mark in marks.items():
        entry = entries[position]
        made[position] = {MARK: mark, **(entry if isinstance(entry, dict) else {STRAY: entry})}
    return made


class _Sorting:
    """Which entries of two lists their key does not tell apart, and which of these are one."""

    def __init__(self, old: list[Json], new: list[Json], keys: tuple[Names, ...]) -> None:
        self._sides = (old, new)
        self._keys = keys
        collection = Collection(path="", title="", keys=keys)
        self._groups: dict[KeyToken, tuple[list[int], list[int]]] = {}
        self._keyless: tuple[list[int], list[int]] = ([], [])
        for side, entries in enumerate(self._sides):
            for position, entry in enumerate(entries):
                token = _token(entry, collection)
                if token is None:
                    self._keyless[side].append(position)
                else:
                    self._groups.setdefault(token, ([], []))[side].append(position)

    def couples(self) -> list[tuple[str, Couple]]:
        """Each with the words that its mark begins with, in an order that no list decides."""
        found = [*self._doubles(), *self._written_otherwise(), *self._without_key()]
        # Those on both sides first, so that the one that came or went has a number.
        return sorted(found, key=lambda e: (e[0], None in e[1], *self._contents(e[1])))

    def words_but_of(self, couples: Iterable[tuple[str, Couple]]) -> set[str]:
        """The ids of all others, which no mark may look like."""
        ends = {(side, place) for _, couple in couples for side, place in enumerate(couple)}
        return {
            _words_of(token)
            for token, places in self._groups.items()
            if not any((side, place) in ends for side in (0, 1) for place in places[side])
        }

    def _contents(self, couple: Couple) -> list[bytes]:
        return sorted(
            json_bytes(entries[position])
            for entries, position in zip(self._sides, couple, strict=True)
            if position is not None
        )

    def _doubles(self) -> Iterable[tuple[str, Couple]]:
        for token, places in self._groups.items():
            if max(map(len, places)) > 1:
                for couple in alike(*self._sides, *places, least=0.0, but=()):
                    yield _words_of(token), couple

    def _written_otherwise(self) -> Iterable[tuple[str, Couple]]:
        """Ids on one side only that are one but for their type, zeros in front, or case."""
        forms: dict[Any, tuple[list[KeyToken], list[KeyToken]]] = {}
        for token, (left, right) in self._groups.items():
            if len(left) + len(right) == 1:
                forms.setdefault(form_of(token), ([], []))[len(right)].append(token)
        for before, after in forms.values():
            if len(before) == len(after) == 1:
                (i,), (j,) = self._groups.pop(before[0])[0], self._groups.pop(after[0])[1]
                words = sorted((_words_of(before[0]), _words_of(after[0])))
                yield min(words, key=len), (i, j)

    def _without_key(self) -> Iterable[tuple[str, Couple]]:
        """Entries without a key, and the ones with a key that are the same entity."""
        alone = [
            [p for places in self._groups.values() if sum(map(len, places)) == 1 for p in places[s]]
            for s in (0, 1)
        ]
        names = [name for key in self._keys for name in key]
        left, right = map(list, self._keyless)
        couples: list[Couple] = []
        for match in (same_content, alike):
            for one, other in ((left, right), (left, alone[1]), (alone[0], right)):
                if not one or not other:
                    continue
                found = [c for c in match(*self._sides, one, other, but=names) if None not in c]
                couples += found
                one[:] = [i for i in one if i not in {c[0] for c in found}]
                other[:] = [j for j in other if j not in {c[1] for c in found}]
        couples += [(i, None) for i in left] + [(None, j) for j in right]
        for couple in couples:
            yield self._words(couple), couple

    def _words(self, couple: Couple) -> str:
        """The id of the one that has it, else a name or what it holds."""
        collection = Collection(path="", title="", keys=self._keys)
        entries = [e[p] for e, p in zip(self._sides, couple, strict=True) if p is not None]
        tokens = [token for e in entries if (token := _token(e, collection)) is not None]
        if tokens:
            return _words_of(tokens[0])
        return min(_content_words(entry, self._templates) for entry in entries)

    @cached_property
    def _templates(self) -> tuple[str, ...]:
        """What names entries of these lists, for those that have no key."""
        return templates(*([[e for e in s if isinstance(e, dict)]] for s in self._sides))


def _words_of(token: KeyToken) -> str:
    return ", ".join(str(value) for _, value in token[1])


def form_of(token: KeyToken) -> tuple[Names, tuple[str | None, ...]]:
    """A key without what may be written one way or another: its type, zeros in front, case."""
    return token[0], tuple(form(value) for _, value in token[1])


def _content_words(entry: Json, labels: Iterable[str]) -> str:
    """A name, else the first short text, else all that the entry holds."""
    for label in labels:
        values = [get(entry, slot) for slot in _SLOT.findall(label)]
        if values and all(isinstance(value, str) and value.strip() for value in values):
            return " ".join(map(str, values))
    for value in entry.values() if isinstance(entry, dict) else (entry,):
        if isinstance(value, str) and 0 < len(value.strip()) <= _SHOWN:
            return value
    return middle(json_bytes(entry).decode(), _SHOWN)
