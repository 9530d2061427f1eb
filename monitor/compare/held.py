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

Reason = Literal["re-keyed", "emptied", "shrunk"]


class HeldLimits(Record):
    """Shares of a list's entries (0 to 1) and the lengths from which a list counts at all.

    `rekeyed`: more than this share is gone and as much is new. `emptied`: more than this share is
    gone and not as much is new. `shrunk`: a list of `large` entries or more is shorter by more than
    this share. A document whose lists are all empty now, and were not, has no length to reach.
    """

    rekeyed: float = 0.5
    emptied: float = 0.8
    entities: int = 5
    shrunk: float = 0.3
    large: int = 1000


def why_held(
    old: State, new: State, changes: Sequence[Change], kind: Kind, limits: HeldLimits
) -> Reason | None:
    """Judges the lists at the document's top, each alone; the first that is suspect decides.

    What others only refer to (people, sources) may be written anew at any time, and lists below
    an entity are short and often change as a whole: neither is judged.
    """
    silent = supporting(kind)
    judged = [path for path in kind.collections[""].children if path not in silent]
    sizes = [(path, _size(old.document, path), _size(new.document, path)) for path in judged]
    gone = Counter(change.collection for change in changes if change.op == "removed")
    come = Counter(change.collection for change in changes if change.op == "added")
    for path, size, now in sizes:
        if size < limits.entities:
            continue
        if gone[path] > limits.rekeyed * size and come[path] > limits.rekeyed * size:
            return "re-keyed"
        if gone[path] > limits.emptied * size and now < size:
            return "emptied"
        if size >= limits.large and size - now > limits.shrunk * size:
            return "shrunk"
    if any(size for _, size, _ in sizes) and not any(now for _, _, now in sizes):
        return "emptied"
    return None


def _size(document: Document, path: str) -> int:
    entries = dig(document, split_field(path))
    return len(entries) if isinstance(entries, list) else 0
