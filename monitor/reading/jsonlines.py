"""JSON Lines: a document of JSON in each line, together a list."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.collect import json_text
from monitor.collect.exact import Mark
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json
from monitor.reading.form import Reading
from monitor.reading.table import counted

_BOM = b"\xef\xbb\xbf"


def read_lines(data: bytes, *, name: str, limits: Limits) -> Reading:
    """Raises SnapshotRefused with the line that is no JSON, or that is one value alone."""
    lines = _lines(data)
    if not lines:
        raise SnapshotRefused("there is nothing in it", where=f"{name}:1")
    _check_nodes(data, len(lines), limits, name)
    entries = [_entry(line, number, name, limits) for number, line in lines]
    places = _Places(lines, limits)
    found = f"JSON Lines, UTF-8, {counted(len(entries), 'line')}"
    return Reading(document=entries, locate=places, found=found)


def _lines(data: bytes) -> list[tuple[int, bytes]]:
    """Those that hold something, with their numbers."""
    split = data.removeprefix(_BOM).replace(b"\r\n", b"\n").split(b"\n")
    return [(number, line) for number, line in enumerate(split, 1) if line.strip()]


def _check_nodes(data: bytes, lines: int, limits: Limits, name: str) -> None:
    """All lines together may hold what one document may; marks inside of texts count too."""
    if 1 + 2 * lines + data.count(b",") + data.count(b":") > 2 * limits.nodes:
        text = f"{lines:,} lines; at most {limits.nodes:,} values and names are read"
        raise SnapshotRefused(text, where=name)


def _entry(line: bytes, number: int, name: str, limits: Limits) -> Json:
    try:
        line.decode()
    except UnicodeDecodeError as error:
        text = f"not UTF-8: the byte 0x{line[error.start]:02X}"
        raise SnapshotRefused(text, where=f"{name}:{number}:{error.start + 1}") from None
    try:
        entry = json_text.read_json(line, name="", limits=limits)
    except SnapshotRefused as error:
        column = (error.where or "").rpartition(":")[2] or "1"
        text = f"{error.message}; each line has to be a whole document"
        raise SnapshotRefused(text, where=f"{name}:{number}:{column}") from None
    if not isinstance(entry, dict | list):
        text = "a value alone in its line; an object is expected"
        raise SnapshotRefused(text, where=f"{name}:{number}")
    return entry


class _Places:
    def __init__(self, lines: Sequence[tuple[int, bytes]], limits: Limits) -> None:
        self._lines = lines
        self._limits = limits

    def __call__(self, path: Sequence[str | int]) -> Mark | None:
        if not path or not isinstance(path[0], int) or path[0] >= len(self._lines):
            return (1, 1)
        number, line = self._lines[path[0]]
        marks = json_text.read_exactly(line, name="", limits=self._limits)[1]
        for length in range(len(path), 0, -1):
            mark = marks.get(tuple(path[1:length]))
            if mark is not None:
                return number, mark[1]
        return number, 1
