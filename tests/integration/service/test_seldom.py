"""A database that is away is said once a minute by each part that misses it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.pipeline.delivery import make_log
from monitor.settings import Settings, load

AWAY = "the database cannot be used: connection is bad"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    file = tmp_path / "monitor.toml"
    file.write_text("")
    yield load(file, env={})


def test_what_a_missing_database_makes_is_one_line_of_each_kind(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    log = make_log(settings.channel.taken(settings))
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            log("claim-failed", reason=AWAY)
            log("mark-waits", messages=3, reason=AWAY)
    assert [record.getMessage() for record in caplog.records] == [
        f"claim failed: reason {AWAY}",
        f"mark waits: messages 3, reason {AWAY}",
    ]


def test_each_message_that_waits_has_its_line_with_a_time_to_read(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    log = make_log(settings.channel.taken(settings))
    again = datetime(2026, 3, 2, 12, 0, 20, 668708, tzinfo=UTC)
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            log("message-retry", message=number, next_attempt=again)
    assert [record.getMessage() for record in caplog.records] == [
        f"message retry: message {number}, next_attempt 2026-03-02 12:00:20 UTC"
        for number in range(3)
    ]
