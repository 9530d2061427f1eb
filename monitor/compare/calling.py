"""How the entries of a collection are called: by a name in them, or by their key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from monitor.compare.alike import KEY
from monitor.compare.match import Entity, Names
from monitor.compare.naming import (
    FULL,
    GOOD,
    HOLDERS,
    UNCALLED,
    Called,
    are_named,
    bare,
    is_name,
    share,
    some,
    templates,
)
from monitor.compare.native import WORDS
from monitor.compare.paths import join_field
from monitor.compare.spans import span_of
from monitor.kinds.values import get

_CAPTIONS: Final = frozenset(("description", "caption", "desc", "summary", "text"))
# Characters of a text that may stand for an entry, on average.
_SHORT: Final = 40
_HALF: Final = 0.5


def called(
    path: str,
    keys: Sequence[Names],
    old: Sequence[list[Entity]],
    new: Sequence[list[Entity]],
    *,
    nested: bool,
) -> Called:
    """How the entries of a collection are named; not at all where their one key is the name."""
    found = templates(old, new) or _captions(keys, old, new)
    if found and ((name := found[0][1:-1]),) in keys and "}" not in name:
        return UNCALLED
    if found and _is_guessed(found[0]) and _are_names(keys, old, new):
        return UNCALLED
    if found:
        return Called(found[0], found[1:], None)
    sides = chain.from_iterable(old), chain.from_iterable(new)
    is_span = nested and (KEY,) not in keys
    return Called(None, (), span_of(path, *sides) if is_span else None)


def _are_names(
    keys: Sequence[Names], old: Sequence[list[Entity]], new: Sequence[list[Entity]]
) -> bool:
    """Whether entries are known by what may be their names."""
    sample = chain.from_iterable([*some(old), *some(new)])
    values = [get(entry, name) for entry in sample for key in keys[:1] for name in key]
    return share(is_name, [value for value in values if isinstance(value, str)]) > _HALF


def _captions(
    keys: Sequence[Names], old: Sequence[list[Entity]], new: Sequence[list[Entity]]
) -> tuple[str, ...]:
    """A short text of each entry, where its key is no name: `Oak board` for `A-100`."""
    if _are_names(keys, old, new):
        return ()
    lists = [*some(old), *some(new)]
    sample = list(chain.from_iterable(lists))
    for name in sorted({name for entry in sample for name in entry}):
        if bare(name) in _CAPTIONS and join_field((name,)) == name:
            texts = [entry[name] for entry in sample if isinstance(entry.get(name), str)]
            short = sum(map(len, texts)) <= _SHORT * len(texts)
            if len(texts) > GOOD * len(sample) and short and are_named(f"{{{name}}}", lists):
                return (f"{{{name}}}",)
    return ()


def _is_guessed(template: str) -> bool:
    """Whether nothing but how its values are written makes a field a name."""
    name = template[1:-1]
    word = bare(name)
    if "." in name or "}" in name or word in WORDS or word.endswith(("name", "title")):
        return False
    return word not in (*FULL, *HOLDERS)
