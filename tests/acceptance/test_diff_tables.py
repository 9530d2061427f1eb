"""`monitor diff` on tables, sheets and lines of JSON, alone and beside one another."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonpatch
import pytest

from tests.acceptance.site import Site
from tests.sheets import ods, xlsx

WORDS = ("harbour", "bridge", "ferry", "court", "tower", "quarry", "mill", "annex", "office")
OLD = "code,river,km\n1,Arve,107\n2,Inn,517\n3,Lech,264\n"
NEW = "code,river,km\n4,Isar,295\n2,Inn,518\n1,Arve,107\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def rows(table: str) -> list[list[str]]:
    return [line.split(",") for line in table.splitlines()]


def objects(table: str) -> list[dict[str, Any]]:
    header, *others = rows(table)
    return [
        {**dict(zip(header, row, strict=True)), "code": int(row[0]), "km": int(row[2])}
        for row in others
    ]


def write(site: Site, name: str, table: str) -> str:
    made: str | bytes = table
    if name.endswith("xlsx"):
        made = xlsx({"Rivers": [[*map(number, row)] for row in rows(table)], "Empty": []})
    elif name.endswith("ods"):
        made = ods({"Rivers": [[*map(number, row)] for row in rows(table)]})
    elif name.endswith("jsonl"):
        made = "".join(json.dumps(each) + "\n" for each in objects(table))
    elif name.endswith("json"):
        made = json.dumps(objects(table))
    elif name.endswith("tsv"):
        made = table.replace(",", "\t")
    file = site.folder / name
    file.write_bytes(made.encode() if isinstance(made, str) else made)
    return name


def number(cell: str) -> object:
    return float(cell) if cell.isdigit() else cell


def changes(site: Site, *arguments: str) -> list[str]:
    """`PATH OP` of each finding; the notes stand behind the document."""
    said = site.monitor("diff", *arguments, "--format", "json")
    told = json.JSONDecoder().raw_decode(said)[0]
    ops = {change["id"]: change["op"] for change in told["changes"]}
    return sorted(f"{each['path']} {ops[each['changes'][0]]}" for each in told["findings"])


FORMS = ["csv", "tsv", "xlsx", "ods", "jsonl", "json"]


@pytest.mark.parametrize("old", FORMS)
@pytest.mark.parametrize("new", FORMS)
def test_the_same_rows_say_the_same_in_any_form(site: Site, old: str, new: str) -> None:
    before, after = write(site, f"rivers-old.{old}", OLD), write(site, f"rivers-new.{new}", NEW)
    typed = {old, new} <= {"json", "jsonl"}
    marks = ("2", "3", "4") if typed else ('"2"', '"3"', '"4"')
    assert changes(site, before, after, "--key", "code") == [
        f"entries[{marks[0]}].km changed",
        f"entries[{marks[1]}] removed",
        f"entries[{marks[2]}] added",
    ]


def test_what_was_found_is_told_beside_the_comparison(site: Site) -> None:
    write(site, "rivers-2024.csv", OLD)
    write(site, "rivers-2025.xlsx", NEW)
    said = site.monitor("diff", "rivers-2024.csv", "rivers-2025.xlsx", "--key", "code")
    assert "rivers-2024.csv: CSV, UTF-8, separator ,, header in line 1, 3 rows" in said
    assert "rivers-2025.xlsx: XLSX, sheet Rivers (beside 1 hidden or empty sheet)" in said
    assert "\nrivers\n" in said


def test_numbers_beside_a_table_are_texts_and_that_is_told(site: Site) -> None:
    write(site, "old.csv", OLD)
    write(site, "new.json", OLD)
    said = site.monitor("diff", "old.csv", "new.json", "--key", "code", "--exit-code")
    assert "new.json: numbers, true and false are compared as text, as in a table" in said


def test_sheet_header_separator_and_encoding_can_be_declared(site: Site) -> None:
    sheets = {"A": rows(OLD), "B": rows(NEW)}
    (site.folder / "both.xlsx").write_bytes(xlsx(sheets))
    said = site.monitor("diff", "both.xlsx", "both.xlsx", code=2)
    assert "2 sheets hold something (A, B); declare sheet" in said
    site.monitor("diff", "both.xlsx", "both.xlsx", "--sheet", "B", "--exit-code")

    (site.folder / "old.csv").write_bytes("a;b,c\n1;Ужгород,x\n".encode("windows-1251"))
    (site.folder / "new.csv").write_bytes("a;b,c\n1;Ужгород,y\n".encode("windows-1251"))
    assert "declare encoding windows-1251" in site.monitor("diff", "old.csv", "new.csv", code=2)
    encoded = ("--encoding", "windows-1251")
    assert "declare separator" in site.monitor("diff", "old.csv", "new.csv", *encoded, code=2)
    told = changes(site, "old.csv", "new.csv", *encoded, "--separator", ";", "--key", "a")
    assert told == ['entries["1"]."b,c" changed']

    (site.folder / "none.csv").write_text("1,Arve\n2,Inn\n")
    assert "declare header" in site.monitor("diff", "none.csv", "none.csv", code=2)
    site.monitor("diff", "none.csv", "none.csv", "--header", "0")


def test_a_patch_of_a_table_is_one_of_its_rows(site: Site) -> None:
    write(site, "old.csv", OLD)
    write(site, "new.csv", NEW)
    said = site.monitor("diff", "old.csv", "new.csv", "--key", "code", "--format", "jsonpatch")
    patch = json.JSONDecoder().raw_decode(said)[0]

    def listed(table: str) -> list[dict[str, str]]:
        header, *others = rows(table)
        return [dict(zip(header, row, strict=True)) for row in others]

    assert jsonpatch.apply_patch(listed(OLD), patch) == listed(NEW)


def test_large_tables_are_compared_without_their_equal_rows(site: Site) -> None:
    """So large that rows which are equal are never taken apart; a patch takes them all apart."""
    rows = [f"{n},Ana Wold,clerk,{n * 7}" for n in range(9000)]
    later = [f"{n},Ana Wold,{'judge' if n % 900 == 1 else 'clerk'},{n * 7}" for n in range(1, 9001)]
    for name, lines in (("old.csv", rows), ("new.csv", later)):
        (site.folder / name).write_text("\n".join(["id,name,role,pay", *lines]))
    said = site.monitor("diff", "old.csv", "new.csv")
    assert "old.csv, new.csv: CSV, UTF-8, separator ,, header in line 1, 9,000 rows" in said
    assert "8,989 entries stand as before" in said
    told = changes(site, "old.csv", "new.csv")
    assert told == ["entries changed", 'entries["0"] removed', 'entries["9000"] added']
    patch = site.monitor("diff", "old.csv", "new.csv", "--format", "jsonpatch")
    assert patch.count('"op": "replace"') == 10


def test_no_more_findings_of_a_list_are_told_than_anybody_reads(site: Site) -> None:
    chance = random.Random(8)
    same = [f"{n},same" for n in range(1000, 3000)]
    for name in ("old.csv", "new.csv"):
        other = [f"{n},{' '.join(chance.choices(WORDS, k=5))}" for n in range(700)]
        (site.folder / name).write_text("\n".join(["id,note", *other, *same]))
    said = site.monitor("diff", "old.csv", "new.csv")
    every = site.monitor("diff", "old.csv", "new.csv", "--most", "0")
    assert said.count("changes from") == 500
    assert "\nand 200 more\n" in said
    assert every.count("changes from") == 700
    for form in ("markdown", "html"):
        assert "and 200 more" in site.monitor("diff", "old.csv", "new.csv", "--format", form)
    assert len(changes(site, "old.csv", "new.csv")) == 700


def test_what_is_declared_for_neither_side_is_said(site: Site) -> None:
    old, new = write(site, "old.csv", OLD), write(site, "new.csv", NEW)
    said = site.monitor("diff", old, new, "--sheet", "Rivers", code=2)
    assert "old.csv and new.csv: sheet is for XLSX and ODS, and this is CSV" in said
    book = write(site, "new.xlsx", NEW)
    assert "Isar" in site.monitor("diff", old, book, "--sheet", "Rivers")
    plain = write(site, "new.json", NEW)
    said = site.monitor("diff", plain, write(site, "old.jsonl", OLD), "--encoding", "utf-8", code=2)
    assert "encoding is for CSV and TSV, and this is JSON and JSON Lines" in said


def test_a_sheet_of_large_tables_is_said_as_well(site: Site) -> None:
    lines = "".join(f"{n},Brook {n},{n * 7}\n" for n in range(9000))
    old = write(site, "old.csv", "code,river,km\n" + lines)
    new = write(site, "new.csv", "code,river,km\n" + lines + "x,Isar,1\n")
    assert "sheet is for XLSX" in site.monitor("diff", old, new, "--sheet", "Rivers", code=2)
