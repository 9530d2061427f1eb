"""A message that dies although it cannot be read what it moved: its reader is told all the same."""

from __future__ import annotations

import pytest

from tests.integration.pipeline.damage import damage
from tests.integration.pipeline.world import World

BEN = "ben@example.org"
OF_BEN = f"WHERE recipient = '{BEN}'"
OPERATOR = "operator@example.org"


def spoil(world: World, start: str) -> None:
    """What ben's newest message moved."""
    newest = f"(SELECT max(id) FROM outbox WHERE recipient = '{BEN}')"
    damage(world, f"UPDATE outbox SET start = :start WHERE id = {newest}", start=start)


def lose(world: World, start: str) -> None:
    """Ben's digest about Carl does not arrive."""
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    spoil(world, start)
    damage(world, f"UPDATE outbox SET expires_at = created_at WHERE recipient = '{BEN}'")
    world.mail()
    ((state,),) = damage(world, f"SELECT state FROM outbox {OF_BEN} ORDER BY id DESC LIMIT 1")
    assert state == "dead"


@pytest.mark.parametrize(
    "start",
    [
        pytest.param('{"posts": [1, 1, 2', id="cut short"),
        pytest.param("[1, 1, 2, 2]", id="no object"),
        pytest.param('{"posts": [1, 1]}', id="too few"),
        pytest.param('{"posts": [1, 1, "2", true]}', id="no numbers"),
        pytest.param('{"posts": [901, 901, 902, 902]}', id="no such versions"),
        pytest.param(f'{{"posts": [1, 1, 2, {10**30}]}}', id="beyond all numbers"),
    ],
)
def test_what_it_told_is_told_again(each_world: World, start: str) -> None:
    world = each_world
    lose(world, start)
    world.says("2026-03-03", president="Carl", speaker="Dora")
    heard = world.hears(hours=1)
    told = [one.text for one in heard if one.to == BEN]
    assert not any("may never be told" in " ".join(one.text.split()) for one in heard)

    assert any("Carl" in text for text in told)
    assert any("Dora" in text for text in told)


def test_where_nobody_can_say_a_person_hears_of_it_until_it_is_sent(each_world: World) -> None:
    world = each_world
    damage(world, "UPDATE digests SET input = :bytes", bytes=b"{}")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    damage(world, "UPDATE digests SET input = :bytes", bytes=b"{")
    spoil(world, "{")
    ((number,),) = damage(
        world, f"SELECT id FROM outbox WHERE recipient = '{BEN}' AND state = 'pending'"
    )
    damage(world, f"UPDATE outbox SET expires_at = created_at WHERE id = {number}")
    world.mail()
    heard = [" ".join(one.text.split()) for one in world.hears() if one.to == OPERATOR]
    assert any(f"message {number} to {BEN} did not arrive" in text for text in heard)
    assert [one for one in world.hears() if one.to == OPERATOR] == []

    later = world.now.replace(year=world.now.year + 1)
    world.program.store.outbox.retry(str(number), now=world.now, expires_at=later)
    assert any("Carl" in one.text for one in world.mail(BEN))
    over = [" ".join(one.text.split()) for one in world.hears() if one.to == OPERATOR]
    assert any("OVER" in text and f"message {number}" in text for text in over)


def test_a_message_that_cannot_be_made_is_told_at_once(each_world: World) -> None:
    world = each_world
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    ((number, splice),) = damage(
        world, f"SELECT id, splice FROM outbox WHERE recipient = '{BEN}' AND state = 'pending'"
    )
    damage(world, f"UPDATE outbox SET splice = '{{' WHERE id = {number}")
    world.mail()
    heard = [" ".join(one.text.split()) for one in world.hears() if one.to == OPERATOR]
    assert any(f"message {number} to {BEN} cannot be made" in text for text in heard)

    damage(world, f"UPDATE outbox SET splice = :splice WHERE id = {number}", splice=splice)
    later = [*world.hears(hours=1), *world.hears()]
    assert any("Carl" in one.text for one in later if one.to == BEN)
    assert any("OVER" in one.text for one in later if one.to == OPERATOR)
