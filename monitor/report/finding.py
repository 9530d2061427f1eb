"""Findings and remarks as a reader sees them, whatever shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from monitor.model.comparison import Comparison, Finding, Remark, Significance
from monitor.model.digest import Unworded
from monitor.model.record import Record
from monitor.model.said import (
    NOT_A_STANCE,
    Added,
    Disagreement,
    FieldChanged,
    FieldsChanged,
    PositionMove,
    Reworded,
    Said,
)
from monitor.model.text import short_path, visible
from monitor.report import links
from monitor.report.rows import detail_view, details_of, disputed_views, in_few
from monitor.report.shortening import SEVERAL, TOLD, one_line, short_line, with_reserve
from monitor.report.sources import Citations
from monitor.report.view import (
    CountView,
    FindingView,
    LinkView,
)
from monitor.words import Language, guarded, wording
from monitor.words.guarded import Failed

SENTENCE: Final = 600
"""Characters of a sentence; longer values stand in the details."""

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
    if limits.brief:
        words = _of_this_year(words, voice)
    most = limits.sources[finding.significance] if limits.sources else None
    named = _otherwise(finding) if limits.brief else ()
    sources = voice.citations.of(named or told.sources, None if named else most)
    uncited = 0 if named else len(told.sources) - len(sources)
    least = Significance.MAJOR if limits.brief else Significance.NOISE
    fields = words.details if finding.significance >= least else ()
    disputed = finding.disputed if finding.significance >= least else ()
    fields = details_of(fields, words.sentence, language)
    if limits.brief:
        shown = tuple(in_few(finding, fields, words.sentence, language))
    else:
        shown = tuple(detail_view(each, language) for each in fields)
    untold = len(shown) - len(shown[: limits.details])
    details = shown[: limits.details]
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
        line=_line(finding, words, sentence, beside, voice),
        aside=beside,
        details=tuple(sorted(details, key=lambda detail: not detail.brief)),
        untold=language.counts.more(untold) if untold else "",
        said=_said(finding, sentence, with_status=not limits.brief),
        voiced=finding.beside.reserve is not None,
        sources=sources,
        more=language.counts.more(uncited) if uncited else "",
        disputed=disputed_views(
            disputed[: limits.details], voice.citations, language, few=limits.brief
        ),
        weighed=_weighed(finding, language),
        history=_history(finding, voice),
        remarks=(),
        alerted=None,
        chart=None,
        lines=() if limits.details else tuple(visible(each, LIST) for each in words.lines),
    )


def _otherwise(finding: Finding) -> tuple[str, ...]:
    """The sources of a disagreement: what a mail tells of it in one line is theirs."""
    said = finding.said
    if not isinstance(said, Disagreement):
        return ()
    new = [(claim.value, claim.source) for claim in said.said]
    return tuple(
        each.source_id
        for each in finding.disputed
        if each.source_id is not None and (each.value, each.source) in new
    )


def _line(finding: Finding, words: guarded.Worded, sentence: str, beside: str, voice: Voice) -> str:
    language = voice.language
    if voice.limits.brief and isinstance(finding.said, Disagreement):
        return visible(guarded.short(finding, voice.failed, language, year=voice.year))

    def kept(text: str) -> str:
        return with_reserve(text, finding, language)

    # What is new or said anew has its text there, and that is all it says.
    stated = getattr(finding.said, "stated", NOT_A_STANCE) != NOT_A_STANCE
    whole = finding.beside.parts or stated or isinstance(finding.said, Added | Reworded)
    most = SEVERAL if whole else TOLD
    rest = beside or _untold(finding.said, sentence, words.details)
    return one_line(sentence, rest, kept, most=most)


def _said(finding: Finding, sentence: str, *, with_status: bool) -> tuple[str, ...]:
    """Who says so, where the sentence does not tell it; and how firmly, though what is less than
    firm is told there."""
    told, reserve = finding.provenance, finding.beside.reserve
    with_status = with_status or told.grade == "below"
    parts = [told.status if with_status and not reserve else None, told.said_by]
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


def _of_this_year(words: guarded.Worded, voice: Voice) -> guarded.Worded:
    """Without the year that stands at the head of the mail."""

    def brief(text: str) -> str:
        return voice.language.values.without_year(text, voice.year)

    details = (
        each._replace(before=brief(each.before), after=brief(each.after)) for each in words.details
    )
    lines = tuple(map(brief, words.lines))
    return guarded.Worded(brief(words.sentence), brief(words.aside), tuple(details), lines)


def remark_sentence(remark: Remark, voice: Voice) -> str:
    """One sentence, or a line that names the rule and what it is about."""
    said = guarded.remark_sentence(remark, voice.failed, voice.language)
    if voice.limits.brief:
        said = voice.language.values.without_year(said, voice.year)
    return visible(said, SENTENCE)


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
