"""The known name that a written one was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from monitor.model.later import later

if TYPE_CHECKING:
    import difflib
else:
    difflib = later("difflib")

_CLOSE: Final = 0.65
_MANY: Final = 2000
"""Names beyond which none is compared letter by letter: that would take seconds."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The closest known name, capitals and white space apart; None when none is close."""
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(_fold(name), name)
    asked = _fold(word)
    if asked in folded:
        return folded[asked]
    if len(folded) > _MANY:
        return None
    close = difflib.get_close_matches(asked, list(folded), n=1, cutoff=_CLOSE)
    return folded[close[0]] if close else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` when a known name is close, else nothing."""
    close = nearest(word, known)
    return f"; did you mean {close}?" if close is not None and close != word else ""


def suggestion_or_all(word: str, known: Iterable[str], *, none: str = "none yet") -> str:
    """As `suggestion`; when no name is close, a few of those that there are."""
    names = list(dict.fromkeys(known))
    return suggestion(word, names) or f"; there are: {few(names) or none}"


def few(names: Iterable[str], *, most: int = 8) -> str:
    """The first names in a row, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("_", "-").split())
