"""How a stance is put on a scale, and words of one that wants what its text says."""

from __future__ import annotations

from typing import Final

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Stated
from monitor.words.clauses import has_word
from monitor.words.en import wanting as english

_WANTS: Final = frozenset(
    (
        *("вимагає", "наполягає", "підтримує", "пропонує", "просить", "погоджується", "приймає"),
        *("прагне", "хоче", "бажає", "обстоює", "схвалює", "рекомендує", "обіцяє", "закликає"),
        *("домагається", "віддає", "сподівається", "за", "так"),
    )
)
_NOT: Final = frozenset(("не", "ні", "проти", "менше"))


def wants(position: str) -> bool:
    """Whether a text may follow in its place; snapshots in English keep their English words."""
    own = has_word(position, _WANTS) and not has_word(position, _NOT)
    return own or english.wants(position)


def first_stated(label: str, stated: Stated) -> str:
    """A stance that is put on a scale for the first time; else nothing."""
    position, text = _known(stated.position), _known(stated.text)
    if not position or not text:
        return ""
    told = "" if position in text.lower() else f" «{position}»."
    return f"{label}, тепер:{told} {text}"


def _known(value: Json | Missing) -> Json:
    return None if value is MISSING else value
