"""Lists that nothing identifies, aligned by content."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.compare.lists import Alignment, align
from monitor.kinds.values import same

ENTRIES = st.lists(
    st.one_of(
        st.integers(0, 3),
        st.booleans(),
        st.fixed_dictionaries({"a": st.integers(0, 2), "b": st.integers(0, 2)}),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", Alignment()),
        ("abc", "ac", Alignment(removed=[1])),
        ("ac", "abc", Alignment(added=[1])),
        ("aaa", "aaaa", Alignment(added=[3])),
        ("abcd", "dabc", Alignment(moved=[(3, 0)])),
        ("abc", "xbz", Alignment(removed=[0, 2], added=[0, 2])),
        ("axbxc", "xbxcx", Alignment(removed=[0], added=[4])),
    ],
)
def test_it_finds_what_came_went_and_moved(old: str, new: str, expected: Alignment) -> None:
    assert align(list(old), list(new)) == expected


@settings(max_examples=300, deadline=None)
@given(ENTRIES, ENTRIES)
def test_the_other_direction_is_the_mirror_and_every_entry_is_accounted_for(
    old: list[Any], new: list[Any]
) -> None:
    there, back = align(old, new), align(new, old)
    assert (there.removed, there.added) == (back.added, back.removed)
    assert sorted(there.moved) == sorted((i, j) for j, i in back.moved)
    assert sorted(there.edited) == sorted((i, j) for j, i in back.edited)
    gone = {*there.removed, *(i for i, _ in there.moved)}
    come = {*there.added, *(j for _, j in there.moved)}
    stays = [i for i in range(len(old)) if i not in gone]
    targets = [j for j in range(len(new)) if j not in come]
    assert len(stays) == len(targets)
    edited = set(there.edited)
    for i, j in zip(stays, targets, strict=True):
        assert same(old[i], new[j]) != ((i, j) in edited)


def test_true_is_no_one_and_one_is_one_point_nought() -> None:
    assert align([True, 1.0], [True, 1]) == Alignment()
    assert align([True], [1]) == Alignment(removed=[0], added=[0])
