"""What pages ask of the store and the comparison, in her language, on her day."""

from __future__ import annotations

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from monitor.model.comparison import Comparison
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.store.records import Person, Version
from monitor.web.zones import zone_of
from monitor.words import Language, language

LOGGER = logging.getLogger("monitor.web")


class Asking(Record):
    """Who asks, and when."""

    person: Person
    now: datetime

    @property
    def language(self) -> Language:
        return language(self.person.language)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def moment(self, at: datetime) -> str:
        """`Monday, 18:20 UTC` within a week, else with the day, in her zone."""
        local = at.astimezone(self.zone)
        near = abs((self.today - local.date()).days) < 7
        day = "EEEE" if near else self.language.labels.day
        said = format_datetime(local, f"{day}, HH:mm", locale=self.person.language)
        return f"{said} {zone_of(local)}"

    def day(self, as_of: str) -> str:
        return self.language.values.date_words(as_of)


def capital(text: str) -> str:
    """As a heading begins."""
    return text[:1].upper() + text[1:]


def compared(program: Program, asking: Asking, old: Version, new: Version) -> Comparison:
    return program.comparing.between(old, new, today=asking.today, language=asking.person.language)


def failed(rule: str, path: str, error: Exception) -> None:
    """A rule without words costs its line and is told to the operator's log."""
    LOGGER.error("words of the rule %s are missing, first at %s: %r", rule, path, error)
