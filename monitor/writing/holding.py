"""A sentence held against the latest version: what of it we know, what differs, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from monitor.kinds.kind import Field
from monitor.model.edtf import bounds
from monitor.model.record import Record
from monitor.writing.facts import Fact
from monitor.writing.known import PLACE
from monitor.writing.marks import DateMark, Named, NumberMark, Sentence

Sort: TypeAlias = Literal["known", "differs", "new", "unplaced"]

_SAME: Final[Mapping[str, frozenset[str]]] = {
    "persons": frozenset(
        {"person", "persons", "people", "members", "delegates", "negotiators", "officials"}
    ),
}
"""What is counted under several words, by that which kinds use."""


_FOR_EVER: Final = "9999-12-31"


class Difference(Record):
    """A field whose value is another in the article; `theirs` is what stands there."""

    fact: str
    field: str
    ours: Any
    theirs: str


class Held(Record):
    """`facts` are the entries that a sentence is about, the closest first; `new` are the names that
    nobody has, and pairs of known entities between which nothing is known."""

    sort: Sort
    facts: tuple[Fact, ...] = ()
    differences: tuple[Difference, ...] = ()
    new: tuple[str, ...] = ()


def hold(sentence: Sentence, known: Sequence[Fact]) -> Held:
    """What a sentence is to the state. Nothing is concluded from it: a person relates."""
    named = frozenset(one.entities[0] for one in sentence.names if len(one.entities) == 1)
    about = _closest(named, sentence, known)
    differences = tuple(each for fact in about for each in _differences(fact, sentence))
    strangers = tuple(dict.fromkeys(one.text for one in sentence.names if not one.entities))
    if differences:
        sort: Sort = "differs"
    elif strangers or (len(_entries(named)) > 1 and not any(len(one.about) > 1 for one in about)):
        sort = "new"
    else:
        sort = "known" if about else "unplaced"
    return Held(sort=sort, facts=about, differences=differences, new=strangers)


def _entries(named: frozenset[Named]) -> frozenset[Named]:
    """Without places, which are values."""
    return frozenset(one for one in named if PLACE not in one.collection)


def _closest(
    named: frozenset[Named], sentence: Sentence, known: Sequence[Fact]
) -> tuple[Fact, ...]:
    """Facts about nothing but what the sentence names, and of these not those that a closer one
    says more of; planned things also by where and when they are."""
    found = [one for one in known if one.about and one.about <= _entries(named)]
    found += [one for one in known if one not in found and _is_met(one, named, sentence)]
    closest = [one for one in found if not any(one.about < other.about for other in found)]
    return tuple(sorted(closest, key=lambda one: -len(one.about)))


def _is_met(fact: Fact, named: frozenset[Named], sentence: Sentence) -> bool:
    """A planned thing that the sentence does not name but whose city and days it gives."""
    period = fact.collection.period
    if period is None:
        return False
    places = {one.key for one in named if PLACE in one.collection}
    here = any(fact.entry.get(field) in places for field in period.place)
    return here and any(_is_within(fact, one) for one in sentence.dates)


def _is_within(fact: Fact, mark: DateMark) -> bool:
    """Whether a date may be a day of a planned thing; an open end reaches for ever."""
    period = fact.collection.period
    if period is None or mark.edtf is None:
        return False
    starts, ends = bounds(fact.entry.get(period.start)), bounds(fact.entry.get(period.end or ""))
    theirs = bounds(mark.edtf)
    ours = [one for one in (starts, ends) if one is not None]
    if not ours or theirs is None:
        return False
    first, last = ours[0].first or "", ours[-1].last or _FOR_EVER
    return (theirs.first or "") <= last and first <= (theirs.last or _FOR_EVER)


def _differences(fact: Fact, sentence: Sentence) -> Iterator[Difference]:
    for name, field in fact.collection.fields.items():
        ours = fact.entry.get(name)
        if field.quantity is not None and isinstance(ours, Mapping):
            yield from _amounts(fact, field, ours, sentence.numbers)
    yield from _days(fact, sentence)
    yield from _places(fact, sentence)


def _amounts(
    fact: Fact, field: Field, ours: Mapping[str, Any], numbers: Sequence[NumberMark]
) -> Iterator[Difference]:
    """Numbers of the same unit: none of them is ours, so the first differs."""
    assert field.quantity is not None
    unit = ours.get(field.quantity.unit or "")
    mine = tuple(_decimal(ours.get(name)) for name in (field.quantity.low, field.quantity.high))
    same = [one for one in numbers if is_unit(one.unit, unit)]
    if same and all((one.low, one.high) != mine for one in same):
        yield Difference(fact=fact.path, field=field.name, ours=dict(ours), theirs=same[0].text)


def _days(fact: Fact, sentence: Sentence) -> Iterator[Difference]:
    """Of a planned thing that is named with a day that it does not have."""
    period = fact.collection.period
    if period is None or not fact.entry.get(period.start):
        return
    days = [one for one in sentence.dates if one.edtf is not None]
    if days and not any(_is_within(fact, one) for one in days):
        ours = fact.entry.get(period.start)
        yield Difference(fact=fact.path, field=period.start, ours=ours, theirs=days[0].text)


def _places(fact: Fact, sentence: Sentence) -> Iterator[Difference]:
    period = fact.collection.period
    if period is None or not period.place:
        return
    ours = [fact.entry[field] for field in period.place if isinstance(fact.entry.get(field), str)]
    theirs = [
        one for one in sentence.names if any(PLACE in each.collection for each in one.entities)
    ]
    if ours and theirs and not any(each.key in ours for one in theirs for each in one.entities):
        place = period.place[0]
        yield Difference(fact=fact.path, field=place, ours=ours[0], theirs=theirs[0].text)


def is_unit(theirs: str, ours: Any) -> bool:
    """Whether the word that an article counts by is the unit of a kind."""
    if not isinstance(ours, str) or not theirs:
        return False
    words = _SAME.get(ours, frozenset({ours}))
    return theirs in words or f"{theirs}s" in words or theirs.rstrip("s") == ours.rstrip("s")


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
