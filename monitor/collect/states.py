"""The states that statements add up to, day by day: one laid over the other, as they were learned.

What speaks for one `as_of` lies on one heap: a full one begins it anew, a partial is laid over what
is there, and what a file says now stands in the place of what it said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from monitor.collect.merging import merge
from monitor.collect.reader import Parsed
from monitor.collect.snapshot import Coverage
from monitor.errors import SnapshotRefused
from monitor.kinds.kind import Kind
from monitor.model.comparison import Document
from monitor.model.tuples import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one stored snapshot says, and what it speaks for in full."""

    id: int
    as_of: str
    coverage: Coverage
    read: Callable[[], Document] = field(repr=False, compare=False)
    """Gives its content: of a long line, most is not needed."""
    name: str = ""
    """The file it came from, for messages."""
    file: tuple[str, str] | None = None
    """Source and path, where one file may say something else later; None: given by hand."""
    kind: Kind | None = field(default=None, repr=False, compare=False)
    """What it was read with, where it is not to be read with the kind at hand."""
    stranded: bool = False
    """It is known that it cannot be laid over what is before it now."""
    parsed: Parsed | None = field(default=None, repr=False, compare=False)
    """The file as it was read, where it is at hand, for lines in messages."""

    @property
    def content(self) -> Document:
        """As it was written."""
        return self.read()


class Stranded(NamedTuple):
    """A partial that has nothing to be laid over, or does not fit onto what there is."""

    said_id: int
    as_of: str
    reason: str


class Day(NamedTuple):
    """What is said for one `as_of`, in the order learned, and what of it counts."""

    as_of: str
    parts: tuple[Statement, ...]
    heap: tuple[Statement, ...]

    @property
    def is_full(self) -> bool:
        return self.heap[0].coverage == "full"


class DayState(NamedTuple):
    """The state of a day. `top` is what was laid on last; None when nothing could be laid, and
    then `state` is that of the day before, or None where there is none."""

    day: Day
    state: Document | None
    top: Statement | None
    stranded: tuple[Stranded, ...]

    @property
    def laid(self) -> frozenset[int]:
        """Ids of what is not stranded."""
        return frozenset(part.id for part in self.day.parts) - {
            one.said_id for one in self.stranded
        }


def days_of(said: Sequence[Statement]) -> list[Day]:
    """`said` is ascending by (`as_of`, learned)."""
    groups = groupby(said, key=lambda part: part.as_of)
    return [_day(as_of, tuple(parts)) for as_of, parts in groups]


def _day(as_of: str, parts: tuple[Statement, ...]) -> Day:
    heap: list[Statement] = []
    for part in parts:
        if part.coverage == "full":
            heap = []
        elif part.file is not None:
            heap = [one for one in heap if one.file != part.file]
        heap.append(part)
    return Day(as_of, parts, tuple(heap))


def states(
    days: Iterable[Day],
    kind: Kind,
    *,
    base: Callable[[], Document] | None = None,
    reading: int | None = None,
    strands: bool = False,
) -> Iterator[DayState]:
    """The state of each day, over that of the day before, and the first over `base`.

    A partial that cannot be laid refuses everything (SnapshotRefused, naming its file), unless it
    is known to be stranded or `strands` lets it be; what is `reading` now is always refused.
    """
    state: Document | None = None
    for day in days:
        if base is not None and not day.is_full:
            state = base()
        base = None
        top: Statement | None = None
        stranded: list[Stranded] = []
        for part in day.heap:
            is_strict = part.id == reading or part.parsed is not None
            try:
                state = merge(state, part, part.kind or kind, strict=is_strict)
            except SnapshotRefused as error:
                if part.id == reading or not (strands or part.stranded):
                    raise
                stranded.append(Stranded(part.id, part.as_of, error.message))
            else:
                top = part
        if top is None:  # and what was corrected does not come back for that
            stranded += [
                Stranded(part.id, part.as_of, "what corrects it cannot be laid over anything")
                for part in day.parts
                if part not in day.heap
            ]
        yield DayState(day, state, top, tuple(stranded))
