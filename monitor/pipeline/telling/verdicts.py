"""What is due to readers who are alike, decided once for all of them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from monitor.cadence import Slot, due_slot
from monitor.errors import StoreUnavailable
from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.telling.calendar import next_slot, quiet_until
from monitor.pipeline.telling.inputs import alarms_of, steps
from monitor.pipeline.telling.rendering import arrived
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.telling.worth import Worth
from monitor.store.records import Alike, AlikeTelling, Key

KEPT: Final = 20_000
"""Verdicts of one pass, each of about a kilobyte."""


class Verdict(Record):
    """Nothing is told: a run of `slot` had nothing to tell or, without one, none is due yet."""

    next_due: datetime
    slot: datetime | None = None
    pointers: tuple[Pointers, ...] = ()

    def telling(self, alike: Alike, *, without: Container[int]) -> AlikeTelling:
        return AlikeTelling(
            key=alike.key,
            numbers=[one.id for one in alike.readers if one.id not in without],
            next_due=self.next_due,
            slot=self.slot,
            pointers=self.pointers,
        )


@dataclass(slots=True)
class Verdicts:
    """Of one pass. None stands for readers who must be looked at one by one: there is something to
    tell, or to blame."""

    standing: Standing
    worth: Worth = field(init=False)
    _known: dict[Key, Verdict | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.worth = Worth(self.standing)

    @property
    def known(self) -> Container[Key]:
        return self._known

    def of(self, alike: Alike) -> Verdict | None:
        if alike.key in self._known:
            return self._known[alike.key]
        if alike.like is None:
            return None
        if len(self._known) >= KEPT:
            self._known.clear()
        return self._known.setdefault(alike.key, self._judge(alike.like))

    def _judge(self, like: Subscription) -> Verdict | None:
        try:
            return self._decide(like)
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - met again, and blamed, when each is looked at alone
            return None

    def _decide(self, reader: Subscription) -> Verdict | None:
        now, spec = self.standing.now, reader.spec
        if silent := quiet_until(reader, now):
            return Verdict(next_due=silent)
        # What a reader has heard of a snapshot that was taken out is a story of each one's own.
        if any(self.standing.recalls.out(one.situation) for one in reader.pointers):
            return None
        slot = _slot(reader, now)
        if slot is None and spec.cadence != "at-once":
            return Verdict(next_due=next_slot(reader, now))
        covered = steps(self.standing, reader)
        if slot is None:
            is_news = any(step.has_news for step in covered)
            return None if is_news else Verdict(next_due=next_slot(reader, now))
        if spec.receipts or self.worth.of(reader, covered, alarms_of(self.standing, reader)):
            return None
        return Verdict(next_due=next_slot(reader, now), slot=slot.at, pointers=arrived(covered))


def _slot(reader: Subscription, now: datetime) -> Slot | None:
    spec = reader.spec
    return due_slot(
        spec.cadence, spec.zone, last_run=reader.last_run, created=reader.created_at, now=now
    )
