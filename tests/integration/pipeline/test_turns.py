"""A long run of digests gives way: news is taken in, and alerts are written, in between."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.flow import Memory, Step, passing
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.telling import digests
from monitor.pipeline.turn import EVERY, Turn
from tests.integration.pipeline.world import World

ITEMS = 5
"""Of a long step between two turns, by a clock on which each look at it takes its time."""


def turn_of(world: World, *happens: Callable[[], None]) -> Turn:
    """In each turn time has gone on, and the next of these has happened."""
    ticks = itertools.count()
    to_come = list(happens)

    def clock() -> datetime:
        if to_come:
            to_come.pop(0)()
        world.now += timedelta(seconds=EVERY)
        return world.now

    return Turn(clock, moment=lambda: next(ticks) * EVERY / ITEMS)


def test_what_is_urgent_has_its_turn_each_second_of_a_long_step(world: World) -> None:
    done: list[str] = []

    def step(name: str, items: int) -> Step:
        def run(_program: Program, _memory: Memory, _now: datetime) -> Iterator[Passed]:
            for _ in range(items):
                done.append(name)
                yield Passed()

        return Step(name, run, gives_way=name == "digest", urgent=name == "alert")

    steps = (step("alert", 1), step("digest", 3 * ITEMS), step("watch", 3 * ITEMS))
    list(passing(world.program, world.memory, world.now, turn=turn_of(world), steps=steps))

    assert done[0] == "alert"
    runs = [len(list(run)) for name, run in itertools.groupby(done[1:]) if name == "digest"]
    assert sum(runs) == 3 * ITEMS
    assert max(runs) <= ITEMS
    assert done.count("watch") == 3 * ITEMS


def test_a_pass_made_in_one_go_does_each_step_once(world: World) -> None:
    done: list[str] = []

    def run(_program: Program, _memory: Memory, _now: datetime) -> Iterator[Passed]:
        done.append("alert")
        yield Passed()

    steps = (Step("alert", run, urgent=True), Step("digest", run, gives_way=True))
    list(passing(world.program, world.memory, world.now, steps=steps))
    assert len(done) == 2


def test_an_alert_is_written_while_a_run_of_digests_goes_on(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A run of several pages, without thousands of readers.
    monkeypatch.setattr(digests, "PAGE", 4)
    world = each_world
    for number in range(40):
        spec = SubscriptionSpec(
            address=f"reader{number}@example.org",
            name="digest",
            situations=("posts",),
            cadence="hourly",
            alert_level=None,
            language=("en", "uk")[number % 2],
        )
        subscribe(world.program, spec, world.now)
    world.passes()
    world.mail()
    world.says("2026-03-02", president="Adam; elected", speaker="Berta")
    world.now += timedelta(hours=1)

    def news() -> None:
        world.says("2026-03-03", file="news.yaml", president="Carl", speaker="Berta")

    list(passing(world.program, world.memory, world.now, turn=turn_of(world, news)))
    reasons = [one.reason for one in world.program.store.outbox.find(limit=500)][::-1]
    assert reasons.count("digest") >= 40
    assert "digest" in reasons[reasons.index("alert") :], "the alert came after the last digest"
