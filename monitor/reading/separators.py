"""What stands between the cells of a table: declared, or the only thing that it can be."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from typing import Final

from monitor.errors import SnapshotRefused

SEPARATORS: Final = (",", ";", "\t", "|")
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT: Final = 60
_EXCEL: Final = "sep="


def called(separator: str) -> str:
    """`tab`, or the character itself."""
    return "tab" if separator == "\t" else separator


def checked(declared: str, *, name: str) -> str:
    """A declared separator: one character, or `tab`. Raises SnapshotRefused."""
    separator = {"tab": "\t", "\\t": "\t"}.get(declared.lower(), declared)
    if len(separator) != 1 or separator in '"\r\n\0' or separator.isalnum():
        text = f"separator {declared!r}: expected one character, such as ; or , or tab"
        raise SnapshotRefused(text, where=name)
    return separator


def said_by_excel(text: str) -> str | None:
    """The separator of a first line `sep=;`, which Excel writes and reads."""
    line = text[: text.find("\n")] if "\n" in text else text
    return line[4:] if line[:4].lower() == _EXCEL and len(line) == 5 else None


def found(lines: list[str], *, name: str) -> str | None:
    """The one separator that parts these lines into rows of one width; None where each is one cell.

    Raises SnapshotRefused where two would.
    """
    widths = {mark: _widths(lines, mark) for mark in SEPARATORS}
    usual = {mark: _usual(each) for mark, each in widths.items()}
    even = [m for m in SEPARATORS if usual[m] > 1 and _share(widths[m], usual[m]) == 1]
    if not even:
        even = [m for m in SEPARATORS if usual[m] > 1 and _share(widths[m], usual[m]) >= 0.5]
    if len(even) > 1:
        each = " or ".join(f"{_NAMES[mark]} ({usual[mark]} columns)" for mark in even)
        text = f"its cells may be separated by {each}; declare separator"
        raise SnapshotRefused(text, where=f"{name}:1")
    return even[0] if even else None


def _widths(lines: list[str], mark: str) -> list[int]:
    """Cells of each row; of a text that is no table by this mark, as many as could be read."""
    return list(itertools.islice(_each_width(lines, mark), _LOOKED_AT))


def _each_width(lines: list[str], mark: str) -> Iterator[int]:
    rows = csv.reader(lines, delimiter=mark)
    try:
        for row in rows:
            if row:
                yield len(row)
    except csv.Error:
        return


def _usual(widths: list[int]) -> int:
    """The width of most rows, the larger of two that are as frequent."""
    return max(set(widths), key=lambda width: (widths.count(width), width), default=1)


def _share(widths: list[int], usual: int) -> float:
    return widths.count(usual) / len(widths)
