"""Which folders something has happened in, as the system tells it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.collect.stirring import Stirring
from monitor.pipeline.flow import Memory
from tests.integration.pipeline.world import World

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/mountinfo").exists(), reason="only this system tells its mounts"
)


class Folders:
    """Two folders, and whoever asks about them."""

    def __init__(self, path: Path, mounts: str = "") -> None:
        self.named = {name: path / name for name in ("one", "two")}
        for folder in self.named.values():
            folder.mkdir()
        file = path / "mounts"
        file.write_text(mounts or f"1 1 0:1 / {path} rw - tmpfs tmpfs rw\n")
        self.stirring = Stirring(file)
        self.asked()

    def asked(self) -> frozenset[str]:
        return self.stirring.stirred(self.named)

    def soon(self, wanted: frozenset[str]) -> bool:
        """The system tells in its own thread: within some milliseconds."""
        found: frozenset[str] = frozenset()
        until = time.monotonic() + 30
        while not wanted <= found and time.monotonic() < until:
            found |= self.asked()
        return found == wanted


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Folders]:
    yield Folders(tmp_path)


def _moved(folders: Folders) -> None:
    (folders.named["one"] / "a.yaml").rename(folders.named["one"] / "b.yaml")


HAPPENINGS: dict[str, Callable[[Folders], object]] = {
    "a file is written": lambda there: (there.named["one"] / "a.yaml").write_text("a: 2"),
    "another comes": lambda there: (there.named["one"] / "c.yaml").write_text("c: 1"),
    "one goes": lambda there: (there.named["one"] / "a.yaml").unlink(),
    "one is moved": _moved,
    "a folder comes in it": lambda there: (there.named["one"] / "inner").mkdir(),
    "it may be read no more": lambda there: (there.named["one"] / "a.yaml").chmod(0o200),
}


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_only_the_folder_in_which_something_happens_is_stirred(
    folders: Folders, happening: str
) -> None:
    (folders.named["one"] / "a.yaml").write_text("a: 1")
    assert folders.soon(frozenset({"one"}))
    while folders.asked():
        pass
    assert not folders.asked()
    HAPPENINGS[happening](folders)
    assert folders.soon(frozenset({"one"}))


def test_a_folder_that_another_one_took_the_place_of_is_looked_at(folders: Folders) -> None:
    one = folders.named["one"]
    one.rename(one.with_name("gone"))
    one.mkdir()
    assert "one" in folders.asked()
    while folders.asked():
        pass
    (one / "a.yaml").write_text("a: 1")
    assert folders.soon(frozenset({"one"}))


def test_a_folder_that_is_not_there_is_always_looked_at(folders: Folders) -> None:
    folders.named["two"].rmdir()
    assert "two" in folders.asked()
    assert folders.soon(frozenset({"two"}))


@pytest.mark.parametrize("sort", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_on_another_machines_disk_nobody_can_tell(tmp_path: Path, sort: str) -> None:
    mounts = f"1 1 0:1 / / rw - ext4 x rw\n2 1 0:2 / {tmp_path}/two/in rw shared:1 - {sort} y rw\n"
    there = Folders(tmp_path, mounts)
    assert there.soon(frozenset({"two"}))


def test_where_mounts_are_not_told_every_folder_is_looked_at(tmp_path: Path) -> None:
    there = Folders(tmp_path, "nothing of the kind")
    assert there.asked() == {"one", "two"}


def test_a_still_folder_is_looked_at_each_minute_all_the_same(world: World) -> None:
    """What the system does not tell is found: here it tells nothing."""

    class Deaf(Stirring):
        def stirred(self, folders: object) -> frozenset[str]:
            return frozenset()

    world.memory = Memory()
    world.memory.looks.stirring = Deaf()
    world.passes()
    world.says("2026-03-02", president="Carl", speaker="Berta")
    assert world.passes().snapshots == 0
    assert world.passes(minutes=1).snapshots == 1


def test_a_file_that_is_told_of_is_taken_in_at_the_next_tick(world: World) -> None:
    world.memory.looks.stirring = Stirring()
    for _ in range(3):
        world.passes()
    world.says("2026-03-02", president="Carl", speaker="Berta")
    until = time.monotonic() + 30
    while not world.passes().snapshots:
        assert time.monotonic() < until
