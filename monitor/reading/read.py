"""Bytes of a source to a document, whatever their format is."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.collect.limits import Limits
from monitor.collect.reader import read_document
from monitor.errors import SnapshotRefused
from monitor.model.nearest import suggestion
from monitor.reading.form import UNDECLARED, Form, Reading

__all__ = ["Form", "Reading", "read_form", "require_columns"]


def read_form(
    data: bytes, *, name: str, form: Form = UNDECLARED, limits: Limits | None = None
) -> Reading:
    """Read YAML, JSON, JSON Lines, a table (CSV, TSV) or a sheet of a workbook (XLSX, ODS).

    The format is the declared one, else that of the name's ending, else what the bytes are. Raises
    SnapshotRefused with the place, and with what is to be declared where two readings are possible.
    """
    if form.format not in (None, "yaml", "json"):
        raise SnapshotRefused(f"{form.format} is not read yet", where=name)
    parsed = read_document(data, name=name, limits=limits)
    return Reading(parsed.document, parsed.locate)


def require_columns(reading: Reading, wanted: Iterable[str], *, name: str) -> None:
    """Raise SnapshotRefused when a table lacks a column that somebody declared: rows without it
    would read as if the value had been taken away from every one of them."""
    columns = reading.columns
    if columns is None:
        return
    for column in wanted:
        if column not in columns:
            there = ", ".join(columns)
            text = f"the column {column} is missing{suggestion(column, columns)}; there are {there}"
            raise SnapshotRefused(text, where=name)
