"""Nodes that share a database ask what belongs to no machine one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import Mail, World
from tests.websites import Answer, Site, site

FIRST = "id,name,seat\n1,Ana Reyes,north\n2,Bo Lind,south\n3,Cleo Tan,east\n"
SECOND = FIRST.replace("Bo Lind,south", "Bo Lind,west")
CONFIG = """
[sources.roll]
http = "{address}"
situation = "roll"
interval = "10min"
confirm = "never"

[mail]
operator = "operator@example.org"

[[subscriptions]]
address = "ben@example.org"
situations = ["roll"]
cadence = "at-once"
"""


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def config(web: Site) -> str:
    return CONFIG.format(address=web.address("/roll.csv"))


def alive(*worlds: World) -> None:
    """All worlds share one time; a service says every ten seconds that it lives."""
    for world in worlds:
        world.program.store.nodes.beat(now=world.now)


def hears(*worlds: World, passes: int = 12, minutes: float = 2) -> list[Mail]:
    found = []
    for _ in range(passes):
        for world in worlds:
            found += world.hears(minutes=minutes)
            alive(*worlds)
    return found


@pytest.mark.postgresql
def test_of_two_nodes_one_asks_an_address_and_nothing_is_told_twice(
    tmp_path: Path, postgresql_url: str, web: Site
) -> None:
    web.says("/roll.csv", FIRST, SECOND)
    here, there = (World(tmp_path / name, postgresql_url, config=config(web)) for name in "ab")
    heard = hears(here, there)

    # 24 minutes: at their beginning, and after each ten.
    assert len(web.asked) == 3
    subjects = [mail.subject for mail in heard if mail.to == "ben@example.org"]
    assert len(subjects) == 2
    assert subjects[0] == "You now follow “roll”"
    for world in (here, there):
        world.close()


@pytest.mark.postgresql
def test_what_fails_is_told_once_by_one_of_two_and_once_when_it_is_over(
    tmp_path: Path, postgresql_url: str, web: Site
) -> None:
    web.says("/roll.csv", Answer(status=404))
    here, there = (World(tmp_path / name, postgresql_url, config=config(web)) for name in "ab")
    began = hears(here, there)
    web.says("/roll.csv", FIRST)
    ended = hears(here, there, passes=40)

    told = [mail.subject for mail in (*began, *ended) if mail.to == "operator@example.org"]
    assert len(told) == 2
    assert "it answers" in told[0]
    assert told[1].startswith("Over: ")
    for world in (here, there):
        world.close()


@pytest.mark.postgresql
def test_another_node_asks_when_the_one_that_did_is_gone(
    tmp_path: Path, postgresql_url: str, web: Site
) -> None:
    web.says("/roll.csv", FIRST)
    here, there = (World(tmp_path / name, postgresql_url, config=config(web)) for name in "ab")
    hears(here, there, passes=2)
    asked = len(web.asked)
    assert asked == 1
    here.program.store.nodes.stop(now=here.now)
    here.close()

    there.hears(minutes=2)
    there.hears(minutes=2)
    assert len(web.asked) == asked + 1
    there.close()


def test_a_node_alone_asks_again_at_once_after_a_restart(
    tmp_path: Path, database_url: str, web: Site
) -> None:
    web.says("/roll.csv", FIRST)
    world = World(tmp_path / "a", database_url, config=config(web))
    world.passes()
    world.program.store.nodes.stop(now=world.now)
    world.restarts(config=config(web))
    world.passes()
    assert len(web.asked) == 2
    world.close()
