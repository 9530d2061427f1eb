"""What is told in one line each, under headings that each say once what their lines share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from monitor.model.record import replace
from monitor.report.view import FindingView, SectionView
from monitor.words.language import Labels

_FEWEST: Final = 2
"""Lines that share a heading of their own."""


def briefly(sections: Iterable[SectionView], labels: Labels) -> tuple[SectionView, ...]:
    """Below the title of each section what stands alone, then what belongs to one thing below its
    name; last, on what sources disagree. Every finding that is not strong stands in one of them."""
    groups: list[SectionView] = []
    rivals: list[FindingView] = []
    for section in sections:
        groups += _groups(section)
        rivals += (replace(each, line=each.rivals) for each in section.brief if each.rivals)
    if rivals:
        groups.append(SectionView(title=labels.disagree, findings=tuple(rivals)))
    return tuple(groups)


def _groups(section: SectionView) -> Iterator[SectionView]:
    told = [each for each in section.brief if not each.rivals]
    sharing = Counter(each.parent for each in told if each.below)
    alone = [each for each in told if not each.below or sharing[each.parent] < _FEWEST]
    if alone:
        yield SectionView(title=section.title, findings=tuple(alone))
    for parent, number in sharing.items():
        if number >= _FEWEST:
            own = (each for each in told if each.below and each.parent == parent)
            lines = tuple(replace(each, line=each.below) for each in own)
            yield SectionView(title=parent, findings=lines)
