"""Which field tells the entries of a list apart, when nobody has said so.

A few entries that a field does not tell apart (twice the same, without a value) do not decide for
the rest: they are matched by content (marking.py). Every limit here is a share far from what one
entry more or less would move, so that neighbouring versions are matched by the same field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any, Final, TypeAlias

from monitor.compare.match import Entity, Names, folded
from monitor.compare.namesakes import (
    is_counter,
    is_id_like,
    is_number_of,
    is_of_another,
    is_prose,
)
from monitor.compare.paths import join_field
from monitor.kinds.keys import plain_column
from monitor.kinds.values import get
from monitor.model.comparison import MISSING
from monitor.model.text import middle
from monitor.model.tuples import NamedTuple

Lists: TypeAlias = Sequence[list[Entity]]
"""Every list of one collection on one side: one at the top, one per parent below."""

# Names that identify by custom, the surest first.
IDS: Final = ("@key", "id", "@id", "key", "uid", "uuid", "guid")
NAMES: Final = ("name",)

# One in so many entries may be without a key or stand again, by how sure the name of the field is.
_IDS_BAR: Final = 4
_BAR: Final = 20
# A single one is no reason from this number of entries on.
_FEW: Final = 8

# A field that identifies only by chance would part the same entries of two versions, so that any
# other field has to find this share of the shorter side again; from the second share on the first
# such field is taken, and not the best.
_SHARED: Final = 0.5
_MOST: Final = 0.8
_COMPOSITE_COLUMNS: Final = 8


class Dirt(NamedTuple):
    """Entries that a field does not tell apart: without a value, or again in the same list."""

    missing: int
    again: int
    total: int
    example: Any = None
    """A value that stands more than once in one list."""
    doubled: int = 0
    """How many such values there are."""

    def within(self, bar: int) -> bool:
        """Whether no more than one in `bar` is wrong; one alone may be, beside some others."""
        wrong = self.missing + self.again
        return wrong * bar <= self.total or (wrong == 1 and self.total >= _FEW)


def infer_key(old: Lists, new: Lists) -> Names | None:
    """The first of these that is there and unique in nearly every entry of every list.

    A name that identifies by custom, or one inside an object of such a name (`id.bioguide`); a name
    like that of an id that finds most entries again; `name`; any other that finds most entries
    again; two or three fields together.
    """
    sides = _objects(old), _objects(new)
    entries = [entry for part in chain(*sides) for entry in part]
    if not entries:
        return None
    for name in IDS:
        if name in entries[0] and _is_clean(name, *sides):
            return (name,)
    columns = _columns(entries)
    nested = _nested(entries, columns)
    certain = (*_preferred(columns, IDS), *_preferred_parents(nested))
    found = _first_within(certain, _IDS_BAR, *sides)
    return found or _less_certain(entries, (*columns, *nested), *sides) or _dirty(certain, *sides)


def _dirty(certain: Iterable[str], old: Lists, new: Lists) -> Names | None:
    """An id that parts at least half of the entries, where nothing else tells them apart: the
    others are matched by content, as all would be without it."""
    for name in certain:
        found = dirt(((name,),), old, new)
        if found.missing * _IDS_BAR <= found.total and 2 * found.again <= found.total:
            return (name,)
    return None


def _less_certain(
    entries: Sequence[Entity], columns: Sequence[str], old: Lists, new: Lists
) -> Names | None:
    usable = [name for name in columns if _is_usable(name, entries)]
    named = _first_within(_preferred(usable, NAMES), _BAR, old, new)
    wanted = max(_SHARED, _share(named, old, new) - 0.2) if named else _SHARED
    ids = [name for name in usable if is_id_like(name)]
    ids = [name for name in ids if dirt(((name,),), old, new).within(_BAR)]
    # The id of what stands in an entry, such as who wrote it, is not its own.
    foreign = [name for name in ids if is_of_another(name)]
    ids = [name for name in ids if name not in foreign]
    for name in ids:
        if _share((name,), old, new) >= wanted:
            return (name,)
    if named or ids:
        return named or (ids[0],)
    numbers = [name for name in usable if is_number_of(name)]
    if numbered := _first_within(numbers, _BAR, old, new):
        return numbered
    for name in foreign:
        if _share((name,), old, new) >= _SHARED:
            return (name,)
    lists = [part for part in chain(old, new) if part]
    later = [n for n in usable if is_counter(n, lists) or is_prose(n, entries)]
    sooner = [name for name in usable if name not in later]
    return (
        _most_shared([(name,) for name in sooner], old, new)
        or _composite(sooner, old, new)
        or _most_shared([(name,) for name in later], old, new)
        or _composite(usable, old, new)
    )


def dirt(keys: Sequence[Names], old: Lists, new: Lists) -> Dirt:
    """What these alternatives leave without a key, or give one that another entry has as well."""
    missing = again = total = 0
    doubles: dict[Any, None] = {}
    for part in chain(old, new):
        total += len(part)
        plain = plain_column(part, keys[0][0]) if len(keys) == len(keys[0]) == 1 else None
        if plain is not None and len(set(plain)) == len(part):
            continue
        seen = set()
        for entry in part:
            key = _key(entry, keys)
            if key is None:
                missing += 1
            elif key in seen:
                again += 1
                doubles[key] = None
            seen.add(key)
    example = next(iter(doubles))[1][0] if doubles else None
    return Dirt(missing, again, total, example, len(doubles))


def _key(entry: Any, keys: Sequence[Names]) -> tuple[Names, tuple[Any, ...]] | None:
    for names in keys:
        values = [get(entry, name) for name in names]
        if all(_usable(value) for value in values):
            return names, tuple(map(folded, values))
    return None


def why_not(old: Lists, new: Lists) -> str:
    """What keeps the likeliest field from being a key, in words."""
    known = (*IDS, "name", "slug", "code", "ref")
    return passed_over(known, old, new) or "no field is there and unique in every entry"


def surer_than(found: Names) -> tuple[str, ...]:
    """The names that are better known for identifying than this one, or what it stands in."""
    name = found[0].partition(".")[0]
    known = (*IDS, *NAMES)
    surer = known[: known.index(name)] if name in known else IDS if is_id_like(name) else known
    return tuple(each for each in surer if each != "@key")


def passed_over(names: Iterable[str], old: Lists, new: Lists) -> str | None:
    """What keeps the first of these that some entry has from being a key."""
    known = tuple(names)
    if not known:
        return None
    entries = [entry for part in chain(_objects(old), _objects(new)) for entry in part]
    for name in known:
        if "." not in name and not any(name in entry for entry in entries):
            continue
        missing = sum(get(entry, name) in (None, "", MISSING) for entry in entries)
        if missing == len(entries):
            continue
        found = dirt(((name,),), old, new)
        if missing:
            return f"{name} is missing in {missing:,} of {len(entries):,} entries"
        if found.again and found.example is not None:
            more = f", as do {found.doubled - 1:,} more" if found.doubled > 1 else ""
            return f"{name} {middle(repr(found.example), 60)} stands twice{more}"
    return None


def _objects(lists: Lists) -> Lists:
    if set(map(type, chain.from_iterable(lists))) <= {dict}:
        return lists
    return [[entry for entry in part if type(entry) is dict] for part in lists]


def _columns(entries: Sequence[Entity]) -> list[str]:
    """Names that nearly every entry has, in the order of the first entry that has the most."""
    if not entries:
        return []
    counts = Counter(chain.from_iterable(entries))
    least = len(entries) - len(entries) // _IDS_BAR
    found = {n for n, count in counts.items() if count >= least and join_field((n,)) == n}
    fullest = max(entries, key=lambda entry: len(found & entry.keys()))
    return [*(n for n in fullest if n in found), *sorted(found - fullest.keys())]


def _nested(entries: Sequence[Entity], columns: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in columns:
        inner = [entry[name] for entry in entries if isinstance(entry.get(name), dict)]
        if len(inner) * _IDS_BAR >= len(entries) * (_IDS_BAR - 1):
            found.extend(f"{name}.{leaf}" for leaf in _columns(inner))
    return found


def _preferred(columns: Iterable[str], wanted: Sequence[str]) -> list[str]:
    known = {name.lower(): name for name in columns}
    return [known[name] for name in wanted if name in known]


def _preferred_parents(nested: Iterable[str]) -> list[str]:
    by_parent = sorted(
        (IDS.index(name.partition(".")[0].lower()), position, name)
        for position, name in enumerate(nested)
        if name.partition(".")[0].lower() in IDS
    )
    return [name for _, _, name in by_parent]


def _is_clean(name: str, old: Lists, new: Lists) -> bool:
    found = dirt(((name,),), old, new)
    return found.missing == found.again == 0


def _first_within(names: Iterable[str], bar: int, old: Lists, new: Lists) -> Names | None:
    for name in names:
        if dirt(((name,),), old, new).within(bar):
            return (name,)
    return None


def _is_usable(name: str, entries: Sequence[Entity]) -> bool:
    """Whether the field holds plain values, but for some that are missing."""
    wrong = sum(not _usable(get(entry, name)) for entry in entries)
    return Dirt(wrong, 0, len(entries)).within(_BAR)


def _usable(value: Any) -> bool:
    if type(value) is str:
        return value != "" and not value.isspace()
    return type(value) is int or (type(value) is float and value.is_integer())


def _most_shared(choices: Sequence[Names], old: Lists, new: Lists) -> Names | None:
    """The first choice that finds most entries again, else the one that finds the most of them, at
    least half of the shorter side."""
    best, best_share = None, 0.0
    for names in choices:
        if dirt((names,), old, new).within(_BAR):
            share = _share(names, old, new)
            if share >= _MOST:
                return names
            if share >= _SHARED and share > best_share:
                best, best_share = names, share
    return best


def _share(names: Names, old: Lists, new: Lists) -> float:
    sides = [set(_keys(names, lists)) for lists in (old, new)]
    return len(sides[0] & sides[1]) / max(1, min(map(len, sides)))


def _keys(names: Names, lists: Lists) -> Iterator[Any]:
    for entry in chain.from_iterable(lists):
        key = _key(entry, (names,))
        if key is not None:
            yield key


def _composite(usable: Sequence[str], old: Lists, new: Lists) -> Names | None:
    for size in (2, 3):
        found = _most_shared(list(combinations(usable[:_COMPOSITE_COLUMNS], size)), old, new)
        if found:
            return found
    return None
