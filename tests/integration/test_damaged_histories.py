"""The shipped and the example histories with random damage: nothing fails or is told twice."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from monitor.collect.kindfile import load_kind
from monitor.collect.merging import merge
from monitor.collect.reader import read_document
from monitor.collect.snapshot import check_snapshot
from monitor.compare.comparison import compare
from monitor.kinds.canonical import canonical
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Document, State, VersionRef
from tests.fuzz import assemblies

ROOT = Path(__file__).parents[2]
HISTORIES = ("snapshots/ukraine-talks", "examples/cabinet", "examples/committees")


@cache
def _pairs(folder: str) -> tuple[Kind, list[tuple[Document, Document]]]:
    """The kind of a history and its consecutive states."""
    states: list[Document] = []
    kinds: list[Kind] = []
    for path in sorted((ROOT / folder).glob("2*.yaml")):
        parsed = read_document(path.read_bytes(), name=str(path))
        snapshot = check_snapshot(
            parsed, name=str(path), kind_of=lambda name: load_kind(name, relative_to=ROOT / folder)
        )
        assert snapshot.kind is not None
        kinds.append(snapshot.kind)
        base = states[-1] if states else None
        states.append(canonical(merge(base, snapshot, kinds[-1]), kinds[-1]))
    return kinds[-1], list(pairwise(states))


def _compared(old: Document, new: Document, kind: Kind) -> Comparison:
    before, after = (
        State(ref=VersionRef(situation="s", as_of=day, content_hash=day), document=document)
        for day, document in (("2030-01-01", old), ("2030-01-02", new))
    )
    found = compare(before, after, kind)
    told = [identity for finding in found.findings for identity in finding.changes]
    assert sorted(told) == sorted({change.id for change in found.changes})
    assert len(told) == len(found.changes)
    assert found.faults == ()
    return found


def _sound(random: Random, old: Document, new: Document, kind: Kind) -> None:
    """Forwards and backwards, and the same when lists and names come in another order."""
    found = _compared(old, new, kind)
    assert len(_compared(new, old, kind).changes) == len(found.changes)
    before, after = (canonical(_stirred(random, s, kind, ""), kind) for s in (old, new))
    again = _compared(before, after, kind)
    assert again.changes == found.changes
    assert again.findings == found.findings


def _stirred(random: Random, value: Any, kind: Kind, path: str) -> Any:
    """Another order of keyed lists and of names; all else is left."""
    if not isinstance(value, dict):
        return value
    made = {}
    for name in random.sample(sorted(value), len(value)):
        part, below = value[name], f"{path}.{name}" if path else name
        if isinstance(part, list) and below in kind.collections:
            entries = [_stirred(random, entry, kind, below) for entry in part]
            part = random.sample(entries, len(entries))
        made[name] = part
    return made


def _lists(kind: Kind, value: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Every keyed list of a document with the path of its collection."""
    for name in kind.collections[path].children:
        below = f"{path}.{name}" if path else name
        entries = value.get(name)
        if isinstance(entries, list) and entries:
            yield below, entries
            for entry in entries:
                yield from _lists(kind, entry, below)


def _damaged(random: Random, document: Document, kind: Kind) -> Document:
    """Entries dropped, doubled, renamed, swapped and keyed anew, as hurried hands do."""
    made = copy.deepcopy(document)
    for _ in range(random.randrange(1, 9)):
        path, entries = random.choice(list(_lists(kind, made)))
        keys = {name for names in kind.collections[path].keys for name in names}
        entry = random.choice(entries)
        random.choice((_drop, _double, _rename, _rename, _swap, _rekey, _rekey))(
            random, entries, entry, keys
        )
        if not list(_lists(kind, made)):
            break
    return canonical(made, kind)


def _drop(_: Random, entries: list[Any], entry: Any, __: set[str]) -> None:
    entries.remove(entry)


def _double(random: Random, entries: list[Any], entry: Any, keys: set[str]) -> None:
    """The same under another key, as a copy that was begun and left."""
    other = copy.deepcopy(entry)
    if _set_key(random, other, keys):
        entries.append(other)


def _rename(random: Random, _: list[Any], entry: Any, keys: set[str]) -> None:
    names = [n for n, v in entry.items() if isinstance(v, str) and v and n not in keys]
    if names:
        name = random.choice(names)
        entry[name] = entry[name][:-1] + random.choice(("", "e", "es", "ó"))


def _swap(random: Random, entries: list[Any], entry: Any, keys: set[str]) -> None:
    other = random.choice(entries)
    for name in (entry.keys() & other.keys()) - keys:
        if random.random() < 0.5:
            entry[name], other[name] = other[name], entry[name]


def _rekey(random: Random, _: list[Any], entry: Any, keys: set[str]) -> None:
    _set_key(random, entry, keys)


def _set_key(random: Random, entry: Any, keys: set[str]) -> bool:
    """A key that nothing else has: a number is left, for it may be counted on."""
    names = sorted(n for n in keys if isinstance(entry.get(n), str))
    for name in names[:1]:
        entry[name] = f"{entry[name]}{random.choice('abc')}{random.randrange(10**6)}"
    return bool(names)


@pytest.mark.parametrize("folder", HISTORIES)
def test_every_two_versions_of_a_history_are_told_whole(folder: str) -> None:
    kind, pairs = _pairs(folder)
    assert pairs
    for old, new in pairs:
        _sound(Random(1), old, new, kind)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("folder", HISTORIES)
def test_every_two_versions_with_random_damage_are_told_whole(folder: str, seed: int) -> None:
    kind, pairs = _pairs(folder)
    random = Random(seed)
    for old, new in pairs:
        _sound(random, old, _damaged(random, new, kind), kind)
        _sound(random, old, _damaged(random, old, kind), kind)


def test_people_nearly_alike_in_several_single_roles_are_told_whole(tmp_path: Path) -> None:
    path = tmp_path / "kind.yaml"
    path.write_text(assemblies.KIND)
    kind = load_kind(str(path))
    for seed in range(100):
        random = Random(seed)
        old = assemblies.document(random)
        new = assemblies.edited(random, old)
        _sound(random, canonical(old, kind), canonical(new, kind), kind)
