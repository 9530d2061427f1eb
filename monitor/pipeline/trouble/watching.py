"""The operator hears of each trouble once, and once more when it is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter

from monitor.pipeline.intake.machines import Machines
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.pipeline.telling.letters import post
from monitor.pipeline.telling.templates import rendered
from monitor.pipeline.trouble.blame import FAULT, machine_of
from monitor.pipeline.trouble.conditions import unknown_sorts
from monitor.pipeline.trouble.mail import RELAY, is_untried
from monitor.pipeline.trouble.reasons import note_reasons
from monitor.report.notices import operator_notice
from monitor.store.records import NoticeRow

NODE = "node:"
"""Begins the condition that only one node knows of; its id follows."""

SUBSCRIPTION = "subscription:"
"""Begins the condition of one that cannot be read."""

NOTHING: Mapping[str, str] = {}


def record(
    program: Program,
    now: datetime,
    *,
    found: Mapping[str, str],
    own: Mapping[str, str] = NOTHING,
) -> None:
    """Keep what stands now for the operator and the status screen: open what is new, close what
    is over, and keep the reason of what goes on.

    `found` is what the tables say, `own` what only this process knows, such as what keeps the mail
    server from taking mail; what could not be handled is added to them.
    """
    notices = program.store.notices
    known = notices.standing()
    # What the tables say as well is told once; what was told as this node's goes on as that.
    named = {f"{NODE}{program.node}:{name}": name for name in own}
    told = {one.condition for one in known}
    mine = {node: own[name] for node, name in named.items() if name not in found or node in told}
    standing = {**found, **mine, **program.blame.standing()}
    new = {name: text for name, text in standing.items() if name not in told}
    if RELAY in new and is_untried(program, now):
        del new[RELAY]
    program.blame.together(
        "record",
        sorted(new.items()),
        partial(_open, program, now),
        name=itemgetter(0),
        said=lambda item: f"it cannot be recorded that {item[1]}",
    )
    note_reasons(program, now, known, standing)
    over = _Over(program, now)
    ended = [one for one in known if one.condition not in standing and over.may_close(one)]
    closed = set(notices.close_all([one.condition for one in ended], now=now))
    # Whoever could not be read has heard of nothing meanwhile.
    mended = [int(one.removeprefix(SUBSCRIPTION)) for one in closed if one.startswith(SUBSCRIPTION)]
    if mended:
        program.store.changes.note(mended)
    for notice in ended:
        if notice.condition in closed:
            say("trouble-over", f"over: {notice.text}", condition=notice.condition)


def _open(program: Program, now: datetime, conditions: Sequence[tuple[str, str]]) -> int:
    by_name = dict(conditions)
    opened = program.store.notices.open_all(by_name, now=now)
    # What could not be handled was logged when it was met.
    for condition in (each for each in opened if not each.startswith(FAULT)):
        warn("trouble", by_name[condition], condition=condition)
    return len(opened)


def standing_on_nodes(program: Program) -> dict[str, str]:
    """What nodes have found that cannot be found by asking the tables."""
    standing = program.store.notices.standing()
    return {one.condition: one.text for one in standing if one.condition.startswith((NODE, FAULT))}


class _Over:
    """Whether this node may say that a condition is over: where another one sees more, the two
    would contradict each other at every tick."""

    def __init__(self, program: Program, now: datetime) -> None:
        self._program = program
        self._now = now
        self._unknown = unknown_sorts(program)
        self._machines = Machines(program, now)

    def may_close(self, notice: NoticeRow) -> bool:
        sort, _, rest = notice.condition.partition(":")
        if sort in self._unknown:
            return False
        match sort:
            case "node":
                return rest.partition(":")[0] not in self._machines.others
            case "disk":
                return not self._machines.is_elsewhere(rest.partition(":")[0])
            case "stale" | "refused":
                knows = rest.partition("/")[0] in self._program.settings.sources
                return knows or not self._machines.others
            case "fault":
                return self._fault_is_over(notice)
            case _:
                return True

    def _fault_is_over(self, notice: NoticeRow) -> bool:
        machine = machine_of(notice.condition)
        if machine is not None and self._machines.is_elsewhere(machine):
            return False
        return notice.opened_at <= self._now and self._program.blame.is_over(notice.condition)


def tell_operator(program: Program, now: datetime, *, is_time: bool) -> Iterator[Passed]:
    """All that is new and all that is over, in one mail, written with the record of it."""
    if not is_time:
        program.blame.skip("operator", program.settings.mail.operator)
        return
    program.blame.attempt(
        "operator",
        program.settings.mail.operator,
        f"the operator, {program.settings.mail.operator}, cannot be written to",
        partial(_tell_operator, program, now),
        otherwise=None,
    )
    yield Passed()


def _tell_operator(program: Program, now: datetime) -> None:
    if not program.store.notices.owes():
        return
    with program.store.transaction() as tx:
        new, over = tx.notices.take_owed(now=now)
        if new or over:
            texts = [entry.text for entry in new], [entry.text for entry in over]
            notice = rendered(program, partial(operator_notice, *texts))
            post(program, tx, notice, program.settings.mail.operator, now)
