"""The shipped situation speaks where there is nothing else, and never in the place of something."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.renewing import Renewal
from monitor.settings import load
from monitor.settings.demo import is_demo

NOW = datetime(2100, 3, 2, 12, tzinfo=UTC)
FERRIES = """\
kind: ferries.kind.yaml
situation: ferries
as_of: 2026-03-01
ferries:
- {id: aurora, quay: north}
"""
KIND = """\
type: object
properties:
  ferries:
    type: array
    x-key: [id]
    items:
      type: object
      properties: {id: {type: string}, quay: {type: string}}
"""


def opened(folder: Path) -> Program:
    return open_program(load(env={}, folder=folder))


def own(folder: Path) -> None:
    (folder / "snapshots").mkdir()
    for name, text in (("ferries.kind.yaml", KIND), ("2026-03-01.yaml", FERRIES)):
        file = folder / "snapshots" / name
        file.write_text(text)
        os.utime(file, (1, 1))


def situations(program: Program) -> list[str]:
    return [row.name for row in program.store.situations.all()]


def test_a_folder_that_is_gone_at_a_start_is_missed_and_not_replaced(tmp_path: Path) -> None:
    own(tmp_path)
    program = opened(tmp_path)
    one_pass(program, Memory(), NOW)
    assert situations(program) == ["ferries"]
    program.store.close()

    (tmp_path / "snapshots").rename(tmp_path / "elsewhere")
    program = opened(tmp_path)
    one_pass(program, Memory(), NOW)
    assert not is_demo(program.settings)
    assert situations(program) == ["ferries"]
    assert "there is no folder" in str(program.store.sources.all()[0].trouble)
    program.store.close()


def test_a_folder_that_is_gone_while_the_settings_are_read_again_is_missed(tmp_path: Path) -> None:
    own(tmp_path)
    program = opened(tmp_path)
    renewal = Renewal(program.settings)
    (tmp_path / "snapshots").rename(tmp_path / "elsewhere")
    added = tmp_path / "config" / "sources.d"
    added.mkdir(parents=True)
    (added / "roll.toml").write_text('[sources.roll]\nfile = "roll.csv"\nsituation = "roll"\n')

    program = renewal.renewed(program, NOW)
    assert sorted(program.settings.sources) == ["roll", "snapshots"]
    assert program.settings.sources["snapshots"].where == "snapshots"
    program.store.close()


def test_a_configuration_that_is_gone_at_a_start_brings_no_demonstration(tmp_path: Path) -> None:
    config = tmp_path / "config" / "monitor.toml"
    config.parent.mkdir()
    config.write_text('[sources.roll]\nfile = "roll.csv"\nsituation = "roll"\n')
    (tmp_path / "roll.csv").write_text("id,name\n1,Aurora\n2,Bore\n")
    os.utime(tmp_path / "roll.csv", (1, 1))
    program = opened(tmp_path)
    one_pass(program, Memory(), NOW)
    program.store.close()

    config.unlink()
    program = opened(tmp_path)
    one_pass(program, Memory(), NOW)
    assert situations(program) == ["roll"]
    program.store.close()


def test_the_demonstration_goes_on_at_its_second_start(tmp_path: Path) -> None:
    for _ in range(2):
        program = opened(tmp_path)
        assert is_demo(program.settings)
        one_pass(program, Memory(), NOW)
        assert situations(program) == ["ukraine-talks"]
        program.store.close()
