"""The days on which something that a version plans is over, kept with it.

They follow from what it holds, and that never changes: so they are looked for once, when it comes
in, and "nothing lapses by today" is a question to the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import select, update

from monitor.store import tables
from monitor.store.family import TableFamily, among

UNTOLD: Final = "?"
"""Stands for days that cannot be told from a look at the version alone."""

_table = tables.versions


class Lapses(TableFamily):
    def of(self, number: int) -> str | None:
        """As they are written down; None where nobody has looked for them."""
        with self._access.read() as connection:
            query = select(_table.c.lapses).where(_table.c.id == number)
            text: str | None = connection.execute(query).scalar_one_or_none()
        return text

    def kinds(self, numbers: Sequence[int]) -> dict[int, str]:
        """The hashes of the kinds of these versions."""
        with self._access.read() as connection:
            these = among(connection, _table.c.id, numbers)
            query = select(_table.c.id, _table.c.kind_hash).where(these)
            return dict(connection.execute(query).all())

    def note(self, found: Mapping[int, Sequence[str] | None]) -> None:
        """The days of these versions; None where they cannot be told."""
        with self._access.write() as connection:
            for text in sorted({written(days) for days in found.values()}):
                ids = sorted(number for number, days in found.items() if written(days) == text)
                this = update(_table).where(among(connection, _table.c.id, ids))
                connection.execute(this.values(lapses=text))


def written(days: Iterable[str] | None) -> str:
    return UNTOLD if days is None else " ".join(days)


def read(text: str) -> tuple[str, ...] | None:
    """None where they cannot be told."""
    return None if text == UNTOLD else tuple(text.split())
