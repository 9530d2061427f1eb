"""Mail that is owed says what is so when it is handed over, and nothing is kept for long by others.

A relay that takes no mail for a while stands for all that keeps a message waiting.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model.record import replace
from monitor.pipeline.intake.withdrawals import withdraw
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.telling import together
from monitor.pipeline.telling.digests import run_due
from monitor.recover import recover
from tests.integration.pipeline.world import CONFIG, World

EVERY_TWO = CONFIG.replace('cadence = "daily 07:00"', 'cadence = "cron */2 * * * *"')


def until_due(world: World) -> None:
    """ana's slot comes while the relay takes nothing."""
    world.passes(hours=24)


def test_a_snapshot_withdrawn_before_its_mail_went_is_heard_of_by_nobody(
    each_world: World,
) -> None:
    world = each_world
    world.says("2026-03-02", president="Carl", speaker="Berta")
    until_due(world)
    withdraw(world.program, "posts@2026-03-02", "a slip", world.now)
    world.passes(minutes=1)

    assert world.mail("ana") + world.mail("ben") == []
    for _ in range(3):
        assert world.hears(minutes=5) == []


def test_who_is_owed_a_withdrawn_snapshot_hears_of_what_is_so_instead(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    until_due(world)
    world.says("2026-03-03", president="Adam", speaker="Dora", file="next.yaml")
    world.passes(minutes=1)
    withdraw(world.program, "posts@2026-03-02", "a slip", world.now)

    heard = [*world.mail(), *world.hears(minutes=1), *world.hears(minutes=1)]
    texts = [mail.text for mail in heard]
    assert "Dora" in texts[0]
    assert not any("Carl" in text for text in texts)


def test_a_correction_before_the_mail_went_is_all_that_is_told(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    until_due(world)
    world.says("2026-03-02", president="Dan", speaker="Berta")
    world.passes(minutes=1)

    heard = [*world.mail(), *world.hears(minutes=1), *world.hears(minutes=1)]
    texts = [mail.text for mail in heard]
    assert "Dan" in texts[0]
    assert not any("Carl" in text for text in texts)


def test_a_mute_is_kept_by_what_is_owed(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Dora")
    until_due(world)
    ana = world.program.store.subscriptions.find("ana@example.org", "digest")
    assert ana is not None
    world.program.store.subscriptions.mute(
        ana.id, "posts[president]", "enough", until=None, now=world.now
    )

    assert world.mail("ana") == []
    told = [mail for mail in world.hears(minutes=1) if mail.to == "ana@example.org"]
    assert any("Dora" in mail.text for mail in told)
    assert not any("Carl" in mail.subject for mail in told)


def test_slots_that_are_told_in_time_are_not_called_overdue(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.restarts(config=EVERY_TWO)
    for _ in range(12):
        world.passes(minutes=1)
    assert recover(world.program, world.memory, world.now) == 0
    assert caplog.records == [one for one in caplog.records if one.msg != "run-missing"]
    assert "overdue" not in caplog.text


def test_many_that_are_overdue_are_one_line_by_one_node(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.passes()
    world.now += timedelta(days=3)
    for number in range(3):
        spec = replace(
            world.program.store.subscriptions.all()[0].spec, address=f"r{number}@example.org"
        )
        world.program.store.subscriptions.create(
            spec, (), due_at=world.now - timedelta(hours=1 + number), now=world.now
        )
    assert recover(world.program, world.memory, world.now) >= 3
    recover(world.program, world.memory, world.now)
    (line,) = [one.getMessage() for one in caplog.records if "overdue" in one.getMessage()]
    assert "more are overdue" in line


def test_each_digest_is_written_as_it_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "PART", 0.0)
    subscriptions = world.program.store.subscriptions
    ana = subscriptions.find("ana@example.org", "digest")
    assert ana is not None
    for number, language in enumerate(("en", "uk", "en")):
        name = f"r{number}@example.org"
        spec = replace(ana.spec, address=name, language=language)
        if number == 2:
            spec = replace(spec, receipts=True)
        subscriptions.create(spec, ana.pointers, due_at=None, now=world.now - timedelta(days=2))
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.now += timedelta(hours=24)

    counts = [one.digests for one in run_due(world.program, world.now) if one.digests]
    assert len(counts) >= 2


def test_other_wishes_are_kept_by_what_is_owed(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Dora")
    until_due(world)
    ana = world.program.store.subscriptions.find("ana@example.org", "digest")
    assert ana is not None
    subscribe(world.program, replace(ana.spec, language="uk"), world.now, change=True)

    heard = [*world.mail("ana"), *world.hears(minutes=1)]
    told = [mail for mail in heard if mail.to == "ana@example.org"]
    assert told
    assert not any("Unsubscribe" in mail.text for mail in told)


def test_who_has_heard_of_it_sees_in_the_subject_that_it_was_withdrawn(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.hears()
    withdraw(world.program, "posts@2026-03-02", "a slip", world.now)

    subjects = {mail.to: mail.subject for mail in world.hears(minutes=1)}
    assert subjects["ben@example.org"].startswith("Snapshot withdrawn: ")
