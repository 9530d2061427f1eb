"""A whole comparison made ready to show: the report of terminal, Markdown and page."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import Comparison, Finding, Remark, Section, Significance, VersionRef
from monitor.model.paths import covers
from monitor.model.text import visible
from monitor.report.finding import Voice, count_views, finding_view, in_words, remark_sentence
from monitor.report.sources import Citations
from monitor.report.view import Report, SectionView
from monitor.words import Language
from monitor.words.guarded import Failed


def make_report(
    comparison: Comparison,
    findings: Sequence[Finding],
    remarks: Sequence[Remark],
    *,
    names: tuple[str, str],
    language: Language,
    failed: Failed,
) -> Report:
    """`names` are what the person called the two sides: shown where they have no date. `failed` is
    told of what could not be put into words."""
    voice = Voice(
        situation=comparison.situation,
        language=language,
        citations=Citations(comparison.sources, language.values.date_words),
        failed=failed,
    )
    sections = tuple(
        SectionView(
            title=visible(section.title),
            findings=tuple(finding_view(each, voice) for each in group),
        )
        for section, group in _grouped(comparison.sections, findings, language)
    )
    counts = count_views(findings, language)
    stands = language.counts.stands(in_words(counts), comparison.unchanged)
    old = _side(comparison.old, names[0], language)
    new = _side(comparison.new, names[1], language)
    return Report(
        language=language.code,
        labels=language.labels,
        title=visible(comparison.title or comparison.situation),
        old=old,
        new=new,
        summary=stands if findings else language.frame.nothing_to_tell(),
        hidden=_hidden(comparison, findings, language),
        counts=counts,
        sections=sections,
        remarks=tuple(remark_sentence(each, voice) for each in remarks),
        sources=tuple(voice.citations.cited.values()),
        with_paths=comparison.kind is None,
    )


def _grouped(
    sections: Sequence[Section], findings: Sequence[Finding], language: Language
) -> list[tuple[Section, list[Finding]]]:
    """Sections by their strongest finding, then as in the kind; the strongest first in each."""
    groups: dict[str, list[Finding]] = {}
    titles = {section.collection: section for section in sections}
    for finding in findings:
        name = next(
            (path for path in titles if covers(path, finding.collection)), finding.collection
        )
        groups.setdefault(name, []).append(finding)
    found = [
        (
            titles.get(name, Section(collection=name, title=name or language.labels.document)),
            sorted(group, key=lambda finding: -finding.significance),
        )
        for name, group in groups.items()
    ]
    place = {name: position for position, name in enumerate(titles)}
    return sorted(
        found, key=lambda item: (-item[1][0].significance, place.get(item[0].collection, -1))
    )


def _side(ref: VersionRef, name: str, language: Language) -> str:
    return language.values.date_words(ref.as_of) if ref.as_of else visible(name)


def _hidden(comparison: Comparison, findings: Sequence[Finding], language: Language) -> str:
    shown = {finding.id for finding in findings}
    left = [finding for finding in comparison.findings if finding.id not in shown]
    noise = sum(finding.significance is Significance.NOISE for finding in left)
    return language.counts.hidden(len(left), noise) if left else ""
