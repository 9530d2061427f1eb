"""What a mapping says. Values only; `load.py` makes them from `NAME.map.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from monitor.kinds.faults import Path
from monitor.model.comparison import Json
from monitor.model.record import NONE, Record
from monitor.reading.form import UNDECLARED, Form

Test: TypeAlias = Literal["is", "not", "from", "after", "until", "before"]

ROOT: Final = "."
"""Rows that are the whole of the only file."""


class Rows(Record):
    """Where rows are. `file` is a name or a pattern of names; None is the only file there is, or,
    in a nested collection, what stands in the entry above. `at` is a path inside it."""

    file: str | None = None
    at: str = ""
    jq: str | None = None
    form: Form = UNDECLARED
    place: Path = ()


class Taken(Record):
    """How the value of one field is made: a column, a text with columns in it, or a constant."""

    column: str | None = None
    text: str | None = None
    constant: Json = None
    values: Mapping[str, Json] = NONE
    """What stands for what is written; without `otherwise`, what is not here stays as it is."""
    otherwise: Json = None
    closed: bool = False
    """Whether `otherwise` was said, so that nothing else is let through."""
    date: str | None = None
    """How days are written: `DD.MM.YYYY`."""
    split: str | None = None
    optional: bool = False
    """Whether the column may be missing altogether."""
    place: Path = ()


class Condition(Record):
    """One test of a row; all of a collection's have to hold. `values` are those of `is` and `not`
    as texts, the empty text for what is absent. A bound is a day, or None for that of `as_of`;
    `date` is how the column writes days."""

    column: str
    test: Test
    values: frozenset[str] = frozenset()
    bound: str | None = None
    date: str | None = None
    place: Path = ()


class Mapped(Record):
    """One collection of the kind (`""`: the document itself) and the rows that it is made of.

    `parent` says which column of a row holds which column of the row of the entry above; without
    it, the rows of a nested collection stand inside that row. `rest`: the columns that nothing
    names go in under their own names.
    """

    path: str
    rows: Rows
    fields: Mapping[str, Taken]
    parent: Mapping[str, str] | None = None
    where: tuple[Condition, ...] = ()
    rest: bool = False
    place: Path = ()

    @property
    def above(self) -> str:
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


class Lookup(Record):
    """Rows that others refer to: `post.name` is the name in the row of this lookup whose `key` is
    what stands in the column `by` (default: `post_id`, else `post`)."""

    name: str
    rows: Rows
    key: str
    by: str | None = None
    place: Path = ()


class Spec(Record):
    """A whole mapping. `collections` holds each before those nested in it. `kind` as written."""

    kind: str | None
    collections: Mapping[str, Mapped]
    lookups: Mapping[str, Lookup] = NONE
    ignore: tuple[str, ...] = ()
    jq: str | None = None
