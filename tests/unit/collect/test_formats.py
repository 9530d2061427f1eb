"""Files of other formats: recognised by name and content, refused with what they are."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence

import pytest

from monitor.collect.listing import why_ignored
from monitor.collect.source import Ignored, in_words
from tests.reading import document_of, refusal_of

TABLE = "code,river,length\n1,Arve,107\n2,Inn,517\n"


def packed(*names: str, kind: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        if kind:
            archive.writestr("mimetype", kind)
        for name in names:
            archive.writestr(name, "x" * 40)
    return written.getvalue()


BY_NAME = [
    ("rivers.csv", TABLE, "a table (CSV): tables are followed with `monitor watch FILE`"),
    ("rivers.CSV", "", "a table (CSV)"),
    ("rivers.tsv", "a\tb\n", "a table (TSV)"),
    ("rivers.jsonl", '{"a": 1}\n', "JSON Lines"),
    ("rivers.ndjson", '{"a": 1}\n', "JSON Lines"),
    ("rivers.toml", "a = 1\n", "TOML"),
    ("rivers.xml", "- a\n", "XML"),
]
BY_CONTENT: list[tuple[str, bytes | str, str]] = [
    ("rivers", TABLE, "a table (CSV): tables are followed with `monitor watch FILE`"),
    ("-", TABLE, "a table (CSV)"),
    ("rivers.yaml", TABLE, "a table (CSV)"),
    ("rivers.json", TABLE, "a table (CSV)"),
    ("rivers.txt", 'name,note\n"Arve","swift, cold"\n"Inn","long: 517 km"\n', "a table (CSV)"),
    ("rivers.txt", "name;km\nArve;107\nInn;517\n", "a table (CSV)"),
    ("rivers.yaml", "name\tkm\nArve\t107\n", "a table (TSV)"),
    ("rivers.yaml", "\ufeffname,km\nArve,107\n", "a table (CSV)"),
    ("rivers.yaml", packed("[Content_Types].xml", "xl/workbook.xml"), "a workbook (XLSX)"),
    (
        "rivers.yaml",
        packed("content.xml", kind="application/vnd.oasis.opendocument.spreadsheet"),
        "a spreadsheet (ODS)",
    ),
    ("rivers.json", packed("word/document.xml"), "a text of an office program"),
    ("rivers.json", packed("a.txt"), "a ZIP archive"),
    ("rivers.yaml.gz", gzip.compress(b"a: 1\n", mtime=0), "compressed (gzip)"),
    ("rivers.yaml", b"%PDF-1.7\n%\xe2\xe3\n", "a PDF"),
    ("rivers.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
    ("rivers.yaml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "old Office"),
    ("rivers.yaml", "a: 1\nb: 2\n".encode("utf-16"), "UTF-16: save it as UTF-8"),
    ("rivers.json", '{"a": 1}'.encode("utf-16-le"), "UTF-16"),
    ("rivers.json", '{"a": 1}'.encode("utf-32"), "UTF-32"),
    ("rivers.yaml", bytes(range(256)) * 4, "binary data"),
    ("rivers.yaml", "<!DOCTYPE html>\n<html><p>Arve</p></html>\n", "a web page (HTML)"),
    ("rivers.json", "<html lang=en>\n<title>Arve</title>\n", "a web page (HTML)"),
    ("rivers.yaml", "<?xml version='1.0'?>\n<rivers/>\n", "XML"),
    ("rivers.yaml", "<rivers>\n  <river>Arve</river>\n</rivers>\n", "XML"),
    ("rivers.json", '{"a": 1}\n{"a": 2}\n', "JSON Lines"),
    ("-", '{"a": 1}\n{"a": 2}\n', "JSON Lines"),
    ("rivers.yaml", '[river]\nname = "Arve"\n', "TOML"),
    ("rivers.json", "a: 1\nb: [2]\n", "this is YAML, not JSON; name it .yaml"),
    ("rivers.json", "- a\n- b\n", "this is YAML, not JSON"),
]
ALONE = [
    ("Snow fell on all the hills.\n", "one text"),
    ("517\n", "one number"),
    ("true\n", "one word, true"),
    ("~\n", "nothing"),
    ("---\n", "nothing"),
    ("'a, b'\n", "one text"),
]


@pytest.mark.parametrize(("name", "data", "what"), [*BY_NAME, *BY_CONTENT])
def test_another_format_is_refused_with_what_it_is(name: str, data: bytes | str, what: str) -> None:
    message = refusal_of(data, name=name)
    assert message.startswith(f"{name}: this is ")
    assert what in message
    assert "\n" not in message


@pytest.mark.parametrize(("text", "what"), ALONE)
def test_a_single_value_is_no_document(text: str, what: str) -> None:
    expected = f"file.yaml: {what}; a document of keys or a list of rows is expected"
    assert refusal_of(text) == expected


@pytest.mark.parametrize("name", ["file.yaml", "file.json", "-"])
@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_file_is_told_as_such(name: str, text: str) -> None:
    assert refusal_of(text, name=name) == f"{name}:1:1: there is nothing in it"


READ = [
    ("file.yaml", '{"a": 1, "b": ["\\ud83d\\ude00"]}\n', {"a": 1, "b": ["\U0001f600"]}),
    ("file.txt", '{"a": 1,\n\t"b": 2}\n', {"a": 1, "b": 2}),
    ("FILE.JSON", '{"a": 1}', {"a": 1}),
    ("file.yml", "{a: 1, b: 2}\n", {"a": 1, "b": 2}),
    ("-", "- a\n- b\n", ["a", "b"]),
    ("file.bak", "a: x, y\nb: z, w\n", {"a": "x, y", "b": "z, w"}),
    ("file.yaml", "[2, 3]\n", [2, 3]),
    ("file.yaml", "a: <b>bold</b>\n", {"a": "<b>bold</b>"}),
    ("file.yaml", "PK: 1\n", {"PK": 1}),
    ("file.yaml", "Rare: 1\n", {"Rare": 1}),
]


@pytest.mark.parametrize(("name", "text", "meant"), READ)
def test_what_is_plainly_right_is_read(name: str, text: str, meant: object) -> None:
    assert document_of(text, name=name) == meant


BROKEN = [
    ("{[a, b]: 1}\n", "file.yaml:1:2: a name that is not text"),
    ("{a: 1}: \n", "file.yaml:1:1: a name that is not text"),
    ("a: 1\n b: 2\n", "file.yaml:2:"),
    ("- {a: 1, b: 2}\n- {a: 2, b: 3\n", "file.yaml:"),
    ("people: [\n  ana, bo\n", "file.yaml:"),
    ("a: 1\n---\nb: 2\n", "file.yaml:2:1: a second document"),
    ("title: x, y\nnote: z: w\n", "file.yaml:2:"),
]


@pytest.mark.parametrize(("text", "place"), BROKEN)
def test_broken_yaml_is_told_with_its_place_and_not_taken_for_a_table(
    text: str, place: str
) -> None:
    message = refusal_of(text)
    assert message.startswith(place)
    assert "this is" not in message


def test_a_long_line_of_spaces_costs_no_time() -> None:
    assert "refused" not in refusal_of(" " * 500_000 + "x\n" + " " * 500_000 + "y\n")


@pytest.mark.parametrize(
    "name",
    [
        *("a.csv", "a.TSV", "a.xlsx", "a.ods", "a.jsonl", "a.xml", "a.html", "a.toml", "a.txt"),
        *("a.json5", "a.yaml.gz", "a.csv.gz", "a.yaml.bak", "a.json.orig", "a.yaml.1", "a.bak"),
        *("a.yaml (copy)", "2026-02-15", "a.yaml.txt"),
    ],
)
def test_what_holds_data_by_its_name_is_named(name: str) -> None:
    assert why_ignored(name)


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "README", "readme.txt", "LICENSE", "LICENSE.txt", "Makefile", "notes.md"),
        *("CHANGES.txt", "index.html", "map.png", "report.pdf", "run.sh", "requirements.txt"),
    ],
)
def test_what_belongs_beside_data_is_passed_over_in_silence(name: str) -> None:
    assert why_ignored(name) is None


def test_what_is_not_read_is_told_in_one_line_by_reason() -> None:
    names: Sequence[str] = ("a.csv", "b.csv", "c.xlsx", "d.ods", "e.yaml.bak")
    found = [Ignored(name, why_ignored(name) or "") for name in names]
    assert in_words(found) == (
        "5 files are not read: e.yaml.bak (copies are not read); "
        "a.csv, b.csv, c.xlsx and 1 more (tables are followed with `monitor watch FILE`)"
    )
    assert (
        in_words(found[:1])
        == "1 file is not read: a.csv (tables are followed with `monitor watch FILE`)"
    )
    assert in_words([]) == ""
