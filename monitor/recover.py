"""What was missed, found by asking the tables: a timer that never fired leaves no row.

Every question is about what ought to be there and is not; no flag is trusted. Answers are only
made due again: the next pass does the work, as it does all work.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.pipeline.flow import Memory
from monitor.pipeline.news import ALERT
from monitor.pipeline.program import Program
from monitor.pipeline.say import warn

OVERDUE = timedelta(minutes=10)
"""Longer than the slowest honest pass."""


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
    """A due time long past that no run has moved on."""
    late = program.store.subscriptions.page(due_by=now - OVERDUE)
    overdue = [one for one in late if one.due_at is not None]
    for one in overdue:
        warn("run-missing", f"the digest of {one.spec.who} is overdue")
    return len(overdue)


def _readers(program: Program, memory: Memory, now: datetime) -> int:
    """Readers whom the latest version has not reached although it was judged: judge again."""
    behind = program.store.lines.at_once_behind(None, now=now)
    missed = sorted(behind - memory.seen.news.of(ALERT))
    for situation in missed:
        warn("readers-missed", f"some at-once readers of {situation} are behind; judging again")
        memory.judged.forget(program, situation)
    memory.seen.news.again(ALERT, missed)
    return len(missed)
