"""A draft as a snapshot: read, laid over the latest version, with every fault and its line."""

from __future__ import annotations

from typing import Final

from monitor.collect.merging import merge
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.errors import SnapshotRefused
from monitor.kinds.canonical import content_hash
from monitor.model.comparison import Document
from monitor.model.record import Record, replace
from monitor.pipeline.drafting.drafts import latest_of
from monitor.pipeline.drafting.taking import taken_back
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
    """Raises SnapshotRefused with every fault; lines that could not be placed come first."""
    name = f"draft of {draft.situation}"
    taking = taken_back(program, draft.situation, draft.text)
    if not taking.faults:
        return _checked(program, draft, name)
    lines = [(f"{name}:{one.line}", one.text) for one in taking.faults]
    try:
        _checked(program, replace(draft, text=taking.sound), name)
    except SnapshotRefused as error:
        lines += [(error.where or name, error.message)]
        others = (*(f"{at}: {text}" for at, text in lines[1:]), *error.others)
    else:
        others = tuple(f"{at}: {text}" for at, text in lines[1:])
    raise SnapshotRefused(lines[0][1], where=lines[0][0], others=others)


def _checked(program: Program, draft: Draft, name: str) -> Checked:
    base = latest_of(program, draft.situation)
    kind = program.kinds.by_hash(base.kind_hash)
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
