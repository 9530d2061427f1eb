"""A reader's own page, by the signed link in each of her mails: what she follows, how often, what
she has muted, a pause, all that is kept of her, and her way out.

GET changes nothing. Each change is what a command would do, and leads back to the page.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.responses import RedirectResponse, Response

from monitor.errors import Conflict, MonitorError
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program
from monitor.pipeline.readers.kept import kept_of
from monitor.pipeline.readers.known import mute_doubts
from monitor.pipeline.readers.naming import known_to
from monitor.pipeline.readers.own import (
    Own,
    change,
    erase,
    leave_own,
    own,
    pause,
    renew_links,
    resume,
)
from monitor.report import links
from monitor.web.guards import Guard
from monitor.web.own_form import faults_of, form_from, spec_of
from monitor.web.own_view import Shown, own_view
from monitor.web.routes import page
from monitor.web.timing import EVERY, zone_areas
from monitor.web.visit import Visit, refuse
from monitor.words import LANGUAGES, language

MOST_MUTES: Final = 100
"""Of one subscription."""

LONGEST: Final = 200
"""Characters of a text field."""


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def save(visit: Visit) -> Response:
    known = await _of(visit)
    form = form_from(await _fields(visit), known)
    now = visit.face.clock()
    faults = await visit.read(faults_of, form, known)
    if not faults:
        try:
            await visit.write(change, known, spec_of(form, known), now)
        except Conflict:
            faults = {"": "no_mail"}
    if faults:
        return await _page(visit, shown=Shown(name=known.spec.name, form=form, faults=faults))
    return _back(visit, "saved", known)


async def mute(visit: Visit) -> Response:
    known = await _of(visit)
    fields = await _fields(visit)
    what, reason, until = (fields.get(name, "").strip() for name in ("what", "reason", "until"))
    today = visit.face.clock().astimezone(ZoneInfo(known.spec.zone)).date()
    faults = await visit.read(_mute_faults, known, (what, until, reason), today)
    if faults:
        wrong = Shown(name=known.spec.name, muting=(what, until, reason), faults=faults)
        return await _page(visit, shown=wrong)
    now = visit.face.clock()
    await visit.write(
        lambda program: program.store.subscriptions.mute(
            known.id, what, reason, until=until or None, now=now
        )
    )
    return _back(visit, "muted", known)


async def unmute(visit: Visit) -> Response:
    known = await _of(visit)
    number = (await _fields(visit)).get("number", "")
    found = next((one.id for one in known.mutes if str(one.id) == number), None)
    if found is not None:
        await visit.write(lambda program: program.store.subscriptions.unmute(found))
    return _back(visit, "unmuted", known)


async def rest(visit: Visit) -> Response:
    """A pause, or without a day its end."""
    known = await _of(visit)
    fields = await _fields(visit)
    if "resume" in fields:
        await visit.write(resume, known)
        return _back(visit, "resumed", known)
    try:
        until = date.fromisoformat(fields.get("until", ""))
        await visit.write(pause, known, until, visit.face.clock())
    except (ValueError, MonitorError):
        resting = fields.get("until", "")[:20]
        wrong = Shown(name=known.spec.name, resting=resting, faults={"rest": "want_a_day"})
        return await _page(visit, shown=wrong)
    return _back(visit, "paused", known)


async def leave(visit: Visit) -> Response:
    """One, or without a name all."""
    mine = await _own(visit)
    name, now = (await _fields(visit)).get("subscription", ""), visit.face.clock()
    await visit.write(leave_own, mine, name, now)
    return _back(visit, "left", None)


async def move(visit: Visit) -> Response:
    mine = await _own(visit)
    token = await visit.write(renew_links, mine)
    return RedirectResponse(f"{links.own_page(token)}?done=moved", status_code=303)


async def export(visit: Visit) -> Response:
    """All that is kept of her, as JSON, to keep."""
    mine = await _own(visit)
    found = await visit.read(kept_of, mine)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    name = 'attachment; filename="monitor-my-data.json"'
    return Response(text, media_type="application/json", headers={"Content-Disposition": name})


async def ask_erase(visit: Visit) -> Response:
    mine = await _own(visit)
    spoken = language(mine.language)
    values = {"back": links.own_page(visit.part("token"))}
    title = spoken.pages.readers.LABELS.erase_title
    return await visit.page("web/erase.html", values, title=title, spoken=spoken)


async def do_erase(visit: Visit) -> Response:
    mine = await _own(visit)
    spoken = language(mine.language)
    await visit.write(erase, mine, visit.face.clock())
    labels = spoken.pages.readers.LABELS
    values = {"heading": labels.erased, "text": labels.erased_text, "again": False}
    return await visit.page("web/over.html", values, title=labels.erased, spoken=spoken)


async def _own(visit: Visit) -> Own:
    found = await visit.read(own, visit.part("token"))
    if found is None:
        raise refuse(404)
    return found


async def _of(visit: Visit) -> Subscription:
    """That of hers which the form names."""
    mine = await _own(visit)
    return mine.get((await _fields(visit)).get("subscription", ""))


async def _fields(visit: Visit) -> dict[str, Any]:
    """Of the form that was sent; those that may be there several times as lists."""
    form = await visit.request.form()
    found: dict[str, Any] = {name: str(form.get(name, ""))[:4000] for name in form}
    for name in ("situations", "collections", "parties", "issues"):
        found[name] = [str(one)[:LONGEST] for one in form.getlist(name) if one][:200]
    return found


def _mute_faults(
    program: Program, known: Subscription, muting: tuple[str, str, str], today: date
) -> dict[str, str]:
    """By field, as the name of a label or as it is. What a command would only warn of is refused:
    nobody reads warnings on a page that says muted."""
    what, until, reason = muting
    faults: dict[str, str] = {}
    if not what or len(what) > LONGEST or len(known.mutes) >= MOST_MUTES:
        faults["what"] = "too_long" if what else "no_choice"
    else:
        doubts = mute_doubts(known_to(program, folders=False), known.spec.situations, what)
        if (doubt := next(doubts, None)) is not None:
            faults["what"] = doubt.text
    if len(reason) > LONGEST or not reason.isprintable():
        faults["reason"] = "too_long"
    try:
        if until and date.fromisoformat(until) < today:
            faults["day"] = "no_day"
    except ValueError:
        faults["day"] = "no_day"
    return faults


async def _page(visit: Visit, *, shown: Shown | None = None) -> Response:
    mine = await _own(visit)
    spoken = language(mine.language)
    now, token = visit.face.clock(), visit.part("token")
    view = await visit.read(own_view, mine, token, now, shown)
    readers = spoken.pages.readers
    values = {
        "view": view,
        "done": readers.DONE.get(visit.asked("done"), "") if shown is None else "",
        "every": EVERY,
        "areas": zone_areas(),
        "languages": LANGUAGES,
    }
    status = 400 if shown is not None else 200
    title = readers.LABELS.own
    return await visit.page("web/own.html", values, title=title, spoken=spoken, status=status)


def _back(visit: Visit, done: str, known: Subscription | None) -> Response:
    here = f"#{known.spec.name}" if known and known.spec.name.isalnum() else ""
    to = f"{links.own_page(visit.part('token'))}?done={done}{here}"
    return RedirectResponse(to, status_code=303)


_HER = "/r/{token}"

PAGES = (
    page(_HER, Guard.LINK, get=show, post=save),
    page(f"{_HER}/mute", Guard.LINK, post=mute),
    page(f"{_HER}/unmute", Guard.LINK, post=unmute),
    page(f"{_HER}/pause", Guard.LINK, post=rest),
    page(f"{_HER}/leave", Guard.LINK, post=leave),
    page(f"{_HER}/link", Guard.LINK, post=move),
    page(f"{_HER}/data.json", Guard.LINK, get=export),
    page(f"{_HER}/erase", Guard.LINK, get=ask_erase, post=do_erase),
)
