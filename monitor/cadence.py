"""When a subscription is due: local times in IANA zones, right over every change of the clocks.

A local time that a clock change skips is read with the offset before the gap, and one that comes
twice means the first (RFC 5545, 3.3.5): with clocks going from 02:00 to 03:00, `daily 02:30` runs
at 03:30. Slots are instants in UTC; the next begins where the last ended, so nothing is missed or
told twice. The clock is always an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from monitor.model.record import Record
from monitor.model.subscription import Quiet

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MISSED_LIMIT: Final = 1000
"""How far missed slots are counted; an hourly cadence down for a year has more than matter."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Slot(Record):
    """The latest due instant, and how many were due since the last run: one run answers them all.

    `first` is the earliest of them; its age tells how long the reader has heard nothing.
    """

    at: datetime
    first: datetime
    missed: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """A parsed cadence. `at` is the local time of daily and weekly, `weekday` 0 is Monday."""

    every: Literal["at-once", "hourly", "daily", "weekly", "cron"]
    at: time = time()
    weekday: int = 0
    expression: str = ""


def parse(text: str) -> Cadence:
    """Raises ValueError that says what was expected."""
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if word in ("at-once", "hourly") and not rest:
        return Cadence("at-once" if word == "at-once" else "hourly")
    if word == "daily":
        return Cadence("daily", _clock(rest, text))
    if word == "weekly":
        name, _, clock = rest.partition(" ")
        if name in DAYS:
            return Cadence("weekly", _clock(clock.strip(), text), DAYS.index(name))
    if word == "cron" and len(rest.split()) == 5:
        try:
            next(CronSim(rest, datetime(2026, 1, 1, tzinfo=UTC)))
        except (CronSimError, StopIteration) as error:
            raise ValueError(f"{text!r}: not a cron expression that ever fires") from error
        return Cadence("cron", expression=rest)
    raise ValueError(
        f"{text!r} is not at-once, hourly, daily HH:MM, weekly mon..sun HH:MM or cron with 5 fields"
    )


def parse_zone(name: str) -> ZoneInfo:
    """Raises ValueError for a name that the time zone database does not have."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not an IANA time zone such as Europe/Kyiv") from error


def next_due(cadence: str, zone: str, after: datetime) -> datetime | None:
    """The first slot later than `after`; None for at-once, which has no slots."""
    return next(_slots(parse(cadence), parse_zone(zone), after), None)


def check_cadence(cadence: str, zone: str) -> None:
    """Raises ValueError for what `next_due` could not read."""
    parse(cadence)
    parse_zone(zone)


def due_slot(
    cadence: str, zone: str, *, last_run: datetime | None, created: datetime, now: datetime
) -> Slot | None:
    """The slot to run now, or None. However many were missed, there is one: the latest.

    `last_run` is the slot of the last run. A daily cadence has one slot for each local date, read
    in the present zone: a reader who moves gets no second digest on one date. A last run more than
    a day ahead comes from a clock that was wrong; it is disregarded, and the slot found may be one
    that has been run already (whoever records it finds out).
    """
    parsed, place = parse(cadence), parse_zone(zone)
    if last_run is not None and last_run - now > timedelta(days=1):
        last_run = max(created, now - timedelta(days=8))
    if last_run is None:
        slots = _slots(parsed, place, created)
    else:
        slots = _slots(parsed, place, last_run, told=_local(last_run, place).date())
    due = list(islice(takewhile(lambda slot: slot <= now, slots), MISSED_LIMIT))
    if not due:
        return None
    recent = max(due[-1], now - timedelta(days=8))
    later = list(takewhile(lambda slot: slot <= now, _slots(parsed, place, recent)))
    return Slot(at=(later or due)[-1], first=due[0], missed=len(due))


def too_late(slot: Slot, now: datetime, limit: timedelta) -> bool:
    """Whether the reader has been owed something for so long that a person should look first.

    It may be that this is a copy of a machine whose original has told it all already.
    """
    return now - slot.first > limit


def delivery_time(quiet: Quiet | None, zone: str, at: datetime) -> datetime:
    """`at`, or the end of the quiet hours that it falls into. Raises ValueError as `parse` does."""
    if quiet is None:
        return at
    place = parse_zone(zone)
    start, end = _clock(quiet.start, quiet.start), _clock(quiet.end, quiet.end)
    local = _local(at, place)
    clock = local.time()
    inside = start <= clock < end if start <= end else clock >= start or clock < end
    if not inside:
        return at
    day = local.date() if clock < end else local.date() + timedelta(days=1)
    # On the night when the clocks go back, the end may come once before and once after `at`.
    return next(
        (each for each in (_instant(day, end, place, fold) for fold in (0, 1)) if each >= at), at
    )


def _slots(
    cadence: Cadence, zone: ZoneInfo, after: datetime, told: date | None = None
) -> Iterator[datetime]:
    """Slots later than `after`, ascending, in UTC; daily and weekly ones on dates after `told`."""
    match cadence.every:
        case "at-once":
            return iter(())
        case "hourly":
            return _hours(after)
        case "cron":
            return _cron(cadence.expression, zone, after)
        case _:
            return _days(cadence, zone, after, told)


def _hours(after: datetime) -> Iterator[datetime]:
    slot = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while True:
        slot += timedelta(hours=1)
        yield slot


def _days(
    cadence: Cadence, zone: ZoneInfo, after: datetime, told: date | None
) -> Iterator[datetime]:
    day = _local(after, zone).date() if told is None else told + timedelta(days=1)
    while True:
        # Apia had no 30 December 2011: a daily digest has no such date, a weekly one moves on.
        due = cadence.weekday == day.weekday() if cadence.every == "weekly" else _exists(day, zone)
        slot = _instant(day, cadence.at, zone)
        if due and slot > after:
            yield slot
        day += timedelta(days=1)


def _cron(expression: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    for local in CronSim(expression, _local(after, zone)):
        slot = local.astimezone(UTC)
        if slot > after:
            yield slot


def _instant(day: date, clock: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    """zoneinfo reads a skipped time with the offset before the gap, as RFC 5545 has it."""
    return datetime.combine(day, clock, tzinfo=zone).replace(fold=fold).astimezone(UTC)


def _exists(day: date, zone: ZoneInfo) -> bool:
    return _local(_instant(day, time(12), zone), zone).date() == day


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone)


def _clock(text: str, whole: str) -> time:
    if not _CLOCK.fullmatch(text):
        raise ValueError(f"{whole!r}: {text!r} is not a time HH:MM")
    return time(int(text[:2]), int(text[3:]))
