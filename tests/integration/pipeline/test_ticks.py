"""An idle tick asks the same few questions whatever is there, and nothing that changed is missed.

After each deed the next tick of a process that has been idle does all there is to do: a process
that starts after it, and looks at everything, finds nothing left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, event, insert, select

from monitor.collect.stirring import Stirring
from monitor.model.record import replace
from monitor.model.subscription import Quiet
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.intake.holding import reject, release
from monitor.pipeline.intake.withdrawals import put_back, withdraw
from monitor.pipeline.readers.subscribing import subscribe
from monitor.store import tables
from tests.integration.pipeline.world import World

MOST = 20
"""Questions of an idle tick."""


class Silent(Stirring):
    """Nothing happens in any folder."""

    def stirred(self, folders: object) -> frozenset[str]:
        return frozenset()


@contextmanager
def asked(world: World) -> Iterator[list[str]]:
    """Statements that reach the database meanwhile, but for the ends of transactions."""
    found: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    engine = world.program.store._database.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def fill(world: World, situations: int, readers: int, *, first: int) -> None:
    """The same as `posts` under many names, and readers as ana, who have heard of everything.
    `first` is the id of the first version and of the first reader."""
    store = world.program.store
    ana, latest = _reader(world, "ana"), store.versions.latest("posts")
    assert latest is not None
    with store._database.write() as connection:

        def row(table: Table, number: object) -> dict[str, Any]:
            key = next(iter(table.primary_key))
            found = connection.execute(select(table).where(key == number)).first()
            assert found is not None
            return dict(found._mapping)

        situation, version = row(tables.situations, "posts"), row(tables.versions, latest.id)
        reader, pointer = row(tables.subscriptions, ana), row(tables.pointers, ana)
        names = [f"other-{first + number}" for number in range(situations)]
        connection.execute(
            insert(tables.situations), [situation | {"name": name} for name in names]
        )
        versions = [version | {"id": first + n, "situation": name} for n, name in enumerate(names)]
        connection.execute(insert(tables.versions), versions)
        for number in range(readers):
            place = number % situations
            address = f"{first + number}@example.org"
            mine = {"id": first + number, "address": address, "changed": None, "unbegun": False}
            at = {"situation": names[place], "told": first + place, "alerted": first + place}
            mine["spec"] = reader["spec"].replace('"posts"', f'"{names[place]}"')
            connection.execute(insert(tables.subscriptions), [reader | mine])
            connection.execute(
                insert(tables.pointers), [pointer | at | {"subscription_id": first + number}]
            )


def idle(world: World) -> list[str]:
    """The questions of a tick before which nothing has happened for some ticks."""
    world.memory.looks.stirring = Silent()
    for _ in range(4):
        world.passes()
    with asked(world) as found:
        world.passes()
    return found


def test_an_idle_tick_asks_as_much_of_300_situations_as_of_30(each_world: World) -> None:
    each_world.passes()
    fill(each_world, 30, 60, first=1000)
    few = idle(each_world)
    fill(each_world, 270, 540, first=2000)
    many = idle(each_world)
    assert len(few) == len(many), sorted(set(many).symmetric_difference(few))
    assert len(many) <= MOST, many


def test_a_process_that_starts_asks_no_question_for_each_reader_or_situation(
    world: World,
) -> None:
    world.passes()
    found = []
    for first, situations, readers in ((1000, 20, 40), (2000, 200, 400)):
        fill(world, situations, readers, first=first)
        world.memory = Memory()
        with asked(world) as questions:
            world.passes()
        found.append(len(questions))
    assert found[1] <= found[0] + 10


Deed = Callable[[World], object]


def _reader(world: World, name: str = "ben") -> int:
    found = world.program.store.subscriptions.find(f"{name}@example.org", "digest")
    assert found is not None
    return found.id


def _follows_from_a_day_on(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.subscribes("dan@example.org", start="2026-03-01")


def _changes(world: World) -> None:
    spec = world.program.store.subscriptions.get(_reader(world, "ana")).spec
    subscribe(world.program, replace(spec, cadence="at-once"), world.now, change=True)


def _held(world: World) -> None:
    world.says("2026-03-03")
    world.passes()
    assert world.program.store.versions.held()


def _resumes(world: World) -> None:
    """While its reader was suspended, news came."""
    subscriptions = world.program.store.subscriptions
    subscriptions.set_state(_reader(world), "suspended", "a full mailbox", now=world.now)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.passes()
    subscriptions.set_state(_reader(world), "active", "taken up again", now=world.now)


def _gives_back(world: World) -> None:
    world.mailbox.refuses("ben@example.org")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    world.mailbox.answers.clear()
    number = _reader(world)
    if world.program.store.subscriptions.get(number).state != "active":
        world.program.store.subscriptions.set_state(number, "active", "mended", now=world.now)


def _pins(world: World) -> None:
    first = world.program.store.versions.history("posts")[0]
    world.program.store.situations.set_baseline("posts", "pinned", first.id)


def _judges(world: World) -> None:
    world.program.store.judgements.add(
        situation="posts", collection="posts", verdict="same-as", left="speaker", right="chair",
        reason="one post", by="ana", now=world.now,
    )  # fmt: skip


def _mutes(world: World) -> None:
    world.program.store.subscriptions.mute(_reader(world), "speaker", "", until=None, now=world.now)


def _takes_out(world: World) -> None:
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    withdraw(world.program, "posts@2026-03-02", "a mistake", world.now)


def _puts_back(world: World) -> None:
    _takes_out(world)
    world.passes()
    put_back(world.program, "posts@2026-03-02", world.now)


def _release(world: World) -> None:
    _held(world)
    release(world.program, world.program.store.versions.held()[0], world.now)


def _reject(world: World) -> None:
    _held(world)
    reject(world.program, world.program.store.versions.held()[0], "no", world.now)


DEEDS: dict[str, Deed] = {
    "a version comes": lambda world: world.says("2026-03-02", president="Carl", speaker="Berta"),
    "a version comes by hand": lambda world: world.adds("2026-03-02", president="C", speaker="B"),
    "a partial comes": lambda world: world.says("2026-03-02", coverage="partial", speaker="Dora"),
    "a late one comes": lambda world: world.says("2026-02-27", president="Zoe", speaker="Berta"),
    "a correction comes": lambda world: world.says("2026-03-01", president="Eva", speaker="Berta"),
    "one comes and is held": _held,
    "it is released": _release,
    "it is rejected": _reject,
    "one is withdrawn": _takes_out,
    "it is put back": _puts_back,
    "another situation comes": lambda world: world.says(
        "2026-03-02", situation="other", president="Carl"
    ),
    "a baseline is pinned": _pins,
    "somebody judges": _judges,
    "somebody subscribes": lambda world: world.subscribes("dan@example.org", start="latest"),
    "somebody subscribes from a day on": _follows_from_a_day_on,
    "somebody wants it otherwise": _changes,
    "somebody comes back": _resumes,
    "somebody mutes": _mutes,
    "a pointer goes back": _gives_back,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_idle_process_acts_on_it_at_the_next_tick(world: World, deed: str) -> None:
    for _ in range(4):
        world.passes()
    world.mail()
    DEEDS[deed](world)
    world.passes()
    assert_nothing_is_left(world)


def assert_nothing_is_left(world: World) -> None:
    """A process that knows nothing, and so looks at everything, has nothing to write."""
    world.now += timedelta(seconds=5)
    with world.program.store._database.write() as connection:
        # What is noted for other nodes would keep it from looking.
        connection.execute(tables.work.delete())
        active = tables.subscriptions.c.state == "active"
        looked = tables.subscriptions.update().where(active)
        connection.execute(looked.values(changed=1, unbegun=True, due_at=None))
    passed = one_pass(world.program, Memory(), world.now)
    assert (passed.messages, passed.snapshots, passed.compared) == (0, 0, 0)


def test_quiet_hours_that_are_over_are_noticed(world: World) -> None:
    spec = world.program.store.subscriptions.get(_reader(world)).spec
    quiet = Quiet(start="12:00", end="13:00")
    hers = replace(spec, address="eve@example.org", zone="UTC", quiet=quiet, alert_level=None)
    subscribe(world.program, hers, world.now)
    world.passes()
    world.mail()
    world.says("2026-03-02", president="Carl", speaker="Berta")
    assert not [mail for mail in world.hears() if mail.to.startswith("eve")]
    world.passes()
    assert [mail for mail in world.hears(hours=1.1) if mail.to.startswith("eve")]
    assert_nothing_is_left(world)


def test_the_day_of_a_version_that_waits_is_noticed(world: World) -> None:
    world.says("2026-05-02", president="Carl", speaker="Berta")
    world.passes()
    assert world.program.store.versions.held()
    for _ in range(3):
        world.passes()
    world.mail()
    assert [mail for mail in world.hears(hours=24 * 62) if mail.to.startswith("ben")]
    assert_nothing_is_left(world)


@pytest.mark.postgresql
def test_a_commit_that_comes_late_from_another_node_is_noticed(
    tmp_path: Path, postgresql_url: str
) -> None:
    world = World(tmp_path / "one", postgresql_url)
    try:
        for name in ("posts", "other"):
            world.says("2026-03-01", situation=name, president="Adam", speaker="Berta")
        world.passes()
        world.passes()
        world.mail()
        store = world.program.store
        _held(world)
        (held,) = store.versions.held()
        with store.transaction() as late:
            # Written before, and committed after, what the next tick sees.
            late.versions.release(held.id)
            other = store.versions.latest("other")
            assert other is not None
            store.situations.set_baseline("other", "pinned", other.id)
            world.passes()
            world.passes()
            assert not [mail for mail in world.mail() if mail.to.startswith("ben")]
        world.passes()
        assert [mail for mail in world.mail() if mail.to.startswith("ben")]
    finally:
        world.close()


MOST_OF_A_VERSION = 52
"""Questions that a new version costs beside an idle tick: to take it in, compare it and see that
nobody is to be told at once. Each claim costs PostgreSQL a few more."""


def test_a_version_costs_a_few_dozen_questions_whatever_was_there_before(each_world: World) -> None:
    costs: list[int] = []
    for day in range(1, 10):
        each_world.says(f"2026-03-{day:02}", situation="board", president=f"A{day}", speaker="B")
        with asked(each_world) as statements:
            each_world.passes(minutes=2)
        with asked(each_world) as idle_ones:
            each_world.passes(minutes=2)
        costs.append(len(statements) - len(idle_ones))

    most = MOST_OF_A_VERSION + (0 if each_world.program.store.is_sqlite else 12)
    assert max(costs[2:]) <= most, costs
    assert costs[-1] <= costs[2] + 3, costs
