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
_INWARD: Final = (regex(r"»([^«»]+)«"), *(one for one in _PAIRS if one is not _PAIRS[1]))
"""As they stand in German: »so«."""
_LONGEST: Final = 4000
_CLAUSE: Final = tuple(",”»\"'’")
_TITLE: Final = 4
"""Words of a title between a verb of speech and the name."""


def quotations(text: str) -> tuple[Place, ...]:
    """Without their marks, in order; one inside another is part of it."""
    found: list[Place] = []
    for pair in _INWARD if _points_inward(text) else _PAIRS:
        for match in pair.finditer(text):
            place = Place(*match.span(1))
            if place.end - place.start <= _LONGEST and not any(place.meets(one) for one in found):
                found.append(place)
    return tuple(sorted(found))


_SUBJECT: Final = 24
"""Letters before a verb in which its subject is looked for: `he`, `the spokeswoman`."""


def _points_inward(text: str) -> bool:
    first = text.find("»")
    return first >= 0 and not 0 <= text.find("«") < first


class Speakers:
    """Finds who says a quotation. Asked sentence by sentence, in order: he is whoever was named
    last, and a sentence of nothing but quotations goes on with its speaker."""

    def __init__(self, text: str, cues: Cues, people: frozenset[str]) -> None:
        self._text = text
        self._verb = regex(rf"\b{cues.speech}\b")
        titles = "|".join(sorted(cues.titles, key=len, reverse=True))
        pronouns = "|".join(sorted(cues.pronouns))
        self._pronoun = regex(rf"\b(?:{pronouns}|the (?:{titles}))\b")
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

    def reporting(
        self, place: Place, quotes: Sequence[QuoteMark], names: Sequence[NameMark]
    ) -> NameMark | None:
        """Who is reported to have said a sentence: named right before a verb of speech, or right
        behind one that ends a clause (`…, said Holm`). Told after the quotes of the sentence."""
        for verb in self._verbs(place, quotes):
            for name in names:
                if self._can_speak(name) and self._is_beside(name.place, verb, place):
                    return name
        return None

    def _is_beside(self, name: Place, verb: Place, sentence: Place) -> bool:
        if name.end <= verb.start:
            return not self._text[name.end : verb.start].strip()
        between = self._text[verb.end : name.start]
        ends = self._text[sentence.start : verb.start].rstrip()[-1:] in _CLAUSE
        follows = self._text[name.end : sentence.end].lstrip()[:1]
        near = len(between.split()) <= _TITLE and "," not in between
        return verb.end <= name.start and ends and near and not follows.isalpha()

    def _verbs(self, place: Place, quotes: Sequence[QuoteMark]) -> list[Place]:
        """Of speech, outside the quotations."""
        found = (
            Place(*each.span())
            for each in self._verb.finditer(self._text.lower(), place.start, place.end)
        )
        return [one for one in found if not any(each.place.meets(one) for each in quotes)]

    def _speaker(
        self, place: Place, quotes: Sequence[QuoteMark], outside: Sequence[NameMark]
    ) -> NameMark | None:
        verbs = self._verbs(place, quotes)
        speakers = [one for one in outside if self._can_speak(one)]
        if not verbs:
            around = any(not _is_mark(each) for each in self._rest(place, quotes))
            return speakers[0] if around and speakers else self._speaking
        if self._is_pronoun(verbs, place):
            return self._last
        return min(speakers, key=lambda one: distance(one.place, verbs), default=self._last)

    def _is_pronoun(self, verbs: Sequence[Place], place: Place) -> bool:
        """Whether the verb's own subject is a pronoun: `he said`, `said she`."""
        for verb in verbs:
            before = self._text[max(place.start, verb.start - _SUBJECT) : verb.start].lower()
            after = self._text[verb.end : min(place.end, verb.end + 6)].lower()
            words = [*before.split()[-1:], *after.split()[:1]]
            if self._pronoun.fullmatch(" ".join(before.split()[-2:])):
                return True
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


def distance(place: Place, verbs: Sequence[Place]) -> int:
    """Before the verb counts less than behind it: the subject comes first most often, and `told`
    is followed by who was told."""
    return min(
        verb.start - place.end if place.end <= verb.start else 3 + place.start - verb.end
        for verb in verbs
    )
