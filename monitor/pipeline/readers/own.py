"""What a reader does about her own subscriptions by the link in her mail: what a person with the
commands could do for her, and by the same functions."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitor.cadence import next_due
from monitor.errors import Conflict, MonitorError, NotFound
from monitor.model.record import Record, replace
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.program import Program
from monitor.pipeline.readers.subscribing import LEFT, leave, subscribe
from monitor.pipeline.say import say
from monitor.pipeline.telling.tokens import is_page_token, make_page_token, named_in

ON_HER_PAGE: Final = "on her own page"
"""Why a subscription is in its state, where its reader said so there."""

BY_HER: Final = (ON_HER_PAGE, "by the link in a mail")
"""Reasons that are her own word, which she may take back."""

PAUSED: Final = "its reader wants nothing until later"

HELD_BACK: Final = ("digest", "alert", "receipt", "manual")
"""What is owed and waits with her; a welcome says where she stands and goes out."""

MOST_RESTING: Final = timedelta(days=365)


class Own(Record):
    """A reader by her link: all of her subscriptions stand together."""

    address: str
    subscriptions: tuple[Subscription, ...]
    named: int
    """The subscription whose mail held the link."""

    @property
    def language(self) -> str:
        """That of the mail she came from, or of any."""
        found = [one for one in self.subscriptions if one.id == self.named]
        return (found or list(self.subscriptions))[0].spec.language

    def get(self, name: str) -> Subscription:
        """Raises NotFound for one that is not hers."""
        for one in self.subscriptions:
            if one.spec.name == name:
                return one
        raise NotFound("there is no such subscription")


def own(program: Program, token: str) -> Own | None:
    """None for any token that was not made here for this, or was ended."""
    number = named_in(token)
    if number is None:
        return None
    ended = program.store.readers.links([number]).get(number, 0)
    if not any(is_page_token(secret, token, number, ended) for secret in program.secrets):
        return None
    address = program.store.readers.address(number)
    found = program.store.subscriptions.all(address=address) if address else ()
    return Own(address=address or "", subscriptions=found, named=number) if found else None


def page_token(program: Program, subscription: int) -> str:
    ended = program.store.readers.links([subscription]).get(subscription, 0)
    return make_page_token(program.secret, subscription, ended)


def change(program: Program, known: Subscription, wanted: SubscriptionSpec, now: datetime) -> None:
    """Raises MonitorError for what cannot be, Conflict for one that gets no mail."""
    origin = "changed" if known.spec.origin in ("config", "changed") else known.spec.origin
    again = known.state in LEFT
    if again and not may_return(known):
        raise Conflict("whoever runs monitor has ended this subscription")
    spec = replace(wanted, origin=origin, start="latest" if again else wanted.start)
    subscribe(program, spec, now, change=True)
    if known.rests_until is not None and known.rests_until > now and not again:
        rest(program, program.store.subscriptions.get(known.id), known.rests_until)


def may_return(known: Subscription) -> bool:
    """Whether it was she who ended it."""
    return known.state == "unsubscribed" and known.state_reason in BY_HER


def pause(program: Program, known: Subscription, until: date, now: datetime) -> None:
    """Nothing from now on; on that day, in her zone, it goes on with all that came meanwhile. What
    is written and waits goes back to be told then. Raises MonitorError for a day that cannot be."""
    zone = ZoneInfo(known.spec.zone)
    last = last_day(program, known, now)
    if not now.astimezone(zone).date() < until <= last:
        raise MonitorError(f"want a day from tomorrow to {last}")
    waiting = program.store.outbox.find(states=("pending", "retry"), subscription=known.id)
    for message in waiting:
        if message.reason in HELD_BACK:
            # One that is being sent just now goes out.
            with suppress(Conflict):
                program.store.outbox.cancel([message.id], PAUSED, now=now)
    rest(program, known, datetime.combine(until, time(), zone))
    say("paused", f"{known.spec.who} rests until {until}", subscription=known.spec.who)


def last_day(program: Program, known: Subscription, now: datetime) -> date:
    """What is owed for longer than `late_limit` would wait for a person then."""
    limit = program.settings.mail.late_limit
    most = min(MOST_RESTING, max(limit - timedelta(days=7), limit / 2))
    return (now + most).astimezone(ZoneInfo(known.spec.zone)).date()


def resume(program: Program, known: Subscription) -> None:
    program.store.subscriptions.rest(known.id, None, due_at=None)
    say("resumed", f"{known.spec.who} rests no more", subscription=known.spec.who)


def rest(program: Program, known: Subscription, until: datetime) -> None:
    """Its digest comes when it always does, the first time after that."""
    due = next_due(known.spec.cadence, known.spec.zone, until - timedelta(microseconds=1))
    program.store.subscriptions.rest(known.id, until, due_at=due)


def leave_own(program: Program, mine: Own, name: str, now: datetime) -> None:
    """One by its name, or with an empty name all."""
    for one in mine.subscriptions if not name else (mine.get(name),):
        leave(program, one, ON_HER_PAGE, now)


def renew_links(program: Program, mine: Own) -> str:
    """All links to her page end, and this is the token of the one that does not."""
    program.store.readers.end_links(mine.address)
    say("links-ended", "a reader has ended the links to her page")
    return page_token(program, mine.named)


def erase(program: Program, mine: Own, now: datetime) -> None:
    """Nothing says any more who she was, but the files and logs of whoever runs this."""
    marks = [erasure_marks(program, one.spec)[0] for one in mine.subscriptions]
    program.store.readers.erase(mine.address, marks, now=now)
    say("erased", "a reader was erased, on her own word")


def erasure_marks(program: Program, spec: SubscriptionSpec) -> tuple[str, ...]:
    """By which the configuration is known to name somebody who was erased; nobody reads from it
    who that was. The first is of the secret that signs, others of one before it."""
    text = f"erased:{spec.who}".encode()
    return tuple(hmac.new(one, text, hashlib.sha256).hexdigest() for one in program.secrets)
