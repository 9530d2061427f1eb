"""Which sentences of a text are new or gone, where the others stay as they are."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple

_END: Final = regex(r"(?<=[.!?…。！？])\s+|(?<=[。！？])|\s*\n\s*")
# A text that is edited in more places than this is another text.
_MOST: Final = 3
# Words from which on a text with a full stop is a sentence, and no name.
_WORDS: Final = 2


class Edit(NamedTuple):
    """The sentences that went from one place and those that came to it, each as one text."""

    lost: str
    gained: str


def edited(before: Any, after: Any) -> tuple[Edit, ...]:
    """Place by place; nothing where no sentence stays, where they stand in another order, or too
    many are others."""
    if not isinstance(before, str) or not isinstance(after, str):
        return ()
    old, new = _sentences(before), _sentences(after)
    lost, gained = _apart(old, new), _apart(new, old)
    stay = [text for text in old if text not in lost]
    if not stay or stay != [text for text in new if text not in gained]:
        return ()
    if not (lost or gained) or len(lost) > _MOST or len(gained) > _MOST:
        return ()
    places = zip(_runs(old, lost), _runs(new, gained), strict=True)
    return tuple(Edit(*sides) for sides in places if any(sides))


def is_sentence(text: Any) -> bool:
    """Whether a value is more than a few words: it has the end of a sentence."""
    if not isinstance(text, str):
        return False
    return text.rstrip().endswith((".", "!", "?", "…")) and len(text.split()) >= _WORDS


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def _runs(sentences: list[str], others: list[str]) -> list[str]:
    """What stands before, between and behind the sentences that stay."""
    runs: list[list[str]] = [[]]
    for text in sentences:
        if text in others:
            runs[-1].append(text)
        else:
            runs.append([])
    return [" ".join(run) for run in runs]


def _apart(one: list[str], other: list[str]) -> list[str]:
    """Those of the one that the other has not, or not as often."""
    more = Counter(one) - Counter(other)
    return [text for text in dict.fromkeys(one) if text in more]
