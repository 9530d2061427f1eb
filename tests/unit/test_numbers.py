"""Numbers as people write them, and their differences in decimals."""

from __future__ import annotations

import copy
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.numbers import minus, written
from monitor.words import language
from monitor.words.en.units import unit_words
from monitor.words.wording import remark_sentence
from tests.unit.compare.village import BASE, comparison

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        (3.2, 1.02, 2.18),
        (2.3, 0.12, 2.18),
        (0.3, 0.1, 0.2),
        (1.1, 1.1, 0),
        (2.5, 0.5, 2),
        (7, 4, 3),
        (1e-7, 0, 1e-7),
        (-0.1, 0.2, -0.3),
        (math.inf, 3, math.inf),
    ],
)
def test_a_difference_is_that_of_the_written_digits(
    one: float, other: float, difference: float
) -> None:
    assert repr(minus(one, other)) == repr(difference)


@given(FINITE, FINITE)
def test_every_difference_is_the_float_nearest_to_the_decimal_one(one: float, other: float) -> None:
    assert minus(one, other) == float(Decimal(repr(one)) - Decimal(repr(other)))
    assert minus(one, other) == -minus(other, one)


@pytest.mark.parametrize(
    ("value", "text"),
    [(90.0, "90"), (2.18, "2.18"), (1e-7, "0.0000001"), (1.5e-5, "0.000015"), (-0.5, "-0.5")],
)
def test_a_number_is_written_in_plain_digits(value: float, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("en", 12500.5, "12,500.5"),
        ("uk", 12500.5, "12\u00a0500,5"),
        ("uk", -0.25, "-0,25"),
        ("uk", 1e-7, "0,0000001"),
        ("en", 12500, "12,500"),
    ],
)
def test_both_languages_write_fractions_as_they_write_integers(
    code: str, value: float, text: str
) -> None:
    assert language(code).values.number(value) == text


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("years", "1 year"),
        ("bodies", "1 body"),
        ("crutches", "1 crutch"),
        ("people", "1 person"),
        ("percent", "1 percent"),
        ("series", "1 series"),
        ("million US dollars", "1 million US dollars"),
        ("tonnes of grain", "1 tonne of grain"),
        ("seats in parliament", "1 seat in parliament"),
        ("cubic metres per second", "1 cubic metre per second"),
        ("US dollars", "1 US dollar"),
        ("campus", "1 campus"),
        ("ties", "1 tie"),
    ],
)
def test_one_of_a_unit_is_in_the_singular(unit: str, one: str) -> None:
    assert f"1 {unit_words(1, unit)}" == one
    assert unit_words(0.5, unit) == unit_words(2, unit) == unit


def _stances(red: Any, blue: Any, unit: str = "metres") -> dict[str, Any]:
    document = copy.deepcopy(BASE)
    document["stances"][0]["amount"] = {"min": red, "max": red, "unit": unit}
    document["stances"][1]["amount"] = {"min": blue, "max": blue, "unit": unit}
    return document


def test_a_distance_in_fractions_is_told_as_a_person_would_reckon_it() -> None:
    (remark,) = comparison(_stances(5.3, 1.02), _stances(3.2, 1.02)).remarks
    assert (
        remark_sentence(remark) == "Red's distance to Blue on the well narrows: 4.28 → 2.18 metres."
    )
    assert (remark.said.before, remark.said.after) == (4.28, 2.18)  # type: ignore[union-attr]


def test_what_is_left_of_a_distance_has_its_unit_in_the_singular() -> None:
    (remark,) = comparison(_stances(4, 1, "years"), _stances(2, 1, "years")).remarks
    assert remark_sentence(remark) == "Red's distance to Blue on the well narrows: 3 → 1 year."
