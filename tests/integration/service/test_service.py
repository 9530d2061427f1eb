"""The service's own parts: its timetable, its log lines, and what it lets go."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from monitor.data import data_path
from monitor.model.record import replace
from monitor.pipeline.comparison.comparing import Comparing
from monitor.pipeline.program import Program, open_program
from monitor.service.log import JsonLines, TextLines
from monitor.service.service import Service
from monitor.service.tidy import Rest, tidy
from monitor.service.timetable import timetable
from monitor.settings import load
from monitor.settings.sections import Settings

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def record(level: int = logging.INFO) -> logging.LogRecord:
    made = logging.LogRecord("monitor", level, "", 0, "took in\nposts", None, None)
    made.created = NOW.timestamp()
    made.event, made.facts = "version", {"situation": "posts", "at_day": NOW}
    return made


def test_the_wall_clock_is_asked_at_least_every_quarter_minute() -> None:
    ticks = {tick.job: tick.every for tick in timetable(Settings(file=None, base=Path("/")))}

    assert ticks["pass"] <= timedelta(seconds=15)


def test_a_line_for_people_is_one_line_with_a_mark_for_trouble() -> None:
    assert TextLines().format(record()) == "12:00:00 took in posts"
    assert TextLines().format(record(logging.WARNING)) == "12:00:00 ! took in posts"


def test_a_line_for_a_collector_is_json_with_the_facts() -> None:
    line = json.loads(JsonLines().format(record()))

    assert line == {
        "at": "2026-03-02T12:00:00.000+00:00",
        "level": "info",
        "event": "version",
        "text": "took in\nposts",
        "situation": "posts",
        "at_day": "2026-03-02 12:00:00+00:00",
    }


@pytest.mark.parametrize(("retention", "left"), [('"never"', 2), ('"30d"', 1)])
def test_mail_files_are_let_go_only_when_the_config_says_so(
    tmp_path: Path, sqlite_url: str, retention: str, left: int
) -> None:
    program = configured(tmp_path, sqlite_url, f"[retention]\nmail_files = {retention}\n")
    folder = tmp_path / "var" / "mail" / "ana@example.org"
    folder.mkdir(parents=True)
    for name, days in (("old.eml", 40), ("new.eml", 1)):
        (folder / name).write_text("x")
        age = (NOW - timedelta(days=days)).timestamp()
        os.utime(folder / name, (age, age))

    list(tidy(program, NOW))
    program.store.close()

    assert len(list(folder.iterdir())) == left
    assert (folder / "new.eml").exists()


def configured(folder: Path, url: str, text: str) -> Program:
    (folder / "config").mkdir()
    file = folder / "config" / "monitor.toml"
    file.write_text(text)
    return open_program(load(file, env={"MONITOR_STORE_URL": url}))


@dataclass(slots=True, kw_only=True)
class Failing(Comparing):
    """Comparing with a fault of ours in it."""

    asked: int = 0

    def between(self, *_versions: object, **_days: object) -> NoReturn:
        self.asked += 1
        raise RuntimeError("a fault of ours")


def test_the_operator_hears_once_of_versions_that_cannot_be_compared(
    tmp_path: Path, sqlite_url: str
) -> None:
    config = '[service]\ntick = "1s"\n[sources.talks]\nfolder = "talks"\n'
    program = configured(tmp_path, sqlite_url, config)
    shutil.copytree(data_path("snapshots") / "ukraine-talks", tmp_path / "talks")
    comparing = Failing(store=program.store, kinds=program.kinds, settings=program.settings)

    asyncio.run(_serve(replace(program, comparing=comparing), until=lambda: comparing.asked > 20))

    told = [one for one in program.store.outbox.find() if one.reason == "operator"]
    standing = [one.text for one in program.store.notices.standing()]
    program.store.close()
    assert len(told) == 1
    assert len(standing) == 8
    assert standing[0] == (
        "ukraine-talks of 2026-01-24 cannot be compared: RuntimeError: a fault of ours"
    )


async def _serve(program: Program, *, until: Callable[[], bool]) -> None:
    stop = asyncio.Event()

    async def watch_for_the_end(_stop: asyncio.Event) -> None:
        while not until():
            await asyncio.sleep(0.02)
        stop.set()

    async with asyncio.timeout(30):
        service = Service(program, clock=lambda: datetime.now(UTC))
        await service.run(stop, companions=[watch_for_the_end])


def test_what_is_tidied_up_lets_others_in_between() -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    rest = Rest(work(), seconds=0.0)
    seen = []
    while not rest.over:
        rest.some()
        seen.append(len(done))
    assert seen == [1, 2, 3, 3]


def test_what_fails_is_not_tidied_up_over_and_over() -> None:
    def work() -> Iterator[None]:
        yield
        raise ValueError("no")

    rest = Rest(work(), seconds=0.0)
    rest.some()
    with pytest.raises(ValueError, match="no"):
        rest.some()
    assert rest.over
