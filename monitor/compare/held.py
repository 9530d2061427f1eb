"""Whether a version looks so much like an accident that a person shall see it first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from monitor.kinds.kind import Kind
from monitor.model.comparison import Change, Document, State

HeldReason: TypeAlias = Literal["re-keyed", "emptied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLimits:
    """Shares of a list's entries, 0 to 1. Lists of fewer than `entities` entries hold nothing."""

    rekeyed: float = 0.5
    emptied: float = 0.8
    entities: int = 5


def why_held(
    old: State, new: State, changes: Sequence[Change], kind: Kind, limits: HeldLimits
) -> HeldReason | None:
    """`emptied`: more than that share of a top-level list, or of the whole document, is gone.

    `re-keyed`: more than that share of a list's keys has gone and as many others have come, which
    is what renumbered codes look like. Lists below other lists follow their parents.
    """
    gone = Counter(change.collection for change in changes if change.op == "removed")
    come = Counter(change.collection for change in changes if change.op == "added")
    before = _sizes(old.document, kind)
    for path, size in before.items():
        if size < limits.entities or gone[path] <= limits.rekeyed * size:
            continue
        if come[path] >= gone[path]:
            return "re-keyed"
    after = _sizes(new.document, kind)
    if _emptied(sum(before.values()), sum(after.values()), limits):
        return "emptied"
    emptied = (_emptied(size, after.get(path, 0), limits) for path, size in before.items())
    return "emptied" if any(emptied) else None


def _emptied(before: int, after: int, limits: HeldLimits) -> bool:
    return before >= limits.entities and before - after > limits.emptied * before


def _sizes(document: Document, kind: Kind) -> Mapping[str, int]:
    """Entries of each list directly under the document, sources and other references included."""
    names = kind.collections[""].children
    return {name: len(entries) for name in names if isinstance(entries := document.get(name), list)}
