"""All situations, and where each stands."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Situation
from monitor.web.guards import Guard
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

PER_PAGE: Final = 50


class Row(Record):
    """One situation. `step` leads to what its latest version changed."""

    name: str
    title: str
    url: str
    latest: str
    learned: str
    baseline: str
    versions: int
    held: int
    step: str


class Listing(Record):
    rows: tuple[Row, ...]
    paging: Paging


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    listing = await visit.read(listed, asking, visit.asked("page", "1"))
    title = visit.language.pages.LABELS.situations
    return await visit.page(
        "web/situations.html", {"listing": listing}, title=title, here="situations"
    )


def listed(program: Program, asking: Asking, number: str) -> Listing:
    every = sorted(program.store.situations.all(), key=lambda one: (one.title or one.name).lower())
    held = program.store.versions.held()
    paging = paged(len(every), number, PER_PAGE, "/situations?")
    rows = (
        _row(program, asking, one, sum(each.ref.situation == one.name for each in held))
        for one in every[paging.first : paging.end]
    )
    return Listing(rows=tuple(rows), paging=paging)


def _row(program: Program, asking: Asking, one: Situation, held: int) -> Row:
    store = program.store
    latest = store.versions.latest(one.name)
    before = store.versions.previous(latest.id) if latest else None
    baseline = store.versions.baseline(one.name) if latest else None
    return Row(
        name=one.name,
        title=visible(one.title or one.name),
        url=links.situation("", one.name),
        latest=asking.day(latest.ref.as_of) if latest else "",
        learned=asking.moment(latest.learned_at) if latest else "",
        baseline=asking.day(baseline.ref.as_of) if baseline else "",
        versions=store.lines.length(one.name),
        held=held,
        step=links.comparison("", before.ref, latest.ref) if latest and before else "",
    )


PAGES = (page("/situations", Guard.READER, get=show),)
