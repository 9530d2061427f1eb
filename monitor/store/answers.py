"""What models said of articles: the same question is asked once, and a day has its budget."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import Answer, NewAnswer

_table = tables.answers


class Answers(TableFamily):
    def add(self, answer: NewAnswer, *, now: datetime) -> None:
        values = {
            "article_id": answer.article,
            "model": answer.model,
            "question": answer.question,
            "asked_at": now,
            "tokens": answer.tokens,
            "answer": answer.answer,
            "outcome": answer.outcome,
        }
        with self._access.write() as connection:
            connection.execute(insert(_table).values(values))

    def get(self, article: int, model: str, question: str) -> Answer | None:
        """The last one that there was to this question."""
        query = (
            select(_table)
            .where(
                _table.c.article_id == article,
                _table.c.model == model,
                _table.c.question == question,
                _table.c.answer.is_not(None),
            )
            .order_by(_table.c.id.desc())
            .limit(1)
        )
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Answer(
            article=row.article_id,
            model=row.model,
            question=row.question,
            tokens=row.tokens,
            answer=row.answer,
            outcome=row.outcome,
            asked_at=row.asked_at,
        )

    def spent(self, *, since: datetime) -> int:
        """Tokens of all questions and answers from then on."""
        query = select(func.coalesce(func.sum(_table.c.tokens), 0)).where(
            _table.c.asked_at >= since
        )
        with self._access.read() as connection:
            return int(connection.execute(query).scalar_one())
