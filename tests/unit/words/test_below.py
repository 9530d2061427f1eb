"""Sentences below the name of what their entity belongs to."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Finding, Significance
from monitor.model.said import (
    NOTHING_BESIDE,
    Added,
    Beside,
    Fact,
    FieldChanged,
    Joined,
    ManyAdded,
    OwnWords,
    Removed,
    Reserve,
    Said,
)
from monitor.words import language
from monitor.words.wording import below

HALL = Added("the hall", "the fair", "Venues", [Fact("Seats", 90)], None)
GONE = Removed("the well", "the fair", "Agenda", [], "It was to be dug.")
MANY = ManyAdded("Agenda", "the fair", 2, ["the toll", "the well"])
SEATS = FieldChanged("the hall", "the fair", "Venues", "Seats", 90, 80)
RUMOUR = NOTHING_BESIDE._replace(reserve=Reserve("rumoured", lowest=False, said_by=None))
NAMED = NOTHING_BESIDE._replace(own_words=OwnWords("The venue of {parent} is {name}", {}))
PROSE = NOTHING_BESIDE._replace(own_words=OwnWords("{name} in {parent}: {text}", {}))


def said(shape: Said, beside: Beside = NOTHING_BESIDE, code: str = "en") -> str:
    finding = Finding(
        id="f",
        rule="r",
        said=shape,
        beside=beside,
        significance=Significance.MINOR,
        changes=(),
        collection="",
        path="p",
    )
    return below(finding, language(code))


@pytest.mark.parametrize(
    ("shape", "beside", "told"),
    [
        (HALL, NOTHING_BESIDE, "Venues, new: the hall (seats 90)."),
        (HALL, RUMOUR, "Venues, new: the hall (seats 90) (rumoured)."),
        (HALL, NAMED, "Venues, new: the hall (seats 90)."),
        (GONE, NOTHING_BESIDE, "Agenda, no longer listed: the well (It was to be dug)."),
        (MANY, NOTHING_BESIDE, "Agenda, new: the toll and the well."),
        (SEATS, NOTHING_BESIDE, "The hall: seats change from 90 to 80."),
    ],
)
def test_the_parent_is_not_repeated(shape: Said, beside: Beside, told: str) -> None:
    assert said(shape, beside) == told


@pytest.mark.parametrize(
    ("shape", "beside"),
    [
        (HALL, PROSE),
        (HALL, NOTHING_BESIDE._replace(reserve=Reserve("denied", lowest=True, said_by=None))),
        (HALL._replace(parent=None), NOTHING_BESIDE),
        (Joined("Ash", "the Board", "member", single=False), NOTHING_BESIDE),
    ],
)
def test_what_needs_it_has_no_such_sentence(shape: Said, beside: Beside) -> None:
    assert said(shape, beside) == ""


def test_ukrainian_says_the_same() -> None:
    assert said(MANY, code="uk") == "Agenda, нове: the toll та the well."
