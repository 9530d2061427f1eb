"""One situation of a digest: the findings that fit, and everything said around them."""

from __future__ import annotations

from collections import Counter
from typing import Final

from monitor.model.comparison import Significance
from monitor.model.digest import DigestInput
from monitor.model.text import visible
from monitor.report.around import baseline_view, opened, steady_views, upcoming
from monitor.report.finding import Voice, spoken
from monitor.report.sections import sections
from monitor.report.told import Told
from monitor.report.view import CountView, SituationView
from monitor.words import language as speech
from monitor.words.dates import day

WITHDRAWN: Final = 12


def situation_view(told: Told, kept: frozenset[str], digest: DigestInput) -> SituationView:
    """The view with the findings in `kept`; the others are counted."""
    comparison = told.input.comparison
    language = digest.language
    voice = Voice(
        situation=comparison.situation,
        sources=comparison.sources,
        language=speech(language),
        year=comparison.new.as_of[:4],
        pages_url=digest.pages_url,
    )
    counted = Counter(finding.significance for finding in told.findings)
    old, new = day(comparison.old.as_of, language), day(comparison.new.as_of, language)
    return SituationView(
        title=visible(comparison.title or comparison.situation, 200),
        name=visible(comparison.situation, 100),
        old=old,
        new=new,
        moved=comparison.old.content_hash != comparison.new.content_hash,
        total=len(told.findings),
        unchanged=comparison.unchanged,
        counts=tuple(
            CountView(word=level.word, number=counted[level])
            for level in sorted(Significance, reverse=True)
            if counted[level]
        ),
        sections=sections(told, kept, voice, digest),
        withdrawn=_withdrawn(told),
        baseline=baseline_view(told, voice),
        steady=steady_views(comparison, language),
        upcoming=upcoming(comparison, language),
        open=opened(comparison, digest.pages_url, "Open this comparison"),
        command=f"monitor diff {visible(comparison.situation, 100)}@{comparison.old.as_of} "
        f"{visible(comparison.situation, 100)}@{comparison.new.as_of}",
        left_out=sum(finding.id not in kept for finding in told.findings),
        # Last, when everything has been said.
        unworded=tuple(voice.faults),
    )


def _withdrawn(told: Told) -> tuple[str, ...]:
    lines, more = spoken(told.withdrawn, WITHDRAWN)
    return (*lines, f"And {more} more alerts that are no longer so.") if more else lines
