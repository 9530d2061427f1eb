"""What is told in one line each, under headings that each say once what their lines share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from monitor.model.record import replace
from monitor.report.view import FindingView, SectionView
from monitor.words.about import ABOUT
from monitor.words.language import Labels

_FEWEST: Final = 2
"""Lines that share a heading of their own."""

_TOPIC: Final = 3
"""Words that are worth a heading."""


def briefly(sections: Iterable[SectionView], labels: Labels) -> tuple[SectionView, ...]:
    """First what has nothing to share; then each section below its title, what belongs to one
    thing or speaks about it below that; last, on what sources disagree. Every finding that is not
    strong stands in one of them."""
    groups: list[SectionView] = []
    alone: list[FindingView] = []
    rivals: list[FindingView] = []
    for section in sections:
        rivals += (replace(each, line=each.rivals) for each in section.brief if each.rivals)
        for group in _groups(section):
            if group.title == section.title and len(group.findings) < _FEWEST:
                alone += group.findings
            else:
                groups.append(group)
    if alone:
        groups.insert(0, SectionView(title="", findings=tuple(alone)))
    if rivals:
        groups.append(SectionView(title=labels.disagree, findings=tuple(rivals)))
    return tuple(groups)


def _groups(section: SectionView) -> Iterator[SectionView]:
    left = [each for each in section.brief if not each.rivals]
    shared: list[SectionView] = []
    for parent in _often(each.parent for each in left if each.below):
        own = [each for each in left if each.below and each.parent == parent]
        lines = tuple(replace(each, line=each.below) for each in own)
        shared.append(SectionView(title=parent, findings=lines))
        left = [each for each in left if each not in own]
    for topic in _often(map(_topic, left)):
        own = [each for each in left if _topic(each) == topic]
        lines = tuple(_without(topic, each) for each in own)
        shared.append(SectionView(title=topic[:1].upper() + topic[1:], findings=lines))
        left = [each for each in left if each not in own]
    if left:
        lines = tuple(replace(each, line=each.alone or each.line) for each in left)
        yield SectionView(title=section.title, findings=lines)
    yield from shared


def _often(shared: Iterable[str]) -> Sequence[str]:
    counted = Counter(each for each in shared if each)
    return [each for each, number in counted.items() if number >= _FEWEST]


def _topic(view: FindingView) -> str:
    """`on the fair` of `Ada Rook on the fair: …`; nothing where the label has no such end."""
    head, colon, _ = view.line.partition(":")
    words = head.split()
    at = next((at for at, word in enumerate(words) if word in ABOUT), 0)
    return " ".join(words[at:]) if colon and at and len(words) - at >= _TOPIC else ""


def _without(topic: str, view: FindingView) -> FindingView:
    return replace(view, line=view.line.replace(f" {topic}:", ":", 1))
