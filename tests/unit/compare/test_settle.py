"""What a patch adds at its end, so that the newer file comes back to the letter."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.compare.diff import diff
from monitor.compare.infer import infer_kind
from monitor.compare.patch import json_patch
from monitor.compare.settle import applied, identical, settled
from monitor.errors import Conflict

SCALARS = st.sampled_from([None, True, False, 0, 1, 1.0, -0.0, 2**70, "", "a", "1", "~1"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.dictionaries(st.sampled_from(["", "id", "/", "~", "a"]), inner, max_size=4),
    ),
    max_leaves=20,
)


def letters(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def patched(old: Any, new: Any) -> Any:
    """What an independent library makes of the patch of two documents without a kind."""
    found = infer_kind(copy.deepcopy(old), copy.deepcopy(new), keys={})
    changes = diff(found.old, found.new, found.kind, situation="")
    patch = json_patch(changes, old, new, found.kind, form=found.form, target=new)
    return jsonpatch.apply_patch(copy.deepcopy(old), json.loads(json.dumps(patch)))


@settings(max_examples=150, deadline=None)
@given(VALUES, VALUES, st.randoms(use_true_random=False))
def test_any_value_is_settled_into_any_other(have: Any, want: Any, random: Any) -> None:
    stirred = copy.deepcopy(have)
    if isinstance(stirred, list):
        random.shuffle(stirred)
    for aim in (want, stirred):
        operations = list(settled(have, aim))
        assert letters(jsonpatch.apply_patch(copy.deepcopy(have), operations)) == letters(aim)
        assert letters(applied(have, operations)) == letters(aim)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # An id "" in a mapping of objects, alone, among others, and with an entity that has @key.
        ({"": {"n": 1}, "b": {"n": 1}}, {"": {"n": 2}, "b": {"n": 1}}),
        ({"b": {"n": 1}, "c": {"n": 1}}, {"": {"n": 1}, "b": {"n": 1}}),
        ({"": {"n": 1}, "b": {"n": 1}}, {"b": {"n": 1}, " ": {"n": 1}}),
        ({"a": {"@key": 1, "n": 1}, "b": {"@key": 2, "n": 1}}, {"b": {"@key": 1, "n": 2}}),
        # Names that the comparison uses itself.
        ({"@position": 1}, {"@position": 2}),
        ([{"@position": 0}, {"x": 1, "y": 2, "z": 3}], [{"x": 1, "y": 2, "@position": 5}]),
        ({"@shape of a": 1, "a": []}, {"@shape of a": 2}),
        ({"entries": [1]}, {"entries": [1, 2]}),
        # Orders: of keyed entries, inside free-form values, of doubles.
        ([{"id": 1}, {"id": 2}, {"id": 3}], [{"id": 3}, {"id": 1}, {"id": 2}]),
        ([{"id": 1, "v": [2, 1]}, {"id": 2}], [{"id": 2}, {"id": 1, "v": [1, 2]}]),
        ({"a": {"b": [[1, 2], [3]]}}, {"a": {"b": [[3], [2, 1]]}}),
        ([1, 1, 2, 1], [2, 1, 1, 1]),
        # Values that say the same and are written otherwise.
        ({"a": 1, "b": True, "c": 0.0}, {"a": 1.0, "b": 1, "c": -0.0}),
        ([{"id": 1, "v": 2.0}, {"id": 2}], [{"id": 1.0, "v": 2}, {"id": 2}]),
        ({"a": None}, {}),
        ({"a": {"m": []}}, {"a": {"m": None}}),
        ([{"id": "é"}, {"id": "b"}], [{"id": "e\u0301"}, {"id": "b"}]),
        # Ids that are steps of a pointer or look like numbers.
        ([{"id": "~1"}, {"id": "/"}], [{"id": "/"}, {"id": "~0", "v": {"~1": 1, "/": 2}}]),
        ({"0": [1], "-": [2], "~01": [3]}, {"0": [2], "-": [1], "01": [3]}),
        # A shape that turns, where an entity has a field of the name that becomes the id.
        (
            {"m": [{"id": "a"}, {"id": "b"}]},
            {"m": {"a": {"id": "other", "n": 1}, "b": {}}},
        ),
        (True, 1),
        (0, []),
    ],
)
def test_the_newer_file_comes_back_to_the_letter(old: Any, new: Any) -> None:
    assert letters(patched(old, new)) == letters(new)
    assert letters(patched(new, old)) == letters(old)


def test_a_list_that_was_stirred_in_a_few_places_is_moved_and_not_replaced() -> None:
    have = [{"id": n, "text": "much to say"} for n in range(40)]
    want = [*have[1:30], have[0], *have[30:]]
    (operation,) = settled(have, want)
    assert operation == {"op": "move", "from": "/0", "path": "/29"}


def test_types_tell_values_apart_and_the_order_of_names_does_not() -> None:
    assert identical({"a": 1, "b": [True]}, {"b": [True], "a": 1})
    for one, other in ((1, 1.0), (1, True), (0.0, -0.0), ([1], [1.0]), ({"a": 0}, {"a": False})):
        assert not identical(one, other)


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "path": "/b"},
        {"op": "replace", "path": "/a/7", "value": 1},
        {"op": "add", "path": "/a/7", "value": 1},
        {"op": "move", "from": "/c", "path": "/a"},
        {"op": "add", "path": "/a/0/x", "value": 1},
    ],
)
def test_an_address_that_leads_nowhere_is_a_conflict(operation: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        applied({"a": [1]}, [operation])
