"""Of a table every number is a text: it is told as a number, and is no id of another entry."""

from __future__ import annotations

import pytest

from tests.unit.compare.plain import sentences

PEOPLE = [
    {"id": "1", "name": "Ana Wold", "age": "3", "rank": "2"},
    {"id": "2", "name": "Ben Ito", "age": "1", "rank": "1"},
    {"id": "3", "name": "Cy Moe", "age": "2", "rank": "3"},
]


def test_a_small_number_is_no_reference_to_the_entry_that_has_it_as_its_id() -> None:
    after = [{**PEOPLE[0], "rank": "1"}, PEOPLE[1], PEOPLE[2]]
    assert sentences(PEOPLE, after) == ["Ana Wold: rank changes from 2 to 1."]


@pytest.mark.parametrize(("by", "told"), [(1, "1 higher"), (-20, "20 lower")])
def test_numbers_in_texts_that_all_moved_by_one_step_are_one_finding(by: int, told: str) -> None:
    before = [{"id": f"r{n}", "km": str(n * 37 + 90)} for n in range(30)]
    after = [{**row, "km": str(int(row["km"]) + by)} for row in before]
    (said,) = sentences(before, after)
    assert f"km is {told}" in said


@pytest.mark.parametrize(
    "values",
    [("19.4", "19.5"), ("2026-03-04", "2026-03-05"), ("0094", "0095"), ("1 204", "1 205")],
)
def test_single_digits_of_numbers_and_days_are_not_told_for_many(values: tuple[str, str]) -> None:
    before = [{"id": f"r{n}", "v": f"{n + 3}{values[0]}", "w": "x"} for n in range(24)]
    before += [{"id": f"s{n}", "v": "-", "w": "y"} for n in range(60)]
    after = [{**row, "v": row["v"].replace(*values)} for row in before]
    assert not any("has “" in said for said in sentences(before, after))
