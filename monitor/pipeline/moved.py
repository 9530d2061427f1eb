"""Since when and by what a reader's pointers stand where they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.model.record import Record
from monitor.model.subscription import Cause, Moved, Subscription
from monitor.pipeline.program import Program


class Standpoint(Record):
    """Up to where a situation has been told, why, and since when; None: before that was kept."""

    situation: str
    told: str
    why: str | None
    since: datetime | None


def standpoints(program: Program, reader: Subscription) -> tuple[Standpoint, ...]:
    """One for each situation that the reader has begun."""
    moves = {one.situation: one for one in program.store.subscriptions.moves(reader.id)}
    return tuple(
        Standpoint(
            situation=pointer.situation,
            told=program.store.versions.get(pointer.told).ref.as_of,
            why=_why(moves[pointer.situation]) if pointer.situation in moves else None,
            since=moves[pointer.situation].at if pointer.situation in moves else None,
        )
        for pointer in reader.pointers
    )


def _why(moved: Moved) -> str | None:
    if moved.cause is None:
        return None
    number = "that is kept no more" if moved.message is None else moved.message
    return _WHY[moved.cause].format(number)


_WHY: Mapping[Cause, str] = {
    "start": "the reader began there",
    "run": "there was nothing to tell",
    "command": "by a command",
    "message": "told by message {}",
    "give-back": "message {} did not arrive, and what it told is owed again",
    "withdrawal": "message {} told that a version was withdrawn",
}
