"""What is due to readers who are alike, decided once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from monitor.cadence import Slot, due_slot
from monitor.model.message import Reason
from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.telling.asking import why_ask
from monitor.pipeline.telling.calendar import NO_SLOT, next_slot, quiet_until
from monitor.pipeline.telling.editions import Editions, MadeElsewhere
from monitor.pipeline.telling.inputs import Step, alarms_of, steps, wanted_of
from monitor.pipeline.telling.letters import circular
from monitor.pipeline.telling.rendering import Press, arrived
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.telling.worth import Worth
from monitor.store.records import Alike, AlikeTelling, Circular, Key

DIGEST: Final = "digest"

KEPT: Final = 20_000
"""Verdicts of one pass, each of about a kilobyte."""


class Verdict(Record):
    """A run of `slot` with its message, or without one when there was nothing to tell; without a
    slot none is due yet. `subject`: of the message."""

    next_due: datetime
    slot: datetime | None = None
    pointers: tuple[Pointers, ...] = ()
    circular: Circular | None = None
    subject: str = ""
    findings: int = 0

    def telling(self, key: Key, numbers: Sequence[int]) -> AlikeTelling:
        return AlikeTelling(
            key=key,
            numbers=numbers,
            next_due=self.next_due,
            slot=self.slot,
            pointers=self.pointers,
            circular=self.circular,
        )


_SOON: Final = Verdict(next_due=NO_SLOT)
"""Stands for what is not known yet."""


@dataclass(slots=True)
class Verdicts:
    """Of one pass. None stands for readers who must be looked at one by one: there is something to
    blame, or of each one's own."""

    standing: Standing
    press: Press
    worth: Worth = field(init=False)
    editions: Editions = field(init=False)
    _known: dict[Key, Verdict | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.worth = Worth(self.standing)
        self.editions = Editions(self.standing, self.press)

    @property
    def known(self) -> Container[Key]:
        return self._known

    def begin(self) -> None:
        """A page begins; what is decided of it is known until the next one."""
        if len(self._known) >= KEPT:
            self._known.clear()

    def at(self, key: Key) -> Verdict | None:
        return self._known.get(key)

    def of(self, alike: Alike) -> Verdict | None:
        """Raises MadeElsewhere: it will be known soon."""
        if alike.key in self._known:
            return self._known[alike.key]
        if alike.like is None:
            return None
        decide = self._at_rest if alike.key.is_still else self._decided
        return self._known.setdefault(alike.key, self._judge(alike.like, decide))

    def _judge(
        self, like: Subscription, decide: Callable[[Subscription], Verdict | None]
    ) -> Verdict | None:
        blame, call = self.standing.program.blame, partial(decide, like)
        found = blame.quietly(DIGEST, like.spec.who, call)
        if found is _SOON:
            raise MadeElsewhere
        return found

    def _at_rest(self, reader: Subscription) -> Verdict:
        """Where all that a reader follows stands still, only her calendar is asked."""
        now = self.standing.now
        if silent := quiet_until(reader, now):
            return Verdict(next_due=silent)
        slot = _slot(reader, now)
        return Verdict(next_due=next_slot(reader, now), slot=slot.at if slot else None)

    def _decided(self, reader: Subscription) -> Verdict | None:
        try:
            return self._decide(reader)
        except MadeElsewhere:
            return _SOON

    def _decide(self, reader: Subscription) -> Verdict | None:
        now, spec = self.standing.now, reader.spec
        if silent := quiet_until(reader, now):
            return Verdict(next_due=silent)
        # What a reader has heard of a snapshot that was taken out is a story of each one's own.
        if any(self.standing.recalls.matters(one.situation) for one in reader.pointers):
            return None
        slot, covered = _slot(reader, now), steps(self.standing, reader)
        if slot is None:
            is_news = spec.cadence == "at-once" and any(step.has_news for step in covered)
            return None if is_news else Verdict(next_due=next_slot(reader, now))
        return self._run(reader, covered, slot)

    def _run(self, reader: Subscription, covered: tuple[Step, ...], slot: Slot) -> Verdict:
        now = self.standing.now
        if self.worth.of(reader, covered, alarms_of(self.standing, reader)):
            return self._told(reader, covered, slot, "digest")
        if reader.spec.receipts:
            return self._told(reader, covered, slot, "receipt")
        return Verdict(next_due=next_slot(reader, now), slot=slot.at, pointers=arrived(covered))

    def _told(
        self, reader: Subscription, covered: tuple[Step, ...], slot: Slot, reason: Reason
    ) -> Verdict:
        standing = self.standing
        wanted = wanted_of(standing, reader, covered, reason=reason, due=slot.at)
        digest = self.editions.of(wanted)
        held = why_ask(standing, reader, covered, slot)
        return Verdict(
            next_due=next_slot(reader, standing.now),
            slot=slot.at,
            pointers=arrived(covered),
            circular=circular(standing.program, digest, reason=reason, now=standing.now, held=held),
            subject=digest.subject,
            findings=len(digest.shown),
        )


def _slot(reader: Subscription, now: datetime) -> Slot | None:
    spec = reader.spec
    return due_slot(
        spec.cadence, spec.zone, last_run=reader.last_run, created=reader.created_at, now=now
    )
