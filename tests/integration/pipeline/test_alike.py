"""Many readers to whom the same is due: one look for all of them, and nothing made for no mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from monitor.model.comparison import Comparison, Significance
from monitor.model.record import replace
from monitor.model.subscription import Filter, Quiet, SubscriptionSpec
from monitor.pipeline.comparison.comparing import Comparing
from monitor.pipeline.readers.subscribing import subscribe
from monitor.render import Templates
from monitor.store.records import Version
from tests.integration.pipeline.world import World


def crowd(world: World, number: int, **wishes: Any) -> None:
    spec = SubscriptionSpec(
        address="", name="digest", situations=("posts",), cadence="daily 07:00", zone="Europe/Kyiv"
    )
    for i in range(number):
        one = replace(spec, address=f"r{i}@example.org", **wishes)
        subscribe(world.program, one, world.now)
    world.passes()
    world.mail()


def last_outcomes(world: World) -> dict[str, str]:
    store = world.program.store
    runs = {one.spec.address: store.runs.of(one.id, limit=1) for one in store.subscriptions.all()}
    return {address: found[0].outcome for address, found in runs.items() if found}


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were rendered."""
    names: list[str] = []
    plain = Templates.render

    def render(self: Templates, name: str, *args: Any, **more: Any) -> str:
        names.append(name)
        return plain(self, name, *args, **more)

    monkeypatch.setattr(Templates, "render", render)
    return names


def test_a_slot_at_which_nothing_changed_renders_nothing(
    each_world: World, renders: list[str]
) -> None:
    crowd(each_world, 20)
    renders.clear()

    each_world.passes(hours=24)

    assert renders == []
    assert list(last_outcomes(each_world).values()) == ["nothing to tell"] * 21
    assert each_world.mail() == []


def test_where_nothing_is_planned_nothing_is_compared_either(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(each_world, 3)
    compared: list[Version] = []
    plain = Comparing.between

    def between(self: Comparing, old: Version, new: Version, **more: Any) -> Comparison:
        compared.append(new)
        return plain(self, old, new, **more)

    monkeypatch.setattr(Comparing, "between", between)
    each_world.passes(hours=24)

    assert compared == []
    assert list(last_outcomes(each_world).values()) == ["nothing to tell"] * 4


def test_what_is_too_small_for_a_filter_renders_nothing_either_and_is_passed(
    world: World, renders: list[str]
) -> None:
    crowd(world, 5, filter=Filter(minimum=Significance.CRITICAL), alert_level=None)
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    renders.clear()

    world.passes(hours=24)

    outcomes = last_outcomes(world)
    assert outcomes.pop("ana@example.org") == "sent"
    assert set(outcomes.values()) == {"nothing to tell"}
    latest = world.program.store.versions.latest("posts")
    assert latest is not None
    for one in world.program.store.subscriptions.all():
        if one.spec.address.startswith("r"):
            assert one.pointers[0].told == latest.id


def test_all_who_have_something_to_hear_hear_it(each_world: World) -> None:
    crowd(each_world, 12)
    each_world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    each_world.passes()

    heard = each_world.hears(hours=24)

    daily = [mail for mail in heard if mail.to.startswith("r")]
    assert sorted(mail.to for mail in daily) == sorted(f"r{i}@example.org" for i in range(12))
    assert all("ill" in mail.text for mail in daily)
    assert len({mail.message_id for mail in daily}) == 12
    assert each_world.hears(hours=24) == []


def test_readers_in_their_quiet_hours_are_put_off_together(world: World) -> None:
    crowd(world, 4, quiet=Quiet(start="06:00", end="09:00"))
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    seven = world.now.replace(hour=5, minute=30) + timedelta(days=1)

    world.passes(seconds=(seven - world.now).total_seconds())
    before = [mail for mail in world.mail() if mail.to.startswith("r")]
    due = {one.due_at for one in world.program.store.subscriptions.all("r0@example.org")}
    after = [mail for mail in world.hears(hours=2) if mail.to.startswith("r")]

    assert before == []
    assert [moment.hour for moment in due if moment] == [7]
    assert len(after) == 4
