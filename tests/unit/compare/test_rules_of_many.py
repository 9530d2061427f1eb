"""Renames, respellings, mass edits and emptied lists, also in documents without a kind."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.infer import infer_kind
from monitor.compare.judgements import Judgement
from monitor.model.comparison import Comparison, Document, State, VersionRef
from monitor.model.said import Rekeyed
from monitor.words.wording import aside, details, sentence
from tests.unit.compare.village import BASE, backwards, comparison


def _plain(old: Any, new: Any) -> Comparison:
    """Two documents without a kind."""
    inferred = infer_kind(old, new, keys={})
    states = [
        State(ref=VersionRef(situation="", as_of="", content_hash=name), document=document)
        for name, document in (("old", inferred.old), ("new", inferred.new))
    ]
    return compare(states[0], states[1], inferred.kind)


def _people(*people: dict[str, Any]) -> Document:
    return {**copy.deepcopy(BASE), "folk": list(people), "teams": [], "stances": []}


ANN = {"tag": "ann", "called": "Ann Archer", "trade": "maker of long bows"}
BOB = {"tag": "bob", "called": "Bob Baker", "also": ["Robert Baker"], "trade": "cook"}


def test_another_id_with_the_same_name_is_a_rename_and_its_references_follow() -> None:
    new = copy.deepcopy(BASE)
    new["folk"][0]["tag"] = "archer"
    new["teams"][0]["hands"][0]["soul"] = "archer"
    for naming in (str, backwards):
        (finding,) = comparison(BASE, new, naming=naming).findings
        assert finding.rule == "renamed"
        assert len(finding.changes) == 4
        assert isinstance(finding.said, Rekeyed)
        assert finding.said.how == "spelling"
    (finding,) = comparison(new, BASE).findings
    assert sentence(finding) == "Ann Archer has another id (ann, before archer)."


def test_a_name_that_the_other_lists_as_its_own_is_a_rename() -> None:
    new = _people(ANN, {"tag": "robert", "called": "Robert Baker", "trade": "cook"})
    (finding,) = comparison(_people(ANN, BOB), new).findings
    assert sentence(finding) == "Bob Baker is now listed as Robert Baker."
    assert aside(finding) == "One of the two entries gives the other name as well."
    assert ("Also", "Robert Baker", "not stated") in [
        (d.label, d.before, d.after) for d in details(finding)
    ]


def test_a_similar_name_needs_a_value_that_nobody_else_has() -> None:
    alike = {"tag": "anne", "called": "Anne Archer"}
    (finding,) = comparison(_people(ANN), _people({**alike, "trade": ANN["trade"]})).findings
    assert isinstance(finding.said, Rekeyed)
    assert finding.said.how == "similar"
    assert finding.said.score == pytest.approx(0.95, abs=0.01)
    found = comparison(_people(ANN), _people({**alike, "trade": "smith"})).findings
    assert {f.rule for f in found} == {"added", "removed"}


def test_two_people_with_one_trade_are_not_taken_for_one() -> None:
    john, joan = (
        {"tag": n, "called": f"{n} Smith", "trade": "blacksmith"} for n in ("John", "Joan")
    )
    found = comparison(_people(ANN, john), _people(ANN, joan, {**BOB, "trade": "blacksmith"}))
    assert {f.rule for f in found.findings} == {"added", "removed"}


def test_a_judgement_refuses_a_rename_and_forces_one() -> None:
    old, new = _people(ANN), _people({**ANN, "tag": "archer"})
    never = Judgement(collection="folk", left="archer", right="ann", verdict="not-same")
    refused = comparison(old, new, context=Context(judgements=(never,)))
    assert {f.rule for f in refused.findings} == {"added", "removed"}
    always = Judgement(collection="folk", left="ann", right="bob", verdict="same-as")
    forced = comparison(old, _people(BOB), context=Context(judgements=(always,)))
    assert aside(forced.findings[0]) == "They were judged to be the same."


def test_the_last_judgement_on_a_pair_holds() -> None:
    old, new = _people(ANN), _people({**ANN, "tag": "archer"})
    verdicts = ("not-same", "same-as")
    both = tuple(
        Judgement(collection="folk", left="ann", right="archer", verdict=v) for v in verdicts
    )
    assert [f.rule for f in comparison(old, new, context=Context(judgements=both)).findings] == [
        "renamed"
    ]


def test_the_same_id_under_another_name_is_a_rename() -> None:
    new = copy.deepcopy(BASE)
    new["matters"][0]["called"] = "the spring"
    (finding,) = comparison(BASE, new).findings
    assert sentence(finding) == "The well is now called the spring."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Zoë O'Brien", "Zoe O’Brien"),
        ("Łukasz Kowalski", "Lukasz Kowalski"),
        ("<b>Tom</b> &amp; Jerry", "Tom & Jerry"),
        ("ANN ARCHER", "Ann Archer"),
        ("Jean-Luc", "Jean Luc"),
    ],
)
def test_only_the_spelling_changed(before: str, after: str) -> None:
    old, new = ({"list": [{"id": 1, "who": who}, {"id": 2}]} for who in (before, after))
    (finding,) = _plain(old, new).findings
    assert (finding.rule, sentence(finding)) == ("respelled", f"{before} is now written {after}.")


def test_one_respelling_is_told_once_for_all_places() -> None:
    old, new = (
        {"list": [{"id": at, "who": who, "by": who} for at in range(3)]}
        for who in ("Zoë Ash", "Zoe Ash")
    )
    (finding,) = _plain(old, new).findings
    assert sentence(finding) == "Zoë Ash is now written Zoe Ash, in 6 places."


def test_a_name_that_was_listed_as_another_spelling_is_respelled() -> None:
    new = copy.deepcopy(BASE)
    new["folk"][1].update(called="Robert Baker", also=["Bob Baker"])
    rules = {f.rule for f in comparison(BASE, new).findings}
    assert "respelled" in rules


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda e: e | {"level": 1}, "12 entries of list: level is new (n0, n1, n10 and others)."),
        (
            lambda e: e | {"party": "Free"},
            "12 entries of list: party changes from Liberal to Free (n0, n1, n10 and others).",
        ),
        (
            lambda e: e | {"street": e["street"].rstrip(";")},
            "12 entries of list: street lost “;” (n0, n1, n10 and others).",
        ),
    ],
    ids=["a field appears", "a value changes", "an edit repeats"],
)
def test_what_happens_everywhere_is_one_finding(edit: Any, says: str) -> None:
    entries = [
        {"id": f"n{at}", "party": "Liberal", "street": f"{at} Mill Road;"} for at in range(12)
    ]
    old, new = {"list": entries}, {"list": [edit(entry) for entry in entries]}
    (finding,) = _plain(old, new).findings
    assert (finding.rule, sentence(finding)) == ("everywhere", says)
    assert _plain(new, old).findings[0].rule == "everywhere"


def test_moves_of_positions_are_told_one_by_one_however_many() -> None:
    camps = [{"tag": f"c{at}", "called": f"Camp {at}"} for at in range(12)]
    stances = [{"camp": camp["tag"], "matter": "well", "lean": "open"} for camp in camps]
    old = {**BASE, "camps": camps, "stances": stances, "teams": []}
    new = {**old, "stances": [{**stance, "lean": "rejects"} for stance in stances]}
    assert [f.rule for f in comparison(old, new).findings] == ["hardened"] * 12


def test_a_list_that_lost_nearly_everything_is_one_finding() -> None:
    old = {"list": [{"id": at, "of": f"x{at}"} for at in range(20)], "rest": [{"id": 1}, {"id": 2}]}
    new = {"list": [{"id": 3, "of": "x3"}], "rest": [{"id": 1}, {"id": 2}]}
    (finding,) = _plain(old, new).findings
    assert sentence(finding) == "List lost nearly everything: 19 of 20 entries are gone."


def test_a_document_that_lost_nearly_everything_is_one_finding() -> None:
    lists = {name: [{"id": at, "of": at} for at in range(9)] for name in ("one", "two")}
    (finding,) = _plain(lists, {"one": [{"id": 1, "of": 1}], "two": []}).findings[:1]
    assert (
        sentence(finding) == "The whole document lost nearly everything: 17 of 18 entries are gone."
    )


def _places(first: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "list": [
            {"id": first + at, "name": f"Place {chr(65 + at)}", "of": at % 3} for at in range(12)
        ]
    }


def test_codes_that_were_all_renumbered_are_one_finding_and_nothing_was_lost() -> None:
    old, new = _places(0), _places(900)
    for pair, says in (
        ((old, new), "list[0] is now list[900]"),
        ((new, old), "list[900] is now list[0]"),
    ):
        (finding,) = _plain(*pair).findings
        assert (finding.rule, finding.significance.word) == ("renamed", "minor")
        assert sentence(finding) == (
            f"12 entries of list have other ids, as {says} (Place A, Place B, Place C and others)."
        )
        assert len(finding.changes) == 24


def test_what_has_no_name_is_known_by_its_content_when_many_are_renumbered() -> None:
    def rates(prefix: str, count: int) -> list[dict[str, Any]]:
        return [{"code": f"{prefix}{at:02}", "rate": at * 3} for at in range(count)]

    (finding,) = _plain(rates("a", 30), rates("b", 30)).findings
    assert sentence(finding) == ("30 entries have other ids, as entries[a00] is now entries[b00].")
    few = _plain(rates("a", 9), rates("b", 9)).findings
    assert {f.rule for f in few} == {"added", "removed"}


def test_one_that_was_renumbered_and_edited_is_told_by_itself() -> None:
    old, new = _places(0), _places(900)
    new["list"][7]["of"] = 5
    found = _plain(old, new).findings
    assert sorted(len(f.changes) for f in found) == [2, 22]
    (alone,) = [f for f in found if len(f.changes) == 2]
    assert [(d.label, d.before, d.after) for d in details(alone)] == [("of", "1", "5")]


def test_a_list_that_is_filled_with_others_was_not_emptied() -> None:
    old, new = ({"list": [{"id": at} for at in range(n, n + 9)]} for n in (0, 100))
    assert {f.rule for f in _plain(old, new).findings} == {"added", "removed"}


def test_a_date_that_is_only_written_otherwise_is_shown_as_it_was_written() -> None:
    old, new = ({"list": [{"id": 1, "on": on}]} for on in ("2026-02-05", "5 February 2026"))
    (finding,) = _plain(old, new).findings
    assert sentence(finding) == '1: on changes from "2026-02-05" to "5 February 2026".'


def test_a_code_that_lost_its_quotes_is_told_with_them() -> None:
    old, new = ({"list": [{"id": at, "zip": z} for at in range(10)]} for z in ("0123", 123))
    (finding,) = _plain(old, new).findings
    assert sentence(finding) == (
        "10 entries of list: zip is now a number, before text (0123 → 123)."
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "abcdefgh",
            "afgbcdeh",
            "In list, 2 neighbours move together from places 6–7 to 2–3 (f and g).",
        ),
        ("abcd", "dabc", "In list, d moves from place 4 to place 1."),
    ],
    ids=["a block", "one entry"],
)
def test_what_moved_together_is_one_finding(old: str, new: str, says: str) -> None:
    (finding,) = _plain({"list": list(old)}, {"list": list(new)}).findings
    assert (finding.rule, sentence(finding)) == ("changed", says)


def test_a_list_in_quite_another_order_is_one_finding() -> None:
    old = [str(at) for at in range(40)]
    (finding,) = _plain({"list": old}, {"list": old[::-1]}).findings
    assert "entries of list stand in another order" in sentence(finding)


def test_an_entry_that_stays_while_others_pass_has_no_move_from_a_place_to_itself() -> None:
    for finding in _plain({"list": [1, 2, 3]}, {"list": [3, 2, 1]}).findings:
        assert "place 2 to place 2" not in sentence(finding)


def test_an_entry_without_a_key_is_shown_by_what_it_holds() -> None:
    (finding,) = _plain({"list": [[1, 2]]}, {"list": [[1, 2], [9, {"a": True}]]}).findings
    assert sentence(finding) == 'New in list: entry 2 ([9, {"a": true}]).'


def test_a_value_without_a_key_is_called_as_json_writes_it() -> None:
    found = _plain({"list": ["a"]}, {"list": ["a", True, None, ""]}).findings
    said = [sentence(finding) for finding in found]
    assert said == ["New in list: true.", "New in list: null.", "New in list: entry 4."]


def test_a_list_that_became_a_mapping_is_named_with_where_it_stands() -> None:
    old = {"at@x": 1, "data": {"staff": [{"id": "a", "n": 1}, {"id": "b", "n": 1}]}}
    new = {"at@x": 2, "data": {"staff": {"a": {"n": 1}, "b": {"n": 1}}}}
    said = {sentence(finding) for finding in _plain(old, new).findings}
    assert said == {
        "at@x changes from 1 to 2.",
        "Shape of data.staff changes from a list to a mapping by id.",
    }


def test_a_long_text_is_shown_word_by_word_whatever_describes_it() -> None:
    text = (
        "The river rose in the night, and whoever lived beside it moved uphill before the morning."
    )
    old, new = ({"list": [{"id": 1, "text": t}]} for t in (text, text.replace("night", "evening")))
    (finding,) = _plain(old, new).findings
    assert sentence(finding) == "1: text is reworded."
    (detail,) = details(finding)
    assert (detail.before, detail.text) == (text, True)
