"""Conditions the operator must know of: each told once, and once more when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, or_, select, update

from monitor.store import tables
from monitor.store.family import TableFamily, chunks, insert_into
from monitor.store.records import NoticeRow

_table = tables.notices
_standing = _table.c.over_at.is_(None)
_new = _standing & _table.c.told_at.is_(None)
_over = ~_standing & _table.c.over_told_at.is_(None)


class Notices(TableFamily):
    def open(self, condition: str, text: str, *, now: datetime) -> bool:
        """True when the condition is new; while it stands, a repeat changes nothing."""
        return bool(self.open_all({condition: text}, now=now))

    def open_all(self, conditions: Mapping[str, str], *, now: datetime) -> list[str]:
        """The same for many at once; those that are new."""
        if not conditions:
            return []
        opened = []
        with self._access.write() as connection:
            for condition, text in conditions.items():
                added = connection.execute(
                    insert_into(connection, _table)
                    .values(condition=condition, text=text, opened_at=now)
                    .on_conflict_do_nothing()
                    .returning(_table.c.id)
                )
                if added.first() is not None:
                    opened.append(condition)
        return opened

    def close(self, condition: str, *, now: datetime) -> bool:
        """True when the condition stood. One that was never told is over without a word."""
        return bool(self.close_all([condition], now=now))

    def close_all(self, conditions: Sequence[str], *, now: datetime) -> list[str]:
        """The same for many at once; those that stood."""
        if not conditions:
            return []
        closed: list[str] = []
        with self._access.write() as connection:
            for some in chunks(conditions):
                over = update(_table).where(_table.c.condition.in_(some), _standing)
                rows = connection.execute(over.values(_ended(now)).returning(_table.c.condition))
                closed += rows.scalars()
        return closed

    def reword(self, notice: NoticeRow, text: str) -> None:
        """What is said of a condition that stands on; nobody is told anew."""
        with self._access.write() as connection:
            connection.execute(update(_table).where(_as_known(notice)).values(text=text))

    def retell(self, notice: NoticeRow, text: str, *, now: datetime, aloud: bool = True) -> bool:
        """The condition stands on, since when it did, for another reason: what was said of it is
        over, and the new line is to be told unless it was told before. False where somebody else
        was quicker."""
        with self._access.write() as connection:
            values = _ended(now) | ({} if aloud else {"over_told_at": now})
            ended = update(_table).where(_as_known(notice)).values(values)
            was = connection.execute(ended.returning(_table.c.told_at)).first()
            if was is None:
                return False
            anew = {"condition": notice.condition, "text": text, "opened_at": notice.opened_at}
            told = None if aloud else was.told_at
            row = insert_into(connection, _table).values(**anew, told_at=told)
            connection.execute(row.on_conflict_do_nothing())
        return True

    def texts(self, condition: str, *, since: datetime) -> tuple[str, ...]:
        """What was said of a condition and has been over since then, in any order."""
        query = select(_table.c.text).where(
            _table.c.condition == condition, _table.c.over_at >= since
        )
        with self._access.read() as connection:
            return tuple(connection.execute(query).scalars())

    def standing(self) -> tuple[NoticeRow, ...]:
        """What troubles us now, oldest first."""
        query = select(_table).where(_standing).order_by(_table.c.id)
        with self._access.read() as connection:
            return tuple(_notice(row) for row in connection.execute(query))

    def owes(self) -> bool:
        """Whether there is something that the operator has not been told."""
        query = select(_table.c.id).where(or_(_new, _over)).limit(1)
        with self._access.read() as connection:
            return connection.execute(query).first() is not None

    def take_owed(self, *, now: datetime) -> tuple[tuple[NoticeRow, ...], tuple[NoticeRow, ...]]:
        """What the operator has not been told: (new conditions, conditions now over).

        It is recorded as told in the same step, so that of two nodes one gets each.
        """
        with self._access.write() as connection:
            taken = (
                connection.execute(
                    update(_table).where(where).values(values).returning(_table)
                ).all()
                for where, values in ((_new, {"told_at": now}), (_over, {"over_told_at": now}))
            )
            first, second = (tuple(sorted(map(_notice, rows), key=_number)) for rows in taken)
        return first, second


def _ended(now: datetime) -> dict[str, Any]:
    """What is over; nobody hears of an end whose beginning was not told."""
    untold = _table.c.told_at.is_(None)
    return {"over_at": now, "over_told_at": case((untold, now), else_=None)}


def _as_known(notice: NoticeRow) -> ColumnElement[bool]:
    return and_(_table.c.id == notice.id, _table.c.text == notice.text, _standing)


def _number(notice: NoticeRow) -> int:
    return notice.id


def _notice(row: Row[Any]) -> NoticeRow:
    return NoticeRow(
        id=row.id,
        condition=row.condition,
        text=row.text,
        opened_at=row.opened_at,
        over_at=row.over_at,
    )
