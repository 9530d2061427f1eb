"""A reader is told once of each entity, and every change stands in exactly one finding."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Document, State, VersionRef
from monitor.model.said import ManyAdded
from monitor.words.wording import aside, details, sentence
from tests.unit.compare.generated import documents, kinds, shuffled
from tests.unit.compare.test_rules import ROWS
from tests.unit.compare.village import BASE, comparison


def _after(**lists: Any) -> Document:
    """The base with some lists replaced; a function edits the list in place."""
    document = copy.deepcopy(BASE)
    for name, edit in lists.items():
        edit(document[name])
    return document


def _edit(**values: Any) -> Any:
    return lambda entries: entries[0].update(values)


def _owned_once(found: Comparison) -> bool:
    owned = Counter(change for finding in found.findings for change in finding.changes)
    return owned == Counter(change.id for change in found.changes)


def test_a_plan_that_gets_its_place_dates_and_state_is_told_in_one_sentence() -> None:
    planned = {"tag": "feast", "called": "Harvest feast", "phase": "expected"}
    old = {**BASE, "events": [planned]}
    new = _after(events=_edit(place="Mill"))
    (finding,) = comparison(old, new).findings
    assert sentence(finding) == "Harvest feast is announced: Mill, 17–18 February 2026."
    assert [(d.label, d.before, d.after) for d in details(finding)] == [
        ("Place", "not named", "Mill"),
        ("From", "not stated", "17 February 2026"),
        ("Till", "not stated", "18 February 2026"),
        ("Phase", "expected", "announced"),
    ]


def test_whoever_joins_brings_along_their_entry_and_the_sources_that_name_them() -> None:
    document = _after(
        folk=lambda folk: folk.append({"tag": "eve", "called": "Eve Elder"}),
        papers=lambda papers: papers.append({"tag": "p2", "press": "The Crier"}),
        teams=lambda teams: teams[0]["hands"].append(
            {"soul": "eve", "post": "guard", "sources": ["p2"]}
        ),
    )
    (finding,) = comparison(BASE, document).findings
    assert finding.rule == "joined"
    assert len(finding.changes) == 3
    assert finding.provenance.sources == ("p2",)


def test_sources_that_nothing_cites_are_one_finding_of_noise() -> None:
    document = _after(papers=lambda p: p.extend([{"tag": "x"}, {"tag": "y"}]))
    (finding,) = comparison(BASE, document).findings
    assert isinstance(finding.said, ManyAdded)
    assert finding.said.number == 2
    assert finding.significance.word == "noise"


def test_a_new_team_is_one_finding_with_all_its_members() -> None:
    team = {"camp": "green", "hands": [{"soul": "dee", "post": "captain"}, {"soul": "bob"}]}
    document = _after(
        teams=lambda teams: teams.append(team),
        camps=lambda camps: camps.append({"tag": "green", "called": "Green"}),
    )
    by_rule = {f.collection: f for f in comparison(BASE, document).findings}
    assert sentence(by_rule["teams"]) == "New in Teams: Green's team."
    assert len(by_rule["teams"].changes) == 3


def test_a_position_that_moves_and_is_restated_is_one_finding() -> None:
    document = _after(
        stances=_edit(
            amount={"min": 20, "max": 50, "unit": "years"},
            prose="Wants 20 or more.",
            lean="accepts",
        )
    )
    (finding,) = comparison(BASE, document).findings
    assert finding.rule == "widened"
    assert [also.rule for also in finding.beside.also] == ["softened", "reworded"]
    assert [d.label for d in details(finding)] == ["Prose"]


def test_a_changed_field_leads_where_sources_disagree_besides() -> None:
    document = _after(
        stances=_edit(lean=None, quarrels=[{"about": "lean", "paper": "p1", "value": "rejects"}])
    )
    (finding,) = comparison(BASE, document).findings
    assert finding.rule == "changed"
    assert [d.field for d in finding.disputed] == ["Lean"]


def test_a_restated_text_is_shown_before_and_after() -> None:
    (finding,) = comparison(BASE, _after(stances=_edit(prose="Wants a short lease."))).findings
    assert sentence(finding) == "Red on the well now: Wants a short lease (reported)."
    (detail,) = details(finding)
    assert (detail.before, detail.after, detail.text) == (
        "Wants a long lease.",
        "Wants a short lease.",
        True,
    )


def test_who_contradicts_the_key_contradicts_that_the_entity_is_there() -> None:
    other = {"about": "camp", "paper": "p1", "value": "never asked"}
    document = _after(stances=_edit(quarrels=[other]))
    for pair, says in (
        ((BASE, document), "Sources disagree on Red on the well."),
        ((document, BASE), "Sources no longer disagree on Red on the well."),
    ):
        (finding,) = comparison(*pair).findings
        assert (sentence(finding), aside(finding)) == (says, "The Bell: never asked.")


def test_something_new_that_is_said_with_another_status_has_not_become_firmer() -> None:
    document = _after(stances=_edit(prose="Wants a short lease.", grip="confirmed"))
    (finding,) = comparison(BASE, document).findings
    assert finding.rule == "reworded"
    assert ("Grip", "reported", "confirmed") in [
        (d.label, d.before, d.after) for d in details(finding)
    ]


def test_what_has_gone_does_not_vouch_for_its_own_going() -> None:
    document = _after(teams=lambda teams: teams[0]["hands"].pop(0))
    finding = next(f for f in comparison(BASE, document).findings if f.rule == "left")
    assert finding.provenance.status is None


def test_filters_find_a_finding_by_party_issue_and_entity() -> None:
    document = _after(stances=_edit(lean="rejects"))
    (finding,) = comparison(BASE, document).findings
    assert (finding.parties, finding.issues) == (("red",), ("well",))
    assert finding.entities == ("stances[red,well]", "camps[red]", "matters[well]")
    assert finding.path == "stances[red,well].lean"


def test_findings_stand_in_the_order_of_the_kind_whatever_the_order_of_the_input() -> None:
    document = _after(
        notes=_edit(colour="red"), stances=_edit(lean="rejects"), events=_edit(place="Mill")
    )
    shuffled = {name: list(reversed(part)) for name, part in reversed(document.items())}
    found = comparison(BASE, document)
    assert [f.collection for f in found.findings] == ["stances", "events", "notes"]
    assert comparison(BASE, shuffled).findings == found.findings


def test_the_rank_of_those_below_follows_from_the_one_who_left() -> None:
    ranked = [{"soul": soul, "rank": at} for at, soul in enumerate(("ann", "bob", "cid", "dee"), 1)]
    old = {**BASE, "teams": [{"camp": "red", "hands": ranked}]}
    below = [{"soul": soul, "rank": at} for at, soul in enumerate(("ann", "cid", "dee"), 1)]
    new = {**BASE, "teams": [{"camp": "red", "hands": below}]}
    for before, after, rule, way in ((old, new, "left", "up"), (new, old, "joined", "down")):
        (finding,) = comparison(before, after).findings
        assert (finding.rule, len(finding.changes)) == (rule, 3)
        places = "2 and 3" if way == "up" else "3 and 4"
        assert aside(finding) == f"Cid Carter and Dee Draper move {way} by one, to rank {places}."


def test_a_rise_pushes_those_down_whom_it_passes() -> None:
    souls = ("ann", "bob", "cid", "dee")
    ranked = [{"soul": soul, "rank": at} for at, soul in enumerate(souls, 1)]
    risen = [{"soul": soul, "rank": at} for at, soul in enumerate(("cid", "ann", "bob", "dee"), 1)]
    old, new = ({**BASE, "teams": [{"camp": "red", "hands": hands}]} for hands in (ranked, risen))
    (finding,) = comparison(old, new).findings
    assert sentence(finding) == "Cid Carter in Red's team: rank changes from 3 to 1."
    assert aside(finding) == "Ann Archer and Bob Baker move down by one, to rank 2 and 3."


def test_a_rank_that_shifts_for_no_reason_is_told_by_itself() -> None:
    document = _after(teams=lambda teams: teams[0]["hands"][0].update(rank=3))
    old = _after(teams=lambda teams: teams[0]["hands"][0].update(rank=2))
    (finding,) = comparison(old, document).findings
    assert sentence(finding) == "Ann Archer in Red's team: rank changes from 2 to 3."


def test_no_difference_gives_no_finding() -> None:
    found = comparison(BASE, BASE)
    assert (found.changes, found.findings, found.remarks) == ((), (), ())
    assert found.unchanged == 17


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Kind, Document, Document]:
    kind = draw(kinds())
    return kind, draw(documents(kind)), draw(documents(kind))


@st.composite
def _turned(draw: st.DrawFn, document: Document, kind: Kind) -> Document:
    turned: Document = shuffled(draw, document, kind, kind.collections[""])
    return turned


@settings(max_examples=150, deadline=None)
@given(_pairs())
def test_every_change_is_in_exactly_one_finding(pair: tuple[Kind, Document, Document]) -> None:
    kind, old, new = pair
    found = compare(_state(old, kind, "2026-01-01"), _state(new, kind, "2026-01-02"), kind)
    assert _owned_once(found)
    assert all(sentence(finding) for finding in found.findings)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_findings_do_not_depend_on_the_order_of_entries(data: st.DataObject) -> None:
    kind, old, new = data.draw(_pairs())
    turned = data.draw(_turned(new, kind))
    one = compare(_state(old, kind, "2026-01-01"), _state(new, kind, "2026-01-02"), kind)
    other = compare(_state(old, kind, "2026-01-01"), _state(turned, kind, "2026-01-02"), kind)
    assert [f.id for f in other.findings] == [f.id for f in one.findings]


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(range(len(ROWS)))), st.sets(st.sampled_from(range(len(ROWS)))))
def test_whatever_happens_together_is_told_once(before: set[int], after: set[int]) -> None:
    old, new = copy.deepcopy(BASE), copy.deepcopy(BASE)
    for row in sorted(before):
        ROWS[row].edit(old)
    for row in sorted(after):
        ROWS[row].edit(new)
    assume(not _has_twice(old) and not _has_twice(new))
    found = comparison(old, new)
    assert _owned_once(found)
    assert len({finding.id for finding in found.findings}) == len(found.findings)
    assert all(sentence(finding) for finding in found.findings)


def _has_twice(document: Document) -> bool:
    """Two edits may add the same hand to one team, which no snapshot could say."""
    return any(
        len({hand["soul"] for hand in team["hands"]}) < len(team["hands"])
        for team in document["teams"]
    )


def _state(document: Document, kind: Kind, as_of: str) -> State:
    ref = VersionRef(situation="s", as_of=as_of, content_hash=as_of)
    return State(ref=ref, document=canonical(document, kind))
