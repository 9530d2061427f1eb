"""By what the entries of one list are matched, and the line that says so."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from monitor.compare.alike import KEY
from monitor.compare.candidates import (
    IDS,
    Dirt,
    Lists,
    dirt,
    infer_key,
    passed_over,
    surer_than,
    why_not,
)
from monitor.compare.columns import Columns, plain_keys
from monitor.compare.marking import form_of
from monitor.compare.match import Names
from monitor.kinds.keys import KeyToken, key_tokens
from monitor.kinds.kind import Collection
from monitor.kinds.values import token
from monitor.model.text import middle
from monitor.model.tuples import NamedTuple

# One in so many entries may be something else among objects.
_STRAYS = 4
# Characters of an id that are shown in a note.
_SHOWN = 60


class Keyed(NamedTuple):
    """`marks`: some entries are not told apart by it, or written otherwise; see marking.py.

    `plain` are the keys of either side, list by list, where none needs folding.
    """

    keys: tuple[Names, ...]
    marks: bool
    note: str
    plain: tuple[Columns, Columns] | None = None


def keyed(path: str, old: Lists, new: Lists, wanted: tuple[Names, ...]) -> Keyed | None:
    """None for a list of anything but objects; without keys where nothing identifies them."""
    if not wanted and (clean := _clean(path, old, new)) is not None:
        return clean
    total = sum(map(len, chain(old, new)))
    strays = total - Counter(map(type, chain.from_iterable(chain(old, new))))[dict]
    if not wanted and (not total or strays * _STRAYS > total):
        return None
    found = infer_key(old, new) if not wanted else None
    keys = wanted or ((found,) if found else ())
    if not keys:
        why = why_not(old, new)
        return Keyed((), False, f"{path}: entries are compared in order, by content ({why})")
    words = " or ".join("+".join(map(_called, names)) for names in keys)
    reason = passed_over(surer_than(keys[0]), old, new) if found else None
    left = dirt(keys, old, new)
    is_dirty = bool(left.missing or left.again)
    aside = f"; {_aside(words, left, strays)}" if is_dirty else ""
    note = f"{_note(path, words, reason)}{aside}"
    return Keyed(keys, is_dirty or _written_otherwise(*_alone(keys, old, new)), note)


def _clean(path: str, old: Lists, new: Lists) -> Keyed | None:
    """What `infer_key` finds first, without a look at anything else: nearly every list is so."""
    first = next((part[0] for part in chain(old, new) if part), None)
    name = next((name for name in IDS if type(first) is dict and name in first), None)
    keys: tuple[Names, ...] = ((name,),) if name else ()
    before, after = plain_keys(keys, old), plain_keys(keys, new)
    if before is None or after is None:
        return None
    if any(len(set(column)) < len(column) for column in chain(before, after)):
        return None
    alone = {*chain.from_iterable(before)}, {*chain.from_iterable(after)}
    gone, come = alone[0] - alone[1], alone[1] - alone[0]
    marks = _written_otherwise(
        {(keys[0], (token(value),)) for value in gone},
        {(keys[0], (token(value),)) for value in come},
    )
    reason = passed_over(surer_than(keys[0]), old, new)
    return Keyed(keys, marks, _note(path, _called(keys[0][0]), reason), (before, after))


def _note(path: str, words: str, reason: str | None) -> str:
    beside = f" ({reason})" if reason else ""
    return f"{path}: entries are matched by {words}{beside}"


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


def _alone(keys: tuple[Names, ...], old: Lists, new: Lists) -> tuple[set[KeyToken], set[KeyToken]]:
    """What identifies the entries that one side alone has."""
    collection = Collection(path="", title="", keys=keys)
    sides = [
        {found[0] for part in lists for e in part if (found := key_tokens(e, collection))}
        for lists in (old, new)
    ]
    return sides[0] - sides[1], sides[1] - sides[0]


def _written_otherwise(gone: set[KeyToken], come: set[KeyToken]) -> bool:
    """Whether an id of one side only is on the other but for its type, zeros in front or case."""
    return bool(gone and come) and not {*map(form_of, gone)}.isdisjoint(map(form_of, come))
