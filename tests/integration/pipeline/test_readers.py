"""Readers come, change and go: the config creates, it does not overrule them."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict
from monitor.model.record import replace
from monitor.model.subscription import Subscription
from monitor.pipeline.readers.subscribing import leave_by_token, named_by, subscribe
from monitor.pipeline.telling.tokens import make_token
from tests.integration.pipeline.world import CONFIG, World

NO_BEN = CONFIG.replace("ben@example.org", "bea@example.org")


def reader(world: World, name: str) -> Subscription:
    found = world.program.store.subscriptions.find(f"{name}@example.org", "digest")
    assert found is not None
    return found


def test_one_that_was_unsubscribed_is_not_revived_by_the_config(world: World) -> None:
    world.restarts()

    assert reader(world, "cleo").state == "unsubscribed"


def test_one_that_was_taken_out_of_the_config_ends(world: World) -> None:
    world.restarts(config=NO_BEN)

    assert reader(world, "ben").state == "ended"
    assert reader(world, "bea").state == "active"


def test_one_that_is_put_back_into_the_config_begins_anew(world: World) -> None:
    world.restarts(config=NO_BEN)
    world.says("2026-03-02", president="Carl")
    world.hears()
    world.restarts()

    heard = [mail for mail in world.hears() if mail.to == "ben@example.org"]

    assert [mail.subject for mail in heard] == ["You now follow “posts”"]


def test_provisioning_again_changes_nothing(world: World) -> None:
    before = [replace(one, due_at=None) for one in world.program.store.subscriptions.all()]
    world.restarts()

    after = [replace(one, due_at=None) for one in world.program.store.subscriptions.all()]
    assert after == before
    assert world.hears() == []


def test_unsubscribing_between_writing_and_sending_stops_the_mail(world: World) -> None:
    world.says("2026-03-02", president="Carl")
    world.passes()
    token = make_token(world.program.secret, reader(world, "ben").id)

    assert leave_by_token(world.program, token, world.now) == ("posts", "en")

    assert {mail.to for mail in world.mail()} == {"ana@example.org"}


def test_unsubscribing_twice_is_the_same_as_once(world: World) -> None:
    token = make_token(world.program.secret, reader(world, "ben").id)

    assert leave_by_token(world.program, token, world.now) == ("posts", "en")
    assert leave_by_token(world.program, token, world.now) == ("posts", "en")
    assert reader(world, "ben").state == "unsubscribed"


def test_a_foreign_token_names_nobody(world: World) -> None:
    nobody = make_token(world.program.secret, 999)
    for token in ("", "x", "MQ.AAAA", make_token(b"another secret", 1), nobody):
        assert named_by(world.program, token) is None


def test_suppression_between_writing_and_sending_stops_the_mail(world: World) -> None:
    world.says("2026-03-02", president="Carl")
    world.passes()
    world.program.store.suppressions.add(
        "ben@example.org", reason="asked by phone", by="test", now=world.now
    )

    assert {mail.to for mail in world.mail()} == {"ana@example.org"}


def test_a_start_in_the_past_is_told_from_there(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    world.subscribes("dan@example.org", start="2026-03-01")

    subjects = [mail.subject for mail in world.hears() if mail.to == "dan@example.org"]

    assert len(subjects) == 2
    assert "You now follow “posts”" in subjects


def test_subscribing_twice_needs_a_word_for_it(world: World) -> None:
    ben = reader(world, "ben").spec
    with pytest.raises(Conflict, match="exists already"):
        subscribe(world.program, ben, world.now)


def test_who_left_may_come_back_by_command(world: World) -> None:
    back = subscribe(world.program, reader(world, "cleo").spec, world.now)

    assert back.state == "active"
    assert [mail.to for mail in world.mail()] == ["cleo@example.org"]
