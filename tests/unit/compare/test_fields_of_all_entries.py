"""A field that changes in most entries is one finding, whatever its values."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest

from tests.unit.compare.plain import compared, rules, sentences


def rows(seed: int, count: int = 40) -> list[dict[str, Any]]:
    random = Random(seed)
    return [
        {
            "id": f"k{at}",
            "name": f"Row {at} of Harbour",
            "state": "open",
            "last_updated": f"2031-03-{random.randrange(1, 29):02}T{random.randrange(24):02}:15Z",
            "etag": f"{random.getrandbits(64):016x}",
            "version": random.randrange(99),
            "depth": random.random(),
        }
        for at in range(count)
    ]


def edited(fields: tuple[str, ...], share: float = 1.0, count: int = 40) -> list[dict[str, Any]]:
    new, other = rows(1, count), rows(2, count)
    for at, (entry, made) in enumerate(zip(new, other, strict=True)):
        if at < share * count:
            entry.update({name: made[name] for name in fields})
    return new


@pytest.mark.parametrize("fields", [("last_updated",), ("version",), ("etag",), ("depth",)])
def test_irregular_values_of_most_entries_are_one_finding(fields: tuple[str, ...]) -> None:
    new = edited(fields)
    new[7]["state"] = "closed"
    second, first = sentences(rows(1), new)
    name = fields[0].replace("_", " ")
    assert first.startswith(f"40 of 40 entries: {name} changed, as in Row 0 of Harbour (from ")
    assert second == "Row 7 of Harbour: state changes from open to closed."


def test_fields_that_change_together_are_told_together() -> None:
    new = edited(("last_updated", "etag", "version"))
    (finding,) = sentences(rows(1), new)
    assert finding.startswith("40 of 40 entries: etag, last updated and version changed, as in ")
    (said,) = sentences(rows(1), new, spoken="uk")
    assert said.startswith("Записів — 40 з 40: змінено etag, last updated та version, як-от ")


def test_a_field_that_keeps_books_is_one_finding_in_some_entries_too() -> None:
    (finding,) = sentences(rows(1), edited(("last_updated", "etag"), share=0.3))
    assert finding.startswith("12 of 40 entries: etag and last updated changed")


def test_few_entries_are_enough_where_a_field_keeps_books() -> None:
    (finding,) = sentences(rows(1, 4), edited(("last_updated",), count=4))
    assert finding.startswith("4 of 4 entries: last updated changed")


def test_what_some_entries_measure_is_told_one_by_one() -> None:
    assert len(sentences(rows(1), edited(("depth",), share=0.2))) == 8


def test_words_of_a_list_keep_their_meaning() -> None:
    new = rows(1)
    for at, entry in enumerate(new[:33]):
        entry["state"] = "closed" if at < 30 else "disputed"
    said = sentences(rows(1), new)
    assert said[0].startswith("30 entries: state changes from open to closed (")
    assert len(said) == 4


@pytest.mark.parametrize("nothing", [None, ""])
def test_names_that_are_lost_everywhere_are_one_major_finding(nothing: Any) -> None:
    new = [{**entry, "name": nothing} for entry in rows(1)]
    assert sentences(rows(1), new) == [
        "40 of 40 entries: name is no longer stated (Row 0 of Harbour, Row 1 of Harbour, Row 10 of "
        "Harbour and others)."
    ]
    assert rules(rows(1), new) == [("everywhere", "major")]
    assert rules(new, rows(1)) == [("everywhere", "minor")]


def test_names_that_are_gone_or_others_everywhere_are_major() -> None:
    without = [{n: v for n, v in entry.items() if n != "name"} for entry in rows(1)]
    assert rules(rows(1), without) == [("everywhere", "major")]
    others = [{**entry, "name": f"Other {at * 7} Quay"} for at, entry in enumerate(rows(1))]
    assert rules(rows(1), others) == [("everywhere", "major")]


def test_a_field_is_told_once_in_both_directions_below_entries_too() -> None:
    old: list[dict[str, Any]] = [
        {"id": at, "name": f"Board {at} North", "seats": rows(at, 10)} for at in range(5)
    ]
    new = copy.deepcopy(old)
    for board in new:
        for seat, made in zip(board["seats"], rows(99, 10), strict=True):
            seat["last_updated"] = made["last_updated"]
    assert len(compared(old, new).findings) == len(compared(new, old).findings) == 1


def test_numbers_that_all_moved_by_one_are_one_finding() -> None:
    old: list[Any] = [
        {"id": f"k{at}", "name": f"Quay {at} East", "place": at % 7} for at in range(30)
    ]
    new = [{**row, "place": row["place"] + 1} if at < 14 else row for at, row in enumerate(old)]
    assert sentences(old, new) == [
        "14 entries: place is 1 higher (Quay 0 East, Quay 1 East, Quay 10 East and others)."
    ]
    assert sentences(new, old) == [
        "14 entries: place is 1 lower (Quay 0 East, Quay 1 East, Quay 10 East and others)."
    ]
    (said,) = sentences(old, new, spoken="uk")
    assert said.startswith("14\u00a0записів: place — на 1 більше (")


def test_the_same_part_of_many_entries_is_told_once() -> None:
    old: list[dict[str, Any]] = [
        {
            "id": f"k{at}",
            "name": f"Quay {at} East",
            "signs": {"deu": {"text": "Kai"}, "fra": {"text": "Q"}, "ita": {"text": "M"}},
        }
        for at in range(12)
    ]
    new = copy.deepcopy(old)
    for entry in new:
        entry["signs"]["bre"] = {"text": "K"}
    assert sentences(old, new) == [
        "12 entries: signs: bre is new (Quay 0 East, Quay 1 East, Quay 10 East and others)."
    ]
    assert rules(new, old) == [("everywhere", "minor")]


def test_fields_that_come_together_are_told_together() -> None:
    new = [{**row, "phone": f"1-{at}", "room": f"R {at}"} for at, row in enumerate(rows(1))]
    assert sentences(rows(1), new) == [
        "40 entries: phone and room are new (Row 0 of Harbour, Row 1 of Harbour, Row 10 of Harbour "
        "and others)."
    ]
    (gone,) = sentences(new, rows(1))
    assert gone.startswith("40 entries: phone and room are gone (")
    (said,) = sentences(rows(1), new, spoken="uk")
    assert ": phone та room — нові поля (" in said


def test_the_same_term_of_many_is_told_by_its_first_day() -> None:
    old = [
        {"id": at, "name": f"Member {at} Lund", "terms": [{"type": "low", "start": "2029-01-03"}]}
        for at in range(14)
    ]
    new: list[dict[str, Any]] = copy.deepcopy(old)
    for at, member in enumerate(new):
        member["terms"].append({"type": "low" if at % 2 else "high", "start": "2031-01-03"})
    assert sentences(old, new, keys={"entries.terms": "start"}) == [
        "14 entries: term from 3 January 2031 is new (Member 0 Lund, Member 1 Lund, Member 2 Lund "
        "and others)."
    ]


@pytest.mark.parametrize(
    ("lost", "there", "back"),
    [
        ({"state": None}, "7 of 7 entries: state is no longer stated (", "state is now stated ("),
        ({"state": ""}, "7 of 7 entries: state is no longer stated (", "state is now stated ("),
        ({}, "7 entries: state is gone (", "7 entries: state is new ("),
    ],
)
def test_what_all_of_a_few_entries_lost_is_one_finding(
    lost: dict[str, Any], there: str, back: str
) -> None:
    old = rows(1, 7)
    new = [{name: row[name] for name in row if name != "state"} | lost for row in old]
    assert [said.partition("Row")[0] for said in sentences(old, new)] == [there]
    (said,) = sentences(new, old)
    assert back in said


def test_one_value_for_another_in_all_of_a_few_is_one_finding_and_in_some_is_not() -> None:
    old, new = rows(1, 5), [row | {"state": "closed"} for row in rows(1, 5)]
    names = "(Row 0 of Harbour, Row 1 of Harbour, Row 2 of Harbour and others)"
    assert sentences(old, new) == [f"5 entries: state changes from open to closed {names}."]
    assert len(sentences(old, [*new[:3], *old[3:]])) == 3
    assert len(sentences(old[:4], new[:4])) == 4
