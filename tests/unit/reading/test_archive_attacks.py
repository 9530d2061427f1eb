"""Workbooks that ask for more than they look like are refused before they are opened."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from monitor.errors import SnapshotRefused
from monitor.reading.read import read_form
from tests.sheets import ods, ods_rows, packed, sheet_rows, xlsx

FEW: list[list[object]] = [["id", "name"], [1, "Ana"]]


def refused(data: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(SnapshotRefused) as caught:
        read_form(data, name=name)
    return str(caught.value)


def test_zeros_packed_to_nothing_are_refused_by_their_ratio() -> None:
    bomb = xlsx({"S": FEW}, extra={"xl/media/a.bin": bytes(8 << 20)})
    assert "'xl/media/a.bin' is packed more than 200 to 1" in refused(bomb)


def test_many_parts_that_are_large_together_are_refused() -> None:
    noise = bytes(range(256)) * 64 + bytes(300_000)
    parts = {f"xl/media/{n}.bin": noise for n in range(300)}
    assert "bytes when unpacked; at most 67,108,864 are read" in refused(
        xlsx({"S": FEW}, extra=parts)
    )
    assert "2,0" in refused(xlsx({"S": FEW}, extra={f"{n}": b"" for n in range(2000)}))


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(
        xlsx({"S": sheet_rows([["id", "name"], *([n, "x" * 40] for n in range(900))])})
    )
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "the archive is damaged" in refused(bytes(data))


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c r = "XFD1048576" ><v>1</v></c></row>',
    ],
)
def test_one_cell_at_the_end_of_a_sheet_is_refused(cell: str) -> None:
    told = refused(xlsx({"S": sheet_rows(FEW) + cell}))
    assert "its cells reach over 17,179,869,184 places; at most 1,000,000 are read" in told


def test_a_long_text_that_all_cells_share_is_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9000))
    noise = "".join(chr(48 + n * 7919 % 75) for n in range(30_000)).replace("<", "a")
    told = refused(xlsx({"S": cells}, shared=["id", noise]))
    assert "its cells share texts of" in told


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>",
        '<table:table-row table:number-rows-repeated="9000000"/><table:table-row><table:table-cell '
        'table:number-columns-repeated="9000"/><table:table-cell office:value-type="float" '
        'office:value="1"/></table:table-row>',
    ],
)
def test_a_cell_or_row_that_is_repeated_without_end_is_refused(rows: str) -> None:
    assert "places; at most 1,000,000 are read" in refused(
        ods({"S": ods_rows(FEW) + rows}), "x.ods"
    )


def test_empty_cells_to_the_edge_as_office_programs_write_them_are_no_bomb() -> None:
    edge = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="7">'
        "<text:p>7</text:p></table:table-cell><table:table-cell "
        'table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    reading = read_form(ods({"S": ods_rows(FEW) + edge}), name="x.ods")
    assert reading.document == [{"id": "1", "name": "Ana"}, {"id": "7"}]


def test_a_workbook_behind_a_password_or_with_damaged_parts_is_refused() -> None:
    locked = bytearray(xlsx({"S": FEW}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = locked.index(mark)
        locked[place + at] |= 1
    assert "it is protected by a password" in refused(bytes(locked))
    assert "the archive is damaged or of a sort that is not read" in refused(
        packed({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<workbook><sheets><sheet"})
    )
    assert "the workbook is damaged" in refused(
        packed({"[Content_Types].xml": "<a/>", "xl/x": "y"})
    )
    broken = bytearray(xlsx({"S": FEW}))
    place = broken.index(b"xl/worksheets/sheet1.xml") + 30
    broken[place] ^= 0xFF
    assert "damaged" in refused(bytes(broken))


def test_entities_and_references_outside_are_never_followed() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&boom;</t></is></c></row>'
    )
    data = xlsx({"S": sheet})
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                declared = b'<!DOCTYPE x [<!ENTITY boom SYSTEM "file:///etc/passwd">]>'
                text = text.replace(b"?>", b"?>" + declared, 1)
            new.writestr(name, text)
    assert "it declares what its XML means" in refused(written.getvalue())


@pytest.mark.parametrize("cut", ["</table:table>", "</table:table-row>", "</office:spreadsheet>"])
def test_a_sheet_that_is_cut_short_is_refused_and_not_read_without_end(cut: str) -> None:
    whole = ods({"S": FEW})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["content.xml"].decode()
    for broken in (text.partition(cut)[0], text.replace(cut, "")):
        told = refused(packed({**parts, "content.xml": broken}), "x.ods")
        assert "the archive is damaged or of a sort that is not read: content.xml" in told


def test_a_stream_that_never_ends_is_cut_by_its_size() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(bytes(200 << 20)) + packer.flush()
    with pytest.raises(SnapshotRefused):
        read_form(xlsx({"S": FEW}, extra={"x.bin": body}) + body, name="x.xlsx")
