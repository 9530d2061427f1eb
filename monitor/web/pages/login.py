"""Logging in and out, and how the first person comes to be."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.pipeline.readers.confirming import offered
from monitor.store.records import Person
from monitor.web.guards import Guard
from monitor.web.passwords import NOBODYS, hashed, is_right
from monitor.web.rates import Rates
from monitor.web.routes import IDLE, page
from monitor.web.tokens import hash_of, make_token
from monitor.web.visit import Visit, refuse

FIRST: Final = "first"
"""The purpose of the link by which the first person comes to be."""

TRIES = Rates("10/minute")
"""By network and by name: a password is not found by trying."""


class Try(Record):
    """What somebody wrote."""

    name: str
    password: str
    to: str


async def show(visit: Visit) -> Response:
    if visit.person is not None:
        return RedirectResponse("/", status_code=303)
    return await _form(visit, _ours(visit.asked("to")))


async def log_in(visit: Visit) -> Response:
    words = visit.language.pages.LABELS
    given = Try(
        name=(await visit.field("name")).strip(),
        password=await visit.field("password"),
        to=_ours(await visit.field("to")),
    )
    if not TRIES.allow(_network(visit), given.name):
        return await _form(visit, given.to, fault=words.too_often, status=429)
    person = await visit.read(lambda program: program.store.people.find(given.name))
    stored = person.password if person is not None and person.ended_at is None else NOBODYS
    if not await asyncio.to_thread(is_right, stored, given.password) or person is None:
        return await _form(visit, given.to, fault=words.wrong, status=403)
    return await _begin(visit, person, given.to)


async def log_out(visit: Visit) -> Response:
    if visit.session is not None:
        name = visit.session.hash
        await visit.write(lambda program: program.store.people.close_session(name))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(visit.face.cookie, path="/", secure=visit.face.is_secure)
    return answer


async def show_first(visit: Visit) -> Response:
    name, now = hash_of(visit.part("token")), visit.face.clock()
    permit = await visit.read(lambda program: program.store.permits.find(name, FIRST, now=now))
    if permit is None:
        raise refuse(404)
    if await visit.read(lambda program: bool(program.store.people.all())):
        said = visit.language.pages.LABELS.first_over
        return await visit.page("web/failure.html", {"text": said}, title=said, status=410)
    return await _first_form(visit)


async def make_first(visit: Visit) -> Response:
    words = visit.language.pages.LABELS
    name, password = (await visit.field("name")).strip(), await visit.field("password")
    if password != await visit.field("again"):
        return await _first_form(visit, name=name, fault=words.unlike)
    stored = await asyncio.to_thread(hashed, password)
    person = await visit.write(
        _make_first,
        visit.part("token"),
        name=name,
        stored=stored,
        language=visit.language.code,
        now=visit.face.clock(),
    )
    if person is None:
        return await show_first(visit)
    return await _begin(visit, person, "/")


def _make_first(
    program: Program, token: str, *, name: str, stored: str, language: str, now: datetime
) -> Person | None:
    with program.store.transaction() as tx:
        if tx.people.all() or tx.permits.use(hash_of(token), FIRST, now=now) is None:
            return None
        return tx.people.add(
            name or "admin", role="admin", password=stored, language=language, now=now
        )


async def _begin(visit: Visit, person: Person, to: str) -> Response:
    token, now = make_token(), visit.face.clock()
    await visit.write(
        lambda program: program.store.people.open_session(
            person.id, hash_of(token), now=now, expires_at=now + IDLE
        )
    )
    answer = RedirectResponse(to or "/", status_code=303)
    answer.set_cookie(
        visit.face.cookie,
        token,
        max_age=int(IDLE.total_seconds()),
        path="/",
        secure=visit.face.is_secure,
        httponly=True,
        samesite="lax",
    )
    return answer


async def _form(visit: Visit, to: str, *, fault: str = "", status: int = 200) -> Response:
    values = {"to": to, "fault": fault, "by_mail": bool(await visit.read(offered))}
    title = visit.language.pages.LABELS.log_in
    return await visit.page("web/login.html", values, title=title, status=status)


async def _first_form(visit: Visit, *, name: str = "", fault: str = "") -> Response:
    values = {"name": name, "fault": fault}
    title = visit.language.pages.LABELS.first_title
    status = 400 if fault else 200
    return await visit.page("web/first.html", values, title=title, status=status)


def _ours(to: str) -> str:
    """A path of this site; whatever leads elsewhere leads to the first page."""
    parts = urlsplit(to)
    inside = to.startswith("/") and not to.startswith(("//", "/\\")) and "\\" not in to
    return to if inside and not parts.scheme and not parts.netloc and to.isprintable() else "/"


def _network(visit: Visit) -> str:
    client = visit.request.client
    return client.host if client else ""


PAGES = (
    page("/login", Guard.PUBLIC, get=show, post=log_in),
    page("/logout", Guard.READER, post=log_out),
    page("/first/{token}", Guard.LINK, get=show_first, post=make_first),
)
