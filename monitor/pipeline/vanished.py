"""Files that are gone all at once: a share that is not mounted, a folder that was emptied.

What they said stays, as it does for a single file that somebody deletes. But a folder that lost
most of what it had does not give what is new either, and would else look as if all were well.
"""

from __future__ import annotations

from typing import Final

from monitor.collect.source import Look
from monitor.pipeline.program import Program

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
