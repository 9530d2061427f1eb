"""Two machines that share one database, and do not see the same files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World

pytestmark = pytest.mark.postgresql

OPERATOR = "operator@example.org"


class Machines:
    """`here` and `there`; each pass is made under the name of its machine."""

    def __init__(self, folder: Path, url: str, names: pytest.MonkeyPatch) -> None:
        self._names = names
        self.worlds: dict[str, World] = {}
        for name in ("here", "there"):
            self._is(name)
            self.worlds[name] = World(folder / name, url)
            self.worlds[name].says("2026-03-01", president="Adam")

    def hears(self, *, rounds: int = 3, minutes: int = 0) -> list[str]:
        """What the operator is told while both go on, each round."""
        said = []
        for _ in range(rounds):
            for name, world in self.worlds.items():
                self._is(name)
                world.program.store.nodes.beat(now=world.now)
                mail = world.hears(minutes=minutes) if minutes else world.hears()
                said += [one.subject for one in mail if one.to == OPERATOR]
        return said

    def visits(self, *, rounds: int = 3, minutes: int = 10) -> list[str]:
        """The same as from cron: each comes for one pass, and is away in between."""
        said = []
        for _ in range(rounds):
            for name, world in self.worlds.items():
                self._is(name)
                world.now += timedelta(minutes=minutes)
                world.restarts()
                said += [one.subject for one in world.hears() if one.to == OPERATOR]
                world.program.store.nodes.stop(now=world.now)
        return said

    def restarts(self, name: str) -> None:
        self._is(name)
        world = self.worlds[name]
        world.program.store.nodes.stop(now=world.now)
        world.restarts()

    def leaves(self, name: str, *, orderly: bool = True) -> None:
        """For good, whether it says so or is switched off."""
        world = self.worlds.pop(name)
        if orderly:
            world.program.store.nodes.stop(now=world.now)
        world.close()

    def _is(self, name: str) -> None:
        self._names.setattr(socket, "gethostname", lambda: name)


def are_over(said: list[str]) -> bool:
    return len(said) == 1 and said[0].startswith("Over")


@pytest.fixture
def machines(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machines]:
    both = Machines(tmp_path, postgresql_url, monkeypatch)
    both.hears()
    yield both
    for world in both.worlds.values():
        world.close()


def share(machines: Machines) -> Path:
    return machines.worlds["here"].folder / "snapshots"


def test_a_share_missing_on_one_is_told_once_and_once_when_it_is_back(machines: Machines) -> None:
    share(machines).rename(share(machines).with_name("elsewhere"))
    began = machines.hears()
    share(machines).with_name("elsewhere").rename(share(machines))
    ended = machines.hears()

    assert len(began) == 1
    assert "there is no folder" in began[0]
    assert len(ended) == 1
    assert ended[0].startswith("Over: ")


def test_a_share_that_is_empty_on_one_is_told_once(machines: Machines) -> None:
    file = share(machines) / "2026-03-01.yaml"
    file.rename(file.with_name(".hidden"))
    began = machines.hears()
    file.with_name(".hidden").rename(file)

    assert len(began) == 1
    assert "not empty before" in began[0]
    assert are_over(machines.hears())


def test_a_file_that_one_cannot_read_is_told_once(machines: Machines) -> None:
    for world in machines.worlds.values():
        world.says("2026-03-02", president="Carl")
    machines.hears()
    file = share(machines) / "2026-03-02.yaml"
    text = file.read_text()
    file.unlink()
    file.symlink_to("nowhere.yaml")
    began = machines.hears()
    file.unlink()
    machines.worlds["here"].writes(file.name, text)

    assert len(began) == 1
    assert are_over(machines.hears())


def test_a_refused_file_that_only_one_has_stands_until_it_is_gone_there(
    machines: Machines,
) -> None:
    machines.worlds["here"].writes("bad.yaml", "kind: [")
    began = machines.hears()
    (share(machines) / "bad.yaml").unlink()

    assert len(began) == 1
    assert are_over(machines.hears())


def test_it_stands_while_the_machine_that_saw_it_starts_anew(machines: Machines) -> None:
    share(machines).rename(share(machines).with_name("elsewhere"))
    machines.worlds["there"].writes("bad.yaml", "kind: [")
    assert len(machines.hears()) == 2
    machines.restarts("here")
    machines.restarts("there")

    assert machines.hears() == []
    machines.worlds["there"].removes("bad.yaml")
    share(machines).with_name("elsewhere").rename(share(machines))
    assert are_over(machines.hears(rounds=1)[:1])


def test_a_refused_file_that_went_while_its_machine_was_down_is_over(machines: Machines) -> None:
    machines.worlds["here"].writes("bad.yaml", "kind: [")
    assert len(machines.hears()) == 1
    machines.worlds["here"].removes("bad.yaml")
    machines.restarts("here")

    assert are_over(machines.hears())


def test_machines_that_come_from_cron_tell_once_each_way(machines: Machines) -> None:
    machines.visits()
    share(machines).rename(share(machines).with_name("elsewhere"))
    machines.worlds["there"].writes("bad.yaml", "kind: [")
    began = machines.visits()
    machines.worlds["there"].removes("bad.yaml")
    share(machines).with_name("elsewhere").rename(share(machines))

    assert len(began) == 2
    assert [one[:4] for one in machines.visits()] == ["Over", "Over"]


@pytest.mark.parametrize("orderly", [True, False])
def test_what_a_machine_that_is_gone_saw_is_over(machines: Machines, *, orderly: bool) -> None:
    share(machines).rename(share(machines).with_name("elsewhere"))
    assert len(machines.hears()) == 1
    machines.leaves("here", orderly=orderly)

    assert are_over(machines.hears(minutes=5))


def test_a_refused_file_of_a_machine_that_is_gone_is_over(machines: Machines) -> None:
    machines.worlds["here"].writes("bad.yaml", "kind: [")
    assert len(machines.hears()) == 1
    machines.leaves("here")

    assert are_over(machines.hears(minutes=5))


def test_what_a_visitor_that_does_not_come_again_saw_is_over(machines: Machines) -> None:
    machines.visits()
    share(machines).rename(share(machines).with_name("elsewhere"))
    assert len(machines.visits()) == 1
    machines.leaves("here", orderly=False)

    assert are_over(machines.visits(rounds=8))
