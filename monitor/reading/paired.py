"""Two tables read as one: rows that are the same bytes on both sides are never taken apart.

Most rows of two versions are equal. They are left out, and only counted, once it is certain that
nothing else depends on them: that every line is one row of the right width, in both files alike,
and that one column tells all rows apart. Where anything is not certain there is no pair, and the
files are read in the ordinary way, with the same result.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.record import Record
from monitor.reading.differing import differing
from monitor.reading.form import Form
from monitor.reading.raw_table import Given, NotPaired, RawTable, Row, certain, raw_table

_HEAD: Final = 64  # rows, more than anybody looks at who looks at the first ones
_CHUNK: Final = 1 << 22
_ENTRY: Final = "entr"  # what a list at the root is called: a number that names one of it
_SPACES: Final = (b" ", b"\t", b"\x0b", b"\x0c", b"\x1c", b"\x1d", b"\x1e", b"\x1f")
_FOUND_AGAIN: Final = 0.8  # of the rows: then no name of theirs is preferred to an id


class Wanted(Record):
    """What is to be known of two tables.

    `key` is the column that tells rows apart when a person named one. Else it is the first of
    `keys` or, without any, the first that `is_id` if it finds nearly all rows again. `sample`: so
    many rows say what all are called.
    """

    form: Form
    limits: Limits
    key: str | None
    keys: Sequence[str]
    is_id: Callable[[str], bool]
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
    before, after = (raw_table(each, wanted.form, wanted.limits) for each in (old, new))
    columns = before.layout.columns
    certain(columns == after.layout.columns and "" not in columns)
    certain(before.layout.separator == after.layout.separator)
    certain(bool(before.lines or after.lines))
    key, share = _key(columns, wanted)
    position = columns.index(key)
    _check_text(old.data)
    known = before.keys(position, before.lines)
    every = set(known)
    _check_keys(known)
    certain(len(every) == len(known) and b"" not in every)
    # What is the same as in the older file is as sound there.
    before.check_widths()
    left = differing(before.lines, after.lines)
    certain(len(before.lines) - len(left[0]) == len(after.lines) - len(left[1]))
    later = after.keys(position, after.at(left[1]))
    _check_keys(later)
    gone = {known[place] for place in left[0]}
    certain(b"" not in later and _is_once(later, every, gone))
    again = len(known) - len(gone) + len(gone.intersection(later))
    certain(again >= share * min(len(known), len(after.lines)))
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
    before: RawTable, after: RawTable, left: tuple[list[int], list[int]]
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
    before: RawTable, after: RawTable, left: tuple[list[int], list[int]]
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


def _is_once(later: Sequence[bytes], every: set[bytes], gone: set[bytes]) -> bool:
    """Whether the keys of the newer lines that are left stand nowhere else in their file."""
    there = every.intersection(later)
    return len(set(later)) == len(later) and there <= gone


def _key(columns: Sequence[str], wanted: Wanted) -> tuple[str, float]:
    """The column that the ordinary comparison takes as well, if it tells all rows apart and finds
    this share of them again."""
    if wanted.key is not None:
        certain(wanted.key in columns)
        return wanted.key, 0
    lower = {column.lower(): column for column in columns}
    certain(len(lower) == len(columns))
    exact = [name for name in wanted.keys if name in columns]
    found = exact or [lower[name] for name in wanted.keys if name in lower]
    if found:
        return found[0], 0
    ids = [column for column in columns if is_plain(column) and wanted.is_id(column)]
    certain(bool(ids))
    return ids[0], _FOUND_AGAIN


def _check_references(samples: tuple[list[Row], list[Row]], known: set[bytes], key: str) -> None:
    """That no column may hold the keys of other rows, of which names would be shown."""
    rows = [*samples[0], *samples[1]]
    for column in {name for row in rows for name in row if name != key}:
        values = [row[column] for row in rows if column in row]
        if _ENTRY not in column.lower():
            # Numbers mean many things.
            values = [value for value in values if not value.isdecimal()]
        hits = sum(value.encode() in known for value in values)
        certain(2 * hits < len(values) or not values)


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
    certain(text.isascii())
    if any(space in text for space in _SPACES):
        for key in keys:
            certain(" ".join(key.decode().split()) == key.decode())


def is_plain(column: str) -> bool:
    """Whether its name is a path of one step."""
    return column.replace("_", "a").isalnum()


def plain_key(keys: Mapping[str, str]) -> tuple[bool, str | None]:
    """Whether a pair can be read with these keys, and the column that they name."""
    if not keys:
        return True, None
    field = keys.get("")
    is_one = len(keys) == 1 and field is not None and is_plain(field)
    return is_one, field if is_one else None
