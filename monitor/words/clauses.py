"""What texts of snapshots say, read by their clauses and numbers and not by their language."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from monitor.model.comparison import Json
from monitor.model.patterns import regex
from monitor.model.said import Reserve
from monitor.words.about import SPELLED

_CLAUSE: Final = regex(r"(?<=;)\s|(?<=\w{3}[.!?])\s")
_WORD: Final = regex(r"\w+")

_ANDS: Final = frozenset(("and", "but", "і", "й", "та", "але", "а"))

_FROM: Final = regex(r"(?:\b(?:citing|quoting|copy of|посиланням на))\s+([^()]+)\)?$")
_BY: Final = regex(r",? (?:republished by|via|передрук)\b|\s\([^()]*\)$")

PROSE: Final = 3
"""Words of a value that is a text and no name."""

SPEAKS: Final = 5
"""Words of a text that says by itself what it is about."""

FAR: Final = 0.5
"""Of its words what a text has left when it says much less than before."""

TOLD: Final = 20
"""Words of what it said."""


def said_before(before: str, after: str) -> str:
    """Of a text that now says much less, the first clauses with anything else; else nothing."""
    old, new = _WORD.findall(before.lower()), _WORD.findall(after.lower())
    if len(new) > FAR * len(old):
        return ""
    kept: list[str] = []
    for clause in _CLAUSE.split(before):
        words = _WORD.findall(clause.lower())
        if set(words) <= set(new):
            continue
        if kept and sum(len(_WORD.findall(each)) for each in kept) + len(words) > TOLD:
            break
        kept.append(clause)
    return " ".join(kept).rstrip(";. ")


def beyond(before: str, after: str) -> str:
    """What a text has beyond another one that it has whole, clause by clause or up to a comma;
    else nothing."""
    old, new = (text.strip().rstrip(".;") for text in (before, after))
    if old and new.startswith(old) and new[len(old) :].lstrip()[:1] in (",", ";", "."):
        return _from_its_first_word(new[len(old) :])
    had = [_flat(clause) for clause in _CLAUSE.split(before)]
    clauses = _CLAUSE.split(after)
    if not had[0] or [each for each in map(_flat, clauses) if each in had] != had:
        return ""
    return _from_its_first_word(" ".join(each for each in clauses if _flat(each) not in had))


def _flat(clause: str) -> str:
    return clause.strip().rstrip(".;").lower()


def _from_its_first_word(text: str) -> str:
    text = text.strip(",;. ")
    first, _, rest = text.partition(" ")
    return rest if rest and first in _ANDS else text


def has_word(text: str, words: Collection[str]) -> bool:
    """Whether one of these words, in small letters, stands in a text."""
    return not set(words).isdisjoint(_WORD.findall(text.lower()))


def says(text: str, reserve: Reserve) -> bool:
    """Whether a text has the status under which it is told, in a reader's words or its own."""
    known = (reserve.status, reserve.written)
    return any(isinstance(each, str) and each.replace("-", " ") in text.lower() for each in known)


def first_hand(publisher: str) -> str:
    """Who had it first, by a publisher's name: `The Bell` of `Gazette citing The Bell`, of `Gazette
    (copy of The Bell)` and of `The Bell via Gazette`."""
    if found := _FROM.search(publisher):
        return found[1].strip()
    return _BY.split(publisher, maxsplit=1)[0].strip() or publisher


def names_amount(text: str, quantity: Json) -> bool:
    """Whether a text has the one number, or both bounds, of an interval; a small number may be in
    letters, in any shipped language."""
    if not isinstance(quantity, dict):
        return False
    low, high = quantity.get("low"), quantity.get("high")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return False
    if low != high:
        return re.search(rf"(?<![\w.,]){low}\s?(?:–|-|to)\s?{high}(?!\w)", text) is not None
    spelled = SPELLED[low] if isinstance(low, int) and 0 <= low < len(SPELLED) else ()
    return any(word in _WORD.findall(text.lower()) for word in (str(low), *spelled))


def tells_who(text: str, names: str, ways: Sequence[str]) -> bool:
    """Whether a text says itself according to whom it is: in one of these ways, by last name."""
    last = re.escape(names.rsplit(maxsplit=1)[-1])
    before = "|".join(map(re.escape, ways))
    told = rf"\b(?:{before})\s(?:\w+\s){{0,4}}{last}\b"
    return re.search(told, text, re.IGNORECASE) is not None
