"""A mapping and the files of a source -> the document of a kind. Pure: the same gives the same.

Rows that make the same entry to the letter are one; rows without an entry above them are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TypeAlias

from monitor.errors import MappingError, SnapshotRefused
from monitor.kinds.dotted import split_field
from monitor.kinds.faults import Path
from monitor.kinds.kind import Kind
from monitor.kinds.values import json_bytes
from monitor.mapping.columns import Columns
from monitor.mapping.conditions import as_text, holds, lets_empty
from monitor.mapping.entries import Entries, columns_of
from monitor.mapping.ignored import without
from monitor.mapping.sheets import Files, Row, Table, inside, rows_in
from monitor.mapping.spec import Mapped, Spec
from monitor.mapping.typed import types_of_fields
from monitor.model.comparison import MISSING, Document, Json
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

Place: TypeAlias = Callable[[Path], str]


class Made(NamedTuple):
    """An entry and the rows that made it; `path` is where it stands in the document."""

    entry: dict[str, Json]
    rows: list[Row]
    path: Path


class Applied(Record):
    """`made` are all entries by collection, for telling where something was written."""

    document: Document
    made: Mapping[str, Sequence[Made]]
    problems: tuple[str, ...] = ()


def apply(spec: Spec, files: Files, kind: Kind | None, *, day: str, place: Place) -> Applied:
    """`day` is that of the `as_of`; `place` finds a path of the mapping in its file.

    Raises MappingError where the mapping names what is not there, SnapshotRefused where a value is
    not what the kind wants.
    """
    return _Making(spec, files, kind, day, place).all()


class _Making:
    def __init__(self, spec: Spec, files: Files, kind: Kind | None, day: str, place: Place) -> None:
        self._spec = spec
        self._files = files
        self._kind = kind
        self._day = day
        self._place = place
        where = {name: place(lookup.place) for name, lookup in spec.lookups.items()}
        self._columns = Columns(files, spec.lookups, where)
        self._made: dict[str, list[Made]] = {}
        self._tables: dict[str, Table] = {}
        self._problems: list[str] = []
        self._entered = 0

    def all(self) -> Applied:
        if self._spec.jq is not None:
            self._files.prepare(self._spec.jq, self._place(("jq",)))
        document: Document = {}
        self._made[""] = [Made(document, [], ())]
        for path, mapped in self._spec.collections.items():
            if not path:
                self._root(mapped, document)
            elif mapped.parent is not None:
                self._joined(mapped)
            else:
                self._nested(mapped)
        for name, count in sorted(self._columns.dangling.items()):
            example = self._columns.examples[name]
            self._problems.append(f"{count:,} times, {name} names no row: {example}")
        document = without(document, self._spec.ignore)
        return Applied(document=document, made=self._made, problems=tuple(self._problems))

    def _root(self, mapped: Mapped, document: Document) -> None:
        row = self._files.whole(mapped.rows, self._place(mapped.rows.place))
        table = Table(row.file, [row])
        self._check(mapped, table)
        document.update(self._entries(mapped, table).entry(row))
        self._made[""][0].rows.append(row)

    def _nested(self, mapped: Mapped) -> None:
        """Rows of the document, or those inside the row of the entry above."""
        if not mapped.above:
            table = self._files.table(mapped.rows, self._place(mapped.rows.place))
            self._fill(mapped, table, lambda _: self._made[""])
            return
        at, where = mapped.rows.file or mapped.name, self._place(mapped.rows.place)
        above = self._made[mapped.above]
        found: list[tuple[Row, Made]] = []
        known: dict[str, None] = {}
        is_there = not any(made.rows for made in above)
        for made in above:
            for row in made.rows:
                value = inside(row, at)
                is_there = is_there or value is not MISSING
                known |= dict.fromkeys((*row.values, *row.beside))
                inner = rows_in(value, row.file, _below(row, at), row.beside)
                found += ((each, made) for each in inner)
        if not is_there:
            near = suggestion_or_all(at, known, none="nothing")
            text = f"no entry of {mapped.above} has {at}{near}"
            hint = "; rows of a file of their own need parent: {COLUMN: COLUMN}"
            raise MappingError(text + (hint if at in self._files.names else ""), where=where)
        owners = {id(row): made for row, made in found}
        table = Table(f"{at} of {mapped.above}", [row for row, _ in found])
        self._fill(mapped, table, lambda row: [owners[id(row)]])

    def _joined(self, mapped: Mapped) -> None:
        """Rows that say in a column to which entry above they belong."""
        table = self._files.table(mapped.rows, self._place(mapped.rows.place))
        parent = mapped.parent or {}
        where = self._place((*mapped.place, "parent"))
        above = self._made[mapped.above]
        for column, theirs in parent.items():
            self._columns.check(table, column, where)
            self._columns.check(self._tables[mapped.above], theirs, where)
        owners: dict[tuple[str, ...], list[Made]] = defaultdict(list)
        for made in above:
            keys = {self._texts(row, parent.values()) for row in made.rows}
            for key in sorted(keys):
                owners[key].append(made)
        orphans: list[Row] = []

        def owning(row: Row) -> list[Made]:
            found = owners.get(self._texts(row, parent))
            if not found:
                orphans.append(row)
            return found or []

        self._fill(mapped, table, owning)
        if orphans:
            first = min(self._files.place(row) for row in orphans)
            text = f"rows of {table.name} belong to no entry of {mapped.above}"
            self._problems.append(f"{len(orphans):,} {text}: {first}")

    def _entries(self, mapped: Mapped, table: Table) -> Entries:
        types = types_of_fields(self._kind, mapped.path)
        return Entries(mapped, table, types, self._columns, self._files)

    def _texts(self, row: Row, columns: Iterable[str]) -> tuple[str, ...]:
        return tuple(as_text(self._columns.value(row, column)) for column in columns)

    def _fill(self, mapped: Mapped, table: Table, owning: Callable[[Row], list[Made]]) -> None:
        """Make the entries of a collection and put each into the lists of those that own it."""
        self._check(mapped, table)
        self._tables[mapped.path] = table
        making = self._entries(mapped, table)
        for made in self._made[mapped.above]:
            made.entry[mapped.name] = []
        made_here: dict[tuple[int, bytes], Made] = {}
        for row in table.rows:
            if not self._counts(mapped, row):
                continue
            for owner in owning(row):
                entry = making.entry(row)
                self._count(table)
                key = (id(owner), blake2b(json_bytes(entry), digest_size=16).digest())
                known = made_here.get(key)
                if known is not None:
                    known.rows.append(row)
                    continue
                entries = owner.entry[mapped.name]
                made_here[key] = Made(entry, [row], (*owner.path, mapped.name, len(entries)))
                entries.append(entry)
        self._made[mapped.path] = list(made_here.values())

    def _count(self, table: Table) -> None:
        """A few rows can belong to a few thousand entries each."""
        self._entered += 1
        if self._entered > self._files.limits.nodes:
            text = f"more than {self._files.limits.nodes:,} entries come of these rows"
            raise SnapshotRefused(text, where=table.name)

    def _counts(self, mapped: Mapped, row: Row) -> bool:
        for condition in mapped.where:
            value = self._columns.value(row, condition.column)
            try:
                if not holds(condition, value, self._day):
                    return False
            except ValueError as error:
                text = f"where: {condition.column}: {error}"
                where = self._files.place(row, *split_field(condition.column))
                raise SnapshotRefused(text, where=where) from None
        return True

    def _check(self, mapped: Mapped, table: Table) -> None:
        """What the mapping names is there: a renamed column must never look like rows that left."""
        for name, taken in mapped.fields.items():
            if not taken.optional:
                for column in columns_of(taken):
                    self._columns.check(table, column, self._place(taken.place or (name,)))
        for condition in mapped.where:
            if table.columns is not None or not lets_empty(condition):
                self._columns.check(table, condition.column, self._place(condition.place))


def _below(row: Row, at: str) -> Path:
    steps = split_field(at)
    return (*row.path, *(step for step in steps if not step.startswith("$")))
