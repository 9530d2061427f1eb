"""What can be named in a situation: the paths of its kinds, and the ids in its latest state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from monitor.collect.kindfile import is_kind_file, load_kind
from monitor.collect.reading_folder import latest_state, read_folder
from monitor.compare.history import entry_paths
from monitor.errors import MonitorError, StoreUnavailable
from monitor.kinds.addressing import path_fault
from monitor.kinds.kind import Kind
from monitor.kinds.walking import entities
from monitor.model.comparison import Document
from monitor.model.paths import covers, read_place
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.pipeline.recent import Recent
from monitor.settings import Settings
from monitor.store.records import Version

KEPT: Final = 32 * 1024 * 1024
"""Bytes of what is known of situations, about."""

ENTRY: Final = 300
"""Bytes of one entry's path and id, about."""


class Names(Record):
    """One situation. `kinds` are those that it has had, the newest first."""

    situation: str
    kinds: tuple[Kind, ...]
    entries: frozenset[str]
    """The path of every entry of the latest state."""
    ids: frozenset[str]
    """The keys of all entries."""
    parties: frozenset[str] | None
    """Ids of parties; None when no kind of it has positions, so that nobody can be one."""
    issues: frozenset[str] | None

    loose: frozenset[str]
    """Fields of the latest state that no kind describes, without keys: `people.nickname`."""

    def has_path(self, path: str) -> bool:
        if any(path_fault(path, kind) is None for kind in self.kinds):
            return True
        names = ".".join(step.name for step in read_place(path) or ())
        return any(covers(one, names) for one in self.loose)


@dataclass(slots=True)
class Folder:
    """What the watched folders hold, read once and only when it is asked for: slow."""

    settings: Settings
    _kinds: list[Kind] | None = None
    _names: dict[str, Names] | None = None

    def kinds(self) -> list[Kind]:
        """Every kind that lies there, whether a snapshot names it yet or not."""
        if self._kinds is None:
            self._kinds = []
            for folder in self.settings.folders.values():
                files = folder.rglob("*")
                for file in sorted(file for file in files if is_kind_file(file)):
                    try:
                        self._kinds.append(load_kind(str(file)))
                    except MonitorError:
                        continue  # `monitor check` tells what is wrong with it
        return self._kinds

    def names(self) -> dict[str, Names]:
        if self._names is None:
            self._names = dict(self._read())
        return self._names

    def _read(self) -> Iterator[tuple[str, Names]]:
        for folder in self.settings.folders.values():
            try:
                read = read_folder(folder, now=datetime.now(UTC), zone_of=self.settings.zone_of)
            except (MonitorError, OSError):
                continue
            for situation in sorted({one.snapshot.situation for one in read.snapshots}):
                mine = [one for one in read.snapshots if one.snapshot.situation == situation]
                kind = max(mine, key=lambda one: one.snapshot.as_of).snapshot.kind
                try:
                    yield situation, names_in(situation, (kind,), latest_state(mine))
                except MonitorError:
                    yield situation, names_in(situation, (kind,), {})


@dataclass(slots=True)
class Stored:
    """What the store holds, remembered by what it was made from: asked again and again."""

    _kept: Recent[tuple[str, ...], Names] = field(default_factory=lambda: Recent(KEPT, _size))

    def names(self, program: Program) -> StoredNames:
        """By situation, those that have a version."""
        return StoredNames(program, self._of)

    def _of(self, program: Program, latest: Version) -> Names:
        situation = latest.ref.situation
        hashes = tuple(
            dict.fromkeys((latest.kind_hash, *program.store.versions.kind_hashes(situation)))
        )
        key = (situation, latest.ref.content_hash, *hashes)

        def read() -> Names:
            kinds = tuple(program.kinds.by_hash(one) for one in hashes)
            state = program.store.versions.state(latest.id)
            return names_in(situation, kinds, state.document)

        return self._kept.get(key, read)


def _size(names: Names) -> int:
    return ENTRY * (len(names.entries) + 1)


class StoredNames(Mapping[str, Names]):
    """Each situation is read when it is asked for: most are named by nobody."""

    def __init__(self, program: Program, read: Callable[[Program, Version], Names]) -> None:
        self._program = program
        self._read = read
        self._there = program.store.versions.with_one()
        self._found: dict[str, Names | None] = {}

    def __getitem__(self, situation: str) -> Names:
        if situation not in self._found:
            self._found[situation] = self._of(situation)
        found = self._found[situation]
        if found is None:
            raise KeyError(situation)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._there))

    def __len__(self) -> int:
        return len(self._there)

    def _of(self, situation: str) -> Names | None:
        if situation not in self._there:
            return None
        try:
            latest = self._program.store.versions.latest(situation)
            return self._read(self._program, latest) if latest else None
        except (MonitorError, ValueError, TypeError) as error:
            # Told where it is compared; nothing can be said of its names.
            if isinstance(error, StoreUnavailable):
                raise
            return None


STORED = Stored()
"""One per process: what was made from the same state and kinds is the same."""


def names_in(situation: str, kinds: Sequence[Kind], state: Document) -> Names:
    """`kinds` begins with the one that the state is read with."""
    entries = frozenset(entry_paths(state, kinds[0]))
    ids: dict[str, set[str]] = {}
    for path in entries:
        place = read_place(path) or ()
        collection = ".".join(step.name for step in place)
        ids.setdefault(collection, set()).add(",".join(place[-1].key or ()))
    every = frozenset(one for found in ids.values() for one in found)
    return Names(
        situation=situation,
        kinds=tuple(kinds),
        entries=entries,
        ids=every,
        parties=_referred(kinds, ids, "party"),
        issues=_referred(kinds, ids, "issue"),
        loose=frozenset(_loose(state, kinds[0])),
    )


def _loose(state: Document, kind: Kind) -> Iterator[str]:
    for collection, entity, _ in entities(state, kind):
        known = {field.partition(".")[0] for field in collection.fields} | {*collection.children}
        for name in entity.keys() - known:
            yield f"{collection.path}.{name}" if collection.path else name


def _referred(kinds: Sequence[Kind], ids: dict[str, set[str]], part: str) -> frozenset[str] | None:
    """The ids of the lists that positions refer to, as findings name parties and issues."""
    lists = {
        fields[name].ref
        for kind in kinds
        for collection in kind.collections.values()
        if collection.position is not None
        for fields, name in [(collection.fields, getattr(collection.position, part))]
        if name in fields and fields[name].ref is not None
    }
    if not lists:
        return None
    return frozenset(one for path in lists for one in ids.get(str(path), ()))
