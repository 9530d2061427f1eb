"""A snapshot that is taken out counts no more, and readers hear what no longer holds."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict, NotFound
from monitor.pipeline.withdrawing import withdraw
from tests.integration.pipeline.world import World


def days(world: World) -> list[str]:
    return [version.ref.as_of for version in world.program.store.versions.history("posts")]


@pytest.mark.parametrize("coverage", ["full", "partial"])
def test_readers_hear_what_no_longer_holds(each_world: World, coverage: str) -> None:
    each_world.says("2026-03-02", coverage=coverage, president="Carl", speaker="Berta")
    each_world.hears()

    withdraw(each_world.program, "posts@2026-03-02", "of another year", each_world.now)

    told = {mail.to: mail.text for mail in each_world.hears(minutes=1)}
    assert "Adam" in told["ben@example.org"]
    assert days(each_world) == ["2026-03-01"]


def test_the_same_bytes_do_not_come_back_and_a_corrected_file_does(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    withdraw(world.program, "posts@2026-03-02", "wrong", world.now)
    world.removes("2026-03-02.yaml")
    world.says("2026-03-02", file="again.yaml", president="Carl", speaker="Berta")
    world.passes(minutes=1)
    assert days(world) == ["2026-03-01"]
    world.says("2026-03-02", file="again.yaml", president="Emil", speaker="Berta")
    world.passes(minutes=1)
    assert days(world) == ["2026-03-01", "2026-03-02"]


def test_what_stood_on_it_is_derived_anew(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-03", coverage="partial", speaker="Dora")
    world.passes(minutes=1)
    done = withdraw(world.program, "posts@2026-03-02", "wrong", world.now)
    assert [(one.ref.as_of, one.ref.revision) for one in done.versions] == [("2026-03-03", 2)]


def test_the_only_one_and_a_second_time(world: World) -> None:
    assert withdraw(world.program, "posts@latest", "wrong", world.now).latest is None
    assert world.hears() == []
    with pytest.raises(NotFound, match=r"counts no more already \(withdrawn: wrong\)"):
        withdraw(world.program, "posts@2026-03-01", "again", world.now)


def test_a_pinned_baseline_and_what_partials_stand_on_are_refused_whole(world: World) -> None:
    world.says("2026-03-03", coverage="partial", speaker="Dora")
    world.passes()
    with pytest.raises(Conflict, match="stand on it"):
        withdraw(world.program, "posts@2026-03-01", "wrong", world.now)
    latest = world.program.store.versions.resolve("posts", "latest")
    world.program.store.situations.set_baseline("posts", "pinned", latest.id)
    with pytest.raises(Conflict, match="baseline"):
        withdraw(world.program, "posts@latest", "wrong", world.now)
    assert days(world) == ["2026-03-01", "2026-03-03"]
