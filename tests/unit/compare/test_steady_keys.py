"""What a list is matched by: ids before names, and the same through all versions of one history."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.compare.comparison import compare
from monitor.compare.infer import infer_kind
from monitor.model.comparison import State, VersionRef
from monitor.words.wording import sentence

Rows = list[dict[str, Any]]


def key_of(old: Any, new: Any) -> tuple[str, ...]:
    keys = infer_kind(old, new).kind.collections["entries"].keys
    return keys[-1] if keys else ()


def rows(count: int = 12, *, fields: dict[str, Callable[[int], str]]) -> Rows:
    return [
        {"name": f"Person {n} of Town", **{name: make(n) for name, make in fields.items()}}
        for n in range(count)
    ]


def code(n: int) -> str:
    return f"K{n:03}x"


@pytest.mark.parametrize(
    "name",
    [
        "bioguide", "UniqueId", "person_id", "memberID", "uuid", "code", "ref", "wikidata",
        "isoCode", "customer-ref", "national_key", "iso_3166_code", "Slug", "doi",
    ],
)  # fmt: skip
def test_a_field_called_like_an_id_goes_before_name(name: str) -> None:
    old = rows(fields={name: code})
    new = [*old[1:], *rows(14, fields={name: code})[12:]]
    new[3] = {**new[3], "name": "Person under another name"}
    assert key_of(old, new) == (name,)


@pytest.mark.parametrize("name", ["party_id", "country_code", "session_id"])
def test_one_that_many_share_or_that_is_new_each_time_does_not(name: str) -> None:
    old = rows(fields={name: lambda n: f"s{n}" if name == "session_id" else f"p{n % 3}"})
    new = rows(fields={name: lambda n: f"t{n}" if name == "session_id" else f"p{n % 3}"})
    assert key_of(old, new) == ("name",)


def test_ids_inside_an_object_are_ids() -> None:
    def made(n: int) -> Rows:
        return [{"name": f"Person {at}", "ids": {"wd": code(at), "n": at % 2}} for at in range(n)]

    assert key_of(made(8), made(9)) == ("ids.wd",)


def test_a_number_of_the_row_is_no_key_where_a_text_is() -> None:
    old = [{"rank": n, "title": f"Song {n}"} for n in range(1, 9)]
    new = [{"rank": n, "title": f"Song {n + 1}"} for n in range(1, 9)]
    assert key_of(old, new) == ("title",)


HISTORY = st.fixed_dictionaries(
    {
        "key": st.sampled_from(["id", "bioguide", "name", "title", "start"]),
        "count": st.integers(20, 40),
        "seed": st.integers(0, 10_000),
    }
)


def spoilt(random: Random, version: Rows, key: str) -> Rows:
    """A next version: some come and go, some change, and one entry is dirty."""
    made = copy.deepcopy(version)
    del made[random.randrange(len(made))]
    made.append({**made[0], key: f"new {random.random()}", "note": f"n {random.random()}"})
    random.choice(made)["town"] = random.choice("ABC")
    dirty = random.choice(made)
    sort = random.randrange(4)
    if sort == 0:
        made.append(dict(dirty))
    elif sort == 1:
        dirty[key] = None
    elif sort == 2:
        dirty.pop(key)
    random.shuffle(made)
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(HISTORY)
def test_one_history_is_matched_by_one_field_throughout(history: dict[str, Any]) -> None:
    random, key = Random(history["seed"]), history["key"]
    clean = [
        {key: f"{key} {n} {n * 7}", "town": "ABC"[n % 3], "note": f"n {random.random()}"}
        for n in range(history["count"])
    ]
    found = set()
    version = clean
    for _ in range(6):
        # Each is as clean as the first but for what one step spoils.
        after = spoilt(random, clean, key)
        found.add(key_of(version, after))
        version = after
    assert found == {(key,)}


def test_a_long_id_is_cut_in_its_middle_wherever_it_is_said() -> None:
    long = "begin" + "x" * 3000
    old = [{"id": f"{long}1", "v": "a"}, {"id": f"{long}2", "v": 1}, {"id": "c", "v": 1}]
    new = [{"id": f"{long}1", "v": "b"}, {"id": f"{long}3", "v": 1}, {"id": "c", "v": 1}]
    ref = VersionRef(situation="", as_of="", content_hash="")
    found = infer_kind(old, new)
    before, after = State(ref=ref, document=found.old), State(ref=ref, document=found.new)
    said = [sentence(each) for each in compare(before, after, found.kind).findings]
    assert len(said) == 3
    assert all(len(words) < 220 for words in said)
    assert any("begin" in words and "x1: v changes from a to b" in words for words in said)


def test_a_note_cuts_the_id_that_stands_twice() -> None:
    rows = [{"id": "y" * 3000}, {"id": "y" * 3000}, *({"id": n} for n in range(8))]
    (note,) = infer_kind(rows, rows[1:]).notes
    assert len(note) < 200
