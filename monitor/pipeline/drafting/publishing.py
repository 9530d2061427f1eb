"""From a draft to a version, in one step; a file in the situation's folder follows."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.errors import Conflict
from monitor.model.as_of import order
from monitor.model.record import Record
from monitor.pipeline.drafting.checking import NOTHING, check_draft
from monitor.pipeline.intake.taking import Origin, log_written, take_in_snapshot
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import Draft, Version

SOURCE: Final = "draft"
"""The source of what was published, beside folders and addresses; no section can be called so."""


class Published(Record):
    """`versions` follow from it, held ones too. `file` is where it was written, `unwritten` why it
    was not."""

    versions: tuple[Version, ...]
    file: Path | None = None
    unwritten: str | None = None


def publish(program: Program, draft: Draft, *, by: str, now: datetime) -> Published:
    """Raises SnapshotRefused with every fault, and Conflict when the draft says nothing new or
    somebody saved it meanwhile. Readers are told as of any other version."""
    checked = check_draft(program, draft)
    if not checked.says_something:
        raise Conflict(NOTHING)
    latest, mine = checked.base.ref.as_of, checked.snapshot.as_of
    if order(mine) < order(latest):
        raise Conflict(
            f"the latest version of {draft.situation} is of {latest} by now, later than this draft "
            f"of {mine}; write another as_of"
        )
    data = draft.text.encode()
    digest = hashlib.sha256(data).hexdigest()
    origin = Origin(source=SOURCE, path=f"{draft.situation}/{draft.id}", bytes_hash=digest)

    def end(tx: Families) -> None:
        tx.drafts.end(draft, "published", by=by, now=now)

    written = take_in_snapshot(program, checked.snapshot, data, now, origin=origin, guard=end)
    log_written(checked.snapshot, written)
    return _with_file(program, draft, checked.snapshot.as_of, data, written.versions)


def _with_file(
    program: Program, draft: Draft, as_of: str, data: bytes, versions: tuple[Version, ...]
) -> Published:
    """The file says what the store knows already: it is read and tells nobody anything."""
    folder = _folder(program, draft.situation)
    if folder is None:
        return Published(versions=versions, unwritten="no folder of this situation")
    place = folder / f"{as_of.replace(':', '')}.yaml"
    try:
        _write_anew(place, data)
    except OSError as error:
        return Published(versions=versions, unwritten=f"{place}: {error.strerror}")
    return Published(versions=versions, file=place)


def _folder(program: Program, situation: str) -> Path | None:
    """Where the newest snapshot of the situation came from, if that is a folder."""
    for name in program.store.sources.giving(situation):
        folder = program.settings.folders.get(name)
        if folder is None:
            continue
        for path in (folder / situation, folder):
            if path.is_dir():
                return path
    return None


def _write_anew(place: Path, data: bytes) -> None:
    """Whole or not at all, and never over a file that is there."""
    hidden = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        hidden.write_bytes(data)
        os.link(hidden, place)
    finally:
        hidden.unlink(missing_ok=True)
