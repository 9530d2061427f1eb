"""One situation of a digest: what is selected, in which order, and everything said around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.compose import links
from monitor.compose.chart import Chart, chart
from monitor.compose.dates import brief_moment, day, days
from monitor.compose.filters import Selection, select
from monitor.compose.say import Voice, finding_view, remark_sentence, spoken
from monitor.compose.text import visible
from monitor.compose.view import (
    BaselineView,
    CountView,
    FindingView,
    LinkView,
    SectionView,
    SituationView,
    SteadyView,
)
from monitor.model.comparison import Comparison, Finding, Remark, Significance
from monitor.model.digest import DigestInput, SituationInput

REMARKS: Final = 12
"""Sentences of one list of remarks, withdrawn alerts, plans or baseline findings."""

LABELS: Final = 10
"""Labels of one line of what has not changed."""

ELSEWHERE: Final = "Also"
"""The heading for what is listed under no section of the kind."""


@dataclass(frozen=True, slots=True)
class Told:
    """A situation's selected findings, strongest section first and strongest first within it."""

    input: SituationInput
    selection: Selection
    findings: tuple[Finding, ...]
    withdrawn: tuple[str, ...]
    against_baseline: tuple[Finding, ...]


def told(given: SituationInput, digest: DigestInput, today: str) -> Told:
    """What the reader is to see of one situation, before any budget."""
    selection = select(given.comparison, digest.filter, digest.mutes, today)
    standing = {finding.id for finding in given.comparison.findings}
    withdrawn = tuple(
        f"Alerted {brief_moment(each.at, digest.zone, digest.language)}, and no longer so: "
        f"{visible(each.sentence)}"
        for each in given.alerted
        if each.finding not in standing
    )
    further = given.against_baseline
    against = select(further, digest.filter, digest.mutes, today).shown if further else ()
    findings = _ordered(given.comparison, selection.shown)
    return Told(given, selection, findings, withdrawn, against)


def situation_view(told: Told, kept: frozenset[str], digest: DigestInput) -> SituationView:
    """The view with the findings in `kept`; the others are counted."""
    comparison = told.input.comparison
    language = digest.language
    voice = Voice(
        situation=comparison.situation,
        sources=comparison.sources,
        language=language,
        year=comparison.new.as_of[:4],
        pages_url=digest.pages_url,
    )
    counted = Counter(finding.significance for finding in told.findings)
    old, new = day(comparison.old.as_of, language), day(comparison.new.as_of, language)
    return SituationView(
        title=visible(comparison.title or comparison.situation, 200),
        name=visible(comparison.situation, 100),
        old=old,
        old_means=_OLD_MEANS.get(digest.reason, "your last digest"),
        new=new,
        total=len(told.findings),
        unchanged=comparison.unchanged,
        counts=tuple(
            CountView(word=level.word, number=counted[level])
            for level in sorted(Significance, reverse=True)
            if counted[level]
        ),
        sections=_sections(told, kept, voice, digest),
        withdrawn=spoken(told.withdrawn, REMARKS)[0],
        baseline=_baseline(told, voice),
        steady=tuple(_steady(each.since, each.labels, language) for each in comparison.steady[:3]),
        upcoming=upcoming(comparison, language),
        open=_open(comparison, digest.pages_url, "Open this comparison"),
        command=f"monitor diff {visible(comparison.situation, 100)}@{comparison.old.as_of} "
        f"{visible(comparison.situation, 100)}@{comparison.new.as_of}",
        left_out=sum(finding.id not in kept for finding in told.findings),
    )


_OLD_MEANS = {
    "digest": "your last digest",
    "receipt": "your last digest",
    "manual": "what you were last told",
    "alert": "what you were last told",
    "welcome": "where you begin",
}


