"""Notes on how two files were compared: one line for a person, however many lists there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.model.nearest import few

# Lists that are named beside one another, and different notes that are told.
LISTS: Final = 4
NOTES: Final = 6


def in_one_line(notes: Sequence[str]) -> str:
    """`people, places: entries are matched by id; tags: ...`; JSON has them one by one."""
    lists: dict[str, list[str]] = {}
    for note in notes:
        path, colon, text = note.partition(": ")
        lists.setdefault(text if colon else note, []).extend([path] if colon else [])
    told = [
        f"{few(paths, most=LISTS)}: {text}" if paths else text
        for text, paths in list(lists.items())[:NOTES]
    ]
    more = len(lists) - NOTES
    return "; ".join([*told, f"{more} more notes in --format json"] if more > 0 else told)
