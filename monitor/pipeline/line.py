"""What was said -> the line of versions: new ones, new revisions, sightings, and what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.collect.versions import (
    DerivedVersion,
    KnownVersion,
    Statement,
    derive,
    state_of,
)
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.pipeline.suspecting import Doubt, accident, early, undoing, undone
from monitor.settings.sections import HoldSettings
from monitor.store.records import NewVersion, SnapshotRow, Version
from monitor.store.store import Families


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one snapshot came to. Without versions and sightings it said nothing new at all."""

    versions: tuple[Version, ...] = ()
    sightings: int = 0
    aside: tuple[str, ...] = ()
    """The as_ofs of what said nothing new and was set aside, because it would have undone this."""


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

    `name` is what its file is called in messages, if it has one. A version whose day has not come
    or that looks like an accident is held, and nothing is derived from it. `hold` is None where a
    person has decided already. Raises SnapshotRefused when a state cannot be made.
    """
    situation = snapshot.situation
    said = counting(tx, situation, reading=snapshot.id, name=name)
    zone = tx.situations.get(situation).zone
    doubt = early(snapshot.as_of, zone, hold, now) if hold else None
    if doubt is not None:
        # Held even where it says nothing new: a sighting would stand behind all that comes.
        ahead = state_of(said, kind, snapshot.id)
        held = _add(tx, snapshot, ahead, kind, now=now, doubt=doubt)
        return Written(versions=(held,))
    line = _known(tx, situation)
    days = {version.as_of for version in line}
    derived = derive(said, line, kind, since=snapshot.as_of, reading=snapshot.id)
    own = next((one for one in derived.versions if one.said_id == snapshot.id), None)
    ghosts = undoing(derived, said, days, snapshot.id)
    if own and hold:
        doubt = undone(ghosts) or accident(tx, situation, own, kind, hold)
    aside: list[str] = []
    while hold is None and ghosts:  # one may have stood behind another
        for ghost in ghosts:
            tx.snapshots.set_aside(ghost.said_id, "undoing", None, now)
        aside += [ghost.as_of for ghost in ghosts]
        silenced = {ghost.said_id for ghost in ghosts}
        said = [part for part in said if part.id not in silenced]
        derived = derive(said, line, kind, since=snapshot.as_of, reading=snapshot.id)
        ghosts = undoing(derived, said, days, snapshot.id)
    if own is not None and doubt is not None:
        held = _add(tx, snapshot, own, kind, now=now, doubt=doubt)
        return Written(versions=(held,))
    versions = tuple(_add(tx, snapshot, one, kind, now=now) for one in derived.versions)
    return Written(versions=versions, sightings=len(derived.sightings), aside=tuple(aside))


def derive_anew(
    tx: Families, situation: str, kind: Kind, *, since: str, now: datetime
) -> tuple[Version, ...]:
    """What the line owes from an as_of on, after something that was said counts no more."""
    said = counting(tx, situation)
    derived = derive(said, _known(tx, situation), kind, since=since)
    return tuple(
        _add(tx, tx.snapshots.get(one.said_id), one, kind, now=now) for one in derived.versions
    )


def counting(tx: Families, situation: str, *, reading: int = 0, name: str = "") -> list[Statement]:
    """What was said and counts, ascending: neither held nor rejected nor set aside.

    The snapshot `reading` is among them, held or not; its file is called `name` in messages.
    """
    every = tx.versions.every(situation)
    silent = {version.snapshot for version in every if version.state != "current"}
    return [
        Statement(
            id=row.id,
            as_of=row.as_of,
            coverage=row.coverage,  # type: ignore[arg-type]  # stored as it was checked
            content=row.content,
            name=(row.id == reading and name) or row.path or "",
        )
        for row in tx.snapshots.of(situation)
        if row.id == reading or (row.id not in silent and row.aside is None)
    ]


def _known(tx: Families, situation: str) -> list[KnownVersion]:
    return [
        KnownVersion(as_of=version.ref.as_of, content_hash=version.ref.content_hash)
        for version in tx.versions.history(situation)
    ]


def _add(
    tx: Families,
    snapshot: SnapshotRow,
    one: DerivedVersion,
    kind: Kind,
    *,
    now: datetime,
    doubt: Doubt | None = None,
) -> Version:
    return tx.versions.add(
        NewVersion(
            situation=snapshot.situation,
            as_of=one.as_of,
            content_hash=one.content_hash,
            document=one.document,
            kind_hash=kind.hash,
            learned_at=now,
            title=_title(tx, snapshot, one),
            snapshot=one.said_id,
            held=doubt.reason if doubt else None,
            hold=doubt.cause if doubt else "accident",
        )
    )


def _title(tx: Families, snapshot: SnapshotRow, one: DerivedVersion) -> str | None:
    """What the situation was called then: the title that was said last, which many snapshots leave
    out."""
    if snapshot.title and one.said_id == snapshot.id:
        return snapshot.title
    said = [row for row in tx.snapshots.of(snapshot.situation) if row.title and row.aside is None]
    earlier = [row.title for row in said if order(row.as_of) <= order(one.as_of)]
    return earlier[-1] if earlier else None
