"""Versions that came long after their day: history, or a year written wrong."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from typing import Final

from monitor.model.as_of import order
from monitor.pipeline.news import DATES
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.seen import Late, Line, Seen
from monitor.store.records import Learned

SAID_FOR: Final = timedelta(days=7)
"""How long the operator is reminded; who has not taken it out by then means it."""

BULK: Final = 3
"""More than so many that came within a minute are history, brought in on purpose."""

_AT_ONCE: Final = timedelta(minutes=1)


def find_old(program: Program, now: datetime, seen: Seen) -> Iterator[Line]:
    """A line for each version that lies far before what was the latest when it came."""
    limit = program.settings.hold.old
    if limit is None:
        return
    if names := seen.news.of(DATES):
        for name in names:
            seen.late.pop(name, None)
        seen.late |= _look(program, now - SAID_FOR, seen.news.few(names), limit.days)
        seen.news.seen(DATES, *names)
    for name in sorted(seen.late):
        yield from (late.line for late in seen.late[name] if late.at > now - SAID_FOR)


def _look(
    program: Program, since: datetime, names: Collection[str] | None, limit: int
) -> dict[str, tuple[Late, ...]]:
    """Whole lines are read only where something lies far enough before the latest of now."""
    recent = program.store.versions.first_learned_after(since, names)
    latest = program.store.lines.latest(names) if recent else {}
    found: dict[str, tuple[Late, ...]] = {}
    for situation, several in groupby(recent, key=lambda version: version.situation):
        came = tuple(several)
        newest = latest[situation].as_of if situation in latest else ""
        if newest and any(_days(newest, version.as_of) > limit for version in came):
            line = _Latest(program.store.versions.learned(situation))
            if late := tuple(_late(line, came, limit)):
                found[situation] = late
    return found


def _late(line: _Latest, came: Sequence[Learned], limit: int) -> Iterator[Late]:
    days = {version: line.days_late(version) for version in came}
    late = [version for version in came if days[version] > limit]
    times = sorted(version.at for version in late)
    for version in late:
        if not _in_bulk(version, times):
            yield Late(version.at, (f"old:{version.id}", _text(version, days[version])))


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
        return _days(self._latest[before - 1], version.as_of)


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


def _days(later: str, earlier: str) -> int:
    return (_day(later) - _day(earlier)).days


def _day(as_of: str) -> datetime:
    return datetime.fromisoformat(as_of[:10])
