"""A snapshot that a person takes out, or puts back: states are derived anew without it, or with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from monitor.errors import NotFound
from monitor.model.as_of import in_zone
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import Record
from monitor.pipeline.line import DerivedAnew, derive_anew
from monitor.pipeline.program import Program
from monitor.pipeline.withdrawable import find_counting, find_withdrawn
from monitor.store import Families
from monitor.store.records import Pin, Situation, SnapshotRow, Version


class Changed(Record):
    """What was taken out or put back, and what came of it."""

    snapshot: SnapshotRow
    anew: DerivedAnew
    stands: Version | None
    """What counts for its as_of now."""
    latest: Version | None
    before: Pin
    after: Pin
    """The baseline before and after."""


def withdraw(program: Program, name: str, reason: str, now: datetime) -> Changed:
    """`SITUATION@VERSION`, held or not; an as_of may be of what said nothing new.

    Readers hear at their next digest what of it no longer holds: pointers stay where they are, and
    old revisions stay readable. What cannot be laid over anything without it is stranded, and a
    baseline that it was falls to what stands in its place. Raises NotFound, Ambiguous, and Conflict
    when it counts no more already.
    """

    def take_out(tx: Families, known: Situation, wanted: str) -> int:
        found = find_counting(tx, known.name, wanted)
        tx.withdrawals.take_out(found, reason, now)
        return found

    return _change(program, name, take_out, now)


def put_back(program: Program, name: str, now: datetime) -> Changed:
    """The same backwards: `SITUATION@VERSION`, or `SITUATION` when only one was withdrawn.

    What was held is held again. Raises NotFound, Ambiguous, and Conflict when it was not withdrawn.
    """

    def put(tx: Families, known: Situation, wanted: str) -> int:
        found = find_withdrawn(tx, known.name, wanted)
        tx.withdrawals.put_back(found, now)
        return found

    return _change(program, name, put, now)


def _change(
    program: Program, name: str, act: Callable[[Families, Situation, str], int], now: datetime
) -> Changed:
    situation, _, wanted = name.partition("@")
    with program.store.transaction() as tx:
        # Whoever takes a snapshot of it in waits, and then sees what is left.
        known = _locked(tx, situation)
        before, newest = tx.versions.pin(situation), _newest(tx, situation)
        number = act(tx, known, in_zone(wanted, known.zone))
        snapshot = tx.snapshots.get(number)
        anew = derive_anew(tx, snapshot, program.kinds.by_hash, now)
        if before.version is not None and before.version.id in newest:
            _carry_pin(tx, situation, before.version, anew)
        return Changed(
            snapshot=snapshot,
            anew=anew,
            stands=_at(tx, situation, snapshot.as_of),
            latest=tx.versions.latest(situation),
            before=before,
            after=tx.versions.pin(situation),
        )


def _locked(tx: Families, situation: str) -> Situation:
    try:
        return tx.situations.lock(situation)
    except NotFound:
        known = [one.name for one in tx.situations.all()]
        there = suggestion_or_all(situation, known)
        raise NotFound(f"no situation {situation!r}{there}") from None


def _newest(tx: Families, situation: str) -> frozenset[int]:
    return frozenset(version.id for version in tx.versions.history(situation))


def _carry_pin(tx: Families, situation: str, pinned: Version, anew: DerivedAnew) -> None:
    """A baseline that was the newest of its as_of follows it: the old one tells what is undone."""
    known = tx.situations.get(situation)
    if known.baseline != pinned.id:
        return
    same = [one for one in anew.versions if one.ref.as_of == pinned.ref.as_of]
    if same:
        tx.situations.set_baseline(situation, known.baseline_how, same[-1].id)


def _at(tx: Families, situation: str, as_of: str) -> Version | None:
    line = tx.versions.history(situation)
    return next((one for one in line if one.ref.as_of == as_of), None)
