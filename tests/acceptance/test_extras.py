"""Without the packages of an extra the program runs, and says in a line what asks for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.talks import FOLDER

BLOCKED = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"psycopg", "psycopg_binary", "starlette", "uvicorn", "h11"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from monitor.cli.main import main
main(sys.argv[1:])
"""


def bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as it runs where no extra is installed."""
    command = [sys.executable, "-c", BLOCKED, *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def test_files_are_compared(tmp_path: Path) -> None:
    old, new = sorted(FOLDER.glob("*.yaml"))[:2]
    done = bare(tmp_path, "diff", str(old), str(new))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_pass_of_the_service_is_made(tmp_path: Path) -> None:
    assert bare(tmp_path, "init", "desk").returncode == 0
    done = bare(tmp_path / "desk", "run", "--once")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "desk" / "var" / "monitor.db").exists()


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            '[store]\nurl = "postgresql://desk@127.0.0.1/desk"\n',
            "monitor: store.url names PostgreSQL: install monitor[postgresql]",
        ),
        (
            "[web]\nenabled = true\nport = 0\n",
            "monitor: web.enabled asks for pages: install monitor[web]",
        ),
    ],
)
def test_what_asks_for_an_extra_says_so_in_a_line(tmp_path: Path, settings: str, line: str) -> None:
    (tmp_path / "monitor.toml").write_text(settings)
    done = bare(tmp_path, "--config", "monitor.toml", "run")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == line
    assert "Traceback" not in done.stderr
