"""Tables in a folder, a version in each: taken in, held, refused and settled as snapshots are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World

SOURCE = """
[sources.board]
folder = "snapshots"
interval = "1s"
situation = "board"
title = "The board"
{more}
[mail]
operator = "operator@example.org"

[[subscriptions]]
address = "ben@example.org"
situations = ["board"]
cadence = "at-once"
"""
ROWS = {"b1": "Ada Vale,chair", "b2": "Bo Ray,clerk", "b3": "Cy Moss,clerk", "b4": "Di Hart,clerk"}


BEGUN = {**ROWS, "b2": "Bo Ray,treasurer"}
MANY = {f"b{number}": f"Member Number {number},clerk" for number in range(10)}


def table(rows: dict[str, str] = ROWS, *, header: str = "ref,name,role") -> str:
    return "\n".join([header, *(f"{key},{row}" for key, row in rows.items())]) + "\n"


@pytest.fixture
def desk(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    world = World(tmp_path / "world", sqlite_url, config=SOURCE.format(more=""))
    yield world
    world.close()


def kind_file(world: World) -> Path:
    return world.folder / "config" / "board.kind.yaml"


def line(world: World) -> list[str]:
    return [one.ref.as_of for one in world.program.store.versions.history("board")]


def said(world: World) -> str:
    return "\n".join(mail.text for mail in world.mail("ben"))


def trouble(world: World) -> str:
    return "\n".join(mail.text for mail in world.mail("operator"))


def begun(world: World) -> None:
    """Two versions that differ, so that the kind is settled and everybody welcomed."""
    world.writes("board-2026-02-01.csv", table())
    world.hears()
    world.writes("board-2026-02-02.csv", table(BEGUN))
    world.hears()


def test_the_first_table_gets_a_kind_that_the_second_settles(desk: World) -> None:
    desk.writes("board-2026-02-01.csv", table())
    desk.passes()
    first = kind_file(desk).read_text()
    assert "x-provisional: " in first
    assert "x-key: [ref]" in first
    said(desk)

    desk.writes("board-2026-02-02.csv", table({**ROWS, "b2": "Bo Ray,treasurer"}))
    desk.passes()

    assert "x-provisional" not in kind_file(desk).read_text()
    assert line(desk) == ["2026-02-01", "2026-02-02"]
    text = said(desk)
    assert "Bo Ray" in text
    assert "treasurer" in text
    assert "form of these snapshots" not in text


def test_the_same_rows_in_another_order_settle_nothing_and_are_no_version(desk: World) -> None:
    desk.writes("board-2026-02-01.csv", table())
    desk.passes()
    desk.writes("board-2026-02-02.csv", table(dict(reversed(ROWS.items()))))
    desk.passes()
    assert "x-provisional: " in kind_file(desk).read_text()
    assert line(desk) == ["2026-02-01"]


def test_a_key_that_the_second_version_proves_wrong_is_another_one_from_then_on(
    desk: World,
) -> None:
    rows = {"1": "Ada Vale,A-1", "2": "Bo Ray,A-2", "3": "Cy Moss,A-3", "4": "Di Hart,A-4"}
    desk.writes("board-2026-02-01.csv", table(rows, header="rank,name,seat"))
    desk.passes()
    moved = {"1": "Eli Orr,A-5", "2": "Ada Vale,A-1", "3": "Bo Ray,A-2", "4": "Cy Moss,A-3"}
    desk.writes("board-2026-02-02.csv", table(moved, header="rank,name,seat"))
    desk.passes()
    settled = kind_file(desk).read_text()
    assert "x-key: [name]" in settled
    desk.writes("board-2026-02-03.csv", table(rows, header="rank,name,seat"))
    desk.passes()
    assert kind_file(desk).read_text() == settled


def test_a_kind_that_a_person_has_edited_is_never_written_again(desk: World) -> None:
    desk.writes("board-2026-02-01.csv", table())
    desk.passes()
    edited = kind_file(desk).read_text().replace("role: {}", "role: {x-significance: critical}")
    kind_file(desk).write_text(edited)
    said(desk)
    desk.writes("board-2026-02-02.csv", table({**ROWS, "b2": "Bo Ray,treasurer"}))
    desk.passes()
    assert kind_file(desk).read_text() == edited
    assert line(desk) == ["2026-02-01", "2026-02-02"]


def test_a_column_that_comes_or_goes_is_told_and_blocks_nothing(desk: World) -> None:
    begun(desk)
    wide = {key: f"{row},north" for key, row in ROWS.items()}
    desk.writes("board-2026-02-03.csv", table(wide, header="ref,name,role,ward"))
    desk.passes()
    assert "ward" in said(desk)
    plain = {key: row.partition(",")[0] for key, row in ROWS.items()}
    desk.writes("board-2026-02-04.csv", table(plain, header="ref,name"))
    desk.passes()
    assert "role" in said(desk)
    assert line(desk)[-1] == "2026-02-04"


def test_a_few_rows_without_a_key_of_their_own_stop_nothing(desk: World) -> None:
    begun(desk)
    said(desk)
    desk.writes("board-2026-02-03.csv", table(BEGUN) + "b1,Eli Orr,clerk\n,Fay Lund,clerk\n")
    desk.passes()
    text = said(desk)
    assert "Eli Orr" in text
    assert "Fay Lund" in text
    desk.writes("board-2026-02-04.csv", table(BEGUN) + ",Fay Lund,head\nb1,Eli Orr,clerk\n")
    desk.passes()
    text = said(desk)
    assert "head" in text
    assert "Eli Orr" not in text
    assert line(desk)[-1] == "2026-02-04"


def test_a_key_that_is_lost_is_refused_with_its_line(desk: World) -> None:
    begun(desk)
    desk.writes("board-2026-02-03.csv", table(header="number,name,role"))
    desk.passes()
    text = " ".join(trouble(desk).split())
    assert (
        "board-2026-02-03.csv:2:1: board[0]: an entry of board has no key: ref is missing" in text
    )
    assert line(desk)[-1] == "2026-02-02"


def test_a_list_that_moves_into_an_object_waits_for_a_mapping(desk: World) -> None:
    desk.writes("board-2026-02-01.json", json.dumps([{"ref": key} for key in ROWS]))
    desk.hears()
    moved = {"meta": {"page": 1}, "rows": [{"ref": key, "name": "Ada"} for key in ROWS]}
    desk.writes("board-2026-02-02.json", json.dumps(moved))
    desk.passes()
    said_so = " ".join(trouble(desk).split())
    assert "an object with meta, rows where the whole document is the list board" in said_so
    assert line(desk) == ["2026-02-01"]


def test_an_emptied_and_a_rekeyed_table_are_held_and_nobody_is_told(desk: World) -> None:
    begun(desk)
    desk.writes("board-2026-02-03.csv", table(MANY))
    desk.passes()
    said(desk)
    desk.writes("board-2026-02-04.csv", table({}))
    desk.passes()
    desk.writes("board-2026-02-05.csv", table({f"x{key}": row for key, row in MANY.items()}))
    desk.passes()
    assert line(desk)[-1] == "2026-02-03"
    held = [one.ref.as_of for one in desk.program.store.versions.held("board")]
    assert held == ["2026-02-04", "2026-02-05"]
    assert said(desk) == ""


def test_a_second_node_goes_by_the_kind_that_the_first_has_settled(
    desk: World, tmp_path: Path, sqlite_url: str
) -> None:
    begun(desk)
    desk.close()
    other = World(tmp_path / "other", sqlite_url, config=SOURCE.format(more=""), now=desk.now)
    other.writes("board-2026-02-03.csv", table({**ROWS, "b4": "Di Hart,chair"}))
    other.passes()
    kind = kind_file(other).read_text()
    assert "x-provisional" not in kind
    assert "ref" in kind
    assert line(other)[-1] == "2026-02-03"
    one, two = (other.program.store.versions.history("board")[at] for at in (-2, -1))
    assert one.kind_hash == two.kind_hash
    other.close()


def test_a_table_without_a_day_in_its_name_is_refused(desk: World) -> None:
    desk.writes("board.csv", table())
    desk.passes()
    assert "nothing says when this was true" in " ".join(trouble(desk).split())


MAPPING = """
collections:
  seats: {rows: ., id: ref, holder: name, role: {from: role, values: {clerk: member}}}