def _ordered(comparison: Comparison, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sections by their strongest finding, equals in the kind's order; then by significance."""
    place = {section.collection: n for n, section in enumerate(comparison.sections)}
    strongest: dict[str, int] = {}
    for finding in findings:
        top = _top(finding.collection)
        strongest[top] = max(strongest.get(top, 0), finding.significance)

    def rank(finding: Finding) -> tuple[int, int, str, int]:
        top = _top(finding.collection)
        return -strongest[top], place.get(top, len(place)), top, -finding.significance

    return tuple(sorted(findings, key=rank))


def _sections(
    told: Told, kept: frozenset[str], voice: Voice, digest: DigestInput
) -> tuple[SectionView, ...]:
    comparison = told.input.comparison
    titles = {each.collection: visible(each.title, 80) for each in comparison.sections}
    shown = [finding for finding in told.findings if finding.id in kept]
    beside, loose = _places(told.selection.remarks, shown)
    alerted = {each.finding: each.at for each in told.input.alerted}
    drawn = _charts(comparison, shown, digest.language)
    views: dict[str, list[FindingView]] = {}
    for finding in told.findings:
        views.setdefault(titles.get(_top(finding.collection), ELSEWHERE), [])
    for finding in shown:
        at = alerted.get(finding.id)
        view = replace(
            finding_view(finding, voice),
            chart=drawn.get(finding.id),
            remarks=_sentences(beside.get(finding.id, []), voice),
            alerted=brief_moment(at, digest.zone, digest.language) if at else None,
        )
        views[titles.get(_top(finding.collection), ELSEWHERE)].append(view)
    remarks: dict[str, list[Remark]] = {}
    for remark in loose:
        remarks.setdefault(titles.get(_top(remark.collection), ELSEWHERE), []).append(remark)
    return tuple(
        SectionView(
            title=title,
            findings=tuple(views.get(title, ())),
            remarks=_sentences(remarks.get(title, []), voice),
            left_out=_missing(told, kept, titles, title),
        )
        for title in dict.fromkeys((*views, *remarks))
    )


def _missing(told: Told, kept: frozenset[str], titles: dict[str, str], title: str) -> int:
    return sum(
        finding.id not in kept and titles.get(_top(finding.collection), ELSEWHERE) == title
        for finding in told.findings
    )


def _places(
    remarks: Sequence[Remark], shown: Sequence[Finding]
) -> tuple[dict[str, list[Remark]], list[Remark]]:
    """Remarks beside the first finding that they are about, and those about none that is shown."""
    beside: dict[str, list[Remark]] = {}
    loose = []
    for remark in remarks:
        about = set(remark.about)
        home = next((each for each in shown if about & {*each.changes, each.path}), None)
        if home is None and remark.issues:
            home = next((each for each in shown if set(remark.issues) & set(each.issues)), None)
        if home is None:
            loose.append(remark)
        else:
            beside.setdefault(home.id, []).append(remark)
    return beside, loose


def _sentences(remarks: Sequence[Remark], voice: Voice) -> tuple[str, ...]:
    said = tuple(remark_sentence(each, voice) for each in remarks[:REMARKS])
    more = len(remarks) - REMARKS
    return (*said, f"And {more} more remarks of this sort.") if more > 0 else said


def _charts(comparison: Comparison, shown: Sequence[Finding], language: str) -> dict[str, Chart]:
    """One chart per issue on which somebody moved, at the first finding about it."""
    drawn: dict[str, Chart] = {}
    moved = {each.issue for each in comparison.standings if each.moved}
    now, then = (day(ref.as_of, language, year=False) for ref in (comparison.new, comparison.old))
    for finding in shown:
        for issue in finding.issues:
            if issue not in moved or finding.id in drawn:
                continue
            bars = chart(comparison.standings, issue, now, then)
            moved.discard(issue)
            if bars:
                drawn[finding.id] = bars
    return drawn


def _baseline(told: Told, voice: Voice) -> BaselineView | None:
    """Where things stand against the baseline; None when that is what was just compared with."""
    comparison, ref, how = (
        told.input.against_baseline,
        told.input.baseline,
        told.input.baseline_how,
    )
    if comparison is None or ref is None or _same(comparison, told.input.comparison):
        return None
    fresh = set(told.input.new_against_baseline)
    new = [finding for finding in told.against_baseline if finding.id in fresh]
    new.sort(key=lambda finding: -finding.significance)
    sentences = [finding_view(each, voice).sentence for each in new[:5]]
    more = len(new) - len(sentences)
    title = f"Against the baseline of {day(ref.as_of, voice.language)}"
    return BaselineView(
        title=f"{title} ({how})" if how else title,
        summary=_standing(told.against_baseline, len(new)),
        fresh=(*sentences, f"And {more} more.") if more > 0 else tuple(sentences),
        link=_open(comparison, voice.pages_url, "Open the comparison with the baseline"),
    )


def _standing(findings: Sequence[Finding], new: int) -> str:
    """`93 findings since then: 4 critical, 20 major. 2 of them are new since your last digest.`"""
    if not findings:
        return "Nothing differs from it."
    counted = Counter(finding.significance for finding in findings)
    counts = ", ".join(f"{counted[each]} {each.word}" for each in sorted(counted, reverse=True))
    total = f"{len(findings)} finding{'' if len(findings) == 1 else 's'} since then: {counts}."
    fresh = f"{new or 'None'} of them {'is' if new == 1 else 'are'} new since your last digest."
    return f"{total} {fresh}"


def _same(one: Comparison, other: Comparison) -> bool:
    return one.old.content_hash == other.old.content_hash and one.old.as_of == other.old.as_of


def _steady(since: str, labels: Sequence[str], language: str) -> SteadyView:
    shown, more = spoken(labels, LABELS)
    return SteadyView(since=day(since, language), labels=shown, more=more)


def upcoming(comparison: Comparison, language: str) -> tuple[str, ...]:
    """`Third round, 17–18 Feb 2026 (announced)`, for each thing that is planned."""
    lines = [
        f"{visible(each.label, 120)}, {visible(days(each.starts, each.ends, language), 80)}"
        + (f" ({visible(each.state, 60)})" if each.state else "")
        for each in comparison.upcoming[:REMARKS]
    ]
    more = len(comparison.upcoming) - len(lines)
    return (*lines, f"{more} more") if more > 0 else tuple(lines)


def _open(comparison: Comparison, pages_url: str | None, text: str) -> LinkView | None:
    if not pages_url:
        return None
    return LinkView(text=text, url=links.comparison(pages_url, comparison.old, comparison.new))


def _top(collection: str) -> str:
    return collection.partition(".")[0]
