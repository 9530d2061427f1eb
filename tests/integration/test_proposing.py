"""The goals of the gate hold on one of the articles of `python -m tests.proposing`."""

from __future__ import annotations

from tests.proposing.measure import rows
from tests.proposing.told import articles


def test_truths_are_shown_and_invented_words_are_not() -> None:
    told = [one for one in articles() if one.name == "coast"]
    by_group: dict[str, list[int]] = {}
    for row in rows(told):
        total, folded, told_of = by_group.setdefault(row.group, [0, 0, 0])
        by_group[row.group] = [
            total + row.total,
            folded + row.folded,
            told_of + row.unsaid + row.doubted,
        ]
    total, folded, _ = by_group["truth"]
    assert folded <= total * 0.1
    total, folded, _ = by_group["invented"]
    assert folded >= total * 0.95
    total, folded, told_of = by_group["real words"]
    assert folded + told_of >= total * 0.95
