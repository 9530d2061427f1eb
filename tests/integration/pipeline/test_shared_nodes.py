"""Whole processes that share the work of one database, one of them stopped past its lease."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from monitor.store import open_store
from tests.faults.sharing import SHORT, Plan, Shared, play
from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgresql


def test_a_node_that_is_stopped_with_a_claim_in_hand_writes_nothing_late(
    tmp_path: Path, postgresql_server: PostgresServer
) -> None:
    url = postgresql_server.url(postgresql_server.create())
    open_store(url).close()
    shared = play(url, tmp_path / "nodes", SHORT)
    assert shared.wrong == []
    assert shared.late


def test_what_is_done_twice_or_written_late_is_seen() -> None:
    plan = Plan(sources=1, situations=1, versions=0, readers=1)
    acts = Counter({("read", "a"): 1, ("compared", "1"): 1})
    written = Counter({("taken", "a"): 1, ("compared", "1"): 1, ("welcome", "1 "): 1})
    good = Shared(plan, [acts], written)
    good.judge()
    assert good.wrong == []
    twice = Shared(plan, [acts, acts], written + Counter({("compared", "1"): 1}))
    twice.judge()
    assert len(twice.wrong) == 4
