"""What was made of the sentences of articles, and the evidence that is left of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select

from monitor.store import tables
from monitor.store.articles import WHOLE, article_of
from monitor.store.family import TableFamily
from monitor.store.records import Article, Evidence, NewPlacing, Placing

_table = tables.placings
_drafts = tables.drafts
_articles = tables.articles


class Placings(TableFamily):
    def add(self, draft: int, placing: NewPlacing, *, by: str, now: datetime) -> int:
        """Its id. A sentence that was rejected or left for later may be accepted after all."""
        values = {
            "draft_id": draft,
            "article_id": placing.article,
            "card": placing.card,
            "choice": placing.choice,
            "placement": placing.placement,
            "quote": placing.quote,
            "first": placing.first,
            "last": placing.last,
            "how": placing.how,
            "decided_at": now,
            "decided_by": by,
            "before": placing.before,
        }
        query = insert(_table).values(values).returning(_table.c.id)
        with self._access.write() as connection:
            return int(connection.execute(query).scalar_one())

    def of(self, draft: int) -> tuple[Placing, ...]:
        """Those of a draft, in the order in which they were decided."""
        query = select(_table).where(_table.c.draft_id == draft).order_by(_table.c.id)
        with self._access.read() as connection:
            return tuple(map(_placing, connection.execute(query)))

    def take_back(self, number: int) -> None:
        with self._access.write() as connection:
            connection.execute(delete(_table).where(_table.c.id == number))

    def evidence(self, situation: str, *, drafted: bool = False) -> tuple[Evidence, ...]:
        """Of the drafts that were published, the oldest first; `drafted`: of the open one too."""
        published = _drafts.c.ending == "published"
        which = or_(published, _drafts.c.ended_at.is_(None)) if drafted else published
        query = (
            select(_table)
            .join(_drafts, _drafts.c.id == _table.c.draft_id)
            .where(
                _drafts.c.situation == situation,
                which,
                _table.c.choice == "accepted",
                _table.c.article_id.is_not(None),
            )
            .order_by(_table.c.id)
        )
        with self._access.read() as connection:
            rows = connection.execute(query).all()
            if not rows:
                return ()
            wanted = select(*WHOLE).where(_articles.c.id.in_({row.article_id for row in rows}))
            articles = {row.id: article_of(row) for row in connection.execute(wanted)}
        return tuple(_evidence(row, articles[row.article_id]) for row in rows)


def _placing(row: Row[Any]) -> Placing:
    return Placing(
        id=row.id,
        article=row.article_id,
        card=row.card,
        choice=row.choice,
        placement=row.placement,
        quote=row.quote,
        first=row.first,
        last=row.last,
        how=row.how,
        before=row.before,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )


def _evidence(row: Row[Any], article: Article) -> Evidence:
    return Evidence(
        placement=row.placement,
        quote=row.quote,
        first=row.first,
        last=row.last,
        article=article,
        how=row.how,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
