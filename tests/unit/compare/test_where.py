"""Where a planned thing is to be, and what its text says now, in one sentence with the rest."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.kinds.translating import translated
from monitor.model.comparison import Finding, State, VersionRef
from monitor.words import language
from monitor.words.wording import details, sentence, short
from tests.reading import kind_of

FAIRS = """\
title: Fairs
type: object
properties:
  fairs:
    type: array
    x-key: [id]
    x-period: {start: opens, end: shuts, state: stage, place: [town, land]}
    items:
      x-label: "{name}"
      x-provenance: {said_by: voices, firmness: standing}
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        opens: {title: Opening, type: string}
        shuts: {title: Closing, type: string}
        stage:
          title: Stage
          enum: [mooted, called, held, off]
          x-ladder: [mooted, called, held]
        town: {title: Town, type: [string, "null"], x-significance: critical}
        land: {title: Land, type: string, x-ref: lands}
        stalls: {title: Stalls, type: integer}
        guests: {title: Guests, type: array, items: {type: string}}
        gist: {title: Gist, type: string, x-text: true}
        orders: {title: Orders, type: string, x-text: true, x-significance: major}
        room:
          title: Room
          type: object
          x-quantity: {low: least, high: most, unit: of}
          properties: {least: {type: integer}, most: {type: integer}, of: {enum: [stalls]}}
        voices: {type: array, items: {type: string}}
        standing:
          title: Standing
          enum: [rumoured, sealed]
          x-ladder: [rumoured, sealed]
  lands:
    type: array
    x-key: [id]
    items:
      x-label: "{name}"
      type: object
      properties: {id: {type: string}, name: {type: string}}
