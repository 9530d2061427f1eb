"""One node of the case with pointers: whole passes on a shared database, until told to stop.

python -m tests.faults.node URL FOLDER NAME EPOCH BREAKAGE
"""

from __future__ import annotations

import sys
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.errors import MonitorError
from monitor.model.message import Bounce, Claimed, Mark, Outcome, Result
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.provision import start
from monitor.settings import load
from tests.faults import blind

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HURRY = 360
"""Seconds of the readers' time in one of ours: an hour in ten seconds."""

SENT = Outcome(result=Result.SENT, phase="dot", code=250, text="queued")
LATER = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450, text="later")


@dataclass(slots=True)
class Node:
    """Passes and hands over; a part of the messages dies, for good or at the first try."""

    program: Program
    memory: Memory
    mortal: bool = True

    def passes(self, now: datetime) -> None:
        one_pass(self.program, self.memory, now)
        outbox = self.program.store.outbox
        claimed = outbox.claim(limit=50, now=now)
        outbox.mark([self._mark(one, now) for one in claimed], now=now)

    def _mark(self, message: Claimed, now: datetime) -> Mark:
        lot = zlib.crc32(message.message_id.encode()) % 10 if self.mortal else 9
        if lot == 0:
            return Mark(message=message, outcome=_refusal(message), next_attempt=None)
        if lot == 1 and message.attempts < 2:
            return Mark(message=message, outcome=LATER, next_attempt=now + timedelta(minutes=5))
        return Mark(message=message, outcome=SENT, next_attempt=None)


def opened(url: str, folder: Path, now: datetime, *, mortal: bool = True) -> Node:
    """Joins the nodes that serve this database."""
    env = {"MONITOR_STORE_URL": url, "MONITOR_SECRET": "of the tests"}
    program = open_program(load(folder / "config" / "monitor.toml", env=env))
    return Node(start(program, now), Memory(), mortal)


def clock(epoch: float) -> datetime:
    return MONDAY + timedelta(seconds=(time.time() - epoch) * HURRY)


def _refusal(message: Claimed) -> Outcome:
    """Each in words of its own, so that nobody takes it for the relay's trouble."""
    text = f"5.7.1 {message.recipient} does not want this"
    return Outcome(result=Result.PERMANENT, phase="dot", code=554, text=text, bounce=Bounce.POLICY)


def main(url: str, folder: Path, name: str, epoch: float) -> None:
    node = opened(url, folder, clock(epoch))
    (folder / f"{name}.ready").touch()
    while not (folder / "stop").exists():
        try:
            node.passes(clock(epoch))
        except MonitorError as error:
            # As in the service: said, and the next tick goes on.
            print(f"{name}: {error}", file=sys.stderr, flush=True)
    node.program.store.close()


if __name__ == "__main__":
    blind.apply(sys.argv[5])
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
