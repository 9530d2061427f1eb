"""What a sentence may mean, as placements; everything from its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from monitor.kinds.kind import Collection, Field, Kind, ProvenanceFields
from monitor.model.edtf import bounds
from monitor.model.record import replace
from monitor.writing.facts import Fact, facts
from monitor.writing.holding import Difference, Held
from monitor.writing.known import speakers
from monitor.writing.ladders import PLAIN, ladder_of_list
from monitor.writing.marks import NameMark, NumberMark, Sentence
from monitor.writing.newcomers import Newcomer, Newcomers
from monitor.writing.option import UNWRITTEN, Option, Relation
from monitor.writing.pairing import Pairing
from monitor.writing.placing import Placement
from monitor.writing.references import levels
from monitor.writing.wanting import Wanting

_NOTHING: Final = ProvenanceFields()
_FACTS: Final = 3
"""Facts of a sentence to which it is offered as a source: the closest."""
_MOST: Final = 8
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
        for name in held.new:
            yield from self._newcomer(name, sentence)
        if held.sort == "new":
            yield from self._pairs(sentence, held)
        changed = {one.fact for one in held.differences}
        for fact in held.facts[:_FACTS]:
            if fact.path not in changed:
                yield from self._sourced(fact, sentence)

    def _differing(self, sentence: Sentence, held: Held) -> Iterator[Option]:
        for fact in held.facts:
            mine = [one for one in held.differences if one.fact == fact.path]
            values: dict[str, Any] = {}
            for one in mine:
                values |= _value_of(one, fact, sentence, held)
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
        placement = Placement(
            path=fact.path,
            status=_status(sentence, fact.collection),
            said_by=self._said_by(sentence, fact.collection),
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

    def _pairs(self, sentence: Sentence, held: Held) -> Iterator[Option]:
        joint = [fact.about for fact in held.facts]
        for pair in self._pairing.of(sentence):
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
            placement = replace(
                placement,
                status=_status(sentence, collection) or _plain(collection),
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


def _value_of(one: Difference, fact: Fact, sentence: Sentence, held: Held) -> dict[str, Any]:
    """What the article has for a field, as the kind writes it."""
    field = fact.collection.fields.get(one.field)
    if field is not None and field.quantity is not None:
        amounts = _amounts(one, field, sentence)
        others = [each.entry.get(one.field) for each in held.facts if each.path != fact.path]
        return next(({one.field: each} for each in amounts if each not in others), {})
    period = fact.collection.period
    if period is not None and one.field == period.start:
        return _days(one, fact, sentence)
    name = next((each for each in sentence.names if each.text == one.theirs), None)
    return {one.field: _place(name)} if name is not None else {}


def _amounts(one: Difference, field: Field, sentence: Sentence) -> Iterator[dict[str, Any]]:
    """The amount that differs; where another fact of the sentence has it, those without a unit:
    `Redland offers 15 years, and Blueland wants 30 to 50`."""
    numbers = sorted(sentence.numbers, key=lambda each: each.text != one.theirs)
    for number in numbers:
        if number.text == one.theirs or not number.unit:
            yield _quantity(number, field, one.ours)


def _quantity(number: NumberMark, field: Field, ours: Mapping[str, Any]) -> dict[str, Any]:
    names = field.quantity
    assert names is not None
    said = {names.low: number.low, names.high: number.high}
    made: dict[str, Any] = {
        name: _plain_number(value) for name, value in said.items() if value is not None
    }
    if names.unit and names.unit in ours:
        made[names.unit] = ours[names.unit]
    return made


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _days(one: Difference, fact: Fact, sentence: Sentence) -> dict[str, Any]:
    """A range is the first and the last day; a planned thing of one day ends when it starts."""
    period = fact.collection.period
    mark = next((each for each in sentence.dates if each.text == one.theirs), None)
    if period is None or mark is None or mark.edtf is None:
        return {}
    first, slash, last = mark.edtf.partition("/")
    if slash and period.end and ".." not in mark.edtf:
        return {period.start: first, period.end: last}
    values: dict[str, Any] = {period.start: mark.edtf}
    end = fact.entry.get(period.end or "")
    if period.end and end is not None and _is_over(end, mark.edtf, fact.entry.get(period.start)):
        values[period.end] = mark.edtf
    return values


def _is_over(end: Any, start: str, ours: Any) -> bool:
    last, first = bounds(end), bounds(start)
    return end == ours or (
        last is not None and first is not None and (last.last or "9") < (first.first or "")
    )


def _place(name: NameMark) -> str:
    """A city that we have as we write it."""
    places = [one for one in name.entities if "." in one.collection]
    return places[0].key if places else name.text
