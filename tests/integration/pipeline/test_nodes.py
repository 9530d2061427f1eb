"""Two nodes that share one PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.kinds.canonical import content_hash
from monitor.store.records import NewVersion
from tests.integration.pipeline.world import World


@pytest.mark.postgresql
def test_what_only_one_node_sees_is_told_once_and_once_when_it_is_over(
    tmp_path: Path, postgresql_url: str
) -> None:
    here, there = (World(tmp_path / name, postgresql_url) for name in ("here", "there"))
    here.memory.trouble = {"relay": "mail cannot be sent"}

    began = [mail for _ in range(3) for world in (here, there) for mail in world.hears()]
    here.memory.trouble = {}
    ended = [mail for _ in range(3) for world in (here, there) for mail in world.hears()]

    assert [mail.subject for mail in began] == ["mail cannot be sent"]
    assert [mail.subject for mail in ended] == ["Over: mail cannot be sent"]
    for world in (here, there):
        world.close()


@pytest.mark.postgresql
def test_trouble_of_a_node_that_is_gone_is_over(tmp_path: Path, postgresql_url: str) -> None:
    here, there = (World(tmp_path / name, postgresql_url) for name in ("here", "there"))
    here.memory.trouble = {"relay": "mail cannot be sent"}
    here.hears()
    here.close()

    there.program.store.nodes.beat(now=there.now)
    soon, later = there.hears(), there.hears(minutes=10)

    assert soon == []
    assert [mail.subject for mail in later] == ["Over: mail cannot be sent"]
    there.close()


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
