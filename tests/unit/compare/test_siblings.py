"""The same change of several entries of a list is one finding."""

from __future__ import annotations

from typing import Any

from monitor.model.comparison import Document
from monitor.words import language
from monitor.words.wording import sentence
from tests.unit.compare.gazette import listing, only, step, told


def _notices(**untils: str) -> Document:
    return listing(
        "notices",
        *({"tag": tag, "called": tag.upper(), "until": until} for tag, until in untils.items()),
    )


def test_one_new_value_of_several_is_one_finding() -> None:
    old = _notices(a="2031-03-01", b="2031-03-01", c="2031-03-01", d="2031-03-01")
    new = _notices(a="2032-03-01", b="2032-03-01", c="2032-03-01", d="2033-01-01")

    assert told(step(old, new)) == [
        "A, B and C: until changes from 1 March 2031 to 1 March 2032.",
        "D: until changes from 1 March 2031 to 1 January 2033.",
    ]
    assert len(step(new, old).findings) == 2


def test_what_else_changed_keeps_an_entry_apart() -> None:
    old, new = _notices(a="2031-03-01", b="2031-03-01"), _notices(a="2032-03-01", b="2032-03-01")
    new["notices"][0]["seal_number"] = 7

    assert len(step(old, new).findings) == 2


def test_entries_of_different_parents_stay_apart() -> None:
    def fairs(hours: int) -> Document:
        ground: dict[str, Any] = {"name": "the green", "hours": hours}
        return listing(
            "rallies", *({"tag": tag, "called": tag, "grounds": [ground]} for tag in ("x", "y"))
        )

    assert len(step(fairs(3), fairs(4)).findings) == 2


def test_it_is_told_in_ukrainian_too() -> None:
    old, new = _notices(a="2031-03-01", b="2031-03-01"), _notices(a="2032-03-01", b="2032-03-01")

    assert sentence(only(step(old, new)), language("uk")) == (
        "A та B: until: 1 березня 2031 → 1 березня 2032."
    )


def test_the_order_of_names_in_a_value_decides_nothing() -> None:
    old = _notices(a="2031-03-01", b="2031-03-01")
    new = _notices(a="2031-03-01", b="2031-03-01")
    new["notices"][0]["paid"] = {"max": 3, "unit": "crowns"}
    new["notices"][1]["paid"] = {"unit": "crowns", "max": 3}

    assert len(step(old, new).findings) == 1
