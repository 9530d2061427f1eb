"""What is said around the findings: the baseline, what stands still, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Comparison, Finding
from monitor.model.text import visible
from monitor.report import links
from monitor.report.finding import Voice, count_views, finding_view, in_words, spoken
from monitor.report.told import Told
from monitor.report.view import BaselineView, LinkView, SteadyView
from monitor.words import Language
from monitor.words.dates import day, days

PLANS: Final = 12
LABELS: Final = 10
"""Labels of one line of what has not changed; the others are counted."""

DATES: Final = 3
"""Lines of what has not changed, the longest unchanged first; the others share the last."""


def baseline_view(told: Told, voice: Voice) -> BaselineView | None:
    """Where things stand against the baseline; None before a situation has one."""
    comparison, ref, how = (
        told.input.against_baseline,
        told.input.baseline,
        told.input.baseline_how,
    )
    if comparison is None or ref is None:
        return None
    language = voice.language
    title = language.frame.baseline(day(ref.as_of, language.code), how)
    if _same(comparison, told.input.comparison):
        same = language.frame.same_baseline()
        return BaselineView(title=title, summary=same, fresh=(), link=None)
    fresh = set(told.input.new_against_baseline)
    new = [finding for finding in told.against_baseline if finding.id in fresh]
    new.sort(key=lambda finding: -finding.significance)
    sentences = [finding_view(each, voice).sentence for each in new[:5]]
    more = len(new) - len(sentences)
    return BaselineView(
        title=title,
        summary=_standing(told.against_baseline, len(new), language),
        fresh=(*sentences, language.counts.more_findings(more)) if more > 0 else tuple(sentences),
        link=opened(comparison, voice.pages_url, language.labels.open_baseline),
    )


def _standing(findings: Sequence[Finding], new: int, language: Language) -> str:
    """`93 findings since then: 4 critical, 20 major. 2 of them are new to you.`"""
    if not findings:
        return language.frame.nothing_differs()
    counts = in_words(count_views(findings, language))
    return language.counts.against(len(findings), counts, new)


def _same(one: Comparison, other: Comparison) -> bool:
    return one.old.content_hash == other.old.content_hash and one.old.as_of == other.old.as_of


def steady_views(comparison: Comparison, language: Language) -> tuple[SteadyView, ...]:
    """One for each date, with how many stand unchanged since later ones."""
    views = []
    for each in comparison.steady[:DATES]:
        shown, more = spoken(each.labels, LABELS)
        since = language.frame.since(day(each.since, language.code))
        beyond = language.counts.more(more) if more else ""
        views.append(SteadyView(since=since, labels=shown, more=beyond))
    later = sum(len(each.labels) for each in comparison.steady[DATES:])
    if later:
        labels = (language.frame.count_only(later),)
        views.append(SteadyView(since=language.frame.since_later(), labels=labels))
    return tuple(views)


def upcoming(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """`Third round, 17–18 Feb 2026 (announced)`, for each thing that is planned."""
    lines = [
        f"{visible(each.label, 120)}, {visible(days(each.starts, each.ends, language.code), 80)}"
        + (f" ({visible(each.state, 60)})" if each.state else "")
        for each in comparison.upcoming[:PLANS]
    ]
    more = len(comparison.upcoming) - len(lines)
    return (*lines, language.frame.count_only(more)) if more > 0 else tuple(lines)


def opened(comparison: Comparison, pages_url: str | None, text: str) -> LinkView | None:
    """The link to a comparison, where pages are served."""
    if not pages_url:
        return None
    return LinkView(text=text, url=links.comparison(pages_url, comparison.old, comparison.new))
