"""A situation's versions and its baseline; choosing it, taking a snapshot out, putting it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from starlette.responses import RedirectResponse, Response

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.intake.deciding import set_baseline
from monitor.pipeline.intake.withdrawals import put_back, withdraw
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import SnapshotRow, Version
from monitor.web.decided import Decided, decider, last_decisions
from monitor.web.guards import Guard, lets
from monitor.web.pages.review import LONGEST
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit, refuse

PER_PAGE: Final = 25

OUT: Final = 25
"""Withdrawn snapshots, the last ones."""


class Row(Record):
    """`name` is what forms send; `step` compares it with the one before."""

    name: str
    day: str
    learned: str
    revision: str
    source: str
    step: str
    is_baseline: bool
    is_latest: bool


class OutRow(Record):
    name: str
    day: str
    at: str
    reason: str


class Page(Record):
    situation: str
    title: str
    url: str
    baseline: str
    how: str
    by: str
    at: str
    reason: str
    rows: tuple[Row, ...]
    paging: Paging
    out: tuple[OutRow, ...]
    more: str
    decided: Decided
    decides: bool
    fault: str


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def decide(visit: Visit) -> Response:
    """Pins, advances, follows, withdraws or puts back, as the button says that was pressed."""
    what, version = await visit.field("what"), (await visit.field("version"))[:200]
    reason = (await visit.field("reason")).strip()[:LONGEST]
    doing = _DOING.get(what)
    if doing is None:
        raise refuse(400)
    if not reason:
        return await _page(visit, fault=visit.language.pages.deciding.LABELS.say_why)
    asked = Asked(
        situation=visit.part("situation"),
        version=version,
        reason=reason,
        by=visit.who.name,
        now=visit.face.clock(),
    )
    await visit.write(doing, asked)
    return RedirectResponse(links.versions(asked.situation), status_code=303)


async def _page(visit: Visit, *, fault: str = "") -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    number = visit.asked("page", "1")
    found = await visit.read(versions_page, asking, visit.part("situation"), number, fault)
    title = f"{found.title}: {visit.language.pages.LABELS.versions}"
    status = 400 if fault else 200
    return await visit.page(
        "web/versions.html", {"page": found}, title=title, here="situations", status=status
    )


def versions_page(program: Program, asking: Asking, name: str, number: str, fault: str) -> Page:
    """Raises NotFound for an unknown situation."""
    situation = program.store.situations.get(name)
    line = program.store.versions.history(name)
    paging = paged(len(line), number, PER_PAGE, f"{links.versions(name)}?")
    out = program.store.snapshots.withdrawn(name)
    pin = program.store.versions.pin(name)
    last = program.store.decisions.baseline(name) if pin.how != "previous" else None
    followed = program.store.decisions.baseline(name)
    told = last or (followed if followed and followed.what == "followed" else None)
    newest = line[::-1]
    return Page(
        situation=name,
        title=visible(situation.title or name, 200),
        url=links.situation("", name),
        baseline=asking.day(pin.version.ref.as_of) if pin.version else "",
        how=asking.language.pages.deciding.BASELINES[pin.how],
        by=decider(asking, told.by) if told else "",
        at=asking.moment(told.at) if told else "",
        reason=visible(told.reason) if told else "",
        rows=tuple(
            _row(program, asking, newest, at, pin.version) for at in range(paging.first, paging.end)
        ),
        paging=paging,
        out=tuple(_out(asking, one) for one in out[::-1][:OUT]),
        more=asking.language.pages.and_more(len(out) - OUT) if len(out) > OUT else "",
        decided=last_decisions(program, asking, name),
        decides=lets(Guard.EDITOR, asking.person),
        fault=fault,
    )


def _row(
    program: Program,
    asking: Asking,
    newest: tuple[Version, ...],
    at: int,
    baseline: Version | None,
) -> Row:
    one = newest[at]
    before = newest[at + 1] if at + 1 < len(newest) else None
    return Row(
        name=one.ref.as_of,
        day=asking.day(one.ref.as_of),
        learned=asking.moment(one.learned_at),
        revision=str(one.ref.revision) if one.ref.revision > 1 else "",
        source=_source(program, one),
        step=links.comparison("", before.ref, one.ref) if before else "",
        is_baseline=baseline is not None and one.id == baseline.id,
        is_latest=at == 0,
    )


def _source(program: Program, one: Version) -> str:
    if one.snapshot is None:
        return ""
    row = program.store.snapshots.get(one.snapshot)
    return visible(": ".join(part for part in (row.source, row.path) if part), 200)


def _out(asking: Asking, one: SnapshotRow) -> OutRow:
    return OutRow(
        name=one.as_of,
        day=asking.day(one.as_of),
        at=asking.moment(one.aside_at) if one.aside_at else "",
        reason=visible(one.aside_reason or ""),
    )


class Asked(Record):
    """What somebody decided."""

    situation: str
    version: str
    reason: str
    by: str
    now: datetime

    @property
    def name(self) -> str:
        return f"{self.situation}@{self.version}"


def _pin(program: Program, asked: Asked) -> None:
    found = program.store.versions.resolve(asked.situation, asked.version)
    set_baseline(
        program, asked.situation, "pinned", found, asked.now, by=asked.by, reason=asked.reason
    )


def _advance(program: Program, asked: Asked) -> None:
    found = program.store.versions.resolve(asked.situation, asked.version)
    set_baseline(
        program, asked.situation, "advanced", found, asked.now, by=asked.by, reason=asked.reason
    )


def _follow(program: Program, asked: Asked) -> None:
    set_baseline(
        program, asked.situation, "previous", None, asked.now, by=asked.by, reason=asked.reason
    )


def _withdraw(program: Program, asked: Asked) -> None:
    withdraw(program, asked.name, asked.reason, asked.now, by=asked.by)


def _put_back(program: Program, asked: Asked) -> None:
    put_back(program, asked.name, asked.now, by=asked.by, reason=asked.reason)


_DOING: Final[dict[str, Callable[[Program, Asked], None]]] = {
    "pin": _pin,
    "advance": _advance,
    "follow": _follow,
    "withdraw": _withdraw,
    "put back": _put_back,
}

PAGES = (
    page("/situations/{situation}/versions", Guard.READER, get=show),
    page("/situations/{situation}/versions", Guard.EDITOR, post=decide),
)
