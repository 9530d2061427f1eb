"""A list below an entity is one finding, whatever came to it and went from it."""

from __future__ import annotations

from typing import Any

from monitor.model.comparison import Document
from monitor.words import language
from monitor.words.wording import sentence
from tests.unit.compare.gazette import listing, only, step, told

WELL = {"matter": "well", "remark": "It is dry."}
ROAD = {"matter": "road", "remark": "It is long."}
TOLL = {"matter": "toll"}


def _fair(*points: Document, **others: Any) -> Document:
    return listing("rallies", {"tag": "fair", "called": "The fair", "points": [*points], **others})


def test_what_came_and_what_went_is_one_finding() -> None:
    found = step(_fair(WELL, TOLL), _fair(ROAD, TOLL))
    back = step(_fair(ROAD, TOLL), _fair(WELL, TOLL))

    assert told(found) == [
        "Points of The fair, new: the road (It is long); no longer listed: the well (It is dry)."
    ]
    assert [each.rule for each in (*found.findings, *back.findings)] == ["recomposed"] * 2


def test_each_entity_has_a_finding_of_its_own() -> None:
    old, new = _fair(WELL), _fair(ROAD)
    for side, point in ((old, TOLL), (new, WELL)):
        side["rallies"].append({"tag": "ball", "called": "The ball", "points": [point]})

    assert told(step(old, new)) == [
        "Points of The ball, new: the well (It is dry); no longer listed: the toll.",
        "Points of The fair, new: the road (It is long); no longer listed: the well (It is dry).",
    ]


def test_what_only_went_is_told_as_before() -> None:
    assert told(step(_fair(WELL, TOLL), _fair(WELL))) == [
        "No longer in Points of The fair: the toll."
    ]


def test_it_is_told_in_ukrainian_too() -> None:
    found = only(step(_fair(TOLL), _fair(ROAD)))

    assert sentence(found, language("uk")) == (
        "Розділ «Points» (The fair), нове: the road (It is long); більше немає: the toll."
    )
