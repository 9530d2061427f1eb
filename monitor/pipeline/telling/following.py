"""Where a subscription begins in each situation that it follows (ADR 82)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime

from monitor.errors import NotFound
from monitor.model.as_of import order
from monitor.model.subscription import Pointers, Subscription, SubscriptionSpec
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import Version

PAGE = 1000
"""Subscriptions read at a time, so that memory does not grow with their number."""


def start_pointers(store: Families, spec: SubscriptionSpec) -> tuple[Pointers, ...]:
    """One for each situation that has a version; the others begin when their first one comes."""
    return _starts(store, spec, spec.situations)


def _starts(
    store: Families, spec: SubscriptionSpec, situations: Iterable[str]
) -> tuple[Pointers, ...]:
    found = ((name, start_version(store, name, spec.start)) for name in situations)
    return tuple(
        Pointers(situation=name, told=version.id, alerted=version.id)
        for name, version in found
        if version is not None
    )


def start_version(store: Families, situation: str, start: str) -> Version | None:
    """The version that the reader knows already: `latest`, `baseline`, or a named one. A date
    without a version stands for the newest before it, and before all of them for the first."""
    if start == "latest":
        return store.versions.latest(situation)
    line = store.versions.history(situation)
    if not line:
        return None
    if start == "baseline":
        return store.situations.baseline(situation) or line[0]
    try:
        return store.versions.resolve(situation, start)
    except NotFound:
        earlier = [version for version in line if order(version.ref.as_of) <= order(start)]
        return earlier[-1] if earlier else line[0]


def unbegun_in(subscription: Subscription) -> frozenset[str]:
    """Situations that it follows and in which it has no start."""
    return frozenset(subscription.spec.situations) - {
        one.situation for one in subscription.pointers
    }


def missing_pointers(
    store: Families, subscription: Subscription, *, among: Container[str] | None = None
) -> tuple[Pointers, ...]:
    """Pointers for situations that the subscription follows and that have a version by now: for
    all, or those among some."""
    missing = unbegun_in(subscription)
    wanted = [name for name in subscription.spec.situations if name in missing]
    if among is not None:
        wanted = [name for name in wanted if name in among]
    return _starts(store, subscription.spec, wanted)


def pages(
    program: Program,
    *,
    due_by: datetime | None = None,
    situation: str | None = None,
    alerted_not: int | None = None,
    ready_by: datetime | None = None,
) -> Iterator[Sequence[Subscription]]:
    """Active subscriptions by id, a page at a time."""
    after = 0
    while True:
        page = program.store.subscriptions.page(
            after=after,
            limit=PAGE,
            due_by=due_by,
            situation=situation,
            alerted_not=alerted_not,
            ready_by=ready_by,
        )
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].id


def active(
    program: Program, *, situation: str | None = None, alerted_not: int | None = None
) -> Iterator[Subscription]:
    """Active subscriptions one by one."""
    for page in pages(program, situation=situation, alerted_not=alerted_not):
        yield from page
