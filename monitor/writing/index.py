"""What a word or a few words in a row may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from monitor.writing.known import KnownName
from monitor.writing.marks import Named
from monitor.writing.skeleton import is_cyrillic, skeleton
from monitor.writing.tokens import Token, tokens

LONGEST: Final = 7
"""Words of the longest name that is looked for."""
_SHORT: Final = 4
"""Letters of a form in capitals that is found only in capitals: US is not us."""
_FUZZY: Final = 5
"""Letters from which a name may be misspelt."""
_ENDING: Final = 3
"""Letters by which Slavic cases lengthen a name or change its end."""
_STEM: Final = 4
"""Letters of a country's name that its adjective keeps."""
_CASE_ENDINGS: Final = (
    "",
    "a",
    "u",
    "om",
    "em",
    "i",
    "ovi",
    "evi",
    "ou",
    "eu",
    "oi",
    "ogo",
    "omu",
    "im",
)
"""Skeletons of the endings of Ukrainian cases, of one man or woman."""
_ONE_LETTER: Final = ({"g", "h"}, {"z", "s"})
_ARTICLES: Final = frozenset(["the", "a", "an"])
_GIVEN: Final = frozenset(["o", "von", "van", "de", "da", "di", "bin", "al", "el"])


class Form(tuple[str, ...]):
    """The skeletons of the words of a name."""

    __slots__ = ()


