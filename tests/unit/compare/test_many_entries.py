"""Entries by the hundred: what is found a column at a time is what a look at each would find."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.compare.columns import are_flat, only, plain_keys, stated, types_by_name
from monitor.compare.infer import infer_kind
from monitor.compare.written import form, reads_alike

SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)
ENTRIES = st.lists(st.dictionaries(st.sampled_from("abc"), SCALARS | st.lists(SCALARS, max_size=1)))
WRITTEN = st.text("0 1.-aAéß\t", max_size=4) | st.integers(-9, 9) | st.booleans()


def choir(name: str, members: range) -> dict[str, Any]:
    singers = [{"id": f"s{n}", "name": f"Orla Finn {chr(65 + n % 26)} {n}a"} for n in members]
    return {"name": name, "singers": singers}


def described(old: Any, new: Any) -> Any:
    return infer_kind(old, new).kind.collections["choirs.singers"]


@given(ENTRIES)
def test_names_and_types_are_those_of_every_entry(entries: list[dict[str, Any]]) -> None:
    found = types_by_name(entries)
    assert found == {
        name: {type(entry[name]) for entry in entries if name in entry}
        for name in {name for entry in entries for name in entry}
    }
    assert are_flat(entries) == all(list not in types for types in found.values())


@given(ENTRIES)
def test_what_is_stated_under_a_name_keeps_the_order_of_the_entries(
    entries: list[dict[str, Any]],
) -> None:
    values = stated("a", entries)
    assert values == [entry["a"] for entry in entries if "a" in entry]
    assert only(str, values) == [value for value in values if isinstance(value, str)]


@pytest.mark.parametrize("odd", ["s 1 ", "", "s\t1", "é", None, 1.5, True])
def test_a_key_that_may_need_folding_makes_no_column_plain(odd: Any) -> None:
    lists = [[{"id": "s1"}], [{"id": "s2"}, {"id": odd}]]
    assert plain_keys((("id",),), lists) is None
    assert plain_keys((("id",),), lists[:1]) == [["s1"]]
    assert plain_keys((("id",), ("name",)), lists[:1]) is None


@given(WRITTEN, WRITTEN)
def test_values_read_alike_when_their_forms_are_the_same(before: Any, after: Any) -> None:
    one = form(before)
    assert reads_alike(before, after) == (one not in (None, "") and one == form(after))


def test_members_of_many_groups_are_known_whatever_stands_first() -> None:
    old = {"choirs": [choir("Alder", range(600)), choir("Birch", range(300, 900))]}
    new = {"choirs": [choir("Alder", range(20, 620)), choir("Birch", range(310, 900))]}
    found = described(old, new)
    assert found.recurring
    assert found.shared
    for seed in range(3):
        for group in (*old["choirs"], *new["choirs"]):
            Random(seed).shuffle(group["singers"])
        assert described(old, new) == found
        assert described(new, old) == found


def test_numbers_that_only_count_each_list_of_many_are_no_persons() -> None:
    old = {"choirs": [choir("Alder", range(600)), choir("Birch", range(600))]}
    for at, group in enumerate(old["choirs"]):
        for singer in group["singers"]:
            singer["name"] = f"{'Nora' if at else 'Piet'} {singer['name']}"
    assert not described(old, old).recurring


def test_one_list_among_thousands_of_texts_is_a_list() -> None:
    plain: list[dict[str, Any]] = [{"id": n, "note": "none"} for n in range(3000)]
    odd = [*plain[:-1], {"id": 2999, "note": [{"id": "x"}]}]
    assert "entries.note" in infer_kind(plain, odd).kind.collections
