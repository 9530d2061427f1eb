"""What identifies an entry of a keyed list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from monitor.kinds.kind import Collection
from monitor.kinds.values import Token, get, token
from monitor.model.comparison import Json, KeyLevel, Missing

MARK: Final = "@entry"
"""The key of an entry that its own does not tell apart; only documents without a kind have such."""

STRAY: Final = "@value"
"""What stands among objects and is none, in the object that holds its mark."""

KeyToken: TypeAlias = tuple[tuple[str, ...], tuple[Token, ...]]
"""The alternative that identifies an entry, and the tokens of its values; hashable."""


def is_marked(collection: Collection) -> bool:
    """Whether entries of this collection may have a mark."""
    return collection.keys[:1] == ((MARK,),)


def identifies(value: Json | Missing, collection: Collection) -> bool:
    """Whether a key field's value names something: null, empty and placeholders never do."""
    return _identifying(value, collection.placeholders) is not None


def key_tokens(entity: Json, collection: Collection) -> tuple[KeyToken, ...]:
    """Every alternative that identifies the entry, in the kind's order; none when nothing does."""
    keys, placeholders = collection.keys, collection.placeholders
    if len(keys) == 1 and len(keys[0]) == 1:
        # Nearly every list; there is nothing to put together.
        (only,) = keys
        made = _identifying(get(entity, only[0]), placeholders)
        return () if made is None else ((only, (made,)),)
    found = []
    for names in keys:
        tokens = [_identifying(get(entity, name), placeholders) for name in names]
        known = tuple([made for made in tokens if made is not None])
        if len(known) == len(names):
            found.append((names, known))
    return tuple(found)


def keys_as_written(entries: Sequence[Any], collection: Collection) -> Sequence[Any] | None:
    """What identifies each entry by the first alternative, where nothing has to be folded: two are
    equal where their tokens are, and in the same order. None where that has to be looked at."""
    if not collection.keys or collection.placeholders:
        return None
    columns: list[Sequence[Any]] = []
    for name in collection.keys[0]:
        column = plain_column(entries, name)
        if column is None:
            return None
        columns.append(column)
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def plain_column(entries: Sequence[Json], name: str) -> Sequence[Any] | None:
    """One field of all entries: all text, or all integers, as `folded` leaves them; else None."""
    try:
        column = _column(entries, name)
    except (KeyError, TypeError):
        return None
    kinds = set(map(type, column))
    if kinds == {str}:
        text = " ".join(column)
        return column if text.isascii() and " ".join(text.split()) == text != "" else None
    return column if kinds <= {int} else None


def _column(entries: Sequence[Any], name: str) -> Sequence[Any]:
    """Raises KeyError, TypeError where an entry lacks it."""
    if "." not in name or any(name in entry for entry in entries):
        return [entry[name] for entry in entries]
    column = entries
    for step in name.split("."):
        column = [value[step] for value in column]
    return column


def _identifying(value: Json | Missing, placeholders: tuple[Json, ...]) -> Token | None:
    if isinstance(value, str):
        if not value or value.isspace():
            return None
    elif not isinstance(value, int | float):
        return None
    made = token(value)
    return None if placeholders and made in _tokens(placeholders) else made


def _tokens(placeholders: tuple[Json, ...]) -> frozenset[Token]:
    try:
        return _known_tokens(placeholders)
    except TypeError:  # a list or an object among them
        return frozenset(map(token, placeholders))


@lru_cache(maxsize=64)
def _known_tokens(placeholders: tuple[Json, ...]) -> frozenset[Token]:
    # The same few stand beside every entry of a list.
    return frozenset(map(token, placeholders))


def key_level(entity: Json, collection: Collection) -> KeyLevel | None:
    """The identifying fields with their values as written, by the first alternative that fits."""
    for names in collection.keys:
        values = [get(entity, name) for name in names]
        if all(identifies(value, collection) for value in values):
            return tuple(zip(names, values, strict=True))
    return None


def key_words(level: KeyLevel) -> str:
    """A key for messages and paths: `ukraine,security-guarantees`."""
    return ",".join(str(value) for _, value in level)
