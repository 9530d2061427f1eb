"""Digests and alerts on their way into the outbox: made once, addressed to many, written together.

Readers with the same input share one rendering. What is written for one reader is one step: number,
pointers, run and message, or nothing of it when somebody else was first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from monitor.mail.message import encode
from monitor.model.digest import Digest, DigestInput
from monitor.model.message import Reason
from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.program import Program
from monitor.pipeline.recent import Recent
from monitor.pipeline.say import say
from monitor.pipeline.telling.forms import channel_body
from monitor.pipeline.telling.inputs import Step, Wanted, digest_input
from monitor.pipeline.telling.letters import letter
from monitor.pipeline.telling.rewording import note_faults, note_unworded
from monitor.pipeline.telling.templates import note_template
from monitor.report.digest import input_document, make_digest
from monitor.store import Families
from monitor.store.records import AlertedFinding, Letter, StoredDigest, Telling

KEPT_DIGESTS = 32
"""Renderings kept for a pass: about 0.2 MB each."""


class Made(Record):
    """A digest with the input that it is a pure function of."""

    input: DigestInput
    digest: Digest

    def covers(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Those that it tells of; a situation that could not be compared is told when it can be."""
        told = {each.comparison.situation for each in self.input.situations}
        return tuple(step for step in steps if step.pointer.situation in told)


@dataclass(slots=True)
class Press:
    """Renders each digest once per pass, for all readers whose `Wanted` is equal."""

    program: Program
    _made: Recent[Wanted, Made] = field(default_factory=lambda: Recent(KEPT_DIGESTS))

    def make(self, wanted: Wanted) -> Made:
        """Without the situations that cannot be compared, which are blamed.

        Raises TemplateFailed when even the shipped templates fail, and CannotCompare when no
        situation is left.
        """
        return self._made.get(wanted, lambda: self._print(wanted))

    def _print(self, wanted: Wanted) -> Made:
        given = digest_input(self.program, wanted)
        made = Made(input=given, digest=make_digest(given, self.program.templates))
        _note_faults(self.program, made, wanted)
        return made


class Prepared(Record):
    """One reader's step before it is written. `made` is None when there is nothing to tell."""

    subscription: Subscription
    pointers: tuple[Pointers, ...]
    reason: Reason
    made: Made | None
    slot: datetime | None = None
    next_due: datetime | None = None
    held: str | None = None
    alerted: tuple[AlertedFinding, ...] = ()


def _note_faults(program: Program, made: Made, wanted: Wanted) -> None:
    """What was worked around for the sake of the reader, and is trouble all the same."""
    for line in made.digest.warnings:
        note_template(program, line)
    for span in wanted.spans:
        name = span.situation
        theirs = [each for each in made.digest.unworded if each.situation == name]
        note_unworded(program, theirs, span.old, span.new, wanted.language)
        for each in made.input.situations:
            if each.comparison.situation == name:
                note_faults(program, each.comparison, span.old, span.new)


def arrived(covered: Sequence[Step]) -> tuple[Pointers, ...]:
    """Where told and alerted stand once this has been told."""
    return tuple(
        step.pointer
        if step.stateless
        else Pointers(situation=step.pointer.situation, told=step.new.id, alerted=step.new.id)
        for step in covered
    )


def _unguarded(_: Families) -> None:
    """Whoever loses a race of two nodes is found by what was read."""


def write(
    program: Program,
    batch: Sequence[Prepared],
    now: datetime,
    *,
    step: str = "digest",
    overtaken: list[Prepared] | None = None,
    guard: Callable[[Families], None] = _unguarded,
) -> int:
    """All in one transaction; returns how many messages were written. `guard` comes first in it.

    A step whose subscription has moved meanwhile is left out, and added to `overtaken`: somebody
    else has told its reader, though perhaps of less. When one cannot be written, each is written
    alone, and that one is blamed.
    """
    if not batch:
        return 0
    return program.blame.together(
        step,
        batch,
        partial(_write, program, now, [] if overtaken is None else overtaken, guard),
        name=_who,
        said=lambda one: f"no {one.reason} for {_who(one)}",
    )


def _who(one: Prepared) -> str:
    return one.subscription.spec.who


def _write(
    program: Program,
    now: datetime,
    overtaken: list[Prepared],
    guard: Callable[[Families], None],
    batch: Sequence[Prepared],
) -> int:
    with program.store.transaction() as tx:
        guard(tx)
        pairs = list(_addressed(program, tx, batch, now))
        accepted = tx.outbox.tell([_telling(one, written) for one, written in pairs], now=now)
        done = [pair for pair, first in zip(pairs, accepted, strict=True) if first]
        tx.alerts.record([finding for one, _ in done for finding in one.alerted])
    overtaken += [one for (one, _), first in zip(pairs, accepted, strict=True) if not first]
    for one, written in done:
        _log(one, written)
    return sum(written is not None for _, written in done)


def _addressed(
    program: Program, tx: Families, batch: Sequence[Prepared], now: datetime
) -> Iterator[tuple[Prepared, Letter | None]]:
    stored: dict[str, StoredDigest] = {}
    for one in batch:
        yield one, _letter(program, tx, one, stored, now)


def _letter(
    program: Program,
    tx: Families,
    one: Prepared,
    stored: dict[str, StoredDigest],
    now: datetime,
) -> Letter | None:
    if one.made is None:
        return None
    key = one.made.digest.input_hash
    if key not in stored:
        stored[key] = stored_digest(program, tx, one.made, now)
    own = channel_body(program, one.subscription, one.made, now)
    return letter(
        program,
        one.subscription,
        reason=one.reason,
        body=stored[key].body if own is None else tx.digests.add_body(own),
        body_hash=key,
        digest=stored[key].id,
        now=now,
        held=one.held,
    )


def stored_digest(program: Program, tx: Families, made: Made, now: datetime) -> StoredDigest:
    """What it is by now: stored once for all whose input is the same."""
    known = tx.digests.by_hash(made.digest.input_hash)
    if known is not None:
        return known
    digest = made.digest
    body = encode(digest.subject, digest.text, digest.html, sender=program.sender)
    return tx.digests.add(digest, input_document(made.input), body, now=now)


def _telling(one: Prepared, written: Letter | None) -> Telling:
    return Telling(
        subscription=one.subscription,
        pointers=one.pointers,
        slot=one.slot,
        next_due=one.next_due,
        outcome="sent" if written else "nothing to tell",
        letter=written,
    )


def _log(one: Prepared, written: Letter | None) -> None:
    name = one.subscription.spec.who
    if written is None or one.made is None:
        text = f"nothing to tell {name}"
        say("nothing-to-tell", text, level=logging.DEBUG, subscription=name)
        return
    held = f" (held: {written.held})" if written.held else ""
    say(
        f"{one.reason}-written",
        f"{one.reason} for {name}: {one.made.digest.subject}{held}",
        subscription=name,
        message=written.message_id,
        findings=len(one.made.digest.shown),
    )
