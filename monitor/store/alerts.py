"""What alerts have told each subscription since its last digest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from monitor.store import tables
from monitor.store.family import TableFamily
from monitor.store.records import AlertedFinding

_table = tables.alerts


class Alerts(TableFamily):
    def record(self, findings: Sequence[AlertedFinding]) -> None:
        """Remembers what was told, so that the next digest can say when."""
        if not findings:
            return
        rows = [
            {
                "subscription_id": one.subscription,
                "situation": one.situation,
                "old_id": one.old,
                "new_id": one.new,
                "finding": one.finding,
                "sentence": one.sentence,
                "at": one.at,
            }
            for one in findings
        ]
        with self._access.write() as connection:
            connection.execute(insert(_table), rows)

    def of(self, subscription: int) -> tuple[AlertedFinding, ...]:
        """In the order they were told. A run that moves told forgets them."""
        query = select(_table).where(_table.c.subscription_id == subscription)
        with self._access.read() as connection:
            rows = connection.execute(query.order_by(_table.c.at, _table.c.finding)).all()
        return tuple(
            AlertedFinding(
                subscription=row.subscription_id,
                situation=row.situation,
                old=row.old_id,
                new=row.new_id,
                finding=row.finding,
                sentence=row.sentence,
                at=row.at,
            )
            for row in rows
        )
