"""Where the words of a quotation stand in an article: letter by letter, white space apart."""

from __future__ import annotations

from typing import Final

from monitor.model.patterns import regex
from monitor.writing.marks import Place

_SPACE: Final = regex(r"\s+")
_MOST: Final = 5
"""Places that are looked at of words that stand at many."""


def plain(text: str) -> str:
    """With single spaces, and none at its ends."""
    return _SPACE.sub(" ", text).strip()


class Folded:
    """An article with single spaces, and where each of its letters stood."""

    def __init__(self, text: str) -> None:
        self._text, self._places = _folded(text)

    def places(self, quote: str) -> tuple[Place, ...]:
        """The first places where it stands; an empty one stands nowhere."""
        wanted = plain(quote)
        found: list[Place] = []
        at = self._text.find(wanted) if wanted else -1
        while at >= 0 and len(found) < _MOST:
            last = at + len(wanted) - 1
            found.append(Place(self._places[at], self._places[last] + 1))
            at = self._text.find(wanted, at + 1)
        return tuple(found)


def breaks_words(text: str, place: Place) -> bool:
    """Whether a place begins or ends within a word or a number: `5 years` of `25 years`."""
    return _is_within(text, place.start) or _is_within(text, place.end)


def _is_within(text: str, at: int) -> bool:
    before, after = text[max(at - 2, 0) : at], text[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    # `1.5`, `12,000` and `10:30` are one number each.
    if before[-1].isdigit() and after[0] in ".,:" and after[1:].isdigit():
        return True
    return before[:-1].isdigit() and before[-1] in ".,:" and after[0].isdigit()


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        single = " " if letter.isspace() else letter
        if single == " " and letters[-1:] == [" "]:
            continue
        letters.append(single)
        places.append(at)
    return "".join(letters), tuple(places)
