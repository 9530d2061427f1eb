"""Columns for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click


def table(rows: Sequence[Sequence[str]], *, indent: str = "") -> None:
    """Print rows with aligned columns; the last column is not padded."""
    widths = (
        [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    )
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        click.echo((indent + "  ".join((*cells, row[-1]))).rstrip())


def when(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "never"
