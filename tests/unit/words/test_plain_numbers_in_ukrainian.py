"""A plain number has no limits that could shift."""

from __future__ import annotations

import pytest

from monitor.model.comparison import MISSING, Json
from monitor.model.said import NO_STANCE, Shifted
from monitor.words import language
from monitor.words.wording import sentence
from tests.digests import finding


def _told(before: Json, after: Json) -> str:
    said = Shifted("Перемир’я", None, "Кількість", before, after, *NO_STANCE, MISSING)
    return sentence(finding("shifted", said), language("uk"))


def _between(low: int, high: int) -> Json:
    return {"low": low, "high": high, "unit": None}


def test_a_number_changes() -> None:
    told = _told(_between(30, 30), _between(40, 40))
    assert told == "Перемир’я, кількість: зміна, 30 → 40."


@pytest.mark.parametrize("after", [_between(32, 42), _between(40, 40)])
def test_limits_shift_where_there_are_two(after: Json) -> None:
    assert "межі зсуваються" in _told(_between(30, 35), after)
