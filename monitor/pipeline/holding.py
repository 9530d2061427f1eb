"""Versions that wait for a person: finding, releasing and rejecting them."""

from __future__ import annotations

from datetime import datetime

from monitor.errors import Ambiguous, NotFound
from monitor.pipeline.line import Written, extend
from monitor.pipeline.program import Program
from monitor.store.records import Version


def find_held(program: Program, name: str) -> Version:
    """`SITUATION@VERSION`, VERSION being an as_of or a hash prefix; `SITUATION` alone when only one
    version of it is held. Raises NotFound, or Ambiguous with the candidates."""
    situation, _, wanted = name.partition("@")
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


def release(program: Program, version: Version, now: datetime) -> Written:
    """Let a held version into the line; it enters like a late snapshot, and what stands on it is
    derived again. Raises Conflict when it is not held any more, SnapshotRefused when a later
    partial snapshot does not fit onto it."""
    kind = program.kinds.by_hash(version.kind_hash)
    with program.store.transaction() as tx:
        released = tx.versions.release(version.id)
        if released.snapshot is None:
            return Written(versions=(released,))
        snapshot = tx.snapshots.get(released.snapshot)
        written = extend(tx, snapshot, kind, hold=None, now=now)
    return Written(versions=(released, *written.versions), sightings=written.sightings)


def reject(program: Program, version: Version, reason: str) -> None:
    """Leave a held version out for good. Raises Conflict when it is not held any more."""
    program.store.versions.reject(version.id, reason)
