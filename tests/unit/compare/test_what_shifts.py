"""What shifts when an entry comes or goes: ranks do, measures do not, and ids name others."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.compare.infer import infer_kind
from monitor.model.comparison import Significance, State, VersionRef
from monitor.model.record import replace
from tests.unit.compare.plain import compared, rules, sentences

PEOPLE = ("Ute Arndt", "Vito Basso", "Wim Claes", "Xenia Dorn", "Yara Elle", "Zeno Frank")


def ranked(field: str, *, start: int = 1) -> list[dict[str, Any]]:
    return [{"code": f"k{n}", "name": who, field: n + start} for n, who in enumerate(PEOPLE)]


def without_third(entries: list[dict[str, Any]], field: str) -> list[dict[str, Any]]:
    rest = [dict(each) for each in entries if each["code"] != "k2"]
    return [{**each, field: each[field] - (each["code"] > "k2")} for each in rest]


@pytest.mark.parametrize(
    "field", ["rank", "list_position", "order", "place", "ранг", "nr", "Platz"]
)
def test_places_move_up_by_one(field: str) -> None:
    old = ranked(field)
    [said] = shifted(old, without_third(old, field))
    assert (said.number, said.smaller) == (3, 3)


@pytest.mark.parametrize(
    "field", ["age", "copies", "hp", "room", "price", "crew", "number_of_seats", "deaths"]
)
@pytest.mark.parametrize("start", [0, 1, 31])
def test_what_is_measured_or_counted_does_not(field: str, start: int) -> None:
    old = ranked(field, start=start)
    new = without_third(old, field)
    for one, other in ((old, new), (new, old)):
        assert shifted(one, other) == []


def shifted(old: Any, new: Any) -> list[Any]:
    """What is said of shifted numbers."""
    return [f.beside.followed for f in compared(old, new).findings if f.beside.followed]


def numbered(names: tuple[str, ...]) -> list[dict[str, Any]]:
    born = {name: 1950 + at for at, name in enumerate(sorted(names))}
    return [{"id": n, "name": who, "born": born[who]} for n, who in enumerate(names, 1)]


def row_gone(names: tuple[str, ...], gone: str) -> tuple[Any, Any]:
    old = numbered(names)
    kept = [each for each in old if each["name"] != gone]
    return old, [{**each, "id": n} for n, each in enumerate(kept, 1)]


@pytest.mark.parametrize(
    "names",
    [
        ("Ute Arndt", "Wim Claes", "Nina Claes", "Yara Elle", "Zeno Frank", "Ole Gram", "Pia Hahn"),
        ("Ute Arndt", "Igor Belov", "Inna Belova", "Yara Elle", "Zeno Frank", "Ole Gram"),
        ("Igor Belov", "Inna Belova", "Anna Belova", "Yara Elle", "Zeno Frank", "Ole Gram"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_row_that_was_taken_out_is_the_one_that_is_gone(
    names: tuple[str, ...], place: int
) -> None:
    old, new = row_gone(names, names[place])
    for one, other, verb in ((old, new, "gone"), (new, old, "new")):
        [finding] = compared(one, other).findings
        assert finding.rule == "reused"
        assert getattr(finding.said, verb) == [names[place]]


@pytest.mark.parametrize("place", [4, 5])
def test_near_the_end_too(place: int) -> None:
    names = ("Ute Arndt", "Vito Basso", "Wim Claes", "Yara Elle", "Igor Belov", "Inna Belova")
    old, new = row_gone(names, names[place])
    for one, other in ((old, new), (new, old)):
        assert "now called" not in " ".join(sentences(one, other))
        assert place == 5 or rules(one, other) == [("reused", "major")]


def test_what_else_changed_of_who_has_another_id_is_told() -> None:
    old, new = row_gone(PEOPLE, "Vito Basso")
    new[3]["born"] = 1901
    [finding] = compared(old, new).findings
    [detail] = finding.beside.details
    assert (detail.of, detail.field, detail.after) == (new[3]["name"], "born", 1901)


def test_a_rank_of_who_took_over_an_id_has_not_moved() -> None:
    old, new = row_gone(PEOPLE, "Vito Basso")
    old = [{**each, "rank": each["born"] - 1949} for each in old]
    new = [{**each, "rank": each["born"] - 1949} for each in new]
    assert [each.beside.followed for each in compared(old, new).findings] == [None]


def test_the_tolerance_holds_for_numbers_beside_who_came() -> None:
    old = ranked("rank")
    new = without_third(old, "rank")
    inferred = infer_kind(old, new)
    states = [
        State(ref=VersionRef(situation="", as_of="", content_hash=name), document=document)
        for name, document in (("old", inferred.old), ("new", inferred.new))
    ]
    found = compare(states[0], states[1], replace(inferred.kind, tolerance=1.0)).findings
    assert [each.beside.followed for each in found] == [None] * len(found)
    assert [each.rule for each in found if each.significance] == ["removed"]


LANDS = ("Adaland", "Bruland", "Corland", "Delland")


def lands() -> list[dict[str, Any]]:
    return [
        {
            "code": f"L{n}",
            "name": land,
            "calls": {
                t: {"common": f"{land[:3]}{end}"}
                for t, end in (("deu", "reich"), ("fra", "ie"), ("ita", "ia"))
            },
        }
        for n, land in enumerate(LANDS)
    ]


@pytest.mark.parametrize("now", ["Bruie", "Bruvia", "Neuland Ost", "Brureych"])
def test_a_translation_is_a_value_and_told_with_its_country(now: str) -> None:
    old, new = lands(), lands()
    new[1]["calls"]["deu"]["common"] = now
    for one, other in ((old, new), (new, old)):
        [finding] = compared(one, other).findings
        assert (finding.rule, finding.significance) in (
            ("changed", Significance.MINOR),
            ("respelled", Significance.MINOR),
        )
        [said] = sentences(one, other)
        assert "Bruland" in said or finding.rule == "respelled"
        assert "Brureich" in said
        assert now in said


def test_who_holds_a_post_under_its_word_is_told_by_the_post() -> None:
    def boards() -> list[dict[str, Any]]:
        return [
            {
                "id": f"b{n}",
                "name": f"Board {c}",
                "posts": {p: {"name": f"{c}na {p.title()}"} for p in ("chair", "clerk", "warden")},
            }
            for n, c in enumerate("ABCD")
        ]

    old, new = boards(), boards()
    new[2]["posts"]["clerk"]["name"] = "Ove Lind"
    assert sentences(old, new) == ["Clerk in Board C: name changes from Cna Clerk to Ove Lind."]
