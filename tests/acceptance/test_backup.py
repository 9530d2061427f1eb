"""`monitor backup`, as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli.main import group, main


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "monitor.toml"
    path.parent.mkdir()
    path.write_text('[store]\nurl = "sqlite:///var/monitor.db"\n')
    return path


def test_it_writes_a_copy_and_says_where(config: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    result = CliRunner().invoke(group, ["--config", str(config), "backup", str(target)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{target}: ")
    assert target.read_bytes().startswith(b"SQLite format 3")


def test_it_never_overwrites(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(SystemExit) as left:
        main(["--config", str(config), "backup", str(target)])
    assert left.value.code == 2
    expected = f"monitor: {target} exists already; choose another name\n"
    assert capsys.readouterr().err == expected
    assert target.read_text() == "precious"
