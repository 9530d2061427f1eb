"""What stands around every page: the menu, who is logged in, how fresh the sources are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from monitor.model.digest import SourceHealth
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.health import source_health
from monitor.report import links
from monitor.store.records import Person
from monitor.web.bundled import address
from monitor.web.guards import Guard, lets
from monitor.web.zones import zone_of
from monitor.words import Language
from monitor.words.language import Labels
from monitor.words.pages import PageLabels, Pages

if TYPE_CHECKING:
    from monitor.web.visit import Visit


class MenuItem(Record):
    """`count`: how much waits there; 0 is not shown."""

    title: str
    url: str
    here: bool
    count: int = 0


class Fresh(Record):
    """The line about sources. `state` names its colour: fresh, stale or failing."""

    state: str
    text: str
    good: str


class Frame(Record):
    """`form_key` is what every form of a person who is logged in carries."""

    language: str
    labels: PageLabels
    labels_of_reports: Labels
    title: str
    menu: tuple[MenuItem, ...]
    person: str
    form_key: str
    fresh: Fresh | None
    good: str
    """When the sources were last looked at."""
    icon: str
    style: str
    script: str
    htmx: str


async def frame(visit: Visit, spoken: Language, *, title: str, here: str) -> Frame:
    person = visit.person
    fresh, held = None, 0
    if person is not None:
        fresh, held = await visit.read(_asked, person, spoken, visit.face.clock())
    return Frame(
        language=spoken.code,
        labels=spoken.pages.LABELS,
        labels_of_reports=spoken.labels,
        title=title,
        menu=_menu(spoken.pages, person, here, held) if person else (),
        person=person.name if person else "",
        form_key=visit.form_key,
        fresh=fresh,
        good=fresh.good if fresh else "",
        icon=address("icon.svg"),
        style=address("monitor.css"),
        script=address("keys.js"),
        htmx=address("htmx.min.js"),
    )


def _menu(spoken: Pages, person: Person, here: str, held: int) -> tuple[MenuItem, ...]:
    labels = spoken.LABELS
    items = [("since", "/", labels.since), ("situations", "/situations", labels.situations)]
    if lets(Guard.EDITOR, person):
        items.append(("review", "/review", labels.review))
        items.append(("drafts", links.drafts(), spoken.drafting.LABELS.drafts))
    items += [("digests", "/digests", labels.digests), ("service", "/service", labels.service)]
    return tuple(
        MenuItem(title=title, url=url, here=name == here, count=held if name == "review" else 0)
        for name, url, title in items
    )


def _asked(program: Program, person: Person, spoken: Language, now: datetime) -> tuple[Fresh, int]:
    health = source_health(program, now)
    return _fresh(health, person, spoken), len(program.store.versions.held())


def _fresh(health: tuple[SourceHealth, ...], person: Person, spoken: Language) -> Fresh:
    bad = [one for one in health if one.state != "fresh"]
    state = "failing" if any(one.state == "failing" for one in bad) else "stale"
    newest = max((one.checked_at for one in health if one.checked_at), default="")
    clock = good = ""
    if newest:
        moment = datetime.fromisoformat(newest).astimezone(ZoneInfo(person.zone))
        clock = f"{moment:%H:%M} {zone_of(moment)}"
        day = format_datetime(moment, spoken.labels.day, locale=spoken.code)
        good = spoken.pages.good_until(f"{day}, {clock}")
    text = spoken.pages.sources(len(health) - len(bad), len(bad), clock)
    return Fresh(state=state if bad else "fresh", text=text, good=good)
