"""How many words a mail has: the more there is to tell, the shorter each thing is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from monitor.model.patterns import regex
from monitor.report.view import DetailView, FindingView, Report, SectionView, SituationView
from monitor.report.voice import LEVELS, FindingLimits

T = TypeVar("T")

WORDS: Final = 350
"""What an office reads of a mail."""

ORDINARY: Final = 20
"""Findings of a mail that has so many words; one with more has as many for each of them."""

MANY: Final = 60
"""Findings from which on each is told as shortly as can be, untried."""

AROUND: Final = 53
"""Words of a mail's head and foot."""

_WORD: Final = regex(r"\S*\w\S*")


def fitting(findings: int, make: Callable[[FindingLimits], T], size: Callable[[T], int]) -> T:
    """The roomiest form whose words fit, else the tightest."""
    room = WORDS * max(1.0, findings / ORDINARY) - AROUND
    levels = LEVELS if findings <= MANY else LEVELS[-1:]
    for limits in levels[:-1]:
        made = make(limits)
        if size(made) <= room:
            return made
    return make(levels[-1])


def words_in(lines: Iterable[str]) -> int:
    return sum(len(_WORD.findall(line)) for line in lines)


def words_of(view: SituationView | Report) -> int:
    """What there is to read of its findings in plain text."""
    around = (view.steady, *view.upcoming) if isinstance(view, SituationView) else ()
    lines = (
        *around,
        *view.block,
        *(line for each in view.sections if each.opens for line in _full(each)),
        *(line for each in view.briefly for line in _brief(each)),
    )
    return words_in(lines)


def _brief(section: SectionView) -> Iterator[str]:
    yield section.title
    yield from (each.line for each in section.brief)


def _full(section: SectionView) -> Iterator[str]:
    yield section.title
    yield from section.remarks
    for each in section.full:
        yield from _finding_lines(each)


def _detail(view: DetailView) -> str:
    if view.first:
        return f"{view.label} {view.after}"
    if view.told:
        return f"{view.label} {view.before}"
    return f"{view.label} {view.before} {view.after}"


def _finding_lines(view: FindingView) -> Iterator[str]:
    yield from (view.sentence, view.aside, view.weighed, *view.said, *view.remarks)
    yield from (each.text for each in view.quotes)
    yield from map(_detail, view.details)
    yield from (each.told for each in view.disputed)
    if view.chart and view.drawn:
        yield from (f"{bar.label} {bar.value}" for bar in view.chart.bars)
