"""What fails at each pass is tried less and less often, and at once when its input is another."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from monitor.collect.snapshot import Snapshot
from monitor.model.record import replace
from monitor.pipeline.comparison.comparing import Comparing
from monitor.pipeline.flow import Memory
from monitor.pipeline.intake import items, taking
from monitor.pipeline.telling import digests
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.trouble.patience import PAUSES, lasts
from monitor.store.records import Version
from tests.integration.pipeline.world import MONDAY, World

HOUR = timedelta(hours=1)


class Poisoned(Comparing):
    """Comparing with the version of one day fails, and is counted."""

    tries = 0
    day = "2026-03-02"

    def _compared(self, old: Version, new: Version, *days: object) -> object:  # type: ignore[override]
        if new.ref.as_of == self.day and old.id != new.id:
            self.tries += 1
            raise ZeroDivisionError(f"try {self.tries}")
        return super()._compared(old, new, *days)  # type: ignore[arg-type]


def poisoned(world: World) -> Poisoned:
    program = world.program
    comparing = Poisoned(store=program.store, kinds=program.kinds, settings=program.settings)
    world.program = replace(program, comparing=comparing)
    return comparing


def operators(world: World, passes: int, **later: float) -> list[str]:
    mail = [one for _ in range(passes) for one in world.hears(**later)]
    return [one.subject for one in mail if one.to.startswith("operator")]


def test_pauses_grow_to_an_hour_and_end_when_the_clock_is_put_back() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert PAUSES[0] == timedelta(minutes=1)
    assert lasts(1, MONDAY, MONDAY + timedelta(seconds=59))
    assert not lasts(1, MONDAY, MONDAY + timedelta(seconds=60))
    assert lasts(99, MONDAY, MONDAY + HOUR - timedelta(seconds=1))
    assert not lasts(99, MONDAY, MONDAY + HOUR)
    assert not lasts(99, MONDAY, MONDAY - timedelta(seconds=1))


def test_a_comparison_that_fails_is_tried_seldom_and_stands_meanwhile(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    comparing = poisoned(world)
    world.says("2026-03-02", president="Carl")
    with caplog.at_level(logging.ERROR):
        heard = operators(world, 40, minutes=1)

    pairs = 3  # with the baseline, and for readers of two zones, whose rules know the day
    assert 3 * pairs <= comparing.tries <= 6 * pairs
    assert len(heard) == 1
    assert len(caplog.records) <= comparing.tries
    assert len(world.program.store.notices.standing()) == 1


def test_a_newer_version_is_tried_at_once_and_ends_it(world: World) -> None:
    comparing = poisoned(world)
    world.says("2026-03-02", president="Carl")
    operators(world, 10, minutes=1)
    tried = comparing.tries
    world.says("2026-03-03", president="Dana")
    told = world.hears()

    assert comparing.tries == tried
    assert "ben@example.org" in [one.to for one in told]


def test_a_restart_tries_at_once(world: World) -> None:
    comparing = poisoned(world)
    world.says("2026-03-02", president="Carl")
    operators(world, 10, minutes=1)
    comparing.day = ""
    assert operators(world, 1) == []
    world.restarts()

    heard = world.hears()
    assert "ben@example.org" in [one.to for one in heard]
    assert [one.subject[:4] for one in heard if one.to.startswith("operator")] == ["Over"]


class Broken:
    """A call that fails for one name, and counts."""

    def __init__(self, name: str, plain: Callable[..., object]) -> None:
        self.name, self.plain, self.is_on = name, plain, True
        self.tries: Counter[str] = Counter()

    def fail_for(self, name: str) -> None:
        self.tries[name] += 1
        if self.is_on and name == self.name:
            raise ZeroDivisionError("out of order")


def test_a_digest_that_fails_for_one_reader_rests_and_others_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = digests.compose
    broken = Broken("ana@example.org", plain)

    def compose(standing: Standing, press: object, reader: object, **how: object) -> object:
        broken.fail_for(reader.spec.address)  # type: ignore[attr-defined]
        return plain(standing, press, reader, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(digests, "compose", compose)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears(days=1)
    tried = broken.tries["ana@example.org"]
    heard = operators(world, 40, minutes=1)
    assert broken.tries["ana@example.org"] - tried <= 5
    assert heard == []

    broken.is_on = False
    world.says("2026-03-03", president="Dana", speaker="Berta")
    told = world.hears()
    assert {"ana@example.org", "ben@example.org"} <= {one.to for one in told}


def test_a_file_that_fails_rests_until_it_is_another_or_something_new_comes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = taking.take_in_snapshot
    broken = Broken("2026-03-02", plain)

    def take(program: object, snapshot: Snapshot, *rest: object, **more: object) -> object:
        broken.fail_for(snapshot.as_of)
        return plain(program, snapshot, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(f"{items.__name__}.take_in_snapshot", take)
    world.says("2026-03-02", president="Carl")
    heard = operators(world, 40, minutes=1)
    tried = broken.tries["2026-03-02"]
    assert len(heard) == 1
    assert 3 <= tried <= 7

    world.says("2026-03-02", president="Carla")
    assert operators(world, 1) == []
    assert broken.tries["2026-03-02"] == tried + 1

    broken.is_on = False
    world.says("2026-03-03", president="Dana")
    assert operators(world, 3) != []
    assert world.program.store.notices.standing() == ()


def test_a_file_that_fails_and_is_deleted_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken("2026-03-02", taking.take_in_snapshot)
    monkeypatch.setattr(
        f"{items.__name__}.take_in_snapshot",
        lambda program, one, *_, **__: broken.fail_for(one.as_of),
    )
    world.says("2026-03-02", president="Carl")
    operators(world, 5, minutes=1)
    world.removes("2026-03-02.yaml")

    assert [one[:4] for one in operators(world, 3)] == ["Over"]


def test_a_pass_compares_some_versions_and_leaves_the_others_to_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.pipeline.comparison.baselines.PER_PASS", 3)
    for day in range(2, 10):
        world.says(f"2026-03-{day:02}", president=f"P{day}")
    world.memory = Memory()
    left = [world.passes().left for _ in range(3)]

    assert left == [5, 2, 0]
    assert world.program.store.versions.owed() == ()
