"""Who reads what, when, and what they have been told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from monitor.model.channels import channel_of
from monitor.model.comparison import Significance
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

SubscriptionState: TypeAlias = Literal["active", "suspended", "unsubscribed", "suppressed", "ended"]

Cause: TypeAlias = Literal["start", "message", "run", "give-back", "withdrawal", "command"]
"""Why a pointer stands where it does: its reader began there, a message told it, a run had nothing
to tell, a message did not arrive, a version was withdrawn, or a person said so."""


Origin: TypeAlias = Literal["config", "command", "reader", "changed"]
"""Who asked for it: the configuration, a command, its reader by the form; or the configuration, and
its reader has changed it since."""


class Filter(Record):
    """A finding passes if it is significant enough and any of its changes is in every named set.

    An empty tuple names everything. `collections` are dotted paths (a parent covers its lists),
    `entities` are paths such as `people[medinsky]` or bare ids.
    """

    minimum: Significance = Significance.MINOR
    collections: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Quiet(Record):
    """Quiet hours, local times `HH:MM`; `start` after `end` spans midnight."""

    start: str
    end: str


class Mute(Record):
    """Hides findings whose rule, collection, party, issue or entity path is `what`."""

    id: int
    what: str
    reason: str
    until: str | None
    created_at: datetime


class SubscriptionSpec(Record):
    """What a person or the config asks for; (address, name) identifies it.

    `cadence` is `at-once`, `hourly`, `daily HH:MM`, `weekly DAY HH:MM` (mon..sun) or `cron EXPR`,
    read in the IANA `zone`. `start` is where told begins: `latest`, `baseline` or a version.
    """

    address: str
    name: str
    situations: tuple[str, ...]
    cadence: str = "daily 07:00"
    zone: str = "UTC"
    filter: Filter = Filter()
    alert_level: Significance | None = Significance.CRITICAL
    quiet: Quiet | None = None
    receipts: bool = False
    language: str = "en"
    start: str = "latest"
    origin: Origin = "command"

    @property
    def channel(self) -> str | None:
        """The channel that tells it, where it is not told by mail."""
        return channel_of(self.address)

    @property
    def who(self) -> str:
        """`ADDRESS/NAME`, as commands take it and logs say it."""
        return f"{self.address}/{self.name}"


class Pointers(Record):
    """Version ids up to which digests (told) and alerts (alerted) have spoken, per situation."""

    situation: str
    told: int
    alerted: int


class PointerMove(Record):
    """The last move of a situation's pointers. `message` is the outbox id of the message that told
    it, or that gave it back. `cause` is None for one that was made before causes were kept."""

    situation: str
    cause: Cause | None
    message: int | None
    at: datetime | None


class Subscription(Record):
    """A stored subscription. `seq` is the number of its last message."""

    id: int
    spec: SubscriptionSpec
    state: SubscriptionState
    state_reason: str | None
    seq: int
    pointers: tuple[Pointers, ...]
    mutes: tuple[Mute, ...]
    created_at: datetime
    last_run: datetime | None
    """Start of the last digest run's slot, sent or not; None before the first."""
    due_at: datetime | None = None
    """When the next digest is due, as reckoned at the last run; None: ask the calendar."""
    undelivered_since: datetime | None = None
    """When the oldest message whose content went back to the pointers was made; None: none did."""
    state_at: datetime | None = None
    """Since when it is in its state."""
    rests_until: datetime | None = None
    """Until when its reader wants nothing; may be over."""


class Leaving(NamedTuple):
    """What the page that ends a subscription says: what is followed, in the reader's language."""

    name: str
    language: str
