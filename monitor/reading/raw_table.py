"""The lines of a table's bytes, as far as they are certainly its rows, not taken apart."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.model.tuples import NamedTuple
from monitor.reading.decoding import Decoded
from monitor.reading.delimited import SHOWN, Layout, layout_of
from monitor.reading.form import Form
from monitor.reading.read import format_of
from monitor.reading.table import counted, row_object

Row: TypeAlias = dict[str, str]

_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD_LINES: Final = 64  # more than are looked at to find the separator
_LINE_END: Final = 10


class NotPaired(Exception):
    """Something is not certain; said to nobody."""


def certain(holds: bool) -> None:
    if not holds:
        raise NotPaired


class Given(NamedTuple):
    data: bytes
    name: str


class RawTable(NamedTuple):
    """`is_dense`: without blank lines; `quoted`: there are quotes somewhere."""

    layout: Layout
    data: bytes
    lines: list[bytes]
    quoted: bool
    is_dense: bool

    @property
    def found(self) -> str:
        return f"{self.layout.words}, {counted(len(self.lines), 'row')}"

    def at(self, places: Iterable[int]) -> list[bytes]:
        return [self.lines[place] for place in places]

    def keys(self, position: int, lines: Sequence[bytes]) -> list[bytes]:
        """One column of these lines; each is proven to be a row where it has quotes."""
        mark = self.layout.separator.encode()
        if position:
            found = [line.split(mark, position + 1)[position] for line in lines]
        else:
            found = [line.partition(mark)[0] for line in lines]
        if self.quoted:
            special = [at for at, line in enumerate(lines) if b'"' in line]
            cells = [row[position] for row in self._each_row(lines[at] for at in special)]
            # As many rows as lines: then none of them goes on in the next.
            certain(len(cells) == len(special))
            for at, cell in zip(special, cells, strict=True):
                found[at] = cell.encode()
        return found

    def check_widths(self) -> None:
        """That every line without quotes has as many cells as there are columns."""
        mark = self.layout.separator.encode()
        inside = len(self.layout.columns) - 1
        if not self.quoted and self.is_dense:
            others = bytes(byte for byte in range(256) if byte not in (mark[0], _LINE_END))
            ends = self.data.translate(None, delete=others)
            ends += b"" if self.data.endswith(b"\n") else b"\n"
            certain(ends.endswith((mark * inside + b"\n") * len(self.lines)))
            return
        lines = (line for line in self.lines if b'"' not in line)
        certain({line.count(mark) for line in lines} <= {inside})

    def rows(self, lines: Sequence[bytes]) -> list[Row]:
        rows = [row_object(self.layout.columns, row) for row in self._each_row(lines)]
        certain(len(rows) == len(lines))
        return rows

    def sample(self, number: int) -> list[Row]:
        return self.rows(self.lines[:: max(1, len(self.lines) // number)])

    def _each_row(self, lines: Iterable[bytes]) -> Iterator[list[str]]:
        """Of lines taken apart, each of the right width."""
        width = len(self.layout.columns)
        texts = (line.decode() for line in lines)
        for row in csv.reader(texts, delimiter=self.layout.separator, strict=True):
            certain(len(row) == width)
            yield row


def raw_table(given: Given, form: Form, limits: Limits) -> RawTable:
    """The lines of one file, as far as that is certain without taking them apart."""
    data = given.data
    certain(len(data) <= limits.bytes and form.encoding in (None, "utf-8"))
    certain(format_of(data, form, name=given.name) in ("csv", "tsv"))
    certain(not data.startswith(_UTF16) and b"\0" not in data)
    if b"\r" in data:
        certain(data.count(b"\r") == data.count(b"\r\n"))
        data = data.replace(b"\r\n", b"\n")
    layout = _layout(data, form, given.name)
    lines = data.split(b"\n")
    _check_header(lines[layout.line - 1], layout)
    del lines[: layout.line]
    if lines and not lines[-1]:
        lines.pop()
    is_dense = b"" not in lines
    if not is_dense:
        lines = [line for line in lines if line]
    certain(1 + len(lines) * (1 + 2 * len(layout.columns)) <= limits.nodes)
    return RawTable(layout, data, lines, b'"' in data, is_dense)


def _layout(data: bytes, form: Form, name: str) -> Layout:
    """Of the beginning, which is all that the ordinary way looks at too."""
    head = data[:SHOWN]
    if len(data) > SHOWN:
        head = head[: head.rfind(b"\n") + 1]
        certain(head.count(b"\n") >= _HEAD_LINES)
    words = "UTF-8 with a byte order mark" if head.startswith(_BOM) else "UTF-8"
    layout = layout_of(Decoded(head.removeprefix(_BOM).decode(), words), form, name=name)
    certain(layout.line > 0 and layout.separator.isascii() and len(layout.columns) > 1)
    return layout


def _check_header(line: bytes, layout: Layout) -> None:
    """That it ends where its line does."""
    text = line.removeprefix(_BOM).decode()
    rows = list(csv.reader([text], delimiter=layout.separator, strict=True))
    certain(len(rows) == 1 and len(rows[0]) == len(layout.columns))
