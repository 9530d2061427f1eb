"""Versions that lost nearly everything, or hold other things: one sentence, whatever the root."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.compare.plain import compared, rules, sentences


def rows(count: int, prefix: str = "r") -> list[dict[str, Any]]:
    return [{"id": f"{prefix}{at}", "town": f"Town {prefix} {at}"} for at in range(count)]


ROOTS: dict[str, Any] = {
    "a list": rows(30),
    "a mapping": {row["id"]: row for row in rows(30)},
    "a list of names": [f"Name {at}" for at in range(30)],
    "lists by name": {f"g{at}": rows(5) for at in range(6)},
    "two lists": {"people": rows(20), "places": rows(10)},
    "mappings by name": {f"g{at}": {r["id"]: r for r in rows(5)} for at in range(6)},
    "one deep": {"data": {"people": rows(30)}},
    "fields": {f"key{at}": at for at in range(30)},
    "few": {"people": rows(2), "places": rows(1)},
}


@pytest.mark.parametrize("nothing", [None, {}, [], ""], ids=repr)
@pytest.mark.parametrize("root", ROOTS)
def test_a_document_that_says_nothing_any_more_is_one_sentence(root: str, nothing: Any) -> None:
    (says,) = sentences(ROOTS[root], nothing)
    assert says.startswith("The whole document lost nearly everything: ")
    assert len(says) < 120
    assert rules(ROOTS[root], nothing) == [("emptied", "critical")]


@pytest.mark.parametrize(
    "new",
    [
        {"data": {"people": []}},
        {"data": {"people": None}},
        {"data": {"people": ""}},
        {"data": {"people": {}}},
        {"data": {}},
        {"data": None},
        {"data": {"people": rows(2)}},
    ],
    ids=repr,
)
def test_a_list_that_lost_nearly_everything_is_one_sentence(new: Any) -> None:
    found = rules(ROOTS["one deep"], new)
    assert found[0] == ("emptied", "critical")
    assert len(found) == 1


def test_lists_that_lost_nearly_all_they_had_are_one_sentence() -> None:
    old = {f"g{at}": rows(20, f"g{at}") for at in range(10)}
    new = {name: part[:1] for name, part in old.items()}
    assert rules(old, new) == [("emptied", "critical")]


def test_entries_below_entries_count_together() -> None:
    old = [{"id": f"b{at}", "seats": rows(8, f"s{at}")} for at in range(5)]
    new = [{**board, "seats": []} for board in old]
    assert sentences(old, new) == [
        "Seats lost nearly everything: 40 of 40 entries are gone.",
    ]


@pytest.mark.parametrize("root", ["a list", "a mapping"])
def test_a_document_whose_keys_are_all_others_is_one_sentence(root: str) -> None:
    other = {
        "a list": [{"id": f"n{at}", "town": f"Else {at * 7}"} for at in range(28)],
        "a mapping": {f"n{at}": {"id": f"n{at}", "town": f"E {at * 7}"} for at in range(28)},
        "lists by name": {f"h{at}": rows(5, f"n{at}") for at in range(6)},
        "mappings by name": {f"h{a}": {r["id"]: r for r in rows(5, f"n{a}")} for a in range(6)},
    }[root]
    for old, new in ((ROOTS[root], other), (other, ROOTS[root])):
        assert rules(old, new) == [("exchanged", "critical")]
    assert len(sentences(ROOTS[root], other)[0]) < 140


def test_a_list_that_holds_other_things_names_itself() -> None:
    old, new = ({"n": 1, "list": rows(count, p)} for count, p in ((20, "old"), (18, "young")))
    assert sentences(old, new) == [
        "List holds hardly anything it held before: 20 of 20 entries are gone, 18 are new."
    ]


def test_what_fills_up_is_told_entry_by_entry() -> None:
    assert {f.rule for f in compared({"people": []}, {"people": rows(6)}).findings} == {"added"}
