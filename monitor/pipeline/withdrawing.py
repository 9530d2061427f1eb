"""A snapshot that a person takes out again: it counts no more, and states are derived anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.errors import Conflict, NotFound, SnapshotRefused
from monitor.model.as_of import in_zone
from monitor.pipeline.line import derive_anew
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import SnapshotRow, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What was taken out, and the versions that were derived anew without it."""

    snapshot: SnapshotRow
    versions: tuple[Version, ...]
    latest: Version | None


def withdraw(program: Program, name: str, reason: str, now: datetime) -> Withdrawn:
    """`SITUATION@VERSION`, held or not; an as_of may be of what said nothing new.

    Readers hear at their next digest what of it no longer holds: pointers stay where they are, and
    old revisions stay readable. Raises NotFound, and Conflict where it is a baseline or where a
    partial snapshot stands on it.
    """
    situation, _, wanted = name.partition("@")
    if not wanted:
        raise NotFound(f"{name}: name the version, as SITUATION@VERSION")
    try:
        with program.store.transaction() as tx:
            known = tx.situations.get(situation)
            number = _snapshot(tx, situation, in_zone(wanted, known.zone))
            snapshot = tx.snapshots.get(number)
            if snapshot.aside == "withdrawn":
                raise Conflict(f"{name} {_withdrawn_before(snapshot)}")
            if known.baseline in {
                one.id for one in tx.versions.every(situation) if one.snapshot == number
            }:
                text = f"{name} is the baseline; pin another first: monitor baseline pin"
                raise Conflict(f"{text} {situation} VERSION")
            tx.snapshots.set_aside(number, "withdrawn", reason, now)
            tx.versions.withdraw(number, f"withdrawn: {reason}")
            kind = program.kinds.by_hash(snapshot.kind_hash)
            versions = derive_anew(tx, situation, kind, since=snapshot.as_of, now=now)
            latest = tx.versions.latest(situation)
    except SnapshotRefused as error:
        text = f"{name} cannot be withdrawn while others stand on it: {error}"
        raise Conflict(f"{text}; withdraw those first, or add a full one before") from error
    return Withdrawn(snapshot=snapshot, versions=versions, latest=latest)


def _withdrawn_before(snapshot: SnapshotRow) -> str:
    at = f"{snapshot.aside_at:%Y-%m-%d}" if snapshot.aside_at else "some day"
    return f"was withdrawn on {at}: {snapshot.aside_reason}"


def _snapshot(tx: Families, situation: str, wanted: str) -> int:
    try:
        version = tx.versions.resolve(situation, wanted)
    except NotFound:
        seen = [number for number, as_of in tx.snapshots.seen_again(situation) if as_of == wanted]
        if not seen:
            _say_if_out(tx, situation, wanted)
            raise
        return seen[-1]
    if version.snapshot is None:
        raise Conflict(f"{situation}@{wanted} came from no snapshot")
    return version.snapshot


def _say_if_out(tx: Families, situation: str, wanted: str) -> None:
    out = [one for one in tx.versions.every(situation) if one.ref.as_of == wanted]
    if out and out[-1].state == "rejected":
        raise NotFound(f"{situation}@{wanted} counts no more already ({out[-1].held})")
