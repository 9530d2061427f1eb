"""Nodes that share one PostgreSQL do each piece of work once between them, and a node that was
away past its lease writes nothing late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item
from monitor.model.subscription import Subscription, SubscriptionSpec
from monitor.pipeline.comparison import baselines
from monitor.pipeline.intake import items
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.intake.moving import Moving, read_moving
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.sharing import Share
from monitor.pipeline.telling import alerts, welcome
from monitor.pipeline.telling.judged import Verdict, read_verdict
from monitor.store.records import Version
from tests.integration.pipeline.world import MONDAY, World

pytestmark = pytest.mark.postgresql


@pytest.fixture
def nodes(tmp_path: Path, postgresql_url: str) -> Iterator[list[World]]:
    """Two nodes on one folder."""
    both = [World(tmp_path, postgresql_url) for _ in range(2)]
    yield both
    for node in both:
        node.close()


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Versions by as_of, each time one is compared with its baseline."""
    found: list[str] = []
    compare = baselines._compare

    def counted(program: Program, share: Share, version: Version, now: datetime) -> Passed:
        found.append(version.ref.as_of)
        return compare(program, share, version, now)

    monkeypatch.setattr(baselines, "_compare", counted)
    return found


def takes_in(node: World, days: int) -> list[str]:
    found = [f"2026-02-{day:02}" for day in range(1, days + 1)]
    for day in found:
        node.says(day, president=f"Holder {day}")
    for _ in take_in(node.program, node.memory.looks, node.now):
        pass
    return found


def lose_claims(node: World) -> None:
    """As when all nodes are stopped for longer than any lease."""
    with node.program.store._database.write() as connection:
        connection.execute(text("UPDATE work SET lease_until = lease_until - interval '1 hour'"))


def test_nodes_share_what_is_to_be_compared(nodes: list[World], compared: list[str]) -> None:
    here, there = nodes
    days = takes_in(here, 10)
    both = [baselines.compare_new(node.program, node.now) for node in nodes]
    done = [0, 0]
    for first, second in zip_longest(*both, fillvalue=Passed()):
        done[0] += first.compared
        done[1] += second.compared
    assert sorted(compared) == days
    assert sum(done) == len(days)
    assert min(done) >= 4
    assert here.program.store.versions.owed() == there.program.store.versions.owed() == ()


def test_a_comparison_of_a_node_that_was_stopped_is_made_by_another_and_written_once(
    nodes: list[World], compared: list[str]
) -> None:
    here, there = nodes
    days = takes_in(here, 3)
    stopped = baselines.compare_new(here.program, here.now)
    next(stopped)
    lose_claims(here)
    done = sum(one.compared for one in baselines.compare_new(there.program, there.now))
    late = sum(one.compared for one in stopped)
    assert (done, late) == (len(days) - 1, 0)
    assert not here.program.blame.standing()


def test_a_node_that_was_stopped_while_it_judged_writes_nothing_late(nodes: list[World]) -> None:
    here, there = nodes
    here.says("2026-03-01", president="Adam")
    for node in nodes:
        node.hears()
    here.says("2026-03-02", president="Berta")
    for _ in take_in(here.program, here.memory.looks, here.now + timedelta(seconds=5)):
        pass
    stopped = alerts.judge_alerts(
        here.program, here.memory.judged, here.now, looks=here.memory.looks
    )
    next(stopped)
    lose_claims(here)
    told = there.hears()
    late = sum((one for one in stopped), Passed())
    assert {mail.to for mail in told} >= {"ana@example.org", "ben@example.org"}
    assert len(told) == len({mail.to for mail in told})
    assert (late.alerts, late.digests) == (0, 0)
    assert here.mail() == []
    assert not here.program.blame.standing()
    assert here.hears() == []


