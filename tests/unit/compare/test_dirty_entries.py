"""A few entries that their key does not tell apart never decide how the others are matched."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

import jsonpatch
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.compare.diff import diff
from monitor.compare.infer import InferredKind, infer_kind
from monitor.compare.patch import json_patch
from monitor.errors import NotFound
from monitor.kinds.canonical import canonical
from monitor.kinds.values import same
from monitor.model.comparison import Change
from tests.apply import apply, revert

Rows = list[Any]


def changes(old: Any, new: Any, **keys: str) -> tuple[InferredKind, tuple[Change, ...]]:
    found = infer_kind(old, new, keys=keys)
    return found, diff(found.old, found.new, found.kind, situation="")


def told(old: Any, new: Any, **keys: str) -> list[tuple[str, str, str | None]]:
    """What changed, by the last key in words."""
    return [
        (change.op, str(change.key[-1][0][1]) if change.key else "", change.field)
        for change in changes(old, new, **keys)[1]
    ]


def crew(count: int = 30) -> Rows:
    return [
        {"id": f"c{n}", "name": f"Hand {n}", "rank": n, "watch": "AB"[n % 2]} for n in range(count)
    ]


def doubled(rows: Rows) -> None:
    rows.append(dict(rows[3]))


def doubled_with_another_rank(rows: Rows) -> None:
    rows.append({**rows[3], "rank": 99})


def nameless(rows: Rows) -> None:
    del rows[7]["id"]


def null(rows: Rows) -> None:
    rows[7]["id"] = None


def empty(rows: Rows) -> None:
    rows[7]["id"] = "  "


def number(rows: Rows) -> None:
    rows[7]["id"] = 7


def nested(rows: Rows) -> None:
    rows[7]["id"] = {"old": "c7"}


def stray(rows: Rows) -> None:
    rows.insert(5, "and some more")


DIRT: list[Callable[[Rows], None]] = [
    doubled, doubled_with_another_rank, nameless, null, empty, number, nested, stray,
]  # fmt: skip


@pytest.mark.parametrize("spoil", DIRT)
@pytest.mark.parametrize("sides", ["old", "new", "both"])
@pytest.mark.parametrize("deep", [False, True])
def test_one_dirty_entry_leaves_the_others_matched_by_id(
    spoil: Callable[[Rows], None], sides: str, deep: bool
) -> None:
    old, new = crew(), crew()
    if sides != "new":
        spoil(old)
    if sides != "old":
        spoil(new)
    # One signs off, so that all that come after have another rank and place.
    del new[0]
    for row in new:
        if isinstance(row, dict):
            row["rank"] -= 1
    new[0] = {**new[0], "watch": "C"}
    documents = [{"ships": [{"id": "s", "crew": rows}]} if deep else rows for rows in (old, new)]
    found, made = changes(*documents)
    path = "ships.crew" if deep else "entries"
    assert ("id",) in found.kind.collections[path].keys
    assert sum("id" in note and path in note for note in found.notes) == 1
    said = {(c.op, c.key[-1][0][1], c.field) for c in made}
    assert ("removed", "c0", None) in said
    assert ("changed", "c1", "watch") in said
    assert ("changed", "c20", "rank") in said
    # Nobody but the dirty one is told as another.
    assert len([c for c in made if c.op != "changed"]) <= 3
    assert not [c for c in made if c.field == "name"]


def test_copies_are_paired_by_content() -> None:
    twice = [{"id": "e", "seat": "north", "since": 1}, {"id": "e", "seat": "south", "since": 2}]
    old = [*crew(10), *twice]
    new = [*crew(10)[::-1], {**twice[1], "since": 3}, twice[0]]
    ((op, _, field),) = told(old, new)
    assert (op, field) == ("changed", "since")


def test_one_of_two_copies_is_gone() -> None:
    old, new = crew(12), crew(12)
    doubled_with_another_rank(old)
    assert told(old, new) == [("removed", "c3 (2)", None)]
    assert told(new, old) == [("added", "c3 (2)", None)]


def test_of_two_equal_copies_the_one_that_is_gone_has_the_number() -> None:
    old, new = crew(12), crew(12)
    doubled(old)
    assert told(old, new) == [("removed", "c3 (2)", None)]
    assert told(new, old) == [("added", "c3 (2)", None)]


def test_an_entry_that_gets_its_id_back_is_the_same() -> None:
    old, new = crew(), crew()
    nameless(old)
    assert told(old, new) == [("changed", "c7", "id")]


def test_the_same_id_in_two_lists_is_no_double() -> None:
    boats = {"boats": [{"id": n, "crew": crew(3)} for n in ("a", "b")]}
    found, made = changes(boats, boats)
    assert found.kind.collections["boats.crew"].keys == (("id",),)
    assert made == ()


def test_one_in_a_hundred_without_an_id() -> None:
    old = [{"id": n, "name": f"Post {n}", "v": n % 5} for n in range(1000)]
    new = copy.deepcopy(old)
    for at in range(0, 1000, 101):
        del new[at]["id"]
    new[500]["v"] = 9
    new[501]["v"] = 9
    without = {(op, key) for op, key, field in told(old, new) if field == "id"}
    assert without == {("changed", str(at * 101)) for at in range(10)}
    assert [each for each in told(old, new) if each[2] != "id"] == [
        ("changed", "500", "v"),
        ("changed", "501", "v"),
    ]
    (note,) = changes(old, new)[0].notes
    assert note == (
        "entries: entries are matched by id; id is missing in 10 of 2,000 entries: "
        "matched by content"
    )


def test_the_double_is_named_once_and_others_are_counted() -> None:
    rows = crew(40)
    old = [*rows, rows[1], rows[2], rows[2]]
    assert changes(old, rows)[0].notes == (
        "entries: entries are matched by id; id 'c1' and 1 more stand twice in one list: "
        "matched by content",
    )


def test_a_key_that_was_asked_for_is_obeyed_whatever_it_leaves() -> None:
    old = {
        "groups": [
            {"id": "g", "members": [{"id": 1, "n": 1}, {"id": 1, "n": 2}, {"id": 2, "n": 3}]}
        ]
    }
    found, made = changes(old, old, **{"groups.members": "id"})
    assert made == ()
    assert found.kind.collections["groups.members"].keys[-1] == ("id",)


@pytest.mark.parametrize("pattern", ["*.members", "groups.*", "*members", "g*s.m*s"])
def test_a_star_stands_for_any_names(pattern: str) -> None:
    side = {
        "groups": [{"id": "g", "members": [{"id": 1, "mail": "a@x"}, {"id": 2, "mail": "b@x"}]}]
    }
    found, _ = changes(side, side, **{pattern: "mail"})
    assert found.kind.collections["groups.members"].keys == (("mail",),)


def test_a_plain_path_goes_before_a_star() -> None:
    side = {"a": [{"id": 1, "mail": "x"}], "b": [{"id": 1, "mail": "x"}]}
    found, _ = changes(side, side, **{"*": "mail", "b": "id"})
    assert found.kind.collections["a"].keys == (("mail",),)
    assert found.kind.collections["b"].keys == (("id",),)


def test_a_star_obeys_where_the_field_is() -> None:
    side = {"a": [{"id": 1, "mail": "x"}], "b": [{"id": 1, "post": "x"}]}
    found, _ = changes(side, side, **{"*": "mail"})
    assert found.kind.collections["a"].keys == (("mail",),)
    assert found.kind.collections["b"].keys == (("id",),)


@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("member", "id", "--key member: no such list of objects; did you mean members?"),
        ("*.posts", "id", r"--key \*.posts: no such list of objects"),
        ("members", "emial", "--key members: no entry has the field emial; did you mean email?"),
        ("mem*", "emial", r"--key mem\* \(members\): no entry has the field emial; did you mean"),
        ("members", "id+emial", "--key members: no entry has the field emial; did you mean email"),
    ],
)
def test_a_key_that_fits_nothing_is_refused_with_the_nearest(
    path: str, field: str, said: str
) -> None:
    side = {"members": [{"id": 1, "email": "a"}, {"id": 2, "email": "b"}]}
    with pytest.raises(NotFound, match=said):
        infer_kind(side, side, keys={path: field})


IDS = st.sampled_from([*range(9), "1", "2", "x", "X", "007", None, ""])
ENTITY = st.fixed_dictionaries(
    {"id": IDS},
    optional={"v": st.integers(0, 2), "name": st.sampled_from(["Ann", "Bob", "Cy"])},
)


@st.composite
def mostly_clean(draw: st.DrawFn) -> Rows:
    ids = draw(st.lists(st.integers(10, 30), unique=True, min_size=6, max_size=14))
    rows: Rows = [{"id": each, "v": draw(st.integers(0, 2))} for each in ids]
    rows += draw(st.lists(st.one_of(ENTITY, st.just("stray")), max_size=2))
    for row in rows[:3]:
        row["below"] = draw(st.lists(ENTITY, max_size=4))
    Random(draw(st.integers(0, 99))).shuffle(rows)
    return rows


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(mostly_clean(), mostly_clean())
def test_what_is_matched_by_content_is_exact_in_both_directions(old: Rows, new: Rows) -> None:
    found, made = changes(old, new)
    assert same(apply(made, found.old, found.kind), canonical(found.new, found.kind))
    assert same(revert(made, found.new, found.kind), canonical(found.old, found.kind))
    assert len({change.id for change in made}) == len(made)
    assert len(changes(new, old)[1]) == len(made)
    patch = json_patch(made, old, new, found.kind, form=found.form, target=new, compared=found.old)
    assert same(jsonpatch.apply_patch(copy.deepcopy(old), patch), new)
