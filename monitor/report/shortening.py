"""Sentences made short: for one line of a list, and for a subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitor.model.comparison import Finding
from monitor.model.patterns import regex
from monitor.model.text import shortened, visible
from monitor.report.voice import IN_MAIL
from monitor.words import Language, guarded
from monitor.words.clauses import says
from monitor.words.company import is_named
from monitor.words.guarded import Failed

LINE: Final = 14
"""Words of a sentence in the block; a longer one is said in its short form."""

_CLAUSE: Final = regex(r"(?<=;)\s|(?<=\w{4}\.)\s(?=[^\W\d_])|\s\((?=[^()]*\)\.?$)")
"""Where a clause ends: at a semicolon, a full stop of no abbreviation, an end in brackets."""

_BARE: Final = regex(r": [\w-]+(?: [\w-]+)?\.$")
"""A place on a scale alone, which says little without what follows: `Red on the well: refuses.`"""


def short_line(finding: Finding, whole: str, language: Language, year: str, failed: Failed) -> str:
    """One sentence of few words where `whole` has too many: without old values and details."""
    if len(whole.split()) <= LINE:
        return whole
    short = visible(guarded.short(finding, failed, language, year=year))
    short = language.values.without_year(short, year)
    return with_reserve(first_clauses(min(whole, short, key=len), LINE), finding, language)


def one_line(
    whole: str, aside: str, kept: Callable[[str], str] = str, *, most: int = IN_MAIL.line
) -> str:
    """A sentence and what stands beside it, as much as one line holds: for what is told there and
    nowhere else, so that old values and second halves stay. `kept` adds what no cut may lose."""
    told = kept(first_clauses(whole, most))
    if not aside:
        return told
    beside = first_clauses(aside, most)
    return f"{told} {beside}" if len(told.split()) + len(beside.split()) <= most else told


def with_reserve(text: str, finding: Finding, language: Language, *, by: bool = False) -> str:
    """What was cut short still says how firm it is; and `by` whom it is said."""
    reserve = finding.beside.reserve
    if reserve is None or reserve.lowest or says(text, reserve):
        return text
    # Who is named in it may be according to whom it is said.
    papers = () if reserve.said_by else reserve.papers
    named = reserve.said_by is not None and is_named(reserve.said_by, text)
    told = reserve if named or by else reserve._replace(said_by=None, papers=papers)
    return f"{language.sentences.reserved(text, told)}."


def subject(finding: Finding, language: Language, year: str, failed: Failed, room: int) -> str:
    """The shortest true form, without its full stop. A name or a new value is never cut in two:
    what is longer than `room` is cut behind a clause, else told whole up to twice as long."""

    def brief(text: str) -> str:
        return language.values.without_year(visible(text), year).rstrip(".")

    whole = brief(guarded.sentence(finding, failed, language))
    if len(whole) <= room:
        return whole
    short = brief(guarded.short(finding, failed, language, year=year))
    short = min(whole, short, key=len)
    if len(short) <= room:
        return short
    first = _CLAUSE.search(short)
    clause = short[: first.start()] if first else short
    return shortened(clause.rstrip(";. "), 2 * room)


def first_clauses(sentence: str, most: int) -> str:
    """As many whole clauses as make that many words, at least one."""
    if len(sentence.split()) <= most:
        return sentence
    kept = sentence
    for end in reversed([found.start() for found in _CLAUSE.finditer(sentence)]):
        if _BARE.search(sentence[:end]):
            continue
        kept = sentence[:end].rstrip(";. ") + "."
        if len(kept.split()) <= most:
            break
    return kept
