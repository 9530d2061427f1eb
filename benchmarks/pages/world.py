"""A desk that pages are asked of: a register of many versions, one of which waits."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.sources.register import KIND, days
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.provision import start
from monitor.settings import load
from monitor.web.passwords import hashed

PASSWORD = "correct horse 1"
NAME = "desk"

CONFIG = """
[sources.register]
folder = "snapshots"
interval = "1s"

[web]
port = 0

[[subscriptions]]
address = "ana@example.org"
situations = ["register"]
"""

ENVIRONMENT = {"MONITOR_SECRET": "of the benchmark, and long enough"}


def fill(folder: Path, versions: int, entries: int) -> None:
    """A version a day. The last one lies ahead of its day, so that a person is asked about it."""
    (folder / "snapshots").mkdir(parents=True)
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    (folder / "snapshots" / "register.kind.yaml").write_text(KIND)
    ahead = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
    for number, (day, data) in enumerate(days(versions + 1, entries=entries)):
        named = ahead if number == versions else day
        path = folder / "snapshots" / f"{named}.json"
        path.write_bytes(data.replace(day.encode(), named.encode(), 1))
        long_ago = time.time() - 3600
        os.utime(path, (long_ago, long_ago))
    program = opened(folder)
    _take_in(program, versions)
    program.store.people.add(
        NAME,
        role="admin",
        password=hashed(PASSWORD),
        address="ana@example.org",
        now=datetime.now(UTC),
    )
    program.store.close()


def opened(folder: Path) -> Program:
    settings = load(str(folder / "config" / "monitor.toml"), env=ENVIRONMENT)
    return start(open_program(settings), datetime.now(UTC))


def _take_in(program: Program, versions: int) -> None:
    memory, now = Memory(), datetime.now(UTC)
    for _ in range(versions // 50 + 20):
        now += timedelta(seconds=5)
        one_pass(program, memory, now)
        if len(program.store.versions.history("register")) >= versions and not (
            program.store.versions.owed()
        ):
            break
    # A day later there is a digest.
    one_pass(program, memory, now + timedelta(days=1))
    program.store.nodes.stop(now=now)
