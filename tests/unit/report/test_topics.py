"""What a sentence is about is not said before and in it."""

from __future__ import annotations

import pytest

from monitor.report.topics import beside, without_content, without_topic


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Red on a new mill race (demands): Wants a new mill race.",
         "Red (demands): Wants a new mill race."),
        ("Ada Rook on counting the sheep: All sheep are counted twice.",
         "Ada Rook: All sheep are counted twice."),
        ("Ada Rook on what is still unpaid: The mill race is unpaid still.",
         "Ada Rook: The mill race is unpaid still."),
        ("Red щодо оренди старого млина: Оренда старого млина потрібна.",
         "Red: Оренда старого млина потрібна."),
    ],
)  # fmt: skip
def test_a_matter_that_the_text_names_again_is_left_out(text: str, told: str) -> None:
    assert without_topic(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Isles' offer of a quiet night: The Isles offered a quiet night on the lake.",
         "Isles' offer: The Isles offered a quiet night on the lake."),
        # A name is told as it is.
        ("Isles' offer of a lake truce: The Isles offered a truce on the lake.", None),
        ("Result of the harbour group: The group is stuck.", None),
        # What somebody speaks about is cut there or not at all.
        ("Ada Rook on the sale of old mills: The sale of old mills is off.", None),
    ],
)  # fmt: skip
def test_what_is_offered_is_not_said_before_and_in_the_offer(text: str, told: str | None) -> None:
    assert without_content(text) == (told or text)


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
