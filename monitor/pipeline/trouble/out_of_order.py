"""Versions that came long after their day: history, or a year written wrong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from typing import Final

from monitor.model.as_of import order
from monitor.pipeline.program import Program
from monitor.store.records import Learned

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
    for situation, came in groupby(recent, key=lambda version: version.situation):
        line = _Latest(program.store.versions.learned(situation))
        days = {version: line.days_late(version) for version in came}
        late = [version for version in days if days[version] > limit.days]
        times = sorted(version.at for version in late)
        for version in late:
            if not _in_bulk(version, times):
                yield f"old:{version.id}", _text(version, days[version])


class _Latest:
    """What was the latest when something came."""

    def __init__(self, line: Sequence[Learned]) -> None:
        known = sorted(line, key=lambda version: version.at)
        self._times = [version.at for version in known]
        self._latest = list(accumulate((version.as_of for version in known), _later))

    def days_late(self, version: Learned) -> int:
        """Days from its as_of to the latest that counted for more than a moment when it came: what
        comes together with a situation's first versions is its history."""
        before = bisect_left(self._times, version.at - _AT_ONCE)
        if not before:
            return 0
        return (_day(self._latest[before - 1]) - _day(version.as_of)).days


def _later(one: str, other: str) -> str:
    return max(one, other, key=order)


def _in_bulk(version: Learned, times: Sequence[datetime]) -> bool:
    """Whether more than a few of these `times`, ascending, lie within a moment of it."""
    first = bisect_left(times, version.at - _AT_ONCE)
    return bisect_right(times, version.at + _AT_ONCE) - first > BULK


def _text(version: Learned, days: int) -> str:
    name = f"{version.situation}@{version.as_of}"
    return (
        f"{version.situation} as of {version.as_of} was taken in as history, {days} days "
        f"before the latest; if its date is a slip: monitor withdraw {name} --reason TEXT"
    )


def _day(as_of: str) -> datetime:
    return datetime.fromisoformat(as_of[:10])
