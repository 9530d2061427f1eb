"""What a mapping makes of hostile names and rows stays bounded."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.mapping.apply import apply
from monitor.mapping.load import read_mapping
from monitor.mapping.patterns import fits
from monitor.mapping.sheets import Files
from monitor.reading.form import UNDECLARED
from tests.unit.mapping.mapped import KIND, boards


@pytest.mark.parametrize(
    ("pattern", "path", "does"),
    [
        ("data/*.csv", "data/a.csv", True),
        ("data/*.csv", "data/old/a.csv", False),
        ("data/**/*.csv", "data/a.csv", True),
        ("data/**/*.csv", "data/old/er/a.csv", True),
        ("**", "a/b/c", True),
        ("**/b", "a/b/c", False),
        ("a/**", "a", True),
        ("?.csv", "ab.csv", False),
    ],
)
def test_a_pattern_stays_within_a_folder_unless_it_says_any(
    pattern: str,
    path: str,
    does: bool,
) -> None:
    assert fits(pattern.split("/"), path.split("/")) is does


def test_a_pattern_made_to_be_slow_is_not() -> None:
    begun = process_time()
    assert not fits([*["**", "a*"] * 40, "z"], ["a"] * 200)
    assert not fits(["*a" * 40 + "z"], ["a" * 200])
    assert process_time() - begun < 30


@given(st.lists(st.sampled_from(["a", "b"]), max_size=6), st.integers(0, 6), st.integers(0, 6))
def test_any_path_fits_itself_with_steps_taken_out(path: list[str], one: int, two: int) -> None:
    start, end = sorted((one, two))
    assert fits([*path[:start], "**", *path[end:]], path)


def test_rows_that_belong_to_all_entries_are_stopped_at_the_limit() -> None:
    mapping = """
    collections:
      boards: {rows: a.json, id: id}
      boards.members: {rows: b.json, parent: {all: all}, person: id}
    """
    rows = [{"id": f"x{number}", "all": 1} for number in range(300)]
    read = read_mapping(mapping.encode(), name="m", folder=Path(), kind=KIND)
    data = json.dumps(rows).encode()
    files = Files({"a.json": data, "b.json": data}, UNDECLARED, Limits(nodes=5_000))
    with pytest.raises(SnapshotRefused, match="more than 5,000 entries come of these rows"):
        apply(read.spec, files, KIND, day="2031-01-01", place=read.place)


def test_braces_in_a_value_are_no_columns() -> None:
    mapping = 'collections: {boards: {id: id, name: {text: "{a} {b}"}}}'
    rows = [{"id": "x", "a": "{b}", "b": "{a}{id}"}]
    assert boards(mapping, {"rows.json": rows})[0]["name"] == "{b} {a}{id}"


def test_lookups_that_name_each_other_end_where_the_name_ends() -> None:
    mapping = """
    collections: {boards: {rows: a.json, id: id, name: next.next.next.id}}
    lookups: {next: {rows: a.json, key: id, by: to}}
    """
    rows = [{"id": "x", "to": "y"}, {"id": "y", "to": "x"}]
    found = boards(mapping, {"a.json": rows})
    assert [board["name"] for board in found] == ["y", "x"]
