"""What a file is that is neither YAML nor JSON, told by its name and by its content.

Only to refuse with the right reason, or to say what is passed over: nothing here reads a format.
"""

from __future__ import annotations

import re
from typing import Final

import orjson

from monitor.errors import SnapshotRefused
from monitor.model.patterns import regex
from monitor.model.tuples import NamedTuple


class Format(NamedTuple):
    """`what` with its article, for one file; `why` it is no snapshot, for one file or several.

    `reads` is the format of `monitor.reading` that reads it as a source, if there is one.
    """

    what: str
    why: str
    reads: str | None = None


_TABLES: Final = "tables are followed with `monitor watch FILE`"
_LINES: Final = "JSON Lines are followed with `monitor watch FILE`"
_OTHER: Final = "neither YAML nor JSON"
_PACKED: Final = "compressed files are not read"
_EXPECTED: Final = "expected YAML or JSON, a document of keys or a list of rows"

_CSV: Final = Format("a table (CSV)", _TABLES, "csv")
_TSV: Final = Format("a table (TSV)", _TABLES, "tsv")
_XLSX: Final = Format("a workbook (XLSX)", _TABLES, "xlsx")
_XLS: Final = Format("a workbook or document of old Office (XLS)", "save it as XLSX")
_ODS: Final = Format("a spreadsheet (ODS)", _TABLES, "ods")
_PARQUET: Final = Format("a table (Parquet)", "save it as CSV")
_JSONL: Final = Format("JSON Lines, a document in each line", _LINES, "jsonl")
_XML: Final = Format("XML", _OTHER)
_HTML: Final = Format("a web page (HTML)", _OTHER)
_TOML: Final = Format("TOML or INI", _OTHER)
_ZIP: Final = Format("a ZIP archive", _PACKED)
_GZIP: Final = Format("compressed (gzip)", _PACKED)
_UTF16: Final = Format("text in UTF-16", "save it as UTF-8")
_UTF32: Final = Format("text in UTF-32", "save it as UTF-8")
_BINARY: Final = Format("binary data", _OTHER)

_ENDINGS: Final = {
    **dict.fromkeys((".csv",), _CSV),
    **dict.fromkeys((".tsv", ".tab"), _TSV),
    **dict.fromkeys((".xlsx", ".xlsm"), _XLSX),
    ".xls": _XLS,
    ".ods": _ODS,
    ".parquet": _PARQUET,
    **dict.fromkeys((".jsonl", ".ndjson"), _JSONL),
    ".xml": _XML,
    **dict.fromkeys((".html", ".htm", ".xhtml"), _HTML),
    **dict.fromkeys((".toml", ".ini"), _TOML),
}
"""What a file is by its name alone, whatever it holds."""

_BEGINNINGS: Final = (
    (b"\xff\xfe\0\0", _UTF32),
    (b"\0\0\xfe\xff", _UTF32),
    (b"\xff\xfe", _UTF16),
    (b"\xfe\xff", _UTF16),
    (b"\x1f\x8b", _GZIP),
    (b"BZh", Format("compressed (bzip2)", _PACKED)),
    (b"\xfd7zXZ\0", Format("compressed (xz)", _PACKED)),
    (b"\x28\xb5\x2f\xfd", Format("compressed (zstd)", _PACKED)),
    (b"7z\xbc\xaf\x27\x1c", Format("a 7z archive", _PACKED)),
    (b"Rar!\x1a\x07", Format("a RAR archive", _PACKED)),
    (b"%PDF-", Format("a PDF", _OTHER)),
    (b"{\\rtf", Format("a text with formatting (RTF)", _OTHER)),
    (b"\x89PNG\r\n", Format("a picture (PNG)", _OTHER)),
    (b"\xff\xd8\xff", Format("a picture (JPEG)", _OTHER)),
    (b"GIF8", Format("a picture (GIF)", _OTHER)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _XLS),
    (b"SQLite format 3\0", Format("a database (SQLite)", _OTHER)),
    (b"\x7fELF", Format("a program", _OTHER)),
    (b"PAR1", _PARQUET),
)
_ZIP_BEGINNINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MARKUP: Final = regex(rb"\s*(?:<\?xml\b|<!doctype\b|<!--|<[a-z][-:\w]*(?:\s[^<>]*)?/?>)", re.I)
_PAGE: Final = regex(rb"<!doctype\s+html|<html\b", re.I)
_CONTROL: Final = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])
_SHOWN: Final = 65_536  # bytes of a file that are looked at
_ROWS: Final = 20
_STRAY: Final = 3  # control characters in a text by mistake
_NO_HEADER: Final = regex(r"(?:[-{\[#%&*!|>?]|[^,;\t]*:(?:\s|$))")
_SECTION: Final = regex(r"\s*\[{1,2}[^\[\]]+\]{1,2}\s*(?:[#;].*)?")
_SETTING: Final = regex(r"\s*[\w.\"'-]+\s*=\s*\S.*")


