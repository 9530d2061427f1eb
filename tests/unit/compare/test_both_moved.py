"""Stances whose word and number move together, scales with two strong ends, firmer numbers."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.kinds.kind import Kind
from monitor.model.comparison import Finding, State, VersionRef
from monitor.words import language
from monitor.words.wording import details, sentence, short
from tests.reading import kind_of

MOOR: Kind = kind_of(
    """\
    title: Moor
    type: object
    additionalProperties: false
    properties:
      views:
        type: array
        x-key: [farm, on]
        x-position: {party: farm, issue: on, value: view, quantity: share}
        items:
          x-label: "{farm} on {on}"
          type: object
          additionalProperties: false
          properties:
            farm: {type: string}
            on: {type: string}
            view:
              enum: [forbids, doubts, allows, wants]
              x-scale: [forbids, doubts, allows]
            share:
              type: object
              x-quantity: {low: least, high: most, unit: what}
              properties: {least: {type: number}, most: {type: number}, what: {enum: [acres]}}
            says: {title: Says, type: string, x-text: true}
      counts:
        type: array
        x-key: [what]
        items:
          x-label: "{what}"
          x-provenance: {firmness: known}
          type: object
          additionalProperties: false
          properties:
            what: {type: string}
            known: {enum: [hearsay, rumoured, seen], x-ladder: [hearsay, rumoured, seen]}
            number:
              title: Number
              type: object
              x-quantity: {low: least, high: most, unit: what}
              properties: {least: {type: number}, most: {type: number}, what: {enum: [sheep]}}
      works:
        type: array
        x-key: [name]
        x-period: {start: begins, state: stage}
        items:
          x-label: "{name}"
          type: object
          additionalProperties: false
          properties:
            name: {type: string}
            begins: {type: string, format: date}
            stage: {enum: [planned, done], x-ladder: [planned, done]}
            price:
              title: Price
              type: object
              x-quantity: {low: least, high: most, unit: coin}
              properties: {least: {type: number}, most: {type: number}, coin: {enum: [marks]}}
    """
)


def only(collection: str, old: dict[str, Any] | None, new: dict[str, Any]) -> Finding:
    before, after = (
        State(
            ref=VersionRef(situation="moor", as_of=day, content_hash=day),
            document={collection: [] if entry is None else [entry]},
        )
        for day, entry in (("2031-04-01", old), ("2031-04-08", new))
    )
    (found,) = compare(before, after, MOOR).findings
    return found


def in_ukrainian(found: Finding) -> str:
    return sentence(found, language("uk")).replace("\u00a0", " ")


def view(word: str | None, least: int | None = None, **others: Any) -> dict[str, Any]:
    share = {} if least is None else {"share": {"least": least, "most": least + 5, "what": "acres"}}
    return {"farm": "Upper Farm", "on": "peat", "view": word, **share, **others}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("forbids", "doubts", "Upper Farm's position on peat softens from “forbids” to “doubts”."),
        ("doubts", "forbids", "Upper Farm's position on peat hardens from “doubts” to “forbids”."),
        ("doubts", "allows", "Upper Farm's position on peat moves from “doubts” to “allows”."),
        ("allows", "forbids", "Upper Farm's position on peat moves from “allows” to “forbids”."),
        ("wants", "allows", "Upper Farm's position on peat moves from “wants” to “allows”."),
    ],
)
def test_to_hold_a_view_is_no_softer_kind_of_the_opposite_one(
    old: str, new: str, said: str
) -> None:
    found = only("views", view(old), view(new))

    assert sentence(found) == said


def test_a_word_and_a_number_that_move_together_are_one_sentence() -> None:
    found = only("views", view("wants", 20), view("allows", 10))

    assert sentence(found) == (
        "Upper Farm's position on peat moves from 20–25 to 10–15 acres, "
        "and from “wants” to “allows”."
    )
    assert short(found, year="2031") == "Upper Farm on peat: now 10–15 acres, “allows”."
    assert not [each for each in details(found) if each.label.lower() == "share"]
    assert in_ukrainian(found).endswith("20–25 → 10–15 acres; «wants» → «allows».")
    assert "«allows» 10–15 acres" in short(found, language("uk"), year="2031").replace(
        "\u00a0", " "
    )


def test_what_a_stance_says_now_stands_behind_its_word_alone() -> None:
    moved = only("views", view("forbids", says="No spade."), view("doubts", says="A few spades."))
    both = only("views", view("wants", 20, says="All."), view("allows", 10, says="Half of it."))

    assert (
        sentence(moved)
        == "Upper Farm's position on peat softens from “forbids” to “doubts”: A few spades."
    )
    assert short(moved, year="2031") == "Upper Farm on peat: now doubts."
    assert "A few spades." in in_ukrainian(moved)
    assert "Half of it" not in sentence(both)


def test_a_number_that_is_firmer_puts_the_one_before_in_its_place() -> None:
    def number(least: int, known: str) -> dict[str, Any]:
        size = {"least": least, "most": least, "what": "sheep"}
        return {"what": "The drive", "number": size, "known": known}

    found = only("counts", number(90, "rumoured"), number(9, "seen"))
    looser = only("counts", number(90, "seen"), number(9, "rumoured"))
    vague = only("counts", number(90, "hearsay"), number(9, "seen"))

    assert sentence(found) == "The drive: number is 9 sheep, not 90 as rumoured before."
    assert in_ukrainian(found) == ("The drive, number: 9 sheep, а не 90 (раніше — rumoured).")
    assert sentence(looser).startswith("The drive: number changes from 90 to 9 sheep")
    assert sentence(vague) == "The drive: number changes from 90 to 9 sheep."


def test_what_a_new_plan_costs_is_told_with_it() -> None:
    price = {"least": 300, "coin": "marks"}
    fold = {"name": "The fold", "begins": "2031-05-02", "stage": "planned", "price": price}
    found = only("works", None, fold)

    assert sentence(found) == "The fold is planned: 2 May 2031, price at least 300 marks."
    assert in_ukrainian(found).endswith(", price щонайменше 300 marks.")
