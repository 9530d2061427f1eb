"""Whether a step holds anything to tell, asked of the comparison alone: nothing is rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.model.record import Record
from monitor.model.subscription import Filter, Mute, Subscription
from monitor.pipeline.moments import local_day
from monitor.pipeline.recent import Recent
from monitor.pipeline.telling.inputs import Alarm, Step, as_of_now
from monitor.pipeline.telling.rewording import note_faults
from monitor.pipeline.telling.standing import Standing
from monitor.report.filters import select
from monitor.store.records import Version

KEPT = 10_000
"""Answers of one pass, each of some hundred bytes."""


class _Asked(Record):
    old: Version
    new: Version
    today: date
    last_run: date
    filter: Filter
    mutes: tuple[Mute, ...]
    language: str


@dataclass(slots=True)
class Worth:
    """What one pass knows. Make one for each: it knows the pass's `standing`."""

    standing: Standing
    _known: Recent[_Asked, bool] = field(default_factory=lambda: Recent(KEPT))

    def of(self, reader: Subscription, covered: Sequence[Step], alarms: Sequence[Alarm]) -> bool:
        """As `Digest.worth_sending` of the digest of these steps would be.

        Raises CannotCompare. Rules that failed are blamed.
        """
        # All of them: what cannot be compared must not hide behind what is worth it.
        told = [self._tells(reader, step, alarms) for step in covered]
        return any(told)

    def _tells(self, reader: Subscription, step: Step, alarms: Sequence[Alarm]) -> bool:
        program, now = self.standing.program, self.standing.now
        name, spec = step.new.ref.situation, reader.spec
        mine = [alarm for alarm in alarms if alarm.old.ref.situation == name]
        if any(as_of_now(program, alarm, step.new).cancelled for alarm in mine):
            return True
        asked = _Asked(
            old=step.old,
            new=step.new,
            today=local_day(reader, now),
            last_run=local_day(reader, reader.last_run or reader.created_at),
            filter=spec.filter,
            mutes=reader.mutes,
            language=spec.language,
        )
        return self._known.get(asked, lambda: self._look(asked)) or bool(step.withdrawn)

    def _look(self, asked: _Asked) -> bool:
        if asked.old.id == asked.new.id and not self._lapsed(asked):
            return False
        found = self.standing.program.comparing.between(
            asked.old,
            asked.new,
            today=asked.today,
            last_run=asked.last_run,
            language=asked.language,
        )
        note_faults(self.standing.program, found, asked.old, asked.new)
        seen = select(found, asked.filter, asked.mutes, asked.today.isoformat())
        return bool(seen.shown or seen.remarks)

    def _lapsed(self, asked: _Asked) -> bool:
        days = self.standing.program.comparing.lapses(asked.new)
        if days is None:
            return True
        last_run, today = asked.last_run.isoformat(), asked.today.isoformat()
        return any(last_run <= day < today for day in days)
