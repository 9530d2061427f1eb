"""What a digest is made from, and what comes out."""

from __future__ import annotations

from monitor.model.comparison import Comparison, VersionRef
from monitor.model.message import Reason
from monitor.model.record import Record
from monitor.model.subscription import Filter, Mute


class SourceHealth(Record):
    """One source of snapshots as the reader should know it; times are RFC 3339 in UTC."""

    name: str
    state: str
    """fresh, stale, failing"""
    checked_at: str | None
    newest: str | None
    """as_of of the newest version it gave"""
    trouble: str | None = None


class Alerted(Record):
    """What an alert has told since the last digest, and when (UTC, RFC 3339).

    `cancelled`: what it spoke of is again as it was before.
    """

    finding: str
    sentence: str
    at: str
    cancelled: bool = False


class Withdrawal(Record):
    """A snapshot that the reader was told of, and that somebody has taken out since; `again`: of
    which the reader was told that it was taken out, and that counts again.

    `at`: when (UTC, RFC 3339)."""

    as_of: str
    reason: str
    at: str
    again: bool = False


class SituationInput(Record):
    """One situation of a digest: told -> latest, and baseline -> latest."""

    comparison: Comparison
    against_baseline: Comparison | None
    baseline: VersionRef | None
    baseline_how: str | None
    """previous, pinned or advanced"""
    new_against_baseline: tuple[str, ...] = ()
    """Ids of findings against the baseline that told did not have yet."""
    alerted: tuple[Alerted, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    stateless: bool = False
    """Nothing that was said of it counts now: the comparison is of what was told with itself."""


class Terms(Record):
    """On which terms a reader is told: what decides a digest beside what has changed."""

    reason: Reason
    filter: Filter
    mutes: tuple[Mute, ...]
    health: tuple[SourceHealth, ...]
    cadence: str
    zone: str
    language: str
    undelivered_since: str | None = None
    """Set when an earlier message died: its date, for "includes what could not be delivered"."""


class DigestInput(Terms):
    """Everything that decides a digest's content but the recipient. Hashed and stored with it."""

    situations: tuple[SituationInput, ...]
    due: str
    """The slot's instant or, without one, the instant of making; RFC 3339 in UTC."""
    public_url: str | None = None
    """Where readers' own pages are served; unsubscribing is by mail without it."""
    pages_url: str | None = None
    """Where situations, comparisons and histories are served; without it nothing links to them."""


class Unworded(Record):
    """A finding or remark that could not be put into words: a line says so in its place."""

    situation: str
    rule: str
    path: str
    why: str


class Rendering(Record):
    """For nobody in particular: recipient tokens stand where a value will be spliced."""

    input_hash: str
    subject: str
    text: str
    html: str
    shown: tuple[str, ...]
    """Ids of the findings it tells, in order."""
    left_out: int
    """Findings that passed the filter and did not fit the budget; they are counted and linked."""
    muted: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    """One for each of `shown`."""


class Digest(Rendering):
    """A rendering, and what it was like to make it."""

    worth_sending: bool = True
    """It tells a finding or remark, or takes an alert back; else it is only a receipt."""
    warnings: tuple[str, ...] = ()
    """For the operator: what was worked around while rendering."""
    unworded: tuple[Unworded, ...] = ()
    """For the operator: what the words were missing for."""


class Notice(Record):
    """A mail that is no digest: to the operator, or to a reader about the subscription itself."""

    reason: Reason
    subject: str
    text: str
    html: str
