"""The page by which a reader ends a subscription (RFC 8058, RFC 2369).

GET only shows a button, because mail scanners follow links; POST acts, without cookie, login or
redirect, and may be repeated. No token is ever logged.
"""

from __future__ import annotations

from starlette.responses import Response

from monitor.model.subscription import Leaving
from monitor.pipeline.readers.subscribing import leave_by_token, named_by
from monitor.web.guards import Guard
from monitor.web.routes import page
from monitor.web.visit import Visit, refuse
from monitor.words import language


async def show(visit: Visit) -> Response:
    return await _page(visit, await visit.read(named_by, visit.part("token")), done=False)


async def act(visit: Visit) -> Response:
    now = visit.face.clock()
    leaving = await visit.write(leave_by_token, visit.part("token"), now)
    return await _page(visit, leaving, done=True)


async def _page(visit: Visit, leaving: Leaving | None, *, done: bool) -> Response:
    if leaving is None:
        raise refuse(404)
    spoken = language(leaving.language)
    values = {
        "question": spoken.letters.page_question(leaving.name, done=done),
        "text": spoken.letters.page_text(leaving.name, done=done),
        "button": "" if done else spoken.labels.unsubscribe,
    }
    title = spoken.letters.page_title(done=done)
    return await visit.page("web/unsubscribe.html", values, title=title, spoken=spoken)


PAGES = (page("/u/{token}", Guard.LINK, get=show, post=act),)
