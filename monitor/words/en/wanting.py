"""How a stance is put on a scale, and words of one that wants what its text says."""

from __future__ import annotations

from typing import Final

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Stated
from monitor.words.clauses import has_word
from monitor.words.en import articles

_WANTS: Final = frozenset(
    (
        *("accepts", "advocates", "agrees", "approves", "asks", "backs", "calls", "claims"),
        *("demands", "desires", "endorses", "favours", "favors", "hopes", "insists", "likes"),
        *("offers", "plans", "prefers", "pledges", "promises", "proposes", "pursues", "requests"),
        *("recommends", "requires", "seeks", "suggests", "supports", "urges", "wants", "wishes"),
        *("welcomes", "for", "pro", "yes"),
    )
)
_NOT: Final = frozenset(("not", "no", "never", "less", "end", "against"))


def wants(position: str) -> bool:
    """Whether a text may follow in its place: `Red on the well (demands): Free water`. Behind any
    other, such as `rejects`, it would read as what is rejected."""
    return has_word(position, _WANTS) and not has_word(position, _NOT)


def first_stated(label: str, stated: Stated) -> str:
    """A stance that is put on a scale for the first time; else nothing."""
    position, text = _known(stated.position), _known(stated.text)
    if isinstance(stated.party, str) and isinstance(stated.issue, str):
        label = f"{articles.named(stated.party)} on {stated.issue}"
    if not position or not text:
        return ""
    if position in text.lower():
        return f"{label} now: {text}"
    placed = f" (now {position}):" if wants(position) else f": now {position}."
    return f"{label}{placed} {text}"


def _known(value: Json | Missing) -> Json:
    return None if value is MISSING else value
