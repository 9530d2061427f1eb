"""Objects of lists are one collection, and what happens to one entry in several is told once."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.model.comparison import Significance
from monitor.report.chosen import choose
from tests.unit.compare.plain import compared, rules, sentences

NAMES = ("Ida Holm", "Jan Brok", "Kofi Asare", "Lena Roth", "Milo Duarte", "Nia Okafor", "Ove Lie")


def lists(count: int = 7, of: int = 4, *, code: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Boards of some of the same people each."""
    return {
        f"B{at:02}": [
            {"name": NAMES[(at + n) % 7], "rank": n + 1, "role": "member"}
            | ({"code": f"N{(at + n) % 7}"} if code else {})
            for n in range(of)
        ]
        for at in range(count)
    }


def wrapped(boards: dict[str, Any]) -> Any:
    return {"as_of": 1, "boards": boards}


def as_groups(boards: dict[str, Any]) -> Any:
    return [{"id": name, "seats": seats} for name, seats in boards.items()]


def as_mappings(boards: dict[str, Any]) -> Any:
    return {
        board: {s["name"]: {n: v for n, v in s.items() if n != "name"} for s in seats}
        for board, seats in boards.items()
    }


FORMS = [
    pytest.param(lambda boards: boards, "lists", id="an object of lists"),
    pytest.param(wrapped, "boards", id="below the root"),
    pytest.param(as_groups, "lists", id="a list of groups"),
    pytest.param(as_mappings, "lists", id="an object of objects of objects"),
]
PETRA = {"name": "Petra Voss", "code": "N9", "rank": 5, "role": "member"}


@pytest.mark.parametrize("code", [True, False], ids=["codes", "names alone"])
@pytest.mark.parametrize(("form", "groups"), FORMS)
def test_who_joins_several_lists_is_told_once(form: Any, groups: str, code: bool) -> None:
    old, new = lists(code=code), lists(code=code)
    for name in ("B01", "B03", "B04"):
        new[name].append({n: v for n, v in PETRA.items() if code or n != "code"})
    assert sentences(form(old), form(new)) == [
        f"Petra Voss joins 3 of 7 {groups}: B01, B03 and B04."
    ]
    assert rules(form(old), form(new)) == [("joined", "major")]
    assert sentences(form(new), form(old)) == [
        f"Petra Voss is no longer listed in 3 of 7 {groups}: B01, B03 and B04."
    ]


@pytest.mark.parametrize(("form", "groups"), FORMS)
def test_who_leaves_one_list_and_joins_another_is_told_once(form: Any, groups: str) -> None:
    old, new = lists(), lists()
    new["B04"].append({**new["B00"].pop(), "rank": 5})
    assert sentences(form(old), form(new)) == ["Lena Roth leaves B00 and joins B04."]
    assert sentences(form(new), form(old)) == ["Lena Roth leaves B04 and joins B00."]
    assert groups


@pytest.mark.parametrize("code", [True, False], ids=["codes", "names alone"])
def test_one_renaming_in_several_lists_is_one_finding(code: bool) -> None:
    old, new = lists(code=code), lists(code=code)
    for seats in new.values():
        for seat in seats:
            if seat["name"] == "Nia Okafor":
                seat["name"] = "Nia Obi"
    assert sentences(old, new) == ["Nia Okafor is now Nia Obi, in 4 lists (B02, B03, B04 and B05)."]
    assert rules(old, new) == [("renamed", "minor")]


def test_one_new_role_in_several_lists_is_one_finding() -> None:
    old, new = lists(), lists()
    for name in ("B02", "B05"):
        for seat in new[name]:
            seat["role"] = "chair" if seat["name"] == "Nia Okafor" else "member"
    assert sentences(old, new) == [
        "Nia Okafor: role changes from member to chair, in 2 lists (B02 and B05)."
    ]
    (said,) = sentences(old, new, spoken="uk")
    assert said == "Nia Okafor: role, member → chair, списки — 2 (B02 та B05)."


