"""Whether a version looks like an accident, so that a person should see it before readers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from monitor.compare.paths import dig, split_field
from monitor.compare.scene import supporting
from monitor.kinds.kind import Kind
from monitor.model.comparison import Change, Document, State
from monitor.model.record import Record

Reason = Literal["re-keyed", "emptied"]


class HeldLimits(Record):
    """Shares of a list's entries (0 to 1) and the length from which a list counts at all.

    `rekeyed`: more than this share is gone and as much is new. `emptied`: more than this share is
    gone and not as much is new.
    """

    rekeyed: float = 0.5
    emptied: float = 0.8
    entities: int = 5


def why_held(
    old: State, new: State, changes: Sequence[Change], kind: Kind, limits: HeldLimits
) -> Reason | None:
    """Judges the lists at the document's top, each alone; the first that is suspect decides.

    What others only refer to (people, sources) may be written anew at any time, and lists below
    an entity are short and often change as a whole: neither is judged.
    """
    silent = supporting(kind)
    gone = Counter(change.collection for change in changes if change.op == "removed")
    come = Counter(change.collection for change in changes if change.op == "added")
    for path in kind.collections[""].children:
        size = _size(old.document, path)
        if path in silent or size < limits.entities:
            continue
        if gone[path] > limits.rekeyed * size and come[path] > limits.rekeyed * size:
            return "re-keyed"
        if gone[path] > limits.emptied * size and _size(new.document, path) < size:
            return "emptied"
    return None


def _size(document: Document, path: str) -> int:
    entries = dig(document, split_field(path))
    return len(entries) if isinstance(entries, list) else 0
