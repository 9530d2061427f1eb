"""Findings and remarks as a reader sees them, whatever shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from monitor.model.comparison import Comparison, Finding, Remark, RivalClaim, Significance
from monitor.model.digest import Unworded
from monitor.model.record import Record
from monitor.model.said import (
    NOT_A_STANCE,
    Added,
    FieldChanged,
    FieldsChanged,
    PositionMove,
    Reworded,
    Said,
)
from monitor.model.text import short_path, visible
from monitor.report import links
from monitor.report.shortening import SEVERAL, TOLD, one_line, short_line, with_reserve
from monitor.report.sources import Citations
from monitor.report.view import (
    CountView,
    DetailView,
    DisputedView,
    FindingView,
    LinkView,
    PieceView,
    SourceView,
)
from monitor.report.wordwise import wordwise
from monitor.words import Language, guarded, wording
from monitor.words.guarded import Failed

_WORDS: Final = re.compile(r"\w+")

SENTENCE: Final = 600
"""Characters of a sentence; longer values stand in the details."""

VALUE: Final = 500
"""Characters of an old or new value."""

LIST: Final = 20_000
"""Characters of a list that is shown in full."""

# Their second sentence tells what the list of other sources' values tells with links.
_TOLD_BY_SOURCES: Final = ("disputed", "settled")


class FindingLimits(Record):
    """How much is shown of one finding: details, and sources by its significance (None: all).
    `brief`: what is not strong is told in one line, so nothing is prepared for it but that."""

    details: int | None = None
    brief: bool = False
    sources: Mapping[Significance, int] | None = None


IN_MAIL: Final = FindingLimits(
    details=6,
    brief=True,
    sources={
        Significance.CRITICAL: 3,
        Significance.MAJOR: 2,
        Significance.MINOR: 1,
        Significance.NOISE: 1,
    },
)
WHOLE: Final = FindingLimits()


class Voice(Record):
    """What the words of one situation depend on besides the finding.

    `year` is that of the newer version. `failed` is told of what could not be put into words: a
    line says so in its place.
    """

    situation: str
    language: Language
    citations: Citations
    failed: Failed
    year: str
    limits: FindingLimits = WHOLE
    pages_url: str | None = None


def finding_view(finding: Finding, voice: Voice) -> FindingView:
    """The view without chart, remarks and alert mark, which depend on the other findings."""
    told, language, limits = finding.provenance, voice.language, voice.limits
    words = guarded.worded(finding, voice.failed, language)
    most = limits.sources[finding.significance] if limits.sources else None
    sources = voice.citations.of(told.sources, most)
    uncited = len(told.sources) - len(sources)
    least = Significance.MAJOR if limits.brief else Significance.NOISE
    fields = words.details if finding.significance >= least else ()
    disputed = finding.disputed if finding.significance >= least else ()
    fields = tuple(each for each in fields if not _repeats(each, words.sentence, language))
    untold = len(fields) - len(fields[: limits.details])
    details = [_detail(each, language) for each in fields[: limits.details]]
    sentence, beside = visible(words.sentence, SENTENCE), visible(words.aside, SENTENCE)
    if beside.rstrip(".") in sentence or (finding.rule in _TOLD_BY_SOURCES and disputed):
        beside = ""
    short = short_line(finding, sentence, language, voice.year, voice.failed)
    return FindingView(
        id=finding.id,
        path=visible(short_path(finding.path)),
        significance=finding.significance.word,
        level=language.counts.level(finding.significance),
        sentence=sentence,
        short=short,
        line=_line(finding, words, sentence, beside, language),
        aside=beside,
        details=tuple(sorted(details, key=lambda detail: not detail.brief)),
        untold=language.counts.more(untold) if untold else "",
        said=_said(finding, sentence),
        voiced=finding.beside.reserve is not None,
        sources=sources,
        more=language.counts.more(uncited) if uncited else "",
        disputed=tuple(_disputed(each, voice) for each in disputed[: limits.details]),
        weighed=_weighed(finding, language),
        history=_history(finding, voice),
        remarks=(),
        alerted=None,
        chart=None,
        lines=() if limits.details else tuple(visible(each, LIST) for each in words.lines),
    )


def _repeats(detail: wording.DetailWords, sentence: str, language: Language) -> bool:
    """Whether a field that was not stated before says only what the sentence says."""
    nothing = (language.values.words(None), language.values.words(None, other="A"))
    if detail.before not in nothing:
        return False
    told = set(_WORDS.findall(sentence.lower()))
    return detail.after in sentence or told.issuperset(_WORDS.findall(detail.after.lower()))


def _line(
    finding: Finding, words: guarded.Worded, sentence: str, beside: str, language: Language
) -> str:
    def kept(text: str) -> str:
        return with_reserve(text, finding, language)

    # What is new or said anew has its text there, and that is all it says.
    stated = getattr(finding.said, "stated", NOT_A_STANCE) != NOT_A_STANCE
    whole = finding.beside.parts or stated or isinstance(finding.said, Added | Reworded)
    most = SEVERAL if whole else TOLD
    rest = beside or _untold(finding.said, sentence, words.details)
    return one_line(sentence, rest, kept, most=most)


def _said(finding: Finding, sentence: str) -> tuple[str, ...]:
    """Who says so and how firmly, where the sentence does not tell it."""
    told, reserve = finding.provenance, finding.beside.reserve
    parts = [None if reserve else told.status, told.said_by]
    if reserve and told.said_by and told.said_by.split()[-1] in sentence:
        parts = []
    return tuple(visible(each, 120) for each in parts if each)


def _untold(said: Said, sentence: str, details: Iterable[wording.DetailWords]) -> str:
    """New values of fields that the sentence only names: `Format: open to the press.`"""
    if not isinstance(said, FieldChanged | FieldsChanged | PositionMove):
        return ""
    told = [
        f"{each.label}: {each.after}" for each in details if each.after.rstrip(".") not in sentence
    ]
    return visible("; ".join(told), SENTENCE)


def remark_sentence(remark: Remark, voice: Voice) -> str:
    """One sentence, or a line that names the rule and what it is about."""
    return visible(guarded.remark_sentence(remark, voice.failed, voice.language), SENTENCE)


def unworded(comparison: Comparison, language: Language) -> tuple[Unworded, ...]:
    """What of a comparison cannot be put into words."""
    faults = WordingFaults(comparison.situation)
    for finding in comparison.findings:
        guarded.worded(finding, faults, language)
    for remark in comparison.remarks:
        guarded.remark_sentence(remark, faults, language)
    return tuple(faults.found)


class WordingFaults:
    """Keeps what could not be put into words of one situation."""

    def __init__(self, situation: str) -> None:
        self._situation = situation
        self.found: list[Unworded] = []

    def __call__(self, rule: str, path: str, error: Exception) -> None:
        why = f"{type(error).__name__}: {error}"
        self.found.append(Unworded(situation=self._situation, rule=rule, path=path, why=why))


def _detail(detail: wording.DetailWords, language: Language) -> DetailView:
    before, after = visible(detail.before, VALUE), visible(detail.after, VALUE)
    return DetailView(
        label=visible(detail.label, 80),
        before=before or language.labels.empty,
        after=after or language.labels.empty,
        pieces=_pieces(before, after) if detail.text and not detail.first else (),
        first=detail.first,
    )


def _pieces(before: str, after: str) -> tuple[PieceView, ...]:
    return tuple(PieceView(op=op, text=text) for op, text in wordwise(before, after))


def _disputed(other: RivalClaim, voice: Voice) -> DisputedView:
    said = voice.language.values.words(other.value)
    if other.source_id is not None:
        source = voice.citations.one(other.source_id)
    else:
        named = other.source or voice.language.frame.another_source()
        text = visible(voice.language.values.days_in_words(named), 80)
        source = SourceView(text=text, number=0, whole=text)
    return DisputedView(value=visible(f"{other.field}: {said}", 200), source=source)


def _weighed(finding: Finding, language: Language) -> str:
    if not finding.because:
        return ""
    reasons = "; ".join(visible(each, SENTENCE).rstrip(".;") for each in finding.because)
    if finding.beside.correction:
        return language.frame.reason(reasons)
    return language.frame.weighed(language.counts.level(finding.significance), reasons)


def _history(finding: Finding, voice: Voice) -> LinkView | None:
    if not voice.pages_url or not finding.path.isprintable() or len(finding.path) > 500:
        return None
    return LinkView(
        text=voice.language.labels.history,
        url=links.history(voice.pages_url, voice.situation, finding.path),
    )


def spoken(words: Sequence[str], limit: int) -> tuple[tuple[str, ...], int]:
    """The first `limit` of some labels made visible, and how many there are beyond."""
    return tuple(visible(each, SENTENCE) for each in words[:limit]), max(0, len(words) - limit)


def count_views(findings: Iterable[Finding], language: Language) -> tuple[CountView, ...]:
    """How many there are of each significance, the strongest first."""
    counted = Counter(finding.significance for finding in findings)
    return tuple(
        CountView(
            word=level.word,
            level=language.counts.of_level(counted[level], level),
            number=counted[level],
        )
        for level in sorted(counted, reverse=True)
    )


def in_words(counts: Iterable[CountView]) -> str:
    """`3 critical, 1 minor`."""
    return ", ".join(f"{each.number} {each.level}" for each in counts)