"""
KIND = """
properties:
  seats:
    x-key: [id]
    items:
      x-label: "{holder}"
      required: [id, holder]
      additionalProperties: false
      properties: {id: {type: string}, holder: {type: string}, role: {enum: [chair, member]}}
"""


@pytest.fixture
def mapped(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    world = World(tmp_path / "world", sqlite_url, config=SOURCE.format(more='key = "ref"'))
    (world.folder / "config" / "board.map.yaml").write_text(MAPPING)
    kind_file(world).write_text(KIND)
    yield world
    world.close()


def test_a_renamed_column_keeps_the_version_out_until_the_mapping_is_mended(mapped: World) -> None:
    mapped.writes("board-2026-02-01.csv", table())
    mapped.hears()
    renamed = {**ROWS, "b2": "Bo Ray,chair"}
    mapped.writes("board-2026-02-02.csv", table(renamed, header="ref,full_name,role"))
    mapped.passes()
    text = " ".join(trouble(mapped).split())
    assert "board.map.yaml:3:" in text
    assert "has no column name; there are: ref, full_name, role" in text
    assert line(mapped) == ["2026-02-01"]

    mending = MAPPING.replace("holder: name", "holder: full_name")
    (mapped.folder / "config" / "board.map.yaml").write_text(mending)
    mapped.passes(minutes=1)
    assert line(mapped) == ["2026-02-01", "2026-02-02"]


def test_a_version_that_alone_does_not_fit_is_refused_once_a_newer_one_is_in(
    mapped: World,
) -> None:
    mapped.writes("board-2026-02-01.csv", table(header="ref,full_name,role"))
    mapped.writes("board-2026-02-02.csv", table())
    mapped.passes()
    mapped.passes(hours=2)
    assert line(mapped) == ["2026-02-02"]
    seen = mapped.program.store.sources.files("board")["board-2026-02-01.csv"]
    assert "has no column name" in str(seen.refused)


def test_what_the_kind_refuses_is_told_with_its_row_and_wanted_again_when_that_changes(
    mapped: World,
) -> None:
    mapped.writes("board-2026-02-01.csv", table({**ROWS, "b4": "Di Hart,treasurer"}))
    mapped.passes()
    assert "board-2026-02-01.csv:5:1: seats[b4].role:" in " ".join(trouble(mapped).split())
    assert line(mapped) == []
    kind_file(mapped).write_text(KIND.replace("[chair, member]", "[chair, member, treasurer]"))
    mapped.passes(minutes=1)
    assert line(mapped) == ["2026-02-01"]
