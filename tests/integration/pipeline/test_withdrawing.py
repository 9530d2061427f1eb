"""A snapshot that is taken out counts no more, and readers hear what no longer holds."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict, NotFound
from monitor.pipeline.intake.withdrawals import withdraw
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
    assert [(one.ref.as_of, one.ref.revision) for one in done.anew.versions] == [("2026-03-03", 2)]


@pytest.mark.parametrize("name", ["2026-03-02", "hash"])
def test_a_second_time_says_since_when_and_why(world: World, name: str) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    ref = world.program.store.versions.resolve("posts", "latest").ref
    withdraw(world.program, "posts@latest", "wrong", world.now)
    wanted = ref.content_hash[:12] if name == "hash" else name
    with pytest.raises(
        Conflict, match=r"was already withdrawn on 2026-03-02, because: wrong; .*2026-03-02 --undo"
    ):
        withdraw(world.program, f"posts@{wanted}", "again", world.now)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("pots@latest", "no situation 'pots'; did you mean posts?"),
        ("posts", "posts: name the version, as posts@VERSION"),
        ("posts@20260301", "posts has no version '20260301'; did you mean 2026-03-01?"),
        ("posts@2026-3-1", "posts has no version '2026-3-1'; did you mean 2026-03-01?"),
        ("posts@2031-01-01", "posts has no version '2031-01-01'; there are: 2026-03-01"),
    ],
)
def test_a_name_that_is_none_leads_to_the_one_that_was_meant(
    world: World, name: str, line: str
) -> None:
    with pytest.raises(NotFound) as refused:
        withdraw(world.program, name, "wrong", world.now)
    assert str(refused.value) == line
