"""Nodes that share one PostgreSQL do each piece of work once between them, and a node that was
away past its lease writes nothing late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.collect.snapshot import Snapshot
from monitor.collect.source import Item
from monitor.pipeline.comparison import baselines
from monitor.pipeline.intake import items
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.intake.moving import Moving, read_moving
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.sharing import Share
from monitor.pipeline.telling import alerts
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
