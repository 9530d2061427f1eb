"""Articles that were added to drafts, each with its bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select

from monitor.errors import NotFound
from monitor.store import blobs, tables
from monitor.store.family import TableFamily
from monitor.store.records import Article, NewArticle

_table = tables.articles

WHOLE: Final = tuple(column for column in _table.c if column.name != "blob_id")
"""Of an article, all but its bytes."""


class Articles(TableFamily):
    """Nothing of them is deleted: what readers were told rests on them."""

    def add(self, draft: int, article: NewArticle, *, by: str, now: datetime) -> Article:
        """The article as it is kept; that of the same bytes, where the draft has them already."""
        with self._access.write() as connection:
            blob = blobs.keep(connection, article.data, after=None)
            query = select(*WHOLE).where(_table.c.draft_id == draft, _table.c.blob_id == blob)
            if (known := connection.execute(query).one_or_none()) is not None:
                return article_of(known)
            values = {
                "draft_id": draft,
                "source": article.source,
                "blob_id": blob,
                "text": article.text,
                "title": article.title,
                "publisher": article.publisher,
                "published": article.published,
                "url": article.url,
                "added_at": now,
                "added_by": by,
            }
            made = connection.execute(insert(_table).values(values).returning(*WHOLE)).one()
        return article_of(made)

    def of(self, draft: int) -> tuple[Article, ...]:
        """Those of a draft, as they were added."""
        query = select(*WHOLE).where(_table.c.draft_id == draft).order_by(_table.c.id)
        with self._access.read() as connection:
            return tuple(map(article_of, connection.execute(query)))

    def get(self, number: int) -> Article:
        """Raises NotFound."""
        with self._access.read() as connection:
            row = connection.execute(select(*WHOLE).where(_table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no article {number}")
        return article_of(row)

    def data(self, number: int) -> bytes:
        """As it was given. Raises NotFound, RowDamaged."""
        query = select(_table.c.blob_id).where(_table.c.id == number)
        with self._access.read() as connection:
            blob = connection.execute(query).scalar_one_or_none()
            if blob is None:
                raise NotFound(f"there is no article {number}")
            return blobs.read(connection, blob)


def article_of(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        draft=row.draft_id,
        source=row.source,
        text=row.text,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        added_at=row.added_at,
        added_by=row.added_by,
    )
