"""Where tables and keys stand in a TOML file; tomllib reads values and keeps no places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]+\"|'[^']+')\s*=")
_SYNTAX = re.compile(r"(?P<text>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)")


def lines_of(text: str) -> dict[str, int]:
    """Line (from 1) by path, as faults write them: `mail.port`, `subscriptions[2].zone`.

    Read line by line: a key inside a text of several lines is listed too, and asked for by nobody.
    """
    found: dict[str, int] = {}
    counted: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            table = header[2].replace('"', "").replace("'", "")
            if header[1] == "[[":
                counted[table] += 1
                table = f"{table}[{counted[table]}]"
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """The line of `path`, else of the table that it would stand in."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path)


def syntax_place(message: str) -> tuple[str, str]:
    """A message of tomllib as what is wrong and where, `:line:column` or empty."""
    found = _SYNTAX.fullmatch(message)
    return (found["text"], f":{found['line']}:{found['column']}") if found else (message, "")
