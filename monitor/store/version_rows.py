"""Rows of versions: their order, what is made of them, and their contents in a store of blobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from monitor.model.as_of import DATE, order
from monitor.model.comparison import VersionRef
from monitor.store import tables
from monitor.store.blobs import keep_document
from monitor.store.family import insert_into
from monitor.store.records import NewVersion, Version

_table = tables.versions

NEAR: Final = 8
"""Rows that are looked at first: mostly one for a day."""


def keep_content(connection: Connection, new: NewVersion) -> None:
    """Its content, which may have been there before."""
    contents = tables.contents
    if connection.execute(select(contents.c.hash).where(contents.c.hash == new.content_hash)).all():
        return
    number = keep_document(connection, new.document, after=_beside(connection, new))
    connection.execute(
        insert_into(connection, contents)
        .values(hash=new.content_hash, document_id=number)
        .on_conflict_do_nothing(index_elements=["hash"])
    )


def _beside(connection: Connection, new: NewVersion) -> int | None:
    """The blob of the version before it, else of the one after it, which is much the same."""
    near = select(tables.contents.c.document_id).join(_table).where(
        _table.c.situation == new.situation
    )  # fmt: skip
    before = near.where(_table.c.as_of <= new.as_of)
    after = near.where(_table.c.as_of > new.as_of)
    for query in (
        before.order_by(_table.c.as_of.desc(), _table.c.revision.desc()),
        after.order_by(_table.c.as_of, _table.c.revision.desc()),
    ):
        number: int | None = connection.execute(query.limit(1)).scalar()
        if number is not None:
            return number
    return None


def ordered(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: (order(row.as_of), row.revision))


def last_of(
    connection: Connection, query: Select[Any], before: str | None = None
) -> Row[Any] | None:
    """The last row in the order, of an as_of before the given one. Texts sort by day, and within a
    day only nearly, where clocks go back: so the whole last day is looked at."""
    if before is not None:
        day = query.where(_table.c.as_of >= before[:DATE], _table.c.as_of < f"{before[:DATE]}U")
        rows = [row for row in connection.execute(day) if order(row.as_of) < order(before)]
        if rows:
            return ordered(rows)[-1]
        query = query.where(_table.c.as_of < before[:DATE])
    newest = query.order_by(_table.c.as_of.desc(), _table.c.revision.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None or len(row.as_of) <= DATE or row.as_of.endswith("Z"):
        return row
    return ordered(connection.execute(query.where(_table.c.as_of >= row.as_of[:DATE])).all())[-1]


def last_before(
    connection: Connection, query: Select[Any], as_of: str, *, at: bool = False
) -> Row[Any] | None:
    """The last row in the order that is before a moment, or `at` it."""
    day = f"{as_of[:DATE]}U"
    near = query.where(_table.c.as_of < day).order_by(_table.c.as_of.desc()).limit(NEAR)
    rows = connection.execute(near).all()
    fitting = [
        row for row in rows if order(row.as_of) < order(as_of) or (at and row.as_of == as_of)
    ]
    found = ordered(fitting)[-1] if fitting else None
    if len(rows) < NEAR or (found is not None and found.as_of[:DATE] != rows[-1].as_of[:DATE]):
        return found
    # Many of one day: there may be more of it.
    same = last_of(connection, query.where(_table.c.as_of == as_of)) if at else None
    return same or last_of(connection, query, before=as_of)


def version_of(row: Row[Any]) -> Version:
    ref = VersionRef(
        situation=row.situation,
        as_of=row.as_of,
        content_hash=row.content_hash,
        revision=row.revision,
        learned_at=row.learned_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        title=row.title,
    )
    return Version(
        id=row.id,
        ref=ref,
        kind_hash=row.kind_hash,
        state=row.state,
        held=row.held,
        hold=row.hold or ("accident" if row.state == "held" else None),
        snapshot=row.snapshot_id,
        learned_at=row.learned_at,
    )
