"""A long line costs what a short one does, and says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from monitor.errors import MonitorError
from monitor.model.comparison import State
from monitor.pipeline.comparison.baselines import compare_new
from monitor.pipeline.comparison.history import History
from monitor.pipeline.intake.holding import release
from monitor.pipeline.intake.withdrawals import put_back, withdraw
from monitor.store.records import Version
from tests.integration.pipeline.world import World

FIRST = date(2025, 9, 1)


def day(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


@contextmanager
def counting(world: World) -> Iterator[Counter[str]]:
    """Rows that are read, by table, and statements in all."""
    found: Counter[str] = Counter()
    engine = world.program.store._database.engine

    def note(*given: Any) -> None:
        found["statements"] += 1
        found["blobs"] += "FROM blobs" in given[2]

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def costs(world: World, number: int) -> Counter[str]:
    """What one more day costs, taken in and compared."""
    with counting(world) as found:
        world.adds(day(number), president=f"P{number}", speaker="Berta")
        for _ in compare_new(world.program, world.now):
            pass
    return found


def test_the_hundredth_version_costs_what_the_tenth_did(lone_world: World) -> None:
    world = lone_world
    costs_of = [costs(world, number) for number in range(100)]
    assert costs_of[99] == costs_of[9]


def test_a_file_is_asked_for_alone_however_many_there_are(world: World) -> None:
    world.passes()
    world.says("2026-03-02", president="Carl", speaker="Berta")
    with counting(world) as few:
        world.passes()
    for number in range(30):
        world.says(day(number), president=f"P{number}", speaker="Berta")
    world.passes()
    world.says("2026-03-03", president="Carl", speaker="Dora")
    with counting(world) as many:
        world.passes()
    assert abs(many["statements"] - few["statements"]) <= 13  # what the digest looks back at


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_said_over_many_days_the_line_is_what_is_left(
    lone_world: World, seed: int
) -> None:
    """Mostly partials, so that a full one may lie far back or ahead."""
    world, chance, store = lone_world, Random(seed), lone_world.program.store
    for act in range(60):
        as_of = day(chance.randrange(25))
        posts = {post: f"N{chance.randint(1, 3)}" for post in "wxyz" if chance.random() < 0.5}
        with suppress(MonitorError):
            match chance.choice(["full", "partial", "partial", "partial", "out", "back"]):
                case "out":
                    withdraw(world.program, f"posts@{as_of}", "a slip", world.now)
                case "back":
                    put_back(world.program, f"posts@{as_of}", world.now)
                case coverage:
                    world.adds(as_of, coverage="full" if act == 0 else coverage, **posts)
        for held in store.versions.held():
            with suppress(MonitorError):
                release(world.program, held, world.now)
        due = from_scratch(world)
        for one in store.versions.history("posts"):
            assert holders(store.versions.state(one.id)) == due[one.ref.as_of], (act, as_of)
        latest = store.versions.latest("posts")
        assert (holders(store.versions.state(latest.id)) if latest else None) == last_of(due)


def holders(state: State) -> dict[str, str]:
    return {post["id"]: post["holder"] for post in state.document["posts"]}


def last_of(due: dict[str, dict[str, str]]) -> dict[str, str] | None:
    return due[max(due)] if due else None


def from_scratch(world: World) -> dict[str, dict[str, str]]:
    """The state of each day, of what counts and of nothing else."""
    store = world.program.store
    held = {one.snapshot for one in store.versions.held()}
    state: dict[str, str] | None = None
    found: dict[str, dict[str, str]] = {}
    for row in store.snapshots.of("posts"):
        if row.id in held or row.aside not in (None, "stranded"):
            continue
        said = {post["id"]: post["holder"] for post in store.snapshots.content(row.id)["posts"]}
        if row.coverage == "full":
            state = said
        elif state is not None:
            state = state | said
        if state is not None:
            found[row.as_of] = dict(sorted(state.items()))
    return found


def line(world: World, days: int) -> tuple[Version, ...]:
    for number in range(days):
        world.adds(day(number), president=f"P{number}", speaker="Berta")
    return world.program.store.versions.history("posts")


def test_a_history_is_read_from_its_end_and_no_further_than_it_is_asked_for(
    lone_world: World,
) -> None:
    world = lone_world
    versions, read = line(world, 60), []

    def state_of(version: Version) -> State:
        read.append(version.ref.as_of)
        return world.program.store.versions.state(version.id)

    history = History(world.program.store, versions[50], state_of, weights={})
    with counting(world) as found:
        assert history
        assert next(reversed(history)).ref == versions[49].ref
    assert found["statements"] <= 2
    assert read == []
    assert [state.ref for state in history] == [one.ref for one in versions[:50]]
    assert history[-3].document["posts"][0]["holder"] == "P47"
    assert read == [day(47)]
    assert len(history) == 50


def test_a_history_begins_before_the_moment_of_its_version(lone_world: World) -> None:
    world = lone_world
    times = ["2026-03-01", "2026-03-02", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z"]
    for as_of in times:
        world.adds(as_of, president=as_of, speaker="Berta")
    world.adds(times[2], president="corrected", speaker="Berta")
    *_, last = world.program.store.versions.history("posts")
    read = world.program.comparing.state
    found = [state.ref for state in History(world.program.store, last, read, weights={})]
    assert [(ref.as_of, ref.revision) for ref in found] == [
        (times[0], 1),
        (times[1], 1),
        (times[2], 2),
    ]
