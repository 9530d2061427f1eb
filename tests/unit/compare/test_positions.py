"""Intervals, scales, distances over all versions, and what each move was."""

from __future__ import annotations

import copy

import pytest

from monitor.compare.intervals import gap, make_interval, movement, read_interval
from monitor.compare.positions import PositionLine, Series, series
from monitor.kinds.kind import QuantityFields
from monitor.model.comparison import Document, Interval
from tests.unit.compare.village import BASE, kind, state


def _years(low: float | None, high: float | None) -> Interval:
    return Interval(low=low, high=high, unit="years")


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (_years(30, 50), _years(20, 50), "widened"),
        (_years(30, 50), _years(20, 60), "widened"),
        (_years(30, 50), _years(30, None), "widened"),
        (_years(20, 50), _years(30, 50), "narrowed"),
        (_years(15, None), _years(15, 20), "narrowed"),
        (_years(15, 15), _years(16, 16), "shifted"),
        (_years(30, 50), _years(20, 40), "shifted"),
        (_years(30, 50), _years(30, 50), None),
    ],
)
def test_an_interval_widens_narrows_or_shifts(
    before: Interval, after: Interval, name: str | None
) -> None:
    assert movement(before, after) == name
    mirror = {"widened": "narrowed", "narrowed": "widened"}.get(name or "", name)
    assert movement(after, before) == mirror


def test_intervals_of_different_units_are_not_compared() -> None:
    days = Interval(low=30, high=50, unit="days")
    assert movement(_years(20, 50), days) is None
    assert gap(_years(20, 50), days) is None


@pytest.mark.parametrize(
    ("one", "other", "size"),
    [
        (_years(30, 50), _years(15, 15), 15),
        (_years(20, 50), _years(15, 15), 5),
        (_years(20, None), _years(15, 30), 0),
        (_years(None, 10), _years(15, None), 5),
    ],
)
def test_a_distance_is_between_the_nearest_ends(one: Interval, other: Interval, size: int) -> None:
    assert gap(one, other) == gap(other, one) == size


def test_days_make_intervals_too() -> None:
    early = make_interval("2026-03-05", "2026-03-09", None)
    late = make_interval("2026-03-12", None, None)
    assert early is not None
    assert late is not None
    assert gap(early, late) == 3
    assert make_interval("soon", None, None) is None


def test_what_is_no_quantity_is_no_interval() -> None:
    fields = QuantityFields(low="min", high="max", unit="unit")
    assert read_interval(None, fields) is None
    assert read_interval({"unit": "years"}, fields) is None
    assert read_interval({"min": True}, fields) is None


def _document(low: int, *, lean: str = "open") -> Document:
    document = copy.deepcopy(BASE)
    amount = {"min": low, "max": 50, "unit": "years"}
    document["stances"][0].update(amount=amount, lean=lean)
    return document


def _series(*documents: Document) -> Series:
    states = [state(document, as_of=f"2026-01-{at:02}") for at, document in enumerate(documents, 1)]
    return series(states, kind())


def _line(found: Series, party: str) -> PositionLine:
    return next(line for line in found.lines if line.place[1] == party)


def test_a_series_holds_each_move_its_size_and_where_it_goes_back_to() -> None:
    points = _line(_series(_document(30), _document(20), _document(30)), "red").points
    assert [point and point.moved for point in points] == [False, True, True]
    assert [point and point.by for point in points] == [None, (-10, 0), (10, 0)]
    assert [point and point.back_to for point in points] == [None, None, "2026-01-01"]


def test_a_party_without_a_position_has_no_point() -> None:
    later = copy.deepcopy(BASE)
    later["stances"].append({"camp": "blue", "matter": "road", "lean": "open"})
    found = _series(BASE, later)
    line = next(line for line in found.lines if line.place[2] == "road")
    assert line.points[0] is None
    assert line.points[1] is not None
    assert line.points[1].moved is False


def test_distances_know_their_widest_closest_and_first_meeting() -> None:
    (gap_,) = _series(_document(30), _document(20), _document(15), _document(40)).gaps
    assert gap_.distances == (15, 5, 0, 25)
    assert gap_.unit == "years"
    dates = (gap_.first_overlap, gap_.widest, gap_.closest)
    assert dates == ("2026-01-03", "2026-01-04", "2026-01-03")


def test_without_quantities_a_scale_gives_the_distance_in_steps() -> None:
    document = copy.deepcopy(BASE)
    document["stances"] = [
        {"camp": "red", "matter": "well", "lean": "rejects"},
        {"camp": "blue", "matter": "well", "lean": "open"},
    ]
    (gap_,) = _series(document).gaps
    assert (gap_.distances, gap_.unit) == ((2,), None)