class Index:
    """Names by their words. Not thread-safe: it remembers what it was asked."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        self._whole: dict[Form, set[Named]] = {}
        self._capitals: dict[str, set[Named]] = {}
        self._surnames: dict[str, set[Named]] = {}
        self._persons: dict[Named, list[Form]] = {}
        self._small: dict[Form, set[Named]] = {}
        self._stems: dict[str, set[Named]] = {}
        self._longest: dict[str, int] = {}
        self._begun: dict[tuple[int, str], set[Form]] = {}
        self._asked: dict[str, frozenset[Named]] = {}
        for name in known:
            for written in name.forms:
                self._add(name, written)

    def longest(self, word: Token) -> int:
        """Words of the longest name that begins so; 0 when none does."""
        if _initials(word) in self._capitals:
            return max(1, self._longest.get(skeleton(word.text), 1))
        return self._longest.get(skeleton(word.text), 0)

    def whole(self, words: Sequence[Token]) -> frozenset[Named]:
        """Whom exactly these words name, whatever their spelling."""
        if len(words) == 1 and (found := self._capitals.get(_initials(words[0]))):
            return frozenset(found)
        form = Form(skeleton(one.text) for one in words)
        found = self._whole.get(form)
        if found and all(one.capital for one in words if len(one.text) > 3):
            return frozenset(found)
        singular = Form((*form[:-1], form[-1].removesuffix("s")))
        return frozenset(self._small.get(form) or self._small.get(singular) or ())

    def of(self, word: Token, endings: Sequence[str]) -> frozenset[Named]:
        """Whose adjective a word is: Ukrainian is of Ukraine, and so are Ukrainians."""
        for lower in (word.text.lower(), word.text.lower().removesuffix("s")):
            if found := self._stemmed(lower, endings):
                return found
        return frozenset()

    def inflected(self, words: Sequence[Token]) -> frozenset[Named]:
        """Whom Cyrillic words name whose endings are those of a case; no persons."""
        if not all(is_cyrillic(one.text) and one.capital for one in words):
            return frozenset()
        spoken = [skeleton(one.text) for one in words]
        found: set[Named] = set()
        for form in self._begun.get((len(words), spoken[0][:2]), ()):
            if all(map(_is_declined, spoken, form)):
                found |= {one for one in self._whole[form] if one not in self._persons}
        return frozenset(found)

    def _stemmed(self, lower: str, endings: Sequence[str]) -> frozenset[Named]:
        for ending in endings:
            stem = lower.removesuffix(ending)
            if stem != lower and (found := self._stems.get(stem)):
                return frozenset(found)
        return frozenset()

    def is_person(self, entity: Named) -> bool:
        """Whether somebody is called by a last name."""
        return entity in self._persons

    def person(self, words: Sequence[Token]) -> frozenset[Named]:
        """Whom a name of a person may mean: a last name alone, a full name spelt otherwise."""
        if len(words) == 1:
            return self._by_surname(words[0])
        return frozenset(
            one for one in self._by_surname(words[-1]) if self._agrees(one, words[:-1])
        )

    def _add(self, name: KnownName, written: str) -> None:
        """Under its words without an article in front; articles inside it may be left out."""
        words = tokens(written)
        while words and words[0].lower in _ARTICLES:
            words = words[1:]
        self._add_words(name, written, words)
        if any(one.lower in _ARTICLES for one in words):
            few = [one for one in words if one.lower not in _ARTICLES]
            self._add_words(name, written, few)

    def _add_words(self, name: KnownName, written: str, words: Sequence[Token]) -> None:
        if not words or len(words) > LONGEST:
            return
        form = Form(skeleton(one.text) for one in words)
        first = form[0] if len(form) > 1 else form[0].removesuffix("s")
        for each in {form[0], first}:
            self._longest[each] = max(len(form), self._longest.get(each, 0))
        if len(words) == 1 and not name.person and words[0].capital:
            stem = words[0].text.lower().rstrip("aeiouy")
            if len(stem) >= _STEM:
                self._stems.setdefault(stem, set()).add(name.entity)
        if len(words) == 1 and written.isupper() and len(written) <= _SHORT:
            self._capitals.setdefault(written, set()).add(name.entity)
        elif words[0].capital or words[-1].capital:
            self._whole.setdefault(form, set()).add(name.entity)
            self._begun.setdefault((len(form), form[0][:2]), set()).add(form)
        else:
            plain = Form((*form[:-1], form[-1].removesuffix("s")))
            for small in {form, plain}:
                self._small.setdefault(small, set()).add(name.entity)
        if name.person and words[0].capital and words[-1].capital:
            self._surnames.setdefault(form[-1], set()).add(name.entity)
            self._persons.setdefault(name.entity, []).append(form)

    def _by_surname(self, word: Token) -> frozenset[Named]:
        if (found := self._asked.get(word.text)) is None:
            found = self._asked[word.text] = frozenset(self._like(word.text))
        return found

    def _like(self, word: str) -> Iterator[Named]:
        sound = skeleton(word)
        if exact := self._surnames.get(sound):
            yield from exact
            return
        close = [known for known in self._surnames if _is_close(word, sound, known)]
        best = min((Levenshtein.distance(sound, known) for known in close), default=0)
        for known in close:
            if Levenshtein.distance(sound, known) == best:
                yield from self._surnames[known]

    def _agrees(self, entity: Named, given: Sequence[Token]) -> bool:
        """Whether first names fit: the same, spelt alike, an initial, or none known."""
        written = [skeleton(one.text) for one in given if one.lower not in _GIVEN]
        forms = [form[:-1] for form in self._persons.get(entity, ()) if len(form) > 1]
        if not written or not forms:
            return True
        if any(is_cyrillic(one.text) for one in given):
            # Володимир and Vladimir, Джош and Josh: of another script the first letter is enough.
            return any(mine[:1] == one[:1] for mine in written for form in forms for one in form)
        return any(_fits(written, form) for form in forms)


def _initials(word: Token) -> str:
    """Letters of a form that is written in capitals: U.S. and US."""
    plain = word.text.replace(".", "")
    return plain if plain.isupper() else ""


def _fits(written: Sequence[str], form: Sequence[str]) -> bool:
    return any(_alike(mine, theirs) for mine in written for theirs in form)


def _alike(mine: str, theirs: str) -> bool:
    if len(mine) == 1 or len(theirs) == 1:
        return mine[:1] == theirs[:1]
    longest = max(len(mine), len(theirs))
    near = Levenshtein.distance(mine, theirs, score_cutoff=2) <= (1 if longest < 6 else 2)
    stem = _common(mine, theirs)
    return near or (stem >= 4 and longest - stem <= _ENDING)


def _is_close(word: str, sound: str, known: str) -> bool:
    if is_cyrillic(word) and _is_case_of(sound, known):
        return True
    if min(len(sound), len(known)) < _FUZZY or not _begin_alike(sound, known):
        return False
    if is_cyrillic(word):
        stem = _common(sound, known)
        return stem >= max(4, len(known) - 2) and len(sound) - stem <= _ENDING
    if _is_other_sex(sound, known):
        return False
    allowed = 1 if len(known) < 8 else 2
    return Levenshtein.distance(sound, known, score_cutoff=allowed) <= allowed


def _begin_alike(sound: str, known: str) -> bool:
    """With one letter, or two by which one Slavic letter is written: Galuzin and Haluzin."""
    return sound[0] == known[0] or (
        {sound[0], known[0]} in _ONE_LETTER and sound[1:3] == known[1:3]
    )


def _is_case_of(sound: str, known: str) -> bool:
    """A last name with the ending of a case: Бевза is Bevz, Трампа is Trump by one letter."""
    allowed = 0 if len(known) < _FUZZY else 1
    return _begin_alike(sound, known) and any(
        Levenshtein.distance(sound.removesuffix(one), known, score_cutoff=allowed) <= allowed
        for one in _CASE_ENDINGS
        if sound.endswith(one) and len(sound) - len(one) >= _STEM
    )


def _is_declined(word: str, known: str) -> bool:
    """Whether one is a case of the other: Росії, Росію and Росія."""
    stem = _common(word, known)
    return stem >= max(3, len(known) - 2) and len(word) - stem <= _ENDING


def _is_other_sex(sound: str, known: str) -> bool:
    """Ivanova is not Ivanov, nor Kovalska Kovalski."""
    return (
        sound == f"{known}a"
        or known == f"{sound}a"
        or (sound[:-1] == known[:-1] and {sound[-1], known[-1]} == {"a", "i"})
    )


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return number
    return min(len(one), len(other))
