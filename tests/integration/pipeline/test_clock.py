"""Clocks that jump, readers who move, machines that sleep: one daily digest for one local date."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.integration.pipeline.world import CONFIG, World

ANA = "ana@example.org"
STEPS = 8
"""Passes in a day, three hours apart."""


@pytest.mark.parametrize("jump", [1, -1, 24 * 365])
def test_after_a_jump_and_back_each_morning_has_its_digest(world: World, jump: int) -> None:
    world.passes(hours=24)
    world.passes(hours=jump)
    world.passes(hours=-jump)
    world.mail()

    mornings = []
    for day in (4, 5, 6):
        world.says(f"2026-03-{day:02}", president="Adam", speaker=f"Berta; note {day}")
        mornings.append([len(_daily(world)) for _ in range(STEPS)])

    assert [sum(hours) for hours in mornings] == [1, 1, 1]


def test_a_clock_that_was_a_year_ahead_with_news_tells_them_once(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes(hours=24 * 365)
    ahead = next(one.state for one in world.program.store.outbox.find() if one.recipient == ANA)
    world.passes(hours=-24 * 365)
    world.says("2026-03-03", president="Adam", speaker="Berta; well")

    later = [mail for _ in range(2 * STEPS) for mail in _daily(world)]

    assert ahead == "held"
    assert len(later) == 1
    assert "well" in later[0]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_a_reader_who_moves_has_one_digest_for_each_local_date(world: World, zone: str) -> None:
    moved = CONFIG.replace("Europe/Kyiv", zone)
    dates: Counter[str] = Counter()
    for day in range(3, 9):
        if day == 5:
            world.restarts(config=moved)
        if day == 7:
            world.restarts(config=CONFIG)
        place = ZoneInfo(zone if day in (5, 6) else "Europe/Kyiv")
        world.says(f"2026-03-{day:02}", president="Adam", speaker=f"Berta; note {day}")
        for _ in range(STEPS):
            dates.update([_local_date(world.now, place) for _ in _daily(world)])

    assert max(dates.values()) == 1
    assert 5 <= sum(dates.values()) <= 6


@pytest.mark.parametrize("missed", [1, 7, 40])
def test_a_service_that_was_down_catches_up_with_one_digest_that_holds_all(
    world: World, missed: int
) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.says("2026-03-03", president="Adam; away", speaker="Berta; ill")
    world.now += timedelta(days=missed)
    world.restarts()

    told = [mail for _ in range(3) for mail in _daily(world)]

    assert len(told) == 1
    assert "away" in told[0]
    assert "ill" in told[0]


def _daily(world: World) -> list[str]:
    """The texts of ana's digests of the next three hours."""
    world.passes(hours=24 / STEPS)
    return [mail.text for mail in world.mail("ana") if "DIGEST" in mail.text]


def _local_date(now: datetime, place: ZoneInfo) -> str:
    return now.astimezone(place).date().isoformat()
