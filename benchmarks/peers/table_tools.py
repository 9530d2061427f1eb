"""Other tools on two tables: python benchmarks/peers/table_tools.py TOOL OLD NEW.

A script, so that a process loads the tool and nothing else.

Prints a fact in each line: `ID` for a row that came or went, `ID/COLUMN` for a cell that changed.
"""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

Tool: TypeAlias = Callable[[str, str], Iterable[str]]


def csv_diff(old: str, new: str) -> Iterable[str]:
    library = importlib.import_module("csv_diff")
    with Path(old).open(newline="") as before, Path(new).open(newline="") as after:
        found = library.compare(
            library.load_csv(before, key="id"), library.load_csv(after, key="id")
        )
    yield from (row["id"] for row in (*found["added"], *found["removed"]))
    for each in found["changed"]:
        yield from (f"{each['key']}/{column}" for column in each["changes"])


def daff(old: str, new: str) -> Iterable[str]:
    library = importlib.import_module("daff")
    tables = [_rows(name) for name in (old, new)]
    flags = library.CompareFlags()
    flags.addPrimaryKey("id")
    flags.unchanged_context = 0
    result = library.PythonTableView([])
    views = [library.PythonTableView(table) for table in tables]
    library.TableDiff(library.Coopy.compareTables(*views, flags).align(), flags).hilite(result)
    return _daff_facts(result.data)


def _daff_facts(table: list[list[Any]]) -> Iterable[str]:
    header = next(row for row in table if row[0] == "@@")
    at = header.index("id")
    for row in table:
        mark = str(row[0])
        if mark in ("+++", "---"):
            yield str(row[at])
        elif "->" in mark:
            cells = zip(header[1:], row[1:], strict=True)
            yield from (f"{row[at]}/{name}" for name, cell in cells if mark in str(cell))


def duckdb(old: str, new: str) -> Iterable[str]:
    library = importlib.import_module("duckdb")
    base = library.connect()
    for name, path in (("old", old), ("new", new)):
        base.execute(
            f"create table {name} as select * from read_csv(?, all_varchar=true, header=true)",
            [path],
        )
    columns = [row[0] for row in base.execute("describe old").fetchall()]
    for one, other in (("old", "new"), ("new", "old")):
        gone = f"select id from {one} anti join {other} using (id)"
        yield from (row[0] for row in base.execute(gone).fetchall())
    differ = " or ".join(f"o.{name} is distinct from n.{name}" for name in columns)
    both = ", ".join(f"o.{name}, n.{name}" for name in columns)
    changed = f"select {both} from old o join new n on o.id = n.id where {differ}"
    for row in base.execute(changed).fetchall():
        for at, name in enumerate(columns):
            if row[2 * at] != row[2 * at + 1]:
                yield f"{row[0]}/{name}"


def polars(old: str, new: str) -> Iterable[str]:
    library = importlib.import_module("polars")
    before, after = (library.read_csv(path, infer_schema=False) for path in (old, new))
    for one, other in ((before, after), (after, before)):
        yield from one.join(other, on="id", how="anti")["id"].to_list()
    both = before.join(after, on="id", suffix=" of new")
    for name in before.columns[1:]:
        differ = library.col(name).ne_missing(library.col(f"{name} of new"))
        values = both.filter(differ).select("id", name, f"{name} of new")
        yield from (f"{row[0]}/{name}" for row in values.rows())


def python_dicts(old: str, new: str) -> Iterable[str]:
    (header, *before), (_, *after) = _rows(old), _rows(new)
    left = {row[0]: row for row in before}
    right = {row[0]: row for row in after}
    yield from left.keys() ^ right.keys()
    for key in left.keys() & right.keys():
        one, other = left[key], right[key]
        if one != other:
            cells = zip(header, one, other, strict=True)
            yield from (f"{key}/{name}" for name, before_, after_ in cells if before_ != after_)


def _rows(path: str) -> list[list[str]]:
    with Path(path).open(newline="") as stream:
        return list(csv.reader(stream))


TOOLS: dict[str, Tool] = {
    "polars": polars,
    "DuckDB": duckdb,
    "csv-diff": csv_diff,
    "daff": daff,
    "csv and dicts": python_dicts,
}

if __name__ == "__main__":
    tool, old, new = sys.argv[1:4]
    sys.stdout.write("\n".join(TOOLS[tool](old, new)))
