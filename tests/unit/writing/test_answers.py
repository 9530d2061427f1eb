"""What a model may answer, and what is made of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.writing.answers import LONGEST, MOST, read_answer
from monitor.writing.gate import Folded, Proposal

ONE: dict[str, Any] = {
    "path": "delegations[red]",
    "values": {"size": {"min": 6}},
    "status": "confirmed",
    "said_by": ["brandt"],
    "quote": "six members",
}


def told(*proposals: Any) -> str:
    return json.dumps({"proposals": proposals})


def single(text: str) -> Proposal | Folded:
    [found] = read_answer(text, "new0303")
    return found


def reason(text: str) -> str:
    found = single(text)
    assert isinstance(found, Folded), found
    return found.reason


def test_a_proposal_is_read_with_the_source_of_its_article() -> None:
    found = single(told(ONE))
    assert isinstance(found, Proposal)
    placement = found.placement
    assert (placement.path, placement.values) == ("delegations[red]", {"size": {"min": 6}})
    assert (placement.status, placement.said_by) == ("confirmed", ("brandt",))
    assert placement.sources == ("new0303",)
    assert found.quote == "six members"


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{told(ONE)}\n```",
        f"Here is what I found:\n\n{told(ONE)}\nI hope this helps!",
        f'<think>{told(ONE, ONE)} no, "one"</think>\n{told(ONE)}',
        json.dumps([ONE]),
        json.dumps(ONE),
        json.dumps({"proposals": [ONE], "comment": "done"}),
        json.dumps({"note": "[x] {y}", "proposals": [ONE]}),
        told({**ONE, "values": {**ONE["values"], "note": None, "programme": []}}),
        told({**ONE, "said_by": "brandt"}),
        f"{json.dumps(ONE)} That is all.",
        told(ONE).replace("six", "s\\u0069x"),
    ],
)
def test_whatever_stands_around_it_a_proposal_is_found(text: str) -> None:
    assert read_answer(text, "new0303") == read_answer(told(ONE), "new0303")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("I cannot help with that.", "no JSON"),
        ('{"answer": 42}', "no proposals in the answer"),
        ("null", "no JSON"),
        (told("a string"), "it is no object"),
        (told({**ONE, "path": 3}), "its path is none"),
        (told({**ONE, "path": "x" * 301}), "its path is none"),
        (told({**ONE, "quote": None}), "its quote is none"),
        (told({"quote": "six"}), "its path is none"),
        (told({**ONE, "values": [1]}), "its values are no object"),
        (told({**ONE, "status": 3}), "its status is no word"),
        (told({**ONE, "said_by": {"a": 1}}), "its said_by is no list"),
        (told({**ONE, "said_by": [1]}), "its said_by is no list"),
        (told({**ONE, "confidence": 0.9}), "unknown name 'confidence'"),
        (told({**ONE, "x-removed": True}), "an article removes nothing"),
        (told({**ONE, "removed": True}), "an article removes nothing"),
        (told({**ONE, "values": {"size": None, "members": []}}), "an article empties nothing"),
        (told(ONE).replace('"min": 6', '"min": NaN'), "NaN is no number"),
        (told(ONE).replace('"min": 6', '"min": -Infinity'), "-Infinity is no number"),
        (told(ONE).replace('"min": 6', '"min": 1e999'), "1e999 is no number"),
        (told(ONE).replace('"min": 6', f'"min": {"9" * 5000}'), "a number of 5000 digits"),
        (told(ONE).replace('"min": 6', '"min": 6, "min": 8'), "min stands in it twice"),
        (told(ONE).replace('"min": 6', '"min": 6,'), "it is no JSON"),
        (told({**ONE, "quote": "\ud800"}), "half a letter"),
        (told(ONE).replace('"min": 6', f'"min": {"[" * 5000}{"]" * 5000}'), "levels deep"),
        ("{" * 100_000 + '"path"', "the answer breaks off in it"),
        ('{"proposals": ' + "[" * 100_000, "it is no object"),
        ("x" * (LONGEST + 1), f"an answer of {LONGEST + 1} letters"),
    ],
)
def test_what_is_no_proposal_is_told_with_its_reason(text: str, said: str) -> None:
    found = read_answer(text, "new0303")
    assert isinstance(found[0], Folded), found
    assert said in found[0].reason


def test_a_bad_one_takes_no_good_one_with_it() -> None:
    found = read_answer(told(ONE, 3, {**ONE, "path": None}, "x", ONE), None)
    assert [type(one) for one in found] == [Proposal, Folded, Folded, Folded, Proposal]


def test_of_an_answer_that_breaks_off_the_whole_proposals_are_kept() -> None:
    whole = told(ONE, ONE)
    for end in (len(whole) - 12, len(whole) - 2, len(whole) // 2 + 30):
        found = read_answer(whole[:end], None)
        assert isinstance(found[0], Proposal)
        assert isinstance(found[-1], Folded)
        assert "breaks off" in found[-1].reason


def test_more_proposals_than_a_person_reads_are_counted() -> None:
    found = read_answer(told(*[ONE] * (MOST + 3)), None)
    assert sum(isinstance(one, Proposal) for one in found) == MOST
    assert "more than 100" in found[-1].reason  # type: ignore[union-attr]


def test_what_is_shown_of_the_unreadable_can_be_printed() -> None:
    found = single(told({"path": None, "quote": "\x1b[2J\u202e\n" * 50}))
    assert isinstance(found, Folded)
    assert found.proposal.placement.path.isprintable()


@given(st.text(alphabet='{}[]":,\\ \n`apt' + "\x00é", max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_answer_raises(text: str) -> None:
    for wrapped in (text, f'{{"proposals": [{text}', told(ONE)[: len(text)] + text):
        for one in read_answer(wrapped, None):
            assert isinstance(one, Proposal | Folded)
