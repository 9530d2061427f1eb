"""A JSON Patch against an independent RFC 6902 library; the changes against an independent diff."""

from __future__ import annotations

import copy
from typing import Any

import jsonpatch
import pytest
from deepdiff import DeepDiff
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitor.compare.diff import diff
from monitor.compare.infer import infer_kind
from monitor.compare.patch import json_patch
from monitor.compare.settle import pointer
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import same
from tests.apply import apply, revert
from tests.fuzz.trying import letters
from tests.unit.compare.generated import documents, kinds

SOME = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NAMES = st.sampled_from(["id", "name", "a", "b/c", "d~e", "f.g", ""])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from([1.0, 0.5, "", "a", "1", "é"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(NAMES, inner, max_size=4),
        st.lists(st.fixed_dictionaries({"id": st.integers(0, 5), "v": inner}), max_size=4),
    ),
    max_leaves=16,
)


def patched(old: Any, new: Any) -> Any:
    found = infer_kind(old, new)
    changes = diff(found.old, found.new, found.kind, situation="")
    patch = json_patch(
        changes, old, new, found.kind, form=found.form, target=new, compared=found.old
    )
    return jsonpatch.apply_patch(copy.deepcopy(old), patch)


@SOME
@given(JSON, JSON)
def test_the_patch_of_any_two_documents_turns_one_into_the_other(old: Any, new: Any) -> None:
    assert letters(patched(old, new)) == letters(new)


@SOME
@given(JSON, JSON)
def test_changes_without_a_kind_are_exact_in_both_directions(old: Any, new: Any) -> None:
    found = infer_kind(old, new)
    changes = diff(found.old, found.new, found.kind, situation="")
    assert same(apply(changes, found.old, found.kind), canonical(found.new, found.kind))
    assert same(revert(changes, found.new, found.kind), canonical(found.old, found.kind))


@SOME
@given(st.data())
def test_the_patch_of_two_documents_of_a_kind_addresses_the_old_one_as_parsed(
    data: st.DataObject,
) -> None:
    kind = data.draw(kinds())
    old, new = data.draw(documents(kind)), data.draw(documents(kind))
    patch = json_patch(diff(old, new, kind, situation=""), old, new, kind)
    result = jsonpatch.apply_patch(copy.deepcopy(old), patch)
    assert same(canonical(result, kind), canonical(new, kind))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([{"id": 1}, {"id": 2}], {"1": {}, "2": {"n": 1}}),
        ({"x": {"m": [{"k": "a"}, {"k": "b"}]}}, {"x": {"m": {"a": {"v": 1}, "b": {}}}}),
        ({"a": {"n": 1}, "b": {"n": 1}}, {"b": {"n": 2}, "c/d": {"n": 1}}),
        ({"jose\u0301": {"n": 1}, "b": {"n": 1}}, {"josé": {"n": 2}, "b": {"n": 1}}),
        (3, [3]),
        ([1, 2, 3, 4], [4, 3, 9, 2]),
        ({"l": [{"id": 1, "m": [{"id": 2}, {"id": 3}]}]}, {"l": [{"id": 1, "m": None}]}),
    ],
)
def test_the_patch_is_right_where_the_shape_changes(old: Any, new: Any) -> None:
    assert patched(old, new) == new


def test_a_pointer_escapes_what_rfc_6901_says() -> None:
    assert pointer(("a/b", 0, "m~n", "")) == "/a~1b/0/m~0n/"


KEYED = Kind(
    name="keyed",
    hash="0",
    title="",
    collections={
        "": Collection(path="", title="", keys=(), children=("things",)),
        "things": Collection(path="things", title="", keys=(("id",),)),
    },
    inferred=True,
)
ENTITY = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.one_of(SCALARS, st.dictionaries(st.sampled_from(["x", "y"]), SCALARS, min_size=1)),
    max_size=3,
)
THINGS = st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), ENTITY, max_size=4)


@SOME
@given(THINGS, THINGS)
def test_deepdiff_finds_the_same_changes_in_lists_keyed_for_it(old: Any, new: Any) -> None:
    before, after = (
        {"things": [{"id": name, **entity} for name, entity in side.items()]} for side in (old, new)
    )
    ours = {
        (change.key[0][0][1], *(change.field.split(".") if change.field else ()))
        for change in diff(before, after, KEYED, situation="")
    }
    # 1 and 1.0 are one number to us, of two types to deepdiff.
    assume(not any(type(leaf) is float and leaf == 1 for leaf in _leaves([old, new])))
    tree = DeepDiff(old, new, view="tree", threshold_to_diff_deeper=0)
    theirs = {
        tuple(level.path(output_format="list")) for levels in tree.values() for level in levels
    }
    assert ours == theirs


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    return (
        [leaf for part in value for leaf in _leaves(part)] if isinstance(value, list) else [value]
    )
