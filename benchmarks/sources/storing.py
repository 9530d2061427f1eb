"""A list of 300 kB over 1,000 days: taken in, compared and stored, and read back.

The goals: 90 s of processor time, 15 MB, and the last version costs what the first did.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.mail_sample import databases
from benchmarks.sources.register import KIND, days
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.settings import load

CONFIG = '[sources.register]\nfolder = "snapshots"\ninterval = "1s"\n'
GOAL_SECONDS, GOAL_BYTES = 90.0, 15_000_000  # for 1,000 versions


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--versions", type=int, default=1000, help="of the list, one a day")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")


def measure(chosen: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, databases(Path(folder)) as fresh:
        for sort, make in fresh.items():
            _one(sort, make(), Path(folder) / sort, chosen)
    return 0


def _one(sort: str, url: str, folder: Path, chosen: argparse.Namespace) -> None:
    raw = _write(folder, chosen.versions)
    environment = {"MONITOR_STORE_URL": url, "MONITOR_SECRET": "of the benchmark"}
    program = open_program(load(folder / "config" / "monitor.toml", env=environment))
    with _profiled(on=chosen.profile):
        steps = _take_in(program, chosen.versions)
    size, share = _stored(program)
    seconds = sum(steps)
    print(f"\n{sort}: {chosen.versions} versions, {raw / 1e6:.1f} MB of files")
    print(
        f"  processor time   {seconds:8.1f} s    goal {GOAL_SECONDS * chosen.versions / 1000:.0f}"
    )
    first, last = _each(steps[1:3]), _each(steps[-4:-1])
    print(f"  a version        {first:>8} ms at the beginning, {last} at the end")
    print(f"  stored in blobs  {share / 1e6:8.2f} MB   {share / raw:.1%} of the files")
    print(
        f"  whole database   {size / 1e6:8.2f} MB   {size / raw:.1%}; goal {_goal(chosen):.0f} MB"
    )
    print(f"  read back        {_read_back(program)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory      {peak:8.0f} MB", flush=True)
    program.store.close()


def _goal(chosen: argparse.Namespace) -> float:
    return GOAL_BYTES / 1e6 * float(chosen.versions) / 1000


def _write(folder: Path, versions: int) -> int:
    """Bytes of all files together, a file a day."""
    (folder / "snapshots").mkdir(parents=True)
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    (folder / "snapshots" / "register.kind.yaml").write_text(KIND)
    before, raw = time.time() - 60, 0
    for day, data in days(versions):
        path = folder / "snapshots" / f"{day}.json"
        path.write_bytes(data)
        os.utime(path, (before, before))
        raw += len(data)
    return raw


def _take_in(program: Program, versions: int) -> list[float]:
    """Seconds of processor time per pass of a hundred; the last may have less."""
    memory, now = Memory(), datetime.now(UTC)
    steps: list[float] = []
    while len(program.store.versions.history("register") if steps else ()) < versions or (
        program.store.versions.owed()
    ):
        now += timedelta(seconds=5)
        began = time.process_time()
        one_pass(program, memory, now)
        steps.append(time.process_time() - began)
        if len(steps) > versions // 50 + 5:
            sys.exit("the passes take nothing in any more")
    return steps


def _each(steps: list[float]) -> str:
    return f"{statistics.mean(steps) * 10:.0f}" if steps else "-"


def _stored(program: Program) -> tuple[int, int]:
    """Bytes of the whole database, and of the blobs in it."""
    with program.store._database.write() as connection:
        blobs = int(connection.execute(text("SELECT sum(length(data)) FROM blobs")).scalar_one())
        if not program.store.is_sqlite:
            whole = text("SELECT pg_database_size(current_database())")
            return int(connection.execute(whole).scalar_one()), blobs
    with program.store._database.raw() as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return sum(file.stat().st_size for file in program.store.files()), blobs


def _read_back(program: Program) -> str:
    took = []
    for version in program.store.versions.history("register"):
        began = time.process_time()
        program.store.versions.state(version.id)
        took.append(1000 * (time.process_time() - began))
    return f"{statistics.median(took):8.1f} ms of processor time, parsed"


@contextmanager
def _profiled(*, on: bool) -> Iterator[None]:
    if not on:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)