def test_ranks_that_make_room_for_somebody_are_part_of_the_same_news() -> None:
    old, new = lists(), lists()
    for name in ("B00", "B01"):
        for seat in new[name]:
            seat["rank"] += 1
        new[name].insert(0, {**PETRA, "rank": 1})
    (finding,) = compared(old, new).findings
    assert (finding.rule, len(finding.changes)) == ("joined", 10)


def test_a_new_list_is_told_with_its_members_and_so_is_one_that_is_gone() -> None:
    old, new = lists(5), lists(6)
    (finding,) = compared(old, new).findings
    assert sentences(old, new) == ["B05 is new."]
    assert set(finding.beside.members) == {"Nia Okafor", "Ove Lie", "Ida Holm", "Jan Brok"}
    assert sentences(new, old) == ["B05 is no longer listed."]


def test_single_news_of_a_list_names_the_list() -> None:
    old, new = lists(), copy.deepcopy(lists())
    new["B06"].append(PETRA)
    assert sentences(old, new) == ["New in B06: Petra Voss."]


def test_lists_of_other_things_stay_lists_of_their_own() -> None:
    old: dict[str, list[Any]] = {
        "people": [{"id": 1, "name": "A B", "born": 1}],
        "towns": [{"id": 1, "lat": 2.5}],
    }
    new = {**old, "towns": [*old["towns"], {"id": 2, "lat": 3.5}]}
    assert sentences(old, new) == ["New in towns: 2 (lat 3.5)."]


def test_numbers_that_only_count_the_entries_of_each_list_are_nobody() -> None:
    old: list[dict[str, Any]] = [
        {"id": f"d{at}", "lines": [{"no": n, "text": f"t{at}{n}"} for n in (1, 2)]}
        for at in (1, 2, 3)
    ]
    new = copy.deepcopy(old)
    for order in new:
        order["lines"].append({"no": 3, "text": f"t{order['id']}"})
    assert [rule for rule, _ in rules(old, new)] == ["added"] * 3


def test_a_key_can_be_said_for_the_lists_of_an_object() -> None:
    old, new = lists(), lists()
    for path in ("B03", "*", "entries.entries"):
        found = compared(old, new, keys={path: "rank"})
        assert found.findings == ()


@pytest.mark.parametrize(("arrange", "groups"), FORMS[:3])
def test_an_id_that_changed_alone_is_told_as_an_id(arrange: Any, groups: str) -> None:
    old = lists()
    new = copy.deepcopy(old)
    for seats in new.values():
        for seat in seats:
            if seat["code"] == "N3":
                seat["code"] = "N33"
    told = f"Lena Roth has another id (N33, before N3), in 4 {groups} (B00, B01, B02 and B03)."
    assert sentences(arrange(old), arrange(new)) == [told]
    (said,) = sentences(arrange(old), arrange(new), "uk")
    assert said.startswith("Lena Roth: інший ідентифікатор (N3 → N33), ")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("entries[B01]", True),
        ("entries[B02]", False),
        ("entries.entries", True),
        ("entries[B03].entries[N9]", True),
        ("entries[B03].entries[N1]", False),
    ],
)
def test_a_filter_on_one_of_the_places_shows_the_whole_finding(path: str, shown: bool) -> None:
    old, new = lists(), lists()
    for name in ("B01", "B03"):
        new[name].append(PETRA)
    chosen = choose(compared(old, new), Significance.MINOR, [path])
    assert [finding.rule for finding in chosen.findings] == (["joined"] if shown else [])


def test_who_goes_from_one_list_of_a_group_to_another_is_told_once() -> None:
    old = [
        {
            "id": f"g{at}",
            "name": f"Group {at} North",
            "chairs": [{"name": NAMES[at], "firm": "A"}, {"name": NAMES[at + 1], "firm": "B"}],
            "former": [{"name": NAMES[at + 2], "firm": "C"}],
        }
        for at in range(4)
    ]
    new: list[dict[str, Any]] = copy.deepcopy(old)
    new[1]["former"].append(new[1]["chairs"].pop(0))
    assert sentences(old, new) == ["Jan Brok moves from chairs to former (Group 1 North)."]
    assert rules(new, old) == [("moved", "minor")]
