"""Nodes that share one PostgreSQL and are stopped in the middle: every move has one cause.

`make faults ARGS=pointers` plays the same for longer, with hundreds of readers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.store import open_store
from tests.faults.moves import Log, Message, Move, Where
from tests.faults.pointers import SHORT, play
from tests.faults.proof import Proof, prove
from tests.postgres import PostgresServer

PLACES = {number: (f"2026-03-0{number}", 1) for number in range(1, 6)}
START = Where(1, 1, "start", None)
WELCOME = Message(1, 7, 1, "welcome", False, {}, None)
FIRST = Move(7, "posts", None, START, WELCOME, ())


@pytest.mark.postgresql
@pytest.mark.timeout(300)
def test_nodes_that_are_stopped_lose_nothing_and_tell_nothing_twice(
    postgresql_server: PostgresServer, tmp_path: Path
) -> None:
    url = postgresql_server.url(postgresql_server.create())
    open_store(url).close()

    proof = play(url, tmp_path, SHORT)

    assert proof.broken == []
    assert (proof.gaps, proof.twice, proof.behind, proof.silent) == (0, 0, 0, 0)
    assert proof.welcomes == 2 * proof.readers
    assert proof.moves > proof.readers


def _proof(*moves: Move) -> Proof:
    messages = {one.id: one for move in moves for one in (move.written, *move.lost) if one}
    return prove(Log({(7, "posts"): list(moves)}, messages, PLACES), welcomes_each=1)


def _told(old: int, new: int, number: int, *, lost: bool = False) -> Move:
    start = {"posts": [old, old]}
    message = Message(number, 7, number, "digest", lost, start, None)
    before, after = Where(old, old, None, None), Where(new, new, "message", number)
    return Move(7, "posts", START if old == 1 else before, after, message, ())


def test_what_was_told_step_by_step_holds() -> None:
    second = _told(1, 2, 2)
    assert second.new
    third = Move(7, "posts", second.new, Where(4, 4, "run", None), None, ())
    assert _proof(FIRST, second, third).holds


def test_a_start_over_what_stands_is_broken() -> None:
    told = _told(1, 3, 2)
    again = Move(7, "posts", told.new, START, WELCOME, ())
    (line,) = _proof(FIRST, told, again).broken
    assert "a start over what stood" in line


def test_a_move_that_starts_where_nothing_ended_is_broken() -> None:
    assert any("nothing has ended" in line for line in _proof(FIRST, _told(2, 3, 2)).broken)


def test_a_step_back_without_a_loss_is_broken() -> None:
    told = _told(1, 3, 2)
    back = Move(7, "posts", told.new, Where(2, 2, "run", None), None, ())
    assert any("told went back" in line for line in _proof(FIRST, told, back).broken)


def test_a_loss_that_nobody_tells_again_is_a_gap() -> None:
    lost = _told(1, 2, 2, lost=True)
    assert lost.new
    on = Message(3, 7, 3, "digest", False, {"posts": [2, 2]}, None)
    assert _proof(FIRST, lost, Move(7, "posts", lost.new, Where(3, 3, "message", 3), on, ())).gaps


def test_a_loss_that_was_given_back_and_told_again_is_whole() -> None:
    lost = _told(1, 2, 2, lost=True)
    assert lost.written
    back = Move(7, "posts", lost.new, Where(1, 1, "give-back", 2), None, (lost.written,))
    on = Message(3, 7, 3, "digest", False, {"posts": [1, 1]}, None)
    again = Move(7, "posts", back.new, Where(3, 3, "message", 3), on, ())
    assert _proof(FIRST, lost, back, again).holds
    assert any(
        "says" in line
        for line in _proof(FIRST, lost, Move(7, "posts", lost.new, START, None, back.lost)).broken
    )
