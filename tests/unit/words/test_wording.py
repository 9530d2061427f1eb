"""Sentences from a finding alone: the kind's own words, closed and with days in words."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.comparison import Finding, Json, Remark, Significance
from monitor.model.said import (
    NOTHING_BESIDE,
    Added,
    Beside,
    Cancelled,
    Converged,
    Detail,
    Fact,
    FieldsChanged,
    OwnWords,
    Said,
)
from monitor.words import language
from monitor.words.wording import aside, details, remark_sentence, sentence


def _finding(rule: str, said: Said, beside: Beside = NOTHING_BESIDE) -> Finding:
    return Finding(
        id="f",
        rule=rule,
        said=said,
        beside=beside,
        significance=Significance.MINOR,
        changes=("c",),
        collection="notes",
        path="notes[x]",
    )


def _with_template(template: str, **values: Any) -> Finding:
    said = Added("Peskov", None, "Statements", facts=[], text="Talks go on.")
    return _finding("added", said, Beside(own_words=OwnWords(template, values)))


def test_the_kinds_own_words_come_first() -> None:
    finding = _with_template("{who} on {day}: {said}", who="Peskov", day="2026-02-17", said="Yes!")
    assert sentence(finding) == "Peskov on 17 February 2026: Yes!"


def test_a_slot_names_an_argument_or_a_field_and_stays_when_it_is_neither() -> None:
    assert sentence(_with_template("{label} in {section}, {nobody}")) == (
        "Peskov in Statements, {nobody}."
    )


def test_a_slot_that_a_snapshot_brings_along_is_text() -> None:
    assert sentence(_with_template("{who}", who="{label}")) == "{label}."


def test_what_the_sentence_tells_the_aside_does_not_repeat() -> None:
    assert aside(_with_template("{label}: {said}", said="Talks go on.")) == ""
    assert aside(_with_template("{label}")) == "Talks go on."


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("the second round", "The second round is off."),
        ("kostyukov", "Kostyukov is off."),
        ("iPhone", "iPhone is off."),
        ("x-1", "x-1 is off."),
    ],
)
def test_a_sentence_begins_with_a_capital_but_an_odd_name_stays(label: str, says: str) -> None:
    assert sentence(_finding("cancelled", Cancelled(label, "off", [None, None]))) == says


def test_a_detail_of_another_entity_says_whose_it_is() -> None:
    other = Detail("Rank", "rank", of="B", before=1, after=2)
    said = FieldsChanged("A", None, "Teams", fields=["Rank"])
    finding = _finding("changed", said, Beside(details=(other,)))
    (detail,) = details(finding)
    assert (detail.label, detail.before, detail.after, detail.text) == ("B, rank", "1", "2", False)


def test_two_moves_say_who_moved() -> None:
    both = ["A", "B"]
    remark = Remark(
        id="r",
        rule="converged",
        said=Converged("x", parties=both, before=4, after=1, unit=None, moved=both),
        significance=Significance.MAJOR,
        about=(),
    )
    assert remark_sentence(remark) == "The distance between A and B on x narrows: 4 → 1 step."


def test_a_language_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        language("xx")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Brode and Sons", "piling (contractor Brode and Sons)"),
        ("in the harbour", "piling (in the harbour)"),
        (7, "piling (contractor 7)"),
    ],
)
@pytest.mark.parametrize("code", ["en", "uk"])
def test_a_name_or_a_number_stands_with_its_field(value: Json, told: str, code: str) -> None:
    said = Added("piling", None, "Stages", facts=[Fact("Contractor", value)], text=None)

    assert sentence(_finding("added", said), language(code)).removesuffix(".").endswith(told)
