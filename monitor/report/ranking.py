"""In which order findings are told: by what matters, then by date, never by alphabet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from monitor.model.comparison import MISSING, Comparison, Finding, Publication, Significance
from monitor.model.said import (
    Added,
    Cancelled,
    Dates,
    Disputed,
    Emptied,
    Firmness,
    Moved,
    NameChanged,
    Reordered,
    Replaced,
    Rescheduled,
    Respelled,
    Reworded,
    RoleChanged,
    Said,
    Settled,
    TookPlace,
)

_HAPPENED: Final = 1

_WEIGHTS: Final[Sequence[tuple[type | tuple[type, ...], int]]] = (
    (Emptied, 0),
    ((Cancelled, TookPlace), _HAPPENED),
    ((Rescheduled, Replaced), _HAPPENED + 1),
    ((Moved, RoleChanged), 4),
    (Reworded, 5),
    ((Disputed, Settled), 6),
    ((NameChanged, Respelled, Reordered), 7),
)
"""Of equal significance, what happened comes before what was said, and both before wording."""

_USUAL: Final = 3


def ordered(comparison: Comparison, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sections by their strongest finding, equals in the kind's order; in each the strongest first.
    Of equals first what speaks of the same things as something critical, then by date."""
    kept = list(findings)
    place = {section.collection: n for n, section in enumerate(comparison.sections)}
    place.setdefault("", -1)
    strongest: dict[str, int] = {}
    for finding in kept:
        heading = top(finding.collection)
        strongest[heading] = max(strongest.get(heading, 0), finding.significance)

    leading = {
        name
        for finding in kept
        if finding.significance is Significance.CRITICAL
        for name in (finding.path, *finding.entities)
    }

    def rank(finding: Finding) -> tuple[int, int, str, int, int, bool, str]:
        heading = top(finding.collection)
        first = place.get(heading, len(place))
        beside = leading.isdisjoint(finding.entities)
        weight = _weight(finding.said)
        date = _date(finding, comparison.sources)
        return -strongest[heading], first, heading, -finding.significance, weight, beside, date

    return tuple(sorted(kept, key=rank))


def in_turn(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings, most significant first; of equals one from each section in turn, what
    happened before what was said. So that the first few speak of everything, not of one list."""
    turns: dict[str, int] = {}
    ranked = []
    for finding in findings:
        key = f"{finding.significance} {top(finding.collection)}"
        turns[key] = turns.get(key, -1) + 1
        ranked.append((-finding.significance, turns[key], _weight(finding.said), finding))
    ranked.sort(key=lambda item: item[:3])
    return tuple(finding for *_, finding in ranked)


def top(collection: str) -> str:
    """The list of the kind under whose heading a finding stands."""
    return collection.partition(".")[0]


def _weight(said: Said) -> int:
    if _start(said):
        return _HAPPENED
    return next((weight for kind, weight in _WEIGHTS if isinstance(said, kind)), _USUAL)


def _date(finding: Finding, sources: Mapping[str, Publication]) -> str:
    """When what is told happens, else when it was last written about; both sort as text."""
    planned = _start(finding.said)
    if planned:
        return planned
    known = (sources.get(identity) for identity in finding.provenance.sources)
    return max((source.published or "" for source in known if source), default="")


def _start(said: Said) -> str:
    dates: Dates = ()
    match said:
        case Rescheduled():
            dates = said.after
        case Cancelled() | TookPlace():
            dates = said.dates
        case Firmness() | Added():
            dates = () if said.dates is MISSING else said.dates
        case _:
            pass
    return next((day for day in dates if isinstance(day, str)), "")
