"""Long texts: what changed is shown with what stands around it, place by place."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.excerpt import around
from monitor.model.sentences import Edit, edited
from monitor.report.rows import detail_view
from monitor.words import language
from monitor.words.wording import details
from tests.unit.compare.plain import compared, sentences

CALM = " ".join(f"The ferry number {n} leaves the quay at dawn." for n in range(80))
FLAT = " ".join(f"reed heron {n} otter" for n in range(300))
SAME = "marsh " * 900


def entries(text: str) -> Any:
    return [{"id": "t1", "name": "First", "text": text}, {"id": "t2", "name": "Other", "text": "x"}]


@pytest.mark.parametrize("spoken", ["en", "uk"])
@pytest.mark.parametrize(
    ("text", "was", "now"),
    [
        (f"{CALM} It thanks O’Hara.", "O’Hara", "O'Hara"),
        (f"{CALM} We met at the Weir {CALM}", "Weir", "weir"),
        (f"{FLAT} pike {FLAT}", "pike", "perch"),
        (f"{SAME}pike {SAME}", "pike", "perch"),
        ("蘆" * 900 + "甲" + "蘆" * 900, "甲", "乙"),
    ],
)
def test_the_change_is_in_what_is_shown(text: str, was: str, now: str, spoken: str) -> None:
    other = text.replace(was, now)
    words = language(spoken)
    for old, new in ((text, other), (other, text)):
        [finding] = compared(entries(old), entries(new)).findings
        views = [detail_view(each, words) for each in details(finding, words)]
        [said] = sentences(entries(old), entries(new), spoken)
        shown = " ".join([said, *(f"{each.before} {each.after}" for each in views)])
        assert was in shown
        assert now in shown
        assert len(said) < 600


def test_two_edits_of_one_text_are_two() -> None:
    old = "One is here. Two was in. Three is red. Four is far. Five is up."
    new = "One is here. Three is red. Four is by. Five is up."
    assert edited(old, new) == (Edit("Two was in.", ""), Edit("Four is far.", "Four is by."))
    told = sentences({"log": old, "n": 1}, {"log": new, "n": 1})
    assert told == [
        "Log now says “Four is by.” in place of “Four is far.” and no longer says “Two was in.”"
    ]
    back = sentences({"log": new, "n": 1}, {"log": old, "n": 1})
    assert back == [
        "Log now says “Four is far.” in place of “Four is by.” and now also says “Two was in.”"
    ]


def test_edits_side_by_side_are_one() -> None:
    old, new = "Keep this. Old one. Old two. And this.", "Keep this. New one. And this."
    assert edited(old, new) == (Edit("Old one. Old two.", "New one."),)


def test_short_texts_stay_whole() -> None:
    assert around("a b c", "a x c", 240) == ("a b c", "a x c")


@pytest.mark.parametrize("gap", [30, 300, 3000])
def test_what_stays_between_two_places_is_left_out(gap: int) -> None:
    middle = " ".join(f"w{n}" for n in range(gap))
    before, after = around(
        f"{middle} one {middle} two {middle}", f"{middle} uno {middle} due {middle}", 100
    )
    assert all(each in before for each in ("one", "two"))
    assert all(each in after for each in ("uno", "due"))
    assert len(before) < 400


@pytest.mark.parametrize("shared", [True, False])
def test_other_names_of_a_new_entry_are_names(shared: bool) -> None:
    alias = [{"value": "J. Poe", "type": "alias"}] if shared else []
    old = {
        "people": [
            {
                "code": f"x{n}",
                "names": [{"value": f"Jan Poe{c}", "type": "primary"}, *alias],
                "since": "2020-01-01",
            }
            for n, c in enumerate("abcd")
        ]
    }
    new = {
        "people": [
            *old["people"],
            {
                "code": "x9",
                "names": [{"value": "Mia Roe", "type": "primary"}],
                "since": "2031-01-15",
            },
        ]
    }
    [finding] = compared(old, new).findings
    assert finding.beside.members == ()
