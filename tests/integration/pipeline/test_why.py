"""Why a reader was, or was not, told something."""

from __future__ import annotations

from monitor.pipeline.explain import Explained, explain
from tests.integration.pipeline.world import CONFIG, World

MAJOR = CONFIG.replace('zone = "Europe/Kyiv"', 'zone = "Europe/Kyiv"\nminimum = "major"')


def test_what_was_told_names_its_messages(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    world.hears(hours=24)

    found = why(world, "ana", "2026-03-01", "president")

    assert sorted(message.reason for message in found.told_by) == ["alert", "digest"]
    assert found.untold is None


def test_what_the_filter_of_then_hid_is_told_as_such_whatever_it_is_now(world: World) -> None:
    world.restarts(config=MAJOR)
    world.says("2026-03-02", president="Carl", speaker="Berta; ill")
    world.hears(hours=24)
    world.restarts()

    found = why(world, "ana", "2026-03-01", "speaker")

    assert found.untold is not None
    assert "told 2026-03-01 -> 2026-03-02 without it: " in found.untold
    assert "major" in found.untold
    assert found.verdict.shown


def test_a_step_of_a_larger_change_is_named_as_that(world: World) -> None:
    world.says("2026-03-02", president="Carl; new", speaker="Berta")
    world.says("2026-03-03", president="Dora; new", speaker="Berta")
    world.hears()

    found = why(world, "ben", "2026-03-02", "president")

    assert found.untold is not None
    assert "told 2026-03-01 -> 2026-03-03 as a whole" in found.untold


def test_what_came_before_the_start_says_so(lone_world: World) -> None:
    lone_world.says("2026-03-01", president="Adam")
    lone_world.says("2026-03-02", president="Carl")
    lone_world.hears()

    found = why(lone_world, "ben", "2026-03-01", "president")

    assert found.untold == "it came before this reader's start"


def test_what_is_to_come_is_left_to_the_next_digest(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.hears()

    found = why(world, "ana", "2026-03-01", "speaker")

    assert found.is_next
    assert found.verdict.shown


def why(world: World, reader: str, old: str, post: str) -> Explained:
    """Of what the version after `old` says of a post."""
    store = world.program.store
    line = store.versions.history("posts")
    place = [version.ref.as_of for version in line].index(old)
    compared = world.program.comparing.between(line[place], line[place + 1])
    (finding,) = [one for one in compared.findings if post in one.path]
    who = store.subscriptions.find(f"{reader}@example.org", "digest")
    assert who is not None
    return explain(world.program, who, finding.id, world.now)
