"""Versions that wait for a person, each with what it would change; and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.errors import CannotCompare, NotFound
from monitor.model.comparison import Significance
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.intake.holding import reject, release
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.report.report import make_report
from monitor.report.view import Report
from monitor.store.records import Version
from monitor.web.decided import Decided, decisions, last_decisions
from monitor.web.guards import Guard
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking, compared, failed
from monitor.web.routes import page
from monitor.web.visit import Visit, refuse

PER_PAGE: Final = 5
"""Each brings its difference with it."""

FINDINGS: Final = 8
"""Of one version in the list; its comparison has all."""

LONGEST: Final = 1000
"""Characters of a reason."""


class Held(Record):
    """A version that waits. `compare` is empty where nothing counts yet, or the two cannot be
    compared, as `trouble` says."""

    number: int
    situation: str
    title: str
    url: str
    day: str
    since: str
    reason: str
    detail: str
    against: str
    report: Report | None
    shown: int
    more: str
    compare: str
    trouble: str


class Review(Record):
    held: tuple[Held, ...]
    paging: Paging
    decided: Decided
    fault: str


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def decide(visit: Visit) -> Response:
    """Release or reject one; whoever comes second is told that it waits no more."""
    reason = (await visit.field("reason")).strip()[:LONGEST]
    what = await visit.field("what")
    if what not in _DOING:
        raise refuse(400)
    if not reason:
        return await _page(visit, fault=visit.language.pages.deciding.LABELS.say_why)
    asked = (visit.part("number"), reason, visit.who.name, visit.face.clock())
    await visit.write(_DOING[what], *asked)
    return RedirectResponse("/review", status_code=303)


async def show_decisions(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    situation = visit.asked("situation")[:200]
    before = links.decisions(situation)
    address = f"{before}{'&' if '?' in before else '?'}"
    found = await visit.read(
        decisions, asking, situation or None, visit.asked("page", "1"), address
    )
    title = visit.language.pages.deciding.LABELS.decisions
    return await visit.page("web/decisions.html", {"decided": found}, title=title, here="review")


async def _page(visit: Visit, *, fault: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(review, asking, visit.asked("page", "1"), fault)
    title = visit.language.pages.LABELS.review
    status = 400 if fault else 200
    return await visit.page(
        "web/review.html", {"page": found}, title=title, here="review", status=status
    )


def review(program: Program, asking: Asking, number: str, fault: str) -> Review:
    every = program.store.versions.held()
    paging = paged(len(every), number, PER_PAGE, "/review?")
    return Review(
        held=tuple(_held(program, asking, one) for one in every[paging.first : paging.end]),
        paging=paging,
        decided=last_decisions(program, asking),
        fault=fault,
    )


def _held(program: Program, asking: Asking, one: Version) -> Held:
    situation = program.store.situations.get(one.ref.situation)
    counts = _counting(program, one)
    report, left, trouble = _report(program, asking, counts, one)
    return Held(
        number=one.id,
        situation=one.ref.situation,
        title=visible(one.ref.title or situation.title or situation.name, 200),
        url=links.situation("", one.ref.situation),
        day=asking.day(one.ref.as_of),
        since=asking.moment(one.learned_at),
        reason=asking.language.pages.deciding.HOLDS[one.hold or "accident"],
        detail=visible(one.held or "") if one.hold != "early" else "",
        against=asking.day(counts.ref.as_of) if counts is not None else "",
        report=report,
        shown=FINDINGS,
        more=asking.language.pages.and_more(left) if left else "",
        compare=links.comparison("", counts.ref, one.ref) if counts and not trouble else "",
        trouble=trouble,
    )


def _counting(program: Program, one: Version) -> Version | None:
    """What stands now where it would stand: what counts for its day, else what counts at all."""
    versions, name = program.store.versions, one.ref.situation
    return versions.upto(name, one.ref.as_of) or versions.latest(name)


def _report(
    program: Program, asking: Asking, counts: Version | None, one: Version
) -> tuple[Report | None, int, str]:
    """With how many findings are left out, and why nothing can be said."""
    if counts is None:
        return None, 0, ""
    try:
        found = compared(program, asking, counts, one)
    except CannotCompare as error:
        return None, 0, visible(str(error))
    told = [each for each in found.findings if each.significance >= Significance.MINOR]
    told.sort(key=lambda each: -each.significance)
    report = make_report(
        found, told[:FINDINGS], (), names=("", ""), language=asking.language, failed=failed
    )
    return report, max(0, len(told) - FINDINGS), ""


def _find(program: Program, number: str) -> Version:
    held = program.store.versions.held()
    found = next((one for one in held if str(one.id) == number), None)
    if found is None:
        raise NotFound("this version does not wait for a decision any more")
    return found


def _release(program: Program, number: str, reason: str, by: str, now: datetime) -> None:
    release(program, _find(program, number), now, by=by, reason=reason)


def _reject(program: Program, number: str, reason: str, by: str, now: datetime) -> None:
    reject(program, _find(program, number), reason, now, by=by)


_DOING: Final = {"release": _release, "reject": _reject}

PAGES = (
    page("/review", Guard.EDITOR, get=show),
    page("/review/{number}", Guard.EDITOR, post=decide),
    page("/decisions", Guard.READER, get=show_decisions),
)
