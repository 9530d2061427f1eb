"""Which values the words of a quotation carry: by digits, by names, by days, by words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from monitor.kinds.kind import Collection, Field
from monitor.model.edtf import bounds
from monitor.model.tuples import NamedTuple
from monitor.writing.holding import is_unit
from monitor.writing.known import PLACE
from monitor.writing.marks import DateMark, Named, NumberMark, Place, Sentence
from monitor.writing.quoted import Marked, Quoted
from monitor.writing.tokens import tokens

_SMALL: Final = 4
"""Letters of a word that says something of itself."""
_SENTENCE: Final = 4
"""Words from which on a text may deny something."""
_MOST: Final = 5
"""Words that are named of those that are missing."""


class _Leaf(NamedTuple):
    """A value within an entry, by the name of its field."""

    name: str
    value: Any


class Carrying:
    """What a quotation carries, asked value by value."""

    def __init__(self, marked: Marked, quoted: Quoted) -> None:
        self._marked = marked
        self._quoted = quoted

    def missing(self, collection: Collection, name: str, value: Any) -> Iterator[str]:
        """The parts of a value that it does not carry: `size.min: 6`, `summary: withdraws`."""
        field = collection.fields.get(name)
        if isinstance(value, list):
            for one in value:
                yield from self.missing(collection, name, one)
        elif field is not None and field.ref is not None:
            if Named(field.ref, str(value)) not in self._quoted.names:
                yield f"{name}: {value}"
        elif isinstance(value, Mapping):
            if field is not None and field.quantity is not None:
                yield from self._amount(field, value)
                return
            for inner, one in value.items():
                yield from self.missing(collection, f"{name}.{inner}", one)
        else:
            yield from self._single(collection, field, _Leaf(name, value))

    def _single(self, collection: Collection, field: Field | None, leaf: _Leaf) -> Iterator[str]:
        name, value = leaf
        if isinstance(value, bool) or value is None:
            yield f"{name}: {str(value).lower()}"
        elif isinstance(value, int | float):
            number = _decimal(value)
            if not any(number == one.low == one.high for one in self._quoted.numbers):
                yield f"{name}: {value}"
        elif bounds(text := str(value)) is not None:
            if not self._has_day(collection, name, text):
                yield f"{name}: {text}"
        elif field is not None and field.choices:
            if not self._quoted.has_words(text):
                yield f"{name}: {text}"
        elif wrong := self._other_place(collection, name, text):
            yield f"{name}: {text} ({wrong})"
        elif missing := self._missing_words(text):
            yield f"{name}: {missing}"

    def _amount(self, field: Field, value: Mapping[str, Any]) -> Iterator[str]:
        """One number that is counted by this unit gives both bounds; else each by itself."""
        assert field.quantity is not None
        unit = value.get(field.quantity.unit or "")
        counted = [one for one in self._quoted.numbers if unit is None or is_unit(one.unit, unit)]
        bound = {
            name: _decimal(value[name])
            for name in (field.quantity.low, field.quantity.high)
            if value.get(name) is not None
        }
        wanted = (bound.get(field.quantity.low), bound.get(field.quantity.high))
        if any((one.low, one.high) == wanted for one in counted):
            return
        yield from self._bounds(field, bound, counted)
        if unit is not None and not counted and not self._quoted.has_words(str(unit)):
            yield f"{field.name}.{field.quantity.unit}: {unit}"

    def _bounds(
        self, field: Field, bound: Mapping[str, Decimal | None], counted: Sequence[NumberMark]
    ) -> Iterator[str]:
        assert field.quantity is not None
        marks = counted or self._quoted.numbers
        for name, number in bound.items():
            found = [one.low if name == field.quantity.low else one.high for one in marks]
            if number not in found:
                yield f"{field.name}.{name}: {number}"

    def _has_day(self, collection: Collection, name: str, text: str) -> bool:
        """Its first day for a start, its last for an end, the same days for any other."""
        if self._quoted.has_words(text):
            return True
        period = collection.period
        part = None
        if period is not None and name in (period.start, period.end):
            part = 0 if name == period.start else -1
        return any(_is_day(one, text, part) for one in self._quoted.dates)

    def _other_place(self, collection: Collection, name: str, text: str) -> str | None:
        """What a place of a planned thing is known as, where that is another field of it."""
        period = collection.period
        if period is None or name not in period.place:
            return None
        for one in self._quoted.names:
            above, _, other = one.collection.rpartition(PLACE)
            if above and one.key == text and other != name:
                return f"known as {other}"
        return None

    def _missing_words(self, text: str) -> str:
        """The names, numbers, days and words of a text that the quotation does not have."""
        if self._quoted.has_words(text) and self._agrees(text):
            return ""
        missing = [*self._missing_marks(text), *self._missing_plain(text)]
        if not missing and not self._says_something(text):
            return text
        if not self._agrees(text):
            missing.append(self._marked.denies(text) or f"without “{self._quoted.negation}”")
        shown = ", ".join(dict.fromkeys(missing[:_MOST]))
        return shown + (f" and {len(missing) - _MOST} more" if len(missing) > _MOST else "")

    def _agrees(self, text: str) -> bool:
        """Whether both deny something, or neither; a name denies nothing."""
        return len(tokens(text)) < _SENTENCE or (self._marked.denies(text) is None) == (
            self._quoted.negation is None
        )

    def _says_something(self, text: str) -> bool:
        """Whether it has words of its own, and not only such as stand in every text."""
        small = self._marked.cues.common | self._marked.cues.titles
        return self._quoted.has_words(text) or any(
            len(one.text) >= _SMALL and one.lower not in small for one in tokens(text)
        )

    def _missing_marks(self, text: str) -> Iterator[str]:
        amounts = {(one.low, one.high) for one in self._quoted.numbers}
        for sentence in self._marked.marks_of(text):
            for one in sentence.names:
                if len(one.entities) == 1 and one.entities[0] not in self._quoted.names:
                    yield one.text
            for number in sentence.numbers:
                if (number.low, number.high) not in amounts:
                    yield number.text
            for day in sentence.dates:
                if not self._quoted.has_words(day.text) and not _has(day, self._quoted.dates):
                    yield day.text

    def _missing_plain(self, text: str) -> Iterator[str]:
        taken = _taken(self._marked.marks_of(text))
        small = self._marked.cues.common | self._marked.cues.titles
        for word in tokens(text):
            if any(word.place.meets(one) for one in taken):
                continue
            plain = len(word.text) >= _SMALL and word.lower not in small
            if plain and not self._quoted.has_word(word.lower):
                yield word.text


def _taken(sentences: Sequence[Sentence]) -> list[Place]:
    """Where marks are, of names only those of whom we know."""
    taken: list[Place] = []
    for sentence in sentences:
        taken += [one.place for one in sentence.names if one.entities]
        taken += [one.place for one in sentence.numbers]
        taken += [one.place for one in sentence.dates]
    return taken


def _is_day(mark: DateMark, text: str, part: int | None) -> bool:
    if mark.edtf is None:
        return False
    if part is not None and "/" in mark.edtf:
        return bounds(mark.edtf.split("/")[part]) == bounds(text)
    return bounds(mark.edtf) == bounds(text)


def _has(day: DateMark, dates: Sequence[DateMark]) -> bool:
    return day.edtf is not None and any(one.edtf == day.edtf for one in dates)


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
