"""The service on one page: who serves, sources, the outbox, and what a person is needed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, get_args

from starlette.responses import Response

from monitor.model.digest import SourceHealth
from monitor.model.message import MessageState
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.channels.standing import Channel, channels
from monitor.pipeline.program import Program
from monitor.pipeline.readers.naming import reader_trouble
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.pipeline.trouble.health import source_health
from monitor.pipeline.trouble.watching import standing_on_nodes
from monitor.report.alike import in_kinds
from monitor.settings.rates import said
from monitor.store.records import Allowance
from monitor.web.guards import Guard, lets
from monitor.web.paging import Paging, paged
from monitor.web.reading import Asking
from monitor.web.routes import page
from monitor.web.visit import Visit

ALIVE: Final = timedelta(minutes=1)
"""A node that was not seen for longer does not run any more; it says so every ten seconds."""

PER_PAGE: Final = 50
"""Sources."""

TROUBLES: Final = 20
"""Lines of one sort."""

WHERE: Final = {"held": "/review", "held-mail": "/service/messages?state=held"}
"""Sorts of trouble that are ended on a page."""


class NodeRow(Record):
    host: str
    process: str
    since: str


class SourceRow(Record):
    name: str
    state: str
    said: str
    looked: str
    newest: str
    trouble: str


class StateRow(Record):
    """`url` is empty for who may not see to whom messages go."""

    said: str
    number: str
    url: str


class RateRow(Record):
    name: str
    said: str
    until: str


class ChannelRow(Record):
    name: str
    kind: str
    host: str
    state: str
    said: str
    since: str
    trouble: str
    readers: tuple[str, ...]


class TroubleRow(Record):
    """Troubles of one sort; `lines` are what the operator is told, with names and commands."""

    said: str
    url: str
    lines: tuple[str, ...]
    more: str


class Service(Record):
    nodes: tuple[NodeRow, ...]
    sources: tuple[SourceRow, ...]
    paging: Paging
    states: tuple[StateRow, ...]
    oldest: str
    looked_at: str
    rates: tuple[RateRow, ...]
    channels: tuple[ChannelRow, ...]
    """For who may see to whom messages go."""
    needed: str
    troubles: tuple[TroubleRow, ...]
    decides: bool
    manages: bool


async def show(visit: Visit) -> Response:
    asking = Asking(person=visit.who, now=visit.face.clock())
    found = await visit.read(service, asking, visit.asked("page", "1"))
    title = visit.language.pages.LABELS.service
    return await visit.page("web/service.html", {"page": found}, title=title, here="service")


def service(program: Program, asking: Asking, number: str) -> Service:
    words, decides = asking.language.pages.deciding, lets(Guard.EDITOR, asking.person)
    health = source_health(program, asking.now)
    paging = paged(len(health), number, PER_PAGE, "/service?")
    troubles = _troubles(program, asking.now)
    count = program.store.outbox.count()
    return Service(
        nodes=_nodes(program, asking),
        sources=tuple(_source(asking, one) for one in health[paging.first : paging.end]),
        paging=paging,
        states=tuple(
            StateRow(
                said=words.STATES[state],
                number=f"{count.by_state[state]:,}",
                url=f"/service/messages?state={state}" if decides else "",
            )
            for state in get_args(MessageState)
            if count.by_state.get(state)
        ),
        oldest=asking.moment(count.oldest_owed) if count.oldest_owed else "",
        looked_at=words.of_the_last(count.looked_at) if count.looked_at else "",
        rates=_rates(program, asking),
        channels=tuple(_channel(asking, one) for one in channels(program)) if decides else (),
        needed=words.needed(len(troubles)) if troubles else "",
        troubles=_told(asking, troubles) if decides else (),
        decides=decides,
        manages=lets(Guard.ADMIN, asking.person),
    )


def _troubles(program: Program, now: datetime) -> dict[str, str]:
    """As `monitor status` lists them, by condition; they may name readers."""
    found = find_trouble(program, now) | standing_on_nodes(program)
    return found | dict(reader_trouble(program))


def _told(asking: Asking, troubles: Mapping[str, str]) -> tuple[TroubleRow, ...]:
    """In her language what is wrong; what exactly, as `monitor status` says it."""
    words = asking.language.pages.deciding.TROUBLES
    sorts: dict[str, list[str]] = {}
    for condition, line in troubles.items():
        sort = condition.partition(":")[0]
        sorts.setdefault(sort if sort in words else "other", []).append(line)
    return tuple(_row(asking, sort, lines) for sort, lines in sorts.items())


def _row(asking: Asking, sort: str, lines: Sequence[str]) -> TroubleRow:
    pages = asking.language.pages
    # Where a page shows them, it says more than these lines, which name commands.
    kinds = () if sort in WHERE else in_kinds(lines)
    said = pages.deciding.TROUBLES[sort]
    return TroubleRow(
        said=f"{said} ({len(lines):,})" if len(lines) > 1 else said,
        url=WHERE.get(sort, ""),
        lines=tuple(visible(one, 600) for one in kinds[:TROUBLES]),
        more=pages.and_more(len(kinds) - TROUBLES) if len(kinds) > TROUBLES else "",
    )


def _nodes(program: Program, asking: Asking) -> tuple[NodeRow, ...]:
    return tuple(
        NodeRow(host=visible(one.host), process=str(one.pid), since=asking.moment(one.started_at))
        for one in program.store.nodes.all(seen_since=asking.now - ALIVE)
        if one.ended_at is None
    )


def _source(asking: Asking, one: SourceHealth) -> SourceRow:
    looked = datetime.fromisoformat(one.checked_at) if one.checked_at else None
    return SourceRow(
        name=visible(one.name),
        state=one.state,
        said=asking.language.pages.deciding.STATES[one.state],
        looked=asking.moment(looked) if looked else "",
        newest=asking.day(one.newest) if one.newest else "",
        trouble=visible(one.trouble or ""),
    )


def _channel(asking: Asking, one: Channel) -> ChannelRow:
    words = asking.language.pages.deciding
    return ChannelRow(
        name=one.name,
        kind=one.kind,
        host=visible(one.host),
        state="failing" if one.since else "fresh",
        said=words.LABELS.takes_nothing if one.since else words.LABELS.takes,
        since=words.since(asking.moment(one.since)) if one.since else "",
        trouble=visible(one.text),
        readers=tuple(
            visible(f"{reader.spec.name}: {words.STATES[reader.state]}") for reader in one.readers
        ),
    )


def _rates(program: Program, asking: Asking) -> tuple[RateRow, ...]:
    limits = program.settings.mail.rates
    return tuple(
        _rate(asking, one) for one in program.store.outbox.allowances(limits, now=asking.now)
    )


def _rate(asking: Asking, one: Allowance) -> RateRow:
    return RateRow(
        name=visible(f"{one.limit.name} {said(one.rate)}"),
        said=asking.language.pages.deciding.taken(one.taken, one.waiting),
        until=asking.moment(one.until) if one.until else "",
    )


PAGES = (page("/service", Guard.READER, get=show),)
