"""What is ahead in a situation, as iCalendar (RFC 5545)."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from monitor.compare.agenda import Planned, agenda
from monitor.kinds.translating import translated
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.words.dates import days

MEDIA: Final = "text/calendar; charset=utf-8"

SPACE: Final = uuid.UUID("6f0a7c1e-58d5-4a55-9f3e-4f1a5b0a9c11")
"""In which our ids are made; another one would be other events."""

PAST: Final = timedelta(days=60)
"""What was over before stays in a calendar."""

MOST: Final = 1000

HOURS: Final = timedelta(hours=1)


class Made(Record):
    """What is sent, and when what it tells last changed."""

    body: bytes
    changed: datetime


class Asked(Record):
    """`public_url` begins links; without one there are none."""

    situation: str
    language: str
    today: date
    public_url: str


def calendar_of(program: Program, asked: Asked) -> Made:
    """Raises NotFound. The number of an event's edition is that of its situation's, which grows
    with all that is written of it, also with what is taken back."""
    name = asked.situation
    situation = program.store.situations.get(name)
    latest = program.store.versions.latest(name)
    changed = latest.learned_at if latest is not None else situation.created_at
    title = (latest.ref.title if latest else None) or situation.title or name
    calendar = _empty(visible(title, 200), asked)
    if latest is not None:
        kind = translated(program.kinds.by_hash(latest.kind_hash), asked.language)
        edition = program.store.revisions.all().get(name, 0)
        since = asked.today - PAST
        shown = [
            one
            for one in agenda(program.comparing.state(latest).document, kind)
            if _day(one.end) > since
        ]
        for one in shown[:MOST]:
            calendar.add_component(_event(one, asked, edition=edition, changed=changed))
    return Made(body=calendar.to_ical(), changed=changed)


def _empty(title: str, asked: Asked) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//monitor//what is ahead//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", HOURS, parameters={"VALUE": "DURATION"})
    if asked.public_url:
        calendar.add("url", links.situation(asked.public_url, asked.situation))
    return calendar


def _event(one: Planned, asked: Asked, *, edition: int, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(SPACE, f'{asked.situation} {one.path}')}@monitor")
    event.add("sequence", edition)
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", _utc(one.first))
    event.add("dtend", _utc(one.end))
    event.add("status", one.standing.upper())
    # Nobody who reads of it is busy then.
    event.add("transp", "TRANSPARENT")
    state = visible(one.state.replace("-", " "), 60)
    label = visible(one.label, 160)
    label = label[:1].upper() + label[1:]
    event.add("summary", f"{label} ({state})" if state else label)
    said = [state, visible(days(one.starts, one.ends, asked.language), 160)]
    if asked.public_url:
        url = links.entity(asked.public_url, asked.situation, one.path)
        event.add("url", url)
        said.append(url)
    event.add("description", "\n".join(part for part in said if part))
    if one.place:
        event.add("location", visible(one.place, 160))
    return event


def _utc(when: date | datetime) -> date | datetime:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when
