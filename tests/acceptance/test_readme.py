"""The README's tour is real: its commands are run, and what they print is compared."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
# Times of day and days of learning differ with each run; everything else must not.
MOMENT = re.compile(
    r"\d{1,2} [A-Z][a-z]+ 2\d{3}, \d\d:\d\d UTC|\d{4}-\d\d-\d\d \d\d:\d\d(?=\s)|sqlite:\S+"
)


def shown() -> list[tuple[str, str]]:
    """Each command of the README that is shown with its output."""
    pairs = []
    for block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("monitor ") and output.strip():
                pairs.append((command, output))
    return pairs


def spoken(text: str) -> list[str]:
    lines = (MOMENT.sub("<moment>", line.rstrip()) for line in text.strip().splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one pass over the shipped snapshots has been made."""
    folder = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "snapshots", folder / "snapshots")
    run("monitor run --once", folder)
    return folder


def run(command: str, folder: Path) -> str:
    program = Path(sys.executable).with_name("monitor")
    arguments = [str(program), *shlex.split(command)[1:]]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readme_shows_what_commands_print() -> None:
    assert len(shown()) >= 4


@pytest.mark.parametrize(("command", "output"), shown(), ids=lambda value: value[:40])
def test_a_command_of_the_tour_prints_what_the_readme_shows(
    tour: Path, command: str, output: str
) -> None:
    said, printed = spoken(output), spoken(run(command, tour))
    if said[-1] == "...":
        said = said[:-1]
        printed = printed[: len(said)]
    assert printed == said
