"""Two nodes that share one PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.kinds.canonical import content_hash
from monitor.store.records import NewVersion
from tests.integration.pipeline.world import World


@pytest.mark.postgresql
def test_a_version_that_another_node_commits_late_is_in_the_next_digest(
    tmp_path: Path, postgresql_url: str
) -> None:
    slow, quick = (World(tmp_path / name, postgresql_url) for name in ("slow", "quick"))
    quick.says("2026-03-01", president="Adam")
    quick.hears()
    known = quick.program.store.versions.resolve("posts", "latest")
    document = {"posts": [{"id": "president", "holder": "Carl"}]}
    kind = quick.program.kinds.by_hash(known.kind_hash)
    with slow.program.store.transaction() as tx:
        tx.versions.add(
            NewVersion(
                situation="posts",
                as_of="2026-03-02",
                content_hash=content_hash(document, kind),
                document=document,
                kind_hash=known.kind_hash,
                learned_at=quick.now,
            )
        )
        meanwhile = quick.hears(hours=24)

    told = quick.hears(hours=24)

    assert meanwhile == []
    assert {mail.to for mail in told} >= {"ana@example.org", "ben@example.org"}
    assert all("from Adam to Carl" in mail.text for mail in told)
    assert quick.hears(hours=24) == []
    for world in (slow, quick):
        world.close()
