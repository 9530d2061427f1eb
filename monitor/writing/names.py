"""Names in an article: those that the situation knows, and those that it does not."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from monitor.model.patterns import regex
from monitor.writing.cues.cues import Cues
from monitor.writing.index import LONGEST, Index
from monitor.writing.known import PLACE
from monitor.writing.marks import Named, NameMark, Place
from monitor.writing.skeleton import is_cyrillic
from monitor.writing.tokens import Token

_CALLED: Final = 3
"""Words that may stand between a ship and its name."""
_CASES: Final = 3
"""Words of the longest name whose cases are known."""
_SHORT: Final = 3
"""Letters of a month or a day that is written short."""
_I: Final = ("i", "i'm", "i've", "i'll")
_ADJECTIVE: Final = ("ий", "ій", "на", "ня", "ка", "не", "нє", "ке")
"""Endings of Ukrainian adjectives; of nouns too, which are then taken for part of a name."""
_ROMAN: Final = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])


class Names:
    """Reads a text from its start: who has been named in full is meant by the last name later."""

    def __init__(self, text: str, words: Sequence[Token], index: Index, cues: Cues) -> None:
        self._text = text
        self._words = words
        self._index = index
        self._cues = cues
        self._named: list[Named] = []
        self._strangers: dict[str, str] = {}
        self._small = frozenset(one.text for one in words if not one.text[0].isupper())
        self._starts: frozenset[int] = frozenset()
        self._speech = regex(cues.speech)
        self._joined = [_is_joined(text, one, other) for one, other in itertools.pairwise(words)]

    def find(self, sentences: Sequence[Place], taken: Sequence[Place]) -> tuple[NameMark, ...]:
        """In order, none inside another, none where a date is (`taken`)."""
        self._starts = frozenset(self._first_word(one) for one in sentences)
        busy: set[int] = set()
        for one in taken:
            busy.update(range(self._first_word(one), self._first_word(Place(one.end, one.end))))
        return tuple(self._find(busy))

    def _find(self, busy: set[int]) -> Iterator[NameMark]:
        at = 0
        while at < len(self._words):
            if at in busy:
                at += 1
                continue
            length, entities = self._known(at, busy)
            if entities and self._is_anothers(at, length, entities, busy):
                entities = ()
            if not length:
                length, entities = self._adjective(at)
            if not length:
                length = self._stranger(at, busy)
                entities = () if self._is_named_after(at) else self._of_stranger(at, length)
            if length:
                yield self._mark(at, length, entities)
            at += max(length, 1)

    def _known(self, at: int, busy: set[int]) -> tuple[int, tuple[Named, ...]]:
        longest = self._index.longest(self._words[at])
        for length in range(min(longest, self._row(at, busy)), 0, -1):
            words = self._words[at : at + length]
            if found := self._index.whole(words):
                if length == 1 and self._goes_on(at, busy) and not self._is_title(at + 1):
                    continue
                return length, self._chosen(found)
        for length in range(min(_CASES, self._row(at, busy)), 0, -1):
            if found := self._index.inflected(self._words[at : at + length]):
                return length, self._chosen(found)
        return 0, ()

    def _adjective(self, at: int) -> tuple[int, tuple[Named, ...]]:
        """`Ukrainian` names Ukraine; that of a country that is no party names nobody we know."""
        word = self._words[at]
        if not self._is_name(at):
            return 0, ()
        found = self._index.of(word, self._cues.adjectives)
        return (1, self._chosen(found)) if found else (0, ())

    def _goes_on(self, at: int, busy: set[int]) -> bool:
        """Whether a single known word is the first name of somebody: a capital follows."""
        follows = at + 1 < len(self._words) and at + 1 not in busy and self._is_row(at, 2)
        return (
            follows and self._is_name(at + 1) and bool(self._index.person(self._words[at : at + 2]))
        )

    def _stranger(self, at: int, busy: set[int]) -> int:
        """How many words from here make a name that is not known as it stands."""
        if not self._is_name(at) or self._is_title(at) or self._is_common(at):
            return 0
        if self._is_noun_of_name(at, busy):
            return 0
        end = at + 1
        while follows := self._next_of_name(end, busy):
            end = follows
        return end - at

    def _is_noun_of_name(self, at: int, busy: set[int]) -> bool:
        """A Ukrainian noun that begins a sentence, with whose it is behind it: делегація Туреччини.
        An adjective belongs to the name, as in Південна Корея."""
        word = self._words[at]
        if at not in self._starts or not is_cyrillic(word.text) or word.lower.endswith(_ADJECTIVE):
            return False
        if at + 1 >= len(self._words) or not self._joined[at]:
            return False
        _, entities = self._known(at + 1, busy)
        return bool(entities) and not any(map(self._index.is_person, entities))

    def _next_of_name(self, at: int, busy: set[int]) -> int:
        """Where the name goes on behind this word: after small words only if a capital comes."""
        while at < len(self._words) and at not in busy and self._joined[at - 1]:
            if self._is_name(at):
                return 0 if self._known_alone(at, busy) else at + 1
            if self._words[at].lower not in self._cues.joining:
                break
            at += 1
        return 0

    def _known_alone(self, at: int, busy: set[int]) -> bool:
        length, _ = self._known(at, busy)
        return length > 1

    def _of_stranger(self, at: int, length: int) -> tuple[Named, ...]:
        """A person whose name is spelt otherwise; nobody, if it is somebody new."""
        if not length:
            return ()
        words = self._words[at : at + length]
        return self._chosen(self._index.person(words))

    def _is_anothers(
        self, at: int, length: int, entities: tuple[Named, ...], busy: set[int]
    ) -> bool:
        """Whether a firm or a ship is called so, and not whom we know; a ship that we know is."""
        persons = all(map(self._index.is_person, entities))
        return (persons and self._is_named_after(at)) or self._is_a_firms(at, length, busy)

    def _is_named_after(self, at: int) -> bool:
        """Whether a ship or a street is meant: the ferry Lady Aldous, a tanker called the Holm."""
        back = at - 1
        while (
            back >= 0
            and at - back <= _CALLED
            and (
                self._words[back].lower in self._cues.titles
                or self._words[back].lower in ("the", "called", "named", "of", "to", "на", "імені")
            )
        ):
            back -= 1
        return back >= 0 and self._words[back].lower in self._cues.vessels

    def _is_a_firms(self, at: int, length: int, busy: set[int]) -> bool:
        """Whether a longer name goes on: Rubio Precision AG, the Kyiv Philharmonic, Holm & Sons."""
        end = at + length
        if end >= len(self._words) or end in busy:
            return False
        follows = self._words[end]
        between = self._text[self._words[end - 1].place.end : follows.place.start]
        if between == " & ":
            return True
        return self._joined[end - 1] and follows.capital and follows.lower in self._cues.firms

    def _chosen(self, found: frozenset[Named]) -> tuple[Named, ...]:
        """Of several, whom the article has named in full last; a party before the place that is
        called as it is."""
        found = frozenset(one for one in found if PLACE not in one.collection) or found
        if len(found) > 1:
            recent = [one for one in reversed(self._named) if one in found]
            if recent:
                return (recent[0],)
        if len(found) == 1:
            self._named += found
        return tuple(sorted(found))

    def _mark(self, at: int, length: int, entities: tuple[Named, ...]) -> NameMark:
        place = Place(self._words[at].place.start, self._words[at + length - 1].place.end)
        return NameMark(place=place, text=self._text[place.start : place.end], entities=entities)

    def _is_name(self, at: int) -> bool:
        word = self._words[at]
        if not word.text[0].isalpha() or not word.capital:
            return False
        # Short forms stand in dates, which are found before; Jan and Sun are names elsewhere.
        dated = word.lower in self._cues.months or word.lower in self._cues.weekdays
        return not dated or (len(word.text) == _SHORT and word.lower in self._cues.abbreviations)

    def _is_title(self, at: int) -> bool:
        return at < len(self._words) and self._words[at].lower in self._cues.titles

    def _is_common(self, at: int) -> bool:
        """A capital that only begins a sentence, or is a numeral or a pronoun."""
        word = self._words[at]
        if self._is_initial(at):
            return False
        if word.text in _ROMAN or word.lower in {*self._cues.numerals, *self._cues.tens}:
            return True
        if word.lower in self._cues.common:
            return at in self._starts or word.lower in _I
        return self._is_adjective(at) or (at in self._starts and self._only_begins(at))

    def _only_begins(self, at: int) -> bool:
        follows = at + 1 < len(self._words) and self._joined[at]
        if follows and self._is_name(at + 1):
            return False
        return self._words[at].lower in self._small or not self._is_seen(at, follows)

    def _is_initial(self, at: int) -> bool:
        word = self._words[at].place
        follows = at + 1 < len(self._words) and self._joined[at] and self._is_name(at + 1)
        return follows and word.end - word.start == 1 and self._text[word.end] == "."

    def _is_seen(self, at: int, follows: bool) -> bool:
        """Whether a capital at the start of a sentence is a name by what stands elsewhere: again
        within a sentence, or before a verb of speech."""
        word = self._words[at]
        if self._text[word.place.end : word.place.end + 2] in ("'s", "’s"):
            return True
        if self._index.person([word]):
            return True
        if follows and self._speech.fullmatch(self._words[at + 1].lower):
            return True
        return any(
            one.text == word.text and number not in self._starts
            for number, one in enumerate(self._words)
        )

    def _is_adjective(self, at: int) -> bool:
        """Of a country that is not known: a single capital before a small word or a title."""
        word = self._words[at].lower
        if word not in self._cues.demonyms and not word.endswith(self._cues.demonym_endings):
            return False
        behind = at + 1
        if behind >= len(self._words) or not self._joined[at]:
            return False
        return not self._words[behind].capital or self._is_title(behind)

    def _is_row(self, at: int, length: int) -> bool:
        """Whether only spaces or hyphens stand between these words."""
        return all(self._joined[at : at + length - 1])

    def _row(self, at: int, busy: set[int]) -> int:
        """How many words from here may make one name."""
        end = at + 1
        while end - at < LONGEST and end < len(self._words) and self._joined[end - 1]:
            if end in busy:
                break
            end += 1
        return end - at

    def _first_word(self, place: Place) -> int:
        """The number of the first word that does not begin before a place."""
        return bisect_left(self._words, place.start, key=lambda one: one.place.start)


def _is_joined(text: str, one: Token, other: Token) -> bool:
    between = text[one.place.end : other.place.start]
    return between in (" ", "-", "‑", "\u00a0", "\n") or (between == ". " and len(one.text) == 1)
