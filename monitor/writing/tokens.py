"""The words of a text with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple
from monitor.writing.marks import Place

_WORD: Final = regex(
    r"(?:[A-Z]\.){2,}"
    r"|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+"
)
_POSSESSIVE: Final = ("'s", "’s", "ʼs")


class Token(NamedTuple):
    """A word as it stands, a possessive ending left out."""

    place: Place
    text: str

    @property
    def capital(self) -> bool:
        """Whether it can begin a name: a capital, or a script that has none."""
        first = self.text[0]
        return first.isupper() or (first.isalpha() and first.lower() == first.upper())

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")


def tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if word.endswith(_POSSESSIVE) and len(word) > 2:
            word = word[:-2]
        yield Token(Place(start, start + len(word)), word)
