"""A reader's start in a situation that is there now, and the mail that says so."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from monitor.errors import LateWrite, Overtaken
from monitor.model.comparison import Comparison
from monitor.model.contents import Contents
from monitor.model.record import replace
from monitor.model.subscription import Pointers, Subscription, SubscriptionSpec
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.moments import local_day
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.sharing import Share, sharing
from monitor.pipeline.telling.following import missing_pointers, unbegun_in
from monitor.pipeline.telling.forms import welcome_body
from monitor.pipeline.telling.letters import letter
from monitor.pipeline.telling.templates import rendered
from monitor.pipeline.trouble.blame import COMPARE
from monitor.report.filters import select
from monitor.report.notices import welcome
from monitor.store import Families
from monitor.store.reader_changes import Waiting
from monitor.store.records import Telling

BEGIN: Final = "begin"

TRIES = 3
"""Each is lost only to somebody else who got further: a version came in, or a command was given."""


PAGE: Final = 1000
"""Readers that may have to begin somewhere, read at a time."""

SHARE: Final = 8
"""Readers that a node welcomes at a time, so that others have their part of many."""


@dataclass(slots=True)
class Begun:
    """What this process has seen of the readers who wait for situations that are not there."""

    waiting: Waiting | None = None
    awaited: frozenset[str] = frozenset()
    left: dict[int, int] = field(default_factory=dict)
    """Who gets no mail, and so no start either, until another deed: how many there were, by id."""


def begin(
    program: Program, begun: Begun, now: datetime, *, looks: Looks | None = None
) -> Iterator[Passed]:
    """Give every reader whose situation has appeared a start, and a welcome that says so.

    Asks only those who have no start somewhere, and them only when there are others, or when what
    they wait for has come. A situation whose files are still being taken in waits, so that its
    readers begin where it stands.
    """
    waiting = program.store.changes.waiting()
    if waiting.readers == 0:
        return
    ready = _Ready(program, looks, now)
    if waiting == begun.waiting and not ready.of(begun.awaited):
        return
    state = (waiting, begun.awaited)
    if program.patience.rests(BEGIN, state, now):
        return
    faults = program.blame.count
    awaited: set[str] = set()
    with program.patience.learning(BEGIN, state, now):
        for deeds in _pages(program):
            yield from _begin_page(program, begun, deeds, ready, awaited)
    begun.awaited = frozenset(awaited)
    if program.blame.count == faults:
        begun.waiting = waiting


@dataclass(frozen=True, slots=True)
class _Ready:
    """Which situations are there and may be spoken of."""

    program: Program
    looks: Looks | None
    now: datetime

    def of(self, names: Collection[str]) -> frozenset[str]:
        there = self.program.store.lines.latest(names) if names else ()
        looks = self.looks
        return frozenset(one for one in there if looks is None or looks.is_settled(one, self.now))


def _pages(program: Program) -> Iterator[dict[int, int]]:
    after = 0
    while deeds := program.store.changes.unbegun(after=after, limit=PAGE):
        yield deeds
        after = max(deeds)


def _begin_page(
    program: Program, begun: Begun, deeds: Mapping[int, int], ready: _Ready, awaited: set[str]
) -> Iterator[Passed]:
    """Adds to `awaited` what somebody still waits for."""
    readers = program.store.subscriptions.some(deeds)
    missing = {reader.id: unbegun_in(reader) for reader in readers}
    whole = {number: deeds[number] for number, names in missing.items() if not names}
    if whole:
        program.store.changes.begun(whole)
    there = ready.of(frozenset().union(*missing.values()))
    wanted: list[int] = []
    for number, names in missing.items():
        is_left = begun.left.get(number) == deeds[number]
        awaited |= names - there if is_left else names
        if names & there and not is_left:
            wanted.append(number)
    for start in range(0, len(wanted), SHARE):
        some = {number: deeds[number] for number in wanted[start : start + SHARE]}
        yield from _begin_some(program, begun, some, there, ready.now)


def _begin_some(
    program: Program, begun: Begun, deeds: Mapping[int, int], there: frozenset[str], now: datetime
) -> Iterator[Passed]:
    """Those whom no other node welcomes just now, as they stand by now."""
    with sharing(program, BEGIN, [str(number) for number in deeds]) as share:
        mine = [number for number in deeds if str(number) in share]
        for reader in program.store.subscriptions.some(mine):
            who, faults = reader.spec.who, program.blame.count
            if not unbegun_in(reader) & there:
                continue
            try:
                is_written = program.blame.attempt(
                    BEGIN,
                    who,
                    f"no welcome for {who}",
                    partial(begin_one, program, reader, now, share=share, among=there),
                    otherwise=False,
                )
            except LateWrite:
                continue
            if not is_written and program.blame.count == faults:
                begun.left[reader.id] = deeds[reader.id]
            yield Passed(welcomes=1 if is_written else 0)


def begin_one(
    program: Program,
    subscription: Subscription,
    now: datetime,
    *,
    share: Share | None = None,
    among: Container[str] | None = None,
) -> bool:
    """True when a welcome was written: pointers and message in one transaction.

    Whoever begins the situations writes it; who was overtaken looks again what is missing. Raises
    LateWrite where it is another node's `share` by now.
    """
    for _ in range(TRIES):
        pointers = missing_pointers(program.store, subscription, among=among)
        if not pointers or subscription.state != "active":
            return False
        try:
            return _welcome(program, subscription, pointers, now, share)
        except LateWrite:
            raise
        except Overtaken:
            subscription = program.store.subscriptions.get(subscription.id)
    return False


def _welcome(
    program: Program,
    subscription: Subscription,
    pointers: Sequence[Pointers],
    now: datetime,
    share: Share | None,
) -> bool:
    presents = [
        (pointer, _try_present(program, subscription, pointer, now)) for pointer in pointers
    ]
    situations = [present for _, present in presents if present]
    pointers = [pointer for pointer, present in presents if present]
    if not pointers:
        return False
    held = {
        each.situation: _held(program, subscription.spec, each.situation) for each in situations
    }
    own_page = bool(program.settings.mail.public_url)
    make = partial(welcome, subscription.spec, situations, held=held, own_page=own_page)
    notice = rendered(program, make)
    told = welcome_body(program, subscription, notice, situations, now)
    whole = share.finishing(str(subscription.id)) if share else program.store.transaction()
    with whole as tx:
        following = _begin(tx, subscription, pointers, now)
        written = letter(
            program,
            following,
            reason="welcome",
            body=tx.digests.add_body(told.body),
            body_hash=told.key,
            now=now,
        )
        if tx.outbox.tell([Telling(subscription=following, letter=written)], now=now) != [True]:
            raise Overtaken(f"{subscription.spec.who} gets no mail")
    name = subscription.spec.who
    say("welcome-written", f"welcome for {name}: {notice.subject}", subscription=name)
    return True


def _begin(
    tx: Families, subscription: Subscription, pointers: Sequence[Pointers], now: datetime
) -> Subscription:
    """The subscription with its first pointers. Raises Overtaken when it, or the line that it
    begins in, is not as the welcome says any more."""
    # No version comes in until this is written: who judges the next one then sees this reader.
    tx.situations.hold([pointer.situation for pointer in pointers])
    held = tx.subscriptions.hold(subscription.id)
    unchanged = held.state == "active" and held.spec == subscription.spec
    if not unchanged or not set(pointers) <= set(missing_pointers(tx, held)):
        raise Overtaken(f"{subscription.spec.who} has changed meanwhile")
    tx.subscriptions.follow(held.id, pointers, now=now)
    return tx.subscriptions.get(held.id)


def _try_present(
    program: Program, subscription: Subscription, pointer: Pointers, now: datetime
) -> Comparison | None:
    """None for a situation that cannot be compared now: its readers begin there later."""
    name = pointer.situation
    return program.blame.attempt(
        COMPARE,
        name,
        f"where {name} stands cannot be said",
        partial(_present, program, subscription, pointer, now),
        otherwise=None,
    )


def _present(
    program: Program, subscription: Subscription, pointer: Pointers, now: datetime
) -> Comparison:
    """Where the situation stands now, seen from where the reader begins: with what is followed."""
    told, today = program.store.versions.get(pointer.told), local_day(subscription, now)
    latest = program.store.versions.latest(pointer.situation) or told
    spoken = subscription.spec.language
    found = program.comparing.between(told, latest, today=today, language=spoken)
    wanted = subscription.spec.filter
    shown = select(found, wanted, subscription.mutes, today.isoformat()).shown
    return replace(found, findings=shown)


def _held(program: Program, spec: SubscriptionSpec, situation: str) -> Contents:
    """What there is now, as far as the reader's filter names it."""
    latest = program.store.versions.latest(situation)
    wanted = spec.filter
    if latest is None or wanted.parties or wanted.issues or wanted.entities:
        return Contents()
    found = program.comparing.contents(latest, spec.language)
    if not wanted.collections:
        return found
    return Contents(lists=tuple(one for one in found.lists if one.path in wanted.collections))
