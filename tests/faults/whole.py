"""The command as a process of its own in a scene's folder: `monitor run`, on a clock of the scene.

python -m tests.faults.whole BREAKAGE [START MINUTES ROUNDS]

With a start, `monitor run --once` is done so many rounds, each so many minutes after the one
before, as from cron; without one the service runs, on the real clock.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta

from monitor.cli import run
from monitor.cli.main import main
from tests.faults import mistakes


def rounds(start: datetime, minutes: float, number: int) -> None:
    for each in range(number):
        now = start + timedelta(minutes=minutes * each)
        mistakes.put(run, "now", lambda now=now: now)
        done(["run", "--once"])


def done(command: list[str]) -> None:
    """Raises SystemExit unless it ended with 0."""
    try:
        main(command)
    except SystemExit as end:
        if end.code:
            raise


if __name__ == "__main__":
    mistakes.apply(sys.argv[1])
    if os.environ["MONITOR_STORE_URL"].startswith("postgresql"):
        done(["provision"])
    if len(sys.argv) > 2:
        rounds(datetime.fromisoformat(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    else:
        main(["run"])
