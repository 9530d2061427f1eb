"""A form for any entry of a draft's situation, made from its kind: no article is needed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from monitor.errors import MonitorError
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.pipeline.drafting.placing import Act, Placed, place
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Draft
from monitor.web.draft_entries import (
    Entry,
    EntryForm,
    Ground,
    Listed,
    Sent,
    Spot,
    Typed,
    collection_of,
    entries,
    form,
    ground,
    lists,
)
from monitor.web.draft_written import placement, removal
from monitor.web.drafted import Drafted, drafted
from monitor.web.guards import Guard
from monitor.web.pages.drafts import asking_of, number_of, of
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking, capital
from monitor.web.routes import page
from monitor.web.visit import Visit
from monitor.writing.placing import Placement

PER_PAGE: Final = 50

_OWN: Final = frozenset({"form_key", "-edition", "-entry", "-in", "-what"})
"""Fields of the form that are none of the kind, which may call its own as it likes."""


class ListPage(Record):
    name: str
    title: str
    asked: str
    rows: tuple[Entry, ...]
    paging: Paging
    url: str


async def show_lists(visit: Visit) -> Response:
    draft, asking = await of(visit), asking_of(visit)
    found: Drafted = await visit.read(drafted, asking, draft)
    every: tuple[Listed, ...] = await visit.read(lambda p: lists(ground(p, asking, draft)))
    return await _page(visit, found, "web/draft_lists.html", lists=every)


async def show(visit: Visit) -> Response:
    """A list, one entry of it, or the form of a new one."""
    draft, asking, name = await of(visit), asking_of(visit), visit.part("name")
    spot = Spot(name=name, path=visit.asked("entry")[:400], above=visit.asked("in")[:400])
    found: Drafted = await visit.read(drafted, asking, draft)
    if spot.path or spot.above or visit.asked("new"):
        made = await visit.read(_form, asking, draft, spot)
        return await _page(visit, found, "web/draft_entry.html", form=made)
    listing = await visit.read(
        _list, asking, draft, name, asked=visit.asked("find")[:80], number=visit.asked("page")
    )
    return await _page(visit, found, "web/draft_list.html", listing=listing)


async def save(visit: Visit) -> Response:
    """Nothing that was typed is lost, whatever is wrong with it."""
    draft, asking, given = await of(visit), asking_of(visit), await visit.request.form()
    spot = Spot(
        name=visit.part("name"),
        path=str(given.get("-entry", ""))[:400],
        above=str(given.get("-in", ""))[:400],
    )
    typed = _typed(given)
    if given.get("-what") == "remove":
        made: Placement | None = await visit.read(_removal, asking, draft, spot)
        faults: dict[str, str] = {}
    else:
        made, faults = await visit.read(_placement, asking, draft, spot, typed)
    if made is not None:
        mine = replace(draft, edition=number_of(str(given.get("-edition", ""))))
        try:
            await visit.write(_put, mine, made, visit.who.name, visit.face.clock())
        except MonitorError as error:
            faults = {"": visible(str(error), 300)}
        else:
            return RedirectResponse(links.draft(draft.situation), status_code=303)
    draft = await of(visit)
    found: Drafted = await visit.read(drafted, asking, draft)
    again = await visit.read(_form, asking, draft, spot, Sent(typed=typed, faults=faults))
    return await _page(
        visit, found, "web/draft_entry.html", status=400, form=again, fault=faults.get("", "")
    )


def _put(program: Program, draft: Draft, made: Placement, by: str, now: datetime) -> Draft:
    """Raises Conflict where somebody saved meanwhile."""
    act = Act(by=by, now=now, how="form")
    return place(program, draft, [Placed(placement=made)], act)


def _typed(given: FormData) -> Typed:
    found: dict[str, list[str]] = {}
    for name, value in given.multi_items():
        if name not in _OWN and isinstance(value, str) and len(value) < 100_000:
            found.setdefault(name, []).append(value)
    return found


def _form(
    program: Program,
    asking: Asking,
    draft: Draft,
    spot: Spot,
    sent: Sent | None = None,
) -> EntryForm:
    return form(ground(program, asking, draft), spot, sent)


def _placement(
    program: Program, asking: Asking, draft: Draft, spot: Spot, typed: Typed
) -> tuple[Placement | None, dict[str, str]]:
    return placement(ground(program, asking, draft), spot, typed)


def _removal(program: Program, asking: Asking, draft: Draft, spot: Spot) -> Placement:
    return removal(ground(program, asking, draft), spot)


def _list(
    program: Program, asking: Asking, draft: Draft, name: str, *, asked: str, number: str
) -> ListPage:
    at: Ground = ground(program, asking, draft)
    found = entries(at, name, asked)
    url = links.draft(draft.situation, f"form/{name}")
    before = links.draft(draft.situation, f"form/{name}", find=asked)
    paging = paged(len(found), number, PER_PAGE, f"{before}{'&' if '?' in before else '?'}")
    return ListPage(
        name=name,
        title=visible(capital(collection_of(at.kind, name).title), 120),
        asked=asked,
        rows=found[paging.first : paging.end],
        paging=paging,
        url=url,
    )


async def _page(
    visit: Visit,
    found: Drafted,
    template: str,
    *,
    status: int = 200,
    fault: str = "",
    **values: object,
) -> Response:
    title = f"{found.title}: {visit.language.pages.drafting.LABELS.form}"
    return await visit.page(
        template,
        {"page": found, "fault": fault, **values},
        title=title,
        here="drafts",
        status=status,
    )


PAGES = (
    page("/drafts/{situation}/form", Guard.EDITOR, get=show_lists),
    page("/drafts/{situation}/form/{name}", Guard.EDITOR, get=show, post=save),
)
