"""One rule for what lies under a path, whoever wrote it: rules, filters, mutes, `--only`, coverage.

`delegations`, `delegations.members`, `delegations[russia]`, `delegations[russia].members` and
`delegations[russia].members[x].role` all have the last of them at or below themselves. A list that
is named without a key stands for each of its entries; a key stands for one.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, TypeAlias

from monitor.model.comparison import Json, Key
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_STEP: Final = regex(rf"\.?(?P<name>{_QUOTED}|[^.\[\]\"]+)(?:\[(?P<key>(?:{_QUOTED}|[^\]\"])*)\])?")
_VALUE: Final = regex(rf"(?P<value>{_QUOTED}|[^,]*)(?:,|$)")


class PathStep(NamedTuple):
    """One name on the way down, and the key's values as text where an entry is meant."""

    name: str
    key: tuple[str, ...] | None = None


Place: TypeAlias = tuple[PathStep, ...]
"""Where something stands: the steps from the document down."""


@lru_cache(maxsize=8192)
def read_place(text: str) -> Place | None:
    """The steps of a path as people type it; None when it is no path."""
    steps, position = [], 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None:
            return None
        key = match["key"]
        steps.append(PathStep(_plain(match["name"]), None if key is None else read_key(key)))
        position = match.end()
    return tuple(steps)


@lru_cache(maxsize=8192)
def read_key(text: str) -> tuple[str, ...]:
    """The values of a key as it stands between brackets, or is named alone."""
    return tuple(_plain(m["value"]) for m in _VALUE.finditer(text) if m.group())


def change_place(collection: str, key: Key, field: str | None) -> Place:
    """Where a change stands. Objects above the first list have no key."""
    names = [step.name for step in read_place(collection) or ()]
    above = max(0, len(names) - len(key))
    keys = [None] * above + [tuple(_text(*value) for value in level) for level in key]
    inside = read_place(field) or () if field is not None else ()
    return (*map(PathStep, names, keys), *inside)


def lies_under(place: Place, above: Place) -> bool:
    """Whether a place is at or below another."""
    if not above:
        return not place
    return len(place) >= len(above) and all(map(_fits, place, above))


def covers(named: str, path: str) -> bool:
    """Whether a path, or a list without its keys, stands at or above another path."""
    above, place = read_place(named), read_place(path)
    return named == path or (above is not None and place is not None and lies_under(place, above))


def is_below(collection: str, above: str) -> bool:
    """Whether a collection is another one, or one of the lists below it."""
    return covers(above, collection)


def has_id(place: Place, identity: str) -> bool:
    """Whether an entry on the way down has this key: `medinsky`, `ukraine,territory`."""
    key = read_key(identity)
    return any(step.key == key for step in place)


def detail(named: str) -> tuple[int, int, str]:
    """How closely a path names something: of several that cover a place the greatest decides."""
    place = read_place(named) or ()
    return len(place), sum(step.key is not None for step in place), named


def _fits(step: PathStep, wanted: PathStep) -> bool:
    return step.name == wanted.name and (wanted.key is None or wanted.key == step.key)


_POSITIONS: Final = ("@old", "@new")


def _plain(text: str) -> str:
    if text.startswith('"'):
        try:
            text = str(json.loads(text))
        except ValueError:
            return text
    return " ".join(text.split())


def _text(name: str, value: Json) -> str:
    if name in _POSITIONS:
        return f"{name}={value}"  # nothing identifies the entry but its place in the list
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())
