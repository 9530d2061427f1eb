"""What a sentence is about is not said before and in it."""

from __future__ import annotations

import pytest

from monitor.report.topics import beside, without_topic


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Red on a new mill race (demands): Wants a new mill race.",
         "Red (demands): Wants a new mill race."),
        ("Ada Rook on counting the sheep: All sheep are counted twice.",
         "Ada Rook: All sheep are counted twice."),
        ("Red щодо оренди старого млина: Оренда старого млина потрібна.",
         "Red: Оренда старого млина потрібна."),
    ],
)  # fmt: skip
def test_a_matter_that_the_text_names_again_is_left_out(text: str, told: str) -> None:
    assert without_topic(text) == told


@pytest.mark.parametrize(
    "text",
    [
        # A matter of a word helps to find the sentence.
        "Red on the mill: The mill is old.",
        # Only a later clause names it.
        "Red on the old mill race: It must go; the old mill race leaks.",
        "Red on the old mill race: It must go.",
        "Red on the old mill race, restated: The old mill race must go.",
        "New in Mills: the old mill.",
        "Red now meets Blue on the old mill race.",
    ],
)
def test_every_other_sentence_stays(text: str) -> None:
    assert without_topic(text) == text


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("The ban on flights ended on 3 May.", "Ended on 3 May."),
        ("The ban on flights: завершення 3 травня.", "Завершення 3 травня."),
        ("The ban on flightsuits ended on 3 May.", "The ban on flightsuits ended on 3 May."),
        ("Red and Blue now meet.", "Red and Blue now meet."),
    ],
)
def test_a_remark_does_not_repeat_the_name_above_it(remark: str, told: str) -> None:
    assert beside("The ban on flights: No plane may land.", remark) == told
    assert beside("No plane may land.", remark) == remark
