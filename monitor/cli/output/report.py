"""A comparison made ready to print: finished, visible text, in the order a reader wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.model.comparison import (
    Comparison,
    Disputed,
    Finding,
    Remark,
    Section,
    Significance,
    Source,
)
from monitor.model.paths import covers
from monitor.model.text import visible, web_link
from monitor.report.wordwise import Piece, wordwise
from monitor.words.en.values import date_words, days_in_words, words
from monitor.words.guarded import Failed, Worded, remark_sentence, worded

_SENTENCE = 600
_VALUE = 400


class Line(NamedTuple):
    """One field, old and new in words; prose also word by word."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


class Cited(NamedTuple):
    """One source; `url` is set only where it is plainly a web address."""

    number: int
    text: str
    short: str
    url: str | None


class Entry(NamedTuple):
    """One finding, in finished text."""

    significance: str
    sentence: str
    aside: str
    path: str
    lines: tuple[Line, ...]
    said: str
    disputed: tuple[str, ...]
    sources: tuple[Cited, ...]


class Part(NamedTuple):
    """The findings of one top-level list, the strongest first."""

    title: str
    entries: tuple[Entry, ...]


class Report(NamedTuple):
    """Everything that the text, Markdown and HTML formats show."""

    title: str
    old: str
    new: str
    summary: str
    counts: tuple[tuple[str, int], ...]
    hidden: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...]
    sources: tuple[Cited, ...]


class _Citations:
    """Numbers sources in the order in which they are first named."""

    def __init__(self, known: Mapping[str, Source]) -> None:
        self._known = known
        self.cited: dict[str, Cited] = {}

    def of(self, identities: Sequence[str]) -> tuple[Cited, ...]:
        for identity in identities:
            if identity not in self.cited:
                self.cited[identity] = self._cited(identity, len(self.cited) + 1)
        return tuple(self.cited[identity] for identity in identities)

    def _cited(self, identity: str, number: int) -> Cited:
        source = self._known.get(identity)
        if source is None:
            return Cited(number, visible(identity), visible(identity, 80), None)
        parts = [source.publisher, source.title, source.published and date_words(source.published)]
        text = ", ".join(part for part in parts if part) or identity
        url = web_link(source.url)
        if source.url and not url:
            text = f"{text} ({source.url})"
        short = ", ".join(part for part in (parts[0], parts[2]) if part) or text
        return Cited(number, visible(text), visible(short, 80), url)


def make_report(
    comparison: Comparison,
    findings: Sequence[Finding],
    remarks: Sequence[Remark],
    *,
    names: tuple[str, str],
    failed: Failed,
) -> Report:
    """`names` are what the person called the two sides: shown where they have no date. `failed` is
    told of what could not be put into words."""
    citations = _Citations(comparison.sources)
    described = comparison.kind is not None

    def entry(finding: Finding) -> Entry:
        return _entry(finding, worded(finding, failed), citations, described)

    parts = tuple(
        Part(visible(section.title), tuple(entry(each) for each in group))
        for section, group in _grouped(comparison.sections, findings)
    )
    return Report(
        title=visible(comparison.title or comparison.situation),
        old=_side(comparison.old.as_of, names[0]),
        new=_side(comparison.new.as_of, names[1]),
        summary=_summary(findings, comparison),
        counts=_counts(findings),
        hidden=_hidden(comparison, findings),
        parts=parts,
        remarks=tuple(visible(remark_sentence(each, failed), _SENTENCE) for each in remarks),
        sources=tuple(citations.cited.values()),
    )


def _grouped(
    sections: Sequence[Section], findings: Sequence[Finding]
) -> list[tuple[Section, list[Finding]]]:
    """Sections by their strongest finding, then as in the kind; the strongest first in each."""
    groups: dict[str, list[Finding]] = {}
    titles = {section.collection: section for section in sections}
    for finding in findings:
        name = next(
            (path for path in titles if covers(path, finding.collection)), finding.collection
        )
        groups.setdefault(name, []).append(finding)
    order = list(titles)
    found = [
        (
            titles.get(name, Section(collection=name, title=name or "Document")),
            sorted(group, key=lambda finding: -finding.significance),
        )
        for name, group in groups.items()
    ]
    place = {name: position for position, name in enumerate(order)}
    return sorted(
        found, key=lambda item: (-item[1][0].significance, place.get(item[0].collection, -1))
    )


def _entry(finding: Finding, words: Worded, citations: _Citations, described: bool) -> Entry:
    told = finding.provenance
    beside = words.aside
    said = " · ".join(part for part in (told.status, told.said_by) if part)
    return Entry(
        significance=finding.significance.word,
        sentence=visible(words.sentence, _SENTENCE),
        aside=visible(beside, _SENTENCE),
        path="" if described else visible(finding.path),
        lines=tuple(
            _line(each.label, each.before, each.after, each.text) for each in words.details
        ),
        said=visible(said),
        disputed=tuple(_disputed(each) for each in finding.disputed if not _is_in(each, beside)),
        sources=citations.of(told.sources),
    )


def _line(label: str, before: str, after: str, prose: bool) -> Line:
    old, new = visible(before, _VALUE), visible(after, _VALUE)
    return Line(visible(label), old, new, wordwise(old, new) if prose else ())


def _disputed(disputed: Disputed) -> str:
    value = visible(words(disputed.value), _VALUE)
    source = days_in_words(disputed.source or "another source")
    return f"{visible(disputed.field)}: {value} ({visible(source)})"


def _is_in(disputed: Disputed, text: str) -> bool:
    """Whether the second sentence says it already."""
    return words(disputed.value) in text and days_in_words(disputed.source or "") in text


def _side(as_of: str, name: str) -> str:
    return date_words(as_of) if as_of else visible(name)


def _summary(findings: Sequence[Finding], comparison: Comparison) -> str:
    if not findings:
        return "Nothing to tell."
    told = ", ".join(f"{number} {word}" for word, number in _counts(findings))
    same = comparison.unchanged
    return f"{told}; {same:,} {'entry stands' if same == 1 else 'entries stand'} as before."


def _counts(findings: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
    """How many there are of each significance, the strongest first."""
    counts = Counter(finding.significance for finding in findings)
    return tuple((level.word, counts[level]) for level in sorted(counts, reverse=True))


def _hidden(comparison: Comparison, findings: Sequence[Finding]) -> str:
    shown = {finding.id for finding in findings}
    left = [finding for finding in comparison.findings if finding.id not in shown]
    if not left:
        return ""
    noise = sum(finding.significance is Significance.NOISE for finding in left)
    many = "1 finding is" if len(left) == 1 else f"{len(left)} findings are"
    if noise == len(left):
        return f"{many} noise and not shown."
    return f"{many} not shown, {noise} of them noise." if noise else f"{many} not shown."
