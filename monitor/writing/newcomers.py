"""A name that nobody here has: who it may be, as an entry with an id that is made for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from monitor.kinds.kind import Collection, Kind
from monitor.model.latin import in_latin
from monitor.model.nearest import nearest
from monitor.model.patterns import regex
from monitor.model.record import Record
from monitor.writing.known import name_field, speakers
from monitor.writing.marks import Named
from monitor.writing.wanting import Wanting

_OTHER: Final = regex(r"[^a-z0-9]+")
_COMMON: Final = 0.5
"""The share of a list that has a value which most likely is a newcomer's too."""


class Newcomer(Record):
    """`known` is the entry of whom it may be another name of, else None."""

    entity: Named
    path: str
    values: Mapping[str, Any]
    known: Mapping[str, Any] | None = None


class Newcomers:
    """The ids that one article's newcomers get: the same name the same one."""

    def __init__(self, kind: Kind, state: Mapping[str, Any], wanting: Wanting) -> None:
        self._state = state
        self._wanting = wanting
        people = speakers(kind)
        named = [one for one in kind.collections.values() if name_field(one) is not None]
        self._lists = [one for one in named if one.path in people] or [
            one for one in named if wanting.is_referred(one)
        ]
        self._ids: dict[tuple[str, str], str] = {}

    def of(self, name: str) -> Iterator[Newcomer]:
        """Somebody new, then the nearest who is known."""
        plain = " ".join(name.split())
        for collection in self._lists:
            field = name_field(collection)
            assert field is not None
            key = self._id(plain, collection)
            values = {field.name: plain, **self._usual(collection)}
            entity = Named(collection.path, key)
            yield Newcomer(entity=entity, path=f"{collection.path}[{key}]", values=values)
            yield from self._nearest(plain, collection, field.name)

    def _entries(self, collection: Collection) -> Iterator[Mapping[str, Any]]:
        for entry in self._state.get(collection.path) or ():
            if isinstance(entry, Mapping):
                yield entry

    def _id(self, name: str, collection: Collection) -> str:
        if (made := self._ids.get((collection.path, name))) is not None:
            return made
        key = collection.keys[0][0]
        taken = {str(entry.get(key)) for entry in self._entries(collection)}
        taken |= {one for (path, _), one in self._ids.items() if path == collection.path}
        made = newest_id(name, taken)
        self._ids[collection.path, name] = made
        return made

    def _usual(self, collection: Collection) -> dict[str, Any]:
        """What the kind requires and nearly every entry has alike."""
        found: dict[str, Any] = {}
        for name, field in collection.fields.items():
            if not field.choices or name not in self._wanting.required(collection):
                continue
            counted = Counter(str(entry.get(name)) for entry in self._entries(collection))
            for value, number in counted.most_common(1):
                if number >= _COMMON * counted.total() and value in field.choices:
                    found[name] = value
        return found

    def _nearest(self, name: str, collection: Collection, field: str) -> Iterator[Newcomer]:
        """Another spelling of somebody, where the kind has place for spellings."""
        if collection.aliases is None:
            return
        names = {str(entry.get(field)): entry for entry in self._entries(collection)}
        close = nearest(name, names)
        if close is None:
            return
        entry = names[close]
        key = str(entry.get(collection.keys[0][0]))
        others = entry.get(collection.aliases)
        spelt = [*(others if isinstance(others, list) else ()), name]
        yield Newcomer(
            entity=Named(collection.path, key),
            path=f"{collection.path}[{key}]",
            values={collection.aliases: spelt},
            known=entry,
        )


def newest_id(name: str, taken: Iterable[str]) -> str:
    """The last name of somebody, or all words; whichever nobody has."""
    words = [one for one in _OTHER.split(in_latin(name).lower()) if one] or ["new"]
    whole, others = "-".join(words), frozenset(taken)
    tries = [words[-1], whole, *(f"{whole}-{number}" for number in range(2, 1000))]
    return next(one for one in tries if one not in others)
