"""The sections of one situation: findings below their headings, remarks and charts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.comparison import (
    Comparison,
    Finding,
    PartyStanding,
    Remark,
    Significance,
)
from monitor.model.digest import DigestInput
from monitor.model.record import replace
from monitor.model.text import visible
from monitor.report.chart import Chart, chart, drawn_of
from monitor.report.finding import finding_view, remark_sentence
from monitor.report.ranking import top
from monitor.report.repeats import undisputed
from monitor.report.told import Told
from monitor.report.topics import beside as below
from monitor.report.view import FindingView, SectionView
from monitor.report.voice import Voice
from monitor.words import Language
from monitor.words.dates import brief_moment, day

REMARKS: Final = 12
"""Remarks of one place; the others are counted."""


def sections(
    told: Told, kept: frozenset[str], voice: Voice, digest: DigestInput
) -> tuple[SectionView, ...]:
    """In the order of `told`; a section whose findings did not fit still says how many."""
    comparison = told.input.comparison
    elsewhere = voice.language.labels.also
    titles = {each.collection: visible(each.title, 80) for each in comparison.sections}
    shown = [finding for finding in told.findings if finding.id in kept]
    full = [finding for finding in shown if finding.significance >= Significance.MAJOR]
    beside, loose = _places(told.selection.remarks, full)
    alerted = {each.finding: each.at for each in told.input.alerted}
    drawn = charts(comparison, full, voice.language)
    views: dict[str, list[FindingView]] = {}
    for finding in told.findings:
        views.setdefault(titles.get(top(finding.collection), elsewhere), [])
    for finding in shown:
        at = alerted.get(finding.id)
        view = finding_view(undisputed(finding, shown, voice.limits), voice)
        view = replace(
            view,
            chart=drawn.get(finding.id),
            drawn=voice.limits.drawn or finding.significance is Significance.CRITICAL,
            remarks=tuple(
                below(view.sentence, each) for each in _sentences(beside.get(finding.id, []), voice)
            ),
            alerted=_alerted(at, digest, voice.language) if at else None,
        )
        views[titles.get(top(finding.collection), elsewhere)].append(view)
    remarks: dict[str, list[Remark]] = {}
    for remark in loose:
        remarks.setdefault(titles.get(top(remark.collection), elsewhere), []).append(remark)
    return tuple(
        SectionView(
            title=title,
            findings=tuple(views.get(title, ())),
            remarks=_sentences(remarks.get(title, []), voice),
            missing=_missing(told, kept, titles, title, voice.language),
        )
        for title in dict.fromkeys((*views, *remarks))
    )


def _alerted(at: str, digest: DigestInput, language: Language) -> str:
    return language.frame.alerted(brief_moment(at, digest.zone, language.code))


def _missing(
    told: Told, kept: frozenset[str], titles: dict[str, str], title: str, language: Language
) -> str:
    number = sum(
        finding.id not in kept
        and titles.get(top(finding.collection), language.labels.also) == title
        for finding in told.findings
    )
    return language.counts.missing_in(number, title) if number else ""


def _places(
    remarks: Sequence[Remark], shown: Sequence[Finding]
) -> tuple[dict[str, list[Remark]], list[Remark]]:
    """Remarks beside the first finding that they are about, and those about none told in full."""
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
    return (*said, voice.language.counts.more_remarks(more)) if more > 0 else said


def charts(
    comparison: Comparison, shown: Sequence[Finding], language: Language
) -> dict[str, Chart]:
    """One chart per issue on which somebody moved, at the first finding about one whose bars show
    that, else about one who has a bar in it."""
    drawn: dict[str, Chart] = {}
    standings = comparison.standings
    now, then = (
        day(ref.as_of, language.code, year=False) for ref in (comparison.new, comparison.old)
    )
    for issue in dict.fromkeys(each.issue for each in standings if each.moved):
        about = [each for each in shown if issue in each.issues and each.id not in drawn]
        home = _home(about, drawn_of(standings, issue))
        bars = chart(standings, issue, now, then, language) if home else None
        if home and bars:
            drawn[home.id] = bars
    return drawn


def _home(about: Sequence[Finding], bars: Sequence[PartyStanding]) -> Finding | None:
    moved = {each.party for each in bars if each.moved}
    for parties in (moved, {each.party for each in bars}):
        for finding in about:
            if parties.intersection(finding.parties):
                return finding
    return None
