"""What belongs to one recipient is made when a message is sent: the same each time."""

from __future__ import annotations

from monitor.mail.message import build, own_values
from monitor.pipeline.delivery import Bodies
from monitor.pipeline.preview import stored_bytes
from monitor.pipeline.telling.tokens import make_token
from tests.integration.pipeline.damage import damage
from tests.integration.pipeline.world import CONFIG, World

BEN = "ben@example.org"
ELSEWHERE = CONFIG.replace(
    "[mail]",
    '[mail]\npublic_url = "https://new.example.org"\nenvelope_sender = "b@new.example.org"',
)


def news(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()


def test_a_message_holds_nothing_of_its_reader_but_the_address(each_world: World) -> None:
    news(each_world)
    (ben,) = [one for one in each_world.program.store.outbox.find() if one.recipient == BEN][:1]

    assert set(ben.splice) == {"bounces", "unsubscribing"}


def test_a_retry_and_a_replay_have_the_bytes_of_the_first_attempt(world: World) -> None:
    world.mailbox.is_slow(BEN)
    news(world)
    world.mail()
    (ben,) = world.program.store.outbox.find(states=("retry",))
    before = stored_bytes(world.program, ben)
    world.mailbox.answers.clear()

    # The settings change between the attempts; this message says what it said.
    world.restarts(config=ELSEWHERE)
    world.now += (ben.next_attempt or world.now) - world.now
    world.mail()

    again = world.program.store.outbox.get(ben.id)
    assert (again.state, again.attempts) == ("sent", 2)
    assert stored_bytes(world.program, again) == before
    assert b"new.example.org" not in before


def test_what_was_written_whole_before_is_sent_as_it_was_written(world: World) -> None:
    news(world)
    (ben,) = [
        one for one in world.program.store.outbox.find(states=("pending",)) if one.recipient == BEN
    ]
    assert ben.subscription is not None
    whole = own_values(
        ben.splice,
        ben.recipient,
        message_id=ben.message_id,
        made_at=ben.created_at,
        secret=b"of an earlier installation",
        token=make_token(b"of an earlier installation", ben.subscription),
    )
    row = str(whole).replace("'", '"')
    damage(world, f"UPDATE outbox SET splice = :row WHERE id = {ben.id}", row=row)

    (mail,) = world.mail("ben")

    stored = world.program.store.outbox.get(ben.id)
    assert stored_bytes(world.program, stored) == build(
        Bodies(world.program.store).of(ben.body), whole
    )
    assert mail.message_id == ben.message_id


def test_a_row_that_does_not_say_what_it_is_called_is_kept_and_the_others_go_out(
    world: World,
) -> None:
    news(world)
    damage(
        world, f"UPDATE outbox SET message_id = 'x' WHERE recipient = '{BEN}' AND state = 'pending'"
    )

    arrived = {mail.to for mail in world.mail()}

    assert "ana@example.org" in arrived
    assert BEN not in arrived
    assert [one.recipient for one in world.program.store.outbox.unbuilt()] == [BEN]