"""
LANDS = [{"id": "north", "name": "Northmark"}, {"id": "isles", "name": "the Isles"}]
WOOL = {"id": "wool", "name": "The wool fair"}


def _between(old: dict[str, Any], new: dict[str, Any], code: str = "en") -> Finding:
    kind: Kind = translated(kind_of(FAIRS), code)
    older, newer = (
        State(
            ref=VersionRef(situation="fairs", as_of=f"2031-05-0{day}", content_hash=str(day)),
            document=canonical({"fairs": [{**WOOL, **fair}], "lands": LANDS}, kind),
        )
        for day, fair in enumerate((old, new), 1)
    )
    found = compare(older, newer, kind)
    (finding,) = found.findings
    assert sorted(finding.changes) == sorted(change.id for change in found.changes)
    return finding


CALLED = {"stage": "called", "opens": "2031-06-01", "shuts": "2031-06-02"}
MOVES = "The wool fair moves from Riva, Northmark, to Tarn, the Isles."
LATER = {**CALLED, "opens": "2031-07-04", "shuts": "2031-07-05"}
RIVA = {"town": "Riva", "land": "north"}
TARN = {"town": "Tarn", "land": "isles"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            {**CALLED, **RIVA},
            {**LATER, **TARN},
            "The wool fair moves from Riva, Northmark, to Tarn, the Isles, and slips from "
            "1–2 June 2031 to 4–5 July 2031.",
        ),
        (
            {**CALLED, "land": "north"},
            {**LATER, "town": "Riva", "land": "north"},
            "The wool fair slips from 1–2 June 2031 to 4–5 July 2031, in Riva.",
        ),
        (
            {**CALLED, "town": "Riva"},
            {**LATER, "town": None},
            "The wool fair slips from 1–2 June 2031 to 4–5 July 2031; place no longer stated; "
            "before: Riva.",
        ),
        (
            {"stage": "mooted", **RIVA},
            {**CALLED, **RIVA, "town": "Brode"},
            "The wool fair moves from Riva to Brode and is called: 1–2 June 2031.",
        ),
        (
            {"stage": "mooted"},
            {**CALLED, **RIVA},
            "The wool fair is called: Riva, Northmark, 1–2 June 2031.",
        ),
        (
            {"stage": "mooted"},
            {"stage": "mooted", **TARN},
            "The wool fair is mooted in Tarn, the Isles.",
        ),
        ({"stage": "off"}, {"stage": "off", "town": "Tarn"}, "The wool fair is to be in Tarn."),
        ({"stage": "mooted", **RIVA}, {"stage": "mooted", **TARN}, MOVES),
        ({"town": "Riva"}, {}, "The wool fair: place no longer stated; before: Riva."),
        ({"stage": "held"}, {"stage": "held", "town": "Tarn"}, "The wool fair took place in Tarn."),
        (
            {**CALLED, "town": "Riva"},
            {**CALLED, "stage": "held", "town": "Tarn"},
            "The wool fair took place in Tarn, not Riva, 1–2 June 2031.",
        ),
        (
            {"stage": "mooted", "stalls": 40},
            {"stage": "mooted", "stalls": 60, "town": "Tarn"},
            "The wool fair is mooted in Tarn; stalls change from 40 to 60.",
        ),
        (
            {"town": "Tarn"},
            {"town": "Tarn", "land": "isles"},
            "The wool fair: land is now the Isles.",
        ),
    ],
)
def test_a_place_that_is_new_stands_in_the_sentence(
    old: dict[str, Any], new: dict[str, Any], said: str
) -> None:
    finding = _between(old, new)
    assert sentence(finding) == said
    assert not [each for each in details(finding) if each.label == "Town"]
    assert "Town" not in said


def test_a_subject_says_where_it_moves() -> None:
    finding = _between({**CALLED, **RIVA}, {**LATER, **TARN})
    assert short(finding, year="2031") == "The wool fair moves to Tarn, the Isles: 4–5 July."
    first = _between({"stage": "mooted"}, {"stage": "mooted", **TARN})
    assert short(first, year="2031") == "The wool fair is mooted in Tarn, the Isles."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"gist": "Wool of the north alone."}, "The wool fair: Wool of the north alone."),
        (
            {"guests": ["Ash"], "gist": "Ash comes."},
            {"guests": ["Ash", "Cole"], "gist": "Ash and Cole come."},
            "The wool fair: Ash and Cole come; now also with Cole.",
        ),
        (
            {"stalls": 40, "gist": "A small fair."},
            {"stalls": 90, "gist": "A large fair."},
            "The wool fair: A large fair; stalls change from 40 to 90.",
        ),
        (
            {"guests": ["Ash"], "gist": "Ash comes."},
            {"guests": ["Cole"], "gist": "Cole comes."},
            "The wool fair: Cole comes; Cole is now among the guests, Ash no longer.",
        ),
        (
            {"stage": "mooted", "gist": "May be held."},
            {"stage": "called", "gist": "Is led by Cole."},
            "The wool fair is called: Is led by Cole.",
        ),
        ({}, {"orders": "Sell nothing."}, "The wool fair, orders: Sell nothing."),
    ],
)
def test_what_a_text_says_now_stands_in_the_sentence(
    old: dict[str, Any], new: dict[str, Any], said: str
) -> None:
    assert sentence(_between(old, new)) == said


def _room(least: int) -> dict[str, Any]:
    return {"room": {"least": least, "most": 20, "of": "stalls"}}


def test_a_text_that_weighs_more_than_a_number_is_told_before_it() -> None:
    finding = _between(_room(5), {**_room(9), "orders": "Sell nothing."})
    assert sentence(finding) == (
        "The wool fair, orders: Sell nothing; room changes from 5–20 to 9–20 stalls."
    )
    assert short(finding, year="2031") == "The wool fair, orders: Sell nothing."
    lighter = _between(_room(5), {**_room(9), "gist": "Grows."})
    assert sentence(lighter) == "The wool fair: room changes from 5–20 to 9–20 stalls."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            {**CALLED, **RIVA},
            {**LATER, **TARN},
            "The wool fair переноситься, Riva, Northmark → Tarn, the Isles; перенесено на пізніше, "
            "1–2 червня 2031 → 4–5 липня 2031.",
        ),
        (
            {"stage": "mooted"},
            {"stage": "mooted", **TARN},
            "The wool fair: mooted, місце — Tarn, the Isles.",
        ),
        ({"town": "Riva"}, {}, "The wool fair: місце більше не вказано, раніше Riva."),
        (
            {"stage": "held"},
            {"stage": "held", "town": "Tarn"},
            "The wool fair: подія відбулася, місце — Tarn.",
        ),
        ({}, {"gist": "Wool alone."}, "The wool fair: Wool alone."),
        (
            {"guests": ["Ash"], "gist": "Ash comes."},
            {"guests": ["Ash", "Cole"], "gist": "Ash and Cole come."},
            "The wool fair: Ash and Cole come; тепер також Cole.",
        ),
        (
            {"room": {"least": 5, "most": 20, "of": "stalls"}},
            {"room": {"least": 9, "most": 20, "of": "stalls"}, "orders": "Sell nothing."},
            "The wool fair, orders: Sell nothing; room: діапазон звужується, 5–20 → 9–20 stalls.",
        ),
    ],
)
def test_the_same_in_ukrainian(old: dict[str, Any], new: dict[str, Any], said: str) -> None:
    assert sentence(_between(old, new, "uk"), language("uk")) == said
