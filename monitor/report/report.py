"""A whole comparison made ready to show: the report of terminal, Markdown and page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from monitor.model.comparison import Comparison, Finding, Remark, Section, Significance, VersionRef
from monitor.model.text import visible
from monitor.report.block import Shared, block, met
from monitor.report.brevity import fitting, words_of
from monitor.report.brief import briefly
from monitor.report.finding import count_views, finding_view, in_words, remark_sentence
from monitor.report.ignored import ignored
from monitor.report.ranking import ordered, top
from monitor.report.repeats import undisputed, without_repeats
from monitor.report.sources import Citations
from monitor.report.surnames import by_surname
from monitor.report.view import Report, SectionView
from monitor.report.voice import WHOLE, FindingLimits, Voice
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
    brief: bool = False,
    most: int = 0,
) -> Report:
    """`brief`: as a digest would tell it. `most`: so many findings of a list are told, 0 for all;
    the others are counted. `names` are what the person called the two sides: shown
    where they have no date. `failed` is told of what could not be put into words."""

    def made(limits: FindingLimits) -> Report:
        return _made(
            comparison,
            findings,
            remarks,
            names=names,
            language=language,
            failed=failed,
            limits=limits,
            most=most,
        )

    return fitting(len(findings), made, size=words_of) if brief else made(WHOLE)


def _made(
    comparison: Comparison,
    findings: Sequence[Finding],
    remarks: Sequence[Remark],
    *,
    names: tuple[str, str],
    language: Language,
    failed: Failed,
    limits: FindingLimits,
    most: int,
) -> Report:
    brief = limits.brief
    voice = Voice(
        situation=comparison.situation,
        language=language,
        citations=Citations(comparison.sources, language.values.date_words),
        failed=failed,
        year=comparison.new.as_of[:4],
        limits=limits,
        quotations=comparison.quotations,
    )
    told = ordered(comparison, findings)
    sections = without_repeats(
        tuple(
            SectionView(
                title=visible(section.title),
                findings=tuple(
                    finding_view(undisputed(each, told, limits), voice)
                    for each in group[: most or None]
                ),
            )
            for section, group in _grouped(comparison.sections, told, language)
        ),
        limits,
    )
    head = _block(told, sections, met(remarks, told, voice), limits) if brief else ()
    if limits.tight:
        sections = by_surname(sections, told, head)
    counts = count_views(findings, language)
    missing = len(told) - sum(len(section.findings) for section in sections)
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
        block=head,
        sections=sections,
        remarks=tuple(remark_sentence(each, voice) for each in remarks),
        sources=tuple(voice.citations.cited.values()),
        with_paths=comparison.kind is None,
        brief=brief,
        missing=language.counts.more(missing) if missing else "",
        briefly=briefly(sections, language.labels) if brief else (),
    )


def _block(
    told: Sequence[Finding],
    sections: Sequence[SectionView],
    shared: Sequence[Shared],
    limits: FindingLimits,
) -> tuple[str, ...]:
    views = [view for each in sections for view in each.findings]
    return block(told, views, shared=shared, room=limits.block)


def _grouped(
    sections: Sequence[Section], findings: Sequence[Finding], language: Language
) -> Iterator[tuple[Section, Sequence[Finding]]]:
    """Findings below their headings, in the order in which they are told."""
    titles = {section.collection: section for section in sections}
    for name, group in groupby(findings, key=lambda finding: top(finding.collection)):
        fallback = Section(collection=name, title=name or language.labels.document)
        yield titles.get(name, fallback), tuple(group)


def _side(ref: VersionRef, name: str, language: Language) -> str:
    return language.values.date_words(ref.as_of) if ref.as_of else visible(name)


def _hidden(comparison: Comparison, findings: Sequence[Finding], language: Language) -> str:
    shown = {finding.id for finding in findings}
    left = [finding for finding in comparison.findings if finding.id not in shown]
    noise = sum(finding.significance is Significance.NOISE for finding in left)
    hidden = language.counts.hidden(len(left), noise) if left else ""
    return " ".join(filter(None, (hidden, ignored(comparison, language))))
