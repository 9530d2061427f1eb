"""Many files at once: others get their turn in between, and nobody hears of each hundred."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.pipeline.flow import passing
from monitor.pipeline.intake.looks import PER_PASS
from tests.integration.pipeline.world import World


def _history(world: World, days: int) -> None:
    first = date(2025, 1, 1)
    for number in range(days):
        holder = f"Holder {number % 7}"
        world.says((first + timedelta(days=number)).isoformat(), president=holder)


def test_a_situation_with_files_still_to_come_is_spoken_of_once(world: World) -> None:
    for day in range(2, PER_PASS + 40):
        as_of = (date(2026, 3, 1) + timedelta(days=day)).isoformat()
        world.says(as_of, president=f"Holder {day}", speaker="Berta")
    world.now += timedelta(days=400)

    first = world.passes()
    early = world.mail("ben")
    second = world.passes()
    told = world.mail("ben")

    assert (first.snapshots, first.left) == (PER_PASS, 38)
    assert (second.snapshots, second.left) == (38, 0)
    assert early == []
    assert len(told) == 1
    assert f"Holder {PER_PASS + 39}" in told[0].text


def test_after_a_minute_a_situation_is_spoken_of_although_files_come(world: World) -> None:
    for day in range(2, 2 * PER_PASS + 40):
        as_of = (date(2026, 3, 1) + timedelta(days=day)).isoformat()
        world.says(as_of, president=f"Holder {day}", speaker="Berta")
    world.now += timedelta(days=400)

    world.passes()
    early = world.mail("ben")
    world.passes(minutes=2)
    late = world.mail("ben")

    assert early == []
    assert len(late) == 1


def test_another_situation_is_told_between_two_hundreds(world: World) -> None:
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    for number in range(2 * PER_PASS):
        world.says("2026-01-01", situation=f"side-{number:03}", clerk="Ina")
    world.says("2026-03-02", file="0-first.yaml", president="Carl", speaker="Berta")
    world.says("2026-02-20", file="zz-last.yaml", president="Adam", speaker="Berta")

    world.passes()
    world.passes()
    between = world.passes()

    assert between.left == 0
    assert ["Carl" in mail.text for mail in world.mail("ben")] == [True]


def test_a_known_situation_does_not_wait_for_thousands_of_new_ones(world: World) -> None:
    world.says("2026-03-02", file="zz/first.yaml", president="Dana", speaker="Berta")
    world.passes()
    for number in range(2 * PER_PASS):
        file = f"side-{number:03}/2026-01-01.yaml"
        world.says("2026-01-01", situation=f"side-{number:03}", file=file, clerk="Ina")
    world.says("2026-03-03", file="zz/second.yaml", president="Carl", speaker="Berta")

    between = world.passes()

    assert between.left == PER_PASS + 1
    assert ["Carl" in mail.text for mail in world.mail("ben")] == [False, True]


def test_a_pass_that_is_stopped_between_items_goes_on_where_it_was(world: World) -> None:
    _history(world, 30)
    world.now += timedelta(seconds=5)
    work = passing(world.program, world.memory, world.now)
    taken = 0
    while taken < 10:
        taken += next(work).snapshots
    del work
    kept = len(world.program.store.versions.history("posts"))

    world.restarts()
    world.passes()

    assert kept == 11
    assert len(world.program.store.versions.history("posts")) == 31
