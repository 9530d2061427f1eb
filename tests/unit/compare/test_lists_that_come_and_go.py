"""Lists that all entries get, that have another name, that roll on; and who goes between them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.compare.plain import compared, rules, sentences

ISLES = (
    "Aldey",
    "Brox",
    "Cull",
    "Drey",
    "Eigg",
    "Farra",
    "Gloup",
    "Hoy",
    "Inch",
    "Jura",
    "Kerr",
    "Lamb",
)
COINS = ("Crown", "Penny", "Florin", "Groat")


def isles() -> list[dict[str, Any]]:
    return [{"code": f"i{n}", "name": name} for n, name in enumerate(ISLES)]


def with_coins(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**each, "coins": [{"code": COINS[n % 4][:2].upper(), "name": COINS[n % 4]}]}
        for n, each in enumerate(entries)
    ]


def as_list(entries: Any) -> Any:
    return entries


def in_document(entries: Any) -> Any:
    return {"version": 3, "isles": entries}


def by_code(entries: list[dict[str, Any]]) -> Any:
    return {each["code"]: {n: v for n, v in each.items() if n != "code"} for each in entries}


@pytest.mark.parametrize("shaped", [as_list, in_document, by_code])
@pytest.mark.parametrize("count", [4, 12])
def test_a_list_that_all_entries_have_now_is_a_field_of_them(shaped: Any, count: int) -> None:
    old, new = shaped(isles()[:count]), shaped(with_coins(isles()[:count]))
    assert rules(old, new) == [("everywhere", "minor")]
    [said], [back] = sentences(old, new), sentences(new, old)
    assert said.startswith(f"{count} entries")
    assert "coins" in said
    assert "coins" in back.lower()
    assert "coins" in sentences(old, new, "uk")[0]


def test_a_list_that_two_of_many_have_now_is_told_by_itself() -> None:
    old, new = isles(), isles()
    new[0]["coins"] = [{"code": "X", "name": "Ducat"}]
    new[1]["coins"] = [{"code": "Y", "name": "Guilder"}]
    assert {"Ducat", "Guilder"} <= set(" ".join(sentences(old, new)).replace("(", " ").split())


@pytest.mark.parametrize("count", [4, 24])
def test_a_series_that_rolls_on_is_told_in_two(count: int) -> None:
    def series(first: int) -> Any:
        hours = [f"2031-01-{1 + n // 24:02}T{n % 24:02}:00:00Z" for n in range(first, first + 72)]
        return {
            "readings": [
                {"time": hour, "level": 3 + at % 7} for at, hour in enumerate(hours, first)
            ]
        }

    old, new = series(0), series(count)
    assert len(sentences(old, new)) == len(sentences(new, old)) == 2


PEOPLE = (
    "Ana Brook",
    "Ben Clay",
    "Cas Dale",
    "Dot Elm",
    "Eli Ford",
    "Fin Glen",
    "Gil Hurst",
    "Hal Isle",
    "Ian Jump",
    "Jo Knoll",
)


def people(*, since: int = 2000) -> list[dict[str, Any]]:
    return [
        {"id": n, "name": who, "since": since + n, "desk": f"D{n}"} for n, who in enumerate(PEOPLE)
    ]


@pytest.mark.parametrize("count", [3, 10])
def test_a_list_of_another_name_is_the_same_list(count: int) -> None:
    old, new = {"staff": people()[:count], "v": 1}, {"colleagues": people()[:count], "v": 1}
    for one, other in ((old, new), (new, old)):
        [said] = sentences(one, other)
        assert "staff" in said
        assert "colleagues" in said
        assert rules(one, other) == [("moved", "minor")]


def test_what_changed_in_a_list_of_another_name_is_told() -> None:
    old: dict[str, Any] = {"staff": people(), "v": 1}
    new: dict[str, Any] = {"colleagues": people(), "v": 1}
    new["colleagues"][4]["desk"] = "Z99"
    [finding] = [each for each in compared(old, new).findings if each.significance]
    [detail] = finding.beside.details
    assert (detail.of, detail.before, detail.after) == ("Eli Ford", "D4", "Z99")


@pytest.mark.parametrize("count", [6, 10])
def test_new_ids_of_all_are_one_finding_beside_one_edit(count: int) -> None:
    old, new = (
        people()[:count],
        [{**each, "id": f"st-{each['id']:03}"} for each in people()[:count]],
    )
    new[2]["desk"] = "Z99"
    for one, other in ((old, new), (new, old)):
        assert len(sentences(one, other)) == 2


def halls(*, deep: bool) -> Any:
    lists = {"north": people()[:4], "south": people()[4:7], "east": people()[7:]}
    return {"halls": lists, "v": 1} if deep else lists


@pytest.mark.parametrize("deep", [True, False])
def test_who_goes_between_lists_at_any_depth_moves(deep: bool) -> None:
    old, new = halls(deep=deep), halls(deep=deep)
    lists = new["halls"] if deep else new
    lists["south"].append(lists["north"].pop(3))
    for one, other in ((old, new), (new, old)):
        [said] = sentences(one, other)
        assert said.startswith("Dot Elm")
        assert "north" in said
        assert "south" in said


def test_who_changed_too_goes_with_what_changed() -> None:
    old, new = halls(deep=False), halls(deep=False)
    new["south"].append({**new["north"].pop(3), "desk": "Z99"})
    [finding] = compared(old, new).findings
    assert [(each.field, each.after) for each in finding.beside.details] == [("desk", "Z99")]


def rooms() -> Any:
    return {"north": list(PEOPLE[:4]), "south": list(PEOPLE[4:7]), "east": list(PEOPLE[7:])}


def rooms_listed() -> Any:
    return [{"room": name, "who": who} for name, who in rooms().items()]


def test_a_name_goes_between_lists_of_names() -> None:
    old, new = rooms(), rooms()
    new["east"].append(new["north"].pop(0))
    assert sentences(old, new) == ["Ana Brook moves from north to east."]
    assert sentences(new, old) == ["Ana Brook moves from east to north."]
    listed = copy.deepcopy(rooms_listed())
    listed[2]["who"].append(listed[0]["who"].pop(0))
    [said] = sentences(rooms_listed(), listed)
    assert said == "Ana Brook moves from north to east."


def test_a_tag_that_goes_here_and_comes_there_moves_nowhere() -> None:
    old = [
        {"id": "a", "name": "Hut", "tags": ["red", "old"]},
        {"id": "b", "name": "Inn", "tags": ["big", "low"]},
    ]
    new = [
        {"id": "a", "name": "Hut", "tags": ["old"]},
        {"id": "b", "name": "Inn", "tags": ["big", "low", "red"]},
    ]
    assert [rule for rule, _ in rules(old, new)] == ["changed", "changed"]


def test_two_names_that_change_lists_are_told_as_what_came_and_went() -> None:
    old, new = rooms(), rooms()
    new["east"] += [new["north"].pop(0), new["north"].pop(0)]
    said = " ".join(sentences(old, new))
    assert "Ana Brook" in said
    assert "Ben Clay" in said
