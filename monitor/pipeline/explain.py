"""Why a reader was or was not told something, what a filter would have told, and what has moved
where a reader stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from monitor.errors import Ambiguous, NotFound
from monitor.model.authorship import Authorship
from monitor.model.comparison import Comparison, Finding, Significance, VersionRef
from monitor.model.record import Record
from monitor.model.subscription import Cause, Filter, PointerMove, Subscription
from monitor.pipeline.moments import local_day, stamp
from monitor.pipeline.program import Program
from monitor.pipeline.telling.inputs import steps
from monitor.pipeline.telling.standing import Standing
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
    author: Authorship | None = None
    """Who published the snapshot that the newer version comes of, where that is known."""


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
        author=_author(program, comparison.new),
    )


def _author(program: Program, ref: VersionRef) -> Authorship | None:
    found = program.store.versions.upto(ref.situation, ref.as_of)
    if found is None or found.ref != ref or found.snapshot is None:
        return None
    return program.store.snapshots.get(found.snapshot).authorship


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


def why_untold(
    program: Program,
    reader: Subscription,
    comparison: Comparison,
    finding: Finding,
    *,
    messages: Sequence[MessageRow],
    today: date,
) -> str:
    """`messages` are all of the reader's, the newest first."""
    for message, given, told in _covering(program, comparison, messages):
        old, new = told["old"]["as_of"], told["new"]["as_of"]
        span = f"message {message.id} told {old} -> {new}"
        if finding.id not in {each["id"] for each in told["findings"]}:
            return f"{span} as a whole: it is part of a larger change there, or has cancelled out"
        verdict = judge(finding, comparison, _filter(given["filter"]), (), today.isoformat())
        if verdict.shown:
            return f"{span} and had no room for it"
        return f"{span} without it: {verdict.why}"
    learned = comparison.new.learned_at
    welcomed = (each.created_at for each in messages if each.reason == "welcome")
    if learned is not None and learned <= stamp(next(welcomed, reader.created_at)):
        return "it came before this reader's start"
    return "no message speaks of that time: it was hidden, or taken back before a digest was due"


def _covering(
    program: Program, comparison: Comparison, messages: Sequence[MessageRow]
) -> Iterator[tuple[MessageRow, dict[str, Any], dict[str, Any]]]:
    """Each message whose step holds this one, what it was made from, and its comparison."""
    old, new = comparison.old.as_of, comparison.new.as_of
    for message in messages:
        if message.digest is None:
            continue
        given: Any = program.store.digests.input(message.digest)
        for part in given["situations"]:
            told = part["comparison"]
            holds = told["old"]["as_of"] <= old and new <= told["new"]["as_of"]
            if told["new"]["situation"] == comparison.situation and holds:
                yield message, given, told


def _filter(stored: dict[str, Any]) -> Filter:
    """As `compose.inputs.plain` has written it."""
    return Filter(
        minimum=Significance(stored["minimum"]),
        **{name: tuple(stored[name]) for name in ("collections", "parties", "issues", "entities")},
    )


class Standpoint(Record):
    """Up to where a situation has been told, why, and since when; None: before that was kept."""

    situation: str
    told: str
    why: str | None
    since: datetime | None


def standpoints(program: Program, reader: Subscription) -> tuple[Standpoint, ...]:
    """One for each situation that the reader has begun."""
    moves = {one.situation: one for one in program.store.subscriptions.moves(reader.id)}
    return tuple(
        Standpoint(
            situation=pointer.situation,
            told=program.store.versions.get(pointer.told).ref.as_of,
            why=_why(moves[pointer.situation]) if pointer.situation in moves else None,
            since=moves[pointer.situation].at if pointer.situation in moves else None,
        )
        for pointer in reader.pointers
    )


def _why(moved: PointerMove) -> str | None:
    if moved.cause is None:
        return None
    number = "that is kept no more" if moved.message is None else moved.message
    return _WHY[moved.cause].format(number)


_WHY: Mapping[Cause, str] = {
    "start": "the reader began there",
    "run": "there was nothing to tell",
    "command": "by a command",
    "message": "told by message {}",
    "give-back": "message {} did not arrive, and what it told is owed again",
    "withdrawal": "message {} told that a version was withdrawn",
}
