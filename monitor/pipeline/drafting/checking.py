"""A draft as a snapshot: read, laid over the latest version, with every fault and its line."""

from __future__ import annotations

from typing import Final

from monitor.collect.merging import merge
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import SnapshotRefused
from monitor.kinds.canonical import content_hash
from monitor.model.comparison import Document
from monitor.model.record import Record
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.intake.taking import bounds
from monitor.pipeline.program import Program
from monitor.store.records import Draft, Version

NOTHING: Final = "the draft says nothing new"


class Checked(Record):
    """A draft that fits: the snapshot, the state that follows from it, and what it lies over."""

    snapshot: Snapshot
    document: Document
    content_hash: str
    base: Version

    @property
    def says_something(self) -> bool:
        return self.content_hash != self.base.ref.content_hash


def check_draft(program: Program, draft: Draft) -> Checked:
    """Raises SnapshotRefused with every fault, in the order of the text."""
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
    name = f"draft of {draft.situation}"
    snapshot = read_snapshot(
        draft.text.encode(),
        name=name,
        kind_of=lambda _: kind,
        limits=bounds(program.settings.limits),
    )
    if snapshot.situation != draft.situation:
        text = f"situation is {snapshot.situation!r}, and the draft is one of {draft.situation}"
        raise SnapshotRefused(text, where=name)
    snapshot = snapshot.of_zone(program.settings.zone_of(snapshot.situation))
    state = program.comparing.state(base).document
    document = merge(state, snapshot, kind, strict=True)
    digest = content_hash(document, kind)
    return Checked(snapshot=snapshot, document=document, content_hash=digest, base=base)
