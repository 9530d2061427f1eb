"""Writing what subscriptions are told: seq, pointers, run and message in one step each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from monitor.model.subscription import Cause, Pointers
from monitor.store import tables
from monitor.store.family import among, chunks
from monitor.store.message_rows import new_row
from monitor.store.places import Places, leads_on, places
from monitor.store.pointers import Move, move
from monitor.store.records import Telling
from monitor.store.spans import to_json
from monitor.store.steps import Advance, Recorded, advance, forget_alerted, record_runs, runs_of
from monitor.store.subscription_rows import pointers_of
from monitor.store.suppressions import suppressed

_table = tables.subscriptions
_judged = [_table.c[name] for name in ("id", "state", "seq")]


@dataclass(frozen=True, slots=True)
class _Step:
    """An accepted telling; its reader's row is locked."""

    telling: Telling
    number: int
    seq: int
    """The subscription's number after this step."""
    moved: tuple[tuple[Pointers, Pointers], ...]
    """Each situation's pointers before and after, where they differ."""

    @property
    def cause(self) -> Cause:
        telling = self.telling
        return telling.cause or ("run" if telling.letter is None else "message")

    @property
    def moves_told(self) -> bool:
        moved = any(old.told != new.told for old, new in self.moved)
        return moved or self.telling.slot is not None


def tell(connection: Connection, tellings: Sequence[Telling], now: datetime) -> list[bool]:
    """Writes each telling whose subscription still is as it was read; says which were written."""
    answers: list[bool] = []
    for some in chunks(tellings):
        steps = _accept(connection, some)
        _write([step for step in steps if step], connection, now)
        answers += [step is not None for step in steps]
    return answers


def _accept(connection: Connection, tellings: Sequence[Telling]) -> list[_Step | None]:
    numbers = sorted({telling.subscription.id for telling in tellings})
    # Before the readers, as everybody does who takes a version out of the line.
    line = places(connection, _targets(tellings), hold="yes")
    lock: Select[Any] = select(*_judged, suppressed().label("stopped"))
    # In the order of ids, so that two nodes never wait for each other.
    held = (
        lock.where(among(connection, _table.c.id, numbers))
        .order_by(_table.c.id)
        .with_for_update(key_share=True, of=_table)
    )
    rows = {row.id: row for row in connection.execute(held).all()}
    standing = pointers_of(connection, numbers)
    line |= places(connection, _ends(standing))
    past = runs_of(connection, numbers, {one.slot for one in tellings if one.slot})
    steps: list[_Step | None] = []
    for telling in tellings:
        number = telling.subscription.id
        # Each row answers once: a second telling in the batch was made from the same reading.
        row = rows.pop(number, None)
        mine = standing.get(number, ())
        if row is None or not _as_it_was_read(row, mine, telling):
            steps.append(None)
            continue
        step = _step(telling, mine)
        fits = (number, telling.slot) not in past and _leads_on(line, step)
        steps.append(step if fits else None)
    return steps


def _targets(tellings: Sequence[Telling]) -> set[int]:
    named = [one for telling in tellings for one in telling.pointers]
    return {one.told for one in named} | {one.alerted for one in named}


def _ends(standing: Mapping[int, Sequence[Pointers]]) -> set[int]:
    known = [one for several in standing.values() for one in several]
    return {one.told for one in known} | {one.alerted for one in known}


def _leads_on(line: Places, step: _Step) -> bool:
    """A node that was stopped for a while may not know what others have told meanwhile."""
    return step.cause == "withdrawal" or all(leads_on(line, *pair) for pair in step.moved)


def _as_it_was_read(row: Row[Any], standing: tuple[Pointers, ...], telling: Telling) -> bool:
    read = telling.subscription
    # Both come sorted by situation from one function.
    same = row.seq == read.seq and standing == read.pointers
    return bool(same and row.state == "active" and not row.stopped)


def _step(telling: Telling, standing: tuple[Pointers, ...]) -> _Step:
    before = {one.situation: one for one in standing}
    pairs = [(before[one.situation], one) for one in telling.pointers if one.situation in before]
    return _Step(
        telling=telling,
        number=telling.subscription.id,
        seq=telling.subscription.seq + (telling.letter is not None),
        moved=tuple((old, new) for old, new in pairs if old != new),
    )


def _write(steps: Sequence[_Step], connection: Connection, now: datetime) -> None:
    if not steps:
        return
    _advance(connection, steps)
    _move_pointers(connection, steps, now)
    forget_alerted(connection, [step.number for step in steps if step.moves_told])
    letters = [_message(step, now) for step in steps if step.telling.letter]
    if letters:
        connection.execute(insert(tables.outbox), letters)
    _record_runs(connection, steps, now)


def _advance(connection: Connection, steps: Iterable[_Step]) -> None:
    alike: dict[Advance, list[int]] = defaultdict(list)
    for step in steps:
        telling = step.telling
        numbered = telling.letter is not None
        one = Advance(numbered, telling.slot, telling.next_due, step.moves_told)
        alike[one].append(step.number)
    advance(connection, alike)


def _move_pointers(connection: Connection, steps: Iterable[_Step], now: datetime) -> None:
    alike: dict[Move, list[int]] = defaultdict(list)
    for step in steps:
        numbered = step.telling.letter is not None
        for old, new in step.moved:
            one = Move(before=old, after=new, cause=step.cause, newest=numbered)
            alike[one].append(step.number)
    move(connection, alike, now)


def _message(step: _Step, now: datetime) -> dict[str, Any]:
    letter = step.telling.letter
    assert letter is not None
    return new_row(letter, now=now) | {
        "subscription_id": step.number,
        "seq": step.seq,
        "start": to_json(step.moved),
    }


def _record_runs(connection: Connection, steps: Iterable[_Step], now: datetime) -> None:
    alike: dict[Recorded, list[int]] = defaultdict(list)
    for step in steps:
        telling = step.telling
        if telling.slot:
            held = telling.letter is not None and telling.letter.held is not None
            outcome = "held" if held else telling.outcome
            one = Recorded(telling.slot, outcome, telling.letter is not None)
            alike[one].append(step.number)
    record_runs(connection, alike, now)
