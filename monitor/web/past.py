"""What a page about the past reads: the versions that touched a fact, a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitor.compare.history import FactValue, fact_history
from monitor.compare.paths import format_path, parse_path
from monitor.errors import NotFound
from monitor.kinds.addressing import path_fault
from monitor.model.comparison import State
from monitor.model.record import Record, replace
from monitor.pipeline.program import Program
from monitor.store.records import Version
from monitor.web.line import Line
from monitor.web.touched import Back, touches_of

READ: Final = 24
"""Versions that are read for one page, the newest first."""


class Past(Record):
    """`versions` up to the one that the page begins with. `back` is what they touched."""

    line: Line
    versions: tuple[Version, ...]
    back: Back

    @property
    def read_to(self) -> Version | None:
        """Nobody has looked yet at what changed before this one; None where all is known."""
        return self.back.more[-1] if self.back.more else None


class Window(Record):
    """Some states, ascending. The first is only what stood before them where `cut` is set, the
    as_of of the version that an older page begins with."""

    states: tuple[State, ...]
    cut: str


class Values(Record):
    """Of a fact, ascending; of the first it is not known since when, where `cut` is set."""

    found: tuple[FactValue, ...]
    states: tuple[State, ...]
    cut: str


def past_of(program: Program, line: Line, before: str = "") -> Past:
    """`before` is the as_of that the page begins with, from anybody; empty for the newest."""
    back = touches_of(program).back(program, line.kind, line.versions)
    places = [at for at, one in enumerate(line.versions) if one.ref.as_of == before]
    end = places[-1] + 1 if places else len(line.versions)
    return Past(line=line, versions=line.versions[:end], back=back)


def window(program: Program, past: Past, touching: Sequence[Version], most: int = READ) -> Window:
    """The last of those that touched it, and what stood before."""
    numbers = {one.id: at for at, one in enumerate(past.versions)}
    mine = [one for one in touching if one.id in numbers]
    shown = mine[-most:]
    cut: Version | None = past.read_to
    if len(mine) > len(shown):
        cut = past.versions[numbers[shown[0].id] - 1]
    elif cut is not None and cut.id not in numbers:
        cut = None
    read = [cut, *shown] if cut is not None else shown
    stored = tuple(program.comparing.stored(one) for one in read if one is not None)
    return Window(states=stored, cut=cut.ref.as_of if cut is not None else "")


def values_of(program: Program, past: Past, path: str, most: int = READ) -> Values:
    """Raises NotFound, with what there is, where it never was and all versions are known."""
    kind = past.line.kind
    if not path.strip() or path_fault(path, kind):
        return Values(found=fact_history((), kind, path), states=(), cut="")
    written = format_path(*parse_path(path, kind), kind=kind)
    found = window(program, past, past.back.touching(written), most)
    states = found.states or (program.comparing.stored(past.line.latest),)
    try:
        values = fact_history(states, kind, path)
    except NotFound:
        if past.read_to is None:
            raise
        values = ()
    return Values(found=_until(values, past.versions), states=states, cut=found.cut)


def _until(values: Sequence[FactValue], versions: Sequence[Version]) -> tuple[FactValue, ...]:
    """Each holds until the version before the next one's."""
    at = {one.ref: place for place, one in enumerate(versions)}
    ends = [versions[at[one.version] - 1].ref.as_of for one in values[1:]]
    last = versions[-1].ref.as_of
    return tuple(
        replace(one, until=until) for one, until in zip(values, [*ends, last], strict=False)
    )
