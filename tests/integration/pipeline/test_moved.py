"""Why a reader's pointers stand where they do, and who is overtaken is told all the same."""

from __future__ import annotations

from datetime import timedelta

from monitor.model.message import Bounce
from monitor.model.subscription import Pointers
from monitor.pipeline.explain import Standpoint, standpoints
from monitor.pipeline.intake.looks import take_in
from monitor.pipeline.telling.alerts import judge_alerts
from tests.integration.pipeline.world import World


def stands(world: World, who: str) -> Standpoint:
    store = world.program.store
    (reader,) = store.subscriptions.all(address=f"{who}@example.org")
    (found,) = standpoints(world.program, reader)
    return found


def test_the_start_is_a_reason(world: World) -> None:
    found = stands(world, "ana")
    assert (found.told, found.why) == ("2026-03-01", "the reader began there")


def test_a_message_is_named_as_the_reason(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    (message,) = world.program.store.outbox.find(
        subscription=world.program.store.subscriptions.all(address="ben@example.org")[0].id,
        limit=1,
    )
    found = stands(world, "ben")
    assert (found.told, found.why) == ("2026-03-02", f"told by message {message.id}")
    assert found.since == world.now


def test_what_was_refused_is_owed_again_and_says_so(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.mailbox.refuses("ben@example.org", Bounce.POLICY)
    world.hears()
    found = stands(world, "ben")
    assert found.told == "2026-03-01"
    assert found.why is not None
    assert "did not arrive, and what it told is owed again" in found.why


def test_who_was_overtaken_is_looked_at_again(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.says("2026-03-03", president="Dora", speaker="Berta")
    world.now += timedelta(seconds=5)
    looks, store = world.memory.looks, world.program.store
    list(take_in(world.program, looks, world.now))
    (ben,) = store.subscriptions.all(address="ben@example.org")
    first, second, third = (each.id for each in store.versions.history("posts"))
    judging = judge_alerts(world.program, world.memory.judged, world.now, looks=looks)

    next(judging)  # All readers are read now, and nobody is told yet.
    store.subscriptions.move(ben.id, [(_at(first), _at(second))], "command", now=world.now)
    list(judging)

    (told,) = [mail for mail in (*world.mail("ben"), *world.hears()) if "ben@" in mail.to]
    assert "from Carl to Dora" in told.text
    assert store.subscriptions.get(ben.id).pointers == (_at(third),)


def _at(version: int) -> Pointers:
    return Pointers(situation="posts", told=version, alerted=version)
