"""What was said -> the line of versions: new ones, new revisions, sightings, and what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.collect.versions import Derived, DerivedVersion, KnownVersion, Said, derive
from monitor.compare.diff import diff
from monitor.compare.held import HeldLimits, why_held
from monitor.kinds.kind import Kind
from monitor.model.comparison import State, VersionRef
from monitor.settings.sections import HoldSettings
from monitor.store.records import NewVersion, SnapshotRow, Version
from monitor.store.store import Families


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one snapshot came to. Without versions and sightings it said nothing new at all."""

    versions: tuple[Version, ...] = ()
    sightings: int = 0


def extend(
    tx: Families,
    snapshot: SnapshotRow,
    kind: Kind,
    *,
    hold: HoldSettings | None,
    now: datetime,
    name: str = "",
) -> Written:
    """Write what the line owes to everything said, from this snapshot's `as_of` on.

    `name` is what its file is called in messages, if it has one. A version that looks like an
    accident is held, and nothing is derived from it. `hold` is None where a person has decided
    already. Raises SnapshotRefused when a state cannot be made.
    """
    situation = snapshot.situation
    derived = _derived(tx, snapshot, kind, name)
    own = next((one for one in derived.versions if one.said_id == snapshot.id), None)
    reason = _why_held(tx, situation, own, kind, hold) if own and hold else None
    if own is not None and reason is not None:
        held = _add(tx, situation, own, kind, title=snapshot.title, now=now, held=reason)
        return Written(versions=(held,))
    versions = tuple(
        _add(tx, situation, one, kind, title=snapshot.title, now=now) for one in derived.versions
    )
    _note_sightings(tx, situation, derived, now)
    return Written(versions=versions, sightings=len(derived.sightings))


def _derived(tx: Families, snapshot: SnapshotRow, kind: Kind, name: str) -> Derived:
    """Snapshots whose version a person holds or has rejected say nothing."""
    every = tx.versions.every(snapshot.situation)
    silent = {version.snapshot for version in every if version.state != "current"}
    said = [
        Said(
            id=row.id,
            as_of=row.as_of,
            coverage=row.coverage,  # type: ignore[arg-type]  # stored as it was checked
            content=row.content,
            name=(row.id == snapshot.id and name) or row.path or "",
        )
        for row in tx.snapshots.of(snapshot.situation)
        if row.id not in silent
    ]
    line = [
        KnownVersion(as_of=version.ref.as_of, content_hash=version.ref.content_hash)
        for version in tx.versions.history(snapshot.situation)
    ]
    return derive(said, line, kind, since=snapshot.as_of)


def _add(
    tx: Families,
    situation: str,
    one: DerivedVersion,
    kind: Kind,
    *,
    title: str | None,
    now: datetime,
    held: str | None = None,
) -> Version:
    return tx.versions.add(
        NewVersion(
            situation=situation,
            as_of=one.as_of,
            content_hash=one.content_hash,
            document=one.document,
            kind_hash=kind.hash,
            learned_at=now,
            title=title,
            snapshot=one.said_id,
            held=held,
        )
    )


def _why_held(
    tx: Families,
    situation: str,
    own: DerivedVersion,
    kind: Kind,
    hold: HoldSettings | None,
) -> str | None:
    before = _before(tx.versions.history(situation), own.as_of)
    if before is None or hold is None:
        return None
    old = tx.versions.state(before.id)
    ref = VersionRef(situation=situation, as_of=own.as_of, content_hash=own.content_hash)
    new = State(ref=ref, document=own.document)
    changes = diff(old.document, new.document, kind, situation=situation)
    limits = HeldLimits(rekeyed=hold.rekeyed, emptied=hold.emptied, entities=hold.entities)
    return why_held(old, new, changes, kind, limits)


def _before(line: Sequence[Version], as_of: str) -> Version | None:
    """The version that this one follows: an earlier revision of its day, else the day before."""
    earlier = [version for version in line if version.ref.as_of <= as_of]
    return earlier[-1] if earlier else None


def _note_sightings(tx: Families, situation: str, derived: Derived, now: datetime) -> None:
    by_day = {version.ref.as_of: version for version in tx.versions.history(situation)}
    for seen in derived.sightings:
        version = by_day[seen.version_as_of]
        tx.versions.seen_again(version.id, as_of=seen.as_of, snapshot=seen.said_id, now=now)
