"""What the store takes and gives: rows as frozen values. Times are aware datetimes in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from monitor.model.comparison import Document, VersionRef
from monitor.model.message import MessageState, Reason
from monitor.model.subscription import Pointers, Subscription

BaselineHow: TypeAlias = Literal["previous", "pinned", "advanced"]
VersionState: TypeAlias = Literal["current", "held", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """`baseline` is a version id; None with `previous`, where it follows the latest version."""

    name: str
    kind: str
    title: str | None
    baseline_how: BaselineHow
    baseline: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """What a source gave under one path when it was last read; `refused` is the error line."""

    source: str
    path: str
    digest: str
    refused: str | None
    snapshot: int | None
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source: when it was last looked at, last in order, and what troubles it now."""

    name: str
    checked_at: datetime | None
    ok_at: datetime | None
    newest: str | None
    """as_of of the newest version it gave."""
    trouble: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSnapshot:
    """What somebody wrote: the bytes as read, and the validated content without the envelope."""

    situation: str
    as_of: str
    coverage: str | tuple[str, ...]
    kind_hash: str
    title: str | None
    note: str | None
    source: str | None
    path: str | None
    data: bytes
    content: Document
    learned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """A stored snapshot with its content; `data` is left in the database."""

    id: int
    situation: str
    as_of: str
    coverage: str | tuple[str, ...]
    kind_hash: str
    title: str | None
    note: str | None
    source: str | None
    path: str | None
    content: Document
    learned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A full state. Its revision is chosen by the store: one more than the last of its `as_of`.

    `held` is the reason why a person must look first, else None.
    """

    situation: str
    as_of: str
    content_hash: str
    document: Document
    kind_hash: str
    learned_at: datetime
    title: str | None = None
    snapshot: int | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version without its document, which `versions.state` reads."""

    id: int
    ref: VersionRef
    kind_hash: str
    state: VersionState
    held: str | None
    snapshot: int | None
    learned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The content of a version was seen again, unchanged, in a snapshot of a later `as_of`."""

    version: int
    as_of: str
    learned_at: datetime
    snapshot: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDigest:
    """`body` names the encoded rendering that every recipient's message is made from."""

    id: int
    body: int
    input_hash: str
    subject: str
    text: str
    html: str
    shown: tuple[str, ...]
    sentences: tuple[str, ...]
    muted: tuple[str, ...]
    left_out: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One step of a subscription: a due run, sent or not, or a message outside of any slot.

    `subscription` is as it was read: its state, seq and pointers must still hold when this is
    written, else somebody else was first and nothing of it is. `pointers` are where told and
    alerted stand afterwards (only those that move need be named). `slot` is set for a scheduled
    run. `next_due` sets `due_at`; a slot without it leaves the calendar to be asked. `outcome`
    says what a run without a letter found.
    """

    subscription: Subscription
    pointers: tuple[Pointers, ...] = ()
    slot: datetime | None = None
    next_due: datetime | None = None
    outcome: str = "sent"
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One recorded digest run; `outcome` is `sent`, `held`, or why there was no message."""

    subscription: int
    slot: datetime
    at: datetime
    outcome: str
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that gets no mail; `scope` is `all` or the name of one subscription."""

    address: str
    scope: str
    reason: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionEvent:
    """One entry of the audit: who suppressed or lifted what, when and why."""

    address: str
    scope: str
    action: Literal["suppressed", "lifted"]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredJudgement:
    """A person's word that two entities are the same, or are not. Revoked ones are kept."""

    id: int
    situation: str
    collection: str
    verdict: str
    left: Any
    right: Any
    reason: str
    by: str
    at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A condition that a person should know of. It is told once, and once more when it is over."""

    id: int
    condition: str
    text: str
    opened_at: datetime
    over_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertedFinding:
    """A finding that an alert has told a subscription, until a digest has told it too."""

    subscription: int
    situation: str
    finding: str
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What `nodes.start` found. `restored` is set when this database is a copy of another one:

    then `held` counts the messages that it owed, which now wait for a person.
    """

    node: str
    recovered: int
    restored: bool
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCount:
    """How many messages are in each state, and the oldest that is still owed."""

    by_state: Mapping[MessageState, int] = field(default_factory=dict)
    oldest_owed: datetime | None = None
