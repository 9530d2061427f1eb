"""docs/negotiation.md: every example is a snapshot that holds, and no list or field is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from monitor.cli.main import group
from monitor.collect.kindfile import load_kind

GUIDE = (Path(__file__).parents[2] / "docs" / "negotiation.md").read_text(encoding="utf-8")
FIRST, *PIECES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
ENVELOPE = "kind: negotiation\nsituation: tarn-water\nas_of: 2025-05-08\ncoverage: partial\n"
SCHEMA: Any = load_kind("negotiation", relative_to=None).schema


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    """The names of all properties, of the keyed lists below them too."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from _fields(inner.get("items", {}))


def _values(schema: Any) -> Iterator[str]:
    """What a writer may choose from in a closed list."""
    if isinstance(schema, dict):
        yield from (value for value in schema.get("enum", ()) if value)
        schema = schema.values()
    elif not isinstance(schema, list):
        return
    for inner in schema:
        yield from _values(inner)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: " ".join(piece.split()[:4]))
def test_an_example_is_a_snapshot_over_the_first_one(piece: str, tmp_path: Path) -> None:
    (tmp_path / "first.yaml").write_text(FIRST)
    (tmp_path / "second.yaml").write_text(ENVELOPE + piece)
    files = [str(tmp_path / "first.yaml"), str(tmp_path / "second.yaml")]
    done = CliRunner().invoke(group, ["check", *files], catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, "")
    told = CliRunner().invoke(group, ["diff", *files, "--format", "json"], catch_exceptions=False)
    assert orjson.loads(told.stdout)["changes"]


@pytest.mark.parametrize("name", sorted(set(_fields(SCHEMA)) - {"id"}))
def test_every_list_and_field_is_explained(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("value", sorted(set(_values(SCHEMA))))
def test_every_word_to_choose_from_stands_in_the_guide(value: str) -> None:
    assert re.search(rf"\b{re.escape(value)}\b", GUIDE)
