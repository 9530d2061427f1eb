"""jq as it runs: apart, bounded in time, and without files, environment or clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.collect.limits import Limits
from monitor.errors import MappingError, SnapshotRefused
from monitor.mapping.apply import apply
from monitor.mapping.jq_program import run
from monitor.mapping.load import read_mapping
from monitor.mapping.sheets import Files
from monitor.reading.form import UNDECLARED
from tests.reading import kind_of


@pytest.mark.parametrize(
    ("program", "made"),
    [
        (".items | map(.id)", [1, 2]),
        (".items[]", [{"id": 1}, {"id": 2}]),
        ('{n: (.items | length), t: "now"}', {"n": 2, "t": "now"}),
    ],
)
def test_a_document_is_put_into_another_form(program: str, made: Any) -> None:
    assert run(program, {"items": [{"id": 1}, {"id": 2}]}, where="m:1:1") == made


@pytest.mark.parametrize(
    "program",
    [
        'import "/etc/passwd" as $x; .',
        'include "x"; .',
        "$ENV.HOME",
        "env",
        "now | todate",
        "input_filename",
        "[inputs]",
        "halt",
    ],
)
def test_what_asks_for_more_than_the_document_is_refused(program: str) -> None:
    with pytest.raises(MappingError, match=r"m:1:1: jq: .* asks for more than the document"):
        run(program, {}, where="m:1:1")


def test_a_hidden_way_to_the_environment_finds_nothing() -> None:
    assert run('"\\(env | keys - ["LC_CTYPE"] | length)"', {}, where="m:1:1") == "0"


@pytest.mark.parametrize("program", [".a.b.c", "map(", "error"])
def test_a_program_that_fails_says_so_in_a_line(program: str) -> None:
    with pytest.raises(MappingError) as caught:
        run(program, {"a": "text"}, where="m:1:1")
    assert str(caught.value).startswith("m:1:1: jq: ")
    assert "\n" not in str(caught.value)


def test_a_program_without_end_is_stopped() -> None:
    with pytest.raises(SnapshotRefused, match=r"jq: not done after 0\.5 seconds"):
        run("def f: f; f", {}, where="m:1:1", seconds=0.5)


def test_a_program_that_wants_all_memory_is_stopped() -> None:
    with pytest.raises((MappingError, SnapshotRefused), match="jq: "):
        run('[range(1e9)] | map("\\(.)") | join("x")', {}, where="m:1:1", seconds=1)


def _mapped(mapping: str, files: dict[str, Any]) -> Any:
    kind = kind_of("properties: {boards: {x-key: [id], items: {properties: {id: {}, n: {}}}}}")
    read = read_mapping(mapping.encode(), name="m.map.yaml", folder=Path(), kind=kind)
    data = {name: json.dumps(value).encode() for name, value in files.items()}
    held = Files(data, UNDECLARED, Limits())
    return apply(read.spec, held, kind, day="2031-01-01", place=read.place).document


def test_a_mapping_puts_its_only_file_into_another_form_first() -> None:
    mapping = """
    jq: '.items | to_entries | map({id: .value, n: .key})'
    collections: {boards: {id: id, n: n}}
    """
    assert _mapped(mapping, {"a.json": {"items": ["x", "y"]}}) == {
        "boards": [{"id": "x", "n": 0}, {"id": "y", "n": 1}]
    }
    with pytest.raises(MappingError, match=r"m.map.yaml:2:5: jq: there are 2 files"):
        _mapped(mapping, {"a.json": {}, "b.json": {}})


def test_rows_come_of_a_program_where_they_say_one() -> None:
    mapping = """
    collections: {boards: {rows: {file: a.json, jq: "map(select(.n > 1))"}, id: id}}
    """
    assert _mapped(
        mapping, {"a.json": [{"id": "x", "n": 1}, {"id": "y", "n": 2}], "b.json": 1}
    ) == {"boards": [{"id": "y"}]}


def test_what_a_program_makes_has_the_limits_of_what_is_read() -> None:
    with pytest.raises(SnapshotRefused, match="beyond the limits"):
        run("[range(2000)]", {}, where="m:1:1", limits=Limits(nodes=1000))
