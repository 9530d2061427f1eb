"""Words between quotation marks, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.writing.cues.cues import Cues
from monitor.writing.marks import NameMark, Place, QuoteMark

_PAIRS: Final = (
    regex(r"“([^“”]+)”"),
    regex(r"«([^«»]+)»"),
    regex(r"„([^„“”]+)[“”]"),
    regex(r'(?<![\w"])"(?=\S)([^"]+?)(?<=\S)"(?!\w)'),
    regex(r"(?<!\w)‘([^‘’]+(?:’(?=\w)[^‘’]+)*)’(?!\w)"),
    regex(r"(?<!\w)'(?=\w)([^'\n]+(?:'(?=\w)[^'\n]+)*[^\s'])'(?!\w)"),
)
_LONGEST: Final = 4000


def quotations(text: str) -> tuple[Place, ...]:
    """Without their marks, in order; one inside another is part of it."""
    found: list[Place] = []
    for pair in _PAIRS:
        for match in pair.finditer(text):
            place = Place(*match.span(1))
            if place.end - place.start <= _LONGEST and not any(place.meets(one) for one in found):
                found.append(place)
    return tuple(sorted(found))


class Speakers:
    """Finds who says a quotation. Asked sentence by sentence, in order: he is whoever was named
    last, and a sentence of nothing but quotations goes on with its speaker."""

    def __init__(self, text: str, cues: Cues, people: frozenset[str]) -> None:
        self._text = text
        self._verb = regex(rf"\b{cues.speech}\b")
        self._pronoun = regex(rf"\b(?:{'|'.join(sorted(cues.pronouns))})\b")
        self._people = people
        self._last: NameMark | None = None
        self._speaking: NameMark | None = None

    def told(
        self, place: Place, quotes: Sequence[QuoteMark], names: Sequence[NameMark]
    ) -> tuple[QuoteMark, ...]:
        """The quotes of a sentence with their speakers."""
        outside = [one for one in names if not any(each.place.meets(one.place) for each in quotes)]
        speaker = self._speaker(place, quotes, outside) if quotes else None
        said = tuple(replace(one, speaker=speaker) for one in quotes)
        persons = [one for one in outside if self._can_speak(one)]
        self._last = persons[0] if persons else self._last
        self._speaking = speaker or self._speaking
        return said

    def _speaker(
        self, place: Place, quotes: Sequence[QuoteMark], outside: Sequence[NameMark]
    ) -> NameMark | None:
        verbs = [
            Place(*each.span())
            for each in self._verb.finditer(self._text.lower(), place.start, place.end)
            if not any(one.place.meets(Place(*each.span())) for one in quotes)
        ]
        speakers = [one for one in outside if self._can_speak(one)]
        if not verbs:
            around = any(not _is_mark(each) for each in self._rest(place, quotes))
            return speakers[0] if around and speakers else self._speaking
        if self._is_pronoun(verbs, place):
            return self._last
        return min(speakers, key=lambda one: _distance(one.place, verbs), default=self._last)

    def _is_pronoun(self, verbs: Sequence[Place], place: Place) -> bool:
        """Whether the verb's own subject is a pronoun: `he said`, `said she`."""
        for verb in verbs:
            before = self._text[max(place.start, verb.start - 8) : verb.start].lower()
            after = self._text[verb.end : min(place.end, verb.end + 6)].lower()
            words = [*before.split()[-1:], *after.split()[:1]]
            if any(self._pronoun.fullmatch(word.strip(".,;:")) for word in words[:1]):
                return True
            if not before.strip() and words[1:] and self._pronoun.fullmatch(words[1].strip(".,")):
                return True
        return False

    def _can_speak(self, name: NameMark) -> bool:
        return not name.entities or any(one.collection in self._people for one in name.entities)

    def _rest(self, place: Place, quotes: Sequence[QuoteMark]) -> Iterator[str]:
        at = place.start
        for one in quotes:
            yield self._text[at : one.place.start]
            at = max(at, one.place.end)
        yield self._text[at : place.end]


def _is_mark(text: str) -> bool:
    return not any(letter.isalnum() for letter in text)


def _distance(place: Place, verbs: Sequence[Place]) -> int:
    """Before the verb counts less than behind it: the subject comes first most often, and `told`
    is followed by who was told."""
    return min(
        verb.start - place.end if place.end <= verb.start else 3 + place.start - verb.end
        for verb in verbs
    )
