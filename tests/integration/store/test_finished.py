"""Messages that are over: no tick reads them, and they leave without anybody's waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from monitor.model.rate import Limit, Rate, Rates
from monitor.store import Store, open_store
from monitor.store.housekeeping import SLICE
from tests.integration.store.world import DAY, MINUTE, NOW, SENT, claim, letter, mark

MANY = 12_000

_NUMBERS = {
    "sqlite": "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {0})"
    " SELECT n FROM s)",
    "postgresql": "generate_series(1, {0}) AS s(n)",
}


@pytest.fixture
def after_years(service: Store) -> Store:
    """One message was sent, and a copy of it many times over."""
    service.outbox.post([letter(service)], now=NOW)
    mark(service, claim(service), SENT)
    multiplied(service, "outbox", MANY)
    return service


def multiplied(store: Store, table: str, many: int) -> None:
    database = store._database
    with database.write() as connection:
        row = connection.execute(text(f"SELECT * FROM {table}")).mappings().one()
        names = ", ".join(name for name in row if name != "id")
        numbers = _NUMBERS[connection.dialect.name].format(many)
        connection.exec_driver_sql(
            f"INSERT INTO {table} (id, {names})"
            f" SELECT n + {table}.id, {names} FROM {table}, {numbers}"
        )
        if not database.sqlite:
            connection.exec_driver_sql(f"ANALYZE {table}")
            connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', max(id)) FROM {table}")


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed meanwhile, with their parameters."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        if not many and statement.startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            heard.append((statement, parameters))

    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def plan(store: Store, statement: str, parameters: Any) -> str:
    how = "EXPLAIN QUERY PLAN" if store.is_sqlite else "EXPLAIN"
    with store._database.read() as connection:
        rows = connection.exec_driver_sql(f"{how} {statement}", parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def reads_all(found: str) -> bool:
    """Whether the plan goes through the whole outbox, and not an index of what is not over."""
    for line in found.splitlines():
        if "Seq Scan on outbox" in line:
            return True
        if line.strip().startswith("SCAN outbox") and "ix_outbox" not in line:
            return True
    return False


def tick(store: Store) -> None:
    """All that a tick, the dispatcher and the look for trouble ask the outbox."""
    kept = Rates(
        limits=(
            Limit(name="relay", rates=(Rate(messages=9, seconds=60),)),
            Limit(name="a", rates=(Rate(messages=9, seconds=60),), hosts=("a.example",)),
        ),
        by_caller=True,
    )
    outbox = store.outbox
    for rates in (Rates(), kept):
        outbox.claim(limit=50, now=NOW, rates=rates)
        outbox.next_due(now=NOW, rates=rates)
        outbox.allowances(rates, now=NOW)
    outbox.find(states=("held",), limit=1)
    outbox.find(states=("dead",), limit=100)
    outbox.find(states=("pending", "claimed", "retry", "held", "dead"), limit=50)
    outbox.find(states=("sent", "dead"), reason="operator", limit=1)
    outbox.refused(limit=100)
    outbox.unbuilt(limit=100)
    outbox.refused_recipients()


def test_no_tick_reads_what_is_over(after_years: Store) -> None:
    with asked(after_years) as statements:
        tick(after_years)
    assert len(statements) > 20
    for statement, parameters in statements:
        found = plan(after_years, statement, parameters)
        assert not reads_all(found), f"{statement}\n{found}"


def test_a_status_counts_what_is_over_among_the_newest(after_years: Store) -> None:
    after_years.outbox.post([letter(after_years)], now=NOW)
    count = after_years.outbox.count()
    assert count.looked_at == 10_000
    assert count.by_state["pending"] == 1
    assert count.by_state["sent"] <= 10_000


def test_what_is_over_leaves_in_slices_and_what_is_young_stays(after_years: Store) -> None:
    store = after_years
    store.outbox.post([letter(store)], now=NOW + DAY)
    slices = list(store.leaving(before=NOW + MINUTE))
    outbox = [one.gone for one in slices if one.table == "outbox"]
    assert sum(outbox) == MANY + 1
    assert max(outbox) <= SLICE
    assert len(outbox) >= MANY // SLICE
    assert [one.state for one in store.outbox.find()] == ["pending"]
    assert sum(one.gone for one in store.leaving(before=NOW + MINUTE)) == 0


def test_who_is_stopped_in_between_goes_on_with_the_rest(after_years: Store) -> None:
    gone = 0
    for one in after_years.leaving(before=NOW + MINUTE):
        gone += one.gone
        if gone >= 3 * SLICE:
            break
    assert sum(after_years.prune(before=NOW + MINUTE).values()) >= MANY - gone


def test_what_waits_since_long_is_passed_over(after_years: Store) -> None:
    store = after_years
    store.outbox.post([letter(store)], now=NOW - 100 * DAY)
    assert store.prune(before=NOW + MINUTE)["outbox"] == MANY + 1
    assert [one.state for one in store.outbox.find()] == ["pending"]


def test_a_body_that_is_needed_stays(service: Store) -> None:
    body = service.digests.add_body(b"for two")
    for at in (NOW, NOW + timedelta(days=2)):
        one = letter(service)
        service.outbox.post([one], now=at)
    assert mark(service, claim(service, limit=1), SENT) == [True]
    service.prune(before=NOW + DAY)
    assert service.digests.body(body) == b"for two"
    (left,) = service.outbox.find()
    assert service.digests.body(left.body)


@pytest.mark.postgresql
def test_one_node_lets_go_at_a_time(postgresql_url: str) -> None:
    first, second = open_store(postgresql_url), open_store(postgresql_url)
    first.nodes.start(now=NOW)
    first.outbox.post([letter(first)], now=NOW)
    mark(first, claim(first), SENT)
    with first._database.write() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('monitor.tidy'))")
        assert second.prune(before=NOW + DAY).get("outbox") is None
    assert second.prune(before=NOW + DAY)["outbox"] == 1
    first.close()
    second.close()
