"""What fails, what is missed, and what is found again afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.model.message import Bounce
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.news import ALERT
from monitor.pipeline.passed import total
from monitor.pipeline.readers.subscribing import leave, subscribe
from monitor.pipeline.telling.judged import Verdict
from monitor.recover import recover
from tests.integration.pipeline.world import CONFIG, World


def test_a_refused_message_is_told_again_when_its_reader_is_back(each_world: World) -> None:
    world = each_world
    world.mailbox.refuses("ben@example.org")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    operator = world.hears()
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    assert ben.state == "suspended"

    world.mailbox.answers.clear()
    world.program.store.subscriptions.set_state(ben.id, "active", "mended", now=world.now)
    (told,) = [mail for mail in world.hears(hours=1) if mail.to == "ben@example.org"]

    assert [mail.to for mail in operator] == ["operator@example.org"]
    assert "no such mailbox" in operator[0].text
    assert "Carl" in told.text
    assert "could not be delivered" in told.text


def test_an_address_that_does_not_exist_is_told_until_its_reader_is_let_go(world: World) -> None:
    world.mailbox.refuses("ben@example.org", Bounce.ADDRESS)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()

    (told,) = world.hears()
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    leave(world.program, ben, "by command", world.now)
    (over,) = world.hears()

    assert told.to == over.to == "operator@example.org"
    assert "mail to ben@example.org (digest) is not delivered: rcpt: 550" in told.text
    assert over.subject.startswith("Over: ")


def test_a_slow_server_means_trying_again_and_nothing_twice(world: World) -> None:
    world.mailbox.is_slow("ben@example.org")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    assert world.mail("ben") == []
    world.mailbox.answers.clear()

    world.passes(minutes=30)
    first = world.mail("ben")
    world.passes(minutes=30)

    assert len(first) == 1
    assert world.mail("ben") == []


def test_what_could_not_be_handed_over_for_two_days_is_in_the_next_digest(world: World) -> None:
    world.mailbox.is_slow("ben@example.org")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    for _ in range(12):
        world.passes(hours=5)
        world.mail()
    world.mailbox.answers.clear()

    world.passes(hours=5)

    (told,) = world.mail("ben")
    assert "Adam" in told.text
    assert "Carl" in told.text
    assert "could not be delivered" in told.text


def test_a_crash_between_intake_and_telling_loses_nothing(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    total(take_in(world.program, world.memory.looks, world.now))
    world.restarts()

    assert {mail.to for mail in world.hears()} == {"ana@example.org", "ben@example.org"}


def test_recovery_finds_a_reader_whom_the_latest_version_has_not_reached(world: World) -> None:
    world.passes()
    world.passes()
    world.adds("2026-03-02", president="Carl", speaker="Berta")
    latest = world.program.store.versions.latest("posts")
    assert latest is not None
    world.memory.judged.note("posts", Verdict(latest=latest.id, withdrawn=frozenset()))
    world.memory.seen.news.ask(world.program)
    world.memory.seen.news.seen(ALERT, "posts")

    assert "ben@example.org" not in {mail.to for mail in world.hears()}
    assert recover(world.program, world.memory, world.now) == 1
    assert "ben@example.org" in {mail.to for mail in world.hears()}


def test_a_digest_that_is_owed_for_too_long_is_held_and_the_operator_asked(world: World) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    world.mail()

    world.passes(hours=24 * 90)
    heard = world.mail()
    (held,) = world.program.store.outbox.find(states=("held",))
    expiry = datetime(2027, 1, 1, tzinfo=UTC)
    world.program.store.outbox.let_go([held.id], now=world.now, expires_at=expiry)

    assert [mail.to for mail in heard] == ["operator@example.org"]
    assert [mail.to for mail in world.mail("ana")] == ["ana@example.org"]


@pytest.mark.parametrize("jump", [1, -1, 24 * 365])
def test_a_clock_that_jumps_makes_no_second_digest(world: World, jump: int) -> None:
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes(hours=24)
    told = world.mail("ana")

    world.passes(hours=jump)
    world.passes(hours=-jump)

    assert len(told) == 1
    assert world.mail("ana") == []


def test_a_restored_copy_does_not_send_what_its_original_may_have_sent(
    world: World, tmp_path: Path
) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    copy = tmp_path / "copy.db"
    world.program.store.backup(copy)
    other = World(tmp_path / "other", f"sqlite:///{copy}", now=world.now)

    other.passes(hours=24)
    heard = {mail.to for mail in other.mail()}
    other.says("2026-03-04", president="Dora", speaker="Berta")
    other.passes()
    later = {mail.to for mail in other.mail()}
    other.close()

    assert heard == {"operator@example.org"}
    assert "ben@example.org" in later


def test_two_nodes_tell_the_operator_once(tmp_path: Path, postgresql_url: str) -> None:
    worlds = [World(tmp_path / name, postgresql_url) for name in ("one", "two")]
    for world in worlds:
        world.writes("2026-03-01.yaml", "nothing: of use\n")
    for world in worlds:
        world.passes()

    told = [mail.to for world in worlds for mail in world.mail()]

    assert told == ["operator@example.org"]
    for world in worlds:
        world.close()


def test_two_nodes_tell_each_reader_once(tmp_path: Path, postgresql_url: str) -> None:
    one = World(tmp_path / "one", postgresql_url)
    two = World(tmp_path / "two", postgresql_url)
    for world in (one, two):
        world.says("2026-03-01", president="Adam")
    one.passes()
    two.passes()
    welcomes = [mail.to for world in (one, two) for mail in world.mail()]
    for world in (one, two):
        world.says("2026-03-02", president="Carl")
        world.passes()

    told = [mail.to for world in (one, two) for mail in world.mail()]

    assert sorted(welcomes) == ["ana@example.org", "ben@example.org", "cleo@example.org"]
    assert sorted(told) == ["ana@example.org", "ben@example.org", "cleo@example.org"]
    one.close()
    two.close()


KYIV = CONFIG.replace("07:00", "{at}").replace("Europe/Kyiv", "{zone}")


@pytest.mark.parametrize(
    ("zone", "at", "start"),
    [
        ("Europe/Kyiv", "00:30", datetime(2026, 3, 27, 12, tzinfo=UTC)),
        ("Europe/Kyiv", "03:30", datetime(2026, 3, 27, 12, tzinfo=UTC)),
        ("Europe/Kyiv", "03:30", datetime(2026, 10, 23, 12, tzinfo=UTC)),
        ("America/New_York", "00:00", datetime(2026, 3, 6, 12, tzinfo=UTC)),
        ("America/New_York", "01:30", datetime(2026, 10, 30, 12, tzinfo=UTC)),
        ("Australia/Lord_Howe", "02:00", datetime(2026, 4, 3, 12, tzinfo=UTC)),
    ],
)
def test_over_a_change_of_the_clocks_there_is_one_digest_a_day(
    tmp_path: Path, sqlite_url: str, zone: str, at: str, start: datetime
) -> None:
    config = KYIV.format(zone=zone, at=at)
    world = World(tmp_path / "world", sqlite_url, config=config, now=start)
    world.says("2026-01-01", president="Adam")
    world.hears()

    told = 0
    for day in range(4):
        world.says(f"2026-01-{day + 2:02}", president="Adam; note " + "x" * day)
        for _ in range(24):
            world.passes(hours=1)
        told += len(world.mail("ana"))
    world.close()

    assert told == 4


def test_a_suspended_reader_resumes_from_there_by_command(world: World) -> None:
    world.mailbox.refuses("ben@example.org")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.says("2026-03-03", president="Dora", speaker="Berta")
    world.hears(hours=1)
    world.mailbox.answers.clear()
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    assert ben.state == "suspended"

    subscribe(world.program, ben.spec, world.now, change=True)
    told = [mail for mail in world.hears(hours=1) if mail.to == "ben@example.org"]
    again = [mail for mail in world.hears(hours=1) if mail.to == "ben@example.org"]

    assert ["from Adam to Dora" in mail.text for mail in told] == [True]
    assert "includes what could not be delivered on 2 Mar" in " ".join(told[0].text.split())
    assert again == []
