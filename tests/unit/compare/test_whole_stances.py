"""A stance is unchanged where its text, its word and its quantity all are."""

from __future__ import annotations

from typing import Any

from monitor.compare.positions import series
from tests.unit.compare.gazette import FEUD, listing, state, step

PRICE = {"least": 5, "most": 9, "coin": "crowns"}


def _stance(**others: Any) -> dict[str, Any]:
    words = {"lean": "wavers", "price": PRICE, "words": "The well is ours."}
    return {"house": "red", "matter": "well", **words, **others}


def test_one_that_is_restated_has_not_stood_still() -> None:
    same, other = listing("stances", _stance()), listing("stances", _stance(words="Ours it is."))

    assert [each.labels for each in step(same, same, past=[same]).steady] == [
        ("Red House: the well",)
    ]
    assert step(other, same, past=[same]).steady == ()


def test_restated_texts_are_moves_of_positions() -> None:
    versions = [_stance(), _stance(words="Ours it is."), _stance(lean="grants"), _stance()]
    states = [state(listing("stances", v), f"2031-04-0{n}") for n, v in enumerate(versions, 1)]

    (line,) = series(states, FEUD).lines

    points = [point for point in line.points if point]
    assert [point.moved for point in points] == [False, True, True, True]
    assert [point.back_to for point in points] == [None, None, None, "2031-04-02"]
