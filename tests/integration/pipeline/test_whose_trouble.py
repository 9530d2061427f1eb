"""A reader is told of the sources of what she follows; all others are the operator's alone."""

from __future__ import annotations

import os
from pathlib import Path

from tests.integration.pipeline.world import World

CONFIG = """
[sources.posts]
folder = "snapshots"
interval = "1s"

[sources.harbour]
folder = "harbour"
situation = "harbour"
interval = "1s"

[sources.lost]
folder = "lost"
interval = "1s"

[mail]
operator = "operator@example.org"

[[subscriptions]]
address = "ben@example.org"
situations = ["posts"]
cadence = "at-once"

[[subscriptions]]
address = "cleo@example.org"
situations = ["harbour", "posts"]
cadence = "at-once"
"""


def lists(folder: Path, as_of: str, *ferries: str) -> None:
    file = folder / "harbour" / f"{as_of}.csv"
    file.write_text("\n".join(["id,name", *ferries, ""]))
    os.utime(file, (1, 1))


def made(folder: Path, url: str) -> World:
    """`lost` fails from the beginning, and nobody knows what it is of."""
    (folder / "harbour").mkdir(parents=True)
    world = World(folder, url, config=CONFIG)
    lists(folder, "2026-03-01", "1,Aurora", "2,Bore")
    world.says("2026-03-01", president="Ann")
    world.hears(minutes=1)
    world.hears(minutes=1)
    world.restarts(config=CONFIG)  # now that there is a harbour to follow
    world.hears(minutes=1)
    return world


def test_a_reader_hears_of_the_sources_of_her_situations_alone(
    tmp_path: Path, sqlite_url: str
) -> None:
    world = made(tmp_path, sqlite_url)
    (tmp_path / "harbour").rename(tmp_path / "away")
    world.passes(minutes=1)
    operator = " ".join(mail.text for mail in world.mail("operator"))
    assert "harbour" in operator

    world.says("2026-03-02", president="Bea")
    mails = {mail.to.partition("@")[0]: mail.text for mail in world.hears(minutes=1)}
    assert "harbour" not in mails["ben"]
    assert "lost" not in mails["ben"]
    assert "harbour" in mails["cleo"]
    assert "lost" not in mails["cleo"]
    world.close()


def test_a_source_that_says_not_what_it_is_of_is_known_by_what_it_gave(
    tmp_path: Path, sqlite_url: str
) -> None:
    world = made(tmp_path, sqlite_url)
    (tmp_path / "snapshots").rename(tmp_path / "moved")
    world.passes(minutes=1)
    lists(tmp_path, "2026-03-02", "1,Aurora", "2,Bore", "3,Ceres")
    world.passes(minutes=1)
    (cleo,) = world.mail("cleo")
    assert "posts" in cleo.text
    assert "there is no folder" in cleo.text or "cannot" in cleo.text
    world.close()
