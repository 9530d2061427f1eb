"""Listening to statements: which took longest, and how they were answered."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

HEAVIEST = 3


class Finding:
    """Seconds by statement, and which execution of it was the slowest, while it is `active`."""

    def __init__(self) -> None:
        self.active = False
        self._took: defaultdict[str, list[float]] = defaultdict(list)

    def listen(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)

    def _before(self, *given: Any) -> None:
        if given[4] is not None:
            given[4].bench_began = time.perf_counter()

    def _after(self, *given: Any) -> None:
        if self.active and given[4] is not None and not given[5]:
            self._took[given[2]].append(time.perf_counter() - given[4].bench_began)

    def heaviest(self) -> list[dict[str, Any]]:
        first = sorted(self._took.items(), key=lambda item: -sum(item[1]))[:HEAVIEST]
        return [
            {
                "statement": statement,
                "seconds": sum(took),
                "times": len(took),
                "most": max(took),
                "at": took.index(max(took)),
            }
            for statement, took in first
        ]


class Explaining:
    """Has wanted statements explained when they come for the time that is wanted, while it is
    `active`."""

    def __init__(self, wanted: list[dict[str, Any]]) -> None:
        self.active = False
        self._wanted = {one["statement"]: one["at"] for one in wanted}
        self._met: Counter[str] = Counter()
        self.plans: dict[str, list[str]] = {}

    def listen(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._before)

    def _before(self, *given: Any) -> None:
        connection, statement, parameters, several = given[0], given[2], given[3], given[5]
        if not self.active or several or statement not in self._wanted:
            return
        if self._met[statement] == self._wanted[statement]:
            explain = _explainer(connection.dialect.name)
            self.plans[statement] = explain(
                connection.connection.driver_connection, statement, parameters
            )
        self._met[statement] += 1


def _explainer(sort: str) -> Callable[[Any, str, Any], list[str]]:
    return _of_sqlite if sort == "sqlite" else _of_postgresql


def _of_sqlite(driver: Any, statement: str, parameters: Any) -> list[str]:
    rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    return [str(row[-1]) for row in rows]


def _of_postgresql(driver: Any, statement: str, parameters: Any) -> list[str]:
    """It is carried out for that, and taken back."""
    with driver.cursor() as cursor:
        cursor.execute("SAVEPOINT explained")
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {statement}", parameters)
        lines = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("ROLLBACK TO SAVEPOINT explained")
        cursor.execute("RELEASE SAVEPOINT explained")
    return lines
