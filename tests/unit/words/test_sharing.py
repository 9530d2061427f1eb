"""Entries that say the same in brackets are told together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.words import ENGLISH
from monitor.words.sharing import together


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (("Ash (seen)", "Birch (seen)"), "Ash and Birch (seen)"),
        (("Ash (seen)", "Cole (ill)", "Birch (seen)"), "Ash and Birch (seen); Cole (ill)"),
        (("Ash (seen)", "Cole (ill)"), None),
        (("Ash (seen)", "Birch (seen)", "Cole"), None),
        (("a", "b"), None),
    ],
)
def test_brackets_are_said_once(entries: Sequence[str], said: str | None) -> None:
    assert together(entries, ENGLISH.values.listed, limit=6) == said


def test_of_several_long_groups_the_others_are_counted() -> None:
    entries = [
        f"{name}{n} ({word})" for name, word in (("M", "seen"), ("N", "ill")) for n in range(6)
    ]
    assert together(entries, ENGLISH.values.listed, limit=4) == "M0, M1 and 4 more (seen); 6 (ill)"


def test_no_single_name_is_hidden() -> None:
    entries = ["A (seen)", "B (seen)", "C (seen)", "D (ill)", "E (ill)", "F (late)"]
    told = "A, B and C (seen); D and E (ill); F (late)"
    assert together(entries, ENGLISH.values.listed, limit=6) == told


def test_of_many_each_group_names_its_share() -> None:
    entries = [f"M{n} (seen)" for n in range(9)] + ["Ash (ill)"]
    assert together(entries, ENGLISH.values.listed, limit=6) == (
        "M0, M1, M2 and 6 more (seen); Ash (ill)"
    )
