"""Which state of each situation has been judged for alerts, by whatever node, and until when."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from monitor.model.record import Record
from monitor.pipeline.program import Program

JUDGE: Final = "judge"

Out: TypeAlias = frozenset[tuple[int, datetime]]
"""Withdrawn snapshots, and since when each is."""


class Verdict(Record):
    """That everybody has heard of the `latest` version and of what is `withdrawn`; until `again`,
    where somebody who is left alone after lost mail has not."""

    latest: int
    withdrawn: Out
    again: datetime | None = None

    def written(self) -> str:
        out = sorted((number, at.isoformat()) for number, at in self.withdrawn)
        return json.dumps([self.latest, self.again and self.again.isoformat(), out])


def read_verdict(note: str) -> Verdict | None:
    """None for what another release has written: judging once more harms nobody."""
    try:
        latest, again, out = json.loads(note)
        return Verdict(
            latest=int(latest),
            withdrawn=frozenset((int(one), datetime.fromisoformat(at)) for one, at in out),
            again=datetime.fromisoformat(again) if again else None,
        )
    except (ValueError, TypeError):
        return None


@dataclass(slots=True)
class Judged:
    """What this process knows of it. The table knows of other nodes and outlives a restart, so
    that nobody judges what was judged; what a crash left undone is not noted there."""

    latest: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, Out] = field(default_factory=dict)
    """Snapshots of each situation that counted once, and whose readers have heard of it."""
    again: dict[str, datetime] = field(default_factory=dict)
    left: int = 0
    """Readers of whom something changed and who are left to the next pass, at least."""
    _is_read: bool = False

    def knows(self, situation: str, latest: int, withdrawn: Out, now: datetime) -> bool:
        again = self.again.get(situation)
        is_over = again is not None and again <= now
        is_same = self.latest.get(situation) == latest
        return is_same and not is_over and not self.takes_back(situation, withdrawn)

    def takes_back(self, situation: str, withdrawn: Out) -> bool:
        return not withdrawn <= self.withdrawn.get(situation, frozenset())

    def read(self, program: Program) -> None:
        """One question for all situations when the process begins."""
        if not self._is_read:
            self._learn(program.store.work.notes(JUDGE))
            self._is_read = True

    def hears(
        self, program: Program, situation: str, latest: int, withdrawn: Out, now: datetime
    ) -> bool:
        """Whether another node has judged this state meanwhile."""
        self._learn(program.store.work.notes(JUDGE, (situation,)))
        return self.knows(situation, latest, withdrawn, now)

    def note(self, situation: str, verdict: Verdict) -> None:
        self.latest[situation] = verdict.latest
        self.withdrawn[situation] = verdict.withdrawn
        self.again.pop(situation, None)
        if verdict.again is not None:
            self.again[situation] = verdict.again

    def forget(self, program: Program, situation: str) -> None:
        """It is to be judged again, by whoever comes first."""
        self.latest.pop(situation, None)
        program.store.work.forget(JUDGE, situation)

    def _learn(self, notes: dict[str, str]) -> None:
        for situation, text in notes.items():
            verdict = read_verdict(text)
            if verdict is not None:
                self.note(situation, verdict)
