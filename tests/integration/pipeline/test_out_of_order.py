"""A version far before the latest is history, or a year written wrong: the operator is told."""

from __future__ import annotations

from monitor.pipeline.intake.withdrawals import withdraw
from monitor.pipeline.trouble.conditions import find_trouble
from tests.integration.pipeline.world import CONFIG, World


def doubted(world: World) -> list[str]:
    found = find_trouble(world.program, world.now)
    return [text for name, text in found.items() if name.startswith("old:")]


def settled(world: World) -> World:
    """The first versions are taken in, and an hour has gone by."""
    world.passes()
    world.mail()
    world.passes(hours=1)
    return world


def test_last_years_number_is_taken_in_and_told_once_with_the_way_back(world: World) -> None:
    settled(world)
    world.says("2025-03-02", president="Carl", speaker="Berta")

    (told,) = [mail for mail in world.hears(minutes=1) if mail.to.startswith("operator")]

    assert "posts as of 2025-03-02 was taken in as history, 364 days before" in told.text
    assert "monitor withdraw posts@2025-03-02 --reason TEXT" in told.text
    assert world.hears(hours=5) == []


def test_it_is_over_when_it_was_taken_out_or_a_week_has_gone_by(world: World) -> None:
    settled(world)
    world.says("2025-03-02", president="Carl", speaker="Berta")
    world.passes(minutes=1)
    assert len(doubted(world)) == 1
    withdraw(world.program, "posts@2025-03-02", "of 2026", world.now)
    assert doubted(world) == []

    world.says("2025-04-02", president="Dora", speaker="Berta")
    world.passes(minutes=1)
    assert len(doubted(world)) == 1
    world.passes(days=8)
    assert doubted(world) == []


def test_history_in_bulk_and_what_is_near_is_no_slip(world: World) -> None:
    settled(world)
    world.says("2026-01-15", president="Carl", speaker="Berta")
    for month in range(1, 7):
        world.says(f"2024-0{month}-01", president=f"P{month}", speaker="Berta")
    world.passes(minutes=1)
    assert doubted(world) == []


def test_what_comes_with_the_first_versions_is_no_slip(world: World) -> None:
    settled(world)
    world.says("2020-01-01", situation="seats", president="Ada")
    world.says("2026-02-20", situation="seats", president="Bo")
    world.passes(minutes=1)
    assert doubted(world) == []


def test_the_setting_says_what_is_far(world: World) -> None:
    quiet = CONFIG.replace("[hold]", '[hold]\nold = "never"')
    world.restarts(config=quiet)
    settled(world)
    world.says("2025-03-02", president="Carl", speaker="Berta")
    world.passes(minutes=1)
    assert doubted(world) == []
