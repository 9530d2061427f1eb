"""A day is a day where the desk is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.pipeline.intake.withdrawals import withdraw
from tests.integration.pipeline.world import CONFIG, World


def of(zone: str) -> str:
    return f'{CONFIG}\n[situations.posts]\nzone = "{zone}"\n'


def line(world: World) -> list[str]:
    return [version.ref.as_of for version in world.program.store.versions.history("posts")]


def latest(world: World) -> str:
    found = world.program.store.versions.latest("posts")
    assert found is not None
    return found.ref.as_of


@pytest.mark.parametrize(
    ("zone", "evening", "morning"),
    [
        ("America/New_York", "2026-03-02T21:00:00-05:00", "2026-03-03"),
        ("Pacific/Honolulu", "2026-03-02T23:59:59-10:00", "2026-03-03"),
        ("Asia/Tokyo", "2026-03-03", "2026-03-03T01:00:00+09:00"),
    ],
)
def test_what_comes_on_the_next_morning_is_not_late(
    each_world: World, zone: str, evening: str, morning: str
) -> None:
    each_world.restarts(config=of(zone))
    each_world.says(evening, file="evening.yaml", president="Carl", speaker="Berta")
    each_world.hears()
    each_world.says(morning, file="morning.yaml", president="Emil", speaker="Berta")

    (ben,) = [mail for mail in each_world.hears(minutes=1) if mail.to.startswith("ben")]

    assert "Emil" in ben.text
    assert line(each_world)[-2:] == [evening, morning]
    assert latest(each_world) == morning


def test_two_times_in_the_hour_that_comes_twice(world: World) -> None:
    world.restarts(config=of("America/New_York"))
    world.says("2025-11-01", president="Adam", speaker="Berta")
    world.says("2025-11-02T01:30:00-04:00", file="a.yaml", president="Carl", speaker="Berta")
    world.says("2025-11-02T01:10:00-05:00", file="b.yaml", president="Emil", speaker="Berta")
    world.removes("2026-03-01.yaml")
    world.passes()
    versions = world.program.store.versions
    second = versions.resolve("posts", "2025-11-02T06:10:00Z")
    before = versions.previous(second.id)
    assert line(world)[1:3] == ["2025-11-02T01:30:00-04:00", "2025-11-02T01:10:00-05:00"]
    assert before is not None
    assert before.ref.as_of == "2025-11-02T01:30:00-04:00"


def test_tomorrow_is_tomorrow_at_the_desk(world: World) -> None:
    config = of("Pacific/Kiritimati").replace('early = "30d"', 'early = "1d"')
    world.restarts(config=config)  # noon of 2 March is 02:00 of 3 March there
    world.says("2026-03-04", president="Carl", speaker="Berta")
    world.passes()
    assert latest(world) == "2026-03-04"


def test_another_zone_writes_what_is_stored_anew_and_tells_nobody(each_world: World) -> None:
    each_world.says("2026-03-02T02:00:00Z", file="t.yaml", president="Carl", speaker="Berta")
    each_world.hears()
    told = each_world.program.store.versions.resolve("posts", "latest")

    each_world.restarts(config=of("America/New_York"))

    assert each_world.hears(minutes=1) == []
    now = each_world.program.store.versions.resolve("posts", "latest")
    assert (now.id, now.ref.as_of) == (told.id, "2026-03-01T21:00:00-05:00")
    for name in ("2026-03-02T02:00:00Z", "2026-03-01T21:00:00-05:00"):
        assert each_world.program.store.versions.resolve("posts", name).id == told.id
    each_world.says("2026-03-02", president="Emil", speaker="Berta")
    assert any("Emil" in mail.text for mail in each_world.hears(minutes=1))

    each_world.restarts(config=of("UTC"))
    each_world.passes(minutes=1)
    assert line(each_world) == ["2026-03-01", "2026-03-02", "2026-03-02T02:00:00Z"]


def test_what_comes_in_the_hour_that_comes_twice_is_told(tmp_path: Path, sqlite_url: str) -> None:
    """The later text sorts first; whoever was told of the earlier time is told of the later one."""
    autumn = datetime(2025, 11, 2, 12, tzinfo=UTC)
    world = World(tmp_path, sqlite_url, config=of("America/New_York"), now=autumn)
    world.says("2025-11-02T01:30:00-04:00", file="a.yaml", president="Carl", speaker="Berta")
    world.hears()
    world.says("2025-11-02T01:10:00-05:00", file="b.yaml", president="Emil", speaker="Berta")
    world.passes()
    assert "Emil" in world.mail("ben")[0].text
    withdraw(world.program, "posts@2025-11-02T06:10:00Z", "too early", world.now)
    world.passes()
    assert "too early" in world.mail("ben")[0].text
    assert latest(world) == "2025-11-02T01:30:00-04:00"
    world.close()
