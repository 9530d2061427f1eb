"""Proposals of a model as lines of a draft, which a person takes or leaves."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.collect.reader import read_document
from monitor.writing.cards import cards_of
from monitor.writing.facts import facts
from monitor.writing.gate import Proposal, Shown
from monitor.writing.holding import hold
from monitor.writing.ladders import ladder_of
from monitor.writing.lines import Lines
from monitor.writing.placing import Placement
from monitor.writing.proposed import Proposed
from monitor.writing.reader import marked
from monitor.writing.shown import Shower
from monitor.writing.taking import left_to_place, take_back
from tests.harbour import ARTICLE, DAY, STATE, gate
from tests.talks import KIND

HEAD = "kind: negotiation\nsituation: harbour\nas_of: 2026-03-04\ncoverage: partial\n"
SIX = "The delegation of Redland will have six members"
JOINS = "Deputy minister Oskar Lind joins for the first time"
GATE = gate()


def form() -> str:
    known = facts(KIND, STATE)
    read = [(one, hold(one, known)) for one in marked(ARTICLE, DAY, KIND, STATE)]
    lines = Lines(KIND, {one.path: one for one in known})
    shower = Shower(lines, ladder_of(KIND), "new1")
    rows = shower.article(cards_of(read, KIND, STATE, "new1"), "Harbour")
    return HEAD + "\n" + "".join(f"{row}\n" for row in rows)


FORM = form()


def shown(path: str, quote: str, /, status: str | None = None, **values: Any) -> Shown:
    one = Placement(path=path, values=values, status=status, sources=("new1",))
    found = GATE.judge(Proposal(placement=one, quote=quote))
    assert isinstance(found, Shown), found
    return found


def put(text: str, *found: tuple[int, Shown]) -> str:
    return Proposed(KIND, STATE, "new1").put(text, found)


def document(text: str) -> Any:
    return read_document(text.encode(), name="draft").document


TEAM = shown(
    "delegations[red]", SIX, status="announced", size={"min": 6, "max": 6, "unit": "persons"}
)
LINE = "#delegations[red]: {size: 6, status: announced}"


def test_a_proposal_stands_under_the_quotation_of_its_sentence() -> None:
    text = put(FORM, (1, TEAM))
    assert document(text) == document(HEAD)
    block = text.partition("# [new1:1")[2].partition("\n\n")[0]
    assert block.endswith(f"\n{LINE}")
    remark = block.removesuffix(f"\n{LINE}").rpartition("\n#     (proposed by the model)")[2]
    assert remark == ""
    wrong = shown("stances[red,dam]", SIX, summary="Wants 8 members")
    said = put(FORM, (1, wrong)).rpartition("(proposed by the model)")[2].split("\n#stances")[0]
    told = " ".join(said.replace("#", " ").split())
    assert told.startswith("not in the words: dam, summary: 8 members, Wants, stances")


def test_deleting_its_number_sign_takes_it() -> None:
    text = put(FORM, (1, TEAM)).replace(f"\n{LINE}\n", f"\n{LINE[1:]}\n")
    taken = take_back(text, KIND, STATE)
    assert taken.faults == ()
    [one] = taken.taken
    assert one.mark is not None
    assert one.proposed
    assert (one.mark.source, one.mark.number) == ("new1", 1)
    [team] = document(taken.text)["delegations"]
    assert team["size"] == {"min": 6, "max": 6, "unit": "persons"}
    assert (team["status"], team["sources"]) == ("announced", ["new1"])


def test_a_line_of_the_article_itself_was_proposed_by_nobody() -> None:
    wrong = shown("stances[red,dam]", SIX, summary="Wants 8 members and a great many more words")
    text = put(FORM, (1, TEAM), (1, wrong))
    own = next(row for row in FORM.split("\n") if row.startswith("#delegations[red]: {size"))
    for row, is_proposed in ((own, False), (LINE, True), ("#stances[red,dam]: {sum", True)):
        taken = take_back(text.replace(f"\n{row}", f"\n{row[1:]}", 1), KIND, STATE)
        assert [one.proposed for one in taken.taken] == [is_proposed], taken.faults


def test_what_was_proposed_before_is_not_written_again() -> None:
    once = put(FORM, (1, TEAM))
    assert put(once, (1, TEAM)) == once
    assert put(once, (1, TEAM), (1, TEAM)) == once


def test_what_a_new_entry_lacks_is_left_to_be_written() -> None:
    text = put(FORM, (3, shown("people[lind]", JOINS, name="Oskar Lind")))
    assert "\n#people[lind]: {name: Oskar Lind, voice: …}\n" in text


def test_where_the_sentence_was_deleted_a_block_is_made() -> None:
    text = put(HEAD, (1, TEAM), (1, shown("delegations[red]", SIX, note="six members")))
    assert document(text) == document(HEAD)
    assert text.count("# [new1:1] proposed: “The delegation of Redland will have six members”") == 1
    assert text.count("\n#delegations[red]: ") == 2
    taken = take_back(text.replace(f"\n{LINE}", f"\n{LINE[1:]}"), KIND, STATE)
    assert [one.placement.sources for one in taken.taken] == [("new1",)]
    assert left_to_place(text) == 0


@pytest.mark.parametrize(
    "note",
    [
        "a: b # c",
        "}, x-removed: true, note: {",
        "'\"'",
        "- x",
        "<<: *a",
        "null",
        "…",
        "{{ x }}",
        "&a",
        "%TAG",
        "2026-01-01",
    ],
)
def test_whatever_a_value_holds_the_line_says_just_that(note: str) -> None:
    text = put(FORM, (1, shown("delegations[red]", SIX, note=note)))
    assert document(text) == document(HEAD)
    [row] = [one for one in text.split("\n") if one not in FORM.split("\n") and "(prop" not in one]
    taken = take_back(text.replace(f"\n{row}\n", f"\n{row[1:]}\n"), KIND, STATE)
    if note != "…":
        assert [one.placement.values for one in taken.taken] == [{"note": note}]


@pytest.mark.parametrize(
    "key", ["a: b", "a|b", "|".join("x" * 50), "a]b", "x#y", '"', "a, b", "{a}", "é"]
)
def test_a_key_that_no_line_can_have_is_only_told(key: str) -> None:
    written = key.replace('"', '\\"')
    found = shown(f'rounds[round-2].venues["{written}"]', SIX, status="announced")
    text = put(FORM, (1, found))
    assert document(text) == document(HEAD)
    [row] = [
        one for one in text.split("\n") if one.startswith(("#rounds[round-2].v", "#     by h"))
    ]
    if row.startswith("#rounds"):
        taken = take_back(text.replace(f"\n{row}\n", f"\n{row[1:]}\n"), KIND, STATE)
        assert [one.placement.path for one in taken.taken] == [found.proposal.placement.path]
