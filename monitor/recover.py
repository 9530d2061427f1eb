"""What was missed, found by asking the tables: a timer that never fired leaves no row.

Every question is about what ought to be there and is not; no flag is trusted. Answers are only
made due again: the next pass does the work, as it does all work.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from monitor.pipeline.flow import Memory
from monitor.pipeline.news import ALERT
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn

OVERDUE = timedelta(minutes=10)
"""Longer than the slowest honest pass."""

CHECK: Final = "overdue"

ONE_NODE: Final = timedelta(minutes=4)
"""So long no other node says the same: less than between two looks of one."""


def recover(program: Program, memory: Memory, now: datetime) -> int:
    """Ask for versions never compared, digests never run, readers never told; returns how many."""
    return _comparisons(program, now) + _runs(program, now) + _readers(program, memory, now)


def _comparisons(program: Program, now: datetime) -> int:
    """The pass compares what is owed; what is owed for long fails again and again."""
    late = [one for one in program.store.versions.owed() if now - one.learned_at > OVERDUE]
    for version in late:
        warn("comparison-missing", f"{version.ref.situation} {version.ref.as_of} is not compared")
    return len(late)


def _runs(program: Program, now: datetime) -> int:
    """Due times long past that no run has moved on: one line for all, by one node."""
    late = program.store.measures.waiting(now=now, late_by=now - OVERDUE).late
    longest = program.store.due.longest(now - OVERDUE) if late else None
    # The claim is kept until its lease ends, so that the others are silent.
    if longest is None or not program.store.work.take(CHECK, ("runs",), lease=ONE_NODE):
        return late
    reader, since = longest
    others = f" and {late - 1} more are" if late > 1 else " is"
    said = f"the digest of {reader.who}{others} overdue, the first since {since:%Y-%m-%d %H:%M} UTC"
    warn("run-missing", said, runs=late)
    return late


def _readers(program: Program, memory: Memory, now: datetime) -> int:
    """Readers whom the latest version has not reached although it was judged: judge again."""
    behind = program.store.lines.at_once_behind(None, now=now)
    missed = sorted(behind - memory.seen.news.of(ALERT))
    for situation in missed:
        warn("readers-missed", f"some at-once readers of {situation} are behind; judging again")
        memory.judged.forget(program, situation)
    memory.seen.news.again(ALERT, missed)
    return len(missed)
