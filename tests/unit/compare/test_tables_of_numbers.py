"""Rows of numbers, matrices, boards and outlines: one value each, told by the place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.infer import infer_kind
from tests.unit.compare.plain import compared, sentences

MATRIX = [[(7 * row + 3 * column) % 50 for column in range(20)] for row in range(15)]
BOARD = [["." for _ in range(6)] for _ in range(6)]
OUTLINE = [[[1.5, 2.5], [1.5, 4.5], [3.5, 4.5], [1.5, 2.5]]]


def in_document(value: Any) -> Any:
    return {"grid": value}


def in_document_with_more(value: Any) -> Any:
    return {"grid": value, "title": "Heights", "when": "2031-01-02"}


def in_entries(value: Any) -> Any:
    return [{"id": "p1", "name": "Upper Field", "grid": value}, {"id": "p2", "name": "Lower Field"}]


@pytest.mark.parametrize("shaped", [in_document, in_document_with_more, in_entries])
@pytest.mark.parametrize(
    ("value", "place", "now", "words"),
    [
        (MATRIX, (12, 17), 999, "at row 13, column 18"),
        (MATRIX, (0, 0), 99.5, "at row 1, column 1"),
        (BOARD, (4, 2), "P", "at row 5, column 3 from . to P"),
        (OUTLINE, (0, 2, 1), 9.25, "at place 1, 3, 2 from 4.5 to 9.25"),
        ([3, 9, 9, 4, 1, 3, 8], (4,), 77, "at place 5 from 1 to 77"),
    ],
)
def test_a_cell_is_one_finding_with_its_place(
    value: Any, place: Any, now: Any, words: str, shaped: Any
) -> None:
    new = copy.deepcopy(value)
    holder = new
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = now
    for one, other in ((value, new), (new, value)):
        [said] = sentences(shaped(one), shaped(other))
        assert words.partition(" from ")[0] in said
        assert str(now) in said
    assert words in sentences(shaped(value), shaped(new))[0]
    [said] = sentences(shaped(value), shaped(new), "uk")
    assert str(now).replace(".", ",") in said


def places(*geometries: Any) -> Any:
    return {
        "features": [
            {
                "id": f"f{n}",
                "properties": {"name": f"Spot {c}"},
                "geometry": {"type": t, "coordinates": v},
            }
            for n, (c, (t, v)) in enumerate(zip("QRSTUV", geometries, strict=False))
        ]
    }


POINT = ("Point", [4.5, 5.5])
LINE = ("LineString", [[1.5, 1.5], [2.5, 2.5], [3.5, 1.5]])
AREA = ("Polygon", OUTLINE)


def test_a_point_among_other_geometries_moves_as_one() -> None:
    old, new = places(POINT, LINE, AREA), places(("Point", [4.5, 5.75]), LINE, AREA)
    [said] = sentences(old, new)
    assert said == "Spot Q: geometry coordinates change from (4.5, 5.5) to (4.5, 5.75)."


@pytest.mark.parametrize("now", [LINE, AREA])
def test_another_geometry_is_one_finding(now: Any) -> None:
    old, new = places(POINT, LINE, AREA), places(now, LINE, AREA)
    assert len(sentences(old, new)) == len(sentences(new, old)) == 1


def test_a_row_that_came_is_told() -> None:
    rows = [[2001 + n, 40.5 + n] for n in range(30)]
    [said] = sentences({"series": rows}, {"series": [*rows, [2031, 77.25]]})
    assert "77.25" in said
    [said] = sentences({"series": rows}, {"series": [*rows[1:], [2031, 77.25]]})
    assert "77.25" in said
    assert "40.5" in said


def test_rows_that_say_something_of_entries_stay_rows() -> None:
    rows = [["Ann Lee", "chair"], ["Bo Ray", "clerk"]]
    new = [*rows, ["Cy Moss", "guest"]]
    assert "Cy Moss" in " ".join(sentences({"who": rows}, {"who": new}))


def test_a_list_of_ids_stays_a_list() -> None:
    kind = infer_kind({"ids": [4, 9, 12]}, {"ids": [4, 9, 13]}).kind
    assert "ids" in kind.collections


def test_a_matrix_of_much_else_says_how_many() -> None:
    other = [[value + 1 for value in row] for row in MATRIX]
    [finding] = compared({"grid": MATRIX}, {"grid": other}).findings
    assert finding.rule == "changed"
