"""Some days of a situation's line, as a condition on the texts that name moments in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from monitor.model.tuples import NamedTuple


class Days(NamedTuple):
    """From one day (`YYYY-MM-DD`) to another, both among them.

    Texts of moments sort by day, and within a day only nearly, where clocks go back: so a day is
    asked for as a whole.
    """

    first: str
    last: str

    @property
    def end(self) -> str:
        """Sorts behind all moments of the last day, and before the next day."""
        return f"{self.last}U"

    def hold(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return (moment >= self.first) & (moment < self.end)
