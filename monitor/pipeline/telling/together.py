"""Due readers who are alike: what is due to them is written for all of them at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Container, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.errors import StoreUnavailable
from monitor.mail.addresses import is_plain
from monitor.pipeline.comparison.lapsing import look_for
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.telling.editions import MadeElsewhere
from monitor.pipeline.telling.verdicts import DIGEST, Verdict, Verdicts
from monitor.store.records import Alike, AlikeTelling, Key, PageTold, Reader
from monitor.store.still import Still

ROUNDS: Final = 4
"""In which a page is read: what its readers follow may have to be read first, and what is due to
them be decided; who changes meanwhile is decided anew."""


PART: Final = 0.25
"""Seconds of judging and rendering after which what has been made is written."""


@dataclass(slots=True)
class Left:
    """Of a page: who is looked at alone, and who is met again soon: most of them because another
    node is just making their digest."""

    alone: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Together:
    """Of one pass."""

    verdicts: Verdicts
    still: Still = field(init=False)

    def __post_init__(self) -> None:
        self.still = Still(since=self.verdicts.standing.recalls.since)

    def tell(self, page: Sequence[int]) -> Generator[Passed, None, Left]:
        """Writes all that is due to those of a page who can be written to together."""
        left, numbers = Left(), list(page)
        self.verdicts.begin()
        for _ in range(ROUNDS):
            if not numbers:
                break
            told = yield from self._tell(numbers, left)
            numbers = list(told.unread)
            yield from look_for(self._program, self.still)
            numbers += yield from self._judge_all(told.unknown, left)
        left.later += numbers
        left.alone.sort()
        return left

    def _judge_all(
        self, unknown: Iterable[Alike], left: Left
    ) -> Generator[Passed, None, list[int]]:
        """Who can be written to now, and has not been. Who has waited longest comes first, and what
        has been made is written after a moment: it does not wait until all is rendered."""
        ready: list[int] = []
        again: list[int] = []
        until = time.monotonic() + PART
        for alike in sorted(unknown, key=_waits_since):
            ready += self._judged(alike, left)
            yield Passed()
            if ready and time.monotonic() >= until:
                told = yield from self._tell(ready, left)
                again += [*told.unread, *(one.id for each in told.unknown for one in each.readers)]
                ready, until = [], time.monotonic() + PART
        return again + ready

    def _tell(self, numbers: Sequence[int], left: Left) -> Generator[Passed, None, PageTold]:
        told = self._write(numbers, left)
        yield Passed(digests=sum(count for key, count in told.told.items() if self._says(key)))
        return told

    @property
    def _program(self) -> Program:
        return self.verdicts.standing.program

    def _says(self, key: Key) -> bool:
        verdict = self.verdicts.at(key)
        return verdict is not None and verdict.circular is not None

    def _write(self, numbers: Sequence[int], left: Left) -> PageTold:
        """To those of them of whom it is known what is due to them."""
        judge, now = _Known(self.verdicts), self.verdicts.standing.now
        copied = self._program.copied_at
        try:
            told = self._program.store.due.tell(
                numbers, judge, by=now, now=now, copied=copied, still=self.still
            )
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - met again, and blamed, when each is looked at alone
            left.alone += numbers
            return PageTold({}, (), ())
        left.alone += judge.alone
        for key, count in told.told.items():
            _log(*judge.told[key], count)
        return told

    def _judged(self, alike: Alike, left: Left) -> list[int]:
        """Who can be written to now."""
        numbers = [one.id for one in alike.readers]
        try:
            verdict = self.verdicts.of(alike)
        except MadeElsewhere:
            left.later += numbers
            return []
        if verdict is None:
            left.alone += numbers
            return []
        return numbers


def _waits_since(alike: Alike) -> tuple[bool, str]:
    last = alike.key.last_run
    return last is not None, last.isoformat() if last else ""


@dataclass(slots=True)
class _Known:
    """What has been decided by now, reader by reader of a page."""

    verdicts: Verdicts
    alone: list[int] = field(default_factory=list)
    told: dict[Key, tuple[Reader, Verdict]] = field(default_factory=dict)

    @property
    def known(self) -> Container[Key]:
        return self.verdicts.known

    def telling(self, key: Key, readers: Sequence[Reader]) -> AlikeTelling | None:
        verdict = self.verdicts.at(key)
        if verdict is None:
            self.alone += [one.id for one in readers]
            return None
        apart = set(_apart(self.verdicts.standing.program, readers, verdict))
        self.alone += apart
        self.told[key] = readers[0], verdict
        return verdict.telling(key, [one.id for one in readers if one.id not in apart])


def _apart(program: Program, readers: Sequence[Reader], verdict: Verdict) -> Iterator[int]:
    """One that fails alone, or cannot be written to as it is, must not hinder the others."""
    writes = verdict.circular is not None
    for one in readers:
        if program.patience.knows(f"{DIGEST} {one.who}") or (writes and not is_plain(one.address)):
            yield one.id


def _log(first: Reader, verdict: Verdict, count: int) -> None:
    if not count:
        return
    who = first.who if count == 1 else f"{count} readers"
    circular = verdict.circular
    if circular is None:
        if verdict.slot is not None:
            say("nothing-to-tell", f"nothing to tell {who}", level=logging.DEBUG, readers=count)
        return
    held = f" (held: {circular.held})" if circular.held else ""
    said = f"{circular.reason} for {who}: {verdict.subject}{held}"
    say(f"{circular.reason}-written", said, readers=count, findings=verdict.findings)
