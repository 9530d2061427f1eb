"""One rule for what lies under a path, and the nearest name for one that leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.collect.kindfile import load_kind
from monitor.compare.significance import RuleSettings
from monitor.kinds.addressing import path_fault
from monitor.kinds.kind import Kind
from monitor.model.comparison import Significance
from monitor.model.nearest import nearest, suggestion, suggestion_or_all
from monitor.model.paths import change_place, covers, has_id, lies_under, read_place
from monitor.model.subscription import Filter
from monitor.report.chosen import choose
from monitor.report.filters import select
from tests.digests import talks

EXAMPLES = Path(__file__).parents[3] / "examples"
TALKS = load_kind("negotiation")
CABINET = load_kind(str(EXAMPLES / "cabinet" / "kind.yaml"))
COMMITTEES = load_kind(str(EXAMPLES / "committees" / "kind.yaml"))

MEMBER = "delegations[russia].members[kostyukov].role"


@pytest.mark.parametrize(
    ("named", "path", "covered"),
    [
        ("delegations", MEMBER, True),
        ("delegations.members", MEMBER, True),
        ("delegations[russia]", MEMBER, True),
        ("delegations[russia].members", MEMBER, True),
        ("delegations.members[kostyukov]", MEMBER, True),
        ("delegations.members.role", MEMBER, True),
        ("delegations[ukraine].members", MEMBER, False),
        ("delegations.member", MEMBER, False),
        ("delegations[russia].members[kostyukov].role.x", MEMBER, False),
        ("stances[ukraine,security-guarantees].quantity", "stances[ukraine,territory]", False),
        (
            "stances[ukraine, security-guarantees]",
            "stances[ukraine,security-guarantees].quantity.min",
            True,
        ),
        ('rounds["3"]', 'rounds["3"].city', True),
        ("rounds[3]", 'rounds["3"].city', True),
        ("rounds[3]", "rounds[31].city", False),
        ("", MEMBER, False),
        ('extra."a.b"', 'extra."a.b".c', True),
        ("extra.a", 'extra."a.b".c', False),
    ],
)
def test_a_path_covers_what_stands_at_or_below_it(named: str, path: str, covered: bool) -> None:
    assert covers(named, path) is covered


def test_a_change_stands_where_its_path_says() -> None:
    key = ((("party", "russia"),), (("person", "a, b"),))
    place = change_place("delegations.members", key, "role")
    assert place == read_place('delegations[russia].members["a, b"].role')
    assert has_id(place, '"a, b"')
    wrapped = change_place("box.items", ((("n", 3),),), None)
    assert lies_under(wrapped, read_place("box.items[3]") or ())
    assert not lies_under(wrapped, read_place("box.items[4]") or ())


@pytest.mark.parametrize(
    ("path", "passing"),
    [
        ("delegations", {"joined", "replaced"}),
        ("delegations[russia].members", {"joined", "replaced"}),
        ("delegations.members[medinsky]", {"replaced"}),
        ("stances[ukraine,security-guarantees]", {"widened"}),
        ("delegations[ukraine].members", set()),
    ],
)
def test_a_path_means_the_same_in_filters_rules_and_only(path: str, passing: set[str]) -> None:
    told = talks()
    everywhere = Significance.NOISE
    kept = {"replaced", "joined", "widened"}
    wanted = Filter(minimum=everywhere, collections=(path,))
    filtered = {one.rule for one in select(told, wanted, (), "2026-02-17").shown}
    chosen = {one.rule for one in choose(told, everywhere, (path,)).findings}
    ruled = {
        one.rule
        for one in told.findings
        if RuleSettings.read({one.rule: {"paths": [path]}}).applies(one.rule, one.path)
    }
    assert filtered & kept == chosen & kept == ruled & kept == passing


@pytest.mark.parametrize(
    ("kind", "path", "says"),
    [
        (CABINET, "ministeries", "no collection ministeries; did you mean ministries?"),
        (CABINET, "Ministries", "no collection Ministries; did you mean ministries?"),
        (CABINET, "ministries.teams", "no field teams in ministries; did you mean team?"),
        (CABINET, "team", "no collection team; did you mean ministries.team?"),
        (CABINET, "ministries[energy].team[a].rol", "no field rol in ministries.team"),
        (CABINET, "ministry[energy]", "no collection ministry; did you mean ministries?"),
        (CABINET, "people.name.first", "no field name.first in people"),
        (COMMITTEES, "comittees", "no collection comittees; did you mean committees?"),
        (TALKS, "stances[ukraine]", "is named by [party,issue], not by [ukraine]"),
        (TALKS, "delegations[russia].member", "did you mean members?"),
        (TALKS, "stances.quantty", "no field quantty in stances; did you mean quantity?"),
        (TALKS, "x[", "is no path"),
        (TALKS, "", "is no path"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(kind: Kind, path: str, says: str) -> None:
    assert says in (path_fault(path, kind) or "")


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (CABINET, "ministries"),
        (CABINET, "ministries.team"),
        (CABINET, "ministries[whatever].team[nobody].role"),
        (CABINET, "people.name"),
        (TALKS, "stances[a,b].quantity"),
        (TALKS, "stances.quantity.min"),
        (TALKS, "delegations.members.disputed"),
    ],
)
def test_a_path_that_a_kind_has_is_fine_whoever_is_there(kind: Kind, path: str) -> None:
    assert path_fault(path, kind) is None


def test_the_nearest_name_is_told_and_nothing_far() -> None:
    known = ["ukraine", "russia", "united-states"]
    assert nearest("ukrain", known) == "ukraine"
    assert nearest("UKRAINE", known) == "ukraine"
    assert nearest("united_states", known) == "united-states"
    assert nearest("brazil", known) is None
    assert suggestion("rusia", known) == "; did you mean russia?"
    assert suggestion_or_all("brazil", known) == "; there are: ukraine, russia, united-states"
    assert suggestion_or_all("brazil", []) == "; there are: none yet"
