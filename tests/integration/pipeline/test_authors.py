"""Who published what a source gave is kept with it and shown where versions are."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from monitor.cli.main import group
from monitor.collect.source import Item
from monitor.model.authorship import Authorship, in_a_line
from monitor.pipeline.intake import portions
from monitor.pipeline.intake.taking import Origin, read, take_in_snapshot
from tests.integration.pipeline.world import World

AT = datetime(2026, 2, 27, 9, 30, tzinfo=UTC)
DORA = Authorship(where="posts.git@1a2b3c4", at=AT, by="Dora Lind", subject="Elect a speaker")


def published(world: World, as_of: str, author: Authorship | None, speaker: str) -> None:
    text = f"kind: posts.kind.yaml\nsituation: posts\nas_of: {as_of}\nposts:\n"
    data = f"{text}- {{id: president, holder: Adam}}\n- {{id: speaker, holder: {speaker}}}\n"
    folder, settings = world.folder / "snapshots", world.program.settings
    snapshot = read(data.encode(), name="posts.yaml", folder=folder, settings=settings)
    origin = Origin(source="git", path=f"posts@{as_of}", bytes_hash=as_of, authorship=author)
    take_in_snapshot(world.program, snapshot, data.encode(), world.now, origin=origin)


def said(world: World, *arguments: str) -> str:
    config = str(world.folder / "config" / "monitor.toml")
    environment = {"MONITOR_STORE_URL": world.url, "MONITOR_SECRET": "of the tests"}
    done = CliRunner().invoke(group, ["--config", config, *arguments], env=environment)
    assert done.exit_code == 0, done.output
    return done.output


def test_history_names_who_published_each_value(world: World) -> None:
    published(world, "2026-03-02", DORA, "Emil")
    published(world, "2026-03-03", None, "Fay")
    told = said(world, "history", "posts", "posts[speaker].holder")
    values = [" ".join(part.split()) for part in told.split("\n\n")]
    assert ['posts.git@1a2b3c4, Dora Lind, "Elect a speaker"' in value for value in values] == [
        "Emil" in value for value in values
    ]
    listed = json.loads(said(world, "history", "posts", "posts[speaker].holder", "--format=json"))
    assert [one.get("authorship", {}).get("by") for one in listed] == [None, "Dora Lind", None]


def test_why_names_who_published_the_newer_version(world: World) -> None:
    published(world, "2026-03-02", DORA, "Emil")
    found = json.loads(said(world, "diff", "posts", "--format", "json"))["findings"][0]["id"]
    told = said(world, "why", "ben@example.org", found)
    assert '2026-03-02: posts.git@1a2b3c4, Dora Lind, "Elect a speaker"' in told


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (DORA, 'posts.git@1a2b3c4, Dora Lind, "Elect a speaker"'),
        (Authorship(where="https://example.org/posts.csv", at=AT), "https://example.org/posts.csv"),
        (Authorship(by="Dora Lind"), "Dora Lind"),
    ],
)
def test_what_is_not_known_is_left_out(known: Authorship, line: str) -> None:
    assert in_a_line(known) == line


def test_large_items_are_read_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION", 10)
    items = [Item(name=str(size), data=b"x" * size, digest="") for size in (4, 6, 1, 30, 2, 8, 1)]
    made = [[item.name for item in portion] for portion in portions.portions(items)]
    assert made == [["4", "6"], ["1"], ["30"], ["2", "8"], ["1"]]
    assert list(portions.portions([])) == [()]
