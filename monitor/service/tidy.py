"""Letting old things go, where the configuration says after how long. By default only reports of
mail that came back go, after a year."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from monitor.pipeline.program import Program
from monitor.pipeline.readers.confirming import GOOD
from monitor.pipeline.say import say

SLICE = 0.25
"""Seconds of tidying up between which everything else gets its turn."""


class Rest:
    """What is left to tidy up."""

    def __init__(self, work: Iterator[None], *, seconds: float = SLICE) -> None:
        self._work = work
        self._seconds = seconds
        self.over = False

    def some(self) -> None:
        """As much as fits in its time. After a fault nothing is left: the next hour asks."""
        self.over, until = True, time.monotonic() + self._seconds
        for _ in self._work:
            if time.monotonic() >= until:
                self.over = False
                return


def tidy(program: Program, now: datetime) -> Iterator[None]:
    """Between two steps the caller may do something else, or stop: the next one finds the rest."""
    retention, settings = program.settings.retention, program.settings
    if retention.messages is not None:
        gone = 0
        for one in program.store.leaving(before=now - retention.messages):
            gone += one.gone
            yield
        if gone:
            say("tidied", f"{gone} old rows of messages let go", rows=gone)
    if retention.bounces is not None:
        gone = program.store.bounces.forget(before=now - retention.bounces)
        if gone:
            say("tidied", f"{gone} old reports of mail that came back let go", reports=gone)
        yield
    program.store.readers.forget_unconfirmed(before=now - GOOD)
    mail = settings.channel.folder(settings)
    if retention.mail_files is not None and mail is not None:
        files = _remove_old(mail, now, retention.mail_files)
        if files:
            say("tidied", f"{files} old mail files let go", files=files)


def _remove_old(folder: Path, now: datetime, age: timedelta) -> int:
    limit = (now - age).timestamp()
    old = [path for path in folder.rglob("*.eml") if path.lstat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
