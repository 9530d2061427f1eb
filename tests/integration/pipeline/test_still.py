"""Readers who each follow a mixture of their own, at a slot at which nothing has happened there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline import test_calendar as calendar
from tests.integration.pipeline.damage import damage
from tests.integration.pipeline.test_alike import crowd, last_outcomes, renders
from tests.integration.pipeline.test_ticks import asked, fill
from tests.integration.pipeline.world import World

__all__ = ["renders"]


def follows(world: World, address: str, *names: str) -> None:
    """Another mixture, at whose latest versions the reader stands."""
    listed = ",".join(f'"{name}"' for name in names)
    damage(
        world,
        f"UPDATE subscriptions SET spec = replace(spec, '[\"posts\"]', '[{listed}]')"
        f" WHERE address = '{address}'",
    )
    for name in names[1:]:
        damage(
            world,
            "INSERT INTO pointers (subscription_id, situation, told, alerted)"
            " SELECT s.id, v.situation, v.id, v.id FROM subscriptions s, versions v"
            f" WHERE s.address = '{address}' AND v.situation = '{name}'",
        )


@pytest.fixture
def mixed(each_world: World) -> World:
    """Five who follow the posts, and of four others each some of their own."""
    fill(each_world, 4, 0, first=1000)
    crowd(each_world, 5)
    for number in range(5):
        names = [f"other-{1000 + place}" for place in range(number)]
        follows(each_world, f"r{number}@example.org", "posts", *names)
    return each_world


def test_a_slot_asks_as_much_for_many_mixtures_as_for_few(
    each_world: World, renders: list[str]
) -> None:
    slots: list[int] = []
    for readers in (6, 60):
        fill(each_world, readers, readers, first=1000 * readers)
        each_world.passes()
        renders.clear()
        with asked(each_world) as statements:
            each_world.passes(hours=24)
        slots.append(len(statements))

    assert slots[1] <= slots[0]
    assert renders == []
    assert set(last_outcomes(each_world).values()) == {"nothing to tell"}


def test_all_of_them_have_run_and_are_due_on_the_next_morning(mixed: World) -> None:
    before = {one.spec.address: one for one in mixed.program.store.subscriptions.all()}

    assert mixed.hears(hours=24) == []

    for one in mixed.program.store.subscriptions.all():
        if one.spec.address.startswith("r"):
            earlier = before[one.spec.address]
            assert (one.pointers, one.seq) == (earlier.pointers, earlier.seq)
            assert one.due_at is not None and one.last_run is not None
            assert (one.due_at - one.last_run).days == 1
            assert mixed.program.store.runs.of(one.id)[0].outcome == "nothing to tell"


def test_who_follows_what_has_moved_hears_of_it_and_nobody_else(mixed: World) -> None:
    for number in range(5):
        if number % 2:
            follows(mixed, f"r{number}@example.org", "nothing")
    mixed.says("2026-03-02", president="Adam", speaker="Berta; ill")
    mixed.passes()
    mixed.mail()
    damage(
        mixed,
        "UPDATE pointers SET told = (SELECT max(id) FROM versions WHERE situation = 'posts'"
        " AND state = 'current'), alerted = (SELECT max(id) FROM versions WHERE situation = 'posts'"
        " AND state = 'current') WHERE situation = 'posts' AND subscription_id IN"
        " (SELECT id FROM subscriptions WHERE address IN ('r1@example.org', 'r3@example.org'))",
    )

    heard = {mail.to: mail.text for mail in mixed.hears(hours=24) if mail.to.startswith("r")}

    assert sorted(heard) == ["r0@example.org", "r2@example.org", "r4@example.org"]
    assert all("ill" in text for text in heard.values())
    assert last_outcomes(mixed)["r1@example.org"] == "nothing to tell"


def test_a_row_that_cannot_be_read_is_blamed_among_those_who_stand_still(mixed: World) -> None:
    damage(
        mixed,
        "UPDATE subscriptions SET spec = replace(spec, '\"receipts\"', '\"receipt\"')"
        " WHERE address = 'r2@example.org'",
    )

    mixed.passes(hours=24)

    blamed = " ".join(mixed.program.blame.standing().values())
    damaged = mixed.program.store.subscriptions.damaged()
    assert len(damaged) == 1
    assert "r2@example.org" in " ".join([blamed, *damaged.values()])
    rows = damage(mixed, "SELECT address FROM subscriptions WHERE last_run IS NULL ORDER BY id")
    assert ("r2@example.org",) in [tuple(row) for row in rows]
    assert ("r1@example.org",) not in [tuple(row) for row in rows]


def test_what_an_older_release_has_not_looked_for_is_looked_for_once(
    mixed: World, renders: list[str]
) -> None:
    damage(mixed, "UPDATE versions SET lapses = NULL")
    renders.clear()

    mixed.passes(hours=24)

    assert renders == []
    assert set(last_outcomes(mixed).values()) == {"nothing to tell"}
    latest = "SELECT DISTINCT lapses FROM versions v JOIN pointers p ON p.told = v.id"
    assert [tuple(row) for row in damage(mixed, latest)] == [("",)]


@pytest.fixture
def planned(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A council is announced for 3 and 4 March; it is noon of 2 March and ana was welcomed."""
    world = World(tmp_path / "world", database_url, config=calendar.CONFIG)
    world.writes("plans.kind.yaml", calendar.PLANS)
    world.writes("2026-03-01.yaml", calendar.PLAN)
    world.passes()
    world.mail()
    yield world
    world.close()


@pytest.mark.parametrize("known", [True, False])
def test_a_day_that_passes_is_no_standing_still(planned: World, known: bool) -> None:
    if not known:
        damage(planned, "UPDATE versions SET lapses = NULL")

    told = {}
    for day in (3, 4, 5, 6):
        told[day] = [mail.text for mail in planned.hears(hours=24)]

    assert [day for day, texts in told.items() if texts] == [5]
    assert [tuple(row) for row in damage(planned, "SELECT lapses FROM versions")] == [
        ("2026-03-04",)
    ]
