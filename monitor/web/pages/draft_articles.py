"""Articles of a draft: adding one, deciding on its cards, and its text as it was kept."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from monitor.errors import MonitorError, NotFound
from monitor.model.edtf import bounds
from monitor.model.record import Record, replace
from monitor.model.text import visible
from monitor.pipeline.drafting.adding import add_article, kept_of
from monitor.pipeline.drafting.keeping import keep_article, known_already
from monitor.pipeline.drafting.placing import Act
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import Article, Draft
from monitor.web.draft_panels import Kept, kept
from monitor.web.draft_placing import Deed, do
from monitor.web.drafted import Drafted, drafted
from monitor.web.guards import Guard
from monitor.web.pages.drafts import asking_of, draft_page, number_of, of
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit
from monitor.writing.articles import text_of

LONGEST: Final = 500
"""Characters of what is said of an article."""

_SAID: Final = ("publisher", "published", "title", "url")


class Given(Record):
    """What was sent of an article; shown again where something is wrong."""

    text: str = ""
    publisher: str = ""
    published: str = ""
    title: str = ""
    url: str = ""


async def ask(visit: Visit) -> Response:
    return await _adding(visit, Given())


async def add(visit: Visit) -> Response:
    draft, form = await of(visit), await visit.request.form()
    given = Given(
        text=str(form.get("text", "")).replace("\r\n", "\n"),
        **{name: str(form.get(name, "")).strip()[:LONGEST] for name in _SAID},
    )
    data = await _upload(form) or given.text.encode()
    if not data.strip():
        return await _adding(visit, given, visit.language.pages.drafting.LABELS.no_text)
    if given.published and bounds(given.published) is None:
        return await _adding(visit, given, visit.language.pages.drafting.FAULTS["date"])
    act = _act(visit)
    try:
        article = await visit.write(_add, draft, data, given, act)
    except MonitorError as error:
        return await _adding(visit, given, visible(str(error), LONGEST))
    address = links.draft(draft.situation, article=str(article.id))
    return RedirectResponse(address, status_code=303)


async def decide(visit: Visit) -> Response:
    """One card: accepted, with what was changed in it, rejected or left; or the last taken back."""
    draft, form = await of(visit), await visit.request.form()
    article = await visit.read(_article, draft, visit.part("number"))
    deed = _deed(form)
    mine = replace(draft, edition=number_of(str(form.get("-edition", ""))))
    try:
        await visit.write(do, mine, article, deed, _act(visit))
    except MonitorError as error:
        return await draft_page(
            visit, str(article.id), fault=visible(str(error), LONGEST), card=_card_of(deed)
        )
    address = links.draft(draft.situation, article=str(article.id))
    where = f"#m{deed.option}" if deed.what == "proposed" else f"#c{deed.card}"
    return RedirectResponse(f"{address}{where if deed.card else ''}", status_code=303)


async def show_kept(visit: Visit) -> Response:
    """Also of a draft that was published or given up: quotations lead here."""
    asking = asking_of(visit)
    draft, found = await visit.read(_kept, asking, visit.part("situation"), visit.part("number"))
    values = {
        "article": found,
        "url": links.draft(draft.situation),
        "is_open": draft.ending is None,
    }
    return await visit.page("web/draft_article.html", values, title=found.title, here="drafts")


def _kept(program: Program, asking: Asking, situation: str, number: str) -> tuple[Draft, Kept]:
    article = program.store.articles.get(number_of(number))
    draft = program.store.drafts.get(article.draft)
    if draft.situation != situation:
        raise NotFound(f"there is no article {number} of {situation}")
    return draft, kept(program, asking, draft, article)


def _article(program: Program, draft: Draft, number: str) -> Article:
    for one in program.store.articles.of(draft.id):
        if str(one.id) == number:
            return one
    raise NotFound(f"the draft has no article {number[:20]}")


def _add(program: Program, draft: Draft, data: bytes, given: Given, act: Act) -> Article:
    """The article with its publication in the draft; the same bytes again are one."""
    if (same := known_already(program, draft, data)) is not None:
        return same
    read = text_of(data, name=given.title or given.publisher or "article")
    told = {name: getattr(given, name) for name in _SAID if getattr(given, name)}
    read = replace(read, **told)
    added = add_article(program, draft, read)
    return keep_article(program, draft, added.plain, kept_of(added, read, data), act)[1]


def _card_of(deed: Deed) -> str:
    """The card that a fault is said at."""
    if deed.what == "proposed":
        return f"m{deed.option}"
    return f"c{deed.card}" if deed.card else ""


def _act(visit: Visit) -> Act:
    return Act(by=visit.who.name, now=visit.face.clock(), how="browser")


async def _upload(form: FormData) -> bytes:
    file = form.get("file")
    return await file.read() if isinstance(file, UploadFile) and file.size else b""


def _deed(form: FormData) -> Deed:
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return Deed(
        what=str(form.get("-what", "")),
        card=number_of(str(form.get("-card", ""))),
        option=number_of(str(form.get("-option", ""))),
        path=str(form.get("-path", "")),
        typed=typed,
    )


async def _adding(visit: Visit, given: Given, fault: str = "") -> Response:
    draft, asking = await of(visit), asking_of(visit)
    found: Drafted = await visit.read(drafted, asking, draft)
    title = f"{found.title}: {visit.language.pages.drafting.LABELS.add_article}"
    return await visit.page(
        "web/draft_add.html",
        {"page": found, "given": given, "fault": fault},
        title=title,
        here="drafts",
        status=400 if fault else 200,
    )


PAGES = (
    page("/drafts/{situation}/articles", Guard.EDITOR, get=ask, post=add),
    page("/drafts/{situation}/articles/{number}", Guard.EDITOR, get=show_kept, post=decide),
)
