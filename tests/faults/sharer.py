"""One node of the case with shared work: it writes down what it does, and may stop itself.

python -m tests.faults.sharer URL FOLDER NAME EPOCH SORT NTH BREAKAGE LEASE

With a SORT it stops just before its NTH write of that sort of work, with the claim in hand, until
somebody lets it go on. BREAK=late-writes looks at no claim.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.errors import LateWrite, MonitorError
from monitor.pipeline.comparison import baselines
from monitor.pipeline.intake import items
from monitor.pipeline.telling import alerts, welcome
from monitor.store.records import WorkClaim
from monitor.store.work import LEASE, Work
from tests.faults.node import clock, opened

SHORT = timedelta(seconds=2)
"""Where a node is stopped: then a stop of seconds is one past the lease."""

PAUSE = 0.02
"""Seconds between passes: a tick is many times as long."""


@dataclass(slots=True)
class Acts:
    """What this node does, a line each, for the stage to add up."""

    file: Path

    def note(self, act: str, what: object) -> None:
        with self.file.open("a") as opened:
            opened.write(f"{act}\t{what}\n")

    def watch(self, module: Any, name: str, act: str, what: Callable[..., object]) -> None:
        plain = getattr(module, name)

        def noted(*given: Any, **more: Any) -> Any:
            self.note(act, what(*given))
            return plain(*given, **more)

        setattr(module, name, noted)

    def watch_all(self) -> None:
        self.watch(items, "_read", "read", lambda turn, item: f"{turn.source}/{item.name}")
        self.watch(baselines, "_compare", "compared", lambda _, __, version, ___: version.id)
        self.watch(alerts, "_judge_all", "judged", lambda *all_: f"{all_[-1][0]} {all_[-1][1]}")
        self.watch(welcome, "_welcome", "welcomed", lambda _, reader, *__: reader.id)


def claims(acts: Acts, sort: str, nth: int, breakage: str, *, short: bool) -> None:
    """Leases; the stop; and each late write that was refused, written down."""
    taking, holding, left = Work.take, Work.hold, [nth]
    lasts = SHORT if short else LEASE

    def take(self: Work, sort: str, keys: Any, *, lease: timedelta = lasts) -> list[WorkClaim]:
        return taking(self, sort, keys, lease=lease)

    def hold(self: Work, claim: WorkClaim) -> None:
        if claim.sort == sort:
            left[0] -= 1
            if left[0] == 0:
                acts.note("stopped", f"{claim.sort} {claim.key}")
                os.kill(os.getpid(), signal.SIGSTOP)
        try:
            holding(self, claim)
        except LateWrite:
            acts.note("late", f"{claim.sort} {claim.key}")
            if breakage != "late-writes":
                raise

    Work.take, Work.hold = take, hold  # type: ignore[method-assign]


def main(url: str, folder: Path, name: str, epoch: float) -> None:
    node = opened(url, folder, clock(epoch), mortal=False)
    (folder / f"{name}.ready").touch()
    while not (folder / "stop").exists():
        try:
            node.passes(clock(epoch))
        except MonitorError as error:
            print(f"{name}: {error}", file=sys.stderr, flush=True)
        for line in node.program.blame.standing().values():
            print(f"{name}: {line}", file=sys.stderr, flush=True)
        time.sleep(PAUSE)
    node.program.store.close()


if __name__ == "__main__":
    place = Path(sys.argv[2])
    written = Acts(place / f"{sys.argv[3]}.acts")
    written.watch_all()
    claims(written, sys.argv[5], int(sys.argv[6]), sys.argv[7], short=sys.argv[8] == "short")
    main(sys.argv[1], place, sys.argv[3], float(sys.argv[4]))
