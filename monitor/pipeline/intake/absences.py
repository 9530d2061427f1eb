"""What went missing from a source: single files, and most of a folder at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

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


FEW: Final = 4
"""Files below which only the loss of all is noticed: of three, a person may well delete two."""


def find_vanished(program: Program, source: str, look: Look, *, has_news: bool) -> str | None:
    """What to say when most files are gone since the last look; else their number is noted.

    Those count that were taken in, and those that wait to be. It is over when most are back, when
    the folder gives something new, or when a person says that it is meant so (`monitor source
    forget`). Files in a folder that stayed closed are not gone.
    """
    if look.present is None:
        return None
    sources = program.store.sources
    taken = {path for path, file in sources.files(source).items() if file.snapshot is not None}
    here = {*look.present, *(taken & look.hidden)}
    count = len(here & taken | set(look.waiting))
    usual = sources.usual(source)
    before = usual if usual is not None else count or len(taken)
    # Files that were taken in and are refused now are there all the same.
    if not has_news and _has_lost_most(before, len(here)):
        return _words(source, before, len(here))
    if count != usual:
        sources.note_usual(source, count)
    return None


def _words(source: str, before: int, count: int) -> str:
    gone = f"{before - count} of {before} files are gone at once"
    if not count:
        gone = f"the folder was not empty before, and is now ({before} gone)"
    return (
        f"{gone}; is it mounted? What they said stays. "
        f"If it is meant so: monitor source forget {source}"
    )


def _has_lost_most(before: int, count: int) -> bool:
    return (not count and before > 0) or (before >= FEW and count * 2 < before)
