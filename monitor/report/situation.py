"""One situation of a digest: the findings that fit, and everything said around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from monitor.model.comparison import Comparison, VersionRef
from monitor.model.digest import DigestInput
from monitor.model.text import visible
from monitor.report.around import baseline_view, opened, running, steady, upcoming, waiting
from monitor.report.block import LINES, SHARED, block, met
from monitor.report.brevity import fitting, words_of
from monitor.report.brief import briefly
from monitor.report.finding import WordingFaults, count_views, spoken
from monitor.report.ignored import ignored
from monitor.report.repeats import without_repeats
from monitor.report.sections import sections
from monitor.report.sources import Citations
from monitor.report.surnames import by_surname
from monitor.report.told import Told
from monitor.report.view import SituationView
from monitor.report.voice import FindingLimits, Voice
from monitor.words import Language
from monitor.words import language as language_of
from monitor.words.dates import day, local_date

WITHDRAWN: Final = 12


def situation_view(told: Told, kept: frozenset[str], digest: DigestInput) -> SituationView:
    """The view with the findings in `kept`; the others are counted."""
    return fitting(
        len(told.findings), lambda limits: _view(told, kept, digest, limits), size=words_of
    )


def _view(
    told: Told, kept: frozenset[str], digest: DigestInput, limits: FindingLimits
) -> SituationView:
    comparison = told.input.comparison
    language = language_of(digest.language)
    faults = WordingFaults(comparison.situation)
    voice = Voice(
        situation=comparison.situation,
        language=language,
        citations=Citations(comparison.sources, _day_beside(comparison.new, language)),
        failed=faults,
        year=comparison.new.as_of[:4],
        limits=limits,
        pages_url=digest.pages_url,
        quotations=comparison.quotations,
    )
    old, new = day(comparison.old.as_of, language.code), day(comparison.new.as_of, language.code)
    moved = comparison.old.content_hash != comparison.new.content_hash
    stateless = told.input.stateless
    left_out = sum(finding.id not in kept for finding in told.findings)
    total = len(told.findings)
    said = without_repeats(sections(told, kept, voice, digest), limits)
    shared = met(told.selection.remarks, told.findings, voice)
    views = [view for section in said for view in section.findings]
    lines = LINES if len(digest.situations) == 1 else SHARED
    head = block(told.findings, views, lines, shared, limits.block)
    if limits.terse:
        said = by_surname(said, told.findings, head)
    return SituationView(
        title=visible(comparison.title or comparison.situation, 200),
        name=visible(comparison.situation, 100),
        old=old,
        new=new,
        compared=_compared(told, digest, moved=moved),
        summary="" if stateless else _summary(comparison, total, language),
        total=total,
        counts=count_views(told.findings, language),
        block=head,
        sections=said,
        briefly=briefly(said, language.labels),
        sources=tuple(voice.citations.cited.values()),
        withdrawn=_withdrawn(told, language),
        baseline=baseline_view(told, voice),
        steady=steady(comparison, language, limits.steady),
        running=running(comparison, language),
        waiting=waiting(comparison, language),
        upcoming=upcoming(comparison, language, [view.sentence for view in views if view.strong]),
        open=opened(comparison, digest.pages_url, language.labels.open_comparison),
        command=f"monitor diff {visible(comparison.situation, 100)}@{comparison.old.as_of} "
        f"{visible(comparison.situation, 100)}@{comparison.new.as_of}",
        left_out=left_out,
        missing=language.counts.missing(left_out) if left_out else "",
        # Last, when everything has been said.
        unworded=tuple(faults.found),
    )


def _summary(comparison: Comparison, total: int, language: Language) -> str:
    counted = language.counts.summary(total, comparison.unchanged)
    return " ".join(filter(None, (counted, ignored(comparison, language))))


def _compared(told: Told, digest: DigestInput, *, moved: bool) -> str:
    """A state of the mail's own day has its date at the head of it."""
    comparison, language = told.input.comparison, language_of(digest.language)
    old, new = day(comparison.old.as_of, language.code), day(comparison.new.as_of, language.code)
    if told.input.stateless:
        return language.frame.no_state(old)
    if not moved:
        return language.frame.nothing_newer(old)
    today = comparison.new.as_of == local_date(digest.due, digest.zone)
    since = _day_beside(comparison.new, language)(comparison.old.as_of)
    return language.frame.compared(since, None if today else new)


def _withdrawn(told: Told, language: Language) -> tuple[str, ...]:
    lines, more = spoken(told.withdrawn, WITHDRAWN)
    return (*lines, language.counts.more_withdrawn(more)) if more else lines


def _day_beside(ref: VersionRef, language: Language) -> Callable[[str], str]:
    """Days without their year where that is the newer version's."""
    this_year = ref.as_of[:4]
    return lambda text: day(text, language.code, year=text[:4] != this_year)
