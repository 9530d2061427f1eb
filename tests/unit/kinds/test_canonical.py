"""Two documents that say the same have the same canonical bytes, and only they."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.kinds.canonical import canonical, canonical_bytes, content_hash
from monitor.kinds.keys import key_level, key_tokens, key_words, keys_as_written
from monitor.kinds.kind import Collection
from monitor.kinds.values import fold_text, get, same, token
from monitor.model.comparison import MISSING
from tests.reading import kind_of

CLUB = kind_of()


def person(key: str, *nicknames: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "name": key.upper(), "nicknames": list(nicknames), **more}


def test_the_order_of_keyed_lists_sets_and_names_says_nothing() -> None:
    one = {"people": [person("a", "x", "y"), person("b")], "motto": "m"}
    other = {"motto": "m", "people": [person("b"), dict(reversed(person("a", "y", "x").items()))]}
    assert canonical_bytes(one, CLUB) == canonical_bytes(other, CLUB)


def test_the_order_of_a_free_form_list_says_something() -> None:
    one = {"people": [person("a", notes=[1, 2])]}
    other = {"people": [person("a", notes=[2, 1])]}
    assert content_hash(one, CLUB) != content_hash(other, CLUB)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (1, 1.0, True),
        (0, -0.0, True),
        (1, True, False),
        (0, False, False),
        (1, "1", False),
        ("é", "é", True),
        ("é", "e\u0301", False),
        (None, "", False),
        ([1.0], [1], True),
        ({"a": 2.0}, {"a": 2}, True),
        (2**60, float(2**60), False),
    ],
)
def test_values_are_written_alike_when_they_are_the_same(one: Any, other: Any, alike: bool) -> None:
    first, second = ({"people": [person("a", notes=value)]} for value in (one, other))
    assert (canonical_bytes(first, CLUB) == canonical_bytes(second, CLUB)) is alike


def test_it_returns_a_new_document_and_leaves_the_given_one() -> None:
    document = {"people": [person("b"), person("a", "y", "x")]}
    before = repr(document)
    canonical(document, CLUB)
    assert repr(document) == before


def test_a_document_that_does_not_fit_is_still_put_in_order() -> None:
    document = {"people": [5, {"name": "x"}, person("b"), None], "teams": {"not": "a list"}}
    assert canonical(document, CLUB)["people"][0]["id"] == "b"


people = st.lists(
    st.builds(
        person,
        st.text("abé\u0301 ", min_size=1, max_size=3).filter(str.strip),
        st.sampled_from("xyz"),
        notes=st.sampled_from([1, 1.0, True, None, [2, 1], {"b": 1, "a": [1.5]}]),
    ),
    unique_by=lambda one: fold_text(one["id"]),
    max_size=6,
)


@settings(max_examples=100, deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_shuffling_changes_nothing_and_repeating_neither(
    entries: list[dict[str, Any]], chance: random.Random
) -> None:
    document = {"people": entries}
    shuffled = {"people": chance.sample(entries, len(entries))}
    once = canonical(document, CLUB)
    assert canonical_bytes(shuffled, CLUB) == canonical_bytes(document, CLUB)
    assert repr(canonical(once, CLUB)) == repr(once)


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (True, 1, False),
        (False, 0, False),
        (True, True, True),
        (1, 1.0, True),
        ("1", 1, False),
        (None, False, False),
        ([1, True], [1.0, True], True),
        ([1, True], [True, 1], False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([], {}, False),
        ("", None, False),
    ],
)
def test_equality_is_of_types_too(a: Any, b: Any, alike: bool) -> None:
    assert same(a, b) is alike
    assert same(b, a) is alike


def test_text_folds_to_one_unicode_form_and_single_spaces() -> None:
    assert fold_text("  Jose\u0301\u00a0 \n Maria ") == "José Maria"
    assert token("a  b") == token(" a b")
    assert token("1") != token(1) != token(True)


def test_a_dotted_field_is_found_and_missing_is_not_null() -> None:
    entity = {"a": {"b": None}, "c.d": 1}
    assert get(entity, "a.b") is None
    assert get(entity, "a.c") is MISSING
    assert get(entity, "a.b.c") is MISSING
    assert get(entity, "c.d") == 1


def test_a_key_is_what_identifies_an_entry() -> None:
    teams = CLUB.collections["teams"]
    entry = {"sport": "Chess  club", "season": 1.0}
    level = key_level(entry, teams)
    assert level == (("sport", "Chess  club"), ("season", 1.0))
    assert key_words(level) == "Chess  club,1.0"
    assert key_tokens(entry, teams) == key_tokens({"season": 1, "sport": "Chess club"}, teams)


@pytest.mark.parametrize("sport", [None, "", "  ", "TODO", [], {}])
def test_null_empty_and_placeholders_identify_nothing(sport: Any) -> None:
    entry = {"sport": sport, "season": 1}
    assert key_level(entry, CLUB.collections["teams"]) is None
    assert key_tokens(entry, CLUB.collections["teams"]) == ()


def test_alternatives_are_tried_in_order() -> None:
    kind = kind_of("""\
        properties:
          things:
            type: array
            x-key: [[ids.a], [name]]
            items:
              type: object
              properties:
                ids: {type: object, properties: {a: {type: string}}}
                name: {type: string}
        """)
    things = kind.collections["things"]
    assert key_level({"ids": {"a": "1"}, "name": "x"}, things) == (("ids.a", "1"),)
    assert key_level({"name": "x"}, things) == (("name", "x"),)
    assert len(key_tokens({"ids": {"a": "1"}, "name": "x"}, things)) == 2


@pytest.mark.parametrize(
    ("entries", "keys"),
    [
        ([{"id": {"code": "b"}}, {"id": {"code": "a"}}], ["b", "a"]),
        ([{"id": {"code": 2}}, {"id": {"code": 1}}], [2, 1]),
        ([{"id": {"code": "b "}}], None),
        ([{"id": {"code": "b"}}, {"id": {"code": ""}}], None),
        ([{"id": {"code": "b"}}, {"id": {"code": 1}}], None),
        ([{"id": {"code": True}}], None),
        ([{"id": {"code": "b"}}, {"id": "b"}], None),
        ([{"id.code": "b", "id": {"code": "c"}}], ["b"]),
        ([], []),
    ],
)
def test_keys_are_taken_as_written_only_where_nothing_is_to_be_folded(
    entries: list[Any], keys: list[Any] | None
) -> None:
    collection = Collection(path="rows", title="", keys=(("id.code",),))
    assert keys_as_written(entries, collection) == keys
    if keys:
        tokens = [key_tokens(entry, collection)[0] for entry in entries]
        assert tokens == [(("id.code",), (token(key),)) for key in keys]
