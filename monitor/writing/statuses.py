"""Words that say how firm something is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.writing.cues.cues import Cues
from monitor.writing.cues.known import cues_of
from monitor.writing.marks import Place, StatusMark


def statuses(
    text: str, taken: Sequence[Place], ladder: Sequence[str], cues: Cues
) -> tuple[StatusMark, ...]:
    """Of the rungs that the kind has; a rung's own word shows it too. None inside a quotation."""
    found = sorted(
        _statuses(text, ladder, cues), key=lambda one: (one.place, ladder.index(one.rung))
    )
    kept: list[StatusMark] = []
    for one in found:
        clear = not any(one.place.meets(each) for each in taken)
        if clear and not (kept and one.place.meets(kept[-1].place)):
            kept.append(one)
    return tuple(kept)


def _statuses(text: str, ladder: Sequence[str], cues: Cues) -> Iterator[StatusMark]:
    for rung in ladder:
        for match in _pattern(rung, cues.language).finditer(text):
            yield StatusMark(place=Place(*match.span()), text=match[0], rung=rung)


@cache
def _pattern(rung: str, language: str) -> re.Pattern[str]:
    own = rf"\b{re.escape(rung).replace('-', '[- ]')}\b"
    cue = cues_of(language).firmness.get(rung)
    return re.compile(rf"{cue}|{own}" if cue else own, re.IGNORECASE)
