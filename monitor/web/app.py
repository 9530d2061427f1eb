"""The web part: one page, by which a reader ends a subscription (RFC 8058, RFC 2369).

GET only shows a button, because mail scanners follow links; POST acts, without cookie, login or
redirect, and may be repeated. Every other path is unknown. No token is ever logged.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.model.subscription import Leaving
from monitor.render import Templates
from monitor.words import language as language_of

TEMPLATE = "web/unsubscribe.html"
STYLE = "body{font:17px/26px Georgia,serif;max-width:34em;margin:3em auto;padding:0 1em}"
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class ReadersByToken(Protocol):
    """What the page needs. Both answer what is followed, or None for a foreign token."""

    async def named_by(self, token: str) -> Leaving | None: ...

    async def unsubscribe(self, token: str) -> Leaving | None: ...


def make_app(subscriptions: ReadersByToken, templates: Templates) -> Starlette:
    """The application. A foreign token and an unknown path get the same answer."""

    async def show(request: Request) -> Response:
        return _page(templates, await subscriptions.named_by(_token(request)), done=False)

    async def act(request: Request) -> Response:
        return _page(templates, await subscriptions.unsubscribe(_token(request)), done=True)

    return Starlette(
        routes=[
            Route("/u/{token}", _by_method(show, act), methods=["GET", "POST"]),
        ],
        middleware=[Middleware(StrictHeaders)],
        exception_handlers={404: _not_found},
    )


def _by_method(
    show: Callable[[Request], Awaitable[Response]], act: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await (act if request.method == "POST" else show)(request)

    return answer


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _page(templates: Templates, leaving: Leaving | None, *, done: bool) -> Response:
    if leaving is None:
        return PlainTextResponse("Not found.\n", status_code=404)
    language, name = language_of(leaving.language), leaving.name
    values = {
        "language": language.code,
        "title": language.letters.page_title(done=done),
        "question": language.letters.page_question(name, done=done),
        "text": language.letters.page_text(name, done=done),
        "button": None if done else language.labels.unsubscribe,
        "style": STYLE,
    }
    return HTMLResponse(templates.render(TEMPLATE, values, part="html"))


async def _not_found(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Not found.\n", status_code=404)


class StrictHeaders:
    """Adds the headers to every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), text.encode()) for name, text in HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        await self.app(scope, receive, send_with_headers)
