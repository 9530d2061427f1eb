"""Due readers who are told alike: read together, and written together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import Connection, and_, select, union, update

from monitor.model.subscription import Cause, Pointers
from monitor.store import tables
from monitor.store.alike import has_rested, sorted_readers
from monitor.store.circulars import post
from monitor.store.family import TableFamily, insert_into, rarely
from monitor.store.places import Places, leads_on, places
from monitor.store.pointers import Move, move
from monitor.store.records import Alike, AlikeTelling, Circular, Judge, PageTold, Reader
from monitor.store.steps import Advance, Recorded, advance, begin_runs, forget_alerted
from monitor.store.still import Still
from monitor.store.subscription_rows import load
from monitor.store.tables.messages import ACTIVE

RULES: Final = "rules of time zones"
"""Names the fact by which rules due times were reckoned last."""

LONGEST: Final = timedelta(days=8)
"""Most who read are due within a week."""

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the due time of a reader rests who has none."""

_table = tables.subscriptions

Moved: TypeAlias = list[tuple[Pointers, Pointers]]
"""From where to where, situation by situation."""


class Due(TableFamily):
    def numbers(self, by: datetime, *, after: int = 0, most: int = 100_000) -> Sequence[int]:
        """Ids of those who are due, ascending."""
        mine = select(_table.c.id).where(ACTIVE, has_rested(by), _table.c.id > after)
        # Three ranges of indexes: of those who are not due, however many, nothing is read.
        whys = _table.c.due_at.is_(None), _table.c.due_at <= by, _table.c.last_run > by
        query = union(*(mine.where(rarely(why)) for why in whys))
        with self._access.read() as connection:
            return connection.execute(query.order_by("id").limit(most)).scalars().all()

    def longest(self, by: datetime) -> tuple[Reader, datetime] | None:
        """Who was due first of those due before then, and when; None when nobody was."""
        names = ("id", "address", "name", "due_at")
        query = select(*(_table.c[name] for name in names)).where(
            ACTIVE, has_rested(by), _table.c.due_at <= by
        )
        with self._access.read() as connection:
            row = connection.execute(query.order_by(_table.c.due_at, _table.c.id).limit(1)).first()
        return None if row is None else (Reader(row.id, row.address, row.name), row.due_at)

    def reckon_anew(self, rules: str, *, now: datetime) -> None:
        """Forgets every due time where `rules` are others than at the last call. Else only of
        those who are due long from now, and perhaps by a clock that was wrong: few, and quick."""
        known = select(tables.meta.c.value).where(tables.meta.c.name == RULES)
        with self._access.write() as connection:
            is_same = connection.execute(known).scalar_one_or_none() == rules
            far = and_(ACTIVE, _table.c.due_at > now + LONGEST, _table.c.due_at < NEVER)
            anew = update(_table).values(due_at=None)
            connection.execute(anew.where(far) if is_same else anew)
            if not is_same:
                noted = insert_into(connection, tables.meta).values(name=RULES, value=rules)
                values = {"value": rules}
                connection.execute(
                    noted.on_conflict_do_update(index_elements=["name"], set_=values)
                )

    def tell(
        self,
        numbers: Sequence[int],
        judge: Judge,
        *,
        by: datetime,
        now: datetime,
        copied: datetime | None,
        still: Still,
    ) -> PageTold:
        """Reads those of the numbers that are still due, sorted, and writes what is due to those of
        whose keys that is known, in one transaction: who has left, or was told something else
        meanwhile, has another key or none."""
        with self._access.write() as connection:
            found = sorted_readers(connection, numbers, by, copied, still)
            unknown = {key: each for key, each in found.alike.items() if key not in judge.known}
            firsts = [readers[0].id for readers in unknown.values()]
            full = {one.id: one for one in load(connection, firsts).found} if firsts else {}
            told = [
                telling
                for key, readers in found.alike.items()
                if key not in unknown and (telling := judge.telling(key, readers)) is not None
            ]
            counts = _tell(connection, told, now) if told else []
        return PageTold(
            told={one.key: count for one, count in zip(told, counts, strict=True)},
            unknown=[Alike(key, each, full.get(each[0].id)) for key, each in unknown.items()],
            unread=found.unread,
        )


def _tell(connection: Connection, tellings: Sequence[AlikeTelling], now: datetime) -> list[int]:
    """To readers who are held."""
    moved = [pair for one in tellings for pair in _moved(one)]
    # Whoever takes a version out of the line has it, and waits for readers: nobody waits for that.
    line = places(connection, _ends(new for _, new in moved), hold="unless taken")
    line |= places(connection, _ends(old for old, _ in moved))
    going = [(one, one.numbers if _leads_on(line, one) else ()) for one in tellings]
    runs: defaultdict[Recorded, list[int]] = defaultdict(list)
    for one, theirs in going:
        if one.slot is not None and theirs:
            runs[Recorded(one.slot, one.outcome, one.circular is not None)] += theirs
    begun = begin_runs(connection, runs, now)
    writing = _Writing()
    counts: list[int] = []
    for one, theirs in going:
        fits = [each for each in theirs if one.slot is None or (each, one.slot) in begun]
        writing.add(one, fits)
        counts.append(len(fits))
    writing.write(connection, now)
    return counts


def _ends(several: Iterable[Pointers]) -> set[int]:
    known = list(several)
    return {one.told for one in known} | {one.alerted for one in known}


def _leads_on(line: Places, telling: AlikeTelling) -> bool:
    return all(leads_on(line, *pair) for pair in _moved(telling))


def _moved(telling: AlikeTelling) -> Moved:
    before = {one.situation: one for one in telling.key.stands}
    pairs = [(before[one.situation], one) for one in telling.pointers if one.situation in before]
    return [(old, new) for old, new in pairs if old != new]


class _Writing:
    """What is written alike, over all tellings of a page."""

    def __init__(self) -> None:
        self._advance: Mapping[Advance, list[int]] = defaultdict(list)
        self._moves: Mapping[Move, list[int]] = defaultdict(list)
        self._told: list[int] = []
        self._circulars: list[tuple[Circular, Moved, Sequence[int]]] = []

    def add(self, telling: AlikeTelling, numbers: Sequence[int]) -> None:
        if not numbers:
            return
        moved, circular = _moved(telling), telling.circular
        numbered = circular is not None
        told = telling.slot is not None or any(old.told != new.told for old, new in moved)
        self._advance[Advance(numbered, telling.slot, telling.next_due, told)] += numbers
        for old, new in moved:
            cause: Cause = "message" if numbered else "run"
            one = Move(before=old, after=new, cause=cause, newest=numbered)
            self._moves[one] += numbers
        if telling.key.alerts and told:
            self._told += numbers
        if circular is not None:
            self._circulars.append((circular, moved, numbers))

    def write(self, connection: Connection, now: datetime) -> None:
        advance(connection, self._advance)
        move(connection, self._moves, now)
        forget_alerted(connection, self._told)
        for circular, moved, numbers in self._circulars:
            post(connection, circular, moved, numbers, now)
