"""Who follows what, how often, and up to where each was told."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from monitor.model.record import Record
from monitor.model.subscription import Subscription
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.web.guards import Guard
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

PER_PAGE: Final = 50

FEW: Final = 5
"""Situations of one that are named."""


class Row(Record):
    who: str
    state: str
    reason: str
    since: str
    cadence: str
    least: str
    told: tuple[str, ...]
    more: str
    due: str


class Listing(Record):
    rows: tuple[Row, ...]
    paging: Paging


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    listing = await visit.read(listed, asking, visit.asked("page", "1"))
    title = visit.language.pages.LABELS.subscriptions
    return await visit.page(
        "web/subscriptions.html", {"listing": listing}, title=title, here="service"
    )


def listed(program: Program, asking: Asking, number: str) -> Listing:
    store = program.store
    paging = paged(store.subscriptions.count(), number, PER_PAGE, "/subscriptions?")
    found = store.subscriptions.listed(first=paging.first, limit=PER_PAGE)
    return Listing(rows=tuple(_row(program, asking, one) for one in found), paging=paging)


def _row(program: Program, asking: Asking, one: Subscription) -> Row:
    language = asking.language
    told = [
        f"{pointer.situation}: {asking.day(program.store.versions.get(pointer.told).ref.as_of)}"
        for pointer in one.pointers[:FEW]
    ]
    left = len(one.pointers) - FEW
    return Row(
        who=visible(one.spec.who),
        state=language.pages.deciding.STATES[one.state],
        reason=visible(one.state_reason or ""),
        since=asking.moment(one.state_at) if one.state_at else "",
        cadence=f"{one.spec.cadence} {one.spec.zone}",
        least=language.counts.level(one.spec.filter.minimum),
        told=tuple(visible(line) for line in told or one.spec.situations[:FEW]),
        more=language.pages.and_more(left) if left > 0 else "",
        due=asking.moment(one.due_at) if one.due_at and one.state == "active" else "",
    )


PAGES = (page("/subscriptions", Guard.EDITOR, get=show),)
