"""What a reader is to see of one situation: selected and in order, before any budget."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.comparison import Finding
from monitor.model.digest import DigestInput, SituationInput
from monitor.model.text import visible
from monitor.report.filters import Selection, select
from monitor.report.ranking import ordered
from monitor.words import Language
from monitor.words import language as language_of
from monitor.words.dates import brief_moment, day


@dataclass(frozen=True, slots=True)
class Told:
    """A situation's selected findings in the order in which they are told."""

    input: SituationInput
    selection: Selection
    findings: tuple[Finding, ...]
    withdrawn: tuple[str, ...]
    against_baseline: tuple[Finding, ...]


def told(given: SituationInput, digest: DigestInput, today: str) -> Told:
    """What the reader is to see of one situation, before any budget."""
    language = language_of(digest.language)
    selection = select(given.comparison, digest.filter, digest.mutes, today)
    # By finding: what went back and forth was alerted more than once, and is withdrawn once.
    cancelled = {each.finding: each for each in given.alerted if each.cancelled}
    withdrawn = tuple(
        language.frame.no_longer_so(
            brief_moment(each.at, digest.zone, language.code), visible(each.sentence)
        )
        for each in cancelled.values()
    )
    further = given.against_baseline
    against = select(further, digest.filter, digest.mutes, today).shown if further else ()
    findings = ordered(given.comparison, selection.shown)
    withdrawn = (*_taken_back(given, selection, language), *withdrawn)
    return Told(given, selection, findings, withdrawn, against)


def _taken_back(given: SituationInput, selection: Selection, language: Language) -> tuple[str, ...]:
    """One line for each snapshot that the reader was told of and that counts no more, or again."""
    changed = None if given.stateless else bool(selection.shown or selection.remarks)
    return tuple(
        language.frame.counts_again(day(each.as_of, language.code), bool(changed))
        if each.again
        else language.frame.withdrawn(
            day(each.as_of, language.code), visible(each.reason, 200), changed
        )
        for each in given.withdrawn
    )
