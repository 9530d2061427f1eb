"""Everything that a new source has, taken in without telling anybody: its readers begin where it
stands now."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace as with_fields
from datetime import datetime
from typing import Final

from monitor.errors import MonitorError
from monitor.model.record import Record
from monitor.pipeline.adding.proposal import SETTLING
from monitor.pipeline.comparison.baselines import Owed, compare_new
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.program import Program
from monitor.settings.sources import SourceSettings

WAITS: Final = 3
"""How often what is being written is waited for; the service takes it in later."""

Clock = Callable[[], datetime]


class Progress(Record):
    """How far it has come: `done` items of `whole`, as far as that is known."""

    step: str
    done: int
    whole: int


def take_in_all(
    program: Program,
    name: str,
    source: SourceSettings,
    clock: Clock,
    *,
    known: Collection[str] = (),
) -> Iterator[Progress]:
    """Take in every version there is, then compare each with the one before.

    May be killed at any point: another call goes on where this one was. Raises MonitorError when
    the source cannot be asked, or has another trouble than those that are `known`.
    """
    alone = program.with_settings(with_fields(program.settings, sources={name: source}))
    looks, done, waits = Looks(histories={name}), 0, WAITS
    alone.blame.begin("look")
    while True:
        now = clock()
        for passed in take_in(alone, looks, now):
            if passed.snapshots:
                done += passed.snapshots
                yield Progress(step="taking in", done=done, whole=done + looks.left)
        if name in looks.waiting and waits > 0:
            # Written just now, or by a clock that is ahead: it takes a moment to see it stand.
            waits -= 1
            time.sleep(SETTLING)
        elif name not in looks.rest:
            break
    _raise_trouble(alone, name, known)
    yield from _compare(alone, clock)


def _compare(program: Program, clock: Clock) -> Iterator[Progress]:
    owed, done = Owed(), 0
    while True:
        before = done
        for _ in compare_new(program, clock(), owed=owed):
            done += 1
            yield Progress(step="comparing", done=done, whole=done + owed.left)
        if not owed.left or done == before:
            return


def _raise_trouble(program: Program, name: str, known: Collection[str]) -> None:
    text = (program.blame.text("look", name) or "").removeprefix(f"source {name}: ")
    if text and text not in known:
        raise MonitorError(text)


def refused_of(program: Program, name: str) -> tuple[str, ...]:
    """What of a source was refused, as a line each."""
    files = program.store.sources.files(name)
    return tuple(file.refused for file in files.values() if file.refused is not None)
