"""Writing what subscriptions are told: seq, pointers, run and message in one step each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, literal, null, select, update

from monitor.model.subscription import Cause, Pointers
from monitor.store import tables
from monitor.store.columns import Utc, Words
from monitor.store.family import among, chunks
from monitor.store.message_rows import new_row
from monitor.store.places import Places, leads_on, places
from monitor.store.pointers import Move, move
from monitor.store.records import Telling
from monitor.store.spans import to_json
from monitor.store.subscription_rows import pointers_of
from monitor.store.suppressions import suppressed

_table = tables.subscriptions
_runs = tables.runs
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
    line = places(connection, _targets(tellings), hold=True)
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
    past = _slots(connection, numbers, tellings)
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


def _slots(
    connection: Connection, numbers: Sequence[int], tellings: Sequence[Telling]
) -> set[tuple[int, datetime]]:
    slots = {telling.slot for telling in tellings if telling.slot}
    if not slots:
        return set()
    query = select(_runs.c.subscription_id, _runs.c.slot).where(
        among(connection, _runs.c.subscription_id, numbers), _runs.c.slot.in_(slots)
    )
    return {(row.subscription_id, row.slot) for row in connection.execute(query)}


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
    told = [step.number for step in steps if step.moves_told]
    forgotten = among(connection, tables.alerts.c.subscription_id, told)
    connection.execute(delete(tables.alerts).where(forgotten))
    letters = [_message(step, now) for step in steps if step.telling.letter]
    if letters:
        connection.execute(insert(tables.outbox), letters)
    _record_runs(connection, steps, now)


def _advance(connection: Connection, steps: Iterable[_Step]) -> None:
    """One statement for all that change alike: most readers of one slot do."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for step in steps:
        telling = step.telling
        numbered = telling.letter is not None
        key = (numbered, telling.slot, telling.next_due, step.moves_told)
        alike[key].append(step.number)
    for (numbered, slot, next_due, told), ids in alike.items():
        seq = _table.c.seq + (1 if numbered else 0)
        values: dict[str, Any] = {"seq": seq}
        if slot is not None:
            values["last_run"] = slot
        if slot is not None or next_due is not None:
            values["due_at"] = next_due
        if told:
            values["undelivered_since"] = None
        these = among(connection, _table.c.id, ids)
        connection.execute(update(_table).where(these).values(values))


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
    alike: dict[tuple[datetime, str, bool], list[int]] = defaultdict(list)
    for step in steps:
        telling = step.telling
        if telling.slot:
            held = telling.letter is not None and telling.letter.held is not None
            outcome = "held" if held else telling.outcome
            alike[telling.slot, outcome, telling.letter is not None].append(step.number)
    for (slot, outcome, numbered), ids in alike.items():
        # Rows made by the database of rows it has: half the work of sending each one.
        seq = _table.c.seq if numbered else null()
        made = select(
            _table.c.id, literal(slot, Utc), literal(now, Utc), literal(outcome, Words), seq
        ).where(among(connection, _table.c.id, ids))
        names = ["subscription_id", "slot", "at", "outcome", "seq"]
        connection.execute(insert(_runs).from_select(names, made))
