"""How much a finding matters, and what a config may say about that."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from monitor.compare.comparison import Context, compare
from monitor.compare.significance import RuleSettings
from monitor.errors import SettingsError
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Finding, Significance
from monitor.model.paths import covers
from monitor.model.record import replace
from tests.unit.compare.village import BASE, comparison, kind, state


def _moved(**values: Any) -> dict[str, Any]:
    document = copy.deepcopy(BASE)
    document["stances"][0].update(values)
    return document


def _with(settings: dict[str, Any], **values: Any) -> Finding:
    context = Context(rules=RuleSettings.read(settings))
    return comparison(BASE, _moved(**values), context=context).findings[0]


def _under(described: Kind, **values: Any) -> Comparison:
    return compare(state(BASE), state(_moved(**values), as_of="2026-02-17"), described)


def _kind(*, listed: Significance | None = None, field: Significance | None = None) -> Kind:
    """The village with a word of its own on stances, or on where they lean."""
    usual = kind()
    stances = usual.collections["stances"]
    if listed is not None:
        stances = replace(stances, significance={"changed": listed})
    if field is not None:
        lean = replace(stances.fields["lean"], significance={"changed": field})
        stances = replace(stances, fields={**stances.fields, "lean": lean})
    return replace(usual, collections={**usual.collections, "stances": stances})


def test_without_any_word_the_rule_decides() -> None:
    assert comparison(BASE, _moved(lean="rejects")).findings[0].significance is Significance.MAJOR


def test_the_list_comes_before_the_rule_and_the_field_before_the_list() -> None:
    listed = _under(_kind(listed=Significance.MINOR), lean="rejects")
    assert listed.findings[0].significance is Significance.MINOR
    both = _kind(listed=Significance.MINOR, field=Significance.CRITICAL)
    assert _under(both, lean="rejects").findings[0].significance is Significance.CRITICAL


def test_a_finding_takes_the_highest_of_its_changes() -> None:
    found = _under(_kind(field=Significance.CRITICAL), lean="rejects", prose="Other words.")
    assert found.findings[0].significance is Significance.CRITICAL


def test_the_config_comes_before_the_kind() -> None:
    assert _with({"hardened": {"significance": "noise"}}, lean="rejects").significance == 0


def test_the_longest_path_in_the_config_decides() -> None:
    at = {"stances": "minor", "stances[red,well]": "critical"}
    finding = _with({"hardened": {"significance": "noise", "at": at}}, lean="rejects")
    assert finding.significance is Significance.CRITICAL


def test_a_path_in_the_config_may_name_a_field() -> None:
    finding = _with({"hardened": {"at": {"stances.lean": "critical"}}}, lean="rejects")
    assert finding.significance is Significance.CRITICAL
    finding = _with({"hardened": {"at": {"stances.prose": "critical"}}}, lean="rejects")
    assert finding.significance is Significance.MAJOR


def test_a_rule_on_many_entities_can_be_narrowed_to_their_list() -> None:
    new = copy.deepcopy(BASE)
    new["folk"] = [{**one, "hat": "red"} for one in _many()]
    old = {**BASE, "folk": _many()}
    for paths, rules in ((["folk"], {"everywhere"}), (["events"], {"changed"})):
        context = Context(rules=RuleSettings.read({"everywhere": {"paths": paths}}))
        assert {f.rule for f in comparison(old, new, context=context).findings} == rules


def _many() -> list[dict[str, Any]]:
    return [*BASE["folk"], *({"tag": f"t{at}", "called": f"Name {at}"} for at in range(9))]


def test_a_silent_rule_still_explains_its_changes_as_noise() -> None:
    finding = _with({"hardened": {"silent": True}}, lean="rejects")
    assert (finding.rule, finding.significance) == ("hardened", Significance.NOISE)


def test_a_narrowed_rule_leaves_other_places_to_the_other_rules() -> None:
    assert _with({"hardened": {"paths": ["events"]}}, lean="rejects").rule == "changed"
    assert _with({"hardened": {"paths": ["stances"]}}, lean="rejects").rule == "hardened"


@pytest.mark.parametrize(
    ("named", "path", "covered"),
    [
        ("teams", "teams[red].hands[ann].post", True),
        ("teams.hands", "teams[red].hands[ann].post", True),
        ("teams[red]", "teams[red].hands[ann].post", True),
        ("teams[blue]", "teams[red].hands[ann].post", False),
        ("team", "teams[red]", False),
        ("teams[red].hands[ann].post", "teams[red].hands[ann].post", True),
    ],
)
def test_a_path_covers_what_stands_below_it(named: str, path: str, covered: bool) -> None:
    assert covers(named, path) is covered


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"hardend": {}}, "rules.hardend: no such rule; did you mean hardened?"),
        ({"joined": 3}, "rules.joined: expected a table"),
        ({"joined": {"level": "minor"}}, "rules.joined.level: unknown key"),
        (
            {"joined": {"significance": "huge"}},
            "rules.joined.significance: 'huge' is not one of critical, major, minor, noise",
        ),
        ({"joined": {"silent": "yes"}}, "rules.joined.silent: expected true or false"),
        ({"joined": {"paths": "teams"}}, "rules.joined.paths: expected a list of paths"),
        (
            {"joined": {"at": {"teams": "no"}}},
            "rules.joined.at.\"teams\": 'no' is not one of critical, major, minor, noise",
        ),
    ],
)
def test_a_fault_in_the_config_is_named(table: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError, match="rules") as refused:
        RuleSettings.read(table)
    assert str(refused.value) == says


def test_a_situations_own_settings_stand_over_the_general_ones() -> None:
    general = RuleSettings.read({"joined": {"silent": True}, "left": {"silent": True}})
    own = RuleSettings.read({"joined": {"significance": "critical"}})
    both = own.over(general)
    assert both.configured("joined", "teams") is Significance.CRITICAL
    assert both.configured("left", "teams") is Significance.NOISE
