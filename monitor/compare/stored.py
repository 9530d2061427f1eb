"""States under a kind that was found in documents and written down, made ready to be compared.

What is stored has no marks (see marking.py): they depend on what it is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from monitor.compare.marking import form_of, marked, with_mark
from monitor.compare.match import Entity
from monitor.compare.paths import dig, split_field
from monitor.kinds.keys import KeyToken, is_marked, key_tokens, keys_as_written
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import token
from monitor.model.comparison import Document, Json, State
from monitor.model.record import replace

Lists: TypeAlias = Sequence[list[Json]]


def told_apart(old: State, new: State, kind: Kind) -> tuple[State, State, Kind]:
    """Both states with marks where some entry has no key of its own, or another way of writing it,
    and the kind that knows of them. All as it is under any other kind, and without one: there it
    has been done."""
    if not kind.inferred or not kind.schema:
        return old, new, kind
    sides = [_lists(side.document, kind.collections) for side in (old, new)]
    wanted = {
        path
        for path, collection in kind.collections.items()
        if collection.keys and _wants_marks(collection, *(side[path] for side in sides))
    }
    if not wanted:
        return old, new, kind
    collections = {
        path: with_mark(each) if path in wanted and not is_marked(each) else each
        for path, each in kind.collections.items()
    }
    before, after = marked(old.document, new.document, collections)
    marking = replace(kind, collections=collections)
    return replace(old, document=before), replace(new, document=after), marking


def _lists(document: Document, collections: Mapping[str, Collection]) -> dict[str, Lists]:
    """Every list of every collection."""
    found: dict[str, Lists] = dict.fromkeys(collections, ())
    waiting: list[tuple[str, Sequence[Entity]]] = [("", [document])]
    while waiting:
        path, owners = waiting.pop()
        for name in collections[path].children:
            below, steps = f"{path}.{name}" if path else name, split_field(name)
            parts = (dig(owner, steps) for owner in owners)
            found[below] = [part for part in parts if isinstance(part, list)]
            if collections[below].children:
                entries = chain.from_iterable(found[below])
                waiting.append((below, [entry for entry in entries if isinstance(entry, dict)]))
    return found


def _wants_marks(collection: Collection, old: Lists, new: Lists) -> bool:
    """Whether some list has an entry that its key does not tell apart, or one side an id that the
    other has but for its type, zeros or case."""
    sides = [_keys(collection, lists) for lists in (old, new)]
    if not all(_are_told_apart(keys, of) for keys, of in zip(sides, (old, new), strict=True)):
        return True
    before, after = ({key for key in keys if key is not None} for keys in sides)
    gone, come = before - after, after - before
    return bool(gone and come) and not {*map(form_of, gone)}.isdisjoint(map(form_of, come))


def _keys(collection: Collection, lists: Lists) -> Sequence[KeyToken | None]:
    """What identifies each entry, list by list; None where nothing does."""
    entries = [*chain.from_iterable(lists)]
    plain = keys_as_written(entries, collection)
    if plain is None:
        return [next(iter(key_tokens(entry, collection)), None) for entry in entries]
    names = collection.keys[0]
    of_one = len(names) == 1
    made: dict[Any, KeyToken] = {
        value: (names, tuple(map(token, (value,) if of_one else value))) for value in set(plain)
    }
    return [made[value] for value in plain]


def _are_told_apart(keys: Sequence[KeyToken | None], lists: Lists) -> bool:
    whole = set(keys)
    if None in whole:
        return False
    if len(whole) == len(keys):
        return True
    at = 0
    for part in lists:
        if len(set(keys[at : at + len(part)])) < len(part):
            return False
        at += len(part)
    return True
