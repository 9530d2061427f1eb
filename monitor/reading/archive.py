"""What a workbook's archive would become when opened: measured first, part by part.

A file of some kilobytes can ask for terabytes: by compression, by a cell in the last row and the
last column, by a long text that a million cells share, by one cell that is repeated. Everything
here is a count over the bytes as they are unpacked; nothing of it is kept.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.tuples import NamedTuple

# What the library raises for archives that are none, or not whole.
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError),
    *(ValueError, LookupError, ArithmeticError, NotImplementedError, RuntimeError),
)
_ENTRIES: Final = 2_000
_RATIO: Final = 200
_SMALL: Final = 1 << 20  # what is unpacked to less may be packed as well as it likes
_GROWTH: Final = 8  # times the bytes that may be read, unpacked
_CHUNK: Final = 1 << 20
_UNCUT: Final = 16 << 20  # bytes without a place to cut, which no program writes
_ATTRIBUTE: Final = rb"""\s*=\s*["']\s*"""
_COLUMN: Final = re.compile(rb"\br" + _ATTRIBUTE + rb"([A-Za-z]{1,4})\d")
_ROW: Final = re.compile(rb"\br" + _ATTRIBUTE + rb"[A-Za-z]{0,4}(\d{1,9})")
_SHARED: Final = re.compile(rb"\bt" + _ATTRIBUTE + rb"s\s*[\"']")
_ITEM: Final = re.compile(rb"<(?:\w+:)?si\b")


class Weight(NamedTuple):
    """Of a workbook when opened; `cells` counts the empty ones between others too."""

    cells: int
    characters: int


def check_archive(data: bytes, limits: Limits, *, name: str) -> None:
    """Raise SnapshotRefused for an archive that cannot be unpacked, or that would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, limits, name)
            weight = _weighed(archive, entries)
    except _DAMAGED as error:
        text = f"the archive is damaged or of a sort that is not read: {error}"
        raise SnapshotRefused(one_line(text), where=name) from None
    if weight.cells > limits.nodes:
        text = f"its cells reach over {weight.cells:,} places; at most {limits.nodes:,} are read"
        raise SnapshotRefused(text, where=name)
    if weight.characters > limits.bytes * _GROWTH:
        text = f"its cells share texts of {weight.characters:,} characters in all"
        raise SnapshotRefused(f"{text}; at most {limits.bytes * _GROWTH:,} are read", where=name)


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits, name: str) -> None:
    if len(entries) > _ENTRIES:
        text = f"{len(entries):,} files in the archive; at most {_ENTRIES:,} are read"
        raise SnapshotRefused(text, where=name)
    total = sum(entry.file_size for entry in entries)
    if total > limits.bytes * _GROWTH:
        text = f"{total:,} bytes when unpacked; at most {limits.bytes * _GROWTH:,} are read"
        raise SnapshotRefused(text, where=name)
    for entry in entries:
        if entry.flag_bits & 1:
            raise SnapshotRefused("it is protected by a password", where=name)
        if entry.file_size > max(_SMALL, entry.compress_size * _RATIO):
            text = f"{entry.filename!r} is packed more than {_RATIO} to 1"
            raise SnapshotRefused(text, where=name)


def _weighed(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Weight:
    cells = shared = longest = 0
    for entry in entries:
        parts = _whole(chunks(archive, entry), entry.filename)
        if entry.filename == "content.xml":
            cells += _Repeated().over(parts)
        elif entry.filename.lower().endswith("sharedstrings.xml"):
            longest = max(longest, _longest_item(parts))
        else:
            places, texts = _reach(parts)
            cells += places
            shared += texts
    return Weight(cells, shared * longest)


def _whole(parts: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The same parts, of an XML text if it is well-formed: one that is cut short would be read by
    the library without end. Nothing is made of it, and one that declares entities is refused."""
    first = next(parts)
    if not name.lower().endswith((".xml", ".rels")) and first.lstrip()[:1] != b"<":
        yield first
        yield from parts
        return
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(first, False)
        yield first
        for part in parts:
            parser.Parse(part, False)
            yield part
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"{name}: {error}") from None


def _refuse_declaration(*_: object) -> None:
    raise ValueError("it declares what its XML means")


def chunks(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, *, before: bytes = b"<"
) -> Iterator[bytes]:
    """A part as it is unpacked, cut where `before` stands. A size that the archive does not tell
    truly raises BadZipFile."""
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(before)
            if cut <= 0 and len(rest) > _UNCUT:
                cut = len(rest)
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _reach(parts: Iterator[bytes]) -> tuple[int, int]:
    """The places up to the last row and column of a sheet, and cells that hold a shared text."""
    rows = columns = shared = 0
    for chunk in parts:
        letters = set(_COLUMN.findall(chunk))
        columns = max(columns, *map(column_number, letters), 0)
        rows = max(rows, *map(int, set(_ROW.findall(chunk))), 0)
        shared += len(_SHARED.findall(chunk))
    return rows * columns, shared


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _longest_item(parts: Iterator[bytes]) -> int:
    longest, open_item = 0, 0
    for chunk in parts:
        first, *others = _ITEM.split(chunk)
        open_item += len(first)
        if others:
            longest = max(longest, open_item, *map(len, others))
            open_item = len(others[-1])
    return max(longest, open_item)


_TAG: Final = re.compile(
    rb"<(table:table-row|table:table-cell|table:covered-table-cell|table:table)(?![-\w])([^<>]*)>"
)
_TIMES: Final = re.compile(rb"number-(?:columns|rows)-repeated" + _ATTRIBUTE + rb"(\d{1,12})")


def repeated(attributes: bytes) -> int:
    """How often a row or cell with these attributes is there."""
    found = _TIMES.search(attributes)
    return int(found[1]) if found else 1


class _Repeated:
    """Places of all tables of a text document, with every cell and row that is repeated."""

    def __init__(self) -> None:
        self._total = 0
        self._width = self._height = 0  # of the table so far, up to what holds something
        self._rows = 0  # so far, with the empty ones
        self._times = 1  # of the row that is being read
        self._column = self._filled = 0

    def over(self, parts: Iterator[bytes]) -> int:
        for chunk in parts:
            for tag, attributes in _TAG.findall(chunk):
                times = repeated(attributes)
                if tag.endswith(b"cell"):
                    self._cell(times, attributes)
                elif tag.endswith(b"row"):
                    self._row(times)
                else:
                    self._table()
        self._table()
        return self._total

    def _cell(self, times: int, attributes: bytes) -> None:
        self._column += times
        if not attributes.rstrip().endswith(b"/") or b"value" in attributes:
            self._filled = self._column

    def _row(self, times: int) -> None:
        self._rows += self._times
        if self._filled:
            self._height, self._width = self._rows, max(self._width, self._filled)
        self._times, self._column, self._filled = times, 0, 0

    def _table(self) -> None:
        self._row(1)
        self._total += self._height * self._width
        self._width = self._height = self._rows = 0
        self._times = 0
