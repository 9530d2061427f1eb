"""Routes with their guards. A page is a function from a visit to an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, TypeAlias
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor.model.record import Record, replace
from monitor.web.face import Face
from monitor.web.guards import Guard, lets, needs_person
from monitor.web.tokens import LONGEST, hash_of, is_form_key
from monitor.web.visit import Visit, refuse

Page: TypeAlias = Callable[[Visit], Awaitable[Response]]

IDLE: Final = timedelta(days=14)
"""After which a session that nobody used is over."""

STALE: Final = timedelta(hours=1)
"""How often it is written down that a session is in use."""

WRITING: Final = ("POST", "PUT", "PATCH", "DELETE")


class GuardedRoute(Route):
    """A route that says who may ask."""

    guard: Guard


class Pages(Record):
    """Some pages of one family: path, guard, and what answers by method."""

    path: str
    guard: Guard
    answers: Mapping[str, Page]


def page(path: str, guard: Guard, *, get: Page | None = None, post: Page | None = None) -> Pages:
    """GET changes nothing; what changes something is a POST with a form key."""
    given = {"GET": get, "POST": post}
    return Pages(path=path, guard=guard, answers={k: v for k, v in given.items() if v})


def routes(face: Face, pages: Sequence[Pages]) -> list[GuardedRoute]:
    return [_route(face, one) for one in pages]


def _route(face: Face, pages: Pages) -> GuardedRoute:
    async def answer(request: Request) -> Response:
        try:
            visit = await let_in(face, request, pages.guard)
            if isinstance(visit, Response):
                return visit
            method = "GET" if request.method == "HEAD" else request.method
            return await pages.answers[method](visit)
        finally:
            # Files that were sent.
            await request.close()

    route = GuardedRoute(pages.path, answer, methods=list(pages.answers))
    route.guard = pages.guard
    return route


async def let_in(face: Face, request: Request, guard: Guard) -> Visit | Response:
    """The visit, or where to log in first. Raises HTTPException."""
    visit = Visit(face=face, request=request)
    if guard is not Guard.LINK:
        visit = await _with_session(visit)
    if guard is Guard.MACHINE:
        visit = await _with_machine(visit)
        if visit.machine is None and visit.person is None:
            raise refuse(401)
    if needs_person(guard) and visit.person is None:
        return _to_login(request)
    if not lets(guard, visit.person) and visit.machine is None:
        raise refuse(403)
    if request.method in WRITING:
        await _check_origin(visit, guard)
    return visit


async def _with_session(visit: Visit) -> Visit:
    token = visit.request.cookies.get(visit.face.cookie, "")
    if not token or len(token) > LONGEST:
        return visit
    now, name = visit.face.clock(), hash_of(token)
    session = await visit.read(lambda program: program.store.people.session(name, now=now))
    if session is None:
        return visit
    if now - session.seen_at > STALE:
        until = now + IDLE
        await visit.write(
            lambda program: program.store.people.seen(name, now=now, expires_at=until)
        )
    return replace(visit, session=session)


async def _with_machine(visit: Visit) -> Visit:
    scheme, _, token = visit.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST:
        return visit
    name = hash_of(token.strip())
    found = await visit.read(lambda program: program.store.machines.find(name))
    return replace(visit, machine=found) if found else visit


async def _check_origin(visit: Visit, guard: Guard) -> None:
    """No other site may make a browser change something here.

    A link's token and a program's are not sent by a browser by itself, so they need no more.
    """
    if guard is Guard.LINK or visit.machine is not None:
        return
    site = visit.request.headers.get("sec-fetch-site", "")
    if site not in ("", "same-origin", "none"):
        raise refuse(403)
    if visit.session is not None:
        given = visit.request.headers.get("x-form-key") or await visit.field("form_key")
        if not is_form_key(visit.face.reader.secret, visit.session.hash, given):
            raise refuse(403)


def _to_login(request: Request) -> Response:
    if request.method != "GET":
        raise refuse(401)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?to={quote(here, safe='')}", status_code=303)
