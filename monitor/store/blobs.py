"""Documents and files as bytes, each content once, and each as its difference from an earlier one.

A chain begins with a blob that stands alone. The one at place `p` of it is packed beside the one
whose place is `p` without its lowest bit: so any is read through six others at most, and what is
damaged costs no more than the rest of its chain. A base is never deleted: a foreign key keeps it.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from monitor.errors import RowDamaged
from monitor.model.comparison import Document
from monitor.store import documents, tables
from monitor.store.columns import Id, Words, unreadable
from monitor.store.family import insert_into
from monitor.store.packing import PackingError, pack, unpack

_table = tables.blobs

CHAIN: Final = 64
"""Blobs in one chain: a power of two. A key frame takes a fifth of its bytes, a difference hardly
any; with more the frames between, which lie further from their bases, would weigh as much."""

ALONE: Final = 4096
"""Bytes below which a blob stands alone: of small ones each can be read whatever befalls others."""

SMALL: Final = 16
"""A difference below such a part of its bytes is not measured against the blob alone."""


def keep(connection: Connection, data: bytes, *, after: int | None) -> int:
    """The id of the blob with these bytes, stored if they are new. `after` is one that is much the
    same, such as that of the version before."""
    digest = hash_of(data)
    known = select(_table.c.id).where(_table.c.hash == digest)
    if (number := connection.execute(known).scalar()) is not None:
        return int(number)
    values = _placed(connection, data, after)
    row = insert_into(connection, _table).values(hash=digest, **values)
    # Another situation may have got the same content from another node meanwhile.
    new = row.on_conflict_do_nothing(index_elements=["hash"]).returning(_table.c.id)
    number = connection.execute(new).scalar() or connection.execute(known).scalar_one()
    return int(number)


def keep_document(connection: Connection, document: Document, *, after: int | None) -> int:
    return keep(connection, documents.written(document), after=after)


def hash_of(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def read(connection: Connection, number: int) -> bytes:
    """The bytes of a blob. Raises RowDamaged, naming the row that cannot be read."""
    data: bytes | None = None
    for row in _chain(connection, number):
        data = _unpacked(row, data)
    if data is None:
        raise _damaged(number, "gone")
    return data


def read_document(connection: Connection, number: int) -> Document:
    """Raises RowDamaged."""
    return documents.read(read(connection, number), _place(number))


def read_content(connection: Connection, content_hash: str) -> Document | None:
    """The document with this hash; None where there is none. Raises RowDamaged."""
    data: bytes | None = None
    chain = connection.execute(_CHAIN_OF_CONTENT, {"hash": content_hash}).all()
    for row in chain:
        data = _unpacked(row, data)
    return None if data is None else documents.read(data, _place(chain[-1].id))


def _placed(connection: Connection, data: bytes, after: int | None) -> dict[str, Any]:
    """Beside its base where that makes it much smaller, else as the first of a new chain."""
    found = None if after is None or len(data) < ALONE else _base(connection, after)
    if found is not None:
        base, place, content = found
        frame = pack(data, content)
        if len(frame) < len(data) // SMALL or 2 * len(frame) < len(pack(data)):
            return {"base_id": base, "place": place, "data": frame}
    return {"base_id": None, "place": 0, "data": pack(data)}


def _base(connection: Connection, after: int) -> tuple[int, int, bytes] | None:
    """What follows `after` in its chain is packed beside: its id, the place of what follows, and
    its bytes. None at the end of a chain, and where it cannot be read: news goes on."""
    chain = _chain(connection, after)
    place = chain[-1].place + 1 if chain else CHAIN
    if place >= CHAIN:
        return None
    content: bytes | None = None
    try:
        for row in chain:
            content = _unpacked(row, content)
            if row.place == place & (place - 1):
                return (row.id, place, content) if len(content) >= ALONE else None
    except RowDamaged:
        pass
    return None


def _chain(connection: Connection, number: int) -> list[Row[Any]]:
    """The blob, and before it what it is packed beside, from the beginning of the chain on."""
    return list(connection.execute(_CHAIN, {"number": number}).all())


def _chain_query(number: Any) -> Select[Any]:
    columns = (_table.c.id, _table.c.base_id, _table.c.place, _table.c.data)
    first = select(*columns).where(_table.c.id == number).cte("chain", recursive=True)
    # The place, so that a damaged row cannot lead round in a circle.
    above = (_table.c.id == first.c.base_id) & (_table.c.place < first.c.place)
    chain = first.union_all(select(*columns).join(first, above))
    return select(chain).order_by(chain.c.place)


# Made once: SQLAlchemy takes longer to put them together than to run them.
_CHAIN: Final = _chain_query(bindparam("number", type_=Id))
_CHAIN_OF_CONTENT: Final = _chain_query(
    select(tables.contents.c.document_id)
    .where(tables.contents.c.hash == bindparam("hash", type_=Words))
    .scalar_subquery()
)


def _unpacked(row: Row[Any], base: bytes | None) -> bytes:
    if (row.base_id is None) != (base is None):
        raise _damaged(row.id, "without its base")
    try:
        return unpack(row.data, base)
    except PackingError as error:
        raise _damaged(row.id, type(error).__name__) from error


def _damaged(number: int, why: str) -> RowDamaged:
    return unreadable(_place(number), why)


def _place(number: int) -> str:
    return f"blobs.data of row {number}"
