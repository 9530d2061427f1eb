"""A sheet of a workbook (XLSX, ODS) as a table. Values only: no formula is computed, no macro run,
nothing that the workbook refers to is opened."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from monitor.collect.exact import Mark
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.kinds.faults import one_line
from monitor.model.nearest import suggestion
from monitor.model.tuples import NamedTuple
from monitor.reading import headers
from monitor.reading.archive import check_archive
from monitor.reading.cells import FAULTS, cell_text
from monitor.reading.faulty import faulty_cells
from monitor.reading.form import Form, Reading
from monitor.reading.table import check_size, counted, row_object

_SHOWN: Final = 8


class SheetReading(Reading):
    """Its places are cells."""

    sheet: str = ""

    def place(self, name: str, mark: Mark) -> str:
        return f"{name}: {self.sheet}!{_letters(mark[1] - 1)}{mark[0]}"


def read_workbook(data: bytes, *, name: str, form: Form, limits: Limits) -> Reading:
    """Raises SnapshotRefused with sheet and cell, or with the sheets that there are."""
    check_archive(data, limits, name=name)
    try:
        return _read(data, name, form, limits)
    except (CalamineError, OSError, ValueError) as error:
        raise SnapshotRefused(_damaged(error), where=name) from None
    except BaseException as error:
        # The library is of another language, in which an unforeseen fault is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SnapshotRefused(_damaged(error), where=name) from None


def _damaged(error: BaseException) -> str:
    return one_line(f"the workbook is damaged: {error}")


class _Sheet(NamedTuple):
    """Its rows from the first on, its cells from column `left` on."""

    name: str
    told: str
    left: int
    rows: list[list[str]]
    merged: int
    uncomputed: Sequence[tuple[int, int]]

    def cell(self, row: int, column: int) -> str:
        return f"{_letters(column + self.left)}{row + 1}"


def _read(data: bytes, name: str, form: Form, limits: Limits) -> Reading:
    sheet = _opened(data, name, form)
    header = _header(sheet, form, name)
    first = header.row + 1
    table = [row_object(header.columns, row) for row in sheet.rows[first:]]
    kept = [number for number, row in enumerate(table) if row]
    document = [table[number] for number in kept]
    check_size(document, limits, name=name)
    _refuse_nameless(sheet, header, name)
    words = [
        f"{'ODS' if _is_ods(data) else 'XLSX'}, {sheet.told}",
        f"header in row {first}" if first else "no header",
        *filter(None, [header.told]),
        counted(len(document), "row"),
        *_oddities(sheet, header),
    ]
    return SheetReading(
        document=document,
        locate=_places(header.columns, sheet.left, [first + number for number in kept]),
        found=", ".join(words),
        columns=header.names,
        sheet=sheet.name,
    )


def _opened(data: bytes, name: str, form: Form) -> _Sheet:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        sheet, told = _chosen(workbook, form, name)
        rows = [[cell_text(cell) for cell in row] for row in sheet.iter_rows()]
        merged = len(sheet.merged_cell_ranges or ())
        left = sheet.start[1] if sheet.start else 0
    faulty = faulty_cells(data, sheet.name)
    for (row, column), value in faulty.errors.items():
        if row < len(rows) and 0 <= column - left < len(rows[row]):
            rows[row][column - left] = value
    return _Sheet(sheet.name, told, left, rows, merged, faulty.uncomputed)


def _is_ods(data: bytes) -> bool:
    return b"opendocument" in data[:200]


def _chosen(workbook: CalamineWorkbook, form: Form, name: str) -> tuple[CalamineSheet, str]:
    """The declared sheet, else the only one that can be seen and holds something."""
    names = workbook.sheet_names
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    if form.sheet is not None:
        if form.sheet not in names:
            text = (
                f"there is no sheet {form.sheet}{suggestion(form.sheet, names)}; there are {shown}"
            )
            raise SnapshotRefused(one_line(text), where=name)
        return workbook.get_sheet_by_name(form.sheet), f"sheet {form.sheet}"
    seen = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    sheets = [workbook.get_sheet_by_name(each) for each in seen]
    filled = [sheet for sheet in sheets if sheet.height]
    if len(filled) != 1:
        held = f"{len(filled)} sheets hold something ({shown}); declare sheet"
        text = held if filled else "no sheet holds anything"
        raise SnapshotRefused(one_line(text), where=name)
    others = len(names) - 1
    beside = f" (beside {counted(others, 'hidden or empty sheet')})" if others else ""
    return filled[0], f"sheet {filled[0].name}{beside}"


def _header(sheet: _Sheet, form: Form, name: str) -> headers.Header:
    rows = sheet.rows

    def place(row: int, column: int) -> str:
        return f"{name}: {sheet.name}!{sheet.cell(row, column)}"

    width = max(map(len, rows), default=0)
    if form.header == 0:
        return headers.Header(-1, headers.unnamed(width))
    shown = rows[: headers.LOOKED_AT]
    if form.header is None:
        return headers.find_header(shown, place, width=width)
    row = form.header - 1
    if not 0 <= row < len(rows):
        text = f"header: there is no row {form.header} among {len(rows):,}"
        raise SnapshotRefused(text, where=f"{name}: {sheet.name}")
    return headers.header_at(rows, row, place, width=width)


def _refuse_nameless(sheet: _Sheet, header: headers.Header, name: str) -> None:
    """Raise SnapshotRefused for a value in a column that has no name."""
    width = max(map(len, sheet.rows), default=0)
    nameless = [n for n in range(width) if not "".join(header.columns[n : n + 1])]
    for number, row in enumerate(sheet.rows[header.row + 1 :] if nameless else (), header.row + 1):
        column = next((n for n in nameless if any(row[n : n + 1])), None)
        if column is not None:
            text = "a value in a column that has no name"
            where = f"{name}: {sheet.name}!{sheet.cell(number, column)}"
            raise SnapshotRefused(text, where=where)


def _oddities(sheet: _Sheet, header: headers.Header) -> list[str]:
    told = []
    if sheet.merged:
        where = "only the first cell of each has the value"
        told.append(f"{counted(sheet.merged, 'merged range')} ({where})")
    failed = [
        f"{cell} in {sheet.cell(number, column)}"
        for number, row in enumerate(sheet.rows[header.row + 1 :], header.row + 1)
        if not FAULTS.isdisjoint(row)
        for column, cell in enumerate(row)
        if cell in FAULTS
    ]
    if failed:
        told.append(f"{counted(len(failed), 'formula')} that failed: {_few(failed)}")
    if sheet.uncomputed:
        cells = [f"{_letters(column)}{row + 1}" for row, column in sheet.uncomputed]
        told.append(f"{counted(len(cells), 'formula')} without a result, left empty: {_few(cells)}")
    return told


def _few(places: Sequence[str]) -> str:
    more = f" and {len(places) - 3:,} more" if len(places) > 3 else ""
    return ", ".join(places[:3]) + more


def _places(
    columns: Sequence[str], left: int, numbers: Sequence[int]
) -> Callable[[Sequence[str | int]], Mark | None]:
    """Row and column of a value; of a whole row its first cell."""
    known = {column: n for n, column in enumerate(columns, left + 1)}

    def locate(path: Sequence[Any]) -> Mark | None:
        if not path or not isinstance(path[0], int) or path[0] >= len(numbers):
            return (1, 1)
        return numbers[path[0]] + 1, known.get(path[1], 1) if len(path) > 1 else left + 1

    return locate


def _letters(column: int) -> str:
    """A, B … Z, AA, from 0."""
    text = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        text = chr(65 + letter) + text
    return text
