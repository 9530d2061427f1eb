"""What a process remembers of the questions that tell whether a person is needed: most answers
follow from situations, and stay as they are while these do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from monitor.model.tuples import NamedTuple
from monitor.pipeline.news import News
from monitor.pipeline.program import Program
from monitor.store.records import NoticeRow

Line: TypeAlias = tuple[str, str]
"""A condition, and what is said of it."""


class Late(NamedTuple):
    """A version that lies far before what was the latest when it came, and when it came."""

    at: datetime
    line: Line


@dataclass(slots=True)
class Seen:
    """Losing it costs only the work of asking for all situations once."""

    news: News = field(default_factory=News)
    stranded: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    """By situation that has a state: its snapshots that cannot be laid over anything."""
    stateless: set[str] = field(default_factory=set)
    """Situations from which everything was taken out."""
    late: dict[str, tuple[Late, ...]] = field(default_factory=dict)
    names: tuple[Line, ...] = ()
    named_by: object = None
    """The settings that these names stand in."""
    is_anything_there: bool = False
    """Whether any situation had a version then: before that no name is held against anything."""
    _notices: tuple[NoticeRow, ...] | None = None

    def begin(self) -> None:
        """A pass begins."""
        self._notices = None

    def notices(self, program: Program) -> tuple[NoticeRow, ...]:
        """What stands in the table: read once in a pass, until it is written."""
        if self._notices is None:
            self._notices = program.store.notices.standing()
        return self._notices

    def standing(self, program: Program, sort: str) -> Iterator[tuple[int, NoticeRow]]:
        """Notices of what is named by a number, by that number."""
        for one in self.notices(program):
            if one.condition.startswith(sort):
                yield int(one.condition.removeprefix(sort)), one
