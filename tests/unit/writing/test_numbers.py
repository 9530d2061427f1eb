"""Amounts in digits and in words, with what is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.writing.cues.known import cues_of
from monitor.writing.numbers import numbers


def found(text: str, language: str = "en") -> list[tuple[float | None, float | None, str]]:
    marks = numbers(text, (), cues_of(language))
    return [(_plain(one.low), _plain(one.high), one.unit) for one in marks]


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It wants 15 years.", 15, 15, "years"),
        ("It wants at least 20 years.", 20, None, "years"),
        ("It wants 30-50 years.", 30, 50, "years"),
        ("It wants 30 to 50 years.", 30, 50, "years"),
        ("It wants between thirty and fifty years.", 30, 50, "years"),
        ("A 15-year guarantee.", 15, 15, "year"),
        ("A team of up to nine persons.", None, 9, "persons"),
        ("More than 1,200 prisoners came.", 1200, None, "prisoners"),
        ("Some 1 200 prisoners came.", 1200, 1200, "prisoners"),
        ("Twenty-five vessels sailed.", 25, 25, "vessels"),
        ("Two hundred boats sailed.", 200, 200, "boats"),
        ("A fall of 9.8 percent.", 9.8, 9.8, "percent"),
        ("A fall of 30%.", 30, 30, "percent"),
        ("A loan of $90 billion.", 90, 90, "billion dollars"),
        ("A loan of €1.5 million.", 1.5, 1.5, "million euros"),
        ("Talks of six hours.", 6, 6, "hours"),
        ("20+ ministers came.", 20, None, "ministers"),
    ],
)
def test_an_amount_has_its_bounds_and_its_unit(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    assert found(text) == [(low, high, unit)]


def test_ukrainian_amounts_have_the_same_units() -> None:
    assert found("Гарантії на щонайменше 20 років і 15 осіб.", "uk") == [
        (20, None, "years"),
        (15, 15, "persons"),
    ]


@pytest.mark.parametrize(
    "text", ["One of them left.", "The third round and the 4th one.", "The G7 met.", "Su-57 jets."]
)
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert found(text) == []
