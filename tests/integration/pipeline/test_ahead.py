"""An as_of that lies ahead waits for its day or for a person, and stands in nobody's way."""

from __future__ import annotations

import pytest

from monitor.pipeline.intake.holding import find_held, reject, release
from tests.integration.pipeline.world import CONFIG, World

STRICT = CONFIG.replace('early = "30d"', 'early = "1d"')


@pytest.fixture
def desk(world: World) -> World:
    """It is noon of 2 March; tomorrow is the last day that may be written about."""
    world.restarts(config=STRICT)
    return world


def latest(world: World) -> str:
    found = world.program.store.versions.latest("posts")
    assert found is not None
    return found.ref.as_of


def test_a_wrong_year_hides_nothing_that_comes_after_it(desk: World) -> None:
    desk.says("2062-03-02", president="Adam", speaker="Dora")
    assert desk.hears()[0].to == "operator@example.org"
    assert latest(desk) == "2026-03-01"

    desk.says("2026-03-02", president="Carl", speaker="Berta")

    assert "ben@example.org" in {mail.to for mail in desk.hears(minutes=1)}
    assert latest(desk) == "2026-03-02"


def test_the_operator_hears_of_it_once_with_what_to_do(desk: World) -> None:
    desk.says("2062-03-02", president="Adam", speaker="Dora")
    (told,) = desk.hears()
    assert "2062-03-02" in told.text
    assert "monitor held release posts@" in told.text
    for hours in range(1, 4):
        assert desk.hears(hours=hours) == []


@pytest.mark.parametrize("ahead", ["2026-03-02", "2026-03-03", "2026-03-03T23:59:59Z"])
def test_tomorrow_is_not_ahead(desk: World, ahead: str) -> None:
    desk.says(ahead, file="next.yaml", president="Carl", speaker="Berta")
    desk.passes()
    assert latest(desk) == ahead


@pytest.mark.parametrize("ahead", ["2026-03-04", "2026-03-04T00:00:00Z"])
def test_it_counts_by_itself_when_its_day_comes(desk: World, ahead: str) -> None:
    desk.says(ahead, file="next.yaml", president="Carl", speaker="Berta")
    desk.passes()
    desk.mail()
    assert latest(desk) == "2026-03-01"

    desk.passes(hours=35)
    assert latest(desk) == "2026-03-01"
    desk.passes(hours=2)

    assert latest(desk) == ahead
    (ben,) = desk.mail("ben")
    assert "Carl" in ben.text
    assert desk.program.store.versions.held() == ()


def test_a_copy_ahead_that_says_nothing_new_is_no_evidence_yet(desk: World) -> None:
    desk.says("2027-03-01", president="Adam", speaker="Berta")
    desk.passes()
    desk.says("2026-03-02", president="Carl", speaker="Berta")
    desk.passes(minutes=1)
    assert latest(desk) == "2026-03-02"
    assert any("Carl" in mail.text for mail in desk.mail("ben"))


def test_what_looks_like_an_accident_is_still_held_when_its_day_has_come(desk: World) -> None:
    six = {f"post{number}": "Adam" for number in range(6)}
    desk.says("2026-03-02", **six)
    desk.passes()
    desk.says("2026-03-05", post0="Adam")
    desk.passes()
    desk.passes(days=5)
    desk.passes(days=5)
    (held,) = desk.program.store.versions.held()
    assert (held.held, held.hold) == ("emptied", "accident")
    assert latest(desk) == "2026-03-02"


def test_a_partial_ahead_is_laid_over_what_is_true_on_its_day(desk: World) -> None:
    desk.says("2026-03-05", coverage="partial", speaker="Dora")
    desk.passes()
    desk.says("2026-03-02", president="Carl", speaker="Berta")
    desk.passes(minutes=1)
    desk.passes(days=4)

    state = desk.program.store.versions.state(
        desk.program.store.versions.resolve("posts", "latest").id
    )
    holders = {post["id"]: post["holder"] for post in state.document["posts"]}
    assert holders == {"president": "Carl", "speaker": "Dora"}


def test_a_person_may_let_it_in_at_once_or_leave_it_out(desk: World) -> None:
    desk.says("2026-04-01", president="Carl", speaker="Berta")
    desk.says("2026-05-01", president="Emil", speaker="Berta")
    desk.passes()
    release(desk.program, find_held(desk.program, "posts@2026-04-01"), desk.now)
    reject(desk.program, find_held(desk.program, "posts@2026-05-01"), "wrong month", desk.now)
    desk.passes(days=90)
    assert latest(desk) == "2026-04-01"


def test_correcting_the_file_ends_the_waiting(desk: World) -> None:
    desk.says("2062-03-02", file="slip.yaml", president="Carl", speaker="Berta")
    desk.passes()
    desk.mail()
    desk.says("2026-03-02", file="slip.yaml", president="Carl", speaker="Berta")
    assert desk.passes(minutes=1).trouble == 0
    assert latest(desk) == "2026-03-02"


def test_readers_begin_when_a_first_version_that_waited_counts(desk: World) -> None:
    desk.restarts(config=STRICT.replace('["posts"]', '["posts", "seats"]'))
    (doubt,) = desk.hears()
    assert "no situation seats yet" in doubt.text

    desk.says("2026-03-10", situation="seats", one="Adam")
    (told,) = desk.hears()

    assert told.to == "operator@example.org"
    new, over = told.text.split("OVER")
    assert "seats of 2026-03-10 is held" in " ".join(new.split())
    assert "no situation seats" not in " ".join(new.split())
    assert "no situation seats yet" in " ".join(over.split())
    begun = {mail.to for mail in desk.hears(days=9)}
    assert {"ana@example.org", "ben@example.org"} <= begun


def test_a_first_version_that_a_person_rejected_is_not_there(desk: World) -> None:
    desk.restarts(config=STRICT.replace('["posts"]', '["posts", "seats"]'))
    desk.says("2026-03-10", situation="seats", one="Adam")
    desk.hears()
    reject(desk.program, find_held(desk.program, "seats@2026-03-10"), "a test", desk.now)
    (told,) = desk.hears(minutes=1)
    assert "no situation seats yet" in told.text.partition("OVER")[0]


def test_never_holds_none(world: World) -> None:
    world.restarts(config=CONFIG.replace('early = "30d"', 'early = "never"'))
    world.says("2062-03-02", president="Carl", speaker="Berta")
    world.passes()
    assert latest(world) == "2062-03-02"
