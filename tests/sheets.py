"""Workbooks made for tests, as office programs write them: XLSX and ODS, of texts in XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
DAY, MOMENT, TIME, HOURS = 1, 2, 3, 4
"""Styles of a number that is a day, a day with its time, a time of day, a number of hours."""


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]] | str],
    *,
    merged: str = "",
    hidden: Sequence[str] = (),
    shared: Sequence[str] = (),
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A sheet is rows of values, or the XML of its rows; `("x", xml)` is a cell as XML."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"'
            + (' state="hidden"/>' if name in hidden else "/>")
            for n, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(
                    (f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml")
                    for n in range(1, len(sheets) + 1)
                ),
                ("rIdS", "styles", "styles.xml"),
                *([("rIdT", "sharedStrings", "sharedStrings.xml")] if shared else []),
            ]
        ),
        "xl/styles.xml": _STYLES,
    }
    for n, sheet in enumerate(sheets.values(), 1):
        rows = sheet if isinstance(sheet, str) else sheet_rows(sheet)
        merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
        )
    if shared:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{_MAIN}">{items}</sst>'
    return packed({**parts, **(extra or {})})


def sheet_rows(rows: Sequence[Sequence[object]], *, first: int = 1) -> str:
    text = ""
    for number, row in enumerate(rows, first):
        cells = "".join(_cell(value, f"{column(n)}{number}") for n, value in enumerate(row))
        text += f'<row r="{number}">{cells}</row>'
    return text


def column(number: int) -> str:
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(65 + letter) + text
    return text


def _cell(value: object, at: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, tuple):
        return str(value[1]).replace("@", at)
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    return (
        f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
    )


def _relations(each: Sequence[tuple[str, str, str]]) -> str:
    text = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{sort}" Target="{target}"/>'
        for name, sort, target in each
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{text}</Relationships>'


def ods(sheets: Mapping[str, Sequence[Sequence[object]] | str]) -> bytes:
    """A sheet is rows of values, or the XML of its rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        f"{sheet if isinstance(sheet, str) else ods_rows(sheet)}</table:table>"
        for name, sheet in sheets.items()
    )
    content = (
        f"{_HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'{_HEAD}<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )


def _ods_cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, tuple):
        return str(value[1])
    sort = f'"float" office:value="{value}"' if isinstance(value, int | float) else '"string"'
    return (
        f"<table:table-cell office:value-type={sort}><text:p>{escape(str(value))}</text:p>"
        "</table:table-cell>"
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            sort = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), part, sort)
    return written.getvalue()
