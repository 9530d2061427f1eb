"""A list that becomes an object of the same ids says the same: only what changed is told."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.integration.pipeline.world import World

CONFIG = """
[sources.ferries]
file = "ferries.json"
situation = "ferries"
interval = "1s"

[mail]
operator = "operator@example.org"
"""
READER = """
[[subscriptions]]
address = "ben@example.org"
situations = ["ferries"]
cadence = "at-once"
"""
AS_LIST = [
    {"id": "aur", "name": "Aurora", "quay": "north"},
    {"id": "bor", "name": "Bore", "quay": "east"},
    {"id": "cer", "name": "Ceres", "quay": "west"},
]
AS_OBJECT = {each["id"]: {k: v for k, v in each.items() if k != "id"} for each in AS_LIST}


def moved(document: Any) -> Any:
    """Bore lies elsewhere now."""
    return json.loads(json.dumps(document).replace("east", "south"))


class Desk:
    def __init__(self, folder: Path, url: str) -> None:
        self.file = folder / "ferries.json"
        self.world = World(folder, url, config=CONFIG)
        self.hour = 0

    def says(self, document: Any) -> list[str]:
        self.hour += 1
        self.file.write_text(json.dumps(document))
        os.utime(self.file, (self.hour * 3600, self.hour * 3600))
        mails = self.world.hears(minutes=5)
        return [f"{mail.subject}\n{mail.text}" for mail in mails if mail.to.startswith("ben")]


@pytest.mark.parametrize("place", ["root", "below"])
@pytest.mark.parametrize("order", ["list first", "object first", "object settled"])
def test_a_list_and_an_object_of_its_ids_tell_only_what_changed(
    tmp_path: Path, sqlite_url: str, place: str, order: str
) -> None:
    def in_place(document: Any) -> Any:
        return document if place == "root" else {"title": "Ferries", "fleet": document}

    desk = Desk(tmp_path, sqlite_url)
    first, then = (AS_LIST, AS_OBJECT) if order == "list first" else (AS_OBJECT, AS_LIST)
    desk.says(in_place(first))
    desk.world.restarts(config=CONFIG + READER)
    desk.world.hears()
    if order == "object settled":
        (settled,) = desk.says(in_place(moved(first)))
        assert "Bore: quay changes from east to south" in settled
        (told,) = desk.says(in_place(then))
        assert "Bore: quay changes from south to east" in told
    else:
        (told,) = desk.says(in_place(moved(then)))
        assert "Bore: quay changes from east to south" in told
    for other in ("Aurora", "Ceres", "key", "id"):
        assert other not in told.partition("You follow")[0].split("SMALLER CHANGES")[-1].split()
    assert "another id" not in told
    assert "no longer stated" not in told
    assert len(desk.world.program.store.versions.held("ferries")) == 0
    desk.world.close()
