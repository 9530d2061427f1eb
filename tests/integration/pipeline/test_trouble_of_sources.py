"""Trouble of addresses, repositories, single files and programs is told as that of folders: once,
once more when it is over, and to nobody but the operator. What was good last stays."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World
from tests.repositories import Repo
from tests.websites import Answer, Site, site

ROWS = [f"{n},Member {n},north" for n in range(12)]
MOVED = ["0,Member 0,south", *ROWS[1:]]
REKEYED = [f"x{row}" for row in ROWS]
CONFIG = """
[sources.roll]
{place}
situation = "roll"
interval = "1s"
{more}

[mail]
operator = "operator@example.org"

[[subscriptions]]
address = "ben@example.org"
situations = ["roll"]
cadence = "at-once"
"""
SORTS = ("http", "file", "command", "git")


def table(rows: list[str] = ROWS, header: str = "id,name,seat") -> str:
    return "\n".join([header, *rows]) + "\n"


class Desk:
    """One source of one sort: what it says is changed from outside, as its owner would."""

    def __init__(self, sort: str, folder: Path, url: str, web: Site, *, more: str = "") -> None:
        self.sort, self.web = sort, web
        self.file = folder / "world" / "data" / "roll.csv"
        self.file.parent.mkdir(parents=True)
        self.repo = Repo(self.file.parent) if sort == "git" else None
        self.says(table())
        place = {
            "http": f'http = "{web.address("/roll.csv")}"\nconfirm = "never"',
            "file": 'file = "data/roll.csv"',
            "command": f'command = ["{sys.executable}", "-c", "{_PRINTS}"]\nformat = "csv"',
            "git": 'git = "data"\npath = "roll.csv"',
        }[sort]
        config = CONFIG.format(place=place, more=more)
        self.config = config
        self.world = World(folder / "world", url, config=config)

    def says(self, text: str) -> None:
        self.web.says("/roll.csv", text)
        self.file.write_text(text)
        if self.repo is not None:
            self.repo.commit()
        else:
            self._stands_still()

    def is_gone(self) -> None:
        self.web.says("/roll.csv", Answer(status=404))
        self.file.unlink()
        if self.repo is not None:
            self.repo.commit()

    def _stands_still(self) -> None:
        at = self.file.stat().st_mtime - 3600
        os.utime(self.file, (at, at))

    def hears(self, to: str, passes: int = 3, **later: float) -> list[str]:
        """Subjects and texts of what one person gets."""
        found = []
        for _ in range(passes):
            for mail in self.world.hears(**(later or {"minutes": 20})):
                if mail.to.startswith(to):
                    found.append(" ".join(f"{mail.subject}\n{mail.text}".split()))
        return found

    def line(self) -> int:
        return len(self.world.program.store.versions.history("roll"))


_PRINTS = "print(open('data/roll.csv').read())"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.fixture(params=SORTS)
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, web: Site
) -> Iterator[Desk]:
    made = Desk(request.param, tmp_path, database_url, web)
    yield made
    made.world.close()


def test_what_is_gone_is_told_once_and_once_when_it_is_back(desk: Desk) -> None:
    assert len(desk.hears("ben")) == 1
    desk.is_gone()
    began = desk.hears("operator", passes=4)
    assert len(began) == 1
    assert "roll" in began[0]
    assert desk.line() == 1

    desk.says(table(MOVED))
    heard = desk.world.program.store.versions.latest("roll")
    ended = desk.hears("operator", passes=6, minutes=60)
    assert [text.startswith("Over: ") for text in ended] == [True]
    assert heard is not None
    assert desk.line() == 2


def test_an_emptied_and_a_rekeyed_list_are_held_and_nobody_is_told(desk: Desk) -> None:
    assert len(desk.hears("ben")) == 1
    for rows in ([], REKEYED):
        desk.says(table(rows))
        assert desk.hears("ben") == []
    held = desk.world.program.store.versions.held("roll")
    assert len(held) == 2
    assert desk.line() == 1
    assert all(one.held for one in held)


def test_an_undeclared_column_that_is_renamed_is_told_and_blocks_nothing(desk: Desk) -> None:
    desk.hears("ben")
    desk.says(table(MOVED))
    desk.hears("ben")
    desk.says(table(MOVED, header="id,name,bench"))
    told = desk.hears("ben")
    assert len(told) == 1
    assert "seat" in told[0]
    assert "bench" in told[0]
    assert desk.hears("operator") == []


def test_what_is_unchanged_stays_fresh_and_is_no_news(desk: Desk) -> None:
    desk.hears("ben")
    before = desk.world.program.store.sources.all()[0].checked_at
    assert desk.hears("", passes=3) == []
    row = desk.world.program.store.sources.all()[0]
    assert row.trouble is None
    assert before is not None
    assert row.checked_at is not None
    assert row.checked_at > before


MAP = "collections:\n  roll: {rows: ., id: id, name: name, seat: seat}\n"


@pytest.mark.parametrize("sort", SORTS)
def test_a_declared_column_that_is_renamed_is_owed_until_the_mapping_is_mended(
    tmp_path: Path, sqlite_url: str, web: Site, sort: str
) -> None:
    desk = Desk(sort, tmp_path, sqlite_url, web)
    mapping = desk.world.folder / "config" / "roll.map.yaml"
    mapping.write_text(MAP)
    desk.hears("ben")
    desk.says(table(MOVED, header="id,name,bench"))
    told = desk.hears("operator")
    assert len(told) == 1
    assert "has no column seat" in told[0]
    assert desk.line() == 1

    mapping.write_text(MAP.replace("seat: seat", "seat: bench"))
    ended = desk.hears("operator", minutes=90)
    assert [text.startswith("Over: ") for text in ended] == [True]
    assert desk.line() == 2
    desk.world.close()


STRICT = """\
type: object
properties:
  roll:
    type: array
    x-key: [id]
    items:
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        seat: {enum: [north, south]}
"""


@pytest.mark.parametrize("sort", SORTS)
def test_what_was_refused_for_a_value_is_taken_in_once_the_kind_is_mended(
    tmp_path: Path, sqlite_url: str, web: Site, sort: str
) -> None:
    desk = Desk(sort, tmp_path, sqlite_url, web)
    kind = desk.world.folder / "config" / "roll.kind.yaml"
    kind.write_text(STRICT)
    (desk.world.folder / "config" / "roll.map.yaml").write_text("kind: roll\n" + MAP)
    assert len(desk.hears("ben")) == 1
    desk.says(table(["0,Member 0,west", *ROWS[1:]]))
    told = desk.hears("operator")
    assert len(told) == 1
    assert "west" in told[0]
    assert desk.line() == 1

    kind.write_text(STRICT.replace("south]", "south, west]"))
    ended = desk.hears("operator", minutes=90)
    assert [text.startswith("Over: ") for text in ended] == [True]
    assert desk.line() == 2
    assert desk.hears("operator", passes=3) == []
    assert desk.line() == 2
    desk.world.close()


@pytest.mark.parametrize("sort", SORTS)
def test_what_is_still_refused_after_a_mend_is_told_no_second_time(
    tmp_path: Path, sqlite_url: str, web: Site, sort: str
) -> None:
    desk = Desk(sort, tmp_path, sqlite_url, web)
    kind = desk.world.folder / "config" / "roll.kind.yaml"
    kind.write_text(STRICT)
    (desk.world.folder / "config" / "roll.map.yaml").write_text("kind: roll\n" + MAP)
    desk.hears("ben")
    desk.says(table(["0,Member 0,west", *ROWS[1:]]))
    assert len(desk.hears("operator")) == 1
    kind.write_text(STRICT.replace("type: object", "title: Roll\ntype: object", 1))
    assert desk.hears("operator", minutes=90) == []
    assert desk.line() == 1
    desk.world.close()


@pytest.mark.parametrize("sort", SORTS)
def test_what_is_too_old_is_told_once(
    tmp_path: Path, sqlite_url: str, web: Site, sort: str
) -> None:
    desk = Desk(sort, tmp_path, sqlite_url, web, more='stale_after = "14d"')
    told = desk.hears("operator")
    told += desk.hears("operator", passes=4, hours=24 * 10)
    assert len([text for text in told if "roll is stale" in text]) == 1
    desk.world.close()


def test_a_history_that_was_rewritten_is_told_once_and_nothing_is_replayed(
    tmp_path: Path, database_url: str, web: Site
) -> None:
    desk = Desk("git", tmp_path, database_url, web)
    assert desk.repo is not None
    desk.says(table(MOVED))
    desk.hears("ben")
    assert desk.line() == 2
    desk.file.write_text(table([*MOVED, "12,Member 12,east"]))
    desk.repo.commit("Another past", amend=True)
    told = desk.hears("operator", passes=4)
    assert len(told) == 1
    assert "rewritten" in told[0]
    assert desk.line() == 3
    assert len(desk.hears("ben")) <= 1
    desk.world.close()


def test_a_source_that_is_taken_out_leaves_what_is_held_to_a_person(
    tmp_path: Path, database_url: str, web: Site
) -> None:
    desk = Desk("http", tmp_path, database_url, web)
    desk.hears("ben")
    desk.says(table([]))
    assert len(desk.hears("operator")) == 1
    without = "[mail]" + desk.config.partition("[mail]")[2]
    desk.world.restarts(config=without)
    assert desk.hears("operator") == []
    (held,) = desk.world.program.store.versions.held("roll")
    assert "is held" in str(desk.world.program.store.notices.standing())
    assert held.held
    desk.world.close()
