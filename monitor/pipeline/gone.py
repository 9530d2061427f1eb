"""Files that said nothing new and are gone: they say nothing by their absence either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.collect.source import Look
from monitor.pipeline.program import Program
from monitor.pipeline.say import say
from monitor.store.records import SeenFile


def forget_gone(
    program: Program,
    look: Look,
    seen: Mapping[str, SeenFile],
    known: frozenset[int],
    now: datetime,
) -> frozenset[int]:
    """Set aside what nobody wrote news with and somebody has deleted; returns what is gone.

    `known` is what the last look returned, so that this asks only when something has changed. Not
    while a renaming may be under way, nor when all are gone, which is no decision of anybody.
    """
    if look.waiting or look.left or not look.present:
        return known
    gone = _gone(look, seen)
    if gone == known:
        return known
    for row in program.store.snapshots.forget_gone(gone, now):
        text = f"{row.path} said nothing new and is gone: it counts no more"
        say("snapshot-gone", text, situation=row.situation, as_of=row.as_of)
    return gone


def _gone(look: Look, seen: Mapping[str, SeenFile]) -> frozenset[int]:
    renamed = {item.digest for item in look.items}
    kept = {file.snapshot for name, file in seen.items() if look.has(name)}
    return frozenset(
        file.snapshot
        for name, file in seen.items()
        if not look.has(name) and file.snapshot is not None and file.digest not in renamed
    ).difference(kept)
