"""What is said around the findings: the baseline, what stands still, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Comparison, Finding, Upcoming
from monitor.model.edtf import bounds
from monitor.model.text import visible
from monitor.report import links
from monitor.report.finding import count_views, in_words
from monitor.report.told import Told
from monitor.report.view import BaselineView, LinkView
from monitor.report.voice import Voice
from monitor.words import Language
from monitor.words.dates import day, days

PLANS: Final = 12
PREVIOUS: Final = "previous"


def baseline_view(told: Told, voice: Voice) -> BaselineView | None:
    """How far things are from the baseline; None where the digest tells just that. What is new in
    it is counted: the digest tells it above, or an earlier one did."""
    comparison, ref, how = (
        told.input.against_baseline,
        told.input.baseline,
        told.input.baseline_how,
    )
    if comparison is None or ref is None:
        return None
    if how == PREVIOUS and _same(comparison, told.input.comparison):
        # Nobody has chosen it, and the first line of the situation names it.
        return None
    language = voice.language
    title = language.frame.baseline(day(ref.as_of, language.code), how)
    if _same(comparison, told.input.comparison):
        same = language.frame.same_baseline()
        return BaselineView(title=title, summary=same, link=None)
    fresh = set(told.input.new_against_baseline)
    new = sum(finding.id in fresh for finding in told.against_baseline)
    return BaselineView(
        title=title,
        summary=_standing(told.against_baseline, new, language),
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


def steady(comparison: Comparison, language: Language, most: int) -> str:
    """One line, with so many names, the longest unchanged first: `Red: the well; Blue: the mill
    (since 24 Jan); and 5 more`."""
    room, parts = most, []
    if not most:
        return ""
    for each in comparison.steady:
        shown = tuple(visible(label, 120) for label in each.labels[:room])
        room -= len(shown)
        if shown:
            this_year = each.since[:4] == comparison.new.as_of[:4]
            since = language.frame.since(day(each.since, language.code, year=not this_year))
            parts.append(f"{'; '.join(shown)} ({since})")
    more = sum(len(each.labels) for each in comparison.steady) - (most - room)
    if more:
        parts.append(language.counts.more(more))
    return f"{'; '.join(parts)}." if parts else ""


def upcoming(
    comparison: Comparison, language: Language, told: Sequence[str] = ()
) -> tuple[str, ...]:
    """`Third round, 17–18 Feb 2026 (announced)`, for each thing that is yet to begin and that no
    sentence in `told` has with its days."""
    ahead = [
        each
        for each in comparison.upcoming
        if not _has_begun(each, comparison) and not _is_told(each, comparison, told, language)
    ]
    lines = []
    for each in ahead[:PLANS]:
        when = visible(days(each.starts, each.ends, language.code), 80)
        state = f" ({visible(each.state.replace('-', ' '), 60)})" if each.state else ""
        lines.append(f"{visible(each.label, 120)}, {when}{state}")
    return _counted(lines, len(ahead), language)


def _is_told(
    each: Upcoming, comparison: Comparison, told: Sequence[str], language: Language
) -> bool:
    values = language.values
    when = values.date_range(each.starts, each.ends)
    parts = (visible(each.label), values.without_year(when, comparison.new.as_of[:4]))
    return any(all(part.lower() in sentence.lower() for part in parts) for sentence in told)


def running(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """`Third round, until 18 Feb 2026`, for each that has begun."""
    begun = [each for each in comparison.upcoming if _has_begun(each, comparison)]
    lines = []
    for each in begun[:PLANS]:
        until = language.frame.until(day(each.ends or each.starts, language.code))
        lines.append(f"{visible(each.label, 120)}, {until}")
    return _counted(lines, len(begun), language)


def waiting(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """`The fifth round is still postponed, since 2 May.`, for each that is off for now."""
    lines = []
    for each in comparison.waiting[:PLANS]:
        since = day(each.since, language.code) if each.since else None
        said = language.frame.still(visible(each.label, 120), visible(each.state, 60), since)
        lines.append(language.values.days_in_words(said))
    return _counted(lines, len(comparison.waiting), language)


def _has_begun(each: Upcoming, comparison: Comparison) -> bool:
    """By the day of the newer version: on the last day on which it may begin it may be announced
    only."""
    begins = bounds(each.starts)
    last = begins.last if begins else None
    return bool(each.ends) and last is not None and last < comparison.new.as_of[:10]


def _counted(lines: Sequence[str], total: int, language: Language) -> tuple[str, ...]:
    more = total - len(lines)
    return (*lines, language.frame.count_only(more)) if more > 0 else tuple(lines)


def opened(comparison: Comparison, pages_url: str | None, text: str) -> LinkView | None:
    """The link to a comparison, where pages are served."""
    if not pages_url:
        return None
    return LinkView(text=text, url=links.comparison(pages_url, comparison.old, comparison.new))
