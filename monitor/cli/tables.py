"""Tables among the sides of `monitor diff`: what was found, and values that are all text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.model.comparison import Json
from monitor.model.record import replace
from monitor.reading.cells import json_text

if TYPE_CHECKING:
    from monitor.cli.sides import Side

_SHORTEST: Final = 3


def told(*sides: Side) -> tuple[str, ...]:
    """How each table was read, to be seen and declared otherwise where it is wrong."""
    return tuple(
        f"{side.name}: {side.parsed.found}"
        for side in sides
        if side.parsed is not None and side.parsed.found
    )


def root_title(old: str, new: str) -> str:
    """What a list at the root is called: what the names of both files begin with, if it is a word.

    `members-2024.csv` and `members-2025.csv` hold members.
    """
    stems = [_stem(name) for name in (old, new) if name != "-"]
    shared = min(stems, key=len)
    while not all(stem.startswith(shared) and _is_word(shared, stem) for stem in stems):
        shared = shared[:-1]
    return shared if len(shared) >= _SHORTEST else ""


def _stem(name: str) -> str:
    """The name of a file or folder without its ending; of `REPO@REV:PATH`, that of the path."""
    place = name.rpartition(":")[2] if "@" in name and "://" not in name else name
    return Path(place).name.partition(".")[0]


def _is_word(start: str, name: str) -> bool:
    """Whether a name begins with it as a whole word, or does not go on."""
    return not start or (start[-1].isalpha() and not name[len(start) : len(start) + 1].isalpha())


def alike(before: Side, after: Side) -> tuple[Side, Side, list[str]]:
    """Where one side is a table and the other is not, the values of the other as text as well."""
    sides = [before, after]
    tables = [side.parsed is not None and side.parsed.columns is not None for side in sides]
    if tables[0] == tables[1]:
        return before, after, []
    place = 1 if tables[0] else 0
    other = sides[place]
    written = _as_table(other.document)
    if written == other.document:
        return before, after, []
    sides[place] = replace(other, document=written)
    note = f"{other.name}: numbers, true and false are compared as text, as in a table"
    return sides[0], sides[1], [note]


def _as_table(document: Json) -> Json:
    """A list of objects with every plain value as text, and without what is empty."""
    if not isinstance(document, list):
        return document
    return [
        {name: json_text(value) for name, value in entry.items() if value not in (None, "")}
        if isinstance(entry, dict)
        else entry
        for entry in document
    ]
