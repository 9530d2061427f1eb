"""How well articles are marked: of those that were tried while it was written nothing gets lost."""

from __future__ import annotations

from functools import reduce
from operator import add

from tests.marking.gold import FOLDER, HALVES, articles
from tests.marking.measure import Score, scores


def _total(half: str) -> dict[str, Score]:
    found: dict[str, list[Score]] = {}
    for article in articles(FOLDER / half):
        for one in scores(article):
            found.setdefault(one.sort, []).append(one)
    return {sort: reduce(add, each) for sort, each in found.items()}


def test_names_numbers_dates_and_quotations_are_marked() -> None:
    known = _total(HALVES[0])

    assert known["names"].found >= 0.95 * known["names"].total
    assert known["names"].wrong <= 0.02 * known["names"].total
    for sort in ("numbers", "dates", "quotes"):
        assert known[sort].found >= 0.93 * known[sort].total, known[sort].lines
