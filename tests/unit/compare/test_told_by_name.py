"""Consequences by name, a new name with what else changed, and values set against each other."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical
from monitor.kinds.translating import translated
from monitor.model.comparison import Finding, State, VersionRef
from monitor.words import language
from monitor.words.wording import aside, sentence, short
from tests.reading import kind_of
from tests.unit.compare.gazette import listing, only, step

CHOIRS = """\
title: Choirs
type: object
properties:
  choirs:
    type: array
    x-key: [id]
    items:
      x-label: "{name}"
      type: object
      properties:
        id: {type: string}
        name: {title: Name, type: string}
        songs: {title: Songs, type: array, items: {type: string}}
        seats: {title: Seats, type: integer}
        answer: {title: Answer, enum: [yes-please, none]}
        singers:
          title: Singers
          type: array
          x-key: [who]
          x-membership: {entity: who, role: part, single: [lead]}
          items:
            x-label: "{who}"
            type: object
            properties:
              who: {type: string}
              part: {title: Part, enum: [lead, voice]}
              place: {title: Place, type: integer}
x-translations:
  en: {words: {answer: {none: no answer yet}}}
"""


def _choir(name: str, *singers: str, **fields: Any) -> dict[str, Any]:
    placed = [{"who": who, "part": "voice", "place": at} for at, who in enumerate(singers, 1)]
    return {"id": name[0], "name": name, "singers": placed, **fields}


def _found(old: list[Any], new: list[Any], code: str = "en") -> list[Finding]:
    kind = translated(kind_of(CHOIRS), code)
    older, newer = (
        State(
            ref=VersionRef(situation="choirs", as_of=f"2031-05-0{day}", content_hash=str(day)),
            document=canonical({"choirs": choirs}, kind),
        )
        for day, choirs in enumerate((old, new), 1)
    )
    found = compare(older, newer, kind)
    owned = sorted(each for finding in found.findings for each in finding.changes)
    assert owned == sorted(change.id for change in found.changes)
    return list(found.findings)


def test_those_who_move_up_are_named_with_their_new_places() -> None:
    (left,) = _found([_choir("Dome", "Ash", "Cole", "Dale")], [_choir("Dome", "Cole", "Dale")])
    assert aside(left) == "Cole and Dale move up by one, to place 1 and 2."
    assert aside(left, language("uk")) == "Cole, Dale: на одну позицію вище (place 1 та 2)."


def test_they_are_told_with_their_group_where_the_finding_is_about_another() -> None:
    old = [_choir("dome choir", "Ash", "Cole"), _choir("Hall", "Eden")]
    new = [_choir("dome choir", "Cole"), _choir("Hall", "Eden", "Ash")]
    (moved,) = _found(old, new)
    assert moved.rule == "moved"
    assert aside(moved) == "Cole moves up by one in dome choir, to place 1."
    assert aside(moved, language("uk")) == "Dome choir, Cole: на одну позицію вище (place 1)."


def test_many_are_only_counted() -> None:
    singers = ("Ash", "Birch", "Cole", "Dale", "Eden", "Ford")
    (left,) = _found([_choir("Dome", *singers)], [_choir("Dome", *singers[1:])])
    assert aside(left) == "5 others move up by one (place)."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            {"songs": ["Tide"]},
            {"songs": ["Tide", "Rain"]},
            "Dome, now called Domes of the Isles: Rain is now among the songs.",
        ),
        (
            {"songs": ["Tide"], "seats": 9},
            {"songs": ["Tide", "Rain"], "seats": 12},
            "Dome, now called Domes of the Isles: Rain is now among the songs; seats change from 9 "
            "to 12.",
        ),
    ],
)
def test_a_new_name_is_told_as_one_with_what_else_changed(
    old: dict[str, Any], new: dict[str, Any], said: str
) -> None:
    before, after = _choir("Dome", **old), {**_choir("Domes of the Isles", **new), "id": "D"}
    (finding,) = _found([before], [after])
    assert sentence(finding) == said
    (told,) = _found([before], [after], "uk")
    ours = sentence(told, language("uk"))
    assert ours.startswith("Dome, тепер Domes of the Isles: songs")
    assert short(finding, year="2031") == "Dome is now called Domes of the Isles."


def test_a_kind_may_give_its_words_in_the_language_that_it_is_written_in() -> None:
    (finding,) = _found([_choir("Dome")], [_choir("Dome", answer="none")])
    assert sentence(finding) == "Dome: answer is now no answer yet."


def _stance(*otherwise: Any) -> dict[str, Any]:
    return listing(
        "stances",
        {
            "house": "red",
            "matter": "well",
            "lean": "wavers",
            "price": {"least": 20, "most": 50, "coin": "crowns"},
            "words": "Would pay.",
            "papers": ["bell1"],
            "otherwise": list(otherwise),
        },
    )


@pytest.mark.parametrize(
    ("field", "value", "told", "uk"),
    [
        (
            "price",
            {"least": 30, "most": 50, "coin": "crowns"},
            "30–50 crowns, says The Horn (here: 20–50)",
            "30–50\u00a0crowns, пише The Horn (тут: 20–50)",
        ),
        (
            "lean",
            "grants",
            "lean grants, says The Horn (here: wavers)",
            "lean grants, пише The Horn (тут: wavers)",
        ),
        (
            "words",
            "Would never pay for it.",
            "“Would never pay for it”, says The Horn",
            "«Would never pay for it», пише The Horn",
        ),
    ],
)
def test_what_one_source_says_is_set_against_what_is_told(
    field: str, value: Any, told: str, uk: str
) -> None:
    claim = {"field": field, "source": "horn2", "value": value}
    finding = only(step(_stance(), _stance(claim)))
    head = "Sources disagree on Red House on the well"
    assert short(finding, year="2031").removesuffix(".") == f"{head}: {told}"
    ending = short(finding, language("uk"), year="2031").removesuffix(".")
    assert ending.endswith(uk)


def _rally(**fields: Any) -> dict[str, Any]:
    told = {"tag": "may", "called": "The May rally", "papers": ["bell1"], **fields}
    return listing("rallies", told)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            {"opens": "2031-05-01", "town": "Riva"},
            {"opens": "2031-05-08", "town": "Tarn"},
            "The May rally slips from 1 May 2031 to 8 May 2031; town changes from Riva to Tarn.",
        ),
        (
            {"opens": "2031-05-08"},
            {"opens": "2031-05-01", "town": "Tarn"},
            "The May rally is brought forward from 8 May 2031 to 1 May 2031; town is now Tarn.",
        ),
        (
            {"phase": "mooted", "town": "Riva"},
            {"phase": "called", "town": "Tarn"},
            "The May rally is called; town changes from Riva to Tarn.",
        ),
        (
            {"phase": "mooted"},
            {"phase": "called", "town": "Tarn"},
            "The May rally is called: Tarn.",
        ),
        (
            {"phase": "called", "town": "Riva"},
            {"phase": "over", "town": "Tarn"},
            "The May rally took place; town changes from Riva to Tarn.",
        ),
    ],
)
def test_a_word_that_changed_with_a_plan_is_told_with_it_where_no_kind_calls_it_a_place(
    old: dict[str, Any], new: dict[str, Any], said: str
) -> None:
    assert sentence(only(step(_rally(**old), _rally(**new)))) == said
