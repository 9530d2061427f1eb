"""Whether the process lives and can do its work, as a probe asks it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.web.health import SILENCE, WRITES
from tests.pages import NOON, Site, site


def _ready(pages: Site) -> tuple[int, str]:
    answer = pages.ask("/readyz")
    return answer.status, answer.text.strip()


def test_pages_alone_are_ready_when_the_store_answers(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        assert pages.ask("/livez").status == 200
        assert _ready(pages) == (200, "ready")


def test_a_store_that_does_not_answer_is_named_and_the_process_lives(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        pages.broken = True

        assert _ready(pages) == (503, "not ready: store")
        assert pages.ask("/livez").status == 200


def test_tables_of_another_release_make_it_not_ready(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        file = next(one for one in pages.program.store.files() if one.suffix == ".db")
        _write(file, "UPDATE alembic_version SET version_num = '9999'")

        assert _ready(pages) == (503, "not ready: store")


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        (WRITES - timedelta(seconds=1), (200, "ready")),
        (SILENCE - timedelta(seconds=1), (503, "not ready: store")),
        (SILENCE + timedelta(seconds=1), (503, "not ready: service")),
    ],
)
def test_a_service_has_to_have_been_heard_of(
    tmp_path: Path, silent: timedelta, told: tuple[int, str]
) -> None:
    with site(tmp_path) as pages:
        pages.face.figures = lambda: b""
        pages.program.store.nodes.start(now=NOON - silent)

        assert _ready(pages) == told


def test_a_service_that_has_stopped_is_not_ready(tmp_path: Path) -> None:
    with site(tmp_path) as pages:
        pages.face.figures = lambda: b""
        pages.program.store.nodes.start(now=NOON)
        pages.program.store.nodes.stop(now=NOON)

        assert _ready(pages) == (503, "not ready: service")


def _write(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
