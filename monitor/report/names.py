"""Lists of many, and what stands beside a sentence, in a mail that has much to tell."""

from __future__ import annotations

from typing import Final

from monitor.model.comparison import Finding
from monitor.model.patterns import regex
from monitor.model.record import replace
from monitor.model.said import Added, Joined, Left, ManyAdded, ManyRemoved, Replaced
from monitor.report.shortening import first_clauses
from monitor.report.voice import FindingLimits, Voice
from monitor.words import aspects

MANY: Final = 5
"""Entries of which the first are named and the others counted."""

NAMED: Final = 2

FEW: Final = 2
"""Entries that are told with what they say."""

_BRACKETS: Final = regex(r" \([^()]*\)$")


def in_few_names(finding: Finding, voice: Voice) -> Finding:
    """The first two and a number of many entries that came or went; of some their names alone."""
    said, beside = finding.said, finding.beside
    if not voice.limits.terse or not isinstance(said, ManyAdded | ManyRemoved):
        return finding
    if len(said.entries) <= FEW or aspects.told(beside.parts).sentences:
        return finding
    names = list(said.entries)
    if len(names) >= MANY:
        bare = [_BRACKETS.sub("", each) for each in names]
        names = [voice.language.values.listed(bare, limit=NAMED)]
    parts = tuple(each._replace(text=None, facts=()) for each in beside.parts)
    parts = parts if len(names) == len(parts) else ()
    return replace(finding, said=said._replace(entries=names), beside=beside._replace(parts=parts))


def bare(finding: Finding) -> Finding:
    """Without what stands in brackets behind the names of what belongs to something new."""
    beside = finding.beside
    if not isinstance(finding.said, Added) or len(beside.parts) <= MANY:
        return finding
    parts = tuple(each._replace(facts=()) for each in beside.parts)
    return replace(finding, beside=beside._replace(parts=parts))


def shorter(finding: Finding, aside: str, limits: FindingLimits) -> str:
    """What becomes of others in a group, in its first few words."""
    if isinstance(finding.said, Joined) and limits.tight:
        return ""
    if limits.beside is None or not isinstance(finding.said, Left | Replaced):
        return aside
    return first_clauses(aside, limits.beside)
