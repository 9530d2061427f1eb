"""Two tables read as one: rows that are the same bytes on both sides are never taken apart.

Most rows of two versions are equal. They are left out, and only counted, once it is certain that
nothing else depends on them: that every line is one row of the right width, in both files alike,
and that one column tells all rows apart. Where anything is not certain there is no pair, and the
files are read in the ordinary way, with the same result.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple
from monitor.reading.decoding import Decoded
from monitor.reading.delimited import SHOWN, Layout, layout_of
from monitor.reading.differing import differing
from monitor.reading.form import Form
from monitor.reading.read import format_of
from monitor.reading.table import counted, row_object

Row: TypeAlias = dict[str, str]

_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 64  # rows, more than anybody looks at who looks at the first ones
_HEAD_LINES: Final = 64  # more than are looked at to find the separator
_CHUNK: Final = 1 << 22
_LINE_END: Final = 10
_ENTRY: Final = "entr"  # what a list at the root is called: a number that names one of it
_SPACES: Final = b" \t\x0b\x0c\x1c\x1d\x1e\x1f"


class NotPaired(Exception):
    """Something is not certain; said to nobody."""


class Given(NamedTuple):
    data: bytes
    name: str


class Wanted(Record):
    """What is to be known of two tables: `key` is the column that tells rows apart when a person
    named one, else it is the first of `keys`. `sample`: so many rows say what all are called."""

    form: Form
    limits: Limits
    key: str | None
    keys: Sequence[str]
    sample: int


class Pair(Record):
    """The rows that differ, and the first ones of either side; `apart` others are equal.

    `samples` are every so many rows of each side.
    """

    rows: tuple[list[Row], list[Row]]
    apart: int
    samples: tuple[list[Row], list[Row]]
    found: tuple[str, str]
    columns: tuple[str, ...]
    key: str


def read_pair(old: Given, new: Given, wanted: Wanted) -> Pair | None:
    """None where the files have to be read in the ordinary way: no two tables of the same columns,
    not sound, or without a column that tells all rows apart."""
    try:
        return _paired(old, new, wanted)
    except (NotPaired, SnapshotRefused, UnicodeDecodeError, csv.Error):
        return None


def _paired(old: Given, new: Given, wanted: Wanted) -> Pair:
    before, after = (_file(each, wanted.form, wanted.limits) for each in (old, new))
    columns = before.layout.columns
    _certain(columns == after.layout.columns and "" not in columns)
    _certain(before.layout.separator == after.layout.separator)
    _certain(bool(before.lines or after.lines))
    key = _key(columns, wanted)
    position = columns.index(key)
    _check_text(old.data)
    known = before.keys(position, before.lines)
    every = set(known)
    _check_keys(known)
    _certain(len(every) == len(known) and b"" not in every)
    # What is the same as in the older file is as sound there.
    before.check_widths()
    left = differing(before.lines, after.lines)
    _certain(len(before.lines) - len(left[0]) == len(after.lines) - len(left[1]))
    later = after.keys(position, after.at(left[1]))
    _check_keys(later)
    _certain(b"" not in later and _is_once(later, every, [known[place] for place in left[0]]))
    samples = before.sample(wanted.sample), after.sample(wanted.sample)
    _check_references(samples, every, key)
    kept, lines = _reduced(before, after, _without_moved(before, after, left))
    return Pair(
        rows=(before.rows(lines[0]), after.rows(lines[1])),
        apart=kept,
        samples=samples,
        found=(before.found, after.found),
        columns=columns,
        key=key,
    )


def _reduced(
    before: _File, after: _File, left: tuple[list[int], list[int]]
) -> tuple[int, tuple[list[bytes], list[bytes]]]:
    """How many equal lines are left out, and all that are not: those at the beginning of either
    file in their order, for whoever looks at the first entries of a list, then the others."""
    heads = before.lines[:_HEAD], after.lines[:_HEAD]
    equal = [
        [line for at, line in enumerate(head) if at not in places]
        for head, places in zip(heads, map(set, left), strict=True)
    ]
    lines = [
        [*head, *file.at(place for place in places if place >= _HEAD)]
        for head, file, places in zip(heads, (before, after), left, strict=True)
    ]
    shared = dict.fromkeys([*equal[0], *equal[1]])
    for side, head in zip(lines, heads, strict=True):
        side += [line for line in shared if line not in head]
    return len(before.lines) - len(left[0]) - len(shared), (lines[0], lines[1])


def _without_moved(
    before: _File, after: _File, left: tuple[list[int], list[int]]
) -> tuple[list[int], list[int]]:
    """Without lines that stand on both sides, at other places; none stands twice on one."""
    both = {*before.at(left[0])}.intersection(after.at(left[1]))
    if not both:
        return left
    old, new = (
        [place for place in places if file.lines[place] not in both]
        for file, places in zip((before, after), left, strict=True)
    )
    return old, new


def _is_once(later: Sequence[bytes], every: set[bytes], gone: Sequence[bytes]) -> bool:
    """Whether the keys of the newer lines that are left stand nowhere else in their file."""
    there = every.intersection(later)
    return len(set(later)) == len(later) and there <= set(gone)


def _certain(holds: bool) -> None:
    if not holds:
        raise NotPaired


def _key(columns: Sequence[str], wanted: Wanted) -> str:
    """The column that the ordinary comparison takes as well, if it tells all rows apart."""
    if wanted.key is not None:
        _certain(wanted.key in columns)
        return wanted.key
    lower = {column.lower(): column for column in columns}
    _certain(len(lower) == len(columns))
    exact = [name for name in wanted.keys if name in columns]
    found = exact or [lower[name] for name in wanted.keys if name in lower]
    _certain(bool(found))
    return found[0]


def _check_references(samples: tuple[list[Row], list[Row]], known: set[bytes], key: str) -> None:
    """That no column may hold the keys of other rows, of which names would be shown."""
    rows = [*samples[0], *samples[1]]
    for column in {name for row in rows for name in row if name != key}:
        values = [row[column] for row in rows if column in row]
        if _ENTRY not in column.lower():
            # Numbers mean many things.
            values = [value for value in values if not value.isdecimal()]
        hits = sum(value.encode() in known for value in values)
        _certain(2 * hits < len(values) or not values)


class _File(NamedTuple):
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
            _certain(len(cells) == len(special))
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
            _certain(ends.endswith((mark * inside + b"\n") * len(self.lines)))
            return
        lines = (line for line in self.lines if b'"' not in line)
        _certain({line.count(mark) for line in lines} <= {inside})

    def rows(self, lines: Sequence[bytes]) -> list[Row]:
        rows = [row_object(self.layout.columns, row) for row in self._each_row(lines)]
        _certain(len(rows) == len(lines))
        return rows

    def sample(self, number: int) -> list[Row]:
        return self.rows(self.lines[:: max(1, len(self.lines) // number)])

    def _each_row(self, lines: Iterable[bytes]) -> Iterator[list[str]]:
        """Of lines taken apart, each of the right width."""
        width = len(self.layout.columns)
        texts = (line.decode() for line in lines)
        for row in csv.reader(texts, delimiter=self.layout.separator, strict=True):
            _certain(len(row) == width)
            yield row


def _file(given: Given, form: Form, limits: Limits) -> _File:
    """The lines of one file, as far as that is certain without taking them apart."""
    data = given.data
    _certain(len(data) <= limits.bytes and form.encoding in (None, "utf-8"))
    _certain(format_of(data, form, name=given.name) in ("csv", "tsv"))
    _certain(not data.startswith(_UTF16) and b"\0" not in data)
    if b"\r" in data:
        _certain(data.count(b"\r") == data.count(b"\r\n"))
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
    _certain(1 + len(lines) * (1 + 2 * len(layout.columns)) <= limits.nodes)
    return _File(layout, data, lines, b'"' in data, is_dense)


def _layout(data: bytes, form: Form, name: str) -> Layout:
    """Of the beginning, which is all that the ordinary way looks at too."""
    head = data[:SHOWN]
    if len(data) > SHOWN:
        head = head[: head.rfind(b"\n") + 1]
        _certain(head.count(b"\n") >= _HEAD_LINES)
    words = "UTF-8 with a byte order mark" if head.startswith(_BOM) else "UTF-8"
    layout = layout_of(Decoded(head.removeprefix(_BOM).decode(), words), form, name=name)
    _certain(layout.line > 0 and layout.separator.isascii() and len(layout.columns) > 1)
    return layout


def _check_header(line: bytes, layout: Layout) -> None:
    """That it ends where its line does."""
    text = line.removeprefix(_BOM).decode()
    rows = list(csv.reader([text], delimiter=layout.separator, strict=True))
    _certain(len(rows) == 1 and len(rows[0]) == len(layout.columns))


def _check_text(data: bytes) -> None:
    """That it is UTF-8, without making a text of it that may be four times as large."""
    if data.isascii():
        return
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _CHUNK)
        end = len(data) if end < 0 else end
        data[start:end].decode()
        start = end


def _check_keys(keys: Sequence[bytes]) -> None:
    """That each is matched as it is written."""
    text = b"\n".join(keys)
    _certain(text.isascii())
    if len(text.translate(None, delete=_SPACES)) != len(text):
        for key in keys:
            _certain(" ".join(key.decode().split()) == key.decode())


def plain_key(keys: Mapping[str, str]) -> tuple[bool, str | None]:
    """Whether a pair can be read with these keys, and the column that they name."""
    if not keys:
        return True, None
    field = keys.get("")
    is_plain = len(keys) == 1 and field is not None and field.replace("_", "a").isalnum()
    return is_plain, field if is_plain else None
