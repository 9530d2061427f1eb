"""Versions that wait for a person: finding, releasing and rejecting them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from monitor.collect.versions import state_of
from monitor.errors import Ambiguous, Conflict, NotFound, SnapshotRefused
from monitor.kinds.kind import Kind
from monitor.model.as_of import in_zone, order
from monitor.pipeline.intake.deciding import about
from monitor.pipeline.intake.line import Written, extend
from monitor.pipeline.intake.stretch import Reading, stretch
from monitor.pipeline.intake.suspecting import Doubt, accident, has_come
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.store import Families
from monitor.store.records import COMMAND, Version

LOOK: Final = "look"
"""The step that releasing belongs to."""


def find_held(program: Program, name: str) -> Version:
    """`SITUATION@VERSION`, VERSION being an as_of or a hash prefix; `SITUATION` alone when only one
    version of it is held. Raises NotFound, or Ambiguous with the candidates."""
    situation, _, wanted = name.partition("@")
    wanted = in_zone(wanted, program.settings.zone_of(situation))
    held = [
        version
        for version in program.store.versions.held(situation)
        if version.ref.as_of == wanted or version.ref.content_hash.startswith(wanted)
    ]
    if not held:
        raise NotFound(f"no held version {name}; `monitor held list` shows them")
    if len(held) > 1:
        names = ", ".join(f"{situation}@{version.ref.content_hash[:12]}" for version in held)
        raise Ambiguous(f"{name} fits several held versions: {names}")
    return held[0]


def release(
    program: Program, version: Version, now: datetime, *, by: str = COMMAND, reason: str = ""
) -> Written:
    """Let a held version into the line; it enters like a late snapshot, and what stands on it is
    derived again. Raises Conflict when it is not held any more, SnapshotRefused when a later
    partial snapshot does not fit onto it."""
    kind = program.kinds.by_hash(version.kind_hash)
    with program.store.transaction() as tx:
        tx.decisions.add(about(version, "released", by=by, reason=reason, now=now))
        return _release(tx, version, kind, now)


def let_in(program: Program, now: datetime) -> Iterator[Passed]:
    """Release what was held only until its day, which has come, or for a copy that is gone."""
    for version in program.store.versions.held():
        if not _is_over(program, version, now):
            continue
        name = f"{version.ref.situation} {version.ref.as_of}"
        letting = partial(_let_in, program, version, name, now)
        said = f"{name} cannot be released"
        what, state = f"{LOOK} {name}", program.store.versions.latest(version.ref.situation)
        if program.patience.rests(what, state, now):
            continue
        with program.patience.learning(what, state, now):
            is_in = program.blame.attempt(LOOK, name, said, letting, otherwise=False)
        yield Passed(snapshots=1 if is_in else 0)


def _is_over(program: Program, version: Version, now: datetime) -> bool:
    """Whether what a version waited for has come, without a person's word."""
    store, name, place = program.store, version.ref.situation, order(version.ref.as_of)
    if version.hold == "early":
        return has_come(version.ref.as_of, store.situations.get(name).zone, now)
    if version.hold != "undone":
        return False
    latest = store.versions.latest(name)
    is_last = latest is None or order(latest.ref.as_of) <= place
    return is_last and all(order(seen) <= place for _, seen in store.snapshots.seen_again(name))


def _let_in(program: Program, version: Version, name: str, now: datetime) -> bool:
    try:
        doubt = _release_in_time(program, version, now)
    except SnapshotRefused as error:
        doubt = Doubt("accident", f"it does not fit: {error}")
        program.store.versions.hold_on(version.id, doubt.reason, doubt.cause)
    except Conflict:
        return False  # another node, or a person, was first
    if doubt is not None:
        warn("version-held", f"{name} is still held: {doubt.reason}")
        return False
    say("version-released", f"{name} counts: nothing keeps it any more")
    return True


def _release_in_time(program: Program, version: Version, now: datetime) -> Doubt | None:
    """What made it wait is over; it may still look like an accident."""
    kind = program.kinds.by_hash(version.kind_hash)
    with program.store.transaction() as tx:
        if version.snapshot is not None:
            reading = Reading(snapshot=version.snapshot)
            around = stretch(tx, version.ref.situation, version.ref.as_of, reading)
            own = state_of(around.said, kind, version.snapshot)
            doubt = accident(tx, version.ref.situation, own, kind, program.settings.hold)
            if doubt is not None:
                tx.versions.hold_on(version.id, doubt.reason, doubt.cause)
                return doubt
        _release(tx, version, kind, now)
    return None


def _release(tx: Families, version: Version, kind: Kind, now: datetime) -> Written:
    released = tx.versions.release(version.id)
    if released.snapshot is None:
        return Written(versions=(released,))
    written = extend(tx, tx.snapshots.get(released.snapshot), kind, hold=None, now=now)
    return Written(
        versions=(released, *written.versions),
        sightings=written.sightings,
        aside=written.aside,
    )


def reject(
    program: Program, version: Version, reason: str, now: datetime, *, by: str = COMMAND
) -> None:
    """Leave a held version out for good. Raises Conflict when it is not held any more."""
    with program.store.transaction() as tx:
        tx.versions.reject(version.id, reason)
        tx.decisions.add(about(version, "rejected", by=by, reason=reason, now=now))
