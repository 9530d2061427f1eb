"""The part of a form that says how often, where the clock is read, and in which language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from zoneinfo import available_timezones

from monitor.cadence import DAYS, parse
from monitor.model.record import Record
from monitor.words import LANGUAGES

EVERY: Final = ("at-once", "hourly", "daily", "weekly")

_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")

_AREAS: Final = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
)


class Timing(Record):
    """As it stands in the form, right or wrong. `kept` is a schedule that the form cannot say."""

    every: str = "daily"
    at: str = "07:00"
    day: str = "mon"
    zone: str = ""
    language: str = "en"
    kept: str = ""

    @property
    def zone_is_listed(self) -> bool:
        return any(self.zone in one.zones for one in zone_areas())

    @property
    def cadence(self) -> str:
        """Of one that `timing_faults` finds no fault with."""
        if self.every == "daily":
            return f"daily {self.at}"
        if self.every == "weekly":
            return f"weekly {self.day} {self.at}"
        return self.kept if self.every == "cron" else self.every


class ZoneArea(Record):
    """`Europe`, with `Europe/Kyiv` and the others."""

    name: str
    zones: tuple[str, ...]


@lru_cache(maxsize=1)
def zone_areas() -> tuple[ZoneArea, ...]:
    """Zones that are called after a place, and UTC before them."""
    every = sorted(available_timezones())
    areas = (
        ZoneArea(name=area, zones=tuple(one for one in every if one.startswith(f"{area}/")))
        for area in _AREAS
    )
    return (ZoneArea(name="UTC", zones=("UTC",)), *areas)


def timing_of(cadence: str, zone: str, language: str) -> Timing:
    """What the form shows of a subscription."""
    read = parse(cadence)
    clock = read.every in ("daily", "weekly")
    return Timing(
        every=read.every,
        at=f"{read.at:%H:%M}" if clock else "07:00",
        day=DAYS[read.weekday] if read.every == "weekly" else "mon",
        zone=zone,
        language=language,
        kept=cadence if read.every == "cron" else "",
    )


def timing_from(fields: Mapping[str, str], kept: str = "") -> Timing:
    """What was sent, which may be anything."""
    return Timing(
        every=fields.get("every", "")[:20],
        at=fields.get("at", "")[:20],
        day=fields.get("day", "")[:20],
        zone=fields.get("zone", "")[:60],
        language=fields.get("language", "")[:20],
        kept=kept,
    )


def timing_faults(timing: Timing, zone: str | None = None) -> dict[str, str]:
    """What is wrong, as the name of a label, by field. `zone` is one that may stay as it is."""
    faults: dict[str, str] = {}
    known = (*EVERY, "cron") if timing.kept else EVERY
    if timing.every not in known:
        faults["every"] = "no_choice"
    if timing.every in ("daily", "weekly") and not _CLOCK.fullmatch(timing.at):
        faults["at"] = "no_time"
    if timing.every == "weekly" and timing.day not in DAYS:
        faults["day"] = "no_choice"
    if timing.zone != zone and not timing.zone_is_listed:
        faults["zone"] = "no_zone"
    if timing.language not in LANGUAGES:
        faults["language"] = "no_choice"
    return faults
