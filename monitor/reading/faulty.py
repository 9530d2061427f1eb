"""Cells of which only the text of a sheet says what they are: failed formulas and, in XLSX, such as
no program has computed yet. The library that reads the rest takes both for empty."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import Final

from monitor.model.tuples import NamedTuple
from monitor.reading.archive import chunks, column_number, repeated

_START: Final = rb"""<(?:\w+:)?c\b%s[^<>]*?\br\s*=\s*["']([A-Z]{1,4})(\d{1,9})["'][^<>/]*>\s*"""
_FORMULA: Final = rb"""<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"""
_ERROR: Final = re.compile(
    _START % rb"""(?=[^<>]*\bt\s*=\s*["']e["'])"""
    + rb"(?:%s)?" % _FORMULA
    + rb"<(?:\w+:)?v>([^<]*)<"
)
_UNCOMPUTED: Final = re.compile(
    _START % b"" + _FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ODS_TAG: Final = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell|table)(?![-\w])([^<>]*)>"
    rb"\s*(?:<text:p[^<>]*>([^<]*)<)?"
)
_ODS_ERROR: Final = re.compile(rb"""value-type\s*=\s*["']error["']""")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")


class Faulty(NamedTuple):
    """By row and column, both from 0."""

    errors: dict[tuple[int, int], str]
    uncomputed: tuple[tuple[int, int], ...]


def faulty_cells(data: bytes, sheet: str) -> Faulty:
    """Of one sheet, by its name; nothing where its part of the archive is not found."""
    errors: dict[tuple[int, int], str] = {}
    uncomputed: list[tuple[int, int]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            return Faulty(_ods_errors(archive, sheet), ())
        part = _part(archive, sheet)
        for text in chunks(archive, part, before=b"<row") if part else ():
            if b't="e"' in text or b"t='e'" in text:
                for letters, row, value in _ERROR.findall(text):
                    shown = html.unescape(value[:40].decode(errors="replace"))
                    errors[int(row) - 1, column_number(letters) - 1] = shown
            if b"<f" in text or b":f" in text:
                found = _UNCOMPUTED.findall(text)
                uncomputed += [(int(row) - 1, column_number(at) - 1) for at, row in found]
    return Faulty(errors, tuple(uncomputed))


def _ods_errors(archive: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], str]:
    """Of the table with this name; a row or cell that is repeated is counted as often."""
    errors: dict[tuple[int, int], str] = {}
    inside = False
    row = column = 0
    times = 1
    for text in chunks(archive, "content.xml", before=b"<table:"):
        for tag, attributes, shown in _ODS_TAG.findall(text):
            if tag == b"table":
                inside = html.unescape(_attribute(attributes, "table:name")) == sheet
                row, times = 0, 0
            elif tag == b"table-row":
                row, column, times = row + times, 0, repeated(attributes)
            elif inside:
                if _ODS_ERROR.search(attributes):
                    errors[row, column] = html.unescape(shown[:40].decode(errors="replace"))
                column += repeated(attributes)
    return errors


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    for found in _SHEET.findall(archive.read("xl/workbook.xml")):
        if html.unescape(_attribute(found, "name")) == sheet:
            wanted = _attribute(found, r"[\w]+:id")
            for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
                if _attribute(relation, "Id") == wanted:
                    target = _attribute(relation, "Target")
                    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                    return path if path in names else None
    return None


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf"""(?<![\w:]){name}\s*=\s*["']([^"']*)["']""", tag.decode(errors="replace"))
    return found[1] if found else ""
