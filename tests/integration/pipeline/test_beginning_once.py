"""A reader begins once, and is welcomed once, however many nodes saw that it had not begun."""

from __future__ import annotations

import pytest

from monitor.errors import Conflict
from monitor.model.record import replace
from monitor.model.subscription import Pointers, Subscription, SubscriptionSpec
from monitor.pipeline.readers.provision import provision
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.telling.welcome import begin_one
from tests.integration.pipeline.world import CONFIG, World

DORA = SubscriptionSpec(address="dora@example.org", name="late", situations=("posts",))


@pytest.fixture
def dora(world: World) -> Subscription:
    """As every node has read her: she follows a situation in which nobody has begun her yet."""
    return world.program.store.subscriptions.create(DORA, (), due_at=None, now=world.now)


def welcomes(world: World, reader: Subscription) -> int:
    sent = world.program.store.outbox.find(subscription=reader.id)
    return sum(message.reason == "welcome" for message in sent)


def test_the_second_node_welcomes_nobody(world: World, dora: Subscription) -> None:
    assert begin_one(world.program, dora, world.now)
    assert not begin_one(world.program, dora, world.now)
    assert welcomes(world, dora) == 1


def test_a_node_that_was_stopped_moves_nobody_who_has_been_told_since(
    world: World, dora: Subscription
) -> None:
    begin_one(world.program, dora, world.now)
    world.hears()
    begun = world.program.store.subscriptions.get(dora.id)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()

    assert not begin_one(world.program, dora, world.now)

    after = world.program.store.subscriptions.get(dora.id)
    assert [one.told for one in after.pointers] == [one.told for one in begun.pointers]
    assert after.pointers != begun.pointers  # The alert about Carl, and nothing but that.
    assert welcomes(world, dora) == 1


def test_who_left_before_the_welcome_was_written_gets_none(
    world: World, dora: Subscription
) -> None:
    store = world.program.store
    store.subscriptions.set_state(dora.id, "unsubscribed", "by a link", now=world.now)
    assert not begin_one(world.program, dora, world.now)
    assert (welcomes(world, dora), store.subscriptions.get(dora.id).pointers) == (0, ())


def test_a_changed_wish_is_what_the_welcome_speaks_of(world: World, dora: Subscription) -> None:
    store = world.program.store
    store.subscriptions.update(dora.id, replace(DORA, start="2026-02-01"), due_at=None)
    assert begin_one(world.program, dora, world.now)
    (version, *_) = store.versions.history("posts")
    (pointer,) = store.subscriptions.get(dora.id).pointers
    assert pointer == Pointers(situation="posts", told=version.id, alerted=version.id)


def test_two_who_take_up_one_ended_subscription_begin_it_once(world: World) -> None:
    program = world.program
    first = subscribe(program, DORA, world.now)
    program.store.subscriptions.set_state(first.id, "unsubscribed", "enough", now=world.now)
    subscribe(program, DORA, world.now)
    with pytest.raises(Conflict):
        subscribe(program, DORA, world.now)
    assert welcomes(world, first) == 2  # One for each time that she began.


def test_what_a_reader_says_while_the_configuration_is_read_stands(world: World) -> None:
    store = world.program.store
    (ben,) = store.subscriptions.all(address="ben@example.org")
    store.subscriptions.set_state(ben.id, "unsubscribed", "by a link", now=world.now)
    without = CONFIG.replace("ben@example.org", "bea@example.org")
    world.restarts(config=without)
    world.restarts()
    assert store.subscriptions.get(ben.id).state == "unsubscribed"


def test_machines_that_provision_together_create_each_reader_once(world: World) -> None:
    again = provision(world.program, world.now)
    assert (again.created, again.updated, again.ended) == ((), (), ())
