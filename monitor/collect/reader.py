"""Bytes to a document, read strictly: YAML 1.2 (core schema) or JSON, with a place for each fault.

What is refused, whatever the format: bytes that are not UTF-8, a byte order mark, line ends of two
sorts, a name that stands twice, numbers that JSON parsers disagree about, and anything over Limits;
also a file of another format, with what it is, and one that holds a single value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import orjson

from monitor.collect import formats, json_text, yaml_text
from monitor.collect.exact import Mark, Marks, place
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json
from monitor.model.patterns import regex
from monitor.model.record import Record

__all__ = ["ENDINGS", "Limits", "Locate", "Parsed", "read_document"]

Locate: TypeAlias = Callable[[Sequence[str | int]], Mark | None]
ENDINGS: Final = (".yaml", ".yml", ".json")
"""Of the files that are read, in small letters; capitals mean the same."""

_BOM: Final = b"\xef\xbb\xbf"
_LINE_END: Final = regex(rb"\r\n|\r|\n")


class Parsed(Record):
    """A document, and where its values stand in the file."""

    document: Json
    locate: Locate
    """Line and column of a JSON path, or of its nearest parent that is there; None without any.

    The first call reads the file a second time, slowly: meant for errors.
    """

    def place(self, name: str, mark: Mark) -> str:
        """A place that `locate` gave, in words: `name:line:column`."""
        return f"{name}:{mark[0]}:{mark[1]}"


def read_document(data: bytes, *, name: str, limits: Limits | None = None) -> Parsed:
    """Read JSON when `name` ends in .json or `data` is JSON, YAML otherwise.

    The document is an object or a list. Raises SnapshotRefused, whose place is `name:line:column`.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise SnapshotRefused(f"{len(data)} bytes; at most {limits.bytes} are read", where=name)
    if other := formats.at_sight(data, name):
        raise formats.refusal_of_format(other, name)
    try:
        parsed = _parse(data, name, limits)
    except SnapshotRefused as error:
        raise _explained(error, data, name, limits) from None
    if alone := formats.is_one_value(parsed.document):
        if other := formats.in_text(data):
            raise formats.refusal_of_format(other, name)
        text = f"{alone}; a document of keys or a list of rows is expected"
        raise SnapshotRefused(text, where=name)
    return parsed


def _parse(data: bytes, name: str, limits: Limits) -> Parsed:
    data = _unix_lines(data, name)
    if _is_json(data, name):
        document = json_text.read_json(_utf8_checked(data, name), name=name, limits=limits)
        return Parsed(
            document=document,
            locate=_Marks(lambda: json_text.read_exactly(data, name=name, limits=limits)[1]),
        )
    text = _utf8_checked(data, name).decode()
    document = yaml_text.read_yaml(text, name=name, limits=limits)
    return Parsed(
        document=document,
        locate=_Marks(lambda: yaml_text.read_exactly(text, name=name, limits=limits)[1]),
    )


def _explained(error: SnapshotRefused, data: bytes, name: str, limits: Limits) -> SnapshotRefused:
    """The same refusal, or a plainer one when the text is of another format altogether."""
    if not data.strip():
        return SnapshotRefused("there is nothing in it", where=f"{name}:1:1")
    if other := formats.in_text(data):
        return formats.refusal_of_format(other, name)
    if _ends_in_json(name) and _begins_as_yaml(data) and _is_yaml(data, limits):
        return SnapshotRefused("this is YAML, not JSON; name it .yaml", where=name)
    return error


class _Marks:
    """Finds places; parses a second time when first asked."""

    def __init__(self, parse: Callable[[], Marks]) -> None:
        self._parse = parse
        self._found: Marks | None = None

    def __call__(self, path: Sequence[str | int]) -> Mark | None:
        if self._found is None:
            self._found = self._parse()
        for length in range(len(path), -1, -1):
            mark = self._found.get(tuple(path[:length]))
            if mark is not None:
                return mark
        return None


def _is_json(data: bytes, name: str) -> bool:
    """By the name, or because it is JSON: what begins like it may be YAML in one line, too."""
    if _ends_in_json(name):
        return True
    if data.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        # From standard input there is no name to judge by, and JSON is what begins so.
        return name == "-"
    return True


def _ends_in_json(name: str) -> bool:
    return name.lower().endswith(".json")


def _begins_as_yaml(data: bytes) -> bool:
    return data.lstrip()[:1] not in (b"{", b"[", b'"')


def _is_yaml(data: bytes, limits: Limits) -> bool:
    try:
        document = yaml_text.read_yaml(data.decode(), name="", limits=limits)
    except (SnapshotRefused, UnicodeDecodeError):
        return False
    return isinstance(document, dict | list)


def _unix_lines(data: bytes, name: str) -> bytes:
    """CRLF as LF when every line ends so; a lone CR, or both sorts in one file, is refused."""
    if b"\r" not in data:
        return data
    pairs = data.count(b"\r\n")
    if pairs == data.count(b"\r") == data.count(b"\n"):
        return data.replace(b"\r\n", b"\n")
    ends = list(_LINE_END.finditer(data))
    other = next(
        number for number, end in enumerate(ends, 1) if end[0] in (b"\r", _other(ends[0][0]))
    )
    text = "a line end of another sort than before; save the file with one sort"
    raise SnapshotRefused(text, where=f"{name}:{other}")


def _other(end: bytes) -> bytes:
    return b"\n" if end == b"\r\n" else b"\r\n"


def _utf8_checked(data: bytes, name: str) -> bytes:
    if data.startswith(_BOM):
        raise SnapshotRefused("a byte order mark; save the file without it", where=f"{name}:1:1")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        line, column = place(before, len(before))
        text = f"not UTF-8: the byte 0x{data[error.start]:02X}"
        raise SnapshotRefused(text, where=f"{name}:{line}:{column}") from None
    return data
