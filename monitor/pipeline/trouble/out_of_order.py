"""Versions that came long after their day: history, or a year written wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from monitor.model.as_of import order
from monitor.pipeline.program import Program
from monitor.store.records import Version

SAID_FOR: Final = timedelta(days=7)
"""How long the operator is reminded; who has not taken it out by then means it."""

BULK: Final = 3
"""More than so many that came within a minute are history, brought in on purpose."""

_AT_ONCE: Final = timedelta(minutes=1)


def find_old(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    """A line for each version that lies far before what was the latest when it came."""
    limit = program.settings.hold.old
    if limit is None:
        return
    recent = program.store.versions.first_learned_after(now - SAID_FOR)
    for situation, came in groupby(recent, key=lambda version: version.ref.situation):
        line = program.store.versions.every(situation)
        late = [each for each in came if _days_late(each, line) > limit.days]
        for version in late:
            if not _in_bulk(version, late):
                yield f"old:{version.id}", _text(version, _days_late(version, line))


def _days_late(version: Version, line: Sequence[Version]) -> int:
    """Days from its as_of to the latest that counted for more than a moment when it came: what
    comes together with a situation's first versions is its history."""
    learned = _learned(version)
    before = [
        each.ref.as_of
        for each in line
        if each.state == "current" and each.held is None and _learned(each) < learned - _AT_ONCE
    ]
    if not before:
        return 0
    latest = max(before, key=order)
    return (_day(latest) - _day(version.ref.as_of)).days


def _in_bulk(version: Version, late: Sequence[Version]) -> bool:
    learned = _learned(version)
    beside = [each for each in late if abs(_learned(each) - learned) <= _AT_ONCE]
    return len(beside) > BULK


def _text(version: Version, days: int) -> str:
    name = f"{version.ref.situation}@{version.ref.as_of}"
    return (
        f"{version.ref.situation} as of {version.ref.as_of} was taken in as history, {days} days "
        f"before the latest; if its date is a slip: monitor withdraw {name} --reason TEXT"
    )


def _learned(version: Version) -> datetime:
    assert version.ref.learned_at is not None
    return datetime.fromisoformat(version.ref.learned_at)


def _day(as_of: str) -> datetime:
    return datetime.fromisoformat(as_of[:10])
