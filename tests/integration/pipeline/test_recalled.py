"""Readers who were told of a snapshot hear once that it was withdrawn, with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.pipeline.intake.withdrawals import withdraw
from tests.integration.pipeline.world import Mail, World

LINE = "The snapshot of 2 Mar 2026 was withdrawn: of another year."


def lines(mails: list[Mail]) -> dict[str, int]:
    """How often each reader was told the line, who was."""
    told = {mail.to.partition("@")[0]: " ".join(mail.text.split()).count(LINE) for mail in mails}
    return {who: count for who, count in told.items() if count}


def takes_back(world: World, as_of: str = "2026-03-02") -> None:
    withdraw(world.program, f"posts@{as_of}", "of another year.", world.now)


def test_the_line_comes_once_with_what_no_longer_holds(each_world: World) -> None:
    each_world.says("2026-03-02", president="Carl", speaker="Berta")
    assert lines(each_world.hears(hours=24)) == {}
    each_world.now = each_world.now.replace(minute=30)
    takes_back(each_world)

    at_once = each_world.hears(minutes=1)
    assert lines(at_once) == {"ben": 1}
    ben = next(mail for mail in at_once if mail.to.startswith("ben"))
    assert "What no longer holds is among the changes." in " ".join(ben.text.split())
    assert lines(each_world.hears(hours=24)) == {"ana": 1}
    assert lines(each_world.hears(hours=24)) == {}
    each_world.says("2026-03-03", president="Emil", speaker="Berta")
    assert lines(each_world.hears(hours=24)) == {}


def test_where_nothing_else_changes_only_those_hear_who_were_told(each_world: World) -> None:
    each_world.says("2026-03-02", president="Adam; by mistake")
    each_world.hears()
    each_world.says("2026-03-03", president="Adam; at last")
    assert lines(each_world.hears(minutes=1)) == {}
    assert lines(each_world.hears(hours=24)) == {}
    takes_back(each_world)

    told = each_world.hears(minutes=1)
    assert [mail.to for mail in told] == ["ben@example.org"]
    assert lines(told) == {"ben": 1}
    assert "Nothing else changes." in " ".join(told[0].text.split())
    assert LINE[:-1] in told[0].subject
    # Ana's one digest led past it: she never was told of it.
    assert lines(each_world.hears(hours=24)) == {}
    each_world.restarts()
    assert lines(each_world.hears(minutes=1)) == {}


def test_who_was_told_what_rests_on_it_hears_as_well(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.says("2026-03-03", coverage="partial", speaker="Dora")
    world.hears(hours=24)
    world.now = world.now.replace(minute=30)
    takes_back(world)
    assert lines(world.hears(hours=24)) == {"ana": 1, "ben": 1}


def test_a_late_one_that_nobody_was_told_of_is_no_news(world: World) -> None:
    world.says("2026-03-03", president="Emil", speaker="Berta")
    world.hears(hours=24)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears(hours=24)
    takes_back(world)
    assert lines(world.hears(hours=24)) == {}


def test_a_held_one_was_told_to_nobody(world: World) -> None:
    world.says("2026-03-02", president="Carl", note="x")
    world.says("2026-09-02", file="ahead.yaml", president="Fred", speaker="Berta")
    world.hears(hours=24)
    takes_back(world, "2026-09-02")
    assert [mail for mail in world.hears(hours=24) if not mail.to.startswith("operator")] == []


def test_a_line_that_is_lost_is_told_again(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    world.says("2026-03-03", president="Emil", speaker="Berta")
    world.hears(minutes=1)
    takes_back(world)
    world.passes(minutes=1)
    lost = world.program.store.outbox.find(states=["pending"])
    ben = next(each for each in lost if each.recipient.startswith("ben"))
    world.program.store.outbox.cancel([ben.id], reason="lost", now=world.now)
    assert lines(world.mail()) == {}
    world.says("2026-03-04", president="Fred", speaker="Berta")
    assert lines(world.hears(minutes=1)) == {"ben": 1}


def test_the_line_is_part_of_what_the_digest_was_made_from(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    takes_back(world)
    world.hears(minutes=1)
    found = world.program.store.outbox.find(reason="digest", limit=1)
    assert found[0].digest is not None
    given: Any = world.program.store.digests.input(found[0].digest)
    assert [each["as_of"] for each in given["situations"][0]["withdrawn"]] == ["2026-03-02"]


@pytest.mark.parametrize("reason", ["", "{{ 7 * 7 }} <b>x</b>\u202e\nSubject: y"])
def test_a_reason_is_text(world: World, reason: str) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.hears()
    withdraw(world.program, "posts@2026-03-02", reason, world.now)
    told = [mail for mail in world.hears(minutes=1) if mail.to.startswith("ben")]
    assert told
    assert all("withdrawn" in mail.text and "\u202e" not in mail.text for mail in told)
