"""CSV and its kin: rows of cells that are parted by one character, quoted where they hold it.

Every cell is text, also one that begins like a formula: nothing here computes anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from monitor.collect.exact import Mark
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.record import Record
from monitor.reading import headers, separators
from monitor.reading.decoding import Decoded, decoded
from monitor.reading.form import Form, Reading
from monitor.reading.table import check_size, counted, row_object

SHOWN: Final = 262_144
"""Characters that are looked at to find separator and header, if rows enough end in them."""

_CELL: Final = 0x7FFFFFFF  # how long a cell may be; the file's own length bounds it


class Layout(Record):
    """How the rows of a text are to be taken apart.

    `first` counts the records up to the last one that is no row: titles and the header, which
    begins in `line`, 0 where there is none.
    """

    separator: str
    columns: tuple[str, ...]
    first: int
    line: int
    words: str


def read_delimited(data: bytes, *, name: str, form: Form, limits: Limits) -> Reading:
    """A table as a list of objects. Raises SnapshotRefused with the line."""
    text = decoded(data, form.encoding, name=name)
    layout = layout_of(text, form, name=name)
    rows = list(_objects(text.text, layout, name))
    check_size(rows, limits, name=name)
    return Reading(
        document=rows,
        locate=_Places(text.text, layout),
        found=f"{layout.words}, {counted(len(rows), 'row')}",
        columns=tuple(filter(None, layout.columns)),
    )


def layout_of(text: Decoded, form: Form, *, name: str) -> Layout:
    """Separator and header: as declared, or found where only one reading is possible."""
    if not text.text.strip():
        raise SnapshotRefused("there is nothing in it", where=f"{name}:1")
    separator, sort = _separator(text.text, form, name)
    records = list(_first_records(text.text, separator, name))
    header = _header(records, form, name)
    words = f"{sort}, {text.words}, "
    words += f"separator {separators.called(separator)}, " if separator else ""
    words += f"header in line {records[header.row][0]}" if header.row >= 0 else "no header"
    words += f", {header.told}" if header.told else ""
    return Layout(
        separator=separator or ",",
        columns=header.columns,
        first=header.row + 1,
        line=records[header.row][0] if header.row >= 0 else 0,
        words=words,
    )


def _separator(text: str, form: Form, name: str) -> tuple[str | None, str]:
    """What parts the cells, and what such a table is called."""
    if form.separator is not None:
        separator: str | None = separators.checked(form.separator, name=name)
    elif form.format == "tsv" or name.lower().endswith((".tsv", ".tab")):
        separator = "\t"
    else:
        separator = separators.said_by_excel(text) or separators.found(_lines(text), name=name)
    return separator, "TSV" if separator == "\t" else "CSV"


def _lines(text: str) -> list[str]:
    """Of the beginning, without a line that is cut."""
    shown = text[:SHOWN]
    if len(text) > SHOWN and "\n" in shown:
        shown = shown[: shown.rindex("\n") + 1]
    return shown.splitlines(keepends=True)


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line it begins in."""
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise _malformed(str(error), line, reader.line_num, name) from None


def _malformed(message: str, begun: int, met: int, name: str) -> SnapshotRefused:
    if "end of data" in message:
        text = "a quoted cell of the row that begins here is never closed"
        return SnapshotRefused(text, where=f"{name}:{begun}")
    if "expected after" in message:
        text = 'a quoted cell goes on after its closing quote; inside one a quote is written ""'
        return SnapshotRefused(text, where=f"{name}:{met}")
    return SnapshotRefused(f"no row of a table: {message}", where=f"{name}:{met}")


def _first_records(text: str, separator: str | None, name: str) -> Iterator[tuple[int, list[str]]]:
    found = _records(text, separator or ",", name)
    skip = separators.said_by_excel(text) is not None
    for _, record in zip(range(headers.LOOKED_AT), found, strict=False):
        yield (record[0], [""]) if skip else record
        skip = False


def _header(records: Sequence[tuple[int, list[str]]], form: Form, name: str) -> headers.Header:
    rows = [row for _, row in records]
    width = max({*map(len, rows)}, key=lambda n: (sum(len(row) == n for row in rows), n))

    def place(row: int, column: int) -> str:
        return f"{name}:{records[row][0]}: column {column + 1}"

    if form.header == 0:
        return headers.Header(-1, headers.unnamed(width))
    if form.header is None:
        return headers.find_header(rows, place, width=width)
    lines = [line for line, _ in records]
    if form.header not in lines:
        text = f"header: line {form.header} begins no row among the first {len(rows)}"
        raise SnapshotRefused(text, where=name)
    return headers.header_at(rows, lines.index(form.header), place, width=width)


def _objects(text: str, layout: Layout, name: str) -> Iterator[dict[str, str]]:
    columns, width = layout.columns, len(layout.columns)
    for number, (line, row) in enumerate(_records(text, layout.separator, name)):
        if number < layout.first:
            continue
        if len(row) != width and (len(row) < width or any(row[width:])):
            text = (
                f"{counted(len(row), 'cell')} in this row, {counted(width, 'column')} in the table"
            )
            raise SnapshotRefused(text, where=f"{name}:{line}")
        found = row_object(columns, row)
        if "" in found:
            raise SnapshotRefused("a value in a column that has no name", where=f"{name}:{line}")
        yield found


class _Places:
    """Line and column of a row or cell; reads the text again when first asked."""

    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._layout = layout
        self._lines: list[int] | None = None

    def __call__(self, path: Sequence[str | int]) -> Mark | None:
        if self._lines is None:
            found = _records(self._text, self._layout.separator, "")
            self._lines = [line for line, _ in found][self._layout.first :]
        if not path or not isinstance(path[0], int) or path[0] >= len(self._lines):
            return (1, 1)
        return self._lines[path[0]], self._column(self._lines[path[0]], path[1:])

    def _column(self, line: int, path: Sequence[Any]) -> int:
        """The character at which a cell begins, where its row is one line."""
        columns = self._layout.columns
        if not path or path[0] not in columns:
            return 1
        text = self._text.split("\n", line)[line - 1]
        at, quoted, cell = 0, False, 0
        wanted = columns.index(path[0])
        while at < len(text) and cell < wanted:
            quoted ^= text[at] == '"'
            cell += text[at] == self._layout.separator and not quoted
            at += 1
        return at + 1 if cell == wanted else 1
