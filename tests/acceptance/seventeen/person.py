"""A person at an editor: goes to a sentence, uncomments a line, changes words in it, writes one, or
pastes one that stands there; each key that she presses is counted.

As $EDITOR: `python person.py EDITS COUNT FILE`. The keys and the lines that she wrote are added to
the file COUNT.
"""

from __future__ import annotations

import sys
from pathlib import Path

GO = 6
"""Keys to a sentence, or to a line that was complained of: a search by some letters of it."""
UNCOMMENT = 2
"""Keys that delete the sign before a line: down to it, and the key."""
PASTE = 8
"""Keys to find and paste a line that stands further up."""
AT_END = 3
"""Keys to the end of a line, before its last brace."""
REPLACE = 4
"""Keys to a word that is written over."""


class Person:
    def __init__(self, text: str) -> None:
        self.rows = text.split("\n")
        self.at = 0
        self.keys = 0
        self.lines = 0
        self.written: list[str] = []

    def does(self, edit: str) -> None:
        """`[` goes to a sentence, `!` to a line; `+` uncomments one, `=` pastes one, `>` writes
        one. ` ~ old -> new` writes over a part of it, ` | more` writes at its end."""
        sign, rest = edit[0], edit[1:]
        if sign == "[":
            self._go(f"# {edit}")
            return
        if sign == ">":
            self.keys += len(rest) + 1
            self.lines += 1
            self.written.append(self._put(rest))
            return
        rest, _, end = rest.partition(" | ")
        path, *changes = rest.split(" ~ ")
        row = {"+": self._uncomment, "=": self._paste, "!": self._find}[sign](path)
        for change in changes:
            old, _, new = change.partition(" ->")
            new = new.strip()
            assert old in row, f"{edit!r} of {row!r}"
            row = self._change(row.replace(old, new, 1), REPLACE + len(new))
        if end:
            more = row[:-1] + (", " if row[-2] != "{" else "") + end + "}"
            row = self._change(more, AT_END + len(more) - len(row))
        self.written.append(row)

    def _go(self, mark: str) -> None:
        self.at = next(
            at for at, row in enumerate(self.rows) if row.startswith((f"{mark} ", f"{mark}]"))
        )
        self.keys += GO
        while self.rows[self.at + 1].startswith("# "):
            self.at += 1

    def _find(self, path: str) -> str:
        self.at = next(at for at, row in enumerate(self.rows) if row.startswith(path))
        self.keys += GO
        return self.rows[self.at]

    def _uncomment(self, path: str) -> str:
        self.at = next(
            at for at in range(self.at, len(self.rows)) if self.rows[at].startswith(f"#{path}")
        )
        self.keys += UNCOMMENT
        return self._change(self.rows[self.at].removeprefix("#"), 0)

    def _paste(self, path: str) -> str:
        """One that she wrote, or else one that is offered further up."""
        self.keys += PASTE
        for row in reversed(self.written):
            if row.startswith(path):
                return self._put(row)
        row = next(row for row in reversed(self.rows[: self.at]) if row.startswith(f"#{path}"))
        self.keys += UNCOMMENT
        return self._put(row.removeprefix("#"))

    def _put(self, row: str) -> str:
        self.at += 1
        self.rows.insert(self.at, row)
        return row

    def _change(self, row: str, keys: int) -> str:
        self.rows[self.at] = row
        self.keys += keys
        return row


def main(edits: str, count: str, file: str) -> None:
    person = Person(Path(file).read_text(encoding="utf-8"))
    for edit in Path(edits).read_text(encoding="utf-8").splitlines():
        person.does(edit)
    Path(file).write_text("\n".join(person.rows), encoding="utf-8")
    with Path(count).open("a", encoding="utf-8") as counted:
        counted.write(f"{person.keys} {person.lines}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
