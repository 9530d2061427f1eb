"""Starting up: whole commands on the shipped snapshots, as a ratio to `python -c pass`.

As after an installation: the bytecode is there, so each command runs once before it is measured, in
an environment where Python may write it. The CPU time is what a quiet machine would take.

python -m benchmarks startup [--imports]    --imports also lists the dearest imports
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence

from benchmarks.process import Ran, run
from monitor.data import data_path

RUNS = 15
FLOOR = "python -c pass"
# As the command line imports a command: without looking for garbage meanwhile.
MODULE = "import gc; gc.disable(); import monitor.cli.diff"


def main(arguments: list[str]) -> int:
    talks = data_path("snapshots") / "ukraine-talks"
    sides = [str(talks / "2026-02-05.yaml"), str(talks / "2026-02-17.yaml")]
    commands = {
        FLOOR: ["-c", "pass"],
        "python -c 'import click'": ["-c", "import click"],
        "imports of monitor diff": ["-c", MODULE],
        "monitor --help": ["-m", "monitor", "--help"],
        "monitor diff (talks)": ["-m", "monitor", "diff", *sides],
        "monitor diff --format html": ["-m", "monitor", "diff", *sides, "--format", "html"],
    }
    taken: dict[str, list[Ran]] = {name: [] for name in commands}
    for command in commands.values():
        _run(command)
    # In turns, so that what else the machine does falls on all alike.
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(_run(command))
    _print(taken)
    if "--imports" in arguments:
        _imports()
    return 0


def _run(command: Sequence[str]) -> Ran:
    return run([sys.executable, *command], limit=60, environment=_environment())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _print(taken: Mapping[str, Sequence[Ran]]) -> None:
    wall = {name: [one.seconds or 60.0 for one in runs] for name, runs in taken.items()}
    cpu = {name: [one.cpu for one in runs] for name, runs in taken.items()}
    print(f"{'command':<28}{'median ms':>10}{'x pass':>8}{'CPU ms':>10}{'x pass':>8}")
    for name in taken:
        line = f"{name:<28}"
        for times in (wall, cpu):
            middle = statistics.median(times[name])
            line += f"{middle * 1000:10.0f}{middle / statistics.median(times[FLOOR]):8.1f}"
        print(line)


def _imports() -> None:
    """What each module costs by itself, from `python -X importtime`, the dearest first."""
    command = [sys.executable, "-X", "importtime", "-c", MODULE]
    ran = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", ran.stderr)
    for microseconds, name in sorted(((int(us), name) for us, name in rows), reverse=True)[:30]:
        print(f"{microseconds / 1000:8.1f} ms  {name}")
