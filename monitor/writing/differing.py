"""A value that an article has otherwise than we, as the kind writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from monitor.kinds.kind import Field
from monitor.model.edtf import bounds
from monitor.writing.facts import Fact
from monitor.writing.holding import Difference, Held
from monitor.writing.known import PLACE
from monitor.writing.marks import NameMark, NumberMark, Sentence


def value_of(one: Difference, fact: Fact, sentence: Sentence, held: Held) -> dict[str, Any]:
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
    places = [one for one in name.entities if PLACE in one.collection]
    return places[0].key if places else name.text
