"""Where entities that a sentence names can stand together: the lists whose keys refer to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from monitor.kinds.dotted import is_special, quoted
from monitor.kinds.kind import Collection, Kind
from monitor.model.tuples import NamedTuple
from monitor.writing.facts import is_fact
from monitor.writing.known import PLACE, name_field
from monitor.writing.marks import Named, Sentence
from monitor.writing.newcomers import newest_id
from monitor.writing.option import UNWRITTEN
from monitor.writing.placing import collection_of

_STEM: Final = 4
"""Letters of a word that is the same in the singular and the plural."""
_ENTITIES: Final = 6
"""Of one list that are combined; a sentence that names more is an enumeration."""


class Pair(NamedTuple):
    """An entry that would be about these entities."""

    path: str
    about: frozenset[Named]


class Pairing:
    def __init__(self, kind: Kind, state: Mapping[str, Any]) -> None:
        self._kind = kind
        self._state = state
        self._groups: dict[Named, tuple[tuple[str, str], ...]] = {}

    def collection(self, path: str) -> Collection:
        return collection_of(path, self._kind)

    def of(self, sentence: Sentence, met: Iterable[Named] = ()) -> Iterator[Pair]:
        """Entries about two or more whom a sentence names, those about the most first; `met` are
        planned things that it means by where and when they are."""
        named = self._named(sentence)
        for one in met:
            named.setdefault(one.collection, (one,))
        found: dict[str, Pair] = {}
        for collection in self._kind.collections.values():
            if self._can_hold(collection):
                for pair in self._entries(collection, self._joining(collection, named, sentence)):
                    if len(pair.about) > 1 and self._agrees(pair):
                        found.setdefault(pair.path, pair)
        yield from sorted(found.values(), key=lambda one: (UNWRITTEN in one.path, -len(one.about)))

    def joined(self, entity: Named, sentence: Sentence) -> Iterator[tuple[str, dict[str, str]]]:
        """The groups (`x-membership`) that a sentence names, with somebody new in them; and what
        his own entry says of that: a field that refers to the same."""
        named = self._named(sentence)
        for collection in self._kind.collections.values():
            membership = collection.membership
            field = collection.fields.get(membership.entity) if membership is not None else None
            if field is None or field.ref != entity.collection:
                continue
            own = {path: keys for path, keys in named.items() if path != entity.collection}
            for pair in self._entries(collection, {**own, entity.collection: (entity,)}):
                others = {one.collection: one.key for one in pair.about if one != entity}
                if entity in pair.about and others:
                    yield pair.path, self._said_of(entity, others)

    def called(self, name: str) -> Iterator[Named]:
        """What is called by what it is and its name: the Ministry of Finance is one of the list
        Ministries that is named Finance."""
        what, *rest = name.split()
        plain = " ".join(rest).lower().removeprefix("of ").removeprefix("for ").removeprefix("the ")
        for collection in self._kind.collections.values():
            field = name_field(collection)
            if field is None or "." in collection.path or not _is_one_of(what, collection):
                continue
            for entry in self._listed(collection.path):
                if str(entry.get(field.name)).lower() == plain:
                    yield Named(collection.path, str(entry.get(collection.keys[0][0])))

    def seats(self, name: str, sentence: Sentence) -> Iterator[tuple[str, str]]:
        """Places for somebody in groups that a sentence names and that have no list of people: the
        path, with the key that he has in another group or one to be made, and the field of his
        name."""
        named = self._named(sentence)
        for collection in self._kind.collections.values():
            field = name_field(collection)
            above = self._chain(collection)[:-1] if field is not None else []
            if field is None or not above or collection.membership is None:
                continue
            known = {
                str(entry.get(field.name)): str(entry.get(collection.keys[0][0]))
                for entry in self._entries_at(collection)
            }
            key = known.get(name) or newest_id(name, known.values())
            for pair in self._entries(above[-1], named):
                if pair.about and UNWRITTEN not in pair.path:
                    yield f"{pair.path}.{collection.name}[{key}]", field.name

    def _entries_at(self, collection: Collection) -> Iterator[Mapping[str, Any]]:
        """Of all lists of a nested collection."""
        holders: list[Mapping[str, Any]] = [self._state]
        for each in self._chain(collection):
            holders = [
                entry
                for holder in holders
                for entry in holder.get(each.name) or ()
                if isinstance(entry, Mapping)
            ]
        yield from holders

    def _listed(self, path: str) -> Iterator[Mapping[str, Any]]:
        for entry in self._state.get(path) or ():
            if isinstance(entry, Mapping):
                yield entry

    def _joining(
        self, collection: Collection, named: Mapping[str, tuple[Named, ...]], sentence: Sentence
    ) -> Mapping[str, tuple[Named, ...]]:
        """Without whoever only says it, where it is asked who belongs to a group."""
        if collection.membership is None:
            return named
        speakers = [one.speaker for one in sentence.quotes] + [sentence.speaker]
        telling = {each for one in speakers if one is not None for each in one.entities}
        return {
            path: tuple(one for one in each if one not in telling) for path, each in named.items()
        }

    def _agrees(self, pair: Pair) -> bool:
        """Whether nobody stands with a group whose own entry says another one."""
        groups = {one.collection: one.key for one in pair.about}
        return all(
            groups.get(path, key) == key for one in pair.about for path, key in self._belongs(one)
        )

    def _said_of(self, entity: Named, others: Mapping[str, str]) -> dict[str, str]:
        fields = self._kind.collections[entity.collection].fields.values()
        named = {one.name: others.get(one.ref or "") for one in fields if not one.is_list}
        return {name: key for name, key in named.items() if key is not None}

    def referred(self, collection: Collection, speaker: str, sentence: Sentence) -> dict[str, str]:
        """Fields of an entry that refer to the group of its speaker, or to the one entity of
        another list that the sentence names."""
        fields = collection.provenance
        people = collection.fields.get(fields.said_by or "") if fields is not None else None
        if people is None or people.ref is None:
            return {}
        own = dict(self._belongs(Named(people.ref, speaker)))
        others = {path: each[0].key for path, each in self._named(sentence).items() if not each[1:]}
        refs = {one.name: one.ref for one in collection.fields.values() if not one.is_list}
        said = {name: own.get(ref) or others.get(ref) for name, ref in refs.items() if ref}
        return {name: key for name, key in said.items() if key is not None}

    def _named(self, sentence: Sentence) -> dict[str, tuple[Named, ...]]:
        """By list. A group that is not named is that of the one person who is."""
        found: dict[str, dict[Named, None]] = {}
        for one in sentence.names:
            for entity in one.entities[:1] if len(one.entities) == 1 else self.called(one.text):
                if PLACE not in entity.collection:
                    found.setdefault(entity.collection, {})[entity] = None
        for entity in [one for each in list(found.values()) for one in each]:
            for path, key in self._belongs(entity):
                if path not in found or len(found[path]) == 0:
                    found[path] = {Named(path, key): None}
        return {path: tuple(each)[:_ENTITIES] for path, each in found.items()}

    def _belongs(self, entity: Named) -> Iterator[tuple[str, str]]:
        """What the entry of an entity refers to by single fields: its group most often."""
        if (found := self._groups.get(entity)) is None:
            found = self._groups[entity] = tuple(self._refers(entity))
        yield from found

    def _refers(self, entity: Named) -> Iterator[tuple[str, str]]:
        collection = self._kind.collections[entity.collection]
        key = collection.keys[0][0]
        for entry in self._listed(collection.path):
            for field in collection.fields.values() if str(entry.get(key)) == entity.key else ():
                value = entry.get(field.name)
                if field.ref and not field.is_list and isinstance(value, str):
                    yield field.ref, value

    def _can_hold(self, collection: Collection) -> bool:
        above = self._kind.collections.get(collection.parent)
        is_dispute = above is not None and above.disputed == collection.name
        return bool(
            collection.path
            and collection.keys
            and is_fact(collection)
            and not (collection.ignored or is_dispute)
        )

    def _entries(
        self, collection: Collection, named: Mapping[str, tuple[Named, ...]]
    ) -> Iterator[Pair]:
        """Every way to name an entry by them; one part of the last key may be left to write."""
        levels = [self._level(one, named) for one in self._chain(collection)]
        for ways in itertools.product(*levels):
            keys = [way[0] for way in ways]
            if any(UNWRITTEN in key for key in keys[:-1]) or keys[-1].count(UNWRITTEN) > 1:
                continue
            steps = zip((one.name for one in self._chain(collection)), keys, strict=True)
            path = ".".join(f"{name}[{','.join(key)}]" for name, key in steps)
            yield Pair(path, frozenset(one for way in ways for one in way[1]))

    def _level(
        self, collection: Collection, named: Mapping[str, tuple[Named, ...]]
    ) -> list[tuple[tuple[str, ...], tuple[Named, ...]]]:
        """The keys of one list, each with whom it names."""
        parts: list[list[Named | None]] = []
        for name in collection.keys[0]:
            field = collection.fields.get(name)
            if field is not None and field.ref is not None:
                parts.append([*named.get(field.ref, ())])
            elif len(collection.keys[0]) == 1:
                parts.append([*named.get(collection.path, ())])
            else:
                parts.append([None])
        return [
            (tuple(_key(one) for one in way), tuple(one for one in way if one is not None))
            for way in itertools.product(*parts)
        ]

    def _chain(self, collection: Collection) -> list[Collection]:
        """From the list at the top down to this one."""
        chain = [collection]
        while chain[0].parent:
            chain.insert(0, self._kind.collections[chain[0].parent])
        return chain


def _key(one: Named | None) -> str:
    if one is None:
        return UNWRITTEN
    return quoted(one.key) if is_special(one.key) else one.key


def _is_one_of(word: str, collection: Collection) -> bool:
    """Whether a word is the title or the name of a list in the singular: ministry of ministries."""
    stem = word.lower().removesuffix("y")
    return len(stem) >= _STEM and any(
        one.lower().startswith(stem) for one in (collection.title, collection.name)
    )
