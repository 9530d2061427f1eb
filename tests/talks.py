"""The shipped snapshots of the talks, read and merged once for all tests that use them."""

from __future__ import annotations

from functools import cache
from typing import Any

from monitor.collect.kindfile import load_kind
from monitor.collect.merging import merge
from monitor.collect.snapshot import Snapshot, read_snapshot
from monitor.compare.comparison import compare
from monitor.data import data_path
from monitor.kinds.canonical import canonical, content_hash
from monitor.model.comparison import Comparison, Document, State, VersionRef

KIND = load_kind("negotiation", relative_to=None)
FOLDER = data_path("snapshots") / "ukraine-talks"
VERSIONS = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def snapshot(as_of: str) -> Snapshot:
    path = FOLDER / f"{as_of}.yaml"
    return read_snapshot(path.read_bytes(), name=path.name, kind_of=lambda _: KIND)


@cache
def full(as_of: str) -> Document:
    """The full state of that day: a partial snapshot is merged onto the day before it."""
    place = VERSIONS.index(as_of)
    said = snapshot(as_of)
    base = None if said.is_full else full(VERSIONS[place - 1])
    return canonical(merge(base, said, KIND), KIND)


@cache
def compared(old: str, new: str) -> Comparison:
    return compare(state(old), state(new), KIND)


def state(as_of: str) -> State:
    document: dict[str, Any] = full(as_of)
    ref = VersionRef(
        situation="ukraine-talks", as_of=as_of, content_hash=content_hash(document, KIND)
    )
    return State(ref=ref, document=document)
