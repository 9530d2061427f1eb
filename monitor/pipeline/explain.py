"""Why a reader was or was not told something, and what a filter would have told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.errors import Ambiguous, NotFound
from monitor.model.comparison import Comparison, Finding
from monitor.model.record import Record
from monitor.model.subscription import Filter, Subscription
from monitor.pipeline.inputs import steps
from monitor.pipeline.moments import local_day
from monitor.pipeline.program import Program
from monitor.pipeline.standing import Standing
from monitor.pipeline.untold import why_untold
from monitor.report.filters import Verdict, judge, select
from monitor.store.records import MessageRow
from monitor.words import language
from monitor.words.wording import sentence


class Explained(Record):
    """One finding, the verdict of the reader's present filter, and the messages that told it."""

    comparison: Comparison
    finding: Finding
    sentence: str
    verdict: Verdict
    told_by: tuple[MessageRow, ...]
    muted_in: tuple[MessageRow, ...]
    is_next: bool
    """Whether it lies between told and latest, so that the next digest decides."""
    untold: str | None
    """Why no message has it; None when one has, or when the next digest decides."""


class Tested(Record):
    """One version of the stored history, and what a filter would have told of it."""

    comparison: Comparison
    told: tuple[str, ...]
    findings: int


def explain(program: Program, subscription: Subscription, name: str, now: datetime) -> Explained:
    """`name` is a finding's id or the beginning of one. Raises NotFound, or Ambiguous."""
    found = {
        finding.id: (comparison, finding, is_next)
        for comparison, is_next in _comparisons(program, subscription, now)
        for finding in comparison.findings
        if finding.id.startswith(name)
    }
    if not found:
        raise NotFound(
            f"no finding {name} in what {subscription.spec.address} follows; "
            "monitor diff --format json shows the ids"
        )
    if len(found) > 1:
        raise Ambiguous(f"{name} fits several findings: {', '.join(sorted(found))}")
    comparison, finding, is_next = next(iter(found.values()))
    spec, day = subscription.spec, local_day(subscription, now)
    sent: Sequence[MessageRow] = program.store.outbox.find(subscription=subscription.id, limit=1000)
    told_by, muted_in = _messages(program, sent, finding.id)
    untold = None
    if not (told_by or muted_in or is_next):
        untold = why_untold(program, subscription, comparison, finding, messages=sent, today=day)
    return Explained(
        comparison=comparison,
        finding=finding,
        sentence=sentence(finding, language(spec.language)),
        verdict=judge(finding, comparison, spec.filter, subscription.mutes, day.isoformat()),
        told_by=told_by,
        muted_in=muted_in,
        is_next=is_next,
        untold=untold,
    )


def backtest(program: Program, situation: str, wanted: Filter) -> Iterator[Tested]:
    """Each version against the one before it, read with today's rules."""
    line = program.store.versions.history(situation)
    for old, new in itertools.pairwise(line):
        comparison = program.comparing.between(old, new)
        shown = select(comparison, wanted, (), new.ref.as_of[:10]).shown
        ranked = sorted(shown, key=lambda finding: -finding.significance)
        yield Tested(
            comparison=comparison,
            told=tuple(f"{one.significance.word}: {sentence(one)}" for one in ranked),
            findings=len(comparison.findings),
        )


def _comparisons(
    program: Program, subscription: Subscription, now: datetime
) -> Iterator[tuple[Comparison, bool]]:
    """Each version against the one before; told -> latest last, because it decides."""
    spoken = subscription.spec.language
    for pointer in subscription.pointers:
        line = program.store.versions.history(pointer.situation)
        for old, new in itertools.pairwise(line):
            yield program.comparing.between(old, new, language=spoken), False
    today = local_day(subscription, now)
    last_run = local_day(subscription, subscription.last_run or subscription.created_at)
    for step in steps(Standing(program, now), subscription):
        if step.moved:
            yield (
                program.comparing.between(
                    step.old, step.new, today=today, last_run=last_run, language=spoken
                ),
                True,
            )


def _messages(
    program: Program, sent: Sequence[MessageRow], finding: str
) -> tuple[tuple[MessageRow, ...], tuple[MessageRow, ...]]:
    told, muted = [], []
    for message in sent:
        if message.digest is None:
            continue
        digest = program.store.digests.get(message.digest)
        if finding in digest.shown:
            told.append(message)
        if finding in digest.muted:
            muted.append(message)
    return tuple(told), tuple(muted)
