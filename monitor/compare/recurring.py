"""Whether the entries of lists are the same ones in several of them, as members of groups are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import chain
from typing import Any, Final, TypeVar

from monitor.compare.keying import Keyed
from monitor.compare.match import Entity, Names
from monitor.compare.naming import Called, is_name, told
from monitor.compare.native import is_language
from monitor.kinds.keys import key_tokens
from monitor.kinds.kind import Collection
from monitor.kinds.values import get

T = TypeVar("T")

# Of entries that stand in several lists, so many have one name in all of them.
_ONE_NAME: Final = 0.8
_NAMES: Final = 0.8
_LISTS: Final = 400
# So many names say what the others would.
_TOKENS: Final = 200


def recurs(
    found: Keyed,
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
    tokens: Sequence[Sequence[Hashable | None]]
    if found.plain is not None:
        tokens = [*_some(found.plain[0]), *_some(found.plain[1])]
    else:
        tokens = _tokens(found.keys, lists)
    every = {*chain.from_iterable(tokens)} - {None}
    if not every or (len(every) <= max(map(len, lists)) and not nameless):
        return False
    called = _called(_spread(every), names, lists, tokens)
    if sum(is_name(min(texts)) for texts in called.values()) < _NAMES * len(called):
        return False
    several = [{*texts} for texts in called.values() if len(texts) > 1]
    return sum(len(texts) == 1 for texts in several) >= _ONE_NAME * len(several)


def are_shared(
    keys: tuple[Names, ...], old: Sequence[list[Entity]], new: Sequence[list[Entity]]
) -> bool:
    """Whether some entry stands in several lists of one side."""
    for lists in (old, new):
        known = [t for t in chain.from_iterable(_tokens(keys, lists)) if t is not None]
        if len(set(known)) < len(known):
            return True
    return False


def are_places(
    keys: tuple[Names, ...],
    names: Called,
    old: Sequence[list[Entity]],
    new: Sequence[list[Entity]],
) -> bool:
    """Whether a key is a place that another fills in each list (`deu` of the translations of a
    country, `chair` of a board): then it says what an entry is, and a name is what it holds."""
    if len(keys) != 1 or len(keys[0]) != 1 or names.label is None:
        return False
    return any(_are_filled(keys[0][0], names, side) for side in (old, new))


def _are_filled(key: str, names: Called, lists: Sequence[list[Entity]]) -> bool:
    every = [(get(entry, key), told(entry, names)) for part in _some(lists) for entry in part]
    if not every or not all(isinstance(word, str) and _is_word(word) for word, _ in every):
        return False
    if all(is_language(str(word)) for word, _ in every):
        return True
    held: dict[object, list[str]] = defaultdict(list)
    for word, name in every:
        held[word].append(name)
    several = [texts for texts in held.values() if len(texts) > 1]
    unlike = sum(2 * len(set(texts)) > len(texts) for texts in several)
    return 2 * len(several) > len(held) and unlike >= _ONE_NAME * len(several)


def _is_word(text: str) -> bool:
    return bool(text) and not any(character.isdigit() for character in text)


def _tokens(
    keys: tuple[Names, ...], lists: Sequence[list[Entity]]
) -> Sequence[Sequence[Hashable | None]]:
    """What identifies each entry, list by list; None where nothing does."""
    collection = Collection(path="", title="", keys=keys)
    return [[next(iter(key_tokens(entry, collection)), None) for entry in part] for part in lists]


def _called(
    asked: set[Hashable],
    names: Called,
    lists: Sequence[list[Entity]],
    tokens: Sequence[Sequence[Hashable | None]],
) -> dict[Hashable, list[str]]:
    """What the entries are called, by what identifies them; of those that are asked for."""
    called: dict[Hashable, list[str]] = defaultdict(list)
    for entries, own in zip(lists, tokens, strict=True):
        for entry, token in zip(entries, own, strict=True):
            if token in asked:
                called[token].append(told(entry, names) or _words(token))
    return called


def _spread(every: set[Hashable]) -> set[Hashable]:
    """All of them or, where there are many, a sample that no order of the entries decides."""
    step = -(-len(every) // _TOKENS)
    if step == 1:
        return every
    texts = sorted(token for token in every if isinstance(token, str))
    others = sorted((token for token in every if not isinstance(token, str)), key=repr)
    return {*texts[::step], *others[::step]}


def _some(lists: Sequence[T]) -> Sequence[T]:
    return lists[:: max(1, len(lists) // _LISTS)]


def _words(token: Any) -> str:
    """A token is the alternative with its values, or the plain value itself."""
    if not isinstance(token, tuple):
        return str(token)
    return ", ".join(str(value) for _, value in token[1])
