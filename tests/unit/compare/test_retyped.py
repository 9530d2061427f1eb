"""Values that read the same: told by their type, never as gone and new."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.compare.comparison import compare
from monitor.compare.infer import InferredKind, infer_kind
from monitor.compare.patch import json_patch
from monitor.kinds.values import same
from monitor.model.comparison import Comparison, State, VersionRef
from monitor.words import language
from monitor.words.wording import sentence
from tests.reading import kind_of


def compared(old: Any, new: Any) -> tuple[InferredKind, Comparison]:
    found = infer_kind(old, new)
    ref = VersionRef(situation="", as_of="", content_hash="")
    made = compare(
        State(ref=ref, document=found.old), State(ref=ref, document=found.new), found.kind
    )
    told = [identity for finding in made.findings for identity in finding.changes]
    assert sorted(told) == sorted(change.id for change in made.changes)
    return found, made


def said(old: Any, new: Any) -> list[str]:
    return [sentence(finding) for finding in compared(old, new)[1].findings]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ([123, 456], ["123", 456], "l: 123 is now text, before a number."),
        (["7.5", "x"], [7.5, "x"], "l: 7.5 is now a number, before text."),
        ([True, "x"], ["true", "x"], "l: true is now text, before true or false."),
        (
            [1, 2, 3, 4, 9],
            ["1", "2", "3", "4", 9],
            "l: 4 values: each is now text, before a number (1, 2, 3 and others).",
        ),
    ],
)
def test_members_of_a_list_are_told_by_their_type(old: Any, new: Any, words: str) -> None:
    (told,) = said({"l": old}, {"l": new})
    assert told == words
    assert "@" not in told


def rows(ids: list[Any], **fields: Any) -> list[dict[str, Any]]:
    return [{"id": each, "v": f"value {n}", **fields} for n, each in enumerate(ids)]


def test_the_page_says_what_is_said() -> None:
    assert said({"rows": rows([1, 2, 3])}, {"rows": rows(["1", "2", "3"])}) == [
        "3 entries of rows: id is now text, before a number (1, 2 and 3)."
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([1, 2, 3], ["1", "2", "3"], "id is now text, before a number (1, 2 and 3)"),
        (["001", "002", "003"], [1, 2, 3], "id is now a number, before text (001 → 1, 002 → 2"),
        (["001", "002", "003"], ["1", "2", "3"], "id is written otherwise (001 → 1, 002 → 2"),
        (["ab-1", "ab-2"], ["AB-1", "AB-2"], "id is written otherwise (ab-1 → AB-1 and ab-2"),
    ],
)
def test_ids_that_are_written_otherwise_are_one_finding(
    before: list[Any], after: list[Any], words: str
) -> None:
    old, new = rows(before), rows(after)
    (told,) = said({"rows": old}, {"rows": new})
    assert words in told
    assert told.startswith(f"{len(old)} entries of rows: ")
    new[-1]["v"] = "another"
    told, other = said({"rows": old}, {"rows": new})
    assert words in told
    assert "v changes from" in other


@pytest.mark.parametrize(("before", "after"), [([1, 2.0], [1.0, 2]), (["a ", "b"], ["a", " b"])])
def test_what_is_the_same_number_or_text_is_hardly_a_change(
    before: list[Any], after: list[Any]
) -> None:
    _, made = compared({"rows": rows(before)}, {"rows": rows(after)})
    assert {change.op for change in made.changes} <= {"changed"}
    assert all(change.significance.word == "noise" for change in made.changes)


def test_a_double_that_differs_in_type_only_is_left_alone() -> None:
    """`7` and `"7"` are two ids where both stand in one list."""
    both = rows([7, "7", 8])
    _, made = compared({"rows": both}, {"rows": both[::-1]})
    assert made.changes == ()


def test_one_field_of_one_entry_is_told_with_the_entry() -> None:
    old = rows(["a", "b"], zip=1010)
    new = copy.deepcopy(old)
    new[1]["zip"] = "1010"
    assert said({"rows": old}, {"rows": new}) == ["b: zip is now text, before a number (1010)."]


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_that_becomes_a_text_is_told_with_its_entries(count: int) -> None:
    old = {"team": rows([f"t{n}" for n in range(count)]), "n": 1}
    new = {"team": "not named yet", "n": 1}
    assert said(old, new) == ["Team is now text, before a list (not named yet)."]
    assert said(new, old) == ["Team is now a list, before text (not named yet)."]


def test_a_long_list_that_becomes_a_text_is_lost_and_not_empty() -> None:
    old = {"team": rows([f"t{n}" for n in range(12)]), "n": 1}
    assert all("[]" not in words for words in said(old, {"team": "none", "n": 1}))


def test_a_list_below_an_entry_becomes_a_text() -> None:
    old = {"teams": [{"id": "x", "crew": rows(["a", "b"])}, {"id": "y", "crew": rows(["c"])}]}
    new = copy.deepcopy(old)
    new["teams"][0]["crew"] = "disbanded"
    (told,) = said(old, new)
    assert told == "x: crew is now text, before a list (disbanded)."
    assert "[]" not in told


SETS = """\
title: Shelf
properties:
  boxes:
    type: array
    x-key: [id]
    items: {type: object, required: [id], properties: {
      id: {type: [string, integer]}, marks: {type: array, items: {type: [string, integer]}}}}
