"""Subscriptions of the configuration -> the store. Config creates, it does not overrule readers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final, Literal, TypeAlias

from monitor.cadence import next_due
from monitor.errors import Conflict
from monitor.model.record import Record
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.specs import spec_of

PROVISION: Final = "provision"

Word: TypeAlias = Literal["created", "updated", "left"]

NEVER_REVIVED = frozenset(("unsubscribed", "suppressed", "suspended"))
"""The reader, or the reader's mail server, has spoken; only a person may take that back."""


class Provisioned(Record):
    """Who was created, changed, ended or left alone: `ADDRESS/NAME` each."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def provision(program: Program, now: datetime) -> Provisioned:
    """Bring the store in line with the configuration. Repeating it changes nothing."""
    specs = [spec_of(entry) for entry in program.settings.subscriptions]
    stored = {entry.spec.who: entry for entry in program.store.subscriptions.all()}
    done: dict[Word, list[str]] = {"created": [], "updated": [], "left": []}
    program.blame.begin(PROVISION)
    for spec in specs:
        word = program.blame.attempt(
            PROVISION,
            spec.who,
            f"subscription {spec.who} cannot be brought in line with the configuration",
            partial(_provision, program, stored.get(spec.who), spec, now),
            otherwise=None,
        )
        if word:
            done[word].append(spec.who)
    ended = _end_removed(program, stored, {spec.who for spec in specs}, now)
    program.blame.end(PROVISION)
    found = Provisioned(
        created=tuple(done["created"]),
        updated=tuple(done["updated"]),
        ended=ended,
        left=tuple(done["left"]),
    )
    _log(found)
    return found


def _provision(
    program: Program, known: Subscription | None, spec: SubscriptionSpec, now: datetime
) -> Word | None:
    """What was done with one; None when nothing had to be."""
    if known is None:
        return "created" if _create(program, spec, now) else None
    if known.state in NEVER_REVIVED:
        return "left"
    return "updated" if _bring_in_line(program, known, spec, now) else None


def _create(program: Program, spec: SubscriptionSpec, now: datetime) -> bool:
    """Where it begins, and the welcome, follow when its situations are there: `welcome.begin`.

    False when another machine that provisions the same was first.
    """
    due = next_due(spec.cadence, spec.zone, now)
    try:
        program.store.subscriptions.create(spec, (), due_at=due, now=now)
    except Conflict:
        return False
    return True


def _bring_in_line(
    program: Program, known: Subscription, spec: SubscriptionSpec, now: datetime
) -> bool:
    """True when anything had to change. One that the config had ended begins anew."""
    if known.spec == spec and known.state != "ended":
        return False
    due = next_due(spec.cadence, spec.zone, now)
    with program.store.transaction() as tx:
        held = tx.subscriptions.hold(known.id)
        if held.state in NEVER_REVIVED:
            return False
        again = held.state == "ended"
        tx.subscriptions.update(known.id, spec, due_at=due)
        kept = () if again else spec.situations
        dropped = [one for one in held.pointers if one.situation not in kept]
        tx.subscriptions.unfollow(known.id, dropped)
        if again:
            tx.subscriptions.set_state(known.id, "active", "in the configuration again", now=now)
    return True


def _end_removed(
    program: Program, stored: dict[str, Subscription], kept: set[str], now: datetime
) -> tuple[str, ...]:
    ended = []
    for name, entry in stored.items():
        if entry.spec.origin == "config" and name not in kept and entry.state == "active":
            reason = "taken out of the configuration"
            with program.store.transaction() as tx:
                # What the reader has said meanwhile stands.
                if tx.subscriptions.hold(entry.id).state != "active":
                    continue
                tx.subscriptions.set_state(entry.id, "ended", reason, now=now)
            ended.append(name)
    return tuple(ended)


def _log(done: Provisioned) -> None:
    for word in ("created", "updated", "ended"):
        for name in getattr(done, word):
            say(f"subscription-{word}", f"subscription {name} {word}", subscription=name)
    for name in done.left:
        say("subscription-left", f"subscription {name} left as its reader ended it")
