"""What counts as another reason, and what as the same one with other figures in it."""

from __future__ import annotations

import pytest

from monitor.pipeline.trouble.reasons import same_reason

SAME = (
    ("source roll: no answer within 30 s", "source roll: no answer within 12.5 s"),
    ("roll.csv:3: 2 fields are too many", "roll.csv:19: 4 fields are too many"),
    ("it has not answered since 2026-03-02T10:00Z", "it has not answered since 2026-03-04T11:05Z"),
    ("the repository has no 3fa9c1d2", "the repository has no 9b77e0a4"),
    ("same", "same"),
)
OTHER = (
    ("source roll: there is no file a.csv", "source roll: a.csv is no regular file"),
    ("http://h/x: it answers 404", "http://h/x: it answers 503"),
    ("roll.csv:3: seat is missing", "roll.csv:3: name is missing"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_other_figures_are_no_other_reason(one: str, other: str) -> None:
    assert same_reason(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_another_reason(one: str, other: str) -> None:
    assert not same_reason(one, other)
