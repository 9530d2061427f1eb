"""What is said around the findings: the baseline, what stands still, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import Comparison, Finding
from monitor.model.text import visible
from monitor.report import links
from monitor.report.finding import Voice, finding_view, spoken
from monitor.report.told import Told
from monitor.report.view import BaselineView, LinkView, SteadyView
from monitor.words.dates import day, days
from monitor.words.en.values import counted

PLANS: Final = 12
LABELS: Final = 10
"""Labels of one line of what has not changed; the others are counted."""

SAME: Final = "It is what all of the above is compared with."

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
    title = f"Against the baseline of {day(ref.as_of, voice.language.code)}"
    title += f" ({how})" if how else ""
    if _same(comparison, told.input.comparison):
        return BaselineView(title=title, summary=SAME, fresh=(), link=None)
    fresh = set(told.input.new_against_baseline)
    new = [finding for finding in told.against_baseline if finding.id in fresh]
    new.sort(key=lambda finding: -finding.significance)
    sentences = [finding_view(each, voice).sentence for each in new[:5]]
    more = len(new) - len(sentences)
    return BaselineView(
        title=title,
        summary=_standing(told.against_baseline, len(new)),
        fresh=(*sentences, f"And {more} more.") if more > 0 else tuple(sentences),
        link=opened(comparison, voice.pages_url, "Open the comparison with the baseline"),
    )


def _standing(findings: Sequence[Finding], new: int) -> str:
    """`93 findings since then: 4 critical, 20 major. 2 of them are new to you.`"""
    if not findings:
        return "Nothing differs from it."
    levels = Counter(finding.significance for finding in findings)
    counts = ", ".join(f"{levels[each]} {each.word}" for each in sorted(levels, reverse=True))
    total = f"{counted(len(findings), 'finding')} since then: {counts}."
    known = "All" if new == len(findings) > 1 else str(new or "None")
    fresh = f"{known} of them {'is' if new == 1 else 'are'} new to you."
    return f"{total} {fresh}"


def _same(one: Comparison, other: Comparison) -> bool:
    return one.old.content_hash == other.old.content_hash and one.old.as_of == other.old.as_of


def steady_views(comparison: Comparison, language: str) -> tuple[SteadyView, ...]:
    """One for each date, with how many stand unchanged since later ones."""
    views = []
    for each in comparison.steady[:DATES]:
        shown, more = spoken(each.labels, LABELS)
        views.append(
            SteadyView(since=f"since {day(each.since, language)}", labels=shown, more=more)
        )
    later = sum(len(each.labels) for each in comparison.steady[DATES:])
    if later:
        views.append(SteadyView(since="since later dates", labels=(f"{later} more",), more=0))
    return tuple(views)


def upcoming(comparison: Comparison, language: str) -> tuple[str, ...]:
    """`Third round, 17–18 Feb 2026 (announced)`, for each thing that is planned."""
    lines = [
        f"{visible(each.label, 120)}, {visible(days(each.starts, each.ends, language), 80)}"
        + (f" ({visible(each.state, 60)})" if each.state else "")
        for each in comparison.upcoming[:PLANS]
    ]
    more = len(comparison.upcoming) - len(lines)
    return (*lines, f"{more} more") if more > 0 else tuple(lines)


def opened(comparison: Comparison, pages_url: str | None, text: str) -> LinkView | None:
    """The link to a comparison, where pages are served."""
    if not pages_url:
        return None
    return LinkView(text=text, url=links.comparison(pages_url, comparison.old, comparison.new))
