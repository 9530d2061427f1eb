"""Sentences made short: for one line of a list, and for a subject."""

from __future__ import annotations

import re
from typing import Final

from monitor.model.comparison import Finding
from monitor.model.text import shortened, visible
from monitor.words import Language, guarded
from monitor.words.guarded import Failed

LINE: Final = 14
"""Words of one line; a longer sentence is said in its short form."""

_CLAUSE: Final = re.compile(r"(?<=;)\s|(?<=\w{4}\.)\s(?=[^\W\d_])|\s\((?=[^()]*\)\.?$)")
"""Where a clause ends: at a semicolon, a full stop of no abbreviation, an end in brackets."""


def short_line(finding: Finding, whole: str, language: Language, year: str, failed: Failed) -> str:
    """One sentence of few words where `whole` has too many: without old values and details."""
    if len(whole.split()) <= LINE:
        return whole
    short = visible(guarded.short(finding, failed, language, year=year))
    return _first_clauses(min(whole, short, key=len))


def one_line(short: str, aside: str) -> str:
    """A short sentence with as much of what stands beside it as one line holds."""
    if not aside:
        return short
    beside = _first_clauses(aside)
    return f"{short} {beside}" if len(short.split()) + len(beside.split()) <= 2 * LINE else short


def subject(finding: Finding, language: Language, year: str, failed: Failed, room: int) -> str:
    """The shortest true form, without its full stop. A name or a new value is never cut in two:
    what is longer than `room` is cut behind a clause, else told whole up to twice as long."""
    whole = visible(guarded.sentence(finding, failed, language)).rstrip(".")
    if len(whole) <= room:
        return whole
    short = visible(guarded.short(finding, failed, language, year=year)).rstrip(".")
    short = min(whole, short, key=len)
    if len(short) <= room:
        return short
    first = _CLAUSE.search(short)
    clause = short[: first.start()] if first else short
    return shortened(clause.rstrip(";. "), 2 * room)


def _first_clauses(sentence: str) -> str:
    """As many whole clauses as a line holds, at least one."""
    if len(sentence.split()) <= LINE:
        return sentence
    kept = sentence
    for end in reversed([found.start() for found in _CLAUSE.finditer(sentence)]):
        kept = sentence[:end].rstrip(";. ") + "."
        if len(kept.split()) <= LINE:
            break
    return kept
