"""Starting up: whole commands on the shipped snapshots, as a ratio to `python -c pass`.

python -m benchmarks startup [--imports]    --imports also lists the dearest imports
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys

from benchmarks.process import run
from monitor.data import data_path

RUNS = 15
MODULE = "import monitor.cli.diff"


def main(arguments: list[str]) -> int:
    talks = data_path("snapshots") / "ukraine-talks"
    sides = [str(talks / "2026-02-05.yaml"), str(talks / "2026-02-17.yaml")]
    commands = {
        "python -c pass": ["-c", "pass"],
        "python -c 'import click'": ["-c", "import click"],
        "imports of monitor diff": ["-c", MODULE],
        "monitor --help": ["-m", "monitor", "--help"],
        "monitor diff (talks)": ["-m", "monitor", "diff", *sides],
        "monitor diff --format html": ["-m", "monitor", "diff", *sides, "--format", "html"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    # In turns, so that what else the machine does falls on all alike.
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(run([sys.executable, *command], limit=60).seconds or 60.0)
    floor = statistics.median(taken["python -c pass"])
    print(f"{'command':<28}{'median ms':>10}{'x pass':>8}{'fastest ms':>12}")
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{name:<28}{middle * 1000:10.0f}{middle / floor:8.1f}{min(times) * 1000:12.0f}")
    if "--imports" in arguments:
        _imports()
    return 0


def _imports() -> None:
    """What each module costs by itself, from `python -X importtime`, the dearest first."""
    command = [sys.executable, "-X", "importtime", "-c", MODULE]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", said)
    for microseconds, name in sorted(((int(us), name) for us, name in rows), reverse=True)[:30]:
        print(f"{microseconds / 1000:8.1f} ms  {name}")
