"""By what the entries of one list are matched, and the line that says so."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from monitor.compare.alike import KEY
from monitor.compare.candidates import (
    Dirt,
    Lists,
    dirt,
    infer_key,
    passed_over,
    surer_than,
    why_not,
)
from monitor.compare.marking import form_of
from monitor.compare.match import Names
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Collection
from monitor.model.text import middle

# One in so many entries may be something else among objects.
_STRAYS = 4
# Characters of an id that are shown in a note.
_SHOWN = 60


class Keyed(NamedTuple):
    """`marks`: some entries are not told apart by it, or written otherwise; see marking.py."""

    keys: tuple[Names, ...]
    marks: bool
    note: str


def keyed(path: str, old: Lists, new: Lists, wanted: tuple[Names, ...]) -> Keyed | None:
    """None for a list of anything but objects; without keys where nothing identifies them."""
    strays = sum(type(entry) is not dict for part in chain(old, new) for entry in part)
    total = sum(map(len, chain(old, new)))
    if not wanted and (not total or strays * _STRAYS > total):
        return None
    found = infer_key(old, new) if not wanted else None
    keys = wanted or ((found,) if found else ())
    if not keys:
        why = why_not(old, new)
        return Keyed((), False, f"{path}: entries are compared in order, by content ({why})")
    words = " or ".join("+".join(map(_called, names)) for names in keys)
    reason = passed_over(surer_than(keys[0]), old, new) if found else None
    beside = f" ({reason})" if reason else ""
    left = dirt(keys, old, new)
    is_dirty = bool(left.missing or left.again)
    aside = f"; {_aside(words, left, strays)}" if is_dirty else ""
    note = f"{path}: entries are matched by {words}{beside}{aside}"
    return Keyed(keys, is_dirty or _written_otherwise(keys, old, new), note)


def _called(field: str) -> str:
    """The names under which the entries of an object stand are no field that anybody wrote."""
    return "their names" if field == KEY else field


def _aside(words: str, left: Dirt, strays: int) -> str:
    parts = []
    if left.again:
        more = f" and {left.doubled - 1:,} more" if left.doubled > 1 else ""
        verb = "stand" if more else "stands"
        parts.append(f"{words} {middle(repr(left.example), _SHOWN)}{more} {verb} twice in one list")
    if left.missing > strays:
        parts.append(f"{words} is missing in {left.missing - strays:,} of {left.total:,} entries")
    if strays:
        parts.append(f"{strays:,} of {left.total:,} entries {_verb(strays)} no object")
    return f"{', '.join(parts)}: matched by content"


def _verb(number: int) -> str:
    return "is" if number == 1 else "are"


def _written_otherwise(keys: tuple[Names, ...], old: Lists, new: Lists) -> bool:
    """Whether an id of one side only is on the other but for its type, zeros in front or case."""
    collection = Collection(path="", title="", keys=keys)
    sides = [
        {token[0] for part in lists for e in part if (token := key_tokens(e, collection))}
        for lists in (old, new)
    ]
    gone, come = sides[0] - sides[1], sides[1] - sides[0]
    return bool(gone and come) and not {*map(form_of, gone)}.isdisjoint(map(form_of, come))
