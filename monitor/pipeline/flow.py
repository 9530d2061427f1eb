"""The program on one page: from a file somebody wrote to a message in the outbox.

    source -> snapshot -> version -> changes -> findings -> digest -> outbox -> delivery

A pass takes `STEPS` in this order. Each step asks the store what it owes, does it item by item in
one transaction each, and may be killed at any point: the next pass finds what was left undone. An
item that cannot be handled is left out and blamed (`blame`), and so is a step; the others go on.
No transaction is open across the network; `delivery` hands messages over on its own. A step that
may take long gives way: news is looked for and alerts are told in between.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from monitor.errors import LateWrite, StoreUnavailable
from monitor.model.tuples import NamedTuple
from monitor.pipeline.comparison.baselines import Owed, compare_new, pin_configured
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.intake.memory import Looks
from monitor.pipeline.metering import Meter, Unmetered, metered
from monitor.pipeline.passed import Passed, total
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.telling.alerts import judge_alerts
from monitor.pipeline.telling.digests import run_due
from monitor.pipeline.telling.judged import Judged
from monitor.pipeline.telling.rewording import reword
from monitor.pipeline.telling.templates import retry_templates
from monitor.pipeline.telling.welcome import Begun, begin
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.pipeline.trouble.seen import Seen
from monitor.pipeline.trouble.watching import record, tell_operator
from monitor.pipeline.turn import Never, Turn


@dataclass(slots=True)
class Memory:
    """What a process remembers between passes to save work. Losing it costs only that work."""

    looks: Looks = field(default_factory=Looks)
    seen: Seen = field(default_factory=Seen)
    begun: Begun = field(default_factory=Begun)
    owed: Owed = field(default_factory=Owed)
    judged: Judged = field(default_factory=Judged)
    trouble: dict[str, str] = field(default_factory=dict)
    """What only this process knows of, such as what keeps the mail server from taking mail."""
    found: dict[str, str] = field(default_factory=dict)
    """Conditions that the last look at the tables has found."""
    meter: Meter = field(default_factory=Unmetered)


Work: TypeAlias = Iterator[Passed]
"""Goes on item by item: between two of them the caller may do something else, or stop."""


class Step(NamedTuple):
    """One step of a pass; each item that it yields after is done for good."""

    name: str
    run: Callable[[Program, Memory, datetime], Work]
    gives_way: bool = False
    """It may take long, so what is urgent gets its turns in between."""
    urgent: bool = False


def _take_in(program: Program, memory: Memory, now: datetime) -> Work:
    return take_in(program, memory.looks, now)


def _pin(program: Program, memory: Memory, _now: datetime) -> Work:
    return pin_configured(program, memory.seen.news)


def _compare(program: Program, memory: Memory, now: datetime) -> Work:
    return compare_new(program, now, owed=memory.owed)


def _begin(program: Program, memory: Memory, now: datetime) -> Work:
    memory.looks.hear(program)
    return begin(program, memory.begun, now, looks=memory.looks)


def _reword(program: Program, memory: Memory, now: datetime) -> Work:
    return reword(program, now, memory.seen.notices(program))


def _templates(program: Program, memory: Memory, _now: datetime) -> Work:
    return retry_templates(program, memory.seen.notices(program))


def _alert(program: Program, memory: Memory, now: datetime) -> Work:
    memory.looks.hear(program)
    news = memory.seen.news
    return judge_alerts(program, memory.judged, now, looks=memory.looks, news=news)


def _digest(program: Program, _: Memory, now: datetime) -> Work:
    return run_due(program, now)


def _watch(program: Program, memory: Memory, now: datetime) -> Work:
    memory.found = find_trouble(program, now, memory.seen)
    yield Passed()


def _record(program: Program, memory: Memory, now: datetime) -> Work:
    record(program, now, found=memory.found, own=memory.trouble)
    yield Passed()


def _operator(program: Program, memory: Memory, now: datetime) -> Work:
    return tell_operator(program, now, is_time=memory.looks.is_told(now))


STEPS: Final = (
    # All new snapshots first: readers hear of where things stand, not of each file on the way.
    Step("look", _take_in, urgent=True),
    Step("pin", _pin, urgent=True),
    Step("compare", _compare, urgent=True),
    # Who follows a situation that is here now gets a start in it before anything is told.
    Step("begin", _begin, gives_way=True),
    # What could not be put into words before; what cannot be now stands until the next pass.
    Step("reword", _reword),
    Step("templates", _templates),
    # Alerts before digests, so that a digest can mark what an alert has told.
    Step("alert", _alert, urgent=True),
    Step("digest", _digest, gives_way=True),
    # What a person must know, last, so that it holds what this pass could not do.
    Step("watch", _watch),
    Step("record", _record),
    Step("operator", _operator),
)


def one_pass(program: Program, memory: Memory, now: datetime) -> Passed:
    """Everything that is due at `now`, except handing messages over, without a pause."""
    return total(passing(program, memory, now))


def passing(
    program: Program,
    memory: Memory,
    now: datetime,
    *,
    turn: Turn | None = None,
    steps: Sequence[Step] | None = None,
) -> Work:
    """The same item by item. With `turn`, what is urgent is done again in between, each time that
    it is due. Raises StoreUnavailable, which ends the pass; nothing else does."""
    program.comparing.try_again(now)
    memory.seen.begin()
    turn, steps = turn or Never(), STEPS if steps is None else steps
    urgent = [step for step in steps if step.urgent]
    for step in steps:
        for passed in _guarded(step, program, memory, now):
            yield passed
            if step.gives_way and (at := turn.due()) is not None:
                for other in urgent:
                    yield from _guarded(other, program, memory, at)
                turn.over()
    standing = memory.found | memory.trouble | program.blame.standing()
    left = memory.looks.left + memory.owed.left + memory.judged.left
    yield Passed(left=left, trouble=len(standing))


def _guarded(step: Step, program: Program, memory: Memory, now: datetime) -> Work:
    blame = program.blame
    blame.begin(step.name)
    try:
        yield from metered(memory.meter, step.name, step.run(program, memory, now))
    except StoreUnavailable:
        raise
    except LateWrite as error:
        # Nobody's fault: this node was away for so long that another one goes on with it.
        say("late", f"{step.name}: {error}", level=logging.DEBUG)
    except Exception as error:  # noqa: BLE001 - a step that fails must not silence the others
        blame.caught(step.name, "", f"the step “{step.name}” of the pass cannot be done", error)
    else:
        blame.end(step.name)
