"""CSV, TSV and their kin: what is found is shown, and what is not certain is refused."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.reading.form import Form, Reading
from monitor.reading.read import read_form


def read(data: bytes | str, name: str = "rivers.csv", **declared: Any) -> Reading:
    raw = data.encode() if isinstance(data, str) else data
    return read_form(raw, name=name, form=Form(**declared))


def refused(data: bytes | str, name: str = "rivers.csv", **declared: Any) -> str:
    with pytest.raises(SnapshotRefused) as caught:
        read(data, name, **declared)
    assert "\n" not in str(caught.value)
    return str(caught.value)


ARVE = [{"code": "1", "river": "Arve", "km": "107"}, {"code": "2", "river": "Inn", "km": "517"}]
PLAIN = "code,river,km\n1,Arve,107\n2,Inn,517\n"

READ = [
    ("rivers.csv", PLAIN, "CSV, UTF-8, separator ,, header in line 1, 2 rows"),
    ("rivers.CSV", PLAIN.replace(",", ";"), "CSV, UTF-8, separator ;, header in line 1, 2 rows"),
    ("rivers.tsv", PLAIN.replace(",", "\t"), "TSV, UTF-8, separator tab, header in line 1, 2 rows"),
    ("rivers.csv", PLAIN.replace(",", "\t"), "TSV, UTF-8, separator tab, header in line 1, 2 rows"),
    ("rivers.csv", PLAIN.replace(",", "|"), "CSV, UTF-8, separator |, header in line 1, 2 rows"),
    ("rivers", PLAIN, "CSV, UTF-8, separator ,, header in line 1, 2 rows"),
    (
        "rivers.txt",
        PLAIN.replace("\n", "\r\n"),
        "CSV, UTF-8, separator ,, header in line 1, 2 rows",
    ),
    ("rivers.csv", PLAIN.replace("\n", "\r"), "CSV, UTF-8, separator ,, header in line 1, 2 rows"),
    ("-", "\n\n" + PLAIN + "\n\n", "CSV, UTF-8, separator ,, header in line 3, 2 rows"),
    (
        "rivers.csv",
        "\ufeff" + PLAIN,
        "CSV, UTF-8 with a byte order mark, separator ,, header in line 1",
    ),
    ("rivers.csv", PLAIN.encode("utf-16"), "CSV, UTF-16, separator ,, header in line 1, 2 rows"),
    ("rivers.csv", "sep=;\r\n" + PLAIN.replace(",", ";"), "separator ;, header in line 2"),
    ("rivers.csv", "All rivers\n\n" + PLAIN, "header in line 3, above it 'All rivers', 2 rows"),
    ("rivers.csv", "All rivers,,\n" + PLAIN, "header in line 2, above it 'All rivers', 2 rows"),
    ("rivers.csv", "Which,,Size\n" + PLAIN, "header in line 2, above it 'Which Size', 2 rows"),
    ("rivers.csv", "code,river,km,\n1,Arve,107,\n2,Inn,517,\n", "header in line 1, 2 rows"),
    ("rivers.csv", "code,,river,km\n1,,Arve,107\n2,,Inn,517\n", "header in line 1, 2 rows"),
    ("rivers.csv", '"code","river","km"\n"1","Arve","107"\n"2","Inn","517"\n', "header in line 1"),
    ("rivers.csv", " code , river,km\n1,Arve,107\n2,Inn,517\n", "header in line 1, 2 rows"),
]


@pytest.mark.parametrize(("name", "data", "found"), READ)
def test_a_table_is_read_and_what_was_found_is_said(
    name: str, data: bytes | str, found: str
) -> None:
    reading = read(data, name)
    assert reading.document == ARVE
    assert reading.columns == ("code", "river", "km")
    assert found in reading.found


def test_every_cell_is_text_and_an_empty_one_is_not_there() -> None:
    table = "id,a,b,c,d\n007,1.50,TRUE,2024-02-05,\n1e5,=1+1,-,null,@x\n"
    assert read(table).document == [
        {"id": "007", "a": "1.50", "b": "TRUE", "c": "2024-02-05"},
        {"id": "1e5", "a": "=1+1", "b": "-", "c": "null", "d": "@x"},
    ]


def test_a_quoted_cell_holds_separators_quotes_and_lines() -> None:
    table = 'id,note\r\n1,"a, ""b""\r\nc"\r\n2,"=cmd|\' /C calc\'!A0"\r\n'
    assert read(table).document == [
        {"id": "1", "note": 'a, "b"\nc'},
        {"id": "2", "note": "=cmd|' /C calc'!A0"},
    ]


def test_a_table_of_one_column_or_without_rows_is_a_table() -> None:
    assert read("name\nArve\nInn\n").document == [{"name": "Arve"}, {"name": "Inn"}]
    empty = read("id,name\n")
    assert (empty.document, empty.columns) == ([], ("id", "name"))
    assert empty.found.endswith("0 rows")


DECLARED: list[tuple[str, dict[str, Any]]] = [
    ("1,Arve,107\n2,Inn,517\n", {"header": 0}),
    ("a note, with a comma\ncode,river,km\n1,Arve,107\n", {"header": 2}),
    ("2,3,4\n1,Arve,107\n", {"header": 1}),
    ("code~river~km\n1~Arve~107\n", {"separator": "~"}),
    ("code\triver\tkm\n1\tArve\t107\n", {"separator": "tab"}),
    ("code:river:km\n1:Arve:107\n", {"separator": ":"}),
]


@pytest.mark.parametrize(("data", "declared"), DECLARED)
def test_what_is_declared_is_not_looked_for(data: str, declared: dict[str, Any]) -> None:
    reading = read(data, **declared)
    assert isinstance(reading.document, list)
    assert list(reading.document[0].values()) == ["1", "Arve", "107"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("windows-1251", "Дніпро"), ("windows-1252", "Saône"), ("koi8-u", "Ріка"), ("UTF-8", "Öre")],
)
def test_an_encoding_that_is_declared_is_used(encoding: str, text: str) -> None:
    data = f"id,name\n1,{text}\n".encode(encoding)
    assert read(data, encoding=encoding).document == [{"id": "1", "name": text}]


REFUSED: list[tuple[bytes | str, str]] = [
    ("", "rivers.csv:1: there is nothing in it"),
    ("\ufeff\n", "there is nothing in it"),
    (
        "id,name\n1,Дніпро\n".encode("windows-1251"),
        "rivers.csv:2: not UTF-8: the byte 0xC4; it looks",
    ),
    ("id,name\n1,Дніпро\n".encode("windows-1251"), "windows-1251 (Дніпро): declare encoding"),
    ("id,name\n1,Saône\n".encode("windows-1252"), "windows-1252 (Saône): declare encoding"),
    ("id,name\n1,Saône".encode()[:-2] + b"\xc3", "it ends within a character of UTF-8"),
    ("id,name\n1,a\0b\n", "rivers.csv:2: the character U+0000"),
    ("a;b,c\n1;2,3\n", "by comma (2 columns) or semicolon (2 columns); declare separator"),
    ("id,name,km\n1,Arve\n", "rivers.csv:2: 2 cells in this row, 3 columns in the table"),
    ("id,name\n1,Arve\n\n2,Inn,517\n", "rivers.csv:4: 3 cells in this row, 2 columns in the table"),
    ('id,name\n1,"a\nb"\n2,x,y\n', "rivers.csv:4: 3 cells"),
    (
        "id,name,name\n1,a,b\n",
        "rivers.csv:1: column 3: the column name stands twice, first as column 2",
    ),
    ("id,,name\n1,x,b\n", "rivers.csv:1: column 2: a column without a name"),
    (",id,name\n0,7,b\n", "rivers.csv:1: column 1: a column without a name"),
    ("1,Arve,107\n2,Inn,517\n", "rivers.csv:1: column 1: 1 is no name of a column; declare header"),
    ("Arve,2024-01-05\nInn,2024-01-06\n", "2024-01-05 is no name of a column"),
    ('id,name\n1,"Arve\n2,Inn\n', "rivers.csv:2: a quoted cell of the row that begins here"),
    ('id,name\n1,"Arve"x\n', "rivers.csv:2: a quoted cell goes on after its closing quote"),
    ("<!doctype html><html><p>404</p>", "this is a web page (HTML), and its name says csv"),
    (b"PK\x03\x04" + bytes(60), "this is a ZIP archive, and its name says csv"),
    (b"%PDF-1.7 ", "this is a PDF, and its name says csv"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_is_no_sound_table_is_refused_with_its_place(data: bytes | str, told: str) -> None:
    assert told in refused(data)


MISDECLARED: list[tuple[bytes | str, dict[str, Any], str]] = [
    (PLAIN, {"separator": "ab"}, "separator 'ab': expected one character"),
    (PLAIN, {"separator": '"'}, "expected one character"),
    (PLAIN, {"encoding": "utf-9"}, "encoding utf-9 is not known; did you mean utf-8?"),
    (PLAIN, {"encoding": "utf-16"}, "UTF-16 has to begin with a byte order mark"),
    (PLAIN.encode("utf-16"), {"encoding": "utf-8"}, "it begins as UTF-16"),
    (PLAIN, {"header": 9}, "header: line 9 begins no row"),
    (PLAIN, {"format": "exel"}, "format exel is not known"),
    (PLAIN, {"format": "xlsx"}, "this is text, and its format is declared as xlsx"),
    (b"id,name\n1,\x81\n", {"encoding": "windows-1252"}, "not windows-1252: the byte 0x81"),
]


@pytest.mark.parametrize(("data", "declared", "told"), MISDECLARED)
def test_a_declaration_that_does_not_fit_is_refused(
    data: bytes | str, declared: dict[str, Any], told: str
) -> None:
    assert told in refused(data, **declared)


def test_a_place_is_the_line_and_the_first_character_of_a_cell() -> None:
    reading = read('id,note,name\n1,"a\nb",Arve\n\n2,"x, y",Inn\n')
    assert reading.locate((1,)) == (5, 1)
    assert reading.locate((1, "name")) == (5, 10)
    assert reading.place("rivers.csv", (5, 10)) == "rivers.csv:5:10"


def test_a_table_beyond_the_limits_is_refused_before_it_is_kept() -> None:
    with pytest.raises(SnapshotRefused, match="a table of 400 rows; at most 900"):
        data = b"a,b\n" + b"1,2\n" * 400
        read_form(data, name="x.csv", limits=Limits(nodes=900))
    with pytest.raises(SnapshotRefused, match="12 bytes; at most 10"):
        read_form(b"a,b\n" + b"1,2\n" * 2, name="x.csv", limits=Limits(bytes=10))


def test_a_long_quoted_cell_is_read_whole() -> None:
    text = "x" * 500_000
    assert read(f'id,note\n1,"{text}"\n').document == [{"id": "1", "note": text}]
