"""Whose turn it is to ask a source that belongs to no machine: an address, a program's output.

Several nodes that share a database would each ask it, and it would be asked so many times as often.
One of them asks at a time; it goes on as long as it does so in time, and another one begins when it
does not, or does not live any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from monitor.model.record import Record
from monitor.pipeline.intake.machines import Machines
from monitor.pipeline.program import Program
from monitor.settings.sources import SourceSettings

GRACE: Final = timedelta(minutes=1)
"""How late the next look may be before it is somebody else's."""

_TRIES: Final = 2


class Turn(Record):
    """Which node asks, and until when nobody else does."""

    node: str
    until: datetime

    def written(self) -> str:
        return f"{self.node} {self.until.isoformat()}"


def is_ours(program: Program, name: str, source: SourceSettings, now: datetime) -> bool:
    """Whether this node may ask the source now; from then on it is its turn, if it was nobody's."""
    if program.node is None or program.store.is_sqlite or not source.is_shared:
        return True
    for _ in range(_TRIES):
        written = program.store.sources.turn(name)
        turn = _read(written)
        if turn is not None and turn.node != program.node and _holds(program, turn, now):
            return False
        if turn is not None and turn.node == program.node and turn.until - now > source.interval:
            return True
        mine = Turn(node=program.node, until=now + source.interval + 2 * GRACE)
        if program.store.sources.take_turn(name, mine.written(), instead_of=written):
            return True
    return False


def _holds(program: Program, turn: Turn, now: datetime) -> bool:
    return now < turn.until and turn.node in Machines(program, now).others


def _read(written: str | None) -> Turn | None:
    """None also for what another release wrote in another form."""
    node, _, until = (written or "").partition(" ")
    try:
        return Turn(node=node, until=datetime.fromisoformat(until))
    except ValueError:
        return None
