"""A kind's own wording of what is new, and what it leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.said import (
    NOTHING_BESIDE,
    Added,
    FieldChanged,
    FieldsChanged,
    OwnWords,
    Stated,
)
from monitor.report.shortening import one_line
from monitor.words import language
from monitor.words.wanting import wants
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
        ("{who} on {what}: {text}", "rejects", "Ostmark on fish: rejects. Twice a year."),
        ("{who} ({what}): {text}", "is against", "Ostmark (fish): is against. Twice a year."),
        ("{who} on {what}: {text}", "accepts not", "Ostmark on fish: accepts not. Twice a year."),
        ("{who} on {what}: {text}", "twice", "Ostmark on fish: Twice a year."),
        ("{who} {position} on {what}: {text}", "insists", "Ostmark insists on fish: Twice a year."),
        ("{who} on {what}: {text}", None, "Ostmark on fish: Twice a year."),
        ("{who}, {what}", "rejects", "Ostmark, fish (rejects)."),
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
        ("The boats stay in port.", "Ostmark on fish: now refuses. The boats stay in port."),
        ("Refuses to land any.", "Ostmark on fish now: Refuses to land any."),
    ],
)
def test_a_stance_that_is_put_on_a_scale_never_reads_as_against_what_it_wants(
    text: str, told: str
) -> None:
    stated = Stated("Ostmark", "fish", "refuses", text)
    one = FieldChanged("x", None, "Lines", "Stance", None, "refuses", stated=stated)
    assert sentence(finding("changed", one)) == told
    several = FieldsChanged("x", None, "Lines", ["Stance", "Words"], stated=stated)
    assert sentence(finding("changed", several)) == told
    uk = sentence(finding("changed", one), language("uk"))
    assert uk == (
        f"x, тепер: {text}" if text.startswith("Refuses") else f"x, тепер: «refuses». {text}"
    )


def test_what_is_wanted_may_stand_behind_the_word_for_it() -> None:
    stated = Stated("Ostmark", "fish", "supports", "Every catch is weighed.")
    said = FieldChanged("x", None, "Lines", "Stance", None, "supports", stated=stated)
    told = sentence(finding("changed", said))
    assert told == "Ostmark on fish (now supports): Every catch is weighed."
    assert wants("наполягає")
    assert not wants("виступає проти")


def test_a_place_on_a_scale_never_stands_alone_in_a_line_that_is_cut() -> None:
    text = "The boats stay in port until the nets are mended and the coast is clear; no fish."
    told = f"Ostmark on fish in the northern sound: refuses. {text}"
    assert one_line(told, "", most=9) == told.removesuffix("; no fish.") + "."


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
