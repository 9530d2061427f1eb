"""JSON (RFC 8259) read exactly: our own walk over the tokens, with a place for every value."""

from __future__ import annotations

import json
import re
from typing import Final

from monitor.collect.exact import DocumentBuilder, Mark, Marks, read_integer
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused
from monitor.model.comparison import Json

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<text>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
      | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.])
      | (?P<word>true|false|null)(?!\w)
      | (?P<mark>[\[\]{},:])""",
    re.VERBOSE,
)
_WORDS: Final = {"true": True, "false": False, "null": None}


def read_json_exactly(text: str, *, name: str, limits: Limits) -> tuple[Json, Marks]:
    """The document and where its values begin. Raises SnapshotRefused."""
    reader = _Reader(text, name, limits)
    return reader.read(), reader.build.marks


class _Reader:
    def __init__(self, text: str, name: str, limits: Limits) -> None:
        self.build = DocumentBuilder(name, limits)
        self._text = text
        self._position = 0
        self._line = 1
        self._line_start = 0
        self._kind = ""
        self._piece = ""
        self._at: Mark = (1, 1)

    def read(self) -> Json:
        self._advance()
        value = self._value(())
        if self._kind != "end":
            raise self._unexpected("nothing more")
        return value

    def _value(self, path: tuple[str | int, ...]) -> Json:
        mark = self._at
        self.build.marks.setdefault(path, mark)
        self.build.count(mark)
        if self._piece in ("{", "["):
            self.build.deeper(path, mark)
            return self._object(path) if self._piece == "{" else self._array(path)
        value = self._scalar(mark)
        self._advance()
        return value

    def _scalar(self, mark: Mark) -> Json:
        if self._kind == "text":
            return self.build.text(json.loads(self._piece), mark)
        if self._kind == "number":
            return self.build.number(_number(self._piece), mark)
        if self._kind == "word":
            return _WORDS[self._piece]
        raise self._unexpected("a value")

    def _object(self, path: tuple[str | int, ...]) -> dict[str, Json]:
        result: dict[str, Json] = {}
        self._advance()
        while self._piece != "}":
            if result:
                self._expect(",")
            mark, name = self._at, self._name()
            if name in result:
                first = self.build.marks[(*path, name)][0]
                raise self.build.refuse(f"{name} stands twice, first in line {first}", mark)
            self.build.marks[(*path, name)] = mark
            self._expect(":")
            result[name] = self._value((*path, name))
        self._advance()
        return result

    def _name(self) -> str:
        if self._kind != "text":
            raise self._unexpected("a name in double quotes")
        self.build.count(self._at)
        name = self.build.text(json.loads(self._piece), self._at)
        self._advance()
        return name

    def _array(self, path: tuple[str | int, ...]) -> list[Json]:
        result: list[Json] = []
        self._advance()
        while self._piece != "]":
            if result:
                self._expect(",")
            result.append(self._value((*path, len(result))))
        self._advance()
        return result

    def _expect(self, token: str) -> None:
        if self._piece != token:
            raise self._unexpected(f"'{token}'")
        self._advance()

    def _advance(self) -> None:
        """Go to the next token; white space only moves the place."""
        while True:
            self._at = (self._line, self._position - self._line_start + 1)
            if self._position == len(self._text):
                self._kind, self._piece = "end", ""
                return
            found = _TOKEN.match(self._text, self._position)
            if found is None:
                raise self._no_token()
            self._kind, self._piece = str(found.lastgroup), found[0]
            self._position = found.end()
            if self._kind != "space":
                return
            lines = self._piece.count("\n")
            if lines:
                self._line += lines
                self._line_start = found.start() + self._piece.rindex("\n") + 1

    def _no_token(self) -> SnapshotRefused:
        rest = self._text[self._position : self._position + 12]
        if rest.startswith('"'):
            return self.build.refuse("a text that does not end or has a wrong escape", self._at)
        if rest.startswith(("NaN", "Infinity", "-Infinity")):
            return self.build.refuse("NaN and Infinity are not JSON", self._at)
        return self.build.refuse(
            f"not JSON: {rest.split()[0] if rest.split() else rest!r}", self._at
        )

    def _unexpected(self, wanted: str) -> SnapshotRefused:
        found = self._piece[:20] if self._kind != "end" else "the end"
        return self.build.refuse(f"not JSON: found {found}, expected {wanted}", self._at)


def _number(piece: str) -> int | float:
    if not piece.lstrip("-").isdigit():
        return float(piece)
    return read_integer(piece)
