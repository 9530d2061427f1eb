"""Which field tells the entries of a list apart, when nobody has said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any, Final, TypeAlias

from monitor.compare.match import Entity, Names, folded, plain_column
from monitor.compare.paths import join_field
from monitor.kinds.values import get

Lists: TypeAlias = Sequence[list[Entity]]
"""Every list of one collection on one side: one at the top, one per parent below."""

# Names that identify by custom, the surest first.
PREFERRED: Final = (
    "@key",
    "id",
    "@id",
    "key",
    "uid",
    "uuid",
    "guid",
    "name",
    "slug",
    "code",
    "ref",
    "sku",
    "iri",
)
_ID_ENDINGS: Final = ("_id", "-id", "Id", "ID", "_key", "_code", "_uuid")

# A field that identifies only by chance would part the same entries of two versions, so that any
# other field has to find this share of the shorter side again.
_SHARED: Final = 0.5
_COMPOSITE_COLUMNS: Final = 8


def infer_key(old: Lists, new: Lists) -> Names | None:
    """The first of these that is there and unique in every entry of every list on both sides.

    A name that identifies by custom; one inside an object of such a name (`id.bioguide`); a name
    that ends like an id; any other that finds most entries again; two or three fields together.
    """
    entries = [entry for part in chain(old, new) for entry in part]
    columns = _columns(entries)
    nested = _nested(entries, columns)
    certain = [*_preferred(columns), *_preferred_parents(nested), *_id_like((*columns, *nested))]
    for name in certain:
        if _identifies((name,), old, new):
            return (name,)
    scalar = [name for name in (*columns, *nested) if _is_scalar(name, entries)]
    return _most_shared([(name,) for name in scalar], old, new) or _composite(scalar, old, new)


def why_not(old: Lists, new: Lists) -> str:
    """What keeps the likeliest field from being a key, in words."""
    return passed_over(PREFERRED, old, new) or "no field is there and unique in every entry"


def surer_than(found: Names) -> tuple[str, ...]:
    """The names that are better known for identifying than this one, or what it stands in."""
    name = found[0].partition(".")[0]
    surer = PREFERRED[: PREFERRED.index(name)] if name in PREFERRED else PREFERRED
    return tuple(each for each in surer if each != "@key")


def passed_over(names: Iterable[str], old: Lists, new: Lists) -> str | None:
    """What keeps the first of these that some entry has from being a key."""
    entries = [entry for part in chain(old, new) for entry in part]
    for name in names:
        if not any(name in entry for entry in entries):
            continue
        missing = sum(get(entry, name) in (None, "") or name not in entry for entry in entries)
        if missing == len(entries):
            continue
        if missing:
            return f"{name} is missing in {missing} of {len(entries)} entries"
        for part in chain(old, new):
            twice = _first_double(get(entry, name) for entry in part)
            if twice is not None:
                return f"{name} {twice!r} stands twice"
    return None


def _columns(entries: Sequence[Entity]) -> list[str]:
    """Names that every entry has, in the order of the first."""
    if not entries:
        return []
    shared = set(entries[0]).intersection(*entries[1:])
    return [name for name in entries[0] if name in shared and join_field((name,)) == name]


def _nested(entries: Sequence[Entity], columns: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in columns:
        if isinstance(entries[0][name], dict):
            inner = [entry[name] for entry in entries]
            if all(isinstance(value, dict) for value in inner):
                found.extend(f"{name}.{leaf}" for leaf in _columns(inner))
    return found


def _preferred(columns: Iterable[str]) -> list[str]:
    known = {name.lower(): name for name in columns}
    return [known[name] for name in PREFERRED if name in known]


def _preferred_parents(nested: Iterable[str]) -> list[str]:
    by_parent = sorted(
        (PREFERRED.index(name.partition(".")[0].lower()), position, name)
        for position, name in enumerate(nested)
        if name.partition(".")[0].lower() in PREFERRED
    )
    return [name for _, _, name in by_parent]


def _id_like(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        leaf = name.rpartition(".")[2]
        if leaf.endswith(_ID_ENDINGS) or (leaf != name and leaf.lower() in PREFERRED):
            yield name


def _is_scalar(name: str, entries: Sequence[Entity]) -> bool:
    return all(_usable(get(entry, name)) for entry in entries)


def _usable(value: Any) -> bool:
    return (isinstance(value, str) and value.strip() != "") or type(value) is int


def _identifies(names: Names, old: Lists, new: Lists) -> bool:
    return all(_unique(names, part) for part in chain(old, new))


def _unique(names: Names, entries: list[Entity]) -> bool:
    plain = plain_column(entries, names[0]) if len(names) == 1 else None
    if plain is not None:
        return len(set(plain)) == len(entries)
    columns = [[get(entry, name) for entry in entries] for name in names]
    if not all(_usable(value) for column in columns for value in column):
        return False
    return len(set(_keys(columns))) == len(entries)


def _keys(columns: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*[map(folded, column) for column in columns], strict=True)


def _most_shared(choices: Sequence[Names], old: Lists, new: Lists) -> Names | None:
    """The choice that finds the most entries again, at least half of the shorter side."""
    best, best_share = None, _SHARED
    for names in choices:
        if _identifies(names, old, new):
            share = _share(names, old, new)
            if share > best_share or (best is None and share == best_share):
                best, best_share = names, share
    return best


def _share(names: Names, old: Lists, new: Lists) -> float:
    sides = []
    for lists in (old, new):
        entries = list(chain.from_iterable(lists))
        sides.append(set(_keys([[get(entry, name) for entry in entries] for name in names])))
    return len(sides[0] & sides[1]) / max(1, min(len(sides[0]), len(sides[1])))


def _composite(scalar: Sequence[str], old: Lists, new: Lists) -> Names | None:
    for size in (2, 3):
        found = _most_shared(list(combinations(scalar[:_COMPOSITE_COLUMNS], size)), old, new)
        if found:
            return found
    return None


def _first_double(values: Iterable[Any]) -> Any:
    seen = set()
    for value in values:
        if isinstance(value, dict | list):
            return None
        if folded(value) in seen:
            return value
        seen.add(folded(value))
    return None
