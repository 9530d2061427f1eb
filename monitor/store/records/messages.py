"""What readers are owed: digests, messages, attempts, and who gets no mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from monitor.model.digest import Rendering
from monitor.model.message import MessageState, Reason
from monitor.model.rate import Limit, Rate
from monitor.model.record import NONE, Record
from monitor.model.subscription import Cause, Pointers, Subscription
from monitor.model.tuples import NamedTuple


class StoredDigest(Rendering):
    """`body` names the encoded rendering that every recipient's message is made from."""

    id: int
    body: int
    made_at: datetime


class Letter(Record):
    """One message to write into the outbox. `not_before` is later than now in quiet hours.

    `held` asks the operator first: the message waits for `outbox.let_go`.
    """

    reason: Reason
    message_id: str
    body: int
    recipient: str
    splice: Mapping[str, str]
    not_before: datetime
    expires_at: datetime
    digest: int | None = None
    held: str | None = None


class Failing(Record):
    """A host or a channel that has taken nothing since then, and until when it is left alone."""

    name: str
    failures: int
    since: datetime
    until: datetime
    text: str


class Telling(Record):
    """One step of a subscription: a due run, sent or not, or a message outside of any slot.

    `subscription` is as it was read: its state, seq and pointers must still hold when this is
    written, else somebody else was first and nothing of it is. `pointers` are where told and
    alerted stand afterwards (only those that move need be named). `slot` is set for a scheduled
    run. `next_due` sets `due_at`; a slot without it leaves the calendar to be asked. `outcome`
    says what a run without a letter found. `cause` is why the pointers move, where it is neither
    the letter nor a run that had nothing to tell: only a withdrawal moves them back.
    """

    subscription: Subscription
    pointers: tuple[Pointers, ...] = ()
    slot: datetime | None = None
    next_due: datetime | None = None
    outcome: str = "sent"
    letter: Letter | None = None
    cause: Cause | None = None


class Run(Record):
    """One recorded digest run; `outcome` is `sent`, `held`, or why there was no message."""

    subscription: int
    slot: datetime
    at: datetime
    outcome: str
    message: str | None


class MessageRow(Record):
    """One outbox row for screens and commands."""

    id: str
    subscription: int | None
    seq: int | None
    reason: Reason
    recipient: str
    message_id: str
    digest: int | None
    body: int
    splice: Mapping[str, str]
    state: MessageState
    state_reason: str | None
    attempts: int
    uncertain: bool
    created_at: datetime
    next_attempt: datetime | None
    expires_at: datetime
    ended_at: datetime | None
    refused_as: str | None = None
    """The refusal that it has met and that is not known to be its own."""


class Spoken(Record):
    """What a message may have told: its digest, and the versions that it led from and to."""

    digest: int | None
    at: datetime
    versions: frozenset[int]


class DeliveryRow(Record):
    """One attempt. An open one (`ended_at` None) is being made, or was cut off by a crash."""

    id: int
    message: str
    node: str
    started_at: datetime
    ended_at: datetime | None
    result: str | None
    phase: str | None
    code: int | None
    status: str | None
    text: str | None


class RelayTrouble(Record):
    """Since when nothing can be handed over, when it was last tried, and the relay's words then."""

    since: datetime
    last: datetime
    text: str


class Ails(NamedTuple):
    """Whether there is any message that is held, that was tried in vain or is being tried, that is
    dead; and whether anything has come back."""

    held: bool
    tried: bool
    dead: bool
    returned: bool


class Allowance(Record):
    """How one rate stands: `taken` of it lately, `waiting` who are due and wait.

    `until` is when the next may go, where none may go now.
    """

    limit: Limit
    rate: Rate
    taken: int
    waiting: int
    until: datetime | None


class OutboxCount(Record):
    """How many messages are in each state, and the oldest that is still owed.

    `looked_at` is set where there are more: of those sent or cancelled, only so many of the newest
    messages were counted.
    """

    by_state: Mapping[MessageState, int] = NONE
    oldest_owed: datetime | None = None
    looked_at: int | None = None


class Suppression(Record):
    """An address that gets no mail; `scope` is `all` or the name of one subscription."""

    address: str
    scope: str
    reason: str
    source: str
    at: datetime


class SuppressionEvent(Record):
    """One entry of the audit: who suppressed or lifted what, when and why."""

    address: str
    scope: str
    action: Literal["suppressed", "lifted"]
    reason: str
    by: str
    at: datetime


class AlertedFinding(Record):
    """A finding that an alert has told a subscription, until a digest has told it too.

    `old` and `new` are the ids of the versions that the alert compared.
    """

    subscription: int
    situation: str
    old: int
    new: int
    finding: str
    sentence: str
    at: datetime
