"""What texts of snapshots say, read by their clauses and numbers and not by their language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Json
from monitor.model.patterns import regex

_CLAUSE: Final = regex(r"(?<=;)\s|(?<=\w{3}[.!?])\s")
_WORD: Final = regex(r"\w+")

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


def names_amount(text: str, quantity: Json, letters: Sequence[str] = ()) -> bool:
    """Whether a text has the one number, or both bounds, of an interval.

    `letters` are the words for 0, 1, 2 and so on in the language of the text.
    """
    if not isinstance(quantity, dict):
        return False
    low, high = quantity.get("low"), quantity.get("high")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return False
    if low != high:
        return re.search(rf"(?<![\w.,]){low}\s?(?:–|-|to)\s?{high}(?!\w)", text) is not None
    spelled = [letters[low]] if isinstance(low, int) and 0 <= low < len(letters) else []
    return any(word in _WORD.findall(text.lower()) for word in (str(low), *spelled))


def tells_who(text: str, names: str, ways: Sequence[str]) -> bool:
    """Whether a text says itself according to whom it is: in one of these ways, by last name."""
    last = re.escape(names.rsplit(maxsplit=1)[-1])
    before = "|".join(map(re.escape, ways))
    told = rf"\b(?:{before})\s(?:\w+\s){{0,4}}{last}\b"
    return re.search(told, text, re.IGNORECASE) is not None
