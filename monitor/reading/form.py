"""How bytes are to be read, as far as somebody said so, and what was read of them."""

from __future__ import annotations

from typing import Final

from monitor.collect.reader import Parsed
from monitor.model.record import Record

FORMATS: Final = ("yaml", "json", "jsonl", "csv", "tsv", "xlsx", "ods")


class Form(Record):
    """What was declared; what is None is found, and told in `Reading.found`.

    `format` is one of FORMATS. `header` is the number of the line or row with the names of the
    columns, from 1. `separator` is one character, `encoding` a name of `decoding.ENCODINGS`.
    """

    format: str | None = None
    sheet: str | None = None
    header: int | None = None
    separator: str | None = None
    encoding: str | None = None


UNDECLARED: Final = Form()


class Reading(Parsed):
    """A document that was read. A table is a list of objects, one per row: every value is text, and
    an empty cell is not there at all."""

    found: str = ""
    """In words: "CSV, UTF-8, separator ;, header in line 1, 1,204 rows"."""

    columns: tuple[str, ...] | None = None
    """Of a table, in their order, whether or not a row has a value there; None without a table."""

    format: str = ""
    """One of FORMATS: how it was read."""
