"""What readers would get if a draft were published now: how many, what, and one digest whole."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from monitor.errors import NotFound
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.model.tokens import fill
from monitor.pipeline.drafting.checking import check_draft
from monitor.pipeline.drafting.previewing import Ahead, Foreseen
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Draft
from monitor.web.drafted import Drafted, drafted
from monitor.web.guards import Guard
from monitor.web.pages.drafts import asking_of, of
from monitor.web.policy import OF_A_MAIL, WITH_A_FRAME
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

MOST: Final = 40
"""Readers whose digests are made for one page."""


class Row(Record):
    """`url` shows this reader's digest whole, "" where she would get none."""

    who: str
    subject: str
    why: str
    url: str
    chosen: bool


class Preview(Record):
    told: str
    left: str
    rows: tuple[Row, ...]
    html: str
    subject: str


async def show(visit: Visit) -> Response:
    draft, asking = await of(visit), asking_of(visit)
    found: Drafted = await visit.read(drafted, asking, draft)
    made = None
    if found.state == "fits":
        made = await visit.read(preview, asking, draft, visit.asked("reader"))
    title = f"{found.title}: {visit.language.pages.drafting.LABELS.preview}"
    answer = await visit.page(
        "web/draft_preview.html", {"page": found, "preview": made}, title=title, here="drafts"
    )
    answer.headers["Content-Security-Policy"] = WITH_A_FRAME
    return answer


async def show_html(visit: Visit) -> Response:
    html = await visit.read(_html, asking_of(visit), await of(visit), visit.asked("reader"))
    headers = {"Content-Security-Policy": OF_A_MAIL}
    return Response(fill(html, {}, "html"), media_type="text/html", headers=headers)


def preview(program: Program, asking: Asking, draft: Draft, reader: str) -> Preview:
    """Digests of the first readers; that of `reader`, else the first that has one, is shown."""
    ahead = Ahead(program, check_draft(program, draft), asking.now)
    readers = ahead.readers()
    foreseen = ahead.all(readers[:MOST])
    told = [one for one in foreseen if one.digest is not None]
    chosen = next((one for one in told if str(one.reader.id) == reader), told[0] if told else None)
    words = asking.language.pages.drafting
    identity = str(chosen.reader.id) if chosen is not None else ""
    return Preview(
        told=words.get_it(len(told), len(foreseen)),
        left=words.first_of(MOST, len(readers)) if len(readers) > MOST else "",
        rows=tuple(_row(draft, one, one is chosen) for one in foreseen),
        html=links.draft(draft.situation, "preview/html", reader=identity) if identity else "",
        subject=visible(chosen.digest.subject) if chosen and chosen.digest else "",
    )


def _row(draft: Draft, one: Foreseen, chosen: bool) -> Row:
    got = one.digest is not None
    return Row(
        who=visible(one.reader.spec.who),
        subject=visible(one.digest.subject) if one.digest is not None else "",
        why=visible(one.why or ""),
        url=links.draft(draft.situation, "preview", reader=str(one.reader.id)) if got else "",
        chosen=chosen,
    )


def _html(program: Program, asking: Asking, draft: Draft, reader: str) -> str:
    """Raises NotFound for somebody who would get nothing."""
    ahead = Ahead(program, check_draft(program, draft), asking.now)
    for one in ahead.readers():
        if str(one.id) == reader and (digest := ahead.foresee(one).digest) is not None:
            return digest.html
    raise NotFound("this reader would get no digest")


PAGES = (
    page("/drafts/{situation}/preview", Guard.EDITOR, get=show),
    page("/drafts/{situation}/preview/html", Guard.EDITOR, get=show_html),
)
