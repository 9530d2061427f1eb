"""What a reader sees, and why not the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.model.comparison import Significance
from monitor.model.record import replace
from monitor.model.subscription import Filter, Mute
from monitor.report.filters import judge, select
from tests.digests import comparison, converged, joined, replaced, reworded, talks, widened

TODAY = "2026-02-17"


def mute(what: str, until: str | None = None, reason: str = "") -> Mute:
    created = datetime(2026, 2, 1, tzinfo=UTC)
    return Mute(id=1, what=what, reason=reason, until=until, created_at=created)


def rules(wanted: Filter, *mutes: Mute) -> list[str]:
    return [each.rule for each in select(talks(), wanted, mutes, TODAY).shown]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ["joined", "replaced", "changed", "widened"]),
        (Filter(minimum=Significance.MAJOR), ["joined", "replaced", "widened"]),
        (Filter(collections=("delegations",)), ["joined", "replaced"]),
        (Filter(collections=("delegations.members",)), ["joined", "replaced"]),
        (Filter(collections=("delegations.member",)), []),
        (Filter(collections=("delegations[russia].members",)), ["joined", "replaced"]),
        (Filter(collections=("delegations[ukraine].members",)), []),
        (Filter(collections=("delegations[russia].members[medinsky]",)), ["replaced"]),
        (Filter(entities=("delegations.members",)), ["joined", "replaced"]),
        (Filter(parties=("ukraine",)), ["widened"]),
        (Filter(parties=("ukraine", "russia")), ["joined", "replaced", "widened"]),
        (Filter(issues=("security-guarantees",)), ["widened"]),
        (Filter(entities=("people[medinsky]",)), ["replaced"]),
        (Filter(entities=("kostyukov",)), ["replaced"]),
        (Filter(entities=("delegations[russia]",)), ["joined", "replaced"]),
        (Filter(entities=("rounds[geneva]",)), ["changed"]),
        (Filter(entities=("rounds[gen]",)), []),
        (Filter(parties=("russia",), issues=("security-guarantees",)), []),
    ],
)
def test_a_filter_names_what_passes(wanted: Filter, expected: list[str]) -> None:
    assert rules(wanted) == expected


def test_a_finding_passes_whole_if_any_of_its_changes_does() -> None:
    both = replace(replaced(), changes=("c-1", "c-2"))
    told = comparison(both)
    elsewhere = told.changes[1]._replace(collection="people")
    told = replace(told, changes=(told.changes[0], elsewhere))
    selection = select(told, Filter(collections=("people",)), (), TODAY)
    assert [each.changes for each in selection.shown] == [("c-1", "c-2")]


@pytest.mark.parametrize(
    ("what", "hidden"),
    [
        ("replaced", ["replaced"]),
        ("delegations", ["joined", "replaced"]),
        ("russia", ["joined", "replaced"]),
        ("security-guarantees", ["widened"]),
        ("people[medinsky]", ["replaced"]),
        ("nothing", []),
    ],
)
def test_a_mute_hides_a_rule_a_collection_a_party_an_issue_or_an_entity(
    what: str, hidden: list[str]
) -> None:
    selection = select(talks(), Filter(), (mute(what),), TODAY)
    assert [each.finding.rule for each in selection.muted] == hidden


@pytest.mark.parametrize(
    ("until", "hides"), [("2026-02-16", False), ("2026-02-17", True), (None, True)]
)
def test_a_mute_holds_through_its_last_day(until: str | None, hides: bool) -> None:
    selection = select(talks(), Filter(), (mute("replaced", until),), TODAY)
    assert bool(selection.muted) is hides


def test_a_mute_answers_only_for_what_would_have_been_seen() -> None:
    wanted = Filter(minimum=Significance.CRITICAL)
    selection = select(talks(), wanted, (mute("joined"),), TODAY)
    assert not selection.muted
    assert {each.finding.rule for each in selection.filtered} == {"joined", "changed"}


def test_every_finding_is_in_exactly_one_place() -> None:
    selection = select(talks(), Filter(minimum=Significance.MAJOR), (mute("joined"),), TODAY)
    places = [
        *[each.id for each in selection.shown],
        *[each.finding.id for each in selection.muted],
        *[each.finding.id for each in selection.filtered],
    ]
    assert sorted(places) == sorted(each.id for each in talks().findings)


def test_remarks_are_filtered_like_findings() -> None:
    def shown(wanted: Filter, *mutes: Mute) -> list[str]:
        return [each.rule for each in select(talks(), wanted, mutes, TODAY).remarks]

    assert shown(Filter()) == ["converged"]
    assert shown(Filter(minimum=Significance.CRITICAL)) == []
    assert shown(Filter(collections=("delegations",))) == []
    assert shown(Filter(), mute("security-guarantees")) == []


@pytest.mark.parametrize(
    ("wanted", "mutes", "why"),
    [
        (Filter(), (), "major and inside the filter"),
        (
            Filter(minimum=Significance.CRITICAL),
            (),
            "major is below critical, the least this reader wants",
        ),
        (
            Filter(parties=("ukraine",)),
            (),
            "not about any of the parties this reader follows (ukraine)",
        ),
        (
            Filter(),
            (mute("joined", "2026-03-01", "known"),),
            "muted as 'joined' until 2026-03-01: known",
        ),
    ],
)
def test_each_verdict_says_why(wanted: Filter, mutes: tuple[Any, ...], why: str) -> None:
    told = comparison(joined())
    assert judge(told.findings[0], told, wanted, mutes, TODAY).why == why


def test_the_order_of_the_comparison_is_kept() -> None:
    told = comparison(widened(), reworded("a", "b"), joined(), remarks=(converged(),))
    shown = select(told, Filter(), (), TODAY).shown
    assert [each.rule for each in shown] == ["widened", "changed", "joined"]
