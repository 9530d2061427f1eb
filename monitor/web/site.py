"""The whole site: its routes, what stands around them, and what is answered when one fails."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.errors import MonitorError, StoreUnavailable
from monitor.web import bundled, health, metrics
from monitor.web.api.app import ROOT, make_api
from monitor.web.api.problems import answer_problem, status_of
from monitor.web.face import Face
from monitor.web.guards import Guard
from monitor.web.pages import (
    comparison,
    digests,
    draft_articles,
    draft_form,
    draft_preview,
    drafts,
    fact,
    feeds,
    login,
    messages,
    own,
    people,
    review,
    service,
    since,
    situation,
    situations,
    subscribing,
    subscriptions,
    unsubscribing,
    versions,
)
from monitor.web.policy import POLICY
from monitor.web.routes import Pages, page, routes
from monitor.web.visit import Visit
from monitor.words.pages import PageLabels

FORM_LIMIT = 64 * 1024
"""Bytes of a form; an interface that takes more says so for itself."""

DRAFT_LIMIT = 4 * 1024 * 1024
"""Bytes of the text of a draft, or of an article for it."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


async def _static(visit: Visit) -> Response:
    found = bundled.answer(visit.part("digest"), visit.part("name"))
    if found is None:
        raise HTTPException(404)
    return found


FAMILIES: tuple[Sequence[Pages], ...] = (
    (page("/static/{digest}/{name}", Guard.PUBLIC, get=_static),),
    login.PAGES,
    since.PAGES,
    situations.PAGES,
    situation.PAGES,
    fact.PAGES,
    comparison.PAGES,
    versions.PAGES,
    review.PAGES,
    drafts.PAGES,
    draft_articles.PAGES,
    draft_form.PAGES,
    draft_preview.PAGES,
    digests.PAGES,
    service.PAGES,
    messages.PAGES,
    subscriptions.PAGES,
    people.PAGES,
    unsubscribing.PAGES,
    subscribing.PAGES,
    own.PAGES,
    metrics.PAGES,
    health.PAGES,
    feeds.PAGES,
)


def make_site(face: Face, families: Sequence[Sequence[Pages]] = FAMILIES) -> Starlette:
    """The application. An unknown path and a foreign token get the same answer."""

    async def failed(request: Request, error: Exception) -> Response:
        return await _failure(face, request, error)

    return Starlette(
        routes=[
            *(route for family in families for route in routes(face, family)),
            Mount(ROOT, app=make_api(face)),
        ],
        middleware=[Middleware(StrictHeaders), Middleware(SmallBodies)],
        exception_handlers={HTTPException: failed, MonitorError: failed, Exception: failed},
    )


async def _failure(face: Face, request: Request, error: Exception) -> Response:
    """A page where a person asked, a line where a program did; never what went wrong inside, which
    the server logs."""
    if request.url.path.startswith(f"{ROOT}/"):
        return await answer_problem(request, error)
    status, text = _judged(error)
    visit = Visit(face=face, request=request)
    said = text or _said(status, visit.language.pages.LABELS)
    if "text/html" in request.headers.get("accept", ""):
        answer = await visit.page("web/failure.html", {"text": said}, title=said, status=status)
    else:
        answer = PlainTextResponse(f"{said}\n", status_code=status)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _said(status: int, labels: PageLabels) -> str:
    words = {
        401: labels.unknown,
        403: labels.forbidden,
        404: labels.not_found,
        413: labels.too_large,
        500: labels.failed,
        503: labels.away,
    }
    return words.get(status, labels.unasked)


def _judged(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        # The words of the framework say nothing to a reader.
        return error.status_code, ""
    if isinstance(error, StoreUnavailable):
        # It names where the database is.
        return 503, ""
    if isinstance(error, MonitorError):
        return status_of(error), str(error)
    return 500, ""


class StrictHeaders:
    """Adds the headers to every answer, errors included; what says so itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message.get("headers", ())}
                extra = [
                    (name.lower().encode(), text.encode())
                    for name, text in HEADERS.items()
                    if name.lower().encode() not in there
                ]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SmallBodies:
    """Refuses a body that is larger than a form can be, before it is held in memory. A draft and an
    article are written by people who are known: a body is read when they were let in."""

    def __init__(self, app: ASGIApp, limit: int = FORM_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0
        limit = DRAFT_LIMIT if scope.get("path", "").startswith("/drafts/") else self.limit

        async def receive_some() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413)
            return message

        small = scope["type"] == "http" and not scope["path"].startswith("/api/")
        await self.app(scope, receive_some if small else receive, send)
