"""A kind's own wording of what is new, and what it leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.said import NOTHING_BESIDE, Added, OwnWords
from monitor.words.wording import sentence
from tests.digests import finding


def _said(template: str, **values: Any) -> str:
    kept = {name: values[name] for name in ("position", "dates", "state") if name in values}
    said = Added("x", None, "Lines", facts=[], text=values.get("text"), **kept)
    beside = NOTHING_BESIDE._replace(own_words=OwnWords(template, values))
    return sentence(finding("added", said, beside=beside))


@pytest.mark.parametrize(
    ("template", "position", "told"),
    [
        ("{who} on {what}: {text}", "insists", "Ostmark on fish (insists): Twice a year."),
        ("{who} ({what}): {text}", "insists", "Ostmark (fish, insists): Twice a year."),
        ("{who} {position} on {what}: {text}", "insists", "Ostmark insists on fish: Twice a year."),
        ("{who} on {what}: {text}", None, "Ostmark on fish: Twice a year."),
        ("{who}, {what}", "insists", "Ostmark, fish (insists)."),
    ],
)
def test_a_new_position_is_told_where_the_wording_leaves_it_out(
    template: str, position: str | None, told: str
) -> None:
    values = {"who": "Ostmark", "what": "fish", "text": "Twice a year.", "position": position}
    assert _said(template, **values) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody came.", "The fair (4–5 May 2031): Nobody came."),
        ("On 4 May nobody came.", "The fair: On 4 May nobody came."),
    ],
)
def test_its_days_are_told_where_no_text_names_them(text: str, told: str) -> None:
    dates = ["2031-05-04", "2031-05-05"]
    assert _said("{name}: {text}", name="The fair", text=text, dates=dates, state=None) == told
