"""Subscriptions of the configuration -> the store. Config creates, it does not overrule readers.

On one machine the service does it when it starts.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final, Literal, TypeAlias

from monitor.cadence import next_due
from monitor.deliver.files import tighten_mail
from monitor.errors import Conflict
from monitor.model.record import Record, replace
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.channels.opening import check_channels
from monitor.pipeline.program import KEPT_SECRET, Program
from monitor.pipeline.readers.naming import refuse_impossible
from monitor.pipeline.readers.own import erasure_marks
from monitor.pipeline.readers.specs import check_login, spec_of
from monitor.pipeline.readers.zones import zone_rules
from monitor.pipeline.say import say, warn
from monitor.private import tighten

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
    if known.state in NEVER_REVIVED or _has_changed_it(known):
        return "left"
    return "updated" if _bring_in_line(program, known, spec, now) else None


def _has_changed_it(known: Subscription) -> bool:
    """Whether its reader wants something else than the configuration says."""
    return known.spec.origin == "changed" and known.state != "ended"


def _create(program: Program, spec: SubscriptionSpec, now: datetime) -> bool:
    """Where it begins, and the welcome, follow when its situations are there: `welcome.begin`.

    False when another machine that provisions the same was first, or its reader was erased: whoever
    wrote the file has to take her out of it.
    """
    if program.store.readers.erased(erasure_marks(program, spec)):
        text = "the configuration names a reader who was erased, and who gets nothing"
        warn("subscription-erased", f"{text}; take [[subscriptions]] {spec.name} of her out")
        return False
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
    due: datetime | None = next_due(spec.cadence, spec.zone, now)
    with program.store.transaction() as tx:
        held = tx.subscriptions.hold(known.id)
        if held.state in NEVER_REVIVED or _has_changed_it(held):
            return False
        again = held.state == "ended"
        if not again and tx.subscriptions.tell_anew(known.id, now=now):
            held, due = tx.subscriptions.hold(known.id), None
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
        if (
            entry.spec.origin in ("config", "changed")
            and name not in kept
            and entry.state == "active"
        ):
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
        say("subscription-left", f"subscription {name} left as its reader has it")


def start(program: Program, now: datetime) -> Program:
    """Begin to serve. Raises Conflict when another service runs on this SQLite file, and
    SettingsError for what the configuration names and nothing can be, before anything is done.

    The program that is returned knows when its database is a copy of another one.
    """
    program.store.check()
    check_login(program.settings)
    check_channels(program.settings)
    refuse_impossible(program)
    started = program.store.nodes.start(now=now)
    _tighten(program)
    if started.restored:
        warn("restored", f"this database is a copy; of its mail {started.held} wait for a person")
    if started.recovered:
        say("recovered", f"{started.recovered} messages that were in flight at the end go on")
    # The rules of a time zone may have changed since.
    program.store.due.reckon_anew(zone_rules(), now=now)
    if program.store.is_sqlite:
        provision(program, now)
    elif program.settings.subscriptions and not program.store.subscriptions.all():
        warn("not-provisioned", "nobody is subscribed: monitor provision brings in the config")
    return replace(program, node=started.node, copied_at=started.copied_at)


def _tighten(program: Program) -> None:
    """Files of an earlier version become private; of folders only those that are ours alone."""
    settings = program.settings
    secret, mail = settings.base / KEPT_SECRET, settings.path(settings.mail.folder)
    ours = secret.parent
    if settings.channel.folder(settings) is not None:
        tighten_mail(mail)
    tighten([*program.store.files(), secret, ours])
    if mail.is_relative_to(ours):
        tighten([mail])
