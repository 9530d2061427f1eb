"""Measured numbers: what lies within the tolerance says the same, and is still told to a patch."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import compare
from monitor.compare.diff import diff, within_tolerance
from monitor.compare.infer import infer_kind
from monitor.compare.patch import json_patch
from monitor.compare.settle import applied
from monitor.errors import KindError
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Significance, State, VersionRef
from monitor.model.record import replace
from tests.reading import kind_of

BUOYS = """\
properties:
  buoys:
    type: array
    x-key: [id]
    items:
      type: object
      properties:
        id: {type: string}
        depth: {type: number, x-tolerance: 0.05}
        place: {type: array, x-ordered: true, x-tolerance: 0.001, items: {type: number}}
        count: {type: integer}
        draught:
          type: object
          x-quantity: {low: min, high: max, unit: unit}
          x-tolerance: 0.1
          properties: {min: {type: number}, max: {type: number}, unit: {type: string}}
"""
BUOY = {
    "id": "b1",
    "depth": 12.3,
    "place": [30.5, 50.4],
    "count": 4,
    "draught": {"min": 1.0, "max": 2.0, "unit": "m"},
}


def _compared(kind: Kind, **fields: Any) -> Comparison:
    old, new = {"buoys": [BUOY]}, {"buoys": [{**BUOY, **fields}]}
    states = [
        State(
            ref=VersionRef(situation="sea", as_of=as_of, content_hash=as_of),
            document=canonical(document, kind),
        )
        for document, as_of in ((old, "2031-03-01"), (new, "2031-03-02"))
    ]
    return compare(states[0], states[1], kind)


@pytest.mark.parametrize(
    "fields",
    [
        {"depth": 12.35},
        {"depth": 12.25},
        {"place": [30.5004, 50.3996]},
        {"draught": {"min": 1.1, "max": 1.95, "unit": "m"}},
        {"depth": 12.31, "place": [30.501, 50.4]},
    ],
)
def test_what_is_measured_within_the_tolerance_is_kept_as_noise(fields: dict[str, Any]) -> None:
    kind = kind_of(BUOYS)
    found = _compared(kind, **fields)
    assert len(found.changes) == len(fields)
    assert {each.significance for each in found.findings} == {Significance.NOISE}
    assert found.remarks == ()
    assert within_tolerance(found.changes, kind) == len(fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"depth": 12.36},
        {"place": [30.5, 50.402]},
        {"place": [30.5, 50.4, 0.0]},
        {"count": 5},
        {"draught": {"min": 1.0, "max": 2.2, "unit": "m"}},
        {"draught": {"min": 1.0, "max": 2.0, "unit": "ft"}},
        {"draught": {"min": 1.0, "unit": "m"}},
        {"depth": None},
    ],
)
def test_what_is_further_away_is_told(fields: dict[str, Any]) -> None:
    kind = kind_of(BUOYS)
    found = _compared(kind, **fields)
    assert max(each.significance for each in found.findings) > Significance.NOISE
    assert within_tolerance(found.changes, kind) == 0


def test_what_a_person_asks_for_goes_before_the_kind() -> None:
    wide = replace(kind_of(BUOYS), tolerance=1.0)
    assert within_tolerance(_compared(wide, depth=13.3, count=5).changes, wide) == 2
    exact = replace(wide, tolerance=0.0)
    (finding,) = _compared(exact, depth=12.31).findings
    assert finding.significance > Significance.NOISE


STILLS: tuple[Any, ...] = (
    {"track": [1.0, 2.0, 3.0], "box": {"w": 2.5}},
    {"track": [1.0004, 2.0, 2.9996], "box": {"w": 2.5004}},
)


@pytest.mark.parametrize(("one", "other"), [STILLS, STILLS[::-1]])
def test_a_patch_rebuilds_what_is_not_told_without_a_kind_too(one: Any, other: Any) -> None:
    inferred = infer_kind(one, other)
    kind = replace(inferred.kind, tolerance=0.001)
    changes = diff(inferred.old, inferred.new, kind, situation="")
    assert {change.significance for change in changes} == {Significance.NOISE}
    assert within_tolerance(changes, kind) == 2
    before = copy.deepcopy(one)
    patch = json_patch(changes, one, other, kind, form=inferred.form)
    assert applied(before, patch) == other


def test_positions_that_are_measured_anew_have_not_moved() -> None:
    kind = kind_of("""\
properties:
  bids:
    type: array
    x-key: [who, lot]
    x-position: {party: who, issue: lot, quantity: sum}
    items:
      type: object
      properties:
        who: {type: string}
        lot: {type: string}
        sum:
          type: object
          x-quantity: {low: min, high: max}
          x-tolerance: 0.01
          properties: {min: {type: number}, max: {type: number}}
""")

    def bids(first: float) -> dict[str, Any]:
        return {
            "bids": [
                {"who": "ada", "lot": "7", "sum": {"min": first, "max": first}},
                {"who": "bo", "lot": "7", "sum": {"min": 5.0, "max": 5.0}},
            ]
        }

    states = [
        State(
            ref=VersionRef(situation="sale", as_of=f"2031-03-0{day}", content_hash=str(day)),
            document=canonical(bids(sum_), kind),
        )
        for day, sum_ in ((1, 3.0), (2, 3.01))
    ]
    found = compare(states[0], states[1], kind)
    assert found.remarks == ()
    assert not any(each.moved for each in found.standings)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{type: number, x-tolerance: 0}", "greater than 0"),
        ("{type: number, x-tolerance: close}", "greater than 0"),
        ("{type: number, x-tolerance: true}", "greater than 0"),
        ("{type: string, x-tolerance: 1}", "goes on numbers"),
    ],
)
def test_a_tolerance_is_a_number_on_numbers(written: str, said: str) -> None:
    with pytest.raises(KindError, match=said):
        kind_of(BUOYS.replace("{type: integer}", written))
