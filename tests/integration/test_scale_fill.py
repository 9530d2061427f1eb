"""The database that the benchmark of scale fills is one that the program could have written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.scale import fill, world
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program, open_program
from monitor.settings import load

SIZES = {"boards": 12, "readers": 9, "crowd": 4}
LATER = timedelta(seconds=5)


@pytest.fixture
def filled(tmp_path: Path, database_url: str) -> Iterator[Program]:
    folder = tmp_path / "desk"
    texts = world.lay_out(folder, SIZES["boards"])
    environment = {"MONITOR_STORE_URL": database_url, "MONITOR_SECRET": "of the tests"}
    program = open_program(load(folder / "config" / "monitor.toml", env=environment))
    fill.fill(program, folder, texts, SIZES)
    yield program
    program.store.close()


def test_nothing_in_it_is_news_and_its_readers_can_be_told(filled: Program) -> None:
    memory, now = Memory(), datetime.now(UTC)
    passed = one_pass(filled, memory, now)
    assert (passed.snapshots, passed.messages, passed.trouble) == (0, 0, 0)
    assert len(filled.store.situations.all()) == SIZES["boards"] + world.MODELS + 1

    since = now - timedelta(minutes=1)
    fill.due(filled, "one", SIZES["readers"], since=since)
    quiet = one_pass(filled, memory, now + LATER)
    assert quiet.messages == 0

    fill.due(filled, "crowd", SIZES["crowd"], since=since, told=[world.DAYS[0]])
    told = one_pass(filled, memory, now + 2 * LATER)
    assert told.digests == SIZES["crowd"]


def test_what_comes_after_it_is_taken_in(filled: Program) -> None:
    memory, now = Memory(), datetime.now(UTC)
    one_pass(filled, memory, now)
    world.write_news(filled.settings.base, 3)
    taken = one_pass(filled, memory, now + timedelta(minutes=2))

    assert (taken.snapshots, taken.compared) == (3, 3)
