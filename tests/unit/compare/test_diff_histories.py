"""What happens to documents in real histories, and what the diff makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.diff import diff
from monitor.compare.match import MatchError
from monitor.errors import Conflict
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Collection, Field, Kind, ProvenanceFields
from monitor.kinds.values import same
from monitor.model.comparison import MISSING, Change, Significance
from tests.apply import apply, revert


def committee_kind(**people: Any) -> Kind:
    return Kind(
        name="committee",
        hash="0",
        title="Committee",
        collections={
            "": Collection(path="", title="", keys=(), children=("people", "committees")),
            "people": Collection(
                path="people",
                title="People",
                **{"keys": (("id",),), "label": "{name}", **people},
                fields={
                    "name": Field(name="name", title="Name"),
                    "tags": Field(name="tags", title="Tags", is_list=True),
                    "extra": Field(name="extra", title="Extra", freeform=True),
                },
            ),
            "committees": Collection(
                path="committees",
                title="Committees",
                keys=(("id",),),
                label="{name}",
                children=("members",),
            ),
            "committees.members": Collection(
                path="committees.members",
                title="Members",
                keys=(("person",),),
                label="{person} of {parent}",
                provenance=ProvenanceFields(sources="sources"),
                significance={"added": Significance.MAJOR},
                fields={
                    "person": Field(name="person", title="Person", ref="people"),
                    "rank": Field(
                        name="rank", title="Rank", significance={"changed": Significance.CRITICAL}
                    ),
                },
            ),
        },
    )


KIND = committee_kind()


def people(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"people": list(entries)}


def found(old: Any, new: Any, kind: Kind = KIND) -> tuple[Change, ...]:
    """The changes, after a look that they are exact in both directions."""
    changes = diff(old, new, kind, situation="council")
    assert same(apply(changes, old, kind), canonical(new, kind))
    assert same(revert(changes, new, kind), canonical(old, kind))
    return changes


def only(old: Any, new: Any, kind: Kind = KIND) -> Change:
    (change,) = found(old, new, kind)
    return change


def test_a_file_in_another_order_and_layout_has_not_changed() -> None:
    old = people({"id": "a", "name": "Ana", "tags": ["x", "y"]}, {"id": "b", "name": "Ben"})
    new = people({"name": "Ben", "id": "b"}, {"tags": ["y", "x"], "name": "Ana", "id": "a"})
    assert found(old, new) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("0123", 123), ("1", 1), (1, True), (0, False), ("true", True), ("2026-02-17", 20260217)],
)
def test_values_of_another_type_are_changes_though_they_look_alike(before: Any, after: Any) -> None:
    change = only(people({"id": "a", "code": before}), people({"id": "a", "code": after}))
    assert (type(change.before), type(change.after)) == (type(before), type(after))
    assert change.significance is Significance.MINOR


def test_one_and_one_point_nought_are_the_same_number() -> None:
    assert found(people({"id": "a", "size": 1}), people({"id": "a", "size": 1.0})) == ()


def test_true_is_told_from_one_deep_inside_entities_that_are_equal_to_python() -> None:
    old, new = (
        {"id": "a", "extra": {"deep": [{"on": 1}]}},
        {"id": "a", "extra": {"deep": [{"on": True}]}},
    )
    assert old == new
    assert only(people(old), people(new)).field == "extra.deep"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Jose\u0301", "José"),
        ("a  b", "a b"),
        (" a", "a"),
        (None, MISSING),
        (MISSING, None),
        ("two\nlines", "two lines"),
    ],
)
def test_what_only_looks_different_is_noise_and_still_exact(before: Any, after: Any) -> None:
    sides = [{"id": "a", **({} if v is MISSING else {"name": v})} for v in (before, after)]
    change = only(people(sides[0]), people(sides[1]))
    assert change.significance is Significance.NOISE
    assert (change.before, change.after) == (before, after)


def test_an_apostrophe_in_another_code_point_is_a_change() -> None:
    change = only(people({"id": "a", "name": "O'Neil"}), people({"id": "a", "name": "O’Neil"}))
    assert change.significance is Significance.MINOR


def test_keys_in_another_unicode_form_are_the_same_entity() -> None:
    change = only(people({"id": "jose\u0301", "name": "J"}), people({"id": "josé", "name": "J"}))
    assert (change.op, change.field, change.significance) == ("changed", "id", Significance.NOISE)
    assert change.key == ((("id", "josé"),),)


def test_a_set_that_differs_is_one_change_with_both_sides_sorted() -> None:
    change = only(people({"id": "a", "tags": ["z", "x"]}), people({"id": "a", "tags": ["y", "x"]}))
    assert (change.before, change.after) == (["x", "z"], ["x", "y"])


def test_the_members_of_a_new_committee_are_changes_of_their_own() -> None:
    new = {"committees": [{"id": "c", "members": [{"person": "p"}], "rules": []}]}
    presence, committee, member = found({}, new)
    assert (presence.field, presence.after, presence.significance) == (
        "committees",
        [],
        Significance.NOISE,
    )
    assert (committee.op, committee.after) == ("added", {"id": "c", "rules": []})
    assert member.key == ((("id", "c"),), (("person", "p"),))
    assert member.significance is Significance.MAJOR


def test_an_empty_list_is_told_from_a_missing_one() -> None:
    change = only({"people": []}, {})
    assert (change.field, change.before, change.after) == ("people", [], MISSING)
    assert change.significance is Significance.NOISE


def test_labels_follow_references_and_parents() -> None:
    def council(rank: int, name: str) -> dict[str, Any]:
        member = {"person": "p1", "rank": rank, "sources": [f"s{rank}", "s0"]}
        return {
            "people": [{"id": "p1", "name": name}],
            "committees": [{"id": "c", "name": "Budget", "members": [member]}],
        }

    changes = found(council(1, "Ana"), council(2, "Ana"))
    rank = next(change for change in changes if change.field == "rank")
    assert rank.label == "Ana of Budget"
    assert rank.significance is Significance.CRITICAL
    assert rank.sources == ("s2", "s0", "s1")


def test_a_swap_that_is_reverted_leaves_nothing() -> None:
    first = people({"id": "a", "name": "Ana"}, {"id": "b", "name": "Ben"})
    swapped = people({"id": "a", "name": "Ben"}, {"id": "b", "name": "Ana"})
    there, back = found(first, swapped), found(swapped, first)
    assert [(c.before, c.after) for c in there] == [(c.after, c.before) for c in back]
    assert found(first, first) == ()


def test_an_id_depends_on_the_fact_and_on_nothing_else() -> None:
    old, new = people({"id": "a", "name": "Ana"}), people({"id": "a", "name": "Anna"})
    plain = only(old, new)
    worded = only(
        old, new, committee_kind(label="other {id}", significance={"changed": Significance.MAJOR})
    )
    elsewhere = diff(old, new, KIND, situation="another")[0]
    assert plain.id == worded.id != elsewhere.id
    assert plain.significance != worded.significance


def test_null_and_missing_have_ids_of_their_own() -> None:
    a, null, missing = ({"id": "a", "x": 1}, {"id": "a", "x": None}, {"id": "a"})
    assert only(people(a), people(null)).id != only(people(a), people(missing)).id


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([{"id": "a"}, {"id": "a "}], "entries 1 and 2 have the same key"),
        ([{"id": "a"}, {"name": "x"}], "entry 2 has no key"),
        ([{"id": None}], "entry 1 has no key"),
        ([{"id": ""}], "entry 1 has no key"),
        (["a"], "found str"),
    ],
)
def test_entries_that_cannot_be_told_apart_are_refused_with_their_place(
    entries: list[Any], words: str
) -> None:
    with pytest.raises(MatchError, match=words) as caught:
        diff({}, {"people": entries}, KIND, situation="council")
    assert caught.value.side == "new"
    assert caught.value.entries is entries


def test_an_integer_beyond_64_bits_is_compared_like_any_other() -> None:
    change = only(people({"id": "a", "n": 2**80}), people({"id": "a", "n": 2**80 + 1}))
    assert (change.before, change.after) == (2**80, 2**80 + 1)


ALTERNATIVES = committee_kind(keys=(("id",), ("code",), ("name",)))


def test_alternatives_pair_entries_of_which_one_has_no_first_id_yet() -> None:
    old = people({"code": "7", "name": "Ana"}, {"name": "Ben"})
    new = people({"id": "a", "code": "7", "name": "Anna"}, {"id": "b", "name": "Ben"})
    changes = found(old, new, ALTERNATIVES)
    assert {(c.op, c.key[0], c.field) for c in changes} == {
        ("changed", (("code", "7"),), "id"),
        ("changed", (("code", "7"),), "name"),
        ("changed", (("name", "Ben"),), "id"),
    }


def test_entries_that_an_earlier_alternative_names_differently_are_not_paired() -> None:
    old, new = people({"id": "a", "name": "Ana"}), people({"id": "b", "name": "Ana"})
    assert [c.op for c in found(old, new, ALTERNATIVES)] == ["removed", "added"]


def test_an_entry_that_fits_two_others_is_ambiguous() -> None:
    old = people({"code": "7"})
    new = people({"id": "a", "code": "7"}, {"id": "b", "code": "7"})
    with pytest.raises(MatchError, match="ambiguous"):
        diff(old, new, ALTERNATIVES, situation="council")


def test_changes_do_not_go_onto_another_document() -> None:
    changes = found(people({"id": "a", "name": "Ana"}), people({"id": "a", "name": "Anna"}))
    with pytest.raises(Conflict, match=r"people\[a\]"):
        apply(changes, people({"id": "z"}), KIND)
