"""Texts of entries that speak for themselves, without the names that only say of what they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from monitor.model.comparison import MISSING, Missing
from monitor.model.patterns import regex
from monitor.model.said import Added, Part
from monitor.model.text import cut
from monitor.model.tuples import NamedTuple
from monitor.words.about import ASKING

FEWEST: Final = 3
"""Words of a text that is a sentence; a shorter one stands in brackets behind its name."""
ALONE: Final = 4
"""Words of a text that says something without a word before it that says of what."""

MANY: Final = 5
"""Words of a text that is nearly told by another."""

SHOWN: Final = 240
"""Characters of one text in a sentence."""

_WORD: Final = regex(r"\w+")
_LONG: Final = 4
"""Letters of a word that has a meaning of its own, and not only a use."""
_STEM: Final = 5


class Told(NamedTuple):
    """Entries to be told by name, and the texts of the others, each a sentence."""

    named: Sequence[Part]
    sentences: Sequence[str]


def told(parts: Sequence[Part]) -> Told:
    """Which of several entries are told by their texts."""
    alone = [each for each in parts if speaks(each.label, each.text, each.aspect)]
    said = [sentence(each.label, each.text) for each in alone]
    return Told([each for each in parts if each not in alone], said)


def all_said(parts: Sequence[Part]) -> bool:
    """Whether each of some entries is told by its text, and its name is but an aspect of that."""
    return bool(parts) and all(each.aspect is True for each in parts) and not told(parts).named


def instead_of_days(said: Added, parts: Sequence[Part]) -> Part | None:
    """What is said in a few words of a plan that has no days: `Time: Within ten days`."""
    if said.dates is not MISSING and any(said.dates):
        return None
    short = [
        part
        for part in parts
        if part.aspect is True and part.text and len(part.text.split()) <= FEWEST
    ]
    return short[0] if len(short) == 1 else None


def speaks(label: str, text: str | None, aspect: bool | Missing) -> bool:
    """Whether a text is told as a sentence: where its name is an aspect, or its words are there."""
    if not text:
        return False
    return (aspect is True and len(text.split()) >= FEWEST) or repeats(label, text)


def sentence(label: str, text: str | None) -> str:
    """`Closed to the press.`; of a few words what they are about: `Delay: To align schedules.`"""
    said = text or ""
    if len(said.split()) >= ALONE or repeats(label, said):
        return closed(said)
    return closed(f"{label}: {said}")


def repeats(label: str, text: str) -> bool:
    """Whether all that a name says stands in a text too, in whatever form of the words."""
    has = _stems(text)
    words = _WORD.findall(label.lower())
    words = [word for word in words if word not in ASKING] or words
    telling = [word for word in words if len(word) >= _LONG or word.isdigit()] or words
    return bool(telling) and all(word[:_STEM] in has for word in telling)


@lru_cache(maxsize=256)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()))


def share(label: str, text: str) -> float:
    """How much of what a name says stands in a text too; 0 where it says hardly anything."""
    has = _stems(text)
    telling = [word for word in _WORD.findall(label.lower()) if len(word) >= _LONG]
    if len(telling) < MANY:
        return 0.0
    return sum(word[:_STEM] in has or word[:_LONG] in has for word in telling) / len(telling)


def covers(text: str, title: str) -> bool:
    """Whether a text tells half of what a title says, of two words or more."""
    has = _stems(text)
    telling = [word for word in _WORD.findall(title.lower()) if len(word) >= _LONG]
    found = sum(word[:_STEM] in has for word in telling)
    return found > 1 and 2 * found >= len(telling)


def closed(text: str | None) -> str:
    """A text as a sentence within others."""
    said = cut((text or "").strip(), SHOWN)
    end = "" if said.endswith((".", "!", "?", "…", ".”", '."')) else "."
    return f"{said[:1].upper()}{said[1:]}{end}"
