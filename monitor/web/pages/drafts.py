"""Drafts: which are open, opening one, its page, its text, publishing it, giving it up."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.errors import Conflict, ExtraMissing, MonitorError, NotFound
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.pipeline.drafting.cards import placed_of
from monitor.pipeline.drafting.drafts import open_draft
from monitor.pipeline.drafting.placing import Act, place
from monitor.pipeline.drafting.publishing import Published, publish
from monitor.pipeline.drafting.taking import taken_back
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Draft, Version
from monitor.web.draft_panels import Panels, panels
from monitor.web.drafted import Drafted, drafted, title_of
from monitor.web.guards import Guard
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

LONGEST: Final = 1_000_000
"""Characters of a draft that is written in a browser."""


_NONE: Final = {"fault": "", "meanwhile": None, "text": "", "panels": None, "card": ""}
"""What pages show only sometimes."""


class Row(Record):
    title: str
    url: str
    base: str
    opened: str
    by: str
    saved: str


class Choice(Record):
    name: str
    title: str
    chosen: bool


class Listing(Record):
    """`free` are the situations that have no draft."""

    rows: tuple[Row, ...]
    free: tuple[Choice, ...]
    fault: str
    done: str


class Ended(Record):
    """What came of publishing."""

    title: str
    url: str
    versions: tuple[tuple[str, str], ...]
    """Each with what it waits for, "" where it counts."""
    file: str
    unwritten: str


class Meanwhile(Record):
    """Somebody saved since a text was read: both are shown, so that nothing is lost."""

    mine: str
    why: str


def asking_of(visit: Visit) -> Asking:
    return Asking(person=visit.who, now=visit.face.clock())


async def show_all(visit: Visit) -> Response:
    return await _listing(visit)


async def open_one(visit: Visit) -> Response:
    """One that is open already is shown."""
    situation = (await visit.field("situation"))[:200]
    day = (await visit.field("as_of")).strip()[:40]
    try:
        await visit.write(
            open_draft, situation, as_of=day or None, by=visit.who.name, now=visit.face.clock()
        )
    except MonitorError as error:
        if await visit.read(_open, situation) is None:
            return await _listing(visit, fault=visible(str(error)))
    return RedirectResponse(links.draft(situation), status_code=303)


async def show(visit: Visit) -> Response:
    draft = await visit.read(_open, visit.part("situation"))
    if draft is None:
        return RedirectResponse(links.drafts(visit.part("situation")), status_code=303)
    return await draft_page(visit, visit.asked("article"))


async def draft_page(
    visit: Visit, article: str = "", *, fault: str = "", card: str = "", status: int = 0
) -> Response:
    """The draft with the panels of one of its articles; `fault` is said at its card."""
    draft, asking = await of(visit), asking_of(visit)
    found = await visit.read(drafted, asking, draft)
    made, trouble = await visit.read(_panels, asking, draft, article)
    return await _page(
        visit,
        "web/draft.html",
        found,
        status=status or (409 if fault else 200),
        panels=made,
        fault=fault or trouble,
        card=card,
    )


async def show_text(visit: Visit) -> Response:
    draft = await of(visit)
    found = await visit.read(drafted, asking_of(visit), draft)
    return await _page(visit, "web/draft_text.html", found, text=draft.text)


async def save_text(visit: Visit) -> Response:
    """What was written is kept in any case; lines under quotations are placed."""
    draft = await of(visit)
    written = _plain(await visit.field("text"))
    if len(written) > LONGEST:
        raise MonitorError(f"the text has {len(written)} letters, want {LONGEST} at most")
    mine = replace(draft, edition=number_of(await visit.field("edition")))
    try:
        await visit.write(_save, mine, written, visit.who.name, visit.face.clock())
    except Conflict as error:
        found = await visit.read(drafted, asking_of(visit), await of(visit))
        meanwhile = Meanwhile(mine=written, why=visible(str(error)))
        text = (await of(visit)).text
        return await _page(
            visit, "web/draft_text.html", found, status=409, text=text, meanwhile=meanwhile
        )
    return RedirectResponse(links.draft(draft.situation, "text"), status_code=303)


async def publish_one(visit: Visit) -> Response:
    """Just what its page showed: whoever saved meanwhile is not published unseen."""
    draft = await of(visit)
    mine = replace(draft, edition=number_of(await visit.field("edition")))
    try:
        done = await visit.write(publish, mine, by=visit.who.name, now=visit.face.clock())
    except MonitorError as error:
        return await _again(visit, draft.situation, visible(str(error)))
    ended = await visit.read(_ended, asking_of(visit), draft.situation, done)
    title = visit.language.pages.drafting.LABELS.published
    return await visit.page("web/published.html", {"page": ended}, title=title, here="drafts")


async def ask_discard(visit: Visit) -> Response:
    draft = await of(visit)
    found = await visit.read(drafted, asking_of(visit), draft)
    return await _page(visit, "web/draft_discard.html", found)


async def discard(visit: Visit) -> Response:
    draft = await of(visit)
    mine = replace(draft, edition=number_of(await visit.field("edition")))
    try:
        await visit.write(_discard, mine, visit.who.name, visit.face.clock())
    except Conflict as error:
        return await _again(visit, draft.situation, visible(str(error)))
    return await _listing(visit, done=visit.language.pages.drafting.LABELS.discarded)


async def of(visit: Visit) -> Draft:
    """The open draft that the address names. Raises NotFound."""
    situation = visit.part("situation")
    draft = await visit.read(_open, situation)
    if draft is None:
        raise NotFound(f"{situation[:200]} has no open draft")
    return draft


async def _again(visit: Visit, situation: str, fault: str) -> Response:
    """The draft as it is now, with why it was not done; or the list, where none is open."""
    if await visit.read(_open, situation) is None:
        return await _listing(visit, fault=fault)
    return await draft_page(visit, fault=fault)


async def _page(
    visit: Visit, template: str, found: Drafted, *, status: int = 200, **values: object
) -> Response:
    title = f"{found.title}: {visit.language.pages.drafting.LABELS.drafts}"
    return await visit.page(
        template, {**_NONE, "page": found, **values}, title=title, here="drafts", status=status
    )


async def _listing(visit: Visit, *, fault: str = "", done: str = "") -> Response:
    asked = visit.asked("situation")[:200]
    found = await visit.read(listed, asking_of(visit), asked, fault, done)
    title = visit.language.pages.drafting.LABELS.drafts
    return await visit.page(
        "web/drafts.html",
        {"page": found},
        title=title,
        here="drafts",
        status=400 if fault else 200,
    )


def listed(program: Program, asking: Asking, asked: str, fault: str, done: str) -> Listing:
    drafts = program.store.drafts.all()
    busy = {one.situation for one in drafts}
    free = [one for one in program.store.situations.all() if one.name not in busy]
    return Listing(
        rows=tuple(_row(program, asking, one) for one in drafts),
        free=tuple(
            Choice(
                name=one.name, title=visible(one.title or one.name, 200), chosen=one.name == asked
            )
            for one in sorted(free, key=lambda one: (one.title or one.name).lower())
        ),
        fault=fault,
        done=done,
    )


def _row(program: Program, asking: Asking, one: Draft) -> Row:
    base = program.store.versions.get(one.base) if one.base is not None else None
    return Row(
        title=title_of(program, one.situation),
        url=links.draft(one.situation),
        base=asking.day(base.ref.as_of) if base is not None else "",
        opened=asking.moment(one.opened_at),
        by=visible(one.opened_by),
        saved=asking.language.pages.drafting.saved_at(
            asking.moment(one.saved_at), visible(one.saved_by)
        ),
    )


def _panels(
    program: Program, asking: Asking, draft: Draft, article: str
) -> tuple[Panels | None, str]:
    """With why there are none: what reads articles comes with an extra."""
    try:
        return panels(program, asking, draft, article), ""
    except ExtraMissing as error:
        return None, visible(str(error))


def _open(program: Program, situation: str) -> Draft | None:
    return program.store.drafts.of(situation)


def _save(program: Program, draft: Draft, written: str, by: str, now: datetime) -> Draft:
    taking = taken_back(program, draft.situation, written)
    placed = placed_of(program, draft, taking.taken)
    return place(program, draft, placed, Act(by=by, now=now, how="browser"), text=taking.text)


def _discard(program: Program, draft: Draft, by: str, now: datetime) -> None:
    program.store.drafts.end(draft, "discarded", by=by, now=now)


def _ended(program: Program, asking: Asking, situation: str, done: Published) -> Ended:
    return Ended(
        title=title_of(program, situation),
        url=links.situation("", situation),
        versions=tuple(_version(asking, one) for one in done.versions),
        file=visible(str(done.file.name)) if done.file is not None else "",
        unwritten=visible(done.unwritten or ""),
    )


def _version(asking: Asking, one: Version) -> tuple[str, str]:
    waits = asking.language.pages.deciding.HOLDS[one.hold or "accident"] if one.held else ""
    return asking.day(one.ref.as_of), waits


def _plain(text: str) -> str:
    """A browser ends lines as mail does."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


PAGES = (
    page("/drafts", Guard.EDITOR, get=show_all, post=open_one),
    page("/drafts/{situation}", Guard.EDITOR, get=show),
    page("/drafts/{situation}/text", Guard.EDITOR, get=show_text, post=save_text),
    page("/drafts/{situation}/publish", Guard.EDITOR, post=publish_one),
    page("/drafts/{situation}/discard", Guard.EDITOR, get=ask_discard, post=discard),
)
