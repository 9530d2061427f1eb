"""A trouble that goes on for another reason is told anew; the same with other figures is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.pipeline.trouble.sources import standing_sources
from monitor.pipeline.trouble.watching import standing_on_nodes
from monitor.store import Store
from tests.integration.pipeline.world import MONDAY, World
from tests.integration.store.world import DAY, NOW
from tests.websites import Answer, Site, site

CONFIG = """
[sources.ferries]
http = "{url}"
situation = "ferries"
interval = "1min"
confirm = "never"

[mail]
operator = "operator@example.org"
"""
GOOD = "id,name\n1,Aurora\n2,Bore\n"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        found.says("/ferries.csv", GOOD)
        yield found


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str, web: Site) -> Iterator[World]:
    config = CONFIG.format(url=web.address("/ferries.csv"))
    made = World(tmp_path, sqlite_url, config=config)
    made.hears()
    yield made
    made.close()


def told(world: World, passes: int = 2) -> list[str]:
    mails = [mail for _ in range(passes) for mail in world.hears(hours=7)]
    return [" ".join(f"{mail.subject}\n{mail.text}".split()) for mail in mails]


def shown(world: World) -> str:
    """The reasons that `status` and `source list` have."""
    (source,) = standing_sources(world.program, world.now)
    (noted,) = standing_on_nodes(world.program).values()
    return f"{source.reasons} {noted}"


def test_a_second_reason_is_told_and_shown_and_the_end_once(world: World, web: Site) -> None:
    web.says("/ferries.csv", Answer(status=503))
    (first,) = told(world)
    assert "answers 503" in first
    web.says("/ferries.csv", Answer(status=404))
    (second,) = told(world)
    assert "answers 404" in second.partition("monitor needs a person")[0]
    assert "answers 503" not in shown(world)
    assert "answers 404" in shown(world)
    web.says("/ferries.csv", GOOD)
    (ended,) = told(world)
    assert ended.startswith("Over: ")
    assert "answers 404" in ended
    assert told(world) == []


def test_a_server_that_fails_by_turns_fills_no_mailbox(world: World, web: Site) -> None:
    heard = []
    for _ in range(6):
        for answer in (Answer(status=500), Answer(body=b"  ")):
            web.says("/ferries.csv", answer)
            world.passes(minutes=40)
            heard += world.mail()
    assert len(heard) == 2
    web.says("/ferries.csv", GOOD)
    assert len(told(world)) == 1


def test_a_file_that_is_refused_for_another_reason_is_told_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    world = World(tmp_path, sqlite_url)
    world.says("2026-03-01", president="Ann")
    world.hears()
    for text, said in (
        ("kind: posts.kind.yaml\nsituation: posts\nas_of: soon\n", "soon"),
        ("kind: posts.kind.yaml\nsituation: posts\nas_of: later\n", "later"),
        ("kind: posts.kind.yaml\nas_of: 2026-03-02\n", "situation"),
    ):
        world.writes("2026-03-02.yaml", text)
        mails = [mail for _ in range(2) for mail in world.hears(minutes=5)]
        assert [mail.to for mail in mails] == ["operator@example.org"]
        assert said in mails[0].subject
    world.close()


def test_what_was_said_and_is_over_is_told_over_beside_the_new_line(store: Store) -> None:
    store.notices.open("fault:look:ferries", "it answers 503", now=NOW)
    store.notices.take_owed(now=NOW)
    (notice,) = store.notices.standing()
    assert store.notices.retell(notice, "it answers 404", now=NOW + DAY)
    assert not store.notices.retell(notice, "it answers 410", now=NOW + DAY)
    (new,), (over,) = store.notices.take_owed(now=NOW + DAY)
    assert (new.text, over.text) == ("it answers 404", "it answers 503")
    assert new.opened_at == NOW
    assert store.notices.texts("fault:look:ferries", since=NOW) == ("it answers 503",)
    assert store.notices.take_owed(now=NOW + DAY) == ((), ())


def test_a_reason_that_was_never_told_is_over_without_a_word(store: Store) -> None:
    store.notices.open("fault:look:ferries", "it answers 503", now=NOW)
    (notice,) = store.notices.standing()
    store.notices.retell(notice, "it answers 404", now=NOW)
    (new,), over = store.notices.take_owed(now=NOW)
    assert (new.text, over) == ("it answers 404", ())


def test_other_figures_are_kept_and_not_told(store: Store) -> None:
    store.notices.open("fault:look:ferries", "no answer within 3 s", now=MONDAY)
    store.notices.take_owed(now=MONDAY)
    (notice,) = store.notices.standing()
    store.notices.reword(notice, "no answer within 9 s")
    assert store.notices.standing()[0].text == "no answer within 9 s"
    assert store.notices.take_owed(now=MONDAY) == ((), ())
