"""Two documents and no kind: what the lists are matched by, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.compare.diff import diff
from monitor.compare.infer import InferredKind, infer_kind
from monitor.errors import NotFound
from monitor.model.comparison import Change


def inferred(old: Any, new: Any, **keys: str) -> InferredKind:
    return infer_kind(old, new, keys=keys)


def changes(old: Any, new: Any) -> list[tuple[Any, ...]]:
    found = inferred(old, new)
    return [told(change) for change in diff(found.old, found.new, found.kind, situation="")]


def told(change: Change) -> tuple[Any, ...]:
    level = dict(change.key[-1]) if change.key else {}
    return change.op, change.collection, level, change.field


def keys_of(old: Any, new: Any, path: str = "list") -> tuple[tuple[str, ...], ...]:
    return inferred({"list": old}, {"list": new}).kind.collections[path].keys


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], ("id",)),
        ([{"title": "x", "slug": "a"}, {"title": "x", "slug": "b"}], ("slug",)),
        (
            [{"id": {"bioguide": "A1", "fec": 1}, "n": 1}, {"id": {"bioguide": "B2"}, "n": 1}],
            ("id.bioguide",),
        ),
        ([{"user_id": 5, "n": 1}, {"user_id": 6, "n": 1}], ("user_id",)),
        ([{"start": "1", "n": 1}, {"start": "2", "n": 1}], ("start",)),
        ([{"a": "x", "b": "1"}, {"a": "x", "b": "2"}, {"a": "y", "b": "1"}], ("a", "b")),
    ],
)
def test_it_finds_the_field_that_tells_entries_apart(
    entries: list[Any], key: tuple[str, ...]
) -> None:
    assert keys_of(entries, entries[::-1]) == (key,)


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([{"id": 1}, {"n": 2}, {"n": 2}], "id is missing in 2 of 6 entries"),
        ([{"id": 1}, {"id": 1}], "id 1 stands twice"),
        ([{"on": True}, {"on": False}], "no field is there and unique in every entry"),
    ],
)
def test_it_says_why_nothing_identifies_the_entries(entries: list[Any], why: str) -> None:
    found = inferred({"list": entries}, {"list": entries[:1] + entries})
    assert found.kind.collections["list"].keys == ()
    assert any(why.removesuffix(" in 2 of 6 entries") in note for note in found.notes), found.notes


def test_it_says_why_a_surer_field_was_passed_over() -> None:
    twice = [{"id": 1, "v": 1}, {"id": 1, "v": 2}, {"id": 2, "v": 3}]
    assert inferred({"list": twice}, {"list": twice[::-1]}).notes == (
        "list: entries are matched by v (id 1 stands twice)",
    )
    some = [{"id": 1, "name": "a"}, {"name": "b"}]
    assert inferred({"list": some}, {"list": some}).notes == (
        "list: entries are matched by name (id is missing in 2 of 4 entries)",
    )
    named = [{"id": {"fec": "A"}, "name": "a"}, {"id": {"fec": "B"}, "name": "a"}]
    assert inferred({"list": named}, {"list": named}).notes == (
        "list: entries are matched by id.fec",
    )


def test_a_field_that_finds_nothing_again_is_no_key_by_chance() -> None:
    old = [{"text": "one", "n": 1}, {"text": "two", "n": 1}]
    new = [{"text": "three", "n": 1}, {"text": "four", "n": 1}]
    assert keys_of(old, new) == ()


def test_entries_of_an_object_are_matched_by_names_that_are_no_field() -> None:
    old = {"halls": {"h1": [{"code": "a"}, {"code": "b"}], "h2": [{"code": "c"}]}}
    new = {"halls": {"h1": [{"code": "a"}], "h2": [{"code": "c"}, {"code": "d"}]}}
    assert inferred(old, new).notes == (
        "halls: entries are matched by their names",
        "halls.entries: entries are matched by code",
    )


def test_keys_are_found_below_objects_and_below_entries() -> None:
    old = {"data": {"teams": [{"id": 1, "people": [{"id": "a"}, {"id": "b"}]}]}}
    new = {"data": {"teams": [{"id": 1, "people": [{"id": "b"}, {"id": "a"}, {"id": "c"}]}]}}
    assert changes(old, new) == [("added", "data.teams.people", {"id": "c"}, None)]
    assert inferred(old, new).notes == (
        "data.teams: entries are matched by id",
        "data.teams.people: entries are matched by id",
    )


def test_a_key_can_be_said_by_hand() -> None:
    entries = [{"id": 1, "mail": "a", "post": "x"}, {"id": 2, "mail": "b", "post": "x"}]
    found = inferred({"list": entries}, {"list": entries}, list="mail+post|id")
    assert found.kind.collections["list"].keys == (("mail", "post"), ("id",))


def test_a_key_for_a_list_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match="nothing: no such list of objects; there are: list"):
        inferred({"list": [{"id": 1}]}, {"list": []}, nothing="id")


def test_a_list_at_the_root_is_matched_like_any_other() -> None:
    old, new = [{"id": 1, "n": 1}, {"id": 2, "n": 1}], [{"id": 2, "n": 2}, {"id": 1, "n": 1}]
    assert changes(old, new) == [("changed", "entries", {"id": 2}, "n")]


def test_a_mapping_from_ids_is_a_list_of_entities() -> None:
    old = {"u1": {"name": "Ana", "n": 1}, "u2": {"name": "Ben", "n": 1}}
    new = {"u2": {"name": "Ben", "n": 2}, "u3": {"name": "Cleo", "n": 1}, "u1": old["u1"]}
    assert changes(old, new) == [
        ("changed", "entries", {"@key": "u2"}, "n"),
        ("added", "entries", {"@key": "u3"}, None),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_a_list_that_became_a_mapping_by_the_same_ids_is_told_as_such(turned: bool) -> None:
    old: Any = {"staff": [{"id": 7, "n": 1}, {"id": 8, "n": 1}]}
    new: Any = {"staff": {"7": {"n": 1}, "8": {"n": 2}}}
    if turned:
        old, new = new, old
    found = inferred(old, new)
    assert changes(old, new) == [
        ("changed", "", {}, "@shape of staff"),
        ("changed", "staff", {"id": 8}, "n"),
    ]
    assert any("staff was" in note for note in found.notes)


def test_a_list_without_keys_is_compared_by_content_and_not_by_position() -> None:
    old = {"steps": [{"run": "a"}, {"run": "a", "x": 1}, {"run": "a"}]}
    new = {"steps": [{"run": "z"}, *old["steps"]]}
    assert changes(old, new) == [("added", "steps", {"@new": 0}, None)]


def test_a_moved_entry_is_one_change() -> None:
    assert changes({"l": ["a", "b", "c", "d"]}, {"l": ["d", "a", "b", "c"]}) == [
        ("changed", "l", {"@old": 3}, "@position")
    ]


def test_an_entry_that_is_edited_where_it_stands_is_changed_and_not_replaced() -> None:
    old = {"l": [{"k": 1, "v": [1]}, {"k": 1, "v": [2], "w": 0}, {"k": 1, "v": [1]}]}
    new = {"l": [{"k": 1, "v": [1]}, {"k": 1, "v": [2], "w": 5}, {"k": 1, "v": [1]}]}
    assert changes(old, new) == [("changed", "l", {"@old": 1}, "w")]


def test_a_long_list_without_keys_takes_no_longer_than_its_length() -> None:
    old = {"l": [str(n % 500) for n in range(20_000)]}
    new = {"l": ["new", *old["l"][:10_000], *old["l"][10_001:]]}
    assert len(changes(old, new)) == 2
