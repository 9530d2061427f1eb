"""What a column of a mapping means for a row: its own, one of another row, or a path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import Final

from monitor.errors import MappingError, SnapshotRefused
from monitor.kinds.values import get, json_bytes
from monitor.mapping.conditions import as_text
from monitor.mapping.sheets import SPECIAL, Files, Row, Table
from monitor.mapping.spec import Lookup
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.nearest import suggestion_or_all

_DEEP: Final = 8


class Columns:
    """Finds values by the names of a mapping. `where` gives the place of a lookup in it."""

    def __init__(
        self, files: Files, lookups: Mapping[str, Lookup], where: Mapping[str, str]
    ) -> None:
        self._files = files
        self._lookups = lookups
        self._where = where
        self._tables: dict[str, Table] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self.dangling: Counter[str] = Counter()
        """How many rows name something that is in no row of a lookup."""
        self.examples: dict[str, str] = {}

    def value(self, row: Row, column: str) -> Json | Missing:
        """MISSING where the row has no such value, or names a row that is not there."""
        if column in row.values:
            return row.values[column]
        if column in row.beside:
            return row.beside[column]
        head, _, rest = column.partition(".")
        if rest and head in self._lookups:
            other = self._other(row, head)
            return MISSING if other is None else self.value(other, rest)
        if rest and head in row.beside:
            return get(row.beside[head], rest)
        return get(row.values, column)

    def check(self, table: Table, column: str, where: str, *, deep: int = 0) -> None:
        """Raise MappingError unless the rows of a table can have such a column."""
        if column in SPECIAL or self._is_there(table, column):
            return
        head, _, rest = column.partition(".")
        if head in SPECIAL and rest:
            return
        if rest and head in self._lookups and deep < _DEEP:
            self.check(table, self._by(table.columns or self._known(table), head), where, deep=deep)
            self.check(self._table(head), rest, where, deep=deep + 1)
            return
        known = [*self._known(table), *(f"{name}." for name in self._lookups)]
        near = suggestion_or_all(column, known, none="none")
        raise MappingError(f"{table.name} has no column {column}{near}", where=where)

    def _is_there(self, table: Table, column: str) -> bool:
        if table.columns is not None:
            return column in table.columns
        if not table.rows:
            return True
        return any(
            column in row.values or get(row.values, column) is not MISSING for row in table.rows
        )

    def _known(self, table: Table) -> list[str]:
        if table.columns is not None:
            return list(table.columns)
        return list(dict.fromkeys(name for row in table.rows[:1000] for name in row.values))

    def _by(self, known: Container[str], name: str) -> str:
        """The column that says which row of a lookup is meant."""
        lookup = self._lookups[name]
        if lookup.by is not None:
            return lookup.by
        choices = (f"{name}_{lookup.key}", f"{name}_id", name)
        return next((each for each in choices if each in known), choices[0])

    def _other(self, row: Row, name: str) -> Row | None:
        by = self._by(row.values, name)
        wanted = as_text(self.value(row, by))
        if not wanted:
            return None
        found = self._index(name).get(wanted)
        if found is None:
            self.dangling[name] += 1
            self.examples.setdefault(name, f"{self._files.place(row)}: {by} {wanted}")
        return found

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            lookup = self._lookups[name]
            table = self._files.table(lookup.rows, self._where[name])
            self.check(table, lookup.key, self._where[name])
            self._tables[name] = table
        return self._tables[name]

    def _index(self, name: str) -> dict[str, Row]:
        if name in self._rows:
            return self._rows[name]
        lookup, table = self._lookups[name], self._table(name)
        found: dict[str, Row] = {}
        for row in table.rows:
            key = as_text(self.value(row, lookup.key))
            other = found.setdefault(key, row) if key else row
            if other is not row and json_bytes(other.values) != json_bytes(row.values):
                first = self._files.place(other)
                text = f"the lookup {name} has two rows {lookup.key} {key}, the first at {first}"
                raise SnapshotRefused(text, where=self._files.place(row))
        self._rows[name] = found
        return found
