"""docs/kinds.md: what it shows works, and nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from monitor.cli.main import group
from monitor.kinds.kind import ENVELOPE
from monitor.kinds.vocabulary import ALL

GUIDE = (Path(__file__).parents[2] / "docs" / "kinds.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
SENTENCES = re.findall(r"```\n(Jo Lund .*?)\n```", GUIDE)


def diff(folder: Path, before: str, after: str) -> tuple[int, str]:
    (folder / "kind.yaml").write_text(BLOCKS[0])
    (folder / "old.yaml").write_text(before)
    (folder / "new.yaml").write_text(after)
    arguments = ["diff", f"{folder}/old.yaml", f"{folder}/new.yaml", "--format", "json"]
    done = CliRunner().invoke(group, arguments, catch_exceptions=False)
    (finding,) = orjson.loads(done.stdout)["findings"]
    return done.exit_code, finding["sentence"]


def test_the_kind_of_the_guide_has_twenty_lines_and_says_what_the_guide_says(
    tmp_path: Path,
) -> None:
    kind, first = BLOCKS
    assert kind.count("\n") == 20
    second = first.replace("02-05", "02-19").replace("leader", "x").replace("tutti", "leader")
    code, sentence = diff(tmp_path, first, second.replace("desk: x", "desk: tutti"))
    assert code == 0
    assert SENTENCES[0].startswith(sentence)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_annotation_is_explained(name: str) -> None:
    assert f"`{name}" in GUIDE


@pytest.mark.parametrize("key", ENVELOPE)
def test_every_key_of_the_envelope_is_explained(key: str) -> None:
    assert f"| `{key}` |" in GUIDE
