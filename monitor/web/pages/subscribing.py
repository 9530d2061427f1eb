"""The form by which anybody may follow what is open to everybody, and the page that confirms it."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from monitor.errors import Conflict, MessageUnsendable, NotFound
from monitor.mail.addresses import canonical_address
from monitor.model.record import Record, replace
from monitor.model.subscription import SubscriptionSpec
from monitor.model.text import visible
from monitor.pipeline.delivery import CONFIRM
from monitor.pipeline.program import Program
from monitor.pipeline.readers.confirming import (
    NAMES,
    Offered,
    ask,
    confirm,
    offered,
    permit_hash,
    wished,
)
from monitor.pipeline.readers.own import page_token
from monitor.report import links
from monitor.web.guards import Guard
from monitor.web.rates import Rates
from monitor.web.routes import page
from monitor.web.timing import EVERY, Timing, timing_faults, timing_from, zone_areas
from monitor.web.visit import Visit, refuse
from monitor.words import LANGUAGES, language
from monitor.words.dates import cadence_words

TRIES: Final = Rates("30/minute")
"""Of one network: whoever sends more is not even looked at."""

LONGEST: Final = 254
"""Characters of an address."""


class Wish(Record):
    """What stands in the form, right or wrong."""

    address: str = ""
    situations: tuple[str, ...] = ()
    timing: Timing = Timing()


async def show(visit: Visit) -> Response:
    found = await _open(visit)
    chosen = (found[0].name,) if len(found) == 1 else ()
    timing = Timing(language=visit.language.code)
    return await _form(visit, found, Wish(situations=chosen, timing=timing), {})


async def send(visit: Visit) -> Response:
    found = await _open(visit)
    form = await visit.request.form()
    wish = Wish(
        address=str(form.get("address", ""))[: LONGEST + 1].strip(),
        situations=tuple(dict.fromkeys(map(str, form.getlist("situations"))))[: len(found) + 1],
        timing=timing_from({name: str(form.get(name, "")) for name in form}),
    )
    spec, faults = _spec(wish, found)
    if spec is None:
        return await _form(visit, found, wish, faults)
    network = visit.request.client.host if visit.request.client else ""
    often = not TRIES.allow(network)
    if not often:
        often = await visit.write(ask, spec, network, visit.face.clock()) == "often"
    if often:
        return await _form(visit, found, wish, {"": "too_many_asked"})
    return RedirectResponse("/subscribe/asked", status_code=303)


async def show_asked(visit: Visit) -> Response:
    """The same for everybody."""
    await _open(visit)
    title = visit.language.pages.readers.LABELS.asked
    return await visit.page("web/asked.html", {}, title=title)


async def show_confirm(visit: Visit) -> Response:
    """Changes nothing: scanners of mail follow links."""
    return await _confirm_page(visit)


async def do_confirm(visit: Visit) -> Response:
    token, now = visit.part("token"), visit.face.clock()
    try:
        to = await visit.write(_confirm, token, now)
    except Conflict:
        return await _over(visit, "confirm", "no_mail", 409)
    except NotFound:
        return await _over(visit, "over", "gone", 410)
    if to is None:
        return await _confirm_page(visit)
    return RedirectResponse(f"{links.own_page(to)}?done=confirmed", status_code=303)


def _confirm(program: Program, token: str, now: Any) -> str | None:
    found = confirm(program, token, now)
    return page_token(program, found.id) if found else None


async def _confirm_page(visit: Visit) -> Response:
    token, now = visit.part("token"), visit.face.clock()
    try:
        wish = await visit.read(wished, token, now)
    except NotFound:
        return await _over(visit, "over", "gone", 410)
    if wish is None:
        standing = await visit.read(
            lambda program: program.store.permits.standing(permit_hash(token), CONFIRM, now=now)
        )
        if standing not in ("used", "over"):
            raise refuse(404)
        return await _over(visit, standing, f"{standing}_text", 410)
    spoken = language(wish.language)
    titles = {one.name: one.title for one in await visit.read(offered)}
    names = [visible(titles.get(name, name), 200) for name in wish.situations]
    quoted = ", ".join(map(spoken.values.quoted, names))
    how = spoken.letters.how_often(cadence_words(wish.cadence, wish.zone, spoken))
    values = {
        "heading": spoken.pages.readers.asked_for(quoted),
        "how": how,
        "address": visible(wish.address),
    }
    title = spoken.pages.readers.LABELS.confirm
    return await visit.page("web/confirm.html", values, title=title, spoken=spoken)


async def _over(visit: Visit, title: str, text: str, status: int) -> Response:
    """Why a link does nothing, and where there is another one."""
    labels = visit.language.pages.readers.LABELS
    again = bool(await visit.read(offered)) and text != "no_mail"
    said = getattr(labels, title)
    values = {"heading": said, "text": getattr(labels, text), "again": again}
    return await visit.page("web/over.html", values, title=said, status=status)


async def _open(visit: Visit) -> tuple[Offered, ...]:
    """What is offered; where nothing is, there is no such page."""
    found = await visit.read(offered)
    if not found:
        raise refuse(404)
    return found


def _spec(wish: Wish, found: tuple[Offered, ...]) -> tuple[SubscriptionSpec | None, dict[str, str]]:
    faults = timing_faults(wish.timing)
    there = {one.name for one in found}
    if not wish.situations or not there.issuperset(wish.situations):
        faults["situations"] = "no_situation"
    address = ""
    try:
        address = canonical_address(wish.address)
    except MessageUnsendable:
        faults["address"] = "no_address"
    if faults:
        return None, faults
    return SubscriptionSpec(
        address=address,
        name=NAMES[0],
        situations=wish.situations,
        cadence=wish.timing.cadence,
        zone=wish.timing.zone,
        language=wish.timing.language,
        origin="reader",
    ), {}


async def _form(
    visit: Visit, found: tuple[Offered, ...], wish: Wish, faults: dict[str, str]
) -> Response:
    """Nothing that was written is lost, but an address too long to be one."""
    labels = visit.language.pages.readers.LABELS
    values = {
        "offered": [replace(one, title=visible(one.title, 200)) for one in found],
        "wish": wish,
        "faults": {field: getattr(labels, name) for field, name in faults.items()},
        "every": EVERY,
        "areas": zone_areas(),
        "languages": LANGUAGES,
    }
    status = 200 if not faults else 429 if "" in faults else 400
    return await visit.page("web/subscribe.html", values, title=labels.subscribe, status=status)


PAGES = (
    page("/subscribe", Guard.PUBLIC, get=show, post=send),
    page("/subscribe/asked", Guard.PUBLIC, get=show_asked),
    page("/confirm/{token}", Guard.LINK, get=show_confirm, post=do_confirm),
)
