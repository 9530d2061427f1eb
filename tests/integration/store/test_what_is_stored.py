"""What is stored is read: no column, no field of a record and no question of the store is for
nobody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import monitor
from monitor.model.record import Record
from monitor.store import records
from monitor.store.family import TableFamily
from monitor.store.store import Store
from monitor.store.tables import metadata

HOME = Path(monitor.__file__).parent
STORE = {path.stem: path.read_text() for path in (HOME / "store").glob("*.py")}
OTHERS = "\n".join(
    path.read_text() for path in HOME.rglob("*.py") if HOME / "store" not in path.parents
)

JOINED = {"contents.hash"}
"""Read by joins alone, which follow the foreign key to them."""

ROWS = ("message_rows", "subscription_rows")
"""Files that read rows which others have asked for."""

ONLY_WRITTEN = {
    "Circular.not_before": "the outbox's next_attempt, which claiming reads",
    "Letter.not_before": "the outbox's next_attempt, which claiming reads",
    "NoticeRow.over_at": "the store's own question, whether a notice stands",
    "StoredJudgement.revoked_at": "a revoked word is kept, and shown to whoever asks for all",
    "Telling.letter": "what the store is given to write",
    "WorkClaim.token": "given back to the store, which alone compares it",
}
"""Fields of records that nobody outside the store reads, each with its reason."""

ASKED_OTHERWISE = {
    "subscriptions.move": "by the store itself, and by tests that move pointers alone",
    "notices.open": "for one; a pass opens all at once",
    "notices.close": "for one; a pass closes all at once",
}
"""Methods of table families that nobody outside the store calls, each with its reason."""


def _loads(source: str) -> set[str]:
    """What is read of anything: `row.told`, `table.c.told`; never the keywords of `values`."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def _read_of(table: str) -> set[str]:
    naming = [text for text in STORE.values() if re.search(rf"\btables\.{table}\b", text)]
    whole = {column.name for column in metadata.tables[table].c}
    found = set[str]().union(*(_loads(STORE[name]) for name in ROWS))
    for text in naming:
        found |= _loads(text) | set(re.findall(r'_table\.c\["(\w+)"\]', text))
        if "**row._mapping" in text or "*row)" in text:
            found |= whole
    return found


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_is_read(table: str) -> None:
    columns = {column.name for column in metadata.tables[table].c}
    unread = {f"{table}.{name}" for name in columns - _read_of(table)}
    assert unread <= JOINED


def _fields() -> Iterator[str]:
    for name in records.__all__:
        of = getattr(records, name)
        if isinstance(of, type) and issubclass(of, Record):
            yield from (f"{name}.{field}" for field in of._fields)


def test_every_field_of_a_record_is_read_outside_the_store() -> None:
    read = _loads(OTHERS)
    unread = {name for name in _fields() if name.split(".")[1] not in read}
    assert unread == set(ONLY_WRITTEN)


def test_every_question_of_the_store_is_asked_outside_of_it(store: Store) -> None:
    unasked = set()
    for name, family in vars(store).items():
        if isinstance(family, TableFamily):
            public = [one for one in vars(type(family)) if not one.startswith("_")]
            unasked |= {f"{name}.{one}" for one in public if not _asks(name, one)}
    assert unasked == set(ASKED_OTHERWISE)


def _asks(family: str, method: str) -> bool:
    return re.search(rf"\b{family}\.{method}\b", OTHERS) is not None
