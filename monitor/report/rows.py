"""The fields below a finding's sentence, and who says otherwise, without what it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from monitor.model.comparison import MISSING, Finding, RivalClaim
from monitor.model.excerpt import around
from monitor.model.record import replace
from monitor.model.said import (
    Cancelled,
    Claim,
    Firmness,
    PositionMove,
    Rescheduled,
    Reworded,
    TookPlace,
)
from monitor.model.text import visible
from monitor.report.shortening import first_clauses
from monitor.report.sources import Citations
from monitor.report.view import BRIEF, DetailView, DisputedView, PieceView, SourceView
from monitor.report.voice import IN_MAIL, FindingLimits
from monitor.report.wordwise import wordwise
from monitor.words import Language
from monitor.words.company import Rival
from monitor.words.wording import DetailWords

VALUE: Final = 500
"""Characters of an old or new value."""

_CHANCE: Final = 4
_WORDS: Final = re.compile(r"\w+")


def details_of(
    told: Sequence[DetailWords], sentence: str, language: Language
) -> tuple[DetailWords, ...]:
    """Without fields of which the sentence says all there is: the new value of one that was not
    stated before, else both."""
    return tuple(each for each in told if not _repeats(each, sentence, language))


def _repeats(detail: DetailWords, sentence: str, language: Language) -> bool:
    nothing = (language.values.words(None), language.values.words(None, other="A"))
    if tells_news(detail, sentence):
        return True
    if detail.before not in nothing:
        return not detail.text and _tells_both(detail, sentence)
    told = set(_WORDS.findall(sentence.lower()))
    return detail.after in sentence or told.issuperset(_WORDS.findall(detail.after.lower()))


def tells_news(detail: DetailWords, sentence: str) -> bool:
    """Whether a sentence has all that came to a list and went from it."""
    return bool(detail.news) and all(_stands(each, sentence) for each in detail.news)


def _tells_both(detail: DetailWords, sentence: str) -> bool:
    """A value of a few letters may stand there by chance, unless its field is named as well."""
    sides = (detail.before, detail.after)
    if not all(_stands(side, sentence) for side in sides):
        return False
    return min(map(len, sides)) >= _CHANCE or detail.label.lower() in sentence.lower()


def in_few(
    finding: Finding,
    told: Sequence[DetailWords],
    sentence: str,
    language: Language,
    limits: FindingLimits = IN_MAIL,
) -> Iterator[DetailView]:
    """The same as a mail shows them: neither what the sentence tells on both sides, nor the rungs
    that lead to the one in it; and an old text only where nothing else is old."""
    happened = isinstance(finding.said, Cancelled | TookPlace | Firmness | Rescheduled)
    moved = isinstance(finding.said, PositionMove) and not isinstance(finding.said, Reworded)
    for each in told:
        if each.clause and each.clause in sentence:
            continue
        new = _stands(each.after.rstrip("."), sentence)
        rung = not each.fact and not each.text
        firm = happened and rung and each.after == finding.provenance.status
        if rung and isinstance(finding.said, TookPlace):
            continue
        only_new = each.text and (happened or moved)
        if (new and (rung or only_new or _stands(each.before, sentence))) or firm:
            continue
        if limits.tight and moved and each.text:
            continue
        if limits.terse and ((rung and not each.first) or _has_begun(each, sentence)):
            continue
        if each.text and new and limits.was == 0:
            continue
        view = detail_view(each._replace(first=each.first or only_new), language, told=new)
        yield _shorter(view, limits.was) if each.text else view


def _has_begun(detail: DetailWords, sentence: str) -> bool:
    """Whether the sentence tells how the old text began."""
    return detail.text and first_clauses(detail.before, 1).rstrip(".;") in sentence


def _shorter(view: DetailView, most: int | None) -> DetailView:
    if most is None or view.first:
        return view
    before = first_clauses(view.before, most)
    words = before.split()
    if len(words) > most + most // 2:
        before = f"{' '.join(words[:most])} …"
    return replace(view, before=before)


def detail_view(detail: DetailWords, language: Language, *, told: bool = False) -> DetailView:
    nothing = (language.values.words(None), language.values.words(None, other="A"))
    was, now = (
        f"{side} ({place})" if place and side not in nothing else side
        for side, place in zip((detail.before, detail.after), detail.places, strict=True)
    )
    sides = around(was, now, VALUE)
    before, after = (visible(side, VALUE) for side in sides)
    if len(before) <= BRIEF and len(after) <= BRIEF:
        # It stands on one line with the new value, behind a semicolon.
        before = before.removesuffix(".")
    return DetailView(
        label=visible(detail.label, 80),
        before=before or language.labels.empty,
        after=after or language.labels.empty,
        pieces=_pieces(before, after) if detail.text and not detail.first else (),
        first=detail.first,
        told=told,
        text=detail.text,
    )


def _pieces(before: str, after: str) -> tuple[PieceView, ...]:
    return tuple(PieceView(op=op, text=text) for op, text in wordwise(before, after))


def _stands(value: str, sentence: str) -> bool:
    """Whole words, whatever their case and hyphens."""
    words, text = (each.replace("-", " ").lower() for each in (value.rstrip("."), sentence))
    at = text.find(words)
    while at >= 0:
        if not _is_letter(text[at - 1 : at]) and not _is_letter(text[at + len(words) :][:1]):
            return True
        at = text.find(words, at + 1)
    return False


def _is_letter(character: str) -> bool:
    """Or a digit; searched for as a pattern, each text would have to be compiled."""
    return character.isalnum() or character == "_"


def disputed_views(
    rivals: Sequence[RivalClaim], citations: Citations, language: Language, limits: FindingLimits
) -> tuple[DisputedView, ...]:
    """What other sources say, each value once; in few words by whom is told by names alone, or by
    numbers."""
    said: dict[Rival, list[RivalClaim]] = {}
    for each in rivals:
        stands = MISSING if each.stands is None else each.stands
        claim = Claim(each.field, each.value, each.source, stands)
        said.setdefault(language.sentences.rival(claim), []).append(each)
    views = [_disputed(told, claims, citations, language, limits) for told, claims in said.items()]
    if not limits.brief:
        return tuple(views)
    claims = [each[0] for each in said.values()]
    clauses = list(_clauses(claims, views, citations, language, joined=limits.terse))
    told = _joined(clauses) if limits.terse else clauses
    return tuple(replace(each, told=f"{each.told}.") if each.clause else each for each in told)


def _clauses(
    claims: Sequence[RivalClaim],
    views: Sequence[DisputedView],
    citations: Citations,
    language: Language,
    *,
    joined: bool,
) -> Iterator[DisputedView]:
    """The same as sentences where who says so has a name; where they are `joined`, who also said
    the one before is not named again."""
    last: tuple[SourceView, ...] = ()
    for claim, view in zip(claims, views, strict=True):
        names = [citations.named(each.number) for each in view.sources]
        nobody = language.frame.another_source()
        known = list(dict.fromkeys(name or nobody for name in names))
        known.sort(key=nobody.__eq__)
        if not any(names):
            yield view
            continue
        stands = MISSING if claim.stands is None else claim.stands
        of = Claim(claim.field, claim.value, claim.source, stands)
        told = language.sentences.gives(of, known, goes_on=joined and view.sources == last)
        last = view.sources
        yield replace(view, told=visible(told, 400), clause=True)


def _joined(views: Sequence[DisputedView]) -> Iterator[DisputedView]:
    """What the same sources say, together."""
    for sources, group in groupby(views, key=lambda each: each.sources):
        same = list(group)
        if not all(each.number for each in sources):
            yield from same
            continue
        told, last = [each.told for each in same], same[-1]
        yield DisputedView(
            value="; ".join([*told[:-1], last.value]),
            sources=sources,
            verb=last.verb,
            stands=last.stands,
            told="; ".join(told),
            clause=last.clause,
        )


def _disputed(
    told: Rival,
    claims: Sequence[RivalClaim],
    citations: Citations,
    language: Language,
    limits: FindingLimits,
) -> DisputedView:
    sources = tuple(_source(each, citations, language) for each in claims)
    nobody = language.frame.another_source()
    first = [_name(each, citations) or nobody for each in claims]
    named = zip(first, sources, strict=True)
    whole = (name if name == nobody else source.text for name, source in named)
    names = list(dict.fromkeys(first if limits.brief else whole))
    if limits.terse and all(each.number for each in sources):
        names = []
    return DisputedView(
        value=visible(told.value, 200),
        sources=sources,
        verb=language.sentences.verb(len(sources)),
        stands=visible(told.stands, 200),
        told=visible(language.sentences.says(told, names), 400),
    )


def _name(rival: RivalClaim, citations: Citations) -> str | None:
    known = rival.source_id in citations.known
    return citations.name(rival.source_id) if known else rival.source


def _source(rival: RivalClaim, citations: Citations, language: Language) -> SourceView:
    if rival.source_id is not None:
        return citations.one(rival.source_id)
    named = rival.source or language.frame.another_source()
    text = visible(language.values.days_in_words(named), 80)
    return SourceView(text=text, number=0, whole=text)
