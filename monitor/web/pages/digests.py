"""Digests as they were sent: a list, and each byte for byte.

Nobody's address is shown, and no link that is one reader's own.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from monitor.errors import NotFound
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.model.tokens import fill
from monitor.pipeline.program import Program
from monitor.store.records import StoredDigest
from monitor.web.guards import Guard
from monitor.web.paging import Paging, paged
from monitor.web.policy import OF_A_MAIL, WITH_A_FRAME
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

PER_PAGE: Final = 25


class Row(Record):
    """`readers` counts those who were written to and are still remembered."""

    url: str
    made: str
    subject: str
    readers: str


class Listing(Record):
    rows: tuple[Row, ...]
    paging: Paging


class Page(Record):
    subject: str
    made: str
    readers: str
    text: str
    html: str
    plain: str


async def show_all(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    listing = await visit.read(listed, asking, visit.asked("page", "1"))
    title = visit.language.pages.LABELS.digests
    return await visit.page("web/digests.html", {"listing": listing}, title=title, here="digests")


def listed(program: Program, asking: Asking, number: str) -> Listing:
    store = program.store
    paging = paged(store.digests.count(), number, PER_PAGE, "/digests?")
    found = store.digests.page(first=paging.first, limit=PER_PAGE)
    told = store.digests.readers([one.id for one in found])
    rows = (
        Row(
            url=f"/digests/{one.id}",
            made=asking.moment(one.made_at),
            subject=visible(one.subject),
            readers=asking.language.pages.deciding.readers(told.get(one.id, 0)),
        )
        for one in found
    )
    return Listing(rows=tuple(rows), paging=paging)


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(digest_page, asking, visit.part("digest"))
    answer = await visit.page(
        "web/digest.html", {"page": found}, title=found.subject, here="digests"
    )
    answer.headers["Content-Security-Policy"] = WITH_A_FRAME
    return answer


async def show_html(visit: Visit) -> Response:
    found = await visit.read(stored, visit.part("digest"))
    headers = {"Content-Security-Policy": OF_A_MAIL}
    return Response(fill(found.html, {}, "html"), media_type="text/html", headers=headers)


async def show_text(visit: Visit) -> Response:
    found = await visit.read(stored, visit.part("digest"))
    return Response(fill(found.text, {}, "text"), media_type="text/plain")


def digest_page(program: Program, asking: Asking, number: str) -> Page:
    found = stored(program, number)
    told = program.store.digests.readers([found.id]).get(found.id, 0)
    return Page(
        subject=visible(found.subject),
        made=asking.moment(found.made_at),
        readers=asking.language.pages.deciding.readers(told),
        text=fill(found.text, {}, "text"),
        html=f"/digests/{found.id}/html",
        plain=f"/digests/{found.id}/text",
    )


def stored(program: Program, number: str) -> StoredDigest:
    """Raises NotFound, also for what is no number."""
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise NotFound(f"there is no digest {number!r}")
    return program.store.digests.get(int(number))


PAGES = (
    page("/digests", Guard.READER, get=show_all),
    page("/digests/{digest}", Guard.READER, get=show),
    page("/digests/{digest}/html", Guard.READER, get=show_html),
    page("/digests/{digest}/text", Guard.READER, get=show_text),
)
