"""Which entries each version of a situation touched, so that a fact's history reads only the
versions that may have another value of it, of however many there are.

A document never changes once it is stored, so a step is read through once and known from then on.
The newest steps are read first; a page reads as many as it has time for and says how far back that
was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from monitor.compare.history import entry_paths
from monitor.compare.paths import format_path
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get
from monitor.kinds.walking import inside
from monitor.model.comparison import Document
from monitor.model.paths import Place, read_place
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.store import Store
from monitor.store.records import Version

PATIENCE: Final = 0.04
"""Seconds of the processor that one page spends on steps that nobody has asked about yet."""

AT_ONCE: Final = 7
"""Steps that are read together, in spite of that."""

STEPS: Final = 50_000
"""That are kept: some hundred bytes each."""

Pair: TypeAlias = tuple[Version | None, Version]

REST: Final[Place] = ()
"""Stands for all that is in no list."""


class Step(Record):
    """What differs between two versions: entries of the lists at the top, `whole` lists in which
    entries cannot be told apart, and `paths` of all that stands in those entries."""

    tops: frozenset[Place]
    whole: frozenset[str]
    paths: tuple[str, ...]


class Back(Record):
    """Versions, ascending, whose steps are known; `more` are older ones, not read yet."""

    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    """One for each version: what it changed of the one before it; of the first, all that it has."""
    more: tuple[Version, ...]

    def touching(self, path: str) -> tuple[Version, ...]:
        """Those that may have another value of it than the one before."""
        top = top_of(path)
        listed = ".".join(step.name for step in top)
        return tuple(
            version
            for version, step in zip(self.versions, self.steps, strict=True)
            if top in step.tops or listed in step.whole
        )

    def touching_lists(self, listed: frozenset[str]) -> tuple[Version, ...]:
        """Those that may have another entry of one of these lists at the top."""
        return tuple(
            version
            for version, step in zip(self.versions, self.steps, strict=True)
            if listed & step.whole or any(top and _name(top) in listed for top in step.tops)
        )

    def paths(self, identity: str) -> Iterator[str]:
        """Of every entry, in any version, that has this key or stands below one that has."""
        known = dict.fromkeys(path for step in reversed(self.steps) for path in step.paths)
        for path in known:
            if any(step.key == (identity,) for step in read_place(path) or ()):
                yield path


@dataclass(slots=True)
class Touches:
    """Of one store; used by one thread."""

    steps: dict[tuple[str, int, int], Step] = field(default_factory=dict)

    def back(
        self, program: Program, kind: Kind, line: Sequence[Version], patience: float = PATIENCE
    ) -> Back:
        """From the newest version back, as far as is known or can be read in a moment."""
        pairs: list[Pair] = list(zip((None, *line), line, strict=False))[::-1]
        end = time.thread_time() + patience
        known = self._known(kind, pairs)
        while known < len(pairs):
            self._read(program, kind, pairs[known : known + AT_ONCE])
            known = self._known(kind, pairs)
            if time.thread_time() > end:
                break
        while len(self.steps) > STEPS:
            del self.steps[next(iter(self.steps))]
        at = len(line) - known
        return Back(
            versions=tuple(line[at:]),
            steps=tuple(self.steps[_key(kind, *pair)] for pair in reversed(pairs[:known])),
            more=tuple(line[:at]),
        )

    def _known(self, kind: Kind, pairs: Sequence[Pair]) -> int:
        """How many of them, from the first, are known without a gap."""
        unread = (at for at, pair in enumerate(pairs) if _key(kind, *pair) not in self.steps)
        return next(unread, len(pairs))

    def _read(self, program: Program, kind: Kind, pairs: Sequence[Pair]) -> None:
        numbers = dict.fromkeys(one.id for pair in pairs for one in pair if one is not None)
        states = program.store.versions.states(list(numbers))
        documents = dict(zip(numbers, (state.document for state in states), strict=True))
        for before, now in pairs:
            older = documents[before.id] if before is not None else {}
            self.steps[_key(kind, before, now)] = step_between(older, documents[now.id], kind)


def _key(kind: Kind, before: Version | None, now: Version) -> tuple[str, int, int]:
    return kind.hash, before.id if before else 0, now.id


_OF: Final[WeakKeyDictionary[Store, Touches]] = WeakKeyDictionary()


def touches_of(program: Program) -> Touches:
    found = _OF.get(program.store)
    if found is None:
        found = _OF[program.store] = Touches()
    return found


def top_of(path: str) -> Place:
    """The entry of a list at the top that a path stands in."""
    place = read_place(path) or ()
    for at, step in enumerate(place):
        if step.key is not None:
            return place[: at + 1]
    return REST


def step_between(older: Document, newer: Document, kind: Kind) -> Step:
    tops: set[Place] = set()
    whole: set[str] = set()
    paths: dict[str, None] = {}
    root = kind.collections[""]
    for name in root.children:
        collection = kind.collections[name]
        before, after = inside(older, name), inside(newer, name)
        if before == after:
            continue
        old, new = _by_key(before, collection), _by_key(after, collection)
        if old is None or new is None:
            whole.add(_name(read_place(name) or ()))
        changed = _changed(old or {}, new or {})
        for entity in changed if old is not None and new is not None else _all(before, after):
            tops.update(_tops(name, entity, collection, kind))
            paths.update(dict.fromkeys(entry_paths(_alone(name, entity), kind)))
    if _rest(older, root) != _rest(newer, root):
        tops.add(REST)
    return Step(tops=frozenset(tops), whole=frozenset(whole), paths=tuple(paths))


def _by_key(entries: Any, collection: Collection) -> dict[Any, Any] | None:
    """None where some cannot be told apart by their first key."""
    if entries is None:
        return {}
    if not isinstance(entries, list) or not collection.keys:
        return None
    names = collection.keys[0]
    try:
        if len(names) == 1 and "." not in names[0]:
            found = {entity[names[0]]: entity for entity in entries}
            plain = set(map(type, found)) <= {str, int}
        else:
            found = {tuple(get(one, name) for name in names): one for one in entries}
            plain = all(isinstance(value, str | int) for values in found for value in values)
    except (KeyError, TypeError):
        return None
    return found if plain and len(found) == len(entries) else None


def _changed(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[Any]:
    """As they are now, then those that are gone."""
    now = [entity for key, entity in new.items() if old.get(key) != entity]
    return now + [entity for key, entity in old.items() if key not in new]


def _all(before: Any, after: Any) -> list[Any]:
    lists = [one for one in (after, before) if isinstance(one, list)]
    return [entity for one in lists for entity in one]


def _tops(name: str, entity: Any, collection: Collection, kind: Kind) -> Iterator[Place]:
    """By each key that a path may name it by."""
    if not isinstance(entity, dict):
        return
    levels = [key_level(entity, collection)]
    for names in collection.keys[1:]:
        values = [get(entity, each) for each in names]
        if all(isinstance(value, str | int) for value in values):
            levels.append(tuple(zip(names, values, strict=True)))
    for level in levels:
        if level:
            yield top_of(format_path(name, (level,), kind=kind))


def _alone(name: str, entity: Any) -> Document:
    """A document with nothing but this entry in it."""
    document: Document = {}
    *above, last = [step.name for step in read_place(name) or ()]
    inner = document
    for each in above:
        inner = inner.setdefault(each, {})
    inner[last] = [entity]
    return document


def _rest(document: Document, root: Collection) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in root.children}


def _name(place: Place) -> str:
    return ".".join(step.name for step in place)
