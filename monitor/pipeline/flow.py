"""The program on one page: from a file somebody wrote to a message in the outbox.

    source -> snapshot -> version -> changes -> findings -> digest -> outbox -> delivery

`one_pass` calls the stages in this order. Each step asks the store what it owes, does it item by
item in one transaction each, and may be killed at any point: the next pass finds what was left
undone. No transaction is open across the network; `delivery` hands messages over on its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from monitor.pipeline.alerts import Judged, judge_alerts
from monitor.pipeline.baselines import compare_new, pin_configured
from monitor.pipeline.digests import run_due
from monitor.pipeline.intake import Looks, take_in
from monitor.pipeline.program import Program
from monitor.pipeline.watching import watch
from monitor.pipeline.welcome import Begun, begin


@dataclass(slots=True)
class Memory:
    """What a process remembers between passes to save work. Losing it costs only that work."""

    looks: Looks = field(default_factory=Looks)
    begun: Begun = field(default_factory=Begun)
    judged: Judged = field(default_factory=Judged)
    trouble: dict[str, str] = field(default_factory=dict)
    """What only this process knows of, such as what keeps the mail server from taking mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What one pass came to."""

    snapshots: int
    compared: int
    welcomes: int
    alerts: int
    digests: int
    trouble: int

    def __add__(self, other: Passed) -> Passed:
        """Both together; trouble is what stood at the end."""
        return Passed(
            snapshots=self.snapshots + other.snapshots,
            compared=self.compared + other.compared,
            welcomes=self.welcomes + other.welcomes,
            alerts=self.alerts + other.alerts,
            digests=self.digests + other.digests,
            trouble=other.trouble,
        )

    @property
    def messages(self) -> int:
        return self.welcomes + self.alerts + self.digests


def one_pass(program: Program, memory: Memory, now: datetime) -> Passed:
    """Everything that is due at `now`, except handing messages over."""
    # All new snapshots first: readers hear of where things stand, not of each file on the way.
    snapshots = take_in(program, memory.looks, now)
    pin_configured(program)
    compared = compare_new(program, now)
    # Who follows a situation that is here now gets a start in it before anything is told.
    welcomes = begin(program, memory.begun, now)
    # Alerts before digests, so that a digest can mark what an alert has told.
    spoken = judge_alerts(program, memory.judged, now)
    digests = run_due(program, now)
    trouble = watch(program, now, own=memory.trouble)
    return Passed(
        snapshots=snapshots,
        compared=compared,
        welcomes=welcomes,
        alerts=spoken.alerts,
        digests=spoken.digests + digests,
        trouble=trouble,
    )
