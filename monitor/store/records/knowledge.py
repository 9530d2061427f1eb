"""What we know: situations, sources, snapshots, versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from monitor.model.authorship import Authorship
from monitor.model.comparison import Document, VersionRef, Weight
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

BaselineHow: TypeAlias = Literal["previous", "pinned", "advanced"]
VersionState: TypeAlias = Literal["current", "held", "rejected"]
HoldCause: TypeAlias = Literal["accident", "early", "undone", "stranded"]
"""Looks like an accident; its day has not come; a later sighting would undo it; it cannot be
laid over anything now, which is held for no person."""

Aside: TypeAlias = Literal["gone", "undoing", "withdrawn", "stranded"]
"""Why a snapshot counts no more: it said nothing new and its file is gone; it said nothing new and
would undo what a person released; a person withdrew it; it cannot be laid over anything now."""


class Situation(Record):
    """`baseline` is a version id; None with `previous`, where it follows the latest version."""

    name: str
    kind: str
    title: str | None
    baseline_how: BaselineHow
    baseline: int | None
    created_at: datetime
    zone: str = "UTC"


class SeenFile(Record):
    """What a source gave under one path when it was last read; `refused` is the error line."""

    source: str
    path: str
    digest: str
    refused: str | None
    snapshot: int | None


class SourceRow(Record):
    """One source: when it was last looked at, last in order, and what troubles it now."""

    name: str
    checked_at: datetime | None
    newest: str | None
    """as_of of the newest version it gave."""
    trouble: str | None


class Given(Record):
    """How many versions of a source count and are held, and the as_of of the newest that counts."""

    versions: int
    held: int
    newest: str | None


class WrittenSnapshot(Record):
    """What somebody wrote, without its content: what its envelope says, and whence it came."""

    situation: str
    as_of: str
    coverage: str | tuple[str, ...]
    kind_hash: str
    title: str | None
    source: str | None
    path: str | None
    learned_at: datetime
    weigh: tuple[Weight, ...] = ()
    authorship: Authorship | None = None


class NewSnapshot(WrittenSnapshot):
    """One to store: its bytes as read, and the validated content without the envelope."""

    data: bytes
    content: Document


class SnapshotRow(WrittenSnapshot):
    """One that is stored; its bytes and its content are left in the database."""

    id: int
    aside: Aside | None = None
    aside_at: datetime | None = None
    aside_reason: str | None = None


class Stranding(NamedTuple):
    """A partial snapshot that has nothing to be laid over, or does not fit, and why."""

    snapshot: int
    reason: str


class NewVersion(Record):
    """A full state. Its revision is chosen by the store: one more than the last of its `as_of`.

    `held` is the reason why it does not count yet, else None; `hold` what kind of reason. `lapses`
    are the days after which the calendar may have something to say of it: None where nobody has
    looked for them.
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
    hold: HoldCause = "accident"
    lapses: tuple[str, ...] | None = None


class Version(Record):
    """A version without its document, which `versions.state` reads."""

    id: int
    ref: VersionRef
    kind_hash: str
    state: VersionState
    held: str | None
    snapshot: int | None
    learned_at: datetime
    hold: HoldCause | None = None
    """What it is or was held for."""


class Learned(NamedTuple):
    """When a version was learned; of a long line, nothing else of it is read."""

    id: int
    situation: str
    as_of: str
    at: datetime


class Pin(Record):
    """What new versions of a situation are compared with, None when there is no such yet.

    `fallen` is what a person has pinned and what counts no more: `version` stands in its place.
    """

    version: Version | None
    how: BaselineHow
    fallen: Version | None = None


class StoredJudgement(Record):
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
