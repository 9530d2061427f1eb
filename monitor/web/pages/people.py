"""People who log in and the tokens of programs: whoever manages them adds, changes and ends."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final, get_args

from starlette.responses import RedirectResponse, Response

from monitor.errors import Conflict, MonitorError, NotFound
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.pipeline.readers.subscribing import canonical
from monitor.settings.keys import zone as read_zone
from monitor.store.records import Machine, Person, Role
from monitor.web.guards import Guard
from monitor.web.paging import Paging, paged
from monitor.web.passwords import hashed
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.tokens import SCOPES, hash_of, make_token
from monitor.web.visit import Visit, refuse
from monitor.words import LANGUAGES

PER_PAGE: Final = 50
LONGEST: Final = 200
"""Characters of a name."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Row(Record):
    number: int
    name: str
    role: Role
    address: str
    language: str
    zone: str
    since: str
    ended: str
    is_you: bool


class Listing(Record):
    rows: tuple[Row, ...]
    paging: Paging


class TokenRow(Record):
    name: str
    title: str
    scopes: str
    since: str
    by: str
    ended: str


class Tokens(Record):
    rows: tuple[TokenRow, ...]
    paging: Paging


async def show(visit: Visit) -> Response:
    return await _people(visit)


async def add(visit: Visit) -> Response:
    try:
        new = _new(await _fields(visit))
        stored = await asyncio.to_thread(hashed, await visit.field("password"))
        await visit.write(_add, new, stored, visit.face.clock())
    except (MonitorError, ValueError) as error:
        return await _people(visit, fault=visible(str(error), 300))
    return RedirectResponse("/people", status_code=303)


async def change(visit: Visit) -> Response:
    """Another role, or the end."""
    number, role = visit.part("number"), await visit.field("role")
    ends = await visit.field("what") == "end"
    if not ends and role not in ROLES:
        raise refuse(400)
    chosen = None if ends else next(one for one in ROLES if one == role)
    if not await visit.write(_change, number, chosen, visit.face.clock()):
        fault = visit.language.pages.deciding.LABELS.last_admin
        return await _people(visit, fault=fault)
    return RedirectResponse("/people", status_code=303)


async def show_tokens(visit: Visit) -> Response:
    return await _tokens(visit)


async def make(visit: Visit) -> Response:
    """The token is in this one answer and nowhere else."""
    form = await visit.request.form()
    scopes = tuple(one for one in SCOPES if one in form.getlist("scopes"))
    name = (await visit.field("name")).strip()[:LONGEST]
    if not scopes or not name:
        return await _tokens(visit, fault=visit.language.pages.deciding.LABELS.scopes)
    token, by, now = make_token(), visit.who.name, visit.face.clock()
    try:
        await visit.write(
            lambda program: program.store.machines.add(name, hash_of(token), scopes, by=by, now=now)
        )
    except Conflict as error:
        return await _tokens(visit, fault=visible(str(error), 300))
    return await _tokens(visit, token=token)


async def end(visit: Visit) -> Response:
    name, now = await visit.field("name"), visit.face.clock()
    await visit.write(lambda program: program.store.machines.end(name, now=now))
    return RedirectResponse("/tokens", status_code=303)


class New(Record):
    name: str
    role: Role
    address: str | None
    language: str
    zone: str


async def _fields(visit: Visit) -> dict[str, str]:
    names = ("name", "role", "address", "language", "zone")
    return {name: (await visit.field(name)).strip()[:LONGEST] for name in names}


def _new(given: dict[str, str]) -> New:
    """Raises ValueError and MonitorError for what cannot be."""
    role = next((one for one in ROLES if one == given["role"]), None)
    if not given["name"] or role is None or given["language"] not in LANGUAGES:
        raise MonitorError("a name, a role and a language are needed")
    return New(
        name=given["name"],
        role=role,
        address=canonical(given["address"]) if given["address"] else None,
        language=given["language"],
        zone=read_zone(given["zone"] or "UTC"),
    )


def _add(program: Program, new: New, stored: str, now: datetime) -> None:
    program.store.people.add(
        new.name,
        role=new.role,
        password=stored,
        address=new.address,
        language=new.language,
        zone=new.zone,
        now=now,
    )


def _change(program: Program, number: str, role: Role | None, now: datetime) -> bool:
    """False where nobody would be left who manages people."""
    with program.store.transaction() as tx:
        alive = [one for one in tx.people.all() if one.ended_at is None]
        found = next((one for one in alive if str(one.id) == number), None)
        if found is None:
            raise NotFound("there is no such person, or she logs in no more")
        others = [one for one in alive if one.role == "admin" and one.id != found.id]
        if role != "admin" and not others:
            return False
        if role is None:
            tx.people.end(found.id, now=now)
        else:
            tx.people.change(found.id, role=role)
    return True


async def _people(visit: Visit, *, fault: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    listing = await visit.read(people_listed, asking, visit.asked("page", "1"))
    values = {"listing": listing, "fault": fault, "roles": ROLES, "languages": LANGUAGES}
    title = visit.language.pages.deciding.LABELS.people
    status = 400 if fault else 200
    return await visit.page("web/people.html", values, title=title, here="service", status=status)


def people_listed(program: Program, asking: Asking, number: str) -> Listing:
    every = program.store.people.all()
    paging = paged(len(every), number, PER_PAGE, "/people?")
    rows = (_row(asking, one) for one in every[paging.first : paging.end])
    return Listing(rows=tuple(rows), paging=paging)


def _row(asking: Asking, one: Person) -> Row:
    return Row(
        number=one.id,
        name=visible(one.name, LONGEST),
        role=one.role,
        address=visible(one.address or ""),
        language=one.language,
        zone=one.zone,
        since=asking.moment(one.created_at),
        ended=asking.moment(one.ended_at) if one.ended_at else "",
        is_you=one.id == asking.person.id,
    )


async def _tokens(visit: Visit, *, token: str = "", fault: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(tokens_listed, asking, visit.asked("page", "1"))
    values = {"listing": found, "token": token, "fault": fault, "scopes": SCOPES}
    title = visit.language.pages.deciding.LABELS.tokens
    status = 400 if fault else 200
    return await visit.page("web/tokens.html", values, title=title, here="service", status=status)


def tokens_listed(program: Program, asking: Asking, number: str) -> Tokens:
    every = program.store.machines.all()
    paging = paged(len(every), number, PER_PAGE, "/tokens?")
    rows = (_token(asking, one) for one in every[paging.first : paging.end])
    return Tokens(rows=tuple(rows), paging=paging)


def _token(asking: Asking, one: Machine) -> TokenRow:
    return TokenRow(
        name=one.name,
        title=visible(one.name, LONGEST),
        scopes=", ".join(one.scopes),
        since=asking.moment(one.created_at),
        by=visible(one.created_by),
        ended=asking.moment(one.ended_at) if one.ended_at else "",
    )


PAGES = (
    page("/people", Guard.ADMIN, get=show, post=add),
    page("/people/{number}", Guard.ADMIN, post=change),
    page("/tokens", Guard.ADMIN, get=show_tokens, post=make),
    page("/tokens/end", Guard.ADMIN, post=end),
)
