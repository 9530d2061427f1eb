"""Versions: full states of a situation, in the order (as_of, revision)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from monitor.errors import Conflict, NotFound, RowDamaged
from monitor.model.as_of import DATE, in_zone
from monitor.model.comparison import State
from monitor.store import tables
from monitor.store.blobs import read_content, read_document
from monitor.store.days import Days
from monitor.store.family import TableFamily, among, among_texts, chunks
from monitor.store.lapses import written
from monitor.store.records import HoldCause, Learned, NewVersion, Pin, Version
from monitor.store.revisions import grow, grow_of_version
from monitor.store.tables.knowledge import HELD
from monitor.store.version_names import HASH_PREFIX, named, near
from monitor.store.version_rows import keep_content, last_before, last_of, ordered, version_of

_table = tables.versions
_current = _table.c.state == "current"
_ROLES = ("latest", "previous", "baseline")


class Versions(TableFamily):
    def add(self, new: NewVersion) -> Version:
        """Stores a full state as the next revision of its as_of. Raises NotFound (situation)."""
        with self._access.write() as connection:
            if not grow(connection, new.situation):
                raise NotFound(f"there is no situation {new.situation!r}")
            keep_content(connection, new)
            last = select(func.max(_table.c.revision)).where(
                _table.c.situation == new.situation, _table.c.as_of == new.as_of
            )
            revision = (connection.execute(last).scalar() or 0) + 1
            row = insert(_table).values(
                situation=new.situation,
                as_of=new.as_of,
                revision=revision,
                content_hash=new.content_hash,
                kind_hash=new.kind_hash,
                title=new.title,
                snapshot_id=new.snapshot,
                state="held" if new.held else "current",
                held=new.held,
                hold=new.hold if new.held else None,
                learned_at=new.learned_at,
                lapses=None if new.lapses is None else written(new.lapses),
            )
            return version_of(connection.execute(row.returning(*_table.c)).one())

    def get(self, number: int) -> Version:
        """Raises NotFound."""
        with self._access.read() as connection:
            return self._in(connection, number)

    def several(self, numbers: Collection[int]) -> dict[int, Version]:
        """Those of them that are there, by id."""
        found: dict[int, Version] = {}
        with self._access.read() as connection:
            for some in chunks(sorted(numbers)):
                query = select(_table).where(among(connection, _table.c.id, some))
                found |= {row.id: version_of(row) for row in connection.execute(query)}
        return found

    def _in(self, connection: Any, number: int) -> Version:
        row = connection.execute(select(_table).where(_table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no version {number}")
        return version_of(row)

    def state(self, number: int) -> State:
        """The version with its document. Raises NotFound."""
        return self.states([number])[0]

    def state_of(self, version: Version) -> State:
        """The same of one that is at hand. Raises NotFound, and RowDamaged."""
        with self._access.read() as connection:
            document = read_content(connection, version.ref.content_hash)
        if document is None:
            raise NotFound(f"there is no version {version.id}")
        return State(ref=version.ref, document=document)

    def states(self, numbers: Sequence[int]) -> tuple[State, ...]:
        """Several at once, in the order asked for. Raises NotFound, and RowDamaged."""
        found: dict[int, State] = {}
        query = select(_table, tables.contents.c.document_id).join(tables.contents)
        with self._access.read() as connection:
            for some in chunks(list(dict.fromkeys(numbers))):
                for row in connection.execute(query.where(_table.c.id.in_(some))).all():
                    document = read_document(connection, row.document_id)
                    found[row.id] = State(ref=version_of(row).ref, document=document)
        absent = [number for number in numbers if number not in found]
        if absent:
            raise NotFound(f"there is no version {absent[0]}")
        return tuple(found[number] for number in numbers)

    def unreadable(self, *, after: int, most: int) -> tuple[int, frozenset[int]]:
        """Reads through the documents of the next `most` versions that count, from the first again
        behind the last: the id of the last one that was read, and those that cannot be."""
        mine = select(_table.c.id, tables.contents.c.document_id).join(tables.contents)
        mine = mine.where(_current).order_by(_table.c.id)
        found: set[int] = set()
        with self._access.read() as connection:
            rows = list(connection.execute(mine.where(_table.c.id > after).limit(most)))
            rest = mine.where(_table.c.id <= after).limit(most - len(rows))
            rows += list(connection.execute(rest)) if len(rows) < most else []
            for row in rows:
                try:
                    read_document(connection, row.document_id)
                except RowDamaged:
                    found.add(row.id)
        return (rows[-1].id if rows else 0), frozenset(found)

    def latest(self, situation: str, learned_by: datetime | None = None) -> Version | None:
        """The last in the order (as_of, revision) that is not held; None before the first."""
        query = select(_table).where(_table.c.situation == situation, _current)
        if learned_by is not None:
            query = query.where(_table.c.learned_at <= learned_by)
        with self._access.read() as connection:
            row = last_of(connection, query)
        return version_of(row) if row else None

    def history(self, situation: str, learned_by: datetime | None = None) -> tuple[Version, ...]:
        """The newest revision of each as_of that is not held, ascending."""
        query = select(_table).where(_table.c.situation == situation, _current)
        if learned_by is not None:
            query = query.where(_table.c.learned_at <= learned_by)
        with self._access.read() as connection:
            rows = ordered(connection.execute(query).all())
        return tuple({row.as_of: version_of(row) for row in rows}.values())

    def every(self, situation: str) -> tuple[Version, ...]:
        """All revisions, held and rejected ones too, ascending."""
        query = select(_table).where(_table.c.situation == situation)
        with self._access.read() as connection:
            rows = ordered(connection.execute(query).all())
        return tuple(version_of(row) for row in rows)

    def on(self, situation: str, days: Days) -> tuple[Version, ...]:
        """All revisions of some days, held and rejected ones too, ascending."""
        query = select(_table).where(_table.c.situation == situation, days.hold(_table.c.as_of))
        with self._access.read() as connection:
            rows = ordered(connection.execute(query).all())
        return tuple(version_of(row) for row in rows)

    def line_before(self, situation: str, end: str, *, most: int) -> tuple[Version, ...]:
        """The newest revisions that count of the last whole days before `end`, a day or behind one
        (`Days.end`): about `most` of them, at least those of one day, ascending."""
        mine = select(_table).where(_table.c.situation == situation, _current)
        last = mine.where(_table.c.as_of < end).order_by(_table.c.as_of.desc()).limit(most)
        with self._access.read() as connection:
            rows = connection.execute(last).all()
            if len(rows) == most:
                # The first day may have more; it stays out, unless it is the only one.
                first = rows[-1].as_of[:DATE]
                whole = [row for row in rows if row.as_of[:DATE] != first]
                its = mine.where(Days(first, first).hold(_table.c.as_of))
                rows = whole or connection.execute(its).all()
        return tuple({row.as_of: version_of(row) for row in ordered(rows)}.values())

    def upto(self, situation: str, as_of: str) -> Version | None:
        """The newest revision of an `as_of` that counts, or of the one before it."""
        query = select(_table).where(_table.c.situation == situation, _current)
        with self._access.read() as connection:
            row = last_before(connection, query, as_of, at=True)
        return version_of(row) if row else None

    def previous(self, number: int) -> Version | None:
        """The newest revision of the as_of before this version's. Raises NotFound."""
        return self.before(self.get(number))

    def before(self, version: Version) -> Version | None:
        """The same of one that is at hand."""
        of = version.ref
        with self._access.read() as connection:
            query = select(_table).where(_table.c.situation == of.situation, _current)
            row = last_before(connection, query, of.as_of)
        return version_of(row) if row else None

    def baseline(self, situation: str) -> Version | None:
        """What the latest version is compared with; None when there is no such version yet.

        With `previous` it is the one before the latest. Raises NotFound for the situation.
        """
        return self.pin(situation).version

    def pin(self, situation: str) -> Pin:
        """The baseline and how it was chosen.

        In the place of one that was taken out stands the newest revision of its as_of, else the
        version before it, else none is pinned. Raises NotFound for the situation.
        """
        chosen = tables.situations.c.baseline_how, tables.situations.c.baseline_id
        query = select(*chosen).where(tables.situations.c.name == situation)
        with self._access.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"there is no situation {situation!r}")
        pinned = None if row.baseline_id is None else self.get(row.baseline_id)
        if pinned is not None and pinned.state != "rejected":
            return Pin(version=pinned, how=row.baseline_how)
        if pinned is not None and (instead := self._instead(pinned)) is not None:
            return Pin(version=instead, how=row.baseline_how, fallen=pinned)
        latest = self.latest(situation)
        before = self.previous(latest.id) if latest else None
        return Pin(version=before, how="previous", fallen=pinned)

    def _instead(self, gone: Version) -> Version | None:
        same = select(_table).where(
            _table.c.situation == gone.ref.situation, _current, _table.c.as_of == gone.ref.as_of
        )
        with self._access.read() as connection:
            row = last_of(connection, same)
        return version_of(row) if row else self.previous(gone.id)

    def resolve(self, situation: str, name: str) -> Version:
        """The version that a person means by SITUATION@NAME: `latest`, `previous`, `baseline`, an
        as_of (its newest revision), or the beginning of a content hash.

        Raises NotFound, and Ambiguous with the candidates when a hash prefix fits several contents.
        """
        found = self._by_role(situation, name)
        if found is None:
            there = "" if name in _ROLES else near(name, self.every(situation))
            raise NotFound(f"{situation} has no version {name!r}{there}")
        return found

    def _by_role(self, situation: str, name: str) -> Version | None:
        baseline = self.baseline(situation)
        if name == "baseline":
            return baseline
        if name not in _ROLES[:2]:
            asked = in_zone(name, self._zone(situation))
            return named(self._fitting(situation, asked), situation, asked)
        latest = self.latest(situation)
        return latest if name == "latest" or latest is None else self.previous(latest.id)

    def _fitting(self, situation: str, name: str) -> tuple[Version, ...]:
        """All revisions of that as_of, or whose content's hash begins so, ascending."""
        fits = _table.c.as_of == name
        if HASH_PREFIX.fullmatch(name):
            fits |= _table.c.content_hash.startswith(name)
        query = select(_table).where(_table.c.situation == situation, fits)
        with self._access.read() as connection:
            rows = ordered(connection.execute(query).all())
        return tuple(version_of(row) for row in rows)

    def _zone(self, situation: str) -> str:
        query = select(tables.situations.c.zone).where(tables.situations.c.name == situation)
        with self._access.read() as connection:
            return str(connection.execute(query).scalar_one())

    def held(self, situation: str | None = None) -> tuple[Version, ...]:
        """Versions that wait for a person, oldest first."""
        query = select(_table).where(HELD).order_by(_table.c.id)
        if situation is not None:
            query = query.where(_table.c.situation == situation)
        with self._access.read() as connection:
            return tuple(version_of(row) for row in connection.execute(query))

    def release(self, number: int) -> Version:
        """Lets a held version count. Raises NotFound, and Conflict when it is not held."""
        return self._decide(number, "current", None)

    def reject(self, number: int, reason: str) -> Version:
        """Leaves a held version out for good. Raises NotFound, and Conflict when it is not held."""
        return self._decide(number, "rejected", reason)

    def first_learned_after(
        self, moment: datetime, names: Collection[str] | None = None
    ) -> tuple[Learned, ...]:
        """First revisions that count and came after a moment, by situation; of these, or all."""
        first = _table.c.revision == 1, _table.c.learned_at > moment
        if names is None:
            return self._learned(*first)
        found: list[Learned] = []
        for some in chunks(sorted(names)):
            found += self._learned(*first, texts=some)
        return tuple(found)

    def learned(self, situation: str) -> tuple[Learned, ...]:
        """All revisions of a situation that count and were never held."""
        return self._learned(_table.c.situation == situation, _table.c.held.is_(None))

    def _learned(
        self, *where: ColumnElement[bool], texts: Sequence[str] | None = None
    ) -> tuple[Learned, ...]:
        what = select(_table.c.id, _table.c.situation, _table.c.as_of, _table.c.learned_at)
        query = what.where(_current, *where).order_by(_table.c.situation, _table.c.id)
        with self._access.read() as connection:
            if texts is not None:
                query = query.where(among_texts(connection, _table.c.situation, texts))
            return tuple(Learned(*row) for row in connection.execute(query))

    def hold_on(self, number: int, reason: str, cause: HoldCause) -> None:
        """A held version goes on being held, for another reason."""
        held = update(_table).where(_table.c.id == number, _table.c.state == "held")
        with self._access.write() as connection:
            grow_of_version(connection, number)
            connection.execute(held.values(held=reason, hold=cause))

    def with_one(self) -> frozenset[str]:
        """The situations that have a version which counts."""
        mine = select(_table.c.id).where(_table.c.situation == tables.situations.c.name, _current)
        query = select(tables.situations.c.name).where(mine.exists())
        with self._access.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def kind_hashes(self, situation: str) -> tuple[str, ...]:
        """Kinds under which versions that count were read, the newest first."""
        newest = func.max(_table.c.as_of)
        query = select(_table.c.kind_hash).where(_table.c.situation == situation, _current)
        with self._access.read() as connection:
            rows = connection.execute(query.group_by(_table.c.kind_hash).order_by(newest.desc()))
            return tuple(rows.scalars())

    def _decide(self, number: int, state: str, reason: str | None) -> Version:
        with self._access.write() as connection:
            released: dict[str, str | None] = {"state": state, "hold": None}
            values = released if reason is None else {"state": state, "held": reason}
            held = update(_table).where(_table.c.id == number, _table.c.state == "held")
            grow_of_version(connection, number)
            done = connection.execute(held.values(values))
            version = self._in(connection, number)
        if done.rowcount != 1:
            raise Conflict(f"version {number} is not held")
        return version

    def owed(self, numbers: Collection[int] | None = None) -> tuple[Version, ...]:
        """Versions that count and have not been compared with the baseline yet: all, or those of
        a few that are named."""
        query = select(_table).where(_table.c.compared_at.is_(None), _current)
        if numbers is not None:
            query = query.where(_table.c.id.in_(numbers))
        with self._access.read() as connection:
            return tuple(version_of(row) for row in connection.execute(query.order_by(_table.c.id)))

    def compared(self, number: int, *, now: datetime) -> None:
        """A version can be compared with its baseline, or has none."""
        owed = update(_table).where(_table.c.id == number)
        with self._access.write() as connection:
            connection.execute(owed.values(compared_at=now))
