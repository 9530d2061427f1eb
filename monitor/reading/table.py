"""Rows of texts to objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused


def row_object(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """What is empty is not there."""
    pairs = zip(columns, row, strict=False)
    return {name: cell for name, cell in pairs if cell} if "" in row else dict(pairs)


def check_size(rows: Sequence[Mapping[str, str]], limits: Limits, *, name: str) -> None:
    """Raises SnapshotRefused when the table is over the limits that any document has."""
    if 1 + len(rows) + 2 * sum(map(len, rows)) > limits.nodes:
        text = f"a table of {len(rows):,} rows; at most {limits.nodes:,} values and names are read"
        raise SnapshotRefused(text, where=name)


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
