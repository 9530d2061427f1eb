"""The whole timetable. The database knows what is due; a tick only asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from monitor.settings import Settings

Job: TypeAlias = Literal["pass", "recover", "beat", "tidy"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A job and how often it is started; never while it is still running."""

    job: Job
    every: timedelta


def timetable(settings: Settings) -> tuple[Tick, ...]:
    return (
        # Snapshots in, comparisons, alerts, digests that are due, trouble.
        Tick("pass", settings.service.tick),
        # Longer than the slowest honest pass, shorter than a reader's patience.
        Tick("recover", timedelta(minutes=5)),
        # Other nodes and the status screen see that this one lives.
        Tick("beat", timedelta(seconds=10)),
        # Old mail files and messages, where the configuration lets them go.
        Tick("tidy", timedelta(hours=1)),
    )
