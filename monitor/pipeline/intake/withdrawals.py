"""Taking a snapshot out, and putting it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from monitor.errors import Ambiguous, Conflict, NotFound
from monitor.model.as_of import in_zone
from monitor.model.nearest import few, suggestion_or_all
from monitor.model.record import Record
from monitor.model.text import visible
from monitor.pipeline.intake.line import DerivedAnew, derive_anew
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import (
    COMMAND,
    Decided,
    Decision,
    Pin,
    Situation,
    SnapshotRow,
    Version,
)
from monitor.store.version_names import HASH_PREFIX, near


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


def withdraw(
    program: Program, name: str, reason: str, now: datetime, *, by: str = COMMAND
) -> Changed:
    """`SITUATION@VERSION`, held or not; an as_of may be of what said nothing new.

    Readers hear at their next digest what of it no longer holds: pointers stay where they are, and
    old revisions stay readable. What cannot be laid over anything without it is stranded, and a
    baseline that it was falls to what stands in its place. Raises NotFound, Ambiguous, and Conflict
    when it counts no more already.
    """

    def take_out(tx: Families, known: Situation, wanted: str) -> int:
        found = find_counting(tx, known.name, wanted)
        tx.withdrawals.take_out(found, reason, now)
        tx.decisions.add(
            _about(tx.snapshots.get(found), "withdrawn", by=by, reason=reason, now=now)
        )
        return found

    return _change(program, name, take_out, now)


def put_back(
    program: Program, name: str, now: datetime, *, by: str = COMMAND, reason: str = ""
) -> Changed:
    """The same backwards: `SITUATION@VERSION`, or `SITUATION` when only one was withdrawn.

    What was held is held again. Raises NotFound, Ambiguous, and Conflict when it was not withdrawn.
    """

    def put(tx: Families, known: Situation, wanted: str) -> int:
        found = find_withdrawn(tx, known.name, wanted)
        tx.withdrawals.put_back(found, now)
        tx.decisions.add(_about(tx.snapshots.get(found), "restored", by=by, reason=reason, now=now))
        return found

    return _change(program, name, put, now)


def _about(row: SnapshotRow, what: Decided, *, by: str, reason: str, now: datetime) -> Decision:
    """A snapshot is named by its day: what it made may be several versions, or none."""
    return Decision(
        situation=row.situation,
        what=what,
        version=row.as_of,
        content_hash="",
        by=by,
        reason=reason,
        at=now,
    )


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


ROLES: Final = ("latest", "previous", "baseline")

_WHY: Final = {
    "gone": "it said nothing new and its file is gone",
    "undoing": "it said nothing new, and was set aside for news that was released",
}


def find_counting(tx: Families, situation: str, wanted: str) -> int:
    """The id of what counts under this name: the newest revision of an as_of, else what is held or
    stranded, else what said nothing new.

    Raises NotFound, Ambiguous, and Conflict when it counts no more already.
    """
    if not wanted:
        raise NotFound(f"{situation}: name the version, as {situation}@VERSION")
    if wanted in ROLES:
        return _made(tx.versions.resolve(situation, wanted))
    every = tx.versions.every(situation)
    newest = {one.id for one in tx.versions.history(situation)}
    for rank in (
        lambda one: one.id in newest,
        lambda one: one.state == "current",
        lambda one: one.state == "held",
        lambda one: one.hold == "stranded",
    ):
        found = _named([one for one in every if rank(one)], situation, wanted)
        if found is not None:
            return _made(found)
    mute = [row for row in tx.snapshots.of(situation) if row.as_of == wanted]
    counting = [row for row in mute if row.aside in (None, "stranded")]
    made = {one.snapshot for one in every}
    silent = [row for row in counting if row.id not in made]
    if silent:
        return silent[-1].id
    raise _why_not(tx, situation, wanted, every)


def find_withdrawn(tx: Families, situation: str, wanted: str) -> int:
    """The id of what was taken out under this name; of several with one as_of, the last taken out.

    Raises Ambiguous, and Conflict when nothing, or not this, was withdrawn.
    """
    out = tx.snapshots.withdrawn(situation)
    if not out:
        raise Conflict(f"nothing of {situation} was withdrawn")
    names = few([f"{situation}@{as_of}" for as_of in dict.fromkeys(row.as_of for row in out)])
    if not wanted and len(out) > 1:
        raise Ambiguous(f"several of {situation} were withdrawn, name one: {names}")
    numbers = {row.id for row in out}
    if wanted == "baseline":
        fallen = tx.versions.pin(situation).fallen
        fitting = [row for row in out if fallen is not None and row.id == fallen.snapshot]
    else:
        fitting = [row for row in out if wanted in ("", row.as_of)]
    if not fitting:
        every = [one for one in tx.versions.every(situation) if one.snapshot in numbers]
        found = _named(every, situation, wanted)
        fitting = [row for row in out if found is not None and row.id == found.snapshot]
    if not fitting:
        raise Conflict(f"{situation}@{wanted} was not withdrawn; withdrawn are: {names}")
    return max(fitting, key=_taken_out).id


def said_of(row: SnapshotRow) -> str:
    """`withdrawn on 2026-03-02, because: the wrong week`."""
    at = f" on {row.aside_at:%Y-%m-%d}" if row.aside_at else ""
    why = visible(row.aside_reason or "", 200)
    return f"withdrawn{at}" + (f", because: {why}" if why else "")


def _taken_out(row: SnapshotRow) -> tuple[str, int]:
    return (row.aside_at.isoformat() if row.aside_at else "", row.id)


def _named(versions: Sequence[Version], situation: str, wanted: str) -> Version | None:
    """By as_of, else by the beginning of a hash. Raises Ambiguous when it is of several days."""
    same = [one for one in versions if one.ref.as_of == wanted]
    if same or not HASH_PREFIX.fullmatch(wanted):
        return same[-1] if same else None
    fitting = [one for one in versions if one.ref.content_hash.startswith(wanted)]
    days = dict.fromkeys(one.ref.as_of for one in fitting)
    if len(days) > 1:
        names = few([f"{situation}@{as_of}" for as_of in days])
        raise Ambiguous(f"{situation}@{wanted} fits several versions: {names}")
    return fitting[-1] if fitting else None


def _made(version: Version) -> int:
    if version.snapshot is None:
        name = f"{version.ref.situation}@{version.ref.as_of}"
        raise Conflict(f"{name} came from no snapshot")
    return version.snapshot


def _why_not(
    tx: Families, situation: str, wanted: str, every: Sequence[Version]
) -> Conflict | NotFound:
    """Of what was withdrawn, rejected or set aside, since when and why; else what there is."""
    name = f"{situation}@{wanted}"
    found = _named(every, situation, wanted)
    out = {row.id: row for row in tx.snapshots.of(situation) if row.aside is not None}
    rows = [row for row in out.values() if row.as_of == wanted]
    if found is not None and found.snapshot in out:
        rows = [out[found.snapshot]]
    withdrawn = [row for row in rows if row.aside == "withdrawn"]
    if withdrawn:
        row = max(withdrawn, key=_taken_out)
        back = f"monitor withdraw {situation}@{row.as_of} --undo puts it back"
        return Conflict(f"{name} was already {said_of(row)}; {back}")
    if rows and rows[-1].aside is not None:
        return Conflict(f"{name} counts no more already: {_WHY[rows[-1].aside]}")
    if found is not None:
        return Conflict(f"{name} was rejected already ({visible(found.held or '', 200)})")
    return NotFound(f"{situation} has no version {wanted!r}{near(wanted, every)}")
