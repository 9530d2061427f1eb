"""Messages of the outbox with every attempt to hand them over; a waiting one is tried at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, get_args

from starlette.responses import RedirectResponse, Response

from monitor.model.message import MessageState
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.pipeline.returned.standing import words_of
from monitor.store.records import Bounce, DeliveryRow, MessageRow
from monitor.web.guards import Guard
from monitor.web.reading import Asking, capital
from monitor.web.routes import page
from monitor.web.visit import Visit

PER_PAGE: Final = 50

LONGEST: Final = 500
"""Characters of a reason."""

ATTEMPTS: Final = 100
"""Of one message, the last."""

AGAIN: Final = ("pending", "retry", "dead")
"""States from which a message may be tried now."""


class Row(Record):
    number: str
    url: str
    state: str
    what: str
    to: str
    at: str
    tries: str
    next_try: str
    reason: str
    came_back: str
    """What the last report about it said; empty where nothing came back."""


class StateChoice(Record):
    title: str
    url: str
    here: bool


class Listing(Record):
    """`older` leads to those before the last one shown."""

    rows: tuple[Row, ...]
    choices: tuple[StateChoice, ...]
    newest: str
    older: str


class AttemptRow(Record):
    at: str
    result: str
    answer: str


class ReturnRow(Record):
    at: str
    report: str
    effect: str


class Page(Record):
    row: Row
    made: str
    expires: str
    digest: str
    again: bool
    held: bool
    fault: str
    attempts: tuple[AttemptRow, ...]
    returns: tuple[ReturnRow, ...]


async def show_all(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(listed, asking, visit.asked("state"), visit.asked("before"))
    title = visit.language.pages.deciding.LABELS.messages
    return await visit.page("web/messages.html", {"listing": found}, title=title, here="service")


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, fault: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(message_page, asking, visit.part("number"), fault)
    title = f"{found.row.what} {found.row.number}"
    status = 400 if fault else 200
    return await visit.page(
        "web/message.html", {"page": found}, title=title, here="service", status=status
    )


async def let_go(visit: Visit) -> Response:
    """Sends what is held after all, and keeps who said so and why. Raises Conflict for one that is
    not held any more."""
    number, reason = visit.part("number"), (await visit.field("reason")).strip()[:LONGEST]
    if not reason:
        return await _page(visit, visit.language.pages.deciding.LABELS.say_why)
    await visit.write(
        _let_go, number, f"released by {visit.who.name}: {reason}", visit.face.clock()
    )
    return RedirectResponse(f"/service/messages/{number}", status_code=303)


def _let_go(program: Program, number: str, reason: str, now: datetime) -> None:
    expires = now + program.settings.mail.expires_after
    program.store.outbox.let_go([number], now=now, expires_at=expires, reason=reason)


async def retry(visit: Visit) -> Response:
    """Raises Conflict for one that is over, or whose reader would be told twice."""
    number = visit.part("number")
    await visit.write(_retry, number, visit.face.clock())
    return RedirectResponse(f"/service/messages/{number}", status_code=303)


def _retry(program: Program, number: str, now: datetime) -> None:
    expires = now + program.settings.mail.expires_after
    program.store.outbox.retry(number, now=now, expires_at=expires)


def listed(program: Program, asking: Asking, state: str, before: str) -> Listing:
    """`state` and `before` come from anybody."""
    words = asking.language.pages.deciding
    states: tuple[MessageState, ...] = get_args(MessageState)
    here = tuple(one for one in states if one == state)
    found = program.store.outbox.find(states=here, before=before or None, limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    back = program.store.bounces.of([one.id for one in shown])
    asked = f"state={here[0]}&" if here else ""
    choices = [StateChoice(title=words.LABELS.all_messages, url="/service/messages", here=not here)]
    for one in states:
        url = f"/service/messages?state={one}"
        choices.append(StateChoice(title=words.STATES[one], url=url, here=one in here))
    return Listing(
        rows=tuple(_row(asking, one, back.get(one.id, ())) for one in shown),
        choices=tuple(choices),
        newest=f"/service/messages?{asked}".rstrip("?&") if before else "",
        older=f"/service/messages?{asked}before={shown[-1].id}" if len(found) > PER_PAGE else "",
    )


def message_page(program: Program, asking: Asking, number: str, fault: str = "") -> Page:
    found = program.store.outbox.get(number)
    attempts = program.store.outbox.deliveries(number)[-ATTEMPTS:]
    back = program.store.bounces.of([number]).get(number, ())
    return Page(
        row=_row(asking, found, back),
        made=asking.moment(found.created_at),
        expires=asking.moment(found.expires_at),
        digest=f"/digests/{found.digest}" if found.digest is not None else "",
        again=found.state in AGAIN,
        held=found.state == "held",
        fault=fault,
        attempts=tuple(_attempt(asking, one) for one in attempts),
        returns=tuple(_return(asking, one) for one in back),
    )


def _return(asking: Asking, one: Bounce) -> ReturnRow:
    by = f" ({one.reporter})" if one.reporter else ""
    return ReturnRow(
        at=asking.moment(one.at),
        report=visible(f"{words_of(one)}{by}", 500),
        effect=asking.language.pages.deciding.RETURNED[one.verdict],
    )


def _row(asking: Asking, one: MessageRow, back: Sequence[Bounce]) -> Row:
    words = asking.language.pages.deciding
    state = words.STATES[one.state]
    return Row(
        number=one.id,
        url=f"/service/messages/{one.id}",
        state=f"{state} ({words.LABELS.uncertain})" if one.uncertain else state,
        what=capital(words.REASONS[one.reason]),
        to=visible(one.recipient),
        at=asking.moment(one.created_at),
        tries=words.tries(one.attempts),
        next_try=asking.moment(one.next_attempt) if one.next_attempt else "",
        reason=_why(asking, one),
        came_back=visible(words_of(back[-1]), 300) if back else "",
    )


def _why(asking: Asking, one: MessageRow) -> str:
    """What we have decided in her language; what servers and people say, as they say it."""
    said, words = one.state_reason or "", asking.language.pages.deciding
    if one.state == "held":
        return next((text for begins, text in words.WAITS.items() if said.startswith(begins)), said)
    if one.state == "cancelled":
        said = next((text for part, text in words.GIVEN_UP.items() if part in said), said)
    return visible(said, 500)


def _attempt(asking: Asking, one: DeliveryRow) -> AttemptRow:
    words = (one.phase, one.code, one.status, one.text)
    return AttemptRow(
        at=asking.moment(one.started_at),
        result=visible(one.result or "…"),
        answer=visible(" ".join(str(word) for word in words if word), 500),
    )


PAGES = (
    page("/service/messages", Guard.EDITOR, get=show_all),
    page("/service/messages/{number}", Guard.EDITOR, get=show),
    page("/service/messages/{number}/release", Guard.EDITOR, post=let_go),
    page("/service/messages/{number}/retry", Guard.EDITOR, post=retry),
)
