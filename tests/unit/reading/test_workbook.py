"""Sheets of workbooks: values as text, places as cells, nothing computed or run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from monitor.collect.refusal import refusal
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import Fault
from monitor.reading.form import Form, Reading
from monitor.reading.read import read_form
from tests.sheets import DAY, HOURS, MOMENT, TIME, ods, sheet_rows, xlsx


def read(data: bytes, name: str = "staff.xlsx", **declared: Any) -> Reading:
    return read_form(data, name=name, form=Form(**declared))


def refused(data: bytes, name: str = "staff.xlsx", **declared: Any) -> str:
    with pytest.raises(SnapshotRefused) as caught:
        read(data, name, **declared)
    assert "\n" not in str(caught.value)
    return str(caught.value)


ROWS: list[list[Any]] = [
    ["id", "name"],
    [1.0, "Ana"],
    [2.5, " Bo "],
    [None, None],
    ["007", None],
]
MEANT = [{"id": "1", "name": "Ana"}, {"id": "2.5", "name": " Bo "}, {"id": "007"}]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_sheet_is_a_table_of_texts(make: Callable[..., bytes]) -> None:
    name = f"staff.{make.__name__}"
    reading = read(make({"Staff": ROWS}), name)
    assert reading.document == MEANT
    assert reading.columns == ("id", "name")
    assert reading.found == f"{make.__name__.upper()}, sheet Staff, header in row 1, 3 rows"


@pytest.mark.parametrize("make", [xlsx, ods])
def test_what_stands_above_and_beside_the_table_is_passed_over(make: Callable[..., bytes]) -> None:
    pushed: list[list[Any]] = [["Our staff"], [], *[[None, *row] for row in ROWS]]
    reading = read(make({"Staff": pushed}), f"staff.{make.__name__}")
    assert reading.document == MEANT
    assert "header in row 3, above it 'Our staff', 3 rows" in reading.found
    assert reading.place("x", reading.locate((2, "id")) or (0, 0)) == "x: Staff!B7"


@pytest.mark.parametrize("name", ["-", "staff", "staff.XLSX", "staff.xlsm"])
def test_a_workbook_is_known_by_its_bytes_too_and_macros_are_only_bytes(name: str) -> None:
    data = xlsx({"Staff": ROWS}, extra={"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert read(data, name).document == MEANT


CELLS: list[tuple[Any, ...]] = [
    (3.0, "3"),
    (-0.0, "0"),
    (0.1, "0.1"),
    (1e-7, "0.0000001"),
    (1e20, "100000000000000000000"),
    (12345678901234567890, "12345678901234567000"),
    (True, "TRUE"),
    ("x", f'<c r="@" s="{DAY}"><v>45000</v></c>', "2023-03-15"),
    ("x", f'<c r="@" s="{MOMENT}"><v>45000.75</v></c>', "2023-03-15T18:00:00"),
    ("x", f'<c r="@" s="{TIME}"><v>0.75</v></c>', "18:00:00"),
    ("x", f'<c r="@" s="{HOURS}"><v>1.5</v></c>', "36:00:00"),
    ("x", '<c r="@" t="d"><v>2024-01-05T00:00:00</v></c>', "2024-01-05"),
    ("x", '<c r="@"><f>1+6</f><v>7</v></c>', "7"),
    ("x", '<c r="@" t="str"><f>"=1"</f><v>=1</v></c>', "=1"),
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_value_is_written_as_a_csv_file_of_the_sheet_would_have_it(
    cell: Sequence[object],
) -> None:
    *value, meant = cell
    made = tuple(value) if len(value) == 2 else value[0]
    rows: list[list[Any]] = [["id", "value"], ["a", made]]
    assert read(xlsx({"S": rows})).document == [{"id": "a", "value": meant}]


def test_times_of_ods_are_written_alike() -> None:
    cell = '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>'
    rows: list[list[Any]] = [["id", "t"], ["a", ("x", cell)]]
    assert read(ods({"S": rows}), "s.ods").document == [{"id": "a", "t": "36:00:00"}]


def test_a_formula_that_failed_is_told_with_its_cell_and_kept_as_text() -> None:
    error = ("x", '<c r="@" t="e"><f>A1+Old!B7</f><v>#REF!</v></c>')
    reading = read(xlsx({"S": [["id", "value"], ["a", error], ["b", 2]]}))
    assert reading.document == [{"id": "a", "value": "#REF!"}, {"id": "b", "value": "2"}]
    assert "1 formula that failed: #REF! in B2" in reading.found


def test_a_formula_that_failed_in_ods_is_told_too() -> None:
    error = (
        "x",
        '<table:table-cell table:formula="of:=A1" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
        "</table:table-cell>",
    )
    reading = read(ods({"S": [["id", "v"], ["a", error]]}), "s.ods")
    assert reading.document == [{"id": "a", "v": "#N/A"}]
    assert "1 formula that failed: #N/A in B2" in reading.found


def test_a_formula_without_a_result_is_told() -> None:
    new = ("x", '<c r="@"><f>A1+1</f><v></v></c>')
    reading = read(xlsx({"S": [["id", "value"], ["a", new], ["b", 3]]}))
    assert reading.document == [{"id": "a"}, {"id": "b", "value": "3"}]
    assert "1 formula without a result, left empty: B2" in reading.found


def test_merged_cells_and_two_rows_of_names_are_told() -> None:
    rows: list[list[Any]] = [
        ["Person", None, "Post", None],
        ["id", "name", "code", "title"],
        [1, "Ana", "x", "y"],
    ]
    reading = read(xlsx({"S": rows}, merged="A1:B1"))
    assert reading.document == [{"id": "1", "name": "Ana", "code": "x", "title": "y"}]
    assert "header in row 2, above it 'Person Post'" in reading.found
    assert "1 merged range (only the first cell of each has the value)" in reading.found


def test_two_sheets_are_refused_until_one_is_declared() -> None:
    data = xlsx({"Staff": ROWS, "Lists": [["x"], ["y"]], "Notes": []})
    told = refused(data)
    assert told == ("staff.xlsx: 2 sheets hold something (Staff, Lists, Notes); declare sheet")
    assert read(data, sheet="Staff").document == MEANT
    told = refused(data, sheet="staf")
    assert told == (
        "staff.xlsx: there is no sheet staf; did you mean Staff?; there are Staff, Lists, Notes"
    )


def test_hidden_and_empty_sheets_are_passed_over_and_told() -> None:
    data = xlsx({"Codes": [["x"]], "Staff": ROWS, "Empty": []}, hidden=["Codes"])
    reading = read(data)
    assert reading.document == MEANT
    assert "sheet Staff (beside 2 hidden or empty sheets)" in reading.found
    assert read(data, sheet="Codes", header=1).document == []


NAMES: list[tuple[list[list[Any]], str]] = [
    ([["id", "name", "name"], [1, "a", "b"]], "staff.xlsx: S!C1: the column name stands twice"),
    ([["id", None, "name"], [1, "x", "b"]], "staff.xlsx: S!B1: a column without a name"),
    ([["id", "name"], [1, "a", "b"]], "staff.xlsx: S!C1: a column without a name"),
    ([[1, "Ana"], [2, "Bo"]], "staff.xlsx: S!A1: 1 is no name of a column; declare header"),
]


@pytest.mark.parametrize(("rows", "told"), NAMES)
def test_a_header_that_is_none_is_refused_with_its_cell(rows: list[list[Any]], told: str) -> None:
    assert refused(xlsx({"S": rows})).startswith(told)


def test_a_declared_header_is_a_row_of_the_sheet() -> None:
    rows: list[list[Any]] = [["a", "b"], ["id", "name"], [1, "Ana"]]
    assert read(xlsx({"S": rows}), header=2).document == [{"id": "1", "name": "Ana"}]
    assert read(xlsx({"S": rows[2:]}), header=0).document == [{"column_1": "1", "column_2": "Ana"}]
    assert "there is no row 9 among 3" in refused(xlsx({"S": rows}), header=9)


def test_a_fault_of_a_kind_is_placed_in_its_cell() -> None:
    reading = read(xlsx({"S": ROWS}))
    error = refusal([Fault((1, "name"), "wrong")], reading, name="staff.xlsx", kind=None)
    assert str(error) == "staff.xlsx: S!B3: [1].name: wrong"


def test_what_is_no_workbook_is_refused_with_what_it_is() -> None:
    assert "this is text, and its name says xlsx" in refused(b"id,name\n")
    assert "this is a spreadsheet (ODS), and its name says xlsx" in refused(ods({"S": ROWS}))
    assert "the archive is damaged" in refused(xlsx({"S": ROWS})[:-30])
    assert "no sheet holds anything" in refused(xlsx({"S": []}))
    assert "this is a workbook or document of old Office (XLS)" in refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    )


def test_rows_given_as_xml_are_read_as_those_made_by_a_program() -> None:
    assert read(xlsx({"S": sheet_rows(ROWS, first=4)})).document == MEANT
