"""What is watched and who follows it takes effect while the service runs; what is wrong, never."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.renewing import Renewal
from monitor.service.service import Service
from monitor.settings import load
from tests.posts import KIND

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MAIN = """
[service]
tick = "0.1s"
[sources.snapshots]
folder = "snapshots"
"""
ADDED = """
[sources.board]
folder = "board"
[[subscriptions]]
address = "ana@example.org"
situations = ["board"]
"""


class Desk:
    """A folder with a configuration, whose files are as old as the number of their writing."""

    def __init__(self, folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MONITOR_STORE_URL", url)
        self.folder = folder
        self._writes = 0
        (folder / "snapshots").mkdir()
        self.write("config/monitor.toml", MAIN)
        self.program = open_program(load(folder / "config" / "monitor.toml"))

    def write(self, name: str, text: str) -> None:
        self._writes += 1
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        at = (NOW + timedelta(minutes=self._writes)).timestamp()
        os.utime(file, (at, at))

    def board(self) -> None:
        self.write("board/kind.yaml", KIND)
        text = "kind: kind.yaml\nsituation: board\nas_of: 2026-03-01\nposts: [{id: chair}]\n"
        self.write("board/one.yaml", text)


@pytest.fixture
def desk(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, sqlite_url, monkeypatch)


def trouble(program: Program) -> list[str]:
    return list(program.blame.standing().values())


def test_a_source_that_is_added_is_watched_and_its_reader_welcomed(desk: Desk) -> None:
    mail = desk.folder / "var" / "mail"

    def add() -> None:
        desk.board()
        desk.write("config/sources.d/board.toml", ADDED)

    asyncio.run(_serve(desk.program, first=add, until=lambda: any(mail.glob("ana*/*.eml"))))

    (welcome,) = mail.glob("ana*/*.eml")
    assert "board" in welcome.read_text(encoding="utf-8")


def test_what_is_wrong_changes_nothing_and_is_told_until_it_is_mended(desk: Desk) -> None:
    renewal = Renewal(desk.program.settings)
    desk.write("config/sources.d/board.toml", ADDED.replace("folder", "foldre"))

    same = renewal.renewed(desk.program, NOW)
    assert same is desk.program
    assert (
        "board.toml:3: unknown key sources.board.foldre; did you mean folder?" in trouble(same)[0]
    )
    assert renewal.renewed(same, NOW) is same
    assert len(trouble(same)) == 1

    desk.write("config/sources.d/board.toml", ADDED)
    changed = renewal.renewed(same, NOW)
    assert list(changed.settings.sources) == ["snapshots", "board"]
    assert trouble(changed) == []


def test_what_is_taken_out_is_watched_no_more_and_its_reader_ends(desk: Desk) -> None:
    renewal = Renewal(desk.program.settings)
    desk.write("config/sources.d/board.toml", ADDED)
    changed = renewal.renewed(desk.program, NOW)
    (desk.folder / "config" / "sources.d" / "board.toml").unlink()

    changed = renewal.renewed(changed, NOW)
    assert list(changed.settings.sources) == ["snapshots"]
    assert [one.state for one in changed.store.subscriptions.all()] == ["ended"]


def test_what_needs_a_start_waits_for_it_and_says_so(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    renewal = Renewal(desk.program.settings)
    desk.write("config/monitor.toml", MAIN + '[mail]\nsender = "other@example.org"\n')

    changed = renewal.renewed(desk.program, NOW)
    assert changed.settings.mail == desk.program.settings.mail
    assert "what changed in [mail] takes effect at the next start" in caplog.text


def test_files_that_look_as_they_did_are_not_read_again(desk: Desk) -> None:
    renewal = Renewal(desk.program.settings)
    file = desk.folder / "config" / "monitor.toml"
    looked = file.stat()
    file.write_text(MAIN.replace("snapshots", "snapshotz"), encoding="utf-8")
    file.write_text(MAIN[:-1] + " ", encoding="utf-8")
    os.utime(file, ns=(looked.st_atime_ns, looked.st_mtime_ns))

    assert renewal.renewed(desk.program, NOW) is desk.program


async def _serve(program: Program, *, first: Callable[[], None], until: Callable[[], bool]) -> None:
    stop = asyncio.Event()

    async def watch(_stop: asyncio.Event) -> None:
        first()
        while not until():
            await asyncio.sleep(0.05)
        stop.set()

    service = Service(program, clock=lambda: datetime.now(UTC))
    await asyncio.wait_for(service.run(stop, companions=[watch]), timeout=30)