def test_a_situation_that_one_node_has_judged_is_judged_by_no_other(
    nodes: list[World], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = nodes
    here.says("2026-03-01", president="Adam")
    here.passes()
    judged: list[str] = []
    judge = alerts._judge_all

    def counted(*given: object) -> Iterator[object]:
        judged.append(given[-1].name)  # type: ignore[attr-defined]
        return judge(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(alerts, "_judge_all", counted)
    for _ in range(2):
        there.passes()
        here.passes()
    assert judged == []
    here.says("2026-03-02", president="Berta")
    there.passes()
    here.passes()
    assert judged == ["posts"]


def test_a_restart_judges_nothing_that_was_judged(
    nodes: list[World], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _ = nodes
    here.says("2026-03-01", president="Adam")
    here.passes()
    here.restarts()
    monkeypatch.setattr(alerts, "_judge_all", None)
    here.passes()
    assert not [one for one in here.program.blame.standing() if "alert" in one]


def test_who_is_left_alone_after_lost_mail_is_judged_when_that_is_over() -> None:
    verdict = Verdict(latest=7, withdrawn=frozenset({(3, MONDAY)}), again=MONDAY)
    assert read_verdict(verdict.written()) == verdict
    assert read_verdict("what another release wrote") is None
    assert read_verdict("[1]") is None


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files by name, each time one is read."""
    found: list[str] = []
    reading = items._read

    def counted(turn: items.Turn, item: Item) -> Snapshot | None:
        found.append(item.name)
        return reading(turn, item)

    monkeypatch.setattr(items, "_read", counted)
    return found


def looking(node: World) -> Iterator[Passed]:
    node.now += timedelta(seconds=5)
    return take_in(node.program, node.memory.looks, node.now)


def test_a_file_is_read_and_taken_in_by_one_node(nodes: list[World], read: list[str]) -> None:
    here, _ = nodes
    days = [f"2026-02-{day:02}" for day in range(1, 9)]
    for day in days:
        here.says(day, president=f"Holder {day}")
    taken = 0
    for _ in range(2):
        for first, second in zip_longest(*map(looking, nodes), fillvalue=Passed()):
            taken += first.snapshots + second.snapshots
    assert sorted(read) == [f"{day}.yaml" for day in days]
    assert taken == len(days)
    assert [one.ref.revision for one in here.program.store.versions.every("posts")] == [1] * 8
    assert not any(node.memory.looks.owed["posts"] for node in nodes)


def test_what_a_killed_node_had_begun_to_take_in_another_one_takes_in(
    nodes: list[World], read: list[str]
) -> None:
    here, there = nodes
    days = [f"2026-02-{day:02}" for day in range(1, 5)]
    for day in days:
        here.says(day, president=f"Holder {day}")
    killed = looking(here)
    while not next(killed).snapshots:
        pass
    there.passes()
    assert len(there.program.store.versions.history("posts")) == 1
    lose_claims(here)
    there.passes()
    assert [one.ref.as_of for one in there.program.store.versions.history("posts")] == days
    assert sum(one.snapshots for one in killed) == 0
    assert not here.program.blame.standing()
    here.passes()
    assert len(here.program.store.versions.every("posts")) == len(days)
    assert len(read) == 2 * len(days) - 1


def test_nobody_hears_of_what_is_in_between_while_another_node_takes_in(
    nodes: list[World],
) -> None:
    here, there = nodes
    here.says("2026-02-20", president="Adam")
    for node in nodes:
        node.hears()
    for day, name in (("2026-02-21", "Berta"), ("2026-02-22", "Carl")):
        here.says(day, president=name)
    slow = looking(here)
    while not next(slow).snapshots:
        pass
    assert there.hears() == []
    assert sum(one.snapshots for one in slow) == 1
    told = [mail for node in (there, here) for mail in node.hears()]
    assert [mail.to for mail in told].count("ben@example.org") == 1
    assert all("from Adam to Carl" in mail.text for mail in told)


def test_a_history_is_one_for_all_nodes(nodes: list[World]) -> None:
    note = Moving(since={"posts": MONDAY}, is_history=True)
    assert read_moving(note.written()) == note
    assert read_moving("what another release wrote") == Moving()
    assert Moving().written() == ""


def waiting(node: World, count: int) -> list[int]:
    """Readers of a situation that is not there yet."""
    create = node.program.store.subscriptions.create
    specs = (
        SubscriptionSpec(
            address=f"r{number}@example.org", name="late", situations=("posts",), cadence="hourly"
        )
        for number in range(count)
    )
    return [create(spec, (), due_at=None, now=node.now).id for spec in specs]


@pytest.fixture
def welcomed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Readers by id, each time a welcome is made for one."""
    found: list[int] = []
    making = welcome._welcome

    def counted(program: Program, reader: Subscription, *rest: Any) -> bool:
        found.append(reader.id)
        return making(program, reader, *rest)

    monkeypatch.setattr(welcome, "_welcome", counted)
    return found


def beginning(node: World) -> Iterator[Passed]:
    return welcome.begin(node.program, node.memory.begun, node.now)


def test_nodes_share_whom_they_welcome(nodes: list[World], welcomed: list[int]) -> None:
    here, _ = nodes
    readers = waiting(here, 40)
    takes_in(here, 1)
    done = [0, 0]
    for first, second in zip_longest(*map(beginning, nodes), fillvalue=Passed()):
        done[0] += first.welcomes
        done[1] += second.welcomes
    assert len(welcomed) == len(set(welcomed)) == sum(done)
    assert set(welcomed) >= set(readers)
    assert min(done) >= 8


def test_a_node_that_was_stopped_while_it_welcomed_welcomes_nobody_late(
    nodes: list[World], welcomed: list[int]
) -> None:
    here, there = nodes
    readers = waiting(here, 6)
    takes_in(here, 1)
    stopped = beginning(here)
    next(stopped)
    lose_claims(here)
    done = 1 + sum(one.welcomes for one in beginning(there))
    assert sum(one.welcomes for one in stopped) == 0
    assert done >= len(readers)
    sent = here.program.store.outbox.find(reason="welcome", limit=100)
    assert sorted(one.subscription or 0 for one in sent) == sorted(set(welcomed))
    assert not here.program.blame.standing()


def test_a_process_that_starts_asks_nobody_who_has_begun(nodes: list[World]) -> None:
    here, there = nodes
    waiting(here, 30)
    takes_in(here, 1)
    for _ in range(3):
        list(beginning(here))
    asked: list[str] = []
    event.listen(
        there.program.store._database.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_: asked.append(statement),
    )
    assert [*beginning(there)] == []
    assert sum("SELECT" in statement for statement in asked) == 1


def test_who_gets_no_mail_is_tried_once_until_somebody_else_waits(
    nodes: list[World], welcomed: list[int]
) -> None:
    here, _ = nodes
    (number,) = waiting(here, 1)
    takes_in(here, 1)
    store = here.program.store
    with store._database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO suppressions (address, scope, reason, source, at)"
                " VALUES ('r0@example.org', 'all', 'complaint', 'test', clock_timestamp())"
            )
        )
    for _ in range(4):
        list(beginning(here))
    tried = welcomed.count(number)
    assert [*beginning(here)] == []
    assert 0 < tried == welcomed.count(number) <= 2 * welcome.TRIES
    assert not here.program.blame.standing()
