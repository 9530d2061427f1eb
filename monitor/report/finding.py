"""Findings and remarks in words, guarded: one that cannot be worded becomes a line that says so.

A digest is worth more than its worst finding. Whatever a snapshot made of a change, the digest
goes out, with that change named by its path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.model.comparison import Comparison, Disputed, Finding, Remark, Significance, Source
from monitor.model.digest import Unworded
from monitor.model.text import visible, web_link
from monitor.report import links
from monitor.report.view import DetailView, DisputedView, FindingView, LinkView, PieceView
from monitor.report.wordwise import wordwise
from monitor.words import Language, wording
from monitor.words.dates import day

SENTENCE: Final = 400
"""Characters of a sentence; longer values stand in the details."""

VALUE: Final = 500
"""Characters of an old or new value."""

SOURCES: Final = {Significance.CRITICAL: 6, Significance.MAJOR: 4}
"""Sources linked per finding; weaker ones have `FEWER`. The others are counted."""

FEWER: Final = 3
DETAILS: Final = 12

# Their second sentence tells what the list of other sources' values tells with links.
_TOLD_BY_SOURCES: Final = ("disputed", "settled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the words of one situation depend on besides the finding."""

    situation: str
    sources: Mapping[str, Source]
    language: Language
    year: str
    """The newer version's; a source of another year says so."""
    pages_url: str | None
    faults: list[Unworded] = field(default_factory=list, compare=False)
    """Filled while it speaks: what could not be put into words."""

    def failed(self, rule: str, path: str, error: Exception) -> None:
        why = f"{type(error).__name__}: {error}"
        self.faults.append(Unworded(situation=self.situation, rule=rule, path=path, why=why))


def finding_view(finding: Finding, voice: Voice) -> FindingView:
    """The view without chart, remarks and alert mark, which depend on the other findings."""
    try:
        return _worded(finding, voice)
    except Exception as error:  # noqa: BLE001 - the digest goes out, whatever could not be worded
        voice.failed(finding.rule, finding.path, error)
        return _fallback(finding, voice)


def remark_sentence(remark: Remark, voice: Voice) -> str:
    """One sentence, or a line that names the rule and what it is about."""
    try:
        return visible(wording.remark_sentence(remark, voice.language), SENTENCE)
    except Exception as error:  # noqa: BLE001 - as above
        voice.failed(remark.rule, ", ".join(remark.about), error)
        about = visible(", ".join(remark.about), 200)
        return f"A remark ({visible(remark.rule)}) could not be put into words: {about}."


def unworded(comparison: Comparison, language: Language) -> tuple[Unworded, ...]:
    """What of a comparison cannot be put into words."""
    voice = Voice(
        situation=comparison.situation,
        sources=comparison.sources,
        language=language,
        year=comparison.new.as_of[:4],
        pages_url=None,
    )
    for finding in comparison.findings:
        finding_view(finding, voice)
    for remark in comparison.remarks:
        remark_sentence(remark, voice)
    return tuple(voice.faults)


def _worded(finding: Finding, voice: Voice) -> FindingView:
    told = finding.provenance
    most = SOURCES.get(finding.significance, FEWER)
    # Those that a reader can open come first; else their order stays.
    sources = sorted((_source(each, voice) for each in told.sources), key=lambda link: not link.url)
    details = [_detail(each) for each in wording.details(finding, voice.language)[:DETAILS]]
    sentence = visible(wording.sentence(finding, voice.language), SENTENCE)
    aside = visible(wording.aside(finding, voice.language), SENTENCE)
    if aside.rstrip(".") in sentence or (finding.rule in _TOLD_BY_SOURCES and finding.disputed):
        aside = ""
    return FindingView(
        id=finding.id,
        significance=finding.significance.word,
        sentence=sentence,
        aside=aside,
        details=tuple(sorted(details, key=lambda detail: not detail.brief)),
        said=tuple(visible(each, 120) for each in (told.status, told.said_by) if each),
        sources=tuple(sources[:most]),
        more_sources=max(0, len(told.sources) - most),
        disputed=tuple(_disputed(each, voice) for each in finding.disputed[:DETAILS]),
        history=_history(finding, voice),
        remarks=(),
        alerted=None,
        chart=None,
    )


def _fallback(finding: Finding, voice: Voice) -> FindingView:
    return FindingView(
        id=finding.id,
        significance=finding.significance.word,
        sentence=f"A change at {visible(finding.path, 200)} could not be put into words.",
        aside=f"It was found by the rule {visible(finding.rule, 80)}.",
        details=(),
        said=(),
        sources=(),
        more_sources=0,
        disputed=(),
        history=_history(finding, voice),
        remarks=(),
        alerted=None,
        chart=None,
    )


def _detail(detail: wording.Detail) -> DetailView:
    before, after = visible(detail.before, VALUE), visible(detail.after, VALUE)
    return DetailView(
        label=visible(detail.label, 80),
        before=before or "(empty)",
        after=after or "(empty)",
        pieces=_pieces(before, after) if detail.text else (),
    )


def _pieces(before: str, after: str) -> tuple[PieceView, ...]:
    return tuple(PieceView(op=op, text=text) for op, text in wordwise(before, after))


def _disputed(other: Disputed, voice: Voice) -> DisputedView:
    said = voice.language.values.words(other.value)
    if other.source_id is not None:
        source = _source(other.source_id, voice)
    else:
        source = LinkView(text=visible(other.source or "another source", 80))
    return DisputedView(value=visible(f"{other.field}: {said}", 200), source=source)


def _history(finding: Finding, voice: Voice) -> LinkView | None:
    if not voice.pages_url or not finding.path.isprintable() or len(finding.path) > 500:
        return None
    return LinkView(
        text="History of this fact",
        url=links.history(voice.pages_url, voice.situation, finding.path),
    )


def _source(identity: str, voice: Voice) -> LinkView:
    """`Reuters, 13 Feb`, linked where that is plainly a web address, else with its text."""
    source = voice.sources.get(identity)
    if source is None:
        return LinkView(text=visible(identity, 80))
    name = visible(source.publisher or source.title or source.id, 80)
    dated = name
    if source.published:
        same_year = source.published[:4] == voice.year
        dated = f"{name}, {day(source.published, voice.language.code, year=not same_year)}"
    url = web_link(source.url)
    if source.url and not url:
        return LinkView(text=f"{dated} ({visible(source.url, 100)})")
    return LinkView(text=dated, url=url)


def spoken(words: Sequence[str], limit: int) -> tuple[tuple[str, ...], int]:
    """The first `limit` of some labels made visible, and how many there are beyond."""
    return tuple(visible(each, SENTENCE) for each in words[:limit]), max(0, len(words) - limit)
