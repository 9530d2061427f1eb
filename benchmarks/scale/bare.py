"""The peers of writing messages: as many rows put into the same table by nothing but SQL."""

from __future__ import annotations

import time

from sqlalchemy import insert, text

from monitor.pipeline.program import Program
from monitor.store import tables

SLICE = 1000


def rates(program: Program, most: int) -> dict[str, float]:
    """Rows a second of the outbox's own rows, taken out and put back: from Python by executemany,
    and by the database from a copy."""
    table, write = tables.outbox, program.store._database.write
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    with write() as connection:
        mine = table.select().order_by(table.c.id).limit(most)
        rows = [dict(row) for row in connection.execute(mine).mappings()]
        some = f"FROM outbox ORDER BY id LIMIT {most}"
        connection.execute(text(f"CREATE TABLE bare AS SELECT {names} {some}"))
        connection.execute(text("DELETE FROM outbox"))
    began = time.perf_counter()
    for start in range(0, len(rows), SLICE):
        with write() as connection:
            connection.execute(insert(table), rows[start : start + SLICE])
    by_python = time.perf_counter() - began
    with write() as connection:
        connection.execute(text("DELETE FROM outbox"))
    began = time.perf_counter()
    with write() as connection:
        connection.execute(text(f"INSERT INTO outbox ({names}) SELECT {names} FROM bare"))
    by_database = time.perf_counter() - began
    return {"executemany": len(rows) / by_python, "select": len(rows) / by_database}
