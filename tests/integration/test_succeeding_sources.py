"""A file that is replaced and a program that prints: each new content is a version."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.collect.command import CommandSource
from monitor.collect.limits import Limits
from monitor.collect.single import SingleFileSource
from monitor.collect.source import Look, Source, SourceMemory
from monitor.errors import SourceUnavailable

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMITS = Limits(bytes=1000)


class Reader:
    """Asks as the service does, and remembers what was given."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.memory: str | None = None

    def look(self, now: datetime = NOW) -> Look:
        look = self.source.look(SourceMemory(memory=self.memory), now=now, most=100)
        self.memory = look.memory
        return look


class List:
    """A file on a disk, written at chosen times."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "members.csv"

    def write(self, text: str, *, hours: int = 1) -> None:
        self.path.write_text(text, encoding="utf-8")
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(self.path, (at, at))

    def reader(self) -> Reader:
        return Reader(SingleFileSource(self.path, name=Path("members.csv"), limits=LIMITS))


def program(text: str, *, limit: timedelta = timedelta(seconds=20), folder: Path) -> Reader:
    command = [sys.executable, "-c", text]
    return Reader(CommandSource(command, folder=folder, limit=limit, limits=LIMITS))


@pytest.fixture
def members(tmp_path: Path) -> List:
    return List(tmp_path)


def test_each_new_content_of_a_file_is_a_version_of_when_it_was_written(members: List) -> None:
    members.write("id\n1\n", hours=3)
    reader = members.reader()

    (item,) = reader.look().items
    assert (item.data, item.as_of) == (b"id\n1\n", "2026-03-01T09:00:00Z")
    assert reader.look().items == ()
    members.write("id\n2\n", hours=2)
    (item,) = reader.look().items
    assert (item.data, item.as_of) == (b"id\n2\n", "2026-03-01T10:00:00Z")


def test_the_same_content_written_again_is_no_news_also_after_a_restart(members: List) -> None:
    members.write("id\n1\n", hours=3)
    reader = members.reader()
    reader.look()
    members.write("id\n1\n", hours=1)
    assert reader.look().items == ()
    reader.source = members.reader().source

    assert reader.look().items == ()


def test_a_version_that_was_not_handled_is_given_again(members: List) -> None:
    members.write("id\n1\n")
    source = members.reader().source
    (lost,) = source.look(SourceMemory(), now=NOW, most=1).items

    assert source.look(SourceMemory(owed={lost.name}), now=NOW, most=1).items == (lost,)


def test_an_older_copy_that_is_put_back_comes_after_what_it_replaces(members: List) -> None:
    members.write("id\n2\n", hours=2)
    reader = members.reader()
    reader.look()
    members.write("id\n1\n", hours=50)

    (item,) = reader.look().items
    assert item.as_of == "2026-03-01T10:00:01Z"


def test_a_clock_ahead_waits_until_the_file_stands_still_and_counts_as_now(members: List) -> None:
    members.write("id\n1\n", hours=-5)
    reader = members.reader()

    assert reader.look().waiting == ("members.csv",)
    (item,) = reader.look(NOW + timedelta(seconds=2)).items
    assert item.as_of == "2026-03-01T12:00:02Z"


def test_a_file_that_is_away_is_told_and_what_it_said_stays(members: List) -> None:
    members.write("id\n1\n")
    reader = members.reader()
    first = reader.look()
    members.path.unlink()
    with pytest.raises(SourceUnavailable, match=r"there is no file members\.csv"):
        reader.look()
    members.path.mkdir()
    with pytest.raises(SourceUnavailable, match="no regular file"):
        reader.look()
    members.path.rmdir()
    members.write("id\n1\n")

    look = reader.look()
    assert (look.items, look.newest) == ((), first.newest)


def test_a_file_over_the_limit_is_unread(members: List) -> None:
    members.write("x" * 1001)

    (unread,) = members.reader().look().unread
    assert unread.reason == "1001 bytes; at most 1000 are read"


def test_what_a_program_prints_is_a_version_when_it_changes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("id\n1\n")
    reader = program("print(open('data').read(), end='')", folder=tmp_path)

    (item,) = reader.look().items
    assert (item.data, item.as_of) == (b"id\n1\n", "2026-03-01T12:00:00Z")
    assert reader.look(NOW + timedelta(hours=1)).items == ()
    data.write_text("id\n2\n")
    (item,) = reader.look(NOW + timedelta(hours=2)).items
    assert item.as_of == "2026-03-01T14:00:00Z"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import sys; sys.exit('no key')", "ended with 1: no key"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by signal 9"),
        ("pass", "printed nothing"),
        ("print(' ')", "printed nothing"),
        ("print('x' * 2000)", "printed 2001 bytes; at most 1000 are read"),
    ],
)
def test_a_program_that_fails_is_told_with_what_it_said(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(SourceUnavailable, match=words):
        program(text, folder=tmp_path).look()


class Tether:
    """A pipe that each started program holds open: it ends when the last of them has ended."""

    def __init__(self, folder: Path) -> None:
        os.mkfifo(folder / "tether")
        self._end = os.open(folder / "tether", os.O_RDONLY | os.O_NONBLOCK)

    def read(self) -> bytes:
        """Everything that they wrote, once all of them have ended. That must come within 30 s."""
        told = b""
        while select.select([self._end], [], [], 30)[0]:
            more = os.read(self._end, 1000)
            if not more:
                return told
            told += more
        raise AssertionError(f"a program lives on, which wrote {told!r}")

    def close(self) -> None:
        os.close(self._end)


@pytest.fixture
def tether(tmp_path: Path) -> Iterator[Tether]:
    made = Tether(tmp_path)
    yield made
    made.close()


def test_a_program_that_does_not_end_is_ended_with_all_it_has_started(
    tmp_path: Path, tether: Tether
) -> None:
    text = "exec >tether; (echo child; exec sleep 600) & echo parent; wait"
    for seconds in (0.5, 5, 50):  # a busy machine may not even have started both of them
        limit = timedelta(seconds=seconds)
        source = CommandSource(["sh", "-c", text], folder=tmp_path, limit=limit, limits=LIMITS)
        with pytest.raises(SourceUnavailable, match=rf"sh did not end within {seconds:g} s"):
            Reader(source).look()
        told = tether.read()
        if sorted(told.split()) == [b"child", b"parent"]:
            return
    raise AssertionError(f"they only wrote {told!r}")


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    source = CommandSource(["./none"], folder=tmp_path, limit=timedelta(seconds=1), limits=LIMITS)

    with pytest.raises(SourceUnavailable, match=r"\./none cannot be run: No such file"):
        source.look(SourceMemory(), now=NOW, most=1)


def test_a_program_is_not_told_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SECRET", "s3cret")
    (item,) = program("import os; print(dict(os.environ).keys())", folder=tmp_path).look().items

    assert b"MONITOR_SECRET" not in item.data
