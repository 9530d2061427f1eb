"""Whether the entries of lists are the same ones in several of them, as members of groups are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from monitor.compare.match import Entity, Names
from monitor.compare.naming import Called, is_name, told
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Collection

# Of entries that stand in several lists, so many have one name in all of them.
_ONE_NAME: Final = 0.8
_NAMES: Final = 0.8
_LISTS: Final = 400


def recurs(
    keys: tuple[Names, ...],
    names: Called,
    old: Sequence[list[Entity]],
    new: Sequence[list[Entity]],
    *,
    nameless: bool,
) -> bool:
    """Whether a key means one and the same in every list of the collection.

    Numbers and words that only tell the entries of one list apart (`1`, `home`) do not: then the
    longest list has them all. `nameless`: the lists are the members of an object.
    """
    lists = [*_some(old), *_some(new)]
    if len(lists) < 2 or names.span is not None:
        return False
    collection = Collection(path="", title="", keys=keys)
    called: dict[Any, set[str]] = defaultdict(set)
    places: dict[Any, int] = defaultdict(int)
    longest = 0
    for entries in lists:
        longest = max(longest, len(entries))
        for entry in entries:
            for token in key_tokens(entry, collection)[:1]:
                called[token].add(told(entry, names) or _words(token))
                places[token] += 1
    if not called or (len(called) <= longest and not nameless):
        return False
    if sum(is_name(min(texts)) for texts in called.values()) < _NAMES * len(called):
        return False
    several = [texts for token, texts in called.items() if places[token] > 1]
    return sum(len(texts) == 1 for texts in several) >= _ONE_NAME * len(several)


def are_shared(
    keys: tuple[Names, ...], old: Sequence[list[Entity]], new: Sequence[list[Entity]]
) -> bool:
    """Whether some entry stands in several lists of one side."""
    collection = Collection(path="", title="", keys=keys)
    for lists in (old, new):
        tokens = [key_tokens(entry, collection)[:1] for part in lists for entry in part]
        known = [token for token in tokens if token]
        if len(set(known)) < len(known):
            return True
    return False


def _some(lists: Sequence[list[Entity]]) -> Sequence[list[Entity]]:
    return lists[:: max(1, len(lists) // _LISTS)]


def _words(token: Any) -> str:
    return ", ".join(str(value) for _, value in token[1])
