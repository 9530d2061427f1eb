"""What was said -> the line of versions: new ones, new revisions, sightings, and what is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from monitor.collect.states import Statement, Stranded
from monitor.collect.versions import Derived, DerivedVersion, KnownVersion, derive, state_of
from monitor.compare.outlook import lapse_days
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document
from monitor.model.record import Record
from monitor.pipeline.intake.stretch import Reading, Stretch, stretch
from monitor.pipeline.intake.suspecting import Doubt, accident, early, undoing, undone
from monitor.settings.sections import HoldSettings
from monitor.store.records import NewVersion, SnapshotRow, Stranding, Version
from monitor.store.store import Families


class Written(Record):
    """What one snapshot came to. Without versions and sightings it said nothing new at all."""

    versions: tuple[Version, ...] = ()
    sightings: int = 0
    aside: tuple[str, ...] = ()
    """The as_ofs of what said nothing new and was set aside, because it would have undone this."""
    withdrawn: SnapshotRow | None = None
    """What a person has taken out before, and what this says again byte for byte."""


class Coming(Record):
    """What is known of a snapshot that comes in just now: what its file is called in messages, if
    it has one; whether what followed it is there already, so that it is held for no accident; its
    situation's zone, and what it says, where they are at hand."""

    name: str = ""
    is_past: bool = False
    zone: str | None = None
    content: Document | None = None


class DerivedAnew(Record):
    """What came of it that something counts no more, or counts again."""

    versions: tuple[Version, ...]
    stranded: tuple[Stranded, ...]
    """Partials that count no more because of it."""
    afloat: tuple[str, ...]
    """The as_ofs of those that were stranded and count again."""


NOTHING_KNOWN: Final = Coming()


def extend(
    tx: Families,
    snapshot: SnapshotRow,
    kind: Kind,
    *,
    hold: HoldSettings | None,
    now: datetime,
    coming: Coming = NOTHING_KNOWN,
) -> Written:
    """Write what the line owes to everything said, from this snapshot's `as_of` on.

    A version whose day has not come or that looks like an accident is held, and nothing is derived
    from it. `hold` is None where a person has decided already. Raises SnapshotRefused when a state
    cannot be made.
    """
    situation = snapshot.situation
    reading = Reading(snapshot=snapshot.id, name=coming.name, content=coming.content)
    around = stretch(tx, situation, snapshot.as_of, reading)
    said: Sequence[Statement] = around.said
    zone = coming.zone or tx.situations.get(situation).zone
    doubt = early(snapshot.as_of, zone, hold, now) if hold else None
    if doubt is not None:
        # Held even where it says nothing new: a sighting would stand behind all that comes.
        ahead = state_of(said, kind, snapshot.id)
        held = _add(tx, snapshot, ahead, kind, now=now, doubt=doubt)
        return Written(versions=(held,))
    line = _known(tx, around)
    days = {version.as_of for version in line}
    derived = derive(said, line, kind, since=snapshot.as_of, reading=snapshot.id)
    own = next((one for one in derived.versions if one.said_id == snapshot.id), None)
    ghosts = undoing(derived, said, days, snapshot.id)
    if own and hold:
        doubt = undone(ghosts)
        if doubt is None and not coming.is_past:
            doubt = accident(tx, situation, own, kind, hold)
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
    _strand(tx, derived, said, now)
    versions = tuple(_add(tx, snapshot, one, kind, now=now) for one in derived.versions)
    return Written(versions=versions, sightings=len(derived.sightings), aside=tuple(aside))


def derive_anew(
    tx: Families,
    snapshot: SnapshotRow,
    kind_of: Callable[[str], Kind],
    now: datetime,
) -> DerivedAnew:
    """What the line owes after a snapshot was taken out or put back.

    `kind_of` gives a kind by its hash: each snapshot is read as it was when it came. A partial that
    cannot be laid over anything now is left out until it can.
    """
    around = stretch(tx, snapshot.situation, snapshot.as_of, Reading(kind_of=kind_of))
    said, line, kind = around.said, _known(tx, around), kind_of(snapshot.kind_hash)
    derived = derive(said, line, kind, since=snapshot.as_of, strands=True)
    stranded = _strand(tx, derived, said, now)
    versions = tuple(
        _add(tx, tx.snapshots.get(one.said_id), one, one.kind, now=now) for one in derived.versions
    )
    afloat = tuple(part.as_of for part in said if part.id in derived.afloat)
    return DerivedAnew(versions=versions, stranded=stranded, afloat=afloat)


def _known(tx: Families, around: Stretch) -> list[KnownVersion]:
    return [
        KnownVersion(
            as_of=version.ref.as_of,
            content_hash=version.ref.content_hash,
            said_id=version.snapshot,
            kind_hash=version.kind_hash,
            read=partial(_document, tx, version.id),
        )
        for version in around.line
    ]


def _document(tx: Families, number: int) -> Document:
    return tx.versions.state(number).document


def _strand(
    tx: Families, derived: Derived, said: Sequence[Statement], now: datetime
) -> tuple[Stranded, ...]:
    """Write down what has lost its ground, and what has found it; returns the former."""
    known = {part.id for part in said if part.stranded}
    fresh = tuple(one for one in derived.stranded if one.said_id not in known)
    for one in fresh:
        tx.withdrawals.strand(Stranding(one.said_id, one.reason), now)
    tx.withdrawals.float_again(derived.afloat, now)
    return fresh


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
            lapses=lapse_days(one.document, kind),
        )
    )


def _title(tx: Families, snapshot: SnapshotRow, one: DerivedVersion) -> str | None:
    if snapshot.title and one.said_id == snapshot.id:
        return snapshot.title
    return tx.snapshots.title(snapshot.situation, one.as_of)