def refusal_of_format(found: Format, name: str) -> SnapshotRefused:
    return SnapshotRefused(f"this is {found.what}: {found.why}; {_EXPECTED}", where=name)


def at_sight(data: bytes, name: str) -> Format | None:
    """What the name's ending or the first bytes say; None for what may be YAML or JSON."""
    if data[:1] not in _QUIET and (found := _by_beginning(data)):
        return found
    if (found := by_ending(name)) or name.lower().endswith((".json", ".yaml", ".yml")):
        return found
    return _page(data)


def by_bytes(data: bytes) -> Format | None:
    """What the first bytes say for certain; None for text that has to be read to be known."""
    return _by_beginning(data) or _page(data)


def is_utf16(found: Format | None) -> bool:
    return found is _UTF16


def by_ending(name: str) -> Format | None:
    dot = name.rfind(".")
    return _ENDINGS.get(name[dot:].lower()) if dot >= 0 else None


def in_text(data: bytes) -> Format | None:
    """What a text looks like that could not be read as YAML or JSON, or that is one scalar."""
    if found := _unprintable(data):
        return found
    if _MARKUP.match(data[:_SHOWN]):
        return _page(data) or _XML
    text = data[:_SHOWN].decode(errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if len(data) > _SHOWN:
        lines = lines[:-1]
    if _is_json_lines(lines):
        return _JSONL
    if _is_toml(text, lines):
        return _TOML
    return _table(lines)


def is_one_value(document: object) -> str | None:
    """In words what stands alone in a file; None for a document of keys or a list."""
    if isinstance(document, dict | list):
        return None
    if document is None:
        return "nothing"
    if isinstance(document, str):
        return "one text"
    return "one number" if not isinstance(document, bool) else f"one word, {document}".lower()


def _by_beginning(data: bytes) -> Format | None:
    if data.startswith(_ZIP_BEGINNINGS):
        return _zipped(data)
    return next((found for start, found in _BEGINNINGS if data.startswith(start)), None)


# Almost every document begins with one of these, and no format that `_by_beginning` knows does.
_QUIET: Final = frozenset(
    bytes([byte])
    for byte in range(128)
    if byte and not any(start[0] == byte for start, _ in _BEGINNINGS) and byte != ord("P")
)


def _zipped(data: bytes) -> Format:
    head, tail = data[:_SHOWN], data[-_SHOWN:]
    if b"opendocument.spreadsheet" in head:
        return _ODS
    if b"xl/" in head or b"xl/" in tail:
        return _XLSX
    if b"opendocument" in head or b"word/" in head or b"word/" in tail:
        return Format("a text of an office program", _OTHER)
    return _ZIP


def _page(data: bytes) -> Format | None:
    """A web page or XML that says so at its beginning."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] != b"<":
        return None
    if _PAGE.search(head):
        return _HTML
    return _XML if head.lower().startswith(b"<?xml") else None


def _unprintable(data: bytes) -> Format | None:
    """Bytes of which many say nothing in a text. A single stray one is told with its place."""
    head = data[:_SHOWN]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 4 > len(head) and min(odd, even) * 8 < len(head):
        return _UTF16
    control = len(head) - len(head.translate(None, delete=_CONTROL))
    return _BINARY if control > _STRAY and control * 20 > len(head) else None


def _is_json_lines(lines: list[str]) -> bool:
    if len(lines) < 2 or any(line.lstrip()[:1] not in ("{", "[") for line in lines[:2]):
        return False
    try:
        return all(isinstance(orjson.loads(line), dict | list) for line in lines[:_ROWS])
    except orjson.JSONDecodeError:
        return False


def _is_toml(text: str, lines: list[str]) -> bool:
    said = [line for line in lines if line.lstrip()[:1] not in ("#", ";")]
    settings = [line for line in said if _SETTING.fullmatch(line)]
    if not settings or not (said[0] in settings or _SECTION.fullmatch(said[0])):
        return False
    sections = [line for line in said if _SECTION.fullmatch(line)]
    if len(settings) + len(sections) == len(said):
        return True
    import tomllib

    try:
        return bool(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False


def _table(lines: list[str]) -> Format | None:
    """Rows of one width: a comma, semicolon, tab or bar in every line, quoted cells aside."""
    rows = lines[:_ROWS]
    if len(rows) < 2 or _NO_HEADER.match(rows[0].lstrip()):
        return None
    for mark, found in (("\t", _TSV), (",", _CSV), (";", _CSV), ("|", _CSV)):
        if all(mark in row for row in rows[:2]) and _is_even(rows, mark):
            return found
    return None


def _is_even(rows: list[str], mark: str) -> bool:
    import csv

    try:
        widths = [len(row) for row in csv.reader(rows, delimiter=mark)]
    except csv.Error:
        return False
    usual = widths[0]
    # The last one may have been cut off within a quoted cell.
    return usual > 1 and sum(width == usual for width in widths) * 10 >= len(widths) * 8
