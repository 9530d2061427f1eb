"""Which row of a table holds the names of its columns, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from monitor.errors import SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.tuples import NamedTuple

LOOKED_AT: Final = 40
"""Rows at the beginning among which the header is looked for."""

Place = Callable[[int, int], str]
"""The place of a cell by the number of its row and of its column, from 0."""

# The first digit ends its first part, so that no cell is gone through more than once.
_NUMBER: Final = re.compile(r"[-+]?[\s.,']*\d[\d\s.,']*%?")
_YEAR: Final = re.compile(r"(1[89]|20)\d\d")
_DATE: Final = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d\d?[./]\d\d?[./]\d{2,4}")


class Header(NamedTuple):
    """`row` is its place among the rows (from 0), -1 without one. A column without a name holds
    nothing, as those beyond `columns`."""

    row: int
    columns: tuple[str, ...]
    told: str = ""
    """What stood above it, in words; empty where nothing did."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, self.columns))


def find_header(rows: Sequence[Sequence[str]], place: Place, *, width: int) -> Header:
    """The first row of full width whose every cell is a name, with none but titles above it.

    `rows` are the first ones of the table, `width` is its own. Raises SnapshotRefused.
    """
    row = next((n for n, row in enumerate(rows) if not _is_title(row, width)), None)
    if row is None:
        raise SnapshotRefused("there is no row with the names of columns", where=place(0, 0))
    empty = empty_below(rows, row, width)
    if _has_gaps(rows[row], empty) and row + 1 < len(rows) and _are_names(rows[row + 1], empty):
        row += 1
    if value := _like_data(rows[row]):
        text = f"{value} is no name of a column; declare header: the row with the names, 0 for none"
        raise SnapshotRefused(one_line(text), where=place(row, list(rows[row]).index(value)))
    return header_at(rows, row, place, width=width)


def header_at(rows: Sequence[Sequence[str]], row: int, place: Place, *, width: int) -> Header:
    """The header that stands in this row. Raises SnapshotRefused."""
    empty = empty_below(rows, row, width)
    columns = _named(rows[row], lambda column: place(row, column), empty)
    return Header(row, columns, _above(rows[:row]))


def empty_below(rows: Sequence[Sequence[str]], row: int, width: int) -> frozenset[int]:
    """The columns that hold nothing below a row, as far as the rows go."""
    below = rows[row + 1 :]
    return frozenset(n for n in range(width) if not any(any(each[n : n + 1]) for each in below))


def _named(
    row: Sequence[str], place: Callable[[int], str], empty: frozenset[int]
) -> tuple[str, ...]:
    """The names of a header; a column that holds nothing needs none. Raises SnapshotRefused for a
    name that is missing or stands twice."""
    names = [" ".join(name.split()) for name in row]
    while names and not names[-1] and len(names) - 1 in empty:
        names.pop()
    first: dict[str, int] = {}
    for column, name in enumerate(names):
        if not name and column not in empty:
            text = "a column without a name; name it, or declare header: the row with the names"
            raise SnapshotRefused(text, where=place(column))
        if name and name in first:
            text = f"the column {name} stands twice, first as column {first[name] + 1}"
            text = one_line(f"{text}; declare header if the names stand in another row")
            raise SnapshotRefused(text, where=place(column))
        first[name] = column
    if not any(names):
        raise SnapshotRefused("no names of columns", where=place(0))
    return tuple(names)


def unnamed(width: int) -> tuple[str, ...]:
    """The columns of a table that has no header."""
    return tuple(f"column_{number}" for number in range(1, width + 1))


def _is_title(row: Sequence[str], width: int) -> bool:
    """Whether a row only says what the table is about, or nothing."""
    filled = sum(1 for cell in row if cell.strip())
    return filled == 0 or (filled == 1 and width > 1)


def _has_gaps(row: Sequence[str], empty: frozenset[int]) -> bool:
    """Whether cells are missing or the same, as above names that belong together."""
    cells = [cell.strip() for column, cell in enumerate(row) if column not in empty]
    return "" in cells or len(set(cells)) < len(cells)


def _are_names(row: Sequence[str], empty: frozenset[int]) -> bool:
    return not _has_gaps(row, empty) and _like_data(row) is None


def _like_data(row: Sequence[str]) -> str | None:
    """A cell that no column is called by: a number that is no year, a date."""
    for cell in row:
        text = cell.strip()
        is_number = _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text)
        if text and (is_number or _DATE.fullmatch(text)):
            return cell
    return None


def _above(rows: Sequence[Sequence[str]]) -> str:
    said = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows]
    said = [text for text in said if text]
    if not said:
        return ""
    shown = said[0] if len(said[0]) <= 60 else f"{said[0][:59]}…"
    more = f" and {len(said) - 1} more" if len(said) > 1 else ""
    return one_line(f"above it {shown!r}{more}")
