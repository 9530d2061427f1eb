"""Links in old mail, and the word of who was erased, outlive a change of the secret."""

from __future__ import annotations

import dataclasses

from monitor.pipeline.readers.own import erase, own, page_token
from monitor.pipeline.readers.provision import provision
from monitor.settings.secret import Secret
from tests.integration.pipeline.world import World


def rotate(world: World, *, known: bool) -> None:
    before = world.program.settings
    after = dataclasses.replace(
        before, secret=Secret("another"), secret_before=before.secret if known else None
    )
    world.program = world.program.with_settings(after)


def number_of(world: World, address: str) -> int:
    (reader,) = world.program.store.subscriptions.all(address=address)
    return reader.id


def test_a_link_to_her_own_page_holds_while_the_secret_before_is_known(world: World) -> None:
    token = page_token(world.program, number_of(world, "ana@example.org"))
    rotate(world, known=True)
    mine = own(world.program, token)
    assert mine is not None
    assert mine.address == "ana@example.org"


def test_without_it_the_link_is_nobodys(world: World) -> None:
    token = page_token(world.program, number_of(world, "ana@example.org"))
    rotate(world, known=False)
    assert own(world.program, token) is None


def test_who_was_erased_before_is_not_brought_back_by_the_configuration(world: World) -> None:
    token = page_token(world.program, number_of(world, "ana@example.org"))
    mine = own(world.program, token)
    assert mine is not None
    erase(world.program, mine, world.now)
    rotate(world, known=True)
    provision(world.program, world.now)
    assert world.program.store.subscriptions.all(address="ana@example.org") == ()
