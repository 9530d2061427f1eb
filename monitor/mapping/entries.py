"""One row -> one entry of a collection, its values as the kind wants them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from monitor.errors import SnapshotRefused
from monitor.kinds.dotted import split_field
from monitor.mapping.columns import Columns
from monitor.mapping.conditions import as_text
from monitor.mapping.reading_spec import SLOT, slots
from monitor.mapping.sheets import Files, Row, Table
from monitor.mapping.spec import Mapped, Taken
from monitor.mapping.typed import ANY, FieldType, Misfit, converted
from monitor.model.comparison import MISSING, Json, Missing


class Entries:
    """Makes the entries of one collection."""

    def __init__(
        self,
        mapped: Mapped,
        table: Table,
        types: Mapping[str, FieldType],
        columns: Columns,
        files: Files,
    ) -> None:
        self._mapped = mapped
        self._types = types
        self._columns = columns
        self._files = files
        self._steps = {name: split_field(name) for name in mapped.fields}
        used = {column for taken in mapped.fields.values() for column in columns_of(taken)}
        used |= {condition.column for condition in mapped.where} | set(mapped.parent or ())
        self._rest = self._unnamed(table, used) if mapped.rest else ()

    def entry(self, row: Row) -> dict[str, Json]:
        made: dict[str, Any] = {}
        for name, taken in self._mapped.fields.items():
            value = self._value(row, name, taken)
            if value is not MISSING:
                _put(made, self._steps[name], value)
        for name in self._rest:
            value = row.values.get(name, MISSING)
            if value is not MISSING and value is not None:
                made[name] = self._typed(row, name, value, _AS_IT_IS)
        return made

    def _value(self, row: Row, name: str, taken: Taken) -> Json | Missing:
        if taken.text is not None:
            value = self._filled(row, taken.text)
        elif taken.column is not None:
            value = self._columns.value(row, taken.column)
        else:
            return taken.constant
        if taken.values or taken.closed:
            value = _renamed(value, taken)
        return self._typed(row, name, value, taken)

    def _filled(self, row: Row, text: str) -> Json | Missing:
        """The text with the row's values in it; nothing where the row has none of them."""
        parts = {slot: as_text(self._columns.value(row, slot)) for slot in slots(text)}
        if not any(parts.values()):
            return MISSING
        return " ".join(SLOT.sub(lambda slot: parts[slot[1]], text).split())

    def _typed(self, row: Row, name: str, value: Json | Missing, taken: Taken) -> Json | Missing:
        try:
            return converted(value, taken, self._types.get(name, ANY))
        except Misfit as error:
            column = taken.column or name
            where = self._files.place(row, *split_field(column))
            field = f"{self._mapped.path}.{name}" if self._mapped.path else name
            raise SnapshotRefused(f"{column}: {error} (for {field})", where=where) from None

    def _unnamed(self, table: Table, used: set[str]) -> tuple[str, ...]:
        known = table.columns or dict.fromkeys(name for row in table.rows for name in row.values)
        return tuple(name for name in known if name not in used)


_AS_IT_IS: Final = Taken()


def columns_of(taken: Taken) -> tuple[str, ...]:
    """The columns that a value is made of."""
    if taken.text is not None:
        return slots(taken.text)
    return (taken.column,) if taken.column is not None else ()


def _renamed(value: Json | Missing, taken: Taken) -> Json | Missing:
    if isinstance(value, list):
        return [_renamed(part, taken) for part in value]
    text = as_text(value)
    if text in taken.values:
        return taken.values[text]
    if taken.closed:
        return MISSING if taken.otherwise is None else taken.otherwise
    return value


def _put(entry: dict[str, Any], steps: Sequence[str], value: Json) -> None:
    for step in steps[:-1]:
        entry = entry.setdefault(step, {})
    entry[steps[-1]] = value
