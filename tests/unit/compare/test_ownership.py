"""Rules propose and one place decides: every change in exactly one finding, whatever is offered."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from monitor.compare import findings, gather
from monitor.compare.comparison import Context, compare
from monitor.compare.faults import ComparisonFaults
from monitor.compare.infer import infer_kind
from monitor.compare.judgements import Judgement
from monitor.compare.ownership import award
from monitor.compare.rules import FAMILIES
from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.kinds.kind import Collection, Field, Kind, Membership
from monitor.model.comparison import Change, Comparison, Document, Significance, State, VersionRef
from monitor.model.said import NameChanged, Rekeyed
from monitor.words.wording import sentence

Proposal = Callable[[list[Change]], Draft]

STAGES = ("producer", "director", "prompter")


def _compared(old: Document, new: Document, kind: Kind, context: Context) -> Comparison:
    before, after = (
        State(ref=VersionRef(situation="", as_of=day, content_hash=day), document=document)
        for day, document in (("2030-01-01", old), ("2030-01-02", new))
    )
    return compare(before, after, kind, context=context)


def plain(old: Any, new: Any, *judgements: Judgement) -> Comparison:
    """Two documents without a kind."""
    found = infer_kind(copy.deepcopy(old), copy.deepcopy(new), keys={})
    return _compared(found.old, found.new, found.kind, Context(judgements=judgements))


def whole(comparison: Comparison) -> Comparison:
    """The same comparison, once it is known to tell every change once and to have no fault."""
    told = [identity for finding in comparison.findings for identity in finding.changes]
    assert sorted(told) == sorted(change.id for change in comparison.changes)
    assert comparison.faults == ()
    return comparison


def renames(comparison: Comparison) -> list[tuple[Any, Any]]:
    return sorted(
        (finding.said.before, finding.said.after)
        for finding in whole(comparison).findings
        if isinstance(finding.said, Rekeyed)
    )


def _troupe(*members: tuple[str, str]) -> Document:
    entries = [{"actor": actor, "task": task} for actor, task in members]
    return {"troupes": [{"id": "t", "name": "Troupe", "members": entries}]}


TROUPE = Kind(
    name="troupe",
    hash="0",
    title="Troupe",
    collections={
        "": Collection(path="", title="", keys=(), children=("troupes",)),
        "troupes": Collection(
            path="troupes", title="Troupes", keys=(("id",),), children=("members",), label="{name}"
        ),
        "troupes.members": Collection(
            path="troupes.members",
            title="Members",
            keys=(("actor",),),
            label="{actor}",
            fields={name: Field(name=name, title=name) for name in ("actor", "task")},
            membership=Membership(entity="actor", role="task", single=STAGES),
        ),
    },
)


def troupe(old: Document, new: Document) -> Comparison:
    return _compared(old, new, TROUPE, Context())


VALLEY = {"called": "Upper Valley Brewery", "street": "Mill Lane 12", "owner": "Family Oakes"}


@pytest.mark.parametrize("key", ["name", "id"])
def test_a_pair_with_several_values_in_common_is_one_rename(key: str) -> None:
    if key == "name":
        old = [{"name": "Brewery Oakes", **VALLEY}, {"name": "Mill", "street": "Far Road 1"}]
        new = [{"name": "Brewery Oaks", **VALLEY}, {"name": "Mill", "street": "Far Road 1"}]
    else:
        old = [{"id": "x7", "title": "Beer of the valley", **VALLEY}, {"id": "q", "title": "Mill"}]
        new = [{"id": "y7", "title": "Beers of the valley", **VALLEY}, {"id": "q", "title": "Mill"}]
    for left, right in ((old, new), (new, old)):
        (finding,) = whole(plain(left, right)).findings
        assert finding.rule == "renamed"
        assert len(finding.changes) == 2


def test_of_two_that_are_alike_the_one_with_more_in_common_is_the_same() -> None:
    old = [{"name": "Nora Lund", "town": "Fjordheim", "guild": "Weavers' Guild", "pet": "x"}]
    one = {
        "name": "Nora Lunde",
        "town": "Fjordheim",
        "guild": "Weavers' Guild",
        "ship": "Osprey IX",
    }
    other = {"name": "Nora Lunds", "town": "elsewhere at sea", "pet": "x", "ship": "Heron of X"}
    old[0]["ship"] = "Heron of X"
    for new in ([one, other], [other, one]):
        assert renames(plain(old, new)) == [("Nora Lund", "Nora Lunde")]
        assert renames(plain(new, old)) == [("Nora Lunde", "Nora Lund")]


def test_with_as_much_in_common_the_more_alike_name_is_the_same_either_way_round() -> None:
    old = [{"name": "Ivo Marten", "town": "Brackwater", "guild": "Glaziers"}]
    near = {"name": "Ivo Martens", "town": "Brackwater", "guild": "none at all"}
    far = {"name": "Ivor Martensen", "town": "not in town", "guild": "Glaziers"}
    assert renames(plain(old, [near, far])) == [("Ivo Marten", "Ivo Martens")]
    assert renames(plain([far, near], old)) == [("Ivo Martens", "Ivo Marten")]


def test_two_crossed_pairs_are_two_renames() -> None:
    old = [
        {"name": "Pia Holm", "street": "Gull Street", "school": "Hill School"},
        {"name": "Pio Holm", "street": "Tern Street", "school": "Dale School"},
    ]
    new = [
        {"name": "Pia Holme", "street": "Gull Street", "school": "Dale School"},
        {"name": "Pio Holme", "street": "Tern Street", "school": "Hill School"},
    ]
    found = renames(plain(old, new))
    assert found == [("Pia Holm", "Pia Holme"), ("Pio Holm", "Pio Holme")]
    assert renames(plain(new, old)) == [(after, before) for before, after in found]


def test_two_that_each_list_the_other_as_their_own_name_are_one_rename() -> None:
    kind = Kind(
        name="inns",
        hash="0",
        title="",
        collections={
            "": Collection(path="", title="", keys=(), children=("inns",)),
            "inns": Collection(
                path="inns", title="Inns", keys=(("id",),), label="{name}", aliases="also"
            ),
        },
    )
    old = {"inns": [{"id": "swan", "name": "The Swan", "also": ["White Bird", 7]}]}
    new = {"inns": [{"id": "bird", "name": "White Bird", "also": ["The Swan", None]}]}
    for left, right in ((old, new), (new, old)):
        (finding,) = whole(_compared(left, right, kind, Context())).findings
        assert isinstance(finding.said, Rekeyed)
        assert finding.said.how == "alias"


def test_one_judged_to_be_the_same_as_two_is_one_of_them() -> None:
    old, new = [{"id": "a", "n": 1}], [{"id": "b", "n": 2}, {"id": "c", "n": 3}]
    judged = [Judgement("entries", "a", other, "same-as") for other in ("b", "c")]
    for left, right in ((old, new), (new, old)):
        rules = sorted(f.rule for f in whole(plain(left, right, *judged)).findings)
        assert rules in (["added", "renamed"], ["removed", "renamed"])


def test_who_goes_from_one_single_role_to_the_next_is_told_in_both() -> None:
    old = _troupe(("Ada", "producer"), ("Bo", "director"), ("Cy", "prompter"), ("Di", "extra"))
    new = _troupe(("Bo", "producer"), ("Cy", "director"), ("Di", "prompter"))
    found = whole(troupe(old, new)).findings
    assert sorted(sentence(each).partition(".")[0] for each in found) == [
        "Bo replaces Ada as producer of Troupe",
        "Cy replaces Bo as director of Troupe",
        "Di replaces Cy as prompter of Troupe",
    ]
    back = whole(troupe(new, old)).findings
    assert {each.rule for each in back} == {"replaced"}
    assert len(back) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Two swap, three go round, one takes a role that two had, two take the role of one.
        ((("A", "producer"), ("B", "director")), (("B", "producer"), ("A", "director"))),
        (
            (("A", "producer"), ("B", "director"), ("C", "prompter")),
            (("A", "director"), ("B", "prompter"), ("C", "producer")),
        ),
        (
            (("A", "producer"), ("B", "producer"), ("C", "director")),
            (("C", "producer"), ("A", "director")),
        ),
        ((("A", "producer"), ("B", "director")), (("B", "producer"), ("C", "producer"))),
    ],
)
def test_single_roles_in_any_mixture_are_told_once(old: Any, new: Any) -> None:
    for left, right in ((old, new), (new, old)):
        assert whole(troupe(_troupe(*left), _troupe(*right))).findings


ONE, TWO = (
    Rule(id=name, summary="", significance=Significance.MINOR) for name in ("first", "second")
)


def _scene(count: int) -> tuple[Scene, list[Change]]:
    entries = [{"id": f"e{n}", "v": 0} for n in range(count)]
    found = infer_kind(entries, [{**entry, "v": 1} for entry in entries], keys={})
    changes = list(
        _compared(found.old, found.new, found.kind, Context()).changes,
    )
    return Scene(found.old, found.new, found.kind, changes), changes


def _awarded(scene: Scene, *drafts: Draft) -> tuple[list[Draft], tuple[str, ...]]:
    faults = ComparisonFaults()
    asked: list[int] = []

    def offer(_: Scene) -> Iterator[Draft]:
        if not asked:
            yield from drafts
        asked.append(1)

    family = Family((ONE, TWO), offer)
    return list(award(scene, family, lambda _: True, faults)), faults.all()


SAID = NameChanged("one", "another")


def _draft(rule: Rule, changes: list[Change], **annotations: Any) -> Draft:
    return Draft(rule=rule.id, changes=tuple(changes), focus=None, said=SAID, **annotations)


def test_the_earlier_rule_then_the_stronger_then_the_larger_proposal_gets_a_change() -> None:
    rivals: tuple[tuple[Proposal, Proposal], ...] = (
        (lambda c: _draft(TWO, c[:3], strength=9), lambda c: _draft(ONE, c[:1])),
        (lambda c: _draft(ONE, c[:3]), lambda c: _draft(ONE, c[:1], strength=0.5)),
        (lambda c: _draft(ONE, c[:1]), lambda c: _draft(ONE, c[:2])),
        (lambda c: _draft(ONE, c[1:3]), lambda c: _draft(ONE, c[:2])),
    )
    for worse, better in rivals:
        for swapped in (False, True):
            scene, changes = _scene(3)
            drafts = [worse(changes), better(changes)]
            held, _ = _awarded(scene, *(drafts[::-1] if swapped else drafts))
            assert held == [drafts[1]]


def test_what_a_lost_proposal_leaves_goes_to_whoever_else_wants_it() -> None:
    scene, changes = _scene(3)
    best = _draft(ONE, changes[:2], strength=1)
    held, _ = _awarded(scene, _draft(ONE, changes[1:]), best, _draft(TWO, changes[2:]))
    assert [draft.changes for draft in held] == [best.changes, tuple(changes[2:])]


def test_a_divisible_proposal_stands_on_what_it_got() -> None:
    scene, changes = _scene(3)
    lesser = _draft(ONE, changes[1:], divisible=True)
    held, _ = _awarded(scene, lesser, _draft(ONE, changes[:2], strength=1))
    assert [draft.changes for draft in held] == [tuple(changes[:2]), tuple(changes[2:])]


def _fails(_: Scene) -> Iterator[Draft]:
    raise KeyError("no such\nword")


def test_a_rule_that_raises_costs_its_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    old = [{"name": "Brewery Oakes", **VALLEY}, {"name": "Mill", "street": "Far Road 1"}]
    new = [{"name": "Brewery Oaks", **VALLEY}, {"name": "Mill", "street": "Far Road 2"}]
    sound = whole(plain(old, new))
    for place, family in enumerate(FAMILIES):
        broken = [*FAMILIES]
        broken[place] = family._replace(find=_fails)
        with monkeypatch.context() as patch:
            patch.setattr(gather, "FAMILIES", broken)
            found = plain(old, new)
        told = [identity for finding in found.findings for identity in finding.changes]
        assert sorted(told) == sorted(change.id for change in sound.changes)
        (fault,) = found.faults
        assert "KeyError: 'no such\\nword'" in fault
        assert "test_ownership.py:" in fault


@pytest.mark.parametrize("part", ["gather", "_finding"])
def test_what_cannot_even_be_put_together_is_told_change_by_change(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise ZeroDivisionError("nothing")

    old = {"n": 1, "l": [{"id": 1, "v": None}, {"id": 2}]}
    new = {"l": [{"id": 1, "v": "x"}, {"id": 3}]}
    sound = whole(plain(old, new))
    monkeypatch.setattr(findings, part, fails)
    found = plain(old, new)
    assert sorted(i for f in found.findings for i in f.changes) == sorted(
        c.id for c in sound.changes
    )
    assert all(sentence(finding) for finding in found.findings)
    assert found.faults
    assert all("ZeroDivisionError" in fault for fault in found.faults)
