"""Files that said nothing new and are gone: they say nothing by their absence either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.collect.directory import Scan
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.pipeline.vanished import is_below
from monitor.store.records import SeenFile


def forget_gone(
    program: Program,
    found: Scan,
    seen: Mapping[str, SeenFile],
    known: frozenset[int],
    now: datetime,
) -> frozenset[int]:
    """Set aside what nobody wrote news with and somebody has deleted; returns what is gone.

    `known` is what the last look returned, so that this asks only when something has changed. Not
    while a renaming may be under way, nor when all are gone, which is no decision of anybody.
    """
    if found.waiting or found.left or not found.present:
        return known
    gone = _gone(found, seen)
    if gone == known:
        return known
    for row in program.store.snapshots.forget_gone(gone, now):
        text = f"{row.path} said nothing new and is gone: it counts no more"
        say("snapshot-gone", text, situation=row.situation, as_of=row.as_of)
    return gone


def _gone(found: Scan, seen: Mapping[str, SeenFile]) -> frozenset[int]:
    unread = {file.path for file in found.unread}
    renamed = {file.bytes_hash for file in found.found}
    present = set(found.present)
    there = {path for path in seen if path in present or (unread and is_below(path, unread))}
    kept = {seen[path].snapshot for path in there}
    return frozenset(
        file.snapshot
        for path, file in seen.items()
        if path not in there and file.snapshot is not None and file.digest not in renamed
    ).difference(kept)
