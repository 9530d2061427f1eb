"""Findings and remarks as a reader sees them, whatever shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from monitor.model.comparison import Comparison, Finding, Remark, Significance
from monitor.model.later import later
from monitor.model.record import replace
from monitor.model.said import Added
from monitor.model.text import short_path, visible
from monitor.report import links
from monitor.report.heading import heading
from monitor.report.lines import lines_of, of_this_year, otherwise, quiet
from monitor.report.names import bare, in_few_names, shorter
from monitor.report.quotes import led, quotes_of
from monitor.report.rows import detail_view, details_of, disputed_views, in_few
from monitor.report.shortening import first_clauses, with_reserve
from monitor.report.topics import without_name, without_topic
from monitor.report.view import CountView, FindingView, LinkView
from monitor.report.voice import SENTENCE, FindingLimits, Voice
from monitor.words import Language, guarded

if TYPE_CHECKING:
    from monitor.model import digest
else:
    digest = later("monitor.model.digest")

LIST: Final = 20_000
"""Characters of a list that is shown in full."""

# Their second sentence tells what the list of other sources' values tells with links.
_TOLD_BY_SOURCES: Final = ("disputed", "settled")


def finding_view(finding: Finding, voice: Voice) -> FindingView:
    """The view without chart, remarks and alert mark, which depend on the other findings."""
    language, limits = voice.language, voice.limits
    if limits.brief and finding.significance < Significance.MAJOR:
        finding = in_few_names(quiet(finding, limits), voice)
    elif limits.tight:
        # A description of who says so is longer than the name of the paper that has it.
        finding = quiet(finding, replace(limits, terse=False))
    told = finding.provenance
    words = guarded.worded(finding if not limits.tight else bare(finding), voice.failed, language)
    if limits.brief:
        words = of_this_year(words, voice)
        if isinstance(finding.said, Added) and finding.significance >= Significance.MAJOR:
            text = without_topic(words.sentence)
            words = words._replace(sentence=without_name(text) if limits.tight else text)
    most = limits.sources[finding.significance] if limits.sources else None
    named = otherwise(finding) if limits.brief else ()
    sources = voice.citations.of(named or told.sources, None if named else most)
    uncited = 0 if named else len(told.sources) - len(sources)
    least = Significance.MAJOR if limits.brief else Significance.NOISE
    fields = words.details if finding.significance >= least else ()
    disputed = finding.disputed if finding.significance >= least else ()
    fields = details_of(fields, words.sentence, language)
    if limits.brief:
        shown = tuple(in_few(finding, fields, words.sentence, language, limits))
    else:
        shown = tuple(detail_view(each, language) for each in fields)
    untold = len(shown) - len(shown[: limits.details])
    details = shown[: limits.details]
    sentence, beside = visible(words.sentence, SENTENCE), visible(words.aside, SENTENCE)
    if beside.rstrip(".") in sentence or (finding.rule in _TOLD_BY_SOURCES and disputed):
        beside = ""
    beside = shorter(finding, beside, limits)
    lines = lines_of(finding, words._replace(sentence=sentence), beside, voice)
    if limits.sentence and finding.significance >= Significance.MAJOR:
        sentence = with_reserve(first_clauses(sentence, limits.sentence), finding, language)
    return FindingView(
        id=finding.id,
        path=visible(short_path(finding.path)),
        significance=finding.significance.word,
        level=language.counts.level(finding.significance),
        sentence=sentence,
        short=heading(finding, visible(words.sentence, SENTENCE), voice),
        line=lines.line,
        parent=lines.parent,
        below=lines.below,
        alone=without_topic(lines.line) if isinstance(finding.said, Added) else "",
        rivals=lines.rivals,
        aside=beside,
        details=tuple(sorted(details, key=lambda detail: not detail.brief)),
        untold=language.counts.more(untold) if untold else "",
        said=_said(finding, sentence, limits),
        sources=led(sources, finding, voice),
        more=language.counts.more(uncited) if uncited else "",
        disputed=disputed_views(disputed[: limits.details], voice.citations, language, limits),
        weighed=_weighed(finding, language),
        history=_history(finding, voice),
        remarks=(),
        alerted=None,
        chart=None,
        quotes=quotes_of(finding, voice),
        lines=() if limits.details else tuple(visible(each, LIST) for each in words.lines),
    )


def _said(finding: Finding, sentence: str, limits: FindingLimits) -> tuple[str, ...]:
    """Who says so, where the sentence does not tell it; and how firmly, though what is less than
    firm is told there."""
    told, reserve = finding.provenance, finding.beside.reserve
    with_status = not limits.brief or told.grade == "below"
    said_by = told.said_by
    if limits.tight and said_by:
        said_by = said_by.partition(", ")[0] if reserve or limits.drawn else None
    parts = [told.status if with_status and not reserve else None, said_by]
    if reserve and told.said_by and told.said_by.split()[-1] in sentence:
        parts = []
    return tuple(visible(each, 120) for each in parts if each)


def remark_sentence(remark: Remark, voice: Voice) -> str:
    """One sentence, or a line that names the rule and what it is about."""
    said = guarded.remark_sentence(remark, voice.failed, voice.language)
    if voice.limits.brief:
        said = voice.language.values.without_year(said, voice.year)
    return visible(said, SENTENCE)


def unworded(comparison: Comparison, language: Language) -> tuple[digest.Unworded, ...]:
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
        self.found: list[digest.Unworded] = []

    def __call__(self, rule: str, path: str, error: Exception) -> None:
        why = f"{type(error).__name__}: {error}"
        self.found.append(digest.Unworded(situation=self._situation, rule=rule, path=path, why=why))


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
