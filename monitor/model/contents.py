"""What a state holds, in short."""

from __future__ import annotations

from monitor.model.comparison import Json
from monitor.model.record import Record


class Listed(Record):
    """A list of a state: how many entries it has, and the names of the first."""

    path: str
    title: str
    count: int
    names: tuple[str, ...] = ()


class Contents(Record):
    """The lists of a state in the kind's order, and what else it says: titles and values."""

    lists: tuple[Listed, ...] = ()
    facts: tuple[tuple[str, Json], ...] = ()
