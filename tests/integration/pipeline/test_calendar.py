"""What is told without a new snapshot, and of a kind that was written anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World
from tests.posts import KIND

PLANS = """
title: Plans
type: object
additionalProperties: false
properties:
  plans:
    title: Plans
    type: array
    x-key: [id]
    x-label: "{id}"
    x-period: {start: on, end: until, state: state}
    items:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: {title: Id, type: string}
        on: {title: Start, type: string, format: date}
        until: {title: End, type: string, format: date}
        state:
          title: State
          enum: [expected, announced, held]
          x-ladder: [expected, announced, held]
"""

CONFIG = """
[sources.plans]
folder = "snapshots"
interval = "1s"

[[subscriptions]]
address = "ana@example.org"
situations = ["plans"]
cadence = "daily 07:00"
zone = "Europe/Kyiv"
"""

PLAN = """
kind: plans.kind.yaml
situation: plans
as_of: 2026-03-01
plans:
  - {id: the spring council, on: 2026-03-03, until: 2026-03-04, state: announced}
"""


@pytest.fixture
def planned(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """A council is announced for 3 and 4 March; it is noon of 2 March and ana was welcomed."""
    world = World(tmp_path / "world", sqlite_url, config=CONFIG)
    world.writes("plans.kind.yaml", PLANS)
    world.writes("2026-03-01.yaml", PLAN)
    world.passes()
    assert [mail.to for mail in world.mail()] == ["ana@example.org"]
    yield world
    world.close()


def test_a_plan_whose_date_has_passed_is_told_once_without_a_new_snapshot(planned: World) -> None:
    told = {day: _morning(planned) for day in ("3 March", "4 March", "5 March", "6 March")}

    assert [day for day, texts in told.items() if texts] == ["5 March"]
    (text,) = told["5 March"]
    assert "The spring council was announced, 3–4 March; nothing is known of it since." in " ".join(
        text.split()
    )


def test_a_plan_that_took_place_does_not_lapse(planned: World) -> None:
    _morning(planned)
    held = PLAN.replace("2026-03-01", "2026-03-04").replace("announced", "held")
    planned.writes("2026-03-04.yaml", held)

    told = [text for _ in range(3) for text in _morning(planned)]

    assert len(told) == 1
    assert "took place" in told[0]
    assert "nothing is known" not in told[0]


def test_a_kind_that_was_written_anew_is_told_with_the_next_change_and_not_alone(
    world: World,
) -> None:
    world.writes("posts.kind.yaml", KIND.replace("title: Note", "title: Remark"))
    world.says("2026-03-02", president="Adam", speaker="Berta")
    assert world.hears(hours=24) == []

    world.says("2026-03-04", president="Carl", speaker="Berta")
    heard = [mail for mail in world.hears() if mail.to == "ben@example.org"]

    assert ["The form of these snapshots has changed since" in mail.text for mail in heard] == [
        True
    ]


def _morning(world: World) -> list[str]:
    """The digests of the next morning, each as text."""
    world.passes(hours=24)
    return [mail.text for mail in world.mail("ana")]
