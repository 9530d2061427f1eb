"""The feed and the calendar of a situation: by login, by a program's token, or at an address that
is a secret of its own, because a feed reader cannot log in."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Machine, Person
from monitor.web import atom, calendar
from monitor.web.conditional import conditional
from monitor.web.guards import Guard
from monitor.web.rates import Rates
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.tokens import LONGEST, hash_of, make_token
from monitor.web.visit import Visit, refuse
from monitor.words import LANGUAGES

FEED: Final = "feed:"
"""Begins the scope of an address: it opens this one situation's feed and calendar, and no more."""

READ: Final = "read"

LEVELS: Final = ("critical", "major", "minor", "noise")

ADDRESSES: Final = 20
"""Of one person for one situation."""

WRONG: Final = Rates("60/minute")
"""Addresses that nobody has, by network."""


class Address(Record):
    """One that was made and is good still."""

    name: str
    made: str


class Page(Record):
    """`feed` and `calendar` are what was made just now: shown this once."""

    title: str
    url: str
    name: str
    feed: str
    calendar: str
    addresses: tuple[Address, ...]


async def feed(visit: Visit) -> Response:
    _of_scope(visit)
    return await _feed(visit)


async def ahead(visit: Visit) -> Response:
    _of_scope(visit)
    return await _calendar(visit)


async def secret_feed(visit: Visit) -> Response:
    await _by_secret(visit)
    return await _feed(visit)


async def secret_ahead(visit: Visit) -> Response:
    await _by_secret(visit)
    return await _calendar(visit)


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def make(visit: Visit) -> Response:
    token = make_token()
    name, person, now = visit.part("situation"), visit.who, visit.face.clock()

    def added(program: Program) -> None:
        program.store.situations.get(name)
        if len(_own(program, name, person)) >= ADDRESSES:
            raise refuse(409)
        called = f"feed-{name}-{secrets.token_hex(4)}"
        scopes = [f"{FEED}{name}"]
        program.store.machines.add(called, hash_of(token), scopes, by=person.name, now=now)

    await visit.write(added)
    return await _page(visit, token)


async def end(visit: Visit) -> Response:
    name, person, now = visit.part("situation"), visit.who, visit.face.clock()
    chosen = await visit.field("name")

    def ended(program: Program) -> None:
        if chosen in {one.name for one in _own(program, name, person)}:
            program.store.machines.end(chosen, now=now)

    await visit.write(ended)
    return RedirectResponse(f"{links.situation('', name)}/feeds", status_code=303)


async def _page(visit: Visit, token: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    base = str(visit.request.base_url).rstrip("/") if token else ""
    if visit.face.public_url:
        base = visit.face.public_url
    found = await visit.read(_shown, asking, visit.part("situation"), token and base, token)
    labels = visit.language.pages.LABELS
    title = f"{found.title}: {labels.feeds}"
    return await visit.page("web/feeds.html", {"page": found}, title=title, here="situations")


def _shown(program: Program, asking: Asking, name: str, base: str, token: str) -> Page:
    situation = program.store.situations.get(name)
    secret = f"{base}/feeds/{token}/{name}"
    return Page(
        title=visible(situation.title or name, 200),
        url=links.situation("", name),
        name=name,
        feed=f"{secret}/feed.atom" if token else "",
        calendar=f"{secret}/calendar.ics" if token else "",
        addresses=tuple(
            Address(name=one.name, made=asking.moment(one.created_at))
            for one in _own(program, name, asking.person)
        ),
    )


def _own(program: Program, name: str, person: Person) -> list[Machine]:
    return [
        one
        for one in program.store.machines.all()
        if one.ended_at is None and one.created_by == person.name and f"{FEED}{name}" in one.scopes
    ]


def _of_scope(visit: Visit) -> None:
    """A program's token is for reading."""
    if visit.machine is not None and READ not in visit.machine.scopes:
        raise refuse(403)


async def _by_secret(visit: Visit) -> None:
    """Answers all that is wrong alike: 404. An address ends with whoever made it."""
    token, name = visit.part("token"), visit.part("situation")
    if len(token) <= LONGEST and await visit.read(_opens, hash_of(token), name):
        return
    client = visit.request.client
    raise refuse(404 if WRONG.allow(client.host if client else "") else 429)


def _opens(program: Program, token_hash: str, name: str) -> bool:
    found = program.store.machines.find(token_hash)
    if found is None or f"{FEED}{name}" not in found.scopes:
        return False
    maker = program.store.people.find(found.created_by)
    return maker is not None and maker.ended_at is None


async def _feed(visit: Visit) -> Response:
    least = visit.asked("least", "minor")
    asked = atom.Asked(
        situation=visit.part("situation"),
        language=_language(visit),
        least=least if least in LEVELS else "minor",
        only=visit.asked("only")[:500].strip(),
        own=_own_address(visit),
        public_url=visit.face.public_url,
    )
    made = await visit.read(atom.feed_of, asked)
    return conditional(visit.request, made.body, atom.MEDIA, changed=made.changed)


async def _calendar(visit: Visit) -> Response:
    asked = calendar.Asked(
        situation=visit.part("situation"),
        language=_language(visit),
        today=visit.face.clock().date(),
        public_url=visit.face.public_url,
    )
    made = await visit.read(calendar.calendar_of, asked)
    return conditional(visit.request, made.body, calendar.MEDIA, changed=made.changed)


def _language(visit: Visit) -> str:
    asked = visit.asked("language")
    return asked if asked in LANGUAGES else visit.language.code if visit.person else "en"


def _own_address(visit: Visit) -> str:
    url = visit.request.url
    return f"{visit.face.public_url}{url.path}{f'?{url.query}' if url.query else ''}"


_ONE = "/situations/{situation}"
_SECRET = "/feeds/{token}/{situation}"  # noqa: S105 - a path

PAGES = (
    page(f"{_ONE}/feed.atom", Guard.MACHINE, get=feed),
    page(f"{_ONE}/calendar.ics", Guard.MACHINE, get=ahead),
    page(f"{_SECRET}/feed.atom", Guard.LINK, get=secret_feed),
    page(f"{_SECRET}/calendar.ics", Guard.LINK, get=secret_ahead),
    page(f"{_ONE}/feeds", Guard.READER, get=show, post=make),
    page(f"{_ONE}/feeds/end", Guard.READER, post=end),
)
