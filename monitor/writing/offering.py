"""What a sentence may mean, as placements; everything from its kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Kind, ProvenanceFields
from monitor.model.record import replace
from monitor.writing.differing import value_of
from monitor.writing.facts import Fact, facts
from monitor.writing.holding import Held
from monitor.writing.known import PLACE, name_field, speakers
from monitor.writing.ladders import PLAIN, ladder_of_list
from monitor.writing.marks import Sentence
from monitor.writing.newcomers import Newcomer, Newcomers
from monitor.writing.option import UNWRITTEN, Option, Relation
from monitor.writing.pairing import Pairing
from monitor.writing.placing import Placement
from monitor.writing.references import levels
from monitor.writing.wanting import Wanting

_NOTHING: Final = ProvenanceFields()
_FACTS: Final = 3
"""Facts of a sentence to which it is offered as a source: the closest."""
_MOST: Final = 12
"""Options of a sentence; more would be read by nobody."""


class Maker:
    """Makes the options of an article, sentence by sentence, each only once."""

    def __init__(self, kind: Kind, state: Mapping[str, Any], source: str | None) -> None:
        self._kind = kind
        self._state = state
        self._sources = () if source is None else (source,)
        self._facts = {one.path: one for one in facts(kind, state)}
        self._pairing = Pairing(kind, state)
        self._people = speakers(kind)
        self._wanting = Wanting(kind)
        self._newcomers = Newcomers(kind, state, self._wanting)
        self._made: set[tuple[str, str]] = set()

    def options(self, sentence: Sentence, held: Held) -> tuple[Option, ...]:
        found: list[Option] = []
        for option in self._all(sentence, held):
            sign = (option.placement.path, repr((option.placement.values, option.placement.status)))
            if sign not in self._made and len(found) < _MOST:
                self._made.add(sign)
                found.append(option)
        return tuple(found)

    def _all(self, sentence: Sentence, held: Held) -> Iterator[Option]:
        yield from self._differing(sentence, held)
        for name in (*held.new, *_members(sentence)):
            yield from self._newcomer(name, sentence)
        yield from self._pairs(sentence, held)
        yield from self._words(sentence)
        changed = {one.fact for one in held.differences}
        for number, fact in enumerate(held.facts):
            is_close = number < _FACTS or len(fact.about) == len(held.facts[0].about) > 1
            if is_close and fact.path not in changed:
                yield from self._sourced(fact, sentence)

    def _differing(self, sentence: Sentence, held: Held) -> Iterator[Option]:
        for fact in held.facts:
            mine = [one for one in held.differences if one.fact == fact.path]
            values: dict[str, Any] = {}
            for one in mine:
                values |= value_of(one, fact, sentence, held)
            if values:
                old = {name: fact.entry.get(name) for name in values}
                yield self._option("differs", fact.path, sentence, values, old)

    def _sourced(self, fact: Fact, sentence: Sentence) -> Iterator[Option]:
        """A source more, and how firm it says that it is; not one that we have. Nobody is there
        because he is named."""
        fields = fact.collection.provenance
        if fields is None or fields.sources is None or fact.collection.path in self._people:
            return
        known = _listed(fact.entry.get(fields.sources))
        if set(self._sources) <= set(known):
            return
        status = _status(sentence, fact.collection)
        placement = Placement(
            path=fact.path,
            status=status,
            said_by=self._said_by(sentence, fact.collection),
            day=sentence.day if fields.day and status else None,
            sources=(*known, *self._sources),
        )
        names = (fields.firmness, fields.said_by, fields.sources)
        old = {name: fact.entry[name] for name in names if name and name in fact.entry}
        yield Option(placement=placement, relation="source", old=old)

    def _newcomer(self, name: str, sentence: Sentence) -> Iterator[Option]:
        if next(self._pairing.called(name), None) is not None:
            return
        is_whole = " " in name.strip()
        if is_whole:
            yield from self._seats(" ".join(name.split()), sentence)
        for one in self._newcomers.of(name):
            for path, own in self._pairing.joined(one.entity, sentence) if is_whole else ():
                also = self._option("entity", one.path, sentence, {**one.values, **own}, {})
                yield self._option("member", path, sentence, {}, {}, also=(also.placement,))
            yield self._entity(one, sentence)

    def _seats(self, name: str, sentence: Sentence) -> Iterator[Option]:
        for path, field in self._pairing.seats(name, sentence):
            if not self._entry_of(path):
                yield self._option("member", path, sentence, {field: name}, {})

    def _entity(self, one: Newcomer, sentence: Sentence) -> Option:
        if one.known is not None:
            old = {name: one.known.get(name) for name in one.values}
            return self._option("entity", one.path, sentence, one.values, old)
        return self._option("entity", one.path, sentence, one.values, {})

    def _words(self, sentence: Sentence) -> Iterator[Option]:
        """What somebody is quoted with, in a list of nothing but words."""
        for collection in self._kind.collections.values():
            said_by = self._said_by(sentence, collection)
            required = self._wanting.required(collection)
            values = _text_of(collection, sentence, required)
            if not (said_by and values) or not _is_of_words(collection, {*required} - {*values}):
                continue
            values |= self._pairing.referred(collection, said_by[0], sentence)
            path = self._unused(collection, said_by[0])
            yield self._option("entity", path, sentence, values, {})

    def _unused(self, collection: Collection, speaker: str) -> str:
        """The path of an entry that nobody has: words have no name, so they are counted."""
        made = {path for path, _ in self._made}
        tries = (f"{collection.path}[{speaker}-{number}]" for number in itertools.count(1))
        return next(one for one in tries if one not in made and not self._entry_of(one))

    def _pairs(self, sentence: Sentence, held: Held) -> Iterator[Option]:
        joint = [fact.about for fact in held.facts]
        met = {
            named
            for fact in held.facts
            if fact.collection.period is not None
            for named in fact.about
            if len(fact.about) == 1
        }
        if held.sort != "new" and not met:
            return
        for pair in self._pairing.of(sentence, met):
            if (fact := self._facts.get(pair.path)) is not None:
                yield from self._sourced(fact, sentence)
            elif not any(pair.about <= one for one in joint):
                collection = self._pairing.collection(pair.path)
                values = _text_of(collection, sentence, self._wanting.required(collection))
                yield self._option("pair", pair.path, sentence, values, {})

    def _option(
        self,
        relation: Relation,
        path: str,
        sentence: Sentence,
        values: Mapping[str, Any],
        old: Mapping[str, Any],
        *,
        also: tuple[Placement, ...] = (),
    ) -> Option:
        collection = self._pairing.collection(path)
        placement = Placement(path=path, values=values)
        if self._wanting.is_cited(collection, values):
            status = _status(sentence, collection) or _plain(collection)
            placement = replace(
                placement,
                status=status,
                day=sentence.day if (collection.provenance or _NOTHING).day and status else None,
                said_by=self._said_by(sentence, collection),
                sources=self._sources if (collection.provenance or _NOTHING).sources else (),
            )
        entry = self._entry_of(path)
        told: set[str | None] = {*values, *entry, *collection.keys[0]}
        if (fields := collection.provenance) is not None:
            told |= {fields.sources} if placement.sources else set()
            told |= {fields.firmness} if placement.status else set()
        missing = tuple(one for one in self._wanting.required(collection) if one not in told)
        if UNWRITTEN in path:
            missing = (collection.keys[0][-1], *missing)
        return Option(placement=placement, relation=relation, old=old, missing=missing, also=also)

    def _entry_of(self, path: str) -> Mapping[str, Any]:
        at = levels(path, self._kind, self._state)
        return (at[-1].entry or {}) if at else {}

    def _said_by(self, sentence: Sentence, collection: Collection) -> tuple[str, ...]:
        fields = collection.provenance
        field = collection.fields.get(fields.said_by or "") if fields is not None else None
        speakers = [one.speaker for one in sentence.quotes] + [sentence.speaker]
        return tuple(
            dict.fromkeys(
                one.entities[0].key
                for one in speakers
                if one is not None and len(one.entities) == 1
                if field is not None and field.ref == one.entities[0].collection
            )
        )


def _members(sentence: Sentence) -> Iterator[str]:
    """Those who are known as members of some group, and may come to another."""
    for name in sentence.names:
        listed = name.entities[0].collection if len(name.entities) == 1 else ""
        if "." in listed and PLACE not in listed:
            yield name.text


def _is_of_words(collection: Collection, required: set[str]) -> bool:
    """Whether, its text apart, the kind asks for no more than an id, a name and who says it."""
    fields, name = collection.provenance, name_field(collection)
    if fields is None or name is None or "." in collection.path or collection.period is not None:
        return False
    return required <= {*collection.keys[0], name.name, *(one for one in fields if one)}


def _status(sentence: Sentence, collection: Collection) -> str | None:
    """Of several words the most careful."""
    ladder = ladder_of_list(collection)
    rungs = [one.rung for one in sentence.statuses if one.rung in ladder]
    return min(rungs, key=ladder.index, default=None)


def _plain(collection: Collection) -> str | None:
    return PLAIN if PLAIN in ladder_of_list(collection) else None


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


def _text_of(
    collection: Collection, sentence: Sentence, required: tuple[str, ...]
) -> dict[str, Any]:
    """The words that somebody is quoted with, for a text that the kind wants."""
    texts = [one for one in required if (field := collection.fields.get(one)) and field.text]
    quotes = [one for one in sentence.quotes if one.speaker is not None]
    if not texts or not quotes:
        return {}
    longest = max((" ".join(one.text.split()).rstrip(",;") for one in quotes), key=len)
    return {texts[0]: f"“{longest}”"}
