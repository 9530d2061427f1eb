"""The published schemas: current, valid, and true of what the program takes and prints."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import orjson
import pytest
from click.testing import CliRunner

from monitor.cli.main import group
from monitor.collect.kindfile import load_kind, shipped_kinds
from monitor.collect.reader import read_document
from monitor.compare.rules import RULES
from monitor.kinds.published import published_schema, snapshot_schema
from monitor.kinds.vocabulary import ALL
from monitor.model.said import Observed, Said
from monitor.model.shapes import SHAPES
from tests.reading import CLUB, content, kind_of

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "schemas"
SNAPSHOTS = sorted((ROOT / "snapshots").glob("*/*.yaml"))
KINDS = [
    *sorted((ROOT / "monitor" / "kinds").glob("*.yaml")),
    *sorted((ROOT / "examples").glob("*/kind.yaml")),
]
PRINTED = {
    "kind.schema.json": ["schema", "kind"],
    "diff.schema.json": ["schema", "diff"],
    "webhook.schema.json": ["schema", "webhook"],
    **{f"{name}.snapshot.schema.json": ["schema", "snapshot", name] for name in shipped_kinds()},
}


def document(file: Path) -> Any:
    return read_document(file.read_bytes(), name=file.name).document


def faults(schema: Any, instance: Any) -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(schema)
    return [f"{error.instance_path} {error.message}" for error in validator.iter_errors(instance)]


@pytest.mark.parametrize("name", PRINTED)
def test_the_published_file_is_what_the_command_prints(name: str) -> None:
    printed = CliRunner().invoke(group, PRINTED[name], catch_exceptions=False)
    assert printed.exit_code == 0
    assert (PUBLISHED / name).read_text() == printed.stdout


def test_nothing_else_is_published() -> None:
    assert {file.name for file in PUBLISHED.iterdir()} == set(PRINTED)


@pytest.mark.parametrize("file", KINDS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_schema_of_kinds_fits_every_kind(file: Path) -> None:
    assert faults(published_schema("kind"), document(file)) == []


def test_the_schema_of_kinds_describes_every_annotation() -> None:
    described = {name for name in published_schema("kind")["properties"] if name.startswith("x-")}
    assert described == ALL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x-key: [id]", "x-key: 5"),
        ("x-key: [person]", "x-key: []"),
        ("single: [captain]", "singel: [captain]"),
        ("{low: min, high: max, unit: unit}", "{low: min}"),
        ("x-ref: people", "x-ref: 5"),
        ("type: integer", "type: whole"),
    ],
)
def test_the_schema_of_kinds_finds_faults_at_any_depth(old: str, new: str) -> None:
    assert old in CLUB
    assert faults(published_schema("kind"), content(CLUB.replace(old, new))) != []


@pytest.mark.parametrize("file", SNAPSHOTS, ids=lambda file: file.stem)
def test_the_schema_of_snapshots_fits_every_shipped_one(file: Path) -> None:
    assert faults(snapshot_schema(load_kind("negotiation")), document(file)) == []


ENVELOPE = "kind: club\nsituation: c\nas_of: 2026-02-15\n"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("motto: x", True),
        ("moto: x", False),
        ("people: [{id: a}]", False),
        ("coverage: partial\npeople: [{id: a}]", True),
        ("coverage: partial\npeople: [{id: a, nicknames: null, x-removed: true}]", True),
        ("coverage: partial\npeople: [{id: a, nam: b}]", False),
        ("coverage: partial\npeople: [{id: a, name: 5}]", False),
        ("coverage: [people]\npeople: []", True),
        ("coverage: some", False),
        ("teams: [{sport: x, season: 1, players: [{person: a, role: head}]}]", False),
    ],
)
def test_the_schema_of_snapshots_knows_full_and_partial(text: str, fits: bool) -> None:
    assert (faults(snapshot_schema(kind_of()), content(ENVELOPE + text)) == []) is fits


def test_a_snapshot_without_its_envelope_does_not_fit() -> None:
    assert len(faults(snapshot_schema(kind_of()), {"motto": "x"})) == 3


def test_references_of_a_kind_are_still_followed() -> None:
    kind = kind_of("""\
        properties:
          things: {type: array, x-key: [id], items: {$ref: "#/$defs/thing"}}
        $defs:
          thing: {type: object, required: [id], properties: {id: {type: string}}}
        """)
    schema = snapshot_schema(kind)
    assert len(faults(schema, content(ENVELOPE + "things: [{id: 5}]"))) == 1
    assert faults(schema, content(ENVELOPE + "coverage: partial\nthings: [{id: null}]")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("2026-02-05", "2026-02-17"), ("2026-01-22", "2026-01-24"), ("2026-02-17", "2026-02-05")],
)
def test_the_output_of_a_diff_fits_its_schema(old: str, new: str) -> None:
    folder = ROOT / "snapshots" / "ukraine-talks"
    arguments = ["diff", f"{folder}/{old}.yaml", f"{folder}/{new}.yaml", "--format", "json"]
    printed = CliRunner().invoke(group, arguments, catch_exceptions=False)
    output = orjson.loads(printed.stdout)
    assert output["changes"]
    assert faults(published_schema("diff"), output) == []
    broken = json.loads(json.dumps(output))
    broken["changes"][0]["op"] = "moved"
    assert faults(published_schema("diff"), broken) != []


def test_the_output_without_a_kind_fits_too(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('[{"id": 1, "a": 1}, {"id": 2}]')
    new.write_text('[{"id": 1, "a": 2}, {"id": 3}]')
    printed = CliRunner().invoke(
        group, ["diff", str(old), str(new), "--format", "json"], catch_exceptions=False
    )
    output = orjson.loads(printed.stdout)
    assert len(output["changes"]) == 3
    assert faults(published_schema("diff"), output) == []


def test_every_rule_and_every_shape_of_what_it_says_is_published() -> None:
    shapes = {shape for several in SHAPES.values() for shape in several}
    assert set(SHAPES) == set(RULES)
    assert shapes == {*get_args(Said), *get_args(Observed)}


def test_arguments_of_another_shape_do_not_fit() -> None:
    folder = ROOT / "snapshots" / "ukraine-talks"
    command = ["diff", f"{folder}/2026-02-05.yaml", f"{folder}/2026-02-17.yaml", "--format", "json"]
    output = orjson.loads(CliRunner().invoke(group, command, catch_exceptions=False).stdout)
    joined = next(each for each in output["findings"] if "role" in each["arguments"])
    joined["arguments"]["rolle"] = joined["arguments"].pop("role")
    assert faults(published_schema("diff"), output) != []


@pytest.mark.parametrize("folder", ["snapshots/ukraine-talks", "examples/cabinet"])
def test_whatever_any_two_versions_say_fits_the_shapes(folder: str) -> None:
    schema = jsonschema_rs.Draft202012Validator(published_schema("diff"))
    files = sorted((ROOT / folder).glob("20*.yaml"))
    whole = [file for file in files if "coverage: partial" not in file.read_text()]
    for old, new in permutations(whole, 2):
        command = ["diff", str(old), str(new), "--format", "json"]
        output = orjson.loads(CliRunner().invoke(group, command, catch_exceptions=False).stdout)
        assert [error.message for error in schema.iter_errors(output)] == []
    assert len(whole) > 1
