"""Entries that `weigh` of a snapshot names and that are neither in it nor in what came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.collect.beside import Stored
from monitor.collect.reading_folder import FileRead, latest_state
from monitor.compare.history import entry_paths
from monitor.errors import MonitorError
from monitor.kinds.canonical import canonical
from monitor.model.as_of import order
from monitor.model.nearest import suggestion_or_all
from monitor.model.paths import Place, lies_under, read_place


def weight_doubts(one: FileRead, others: Sequence[FileRead], stored: Stored) -> Iterator[str]:
    """A line for each, with its place and the nearest entry of the same list."""
    if not one.snapshot.weigh:
        return
    entries = sorted(_entries(one, others, stored))
    for position, weight in enumerate(one.snapshot.weigh):
        wanted = _entry(read_place(weight.path) or ())
        alike = [name for name in entries if _lists(name) == [step.name for step in wanted]]
        if not wanted or any(lies_under(read_place(name) or (), wanted) for name in alike):
            continue
        place = one.snapshot.parsed.locate(("weigh", position, "path"))
        where = f"{one.file}:{place[0]}:{place[1]}" if place else str(one.file)
        hint = suggestion_or_all(weight.path, alike)
        yield f"{where}: weigh: no entry {weight.path} in it or before it{hint}"


def _entries(one: FileRead, others: Sequence[FileRead], stored: Stored) -> set[str]:
    mine, kind = one.snapshot, one.snapshot.kind
    found = set(entry_paths(canonical(mine.content, kind), kind))
    earlier = [
        each
        for each in others
        if each.snapshot.situation == mine.situation
        and order(each.snapshot.as_of) < order(mine.as_of)
    ]
    try:
        before = latest_state(earlier) if earlier else stored(mine.situation, mine.as_of)
    except MonitorError:
        before = None
    return found | set(entry_paths(before, kind)) if before else found


def _entry(place: Place) -> Place:
    """The part of a path that names an entry: down to its last key."""
    keyed = [number for number, step in enumerate(place) if step.key is not None]
    return place[: keyed[-1] + 1] if keyed else ()


def _lists(name: str) -> list[str]:
    return [step.name for step in _entry(read_place(name) or ())]
