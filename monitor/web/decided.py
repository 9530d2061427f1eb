"""Decisions as pages list them: who, what, when and why."""

from __future__ import annotations

from typing import Final

from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.program import Program
from monitor.report import links
from monitor.store.records import COMMAND, Decision
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking

PER_PAGE: Final = 25
FEW: Final = 10
"""Of them on a page that is about something else."""


class DecisionRow(Record):
    at: str
    by: str
    what: str
    situation: str
    url: str
    day: str
    reason: str


class Decided(Record):
    """`every` leads to all of them, where more are there than shown."""

    rows: tuple[DecisionRow, ...]
    paging: Paging
    every: str


def decisions(
    program: Program, asking: Asking, situation: str | None, number: str, address: str
) -> Decided:
    """A page of them; `address` ends where `page=N` may follow."""
    store = program.store
    paging = paged(store.decisions.count(situation), number, PER_PAGE, address)
    found = store.decisions.page(situation, first=paging.first, limit=PER_PAGE)
    return Decided(rows=tuple(_row(asking, one) for one in found), paging=paging, every="")


def last_decisions(program: Program, asking: Asking, situation: str | None = None) -> Decided:
    found = program.store.decisions.page(situation, limit=FEW + 1)
    return Decided(
        rows=tuple(_row(asking, one) for one in found[:FEW]),
        paging=paged(0, "", FEW, ""),
        every=links.decisions(situation or "") if len(found) > FEW else "",
    )


def decider(asking: Asking, by: str) -> str:
    return asking.language.pages.deciding.LABELS.by_command if by == COMMAND else visible(by)


def _row(asking: Asking, one: Decision) -> DecisionRow:
    return DecisionRow(
        at=asking.moment(one.at),
        by=decider(asking, one.by),
        what=asking.language.pages.deciding.DECIDED[one.what],
        situation=visible(one.situation),
        url=links.situation("", one.situation),
        day=asking.day(one.version) if one.version else "",
        reason=visible(one.reason),
    )
