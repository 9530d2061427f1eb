"""States under a kind that was found in documents and written down, made ready to be compared.

What is stored has no marks (see marking.py): they depend on what it is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from monitor.compare.marking import form_of, marked, with_mark
from monitor.compare.match import Entity, Names
from monitor.compare.paths import dig, split_field
from monitor.compare.under_key import document_under_keys
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
    old, new = (_under_keys(side, kind) for side in (old, new))
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


def _under_keys(state: State, kind: Kind) -> State:
    document = document_under_keys(state.document, kind)
    return state if document is state.document else replace(state, document=document)


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
    sides, names = _keys(collection, old, new)
    if not all(_are_told_apart(keys, of) for keys, of in zip(sides, (old, new), strict=True)):
        return True
    before, after = map(set, sides)
    gone, come = before - after, after - before
    if not (gone and come):
        return False
    forms = ({form_of(_token(key, names)) for key in keys} for keys in (gone, come))
    return not next(forms).isdisjoint(next(forms))


def _keys(collection: Collection, *sides: Lists) -> tuple[list[Sequence[Any]], Names | None]:
    """What identifies each entry of either side, list by list; None where nothing does.

    With the names of a key, it is what stands there as it was written; else tokens.
    """
    entries = [[*chain.from_iterable(lists)] for lists in sides]
    plain = [keys_as_written(each, collection) for each in entries]
    whole = [keys for keys in plain if keys is not None]
    if len(whole) == len(plain):
        return whole, collection.keys[0]
    tokens = [[next(iter(key_tokens(e, collection)), None) for e in each] for each in entries]
    return list(tokens), None


def _token(key: Any, names: Names | None) -> KeyToken:
    if names is None:
        found: KeyToken = key
        return found
    return names, tuple(map(token, key if len(names) > 1 else (key,)))


def _are_told_apart(keys: Sequence[Any], lists: Lists) -> bool:
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