"""


def test_members_of_a_set_of_a_kind_are_told_by_their_type() -> None:
    ref = VersionRef(situation="", as_of="", content_hash="")
    old = State(ref=ref, document={"boxes": [{"id": "b", "marks": [1, 2]}]})
    new = State(ref=ref, document={"boxes": [{"id": "b", "marks": ["1", 2, 3]}]})
    (finding,) = compare(old, new, kind_of(SETS)).findings
    assert sentence(finding) == "b: marks: 3 added; 1 is now text."
    (back,) = compare(new, old, kind_of(SETS)).findings
    assert sentence(back) == "b: marks: 3 removed; 1 is now a number."


def test_ids_of_a_kind_that_changed_their_type_are_one_finding() -> None:
    ref = VersionRef(situation="", as_of="", content_hash="")
    old = State(ref=ref, document={"boxes": [{"id": n, "marks": [n]} for n in range(3)]})
    new = State(ref=ref, document={"boxes": [{"id": str(n), "marks": [n]} for n in range(3)]})
    (finding,) = compare(old, new, kind_of(SETS)).findings
    assert finding.rule == "renamed"
    assert sentence(finding) == (
        '3 entries of Boxes have ids that are written otherwise, as boxes[0] is now boxes["0"].'
    )


def test_it_is_said_in_ukrainian_too() -> None:
    _, made = compared({"l": [5, 6]}, {"l": ["5", 6]})
    (finding,) = made.findings
    words = language("uk").sentences.sentence(finding.said, finding.beside)
    assert words == "Розділ «l»: 5 — тепер текст, раніше число"


VALUES = st.sampled_from([1, "1", "01", 1.0, True, "true", None, "", [], [1], {"a": 1}, "x", "X"])
IDS = st.sampled_from([1, "1", "01", 2, "2", "a", "A", " a"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from([1, "1", "01", 2, "2", "a", "A", " a"])}, optional={"v": VALUES}
    ),
    max_size=5,
)
DOCUMENT = st.fixed_dictionaries(
    {"l": st.one_of(ROWS, st.lists(VALUES, max_size=5), VALUES), "w": VALUES}
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(DOCUMENT, DOCUMENT)
def test_every_change_is_told_once_in_both_directions_and_the_patch_rebuilds(
    old: Any, new: Any
) -> None:
    found, made = compared(old, new)
    _, back = compared(new, old)
    assert len(made.changes) == len(back.changes)
    rules = [[finding.rule for finding in each.findings] for each in (made, back)]
    # What lost everything is told first, and has no mirror.
    if "emptied" not in {*rules[0], *rules[1]}:
        assert rules[0].count("retyped") == rules[1].count("retyped")
    for finding in made.findings:
        assert "@" not in sentence(finding)
    patch = json_patch(
        made.changes, old, new, found.kind, form=found.form, target=new, compared=found.old
    )
    assert same(jsonpatch.apply_patch(json.loads(json.dumps(old)), patch), new)
