"""`monitor diff`: paths that it prints are paths that it takes, and patches between forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonpatch
import pytest
from click.testing import CliRunner

from monitor.cli.diff import command

FERRIES = [
    {"id": 1, "name": "Gull", "crew": {"mate": "Ann Orr"}, "c.d": 1},
    {"id": 2, "name": "Tern", "crew": {"mate": "Bo Pike"}, "c.d": 1},
]


def run(tmp_path: Path, old: Any, new: Any, *more: str) -> Any:
    files = []
    for name, side in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(side if isinstance(side, str) else json.dumps(side))
        files.append(str(tmp_path / name))
    return CliRunner().invoke(command, [*files, *more], obj={"config": None})


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("field", ["name", "crew.mate", '"c.d"'])
def test_a_printed_path_of_a_field_is_taken(tmp_path: Path, field: str, wrapped: bool) -> None:
    new = json.loads(json.dumps(FERRIES))
    new[1] |= {"name": "Skua", "c.d": 2, "crew": {"mate": "Cy Rudd"}}
    old: Any = FERRIES
    if wrapped:
        old, new = {"ferries": old, "v": 1}, {"ferries": new, "v": 1}
    path = f"{'ferries' if wrapped else 'entries'}[2].{field}"
    found = run(tmp_path, old, new, "--only", path)
    assert found.exit_code == 0, found.output
    assert "Skua" in found.output


def test_a_path_of_nothing_is_refused(tmp_path: Path) -> None:
    found = run(tmp_path, FERRIES, FERRIES, "--only", "entries[2].captain")
    assert found.exit_code != 0


TABLE = "id,name,boats\n1,Gull,5\n2,Tern,\n"
ROWS = [{"id": 1, "name": "Gull", "boats": 4}, {"id": 2, "name": "Tern", "boats": None}]


@pytest.mark.parametrize("turned", [True, False])
def test_a_patch_between_a_table_and_json_is_to_the_letter(tmp_path: Path, turned: bool) -> None:
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "d.json").write_text(json.dumps(ROWS))
    files = [str(tmp_path / "t.csv"), str(tmp_path / "d.json")]
    done = CliRunner().invoke(
        command,
        [*(files[::-1] if turned else files), "--format", "jsonpatch"],
        obj={"config": None},
    )
    read = [{"id": "1", "name": "Gull", "boats": "5"}, {"id": "2", "name": "Tern"}]
    old, new = (ROWS, read) if turned else (read, ROWS)
    patch = json.loads(done.stdout)
    assert json.dumps(jsonpatch.apply_patch(old, patch), sort_keys=True) == json.dumps(
        new, sort_keys=True
    )
