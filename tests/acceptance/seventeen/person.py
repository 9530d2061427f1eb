"""A person at an editor: goes to a sentence, uncomments a line, changes words in it, writes one, or
pastes one that she wrote before; each key that she presses is counted.

As $EDITOR: `python person.py EDITS COUNT FILE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

GO = 6
"""Keys to the next sentence: a search by some letters of it."""
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
        sign, rest = edit[0], edit[1:]
        if sign == "[":
            self._go(f"# {edit}")
            return
        rest, _, end = rest.partition(" | ")
        rest, _, change = rest.partition(" ~ ")
        if sign == "+":
            row = self._uncomment(rest)
        elif sign == "=":
            row = next(one for one in reversed(self.written) if one.startswith(rest))
            self.keys += PASTE
            self._put(row)
        else:
            row = edit[1:]
            end = change = ""
            self.keys += len(row) + 1
            self.lines += 1
            self._put(row)
        if change:
            old, _, new = change.partition(" -> ")
            row = self._change(row.replace(old, new, 1), REPLACE + len(new))
        if end:
            brace = row[:-1] + (", " if row[-2] != "{" else "") + end + "}"
            row = self._change(brace, AT_END + len(brace) - len(row))
        self.written.append(row)

    def _go(self, mark: str) -> None:
        self.at = next(
            at for at, row in enumerate(self.rows) if row.startswith((f"{mark} ", f"{mark}]"))
        )
        self.keys += GO
        while self.rows[self.at + 1].startswith("# "):
            self.at += 1

    def _uncomment(self, path: str) -> str:
        at = next(
            at
            for at in range(self.at, len(self.rows))
            if self.rows[at].startswith((f"#{path}:", f"#{path}"))
        )
        self.rows[at] = self.rows[at].removeprefix("#")
        self.keys += 2
        self.at = at
        return self.rows[at]

    def _put(self, row: str) -> None:
        self.at += 1
        self.rows.insert(self.at, row)

    def _change(self, row: str, keys: int) -> str:
        self.rows[self.at] = row
        self.keys += keys
        return row


def main(edits: str, count: str, file: str) -> None:
    person = Person(Path(file).read_text(encoding="utf-8"))
    for edit in Path(edits).read_text(encoding="utf-8").splitlines():
        person.does(edit)
    Path(file).write_text("\n".join(person.rows), encoding="utf-8")
    Path(count).write_text(f"{person.keys} {person.lines}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
