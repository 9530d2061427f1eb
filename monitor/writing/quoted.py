"""What stands in a quotation: the marks of its article inside it, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from monitor.model.record import Record, replace
from monitor.writing.cues.cues import Cues
from monitor.writing.cues.known import cues_of, language_of
from monitor.writing.marking import Reader, mark
from monitor.writing.marks import DateMark, Named, NameMark, NumberMark, Place, Sentence
from monitor.writing.quotations import distance
from monitor.writing.tokens import tokens

_ENDINGS: Final = frozenset(
    [
        "",
        "s",
        "es",
        "e",
        "d",
        "ed",
        "ing",
        "er",
        "ers",
        "ion",
        "ions",
        "y",
        "ies",
        "ied",
        "al",
        "ly",
    ]
)
_STEM: Final = 3
"""Letters that two forms of a word share at least."""
_CASE: Final = 3
"""Letters by which a Slavic ending changes a word."""


class Quoted(Record):
    """`names` are whom it names and nobody else; `maybe` those of whom a name may be one of
    several. `speaking` are those named as who says so, `heard` those named as that alone."""

    place: Place
    text: str
    sentences: tuple[Sentence, ...]
    """Those of the article that it meets, with the marks that stand inside it."""
    names: frozenset[Named]
    maybe: frozenset[Named]
    speaking: frozenset[Named]
    heard: frozenset[Named]
    rungs: frozenset[str]
    numbers: tuple[NumberMark, ...]
    dates: tuple[DateMark, ...]
    words: tuple[str, ...]
    negation: str | None
    """The first word in it that denies."""
    beside: str | None
    """The first such word of its sentence that was left out."""

    def has_word(self, word: str) -> bool:
        """In whatever form."""
        return any(alike(word, one) for one in self.words)

    def has_words(self, text: str) -> bool:
        """Whether it holds all words of a text."""
        asked = [one.lower for one in tokens(text)]
        return bool(asked) and all(self.has_word(one) for one in asked)


class Marked:
    """An article with its marks, from which quotations are cut."""

    def __init__(self, text: str, published: date | None, reader: Reader) -> None:
        self._text = text
        self._reader = reader
        self._cues = cues_of(language_of(text))
        self._denying = re.compile(self._cues.negation, re.IGNORECASE)
        self._between = re.compile(self._cues.clauses, re.IGNORECASE)
        self._starting = re.compile(self._cues.starting, re.IGNORECASE)
        self._ending = re.compile(self._cues.ending, re.IGNORECASE)
        self._speech = re.compile(rf"\b{self._cues.speech}\b", re.IGNORECASE)
        self.sentences = mark(text, published, reader)

    @property
    def cues(self) -> Cues:
        return self._cues

    def quoted(self, place: Place) -> Quoted:
        met = [one for one in self.sentences if one.place.meets(place)]
        inside = tuple(_cut(one, place, self._text) for one in met)
        names = [*(each for one in inside for each in one.names), *self._alone(place, inside)]
        spoken = [mark for one in inside for mark in self._speakers(one)]
        text = self._text[place.start : place.end]
        single = frozenset(one.entities[0] for one in names if len(one.entities) == 1)
        other = frozenset(
            one.entities[0] for one in names if len(one.entities) == 1 and one not in spoken
        )
        speaking = frozenset(each for one in spoken for each in one.entities)
        return Quoted(
            place=place,
            text=text,
            sentences=inside,
            names=single,
            maybe=frozenset(e for one in names if len(one.entities) > 1 for e in one.entities),
            speaking=speaking,
            heard=speaking - other,
            rungs=frozenset(each.rung for one in inside for each in one.statuses),
            numbers=tuple(each for one in inside for each in one.numbers),
            dates=tuple(each for one in inside for each in one.dates),
            words=tuple(one.lower for one in tokens(text)),
            negation=self.denies(text),
            beside=self._beside(place, met),
        )

    def denies(self, text: str) -> str | None:
        found = self._denying.search(text)
        return found[0] if found else None

    def clauses(self, place: Place) -> tuple[Place, ...]:
        """The parts of a sentence that say something each."""
        cuts = [one.span() for one in self._between.finditer(self._text, place.start, place.end)]
        starts = [place.start, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), place.end]
        return tuple(Place(*one) for one in zip(starts, ends, strict=True))

    def says_end(self, text: str, *, is_end: bool) -> bool:
        """Whether words say that something ends, or begins."""
        return (self._ending if is_end else self._starting).search(text) is not None

    def marks_of(self, text: str) -> tuple[Sentence, ...]:
        """Of a text that is not the article's, such as a value."""
        return mark(text, None, self._reader)

    def _alone(self, place: Place, inside: Sequence[Sentence]) -> Iterator[NameMark]:
        """Names that are seen only where a quotation begins or ends in the middle of one."""
        taken = [each.place for one in inside for each in one.names]
        for one in self.marks_of(self._text[place.start : place.end]):
            for each in one.names:
                here = Place(each.place.start + place.start, each.place.end + place.start)
                if each.entities and not any(here.meets(other) for other in taken):
                    yield replace(each, place=here)

    def _speakers(self, sentence: Sentence) -> list[NameMark]:
        """For each verb of speech, who stands closest to it, of those who can speak."""
        persons = [
            one
            for one in sentence.names
            if any(each.collection in self._reader.speakers for each in one.entities)
        ]
        verbs = [
            Place(found.start() + sentence.place.start, found.end() + sentence.place.start)
            for found in self._speech.finditer(sentence.text)
        ]
        if not persons:
            return []
        found = [min(persons, key=lambda one: distance(one.place, [verb])) for verb in verbs]
        quoting = [one.speaker for one in sentence.quotes if one.speaker in persons]
        return list(dict.fromkeys([*found, *(one for one in quoting if one is not None)]))

    def _beside(self, place: Place, met: Iterable[Sentence]) -> str | None:
        for one in met:
            before = self._text[one.place.start : max(one.place.start, place.start)]
            after = self._text[min(one.place.end, place.end) : one.place.end]
            if found := self.denies(before) or self.denies(after):
                return found
        return None


def alike(one: str, other: str) -> bool:
    """Whether two words, in lower case, may be forms of one: rejects, rejected."""
    if one == other:
        return True
    shared = next(
        (number for number, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    rest, more = one[shared:], other[shared:]
    if shared < _STEM:
        return False
    if not one.isascii():
        return len(rest) <= _CASE and len(more) <= _CASE
    return rest in _ENDINGS and more in _ENDINGS


def _cut(sentence: Sentence, place: Place, text: str) -> Sentence:
    """With nothing but what of it stands inside a place."""
    here = Place(max(sentence.place.start, place.start), min(sentence.place.end, place.end))
    return replace(
        sentence,
        place=here,
        text=text[here.start : here.end],
        names=tuple(one for one in sentence.names if here.holds(one.place)),
        numbers=tuple(one for one in sentence.numbers if here.holds(one.place)),
        dates=tuple(one for one in sentence.dates if here.holds(one.place)),
        quotes=tuple(one for one in sentence.quotes if here.meets(one.place)),
        statuses=tuple(one for one in sentence.statuses if here.holds(one.place)),
    )
