"""Versions: full states of a situation, in the order (as_of, revision)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from monitor.errors import Conflict, NotFound
from monitor.model.as_of import DATE, in_zone, order
from monitor.model.comparison import State, VersionRef
from monitor.store import tables
from monitor.store.blobs import keep_document, read_document
from monitor.store.days import Days
from monitor.store.family import TableFamily, chunks, insert_into
from monitor.store.records import HoldCause, NewVersion, Pin, Version
from monitor.store.version_names import named, near

_table = tables.versions
_current = _table.c.state == "current"
_ROLES = ("latest", "previous", "baseline")


class Versions(TableFamily):
    def add(self, new: NewVersion) -> Version:
        """Stores a full state as the next revision of its as_of. Raises NotFound (situation)."""
        with self._access.write() as connection:
            situation = tables.situations.c.name
            lock = select(situation).where(situation == new.situation).with_for_update()
            if connection.execute(lock).one_or_none() is None:
                raise NotFound(f"there is no situation {new.situation!r}")
            _keep(connection, new)
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
            )
            number = connection.execute(row.returning(_table.c.id)).scalar_one()
            return self._in(connection, number)

    def get(self, number: int) -> Version:
        """Raises NotFound."""
        with self._access.read() as connection:
            return self._in(connection, number)

    def _in(self, connection: Any, number: int) -> Version:
        row = connection.execute(select(_table).where(_table.c.id == number)).one_or_none()
        if row is None:
            raise NotFound(f"there is no version {number}")
        return _version(row)

    def state(self, number: int) -> State:
        """The version with its document. Raises NotFound."""
        return self.states([number])[0]

    def states(self, numbers: Sequence[int]) -> tuple[State, ...]:
        """Several at once, in the order asked for. Raises NotFound, and RowDamaged."""
        found: dict[int, State] = {}
        query = select(_table, tables.contents.c.document_id).join(tables.contents)
        with self._access.read() as connection:
            for some in chunks(list(dict.fromkeys(numbers))):
                for row in connection.execute(query.where(_table.c.id.in_(some))).all():
                    document = read_document(connection, row.document_id)
                    found[row.id] = State(ref=_version(row).ref, document=document)
        absent = [number for number in numbers if number not in found]
        if absent:
            raise NotFound(f"there is no version {absent[0]}")
        return tuple(found[number] for number in numbers)

    def latest(self, situation: str, learned_by: datetime | None = None) -> Version | None:
        """The last in the order (as_of, revision) that is not held; None before the first."""
        query = select(_table).where(_table.c.situation == situation, _current)
        if learned_by is not None:
            query = query.where(_table.c.learned_at <= learned_by)
        with self._access.read() as connection:
            row = _last(connection, query)
        return _version(row) if row else None

    def history(self, situation: str, learned_by: datetime | None = None) -> tuple[Version, ...]:
        """The newest revision of each as_of that is not held, ascending."""
        query = select(_table).where(_table.c.situation == situation, _current)
        if learned_by is not None:
            query = query.where(_table.c.learned_at <= learned_by)
        with self._access.read() as connection:
            rows = _ordered(connection.execute(query).all())
        return tuple({row.as_of: _version(row) for row in rows}.values())

    def every(self, situation: str) -> tuple[Version, ...]:
        """All revisions, held and rejected ones too, ascending."""
        query = select(_table).where(_table.c.situation == situation)
        with self._access.read() as connection:
            rows = _ordered(connection.execute(query).all())
        return tuple(_version(row) for row in rows)

    def on(self, situation: str, days: Days) -> tuple[Version, ...]:
        """All revisions of some days, held and rejected ones too, ascending."""
        query = select(_table).where(_table.c.situation == situation, days.hold(_table.c.as_of))
        with self._access.read() as connection:
            rows = _ordered(connection.execute(query).all())
        return tuple(_version(row) for row in rows)

    def upto(self, situation: str, as_of: str) -> Version | None:
        """The newest revision of an `as_of` that counts, or of the one before it."""
        query = select(_table).where(_table.c.situation == situation, _current)
        with self._access.read() as connection:
            same = _last(connection, query.where(_table.c.as_of == as_of))
            row = same or _last(connection, query, before=as_of)
        return _version(row) if row else None

    def previous(self, number: int) -> Version | None:
        """The newest revision of the as_of before this version's. Raises NotFound."""
        with self._access.read() as connection:
            of = self._in(connection, number).ref
            query = select(_table).where(_table.c.situation == of.situation, _current)
            row = _last(connection, query, before=of.as_of)
        return _version(row) if row else None

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
            row = _last(connection, same)
        return _version(row) if row else self.previous(gone.id)

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
            return named(self.every(situation), situation, in_zone(name, self._zone(situation)))
        latest = self.latest(situation)
        return latest if name == "latest" or latest is None else self.previous(latest.id)

    def _zone(self, situation: str) -> str:
        query = select(tables.situations.c.zone).where(tables.situations.c.name == situation)
        with self._access.read() as connection:
            return str(connection.execute(query).scalar_one())

    def held(self, situation: str | None = None) -> tuple[Version, ...]:
        """Versions that wait for a person, oldest first."""
        query = select(_table).where(_table.c.state == "held").order_by(_table.c.id)
        if situation is not None:
            query = query.where(_table.c.situation == situation)
        with self._access.read() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def release(self, number: int) -> Version:
        """Lets a held version count. Raises NotFound, and Conflict when it is not held."""
        return self._decide(number, "current", None)

    def reject(self, number: int, reason: str) -> Version:
        """Leaves a held version out for good. Raises NotFound, and Conflict when it is not held."""
        return self._decide(number, "rejected", reason)

    def first_learned_after(self, moment: datetime) -> tuple[Version, ...]:
        """First revisions that count and came after a moment, by situation and in their order."""
        query = (
            select(_table)
            .where(_current, _table.c.revision == 1, _table.c.learned_at > moment)
            .order_by(_table.c.situation)
        )
        with self._access.read() as connection:
            rows = connection.execute(query).all()
        return tuple(sorted(map(_version, rows), key=lambda one: one.ref.situation))

    def hold_on(self, number: int, reason: str, cause: HoldCause) -> None:
        """A held version goes on being held, for another reason."""
        held = update(_table).where(_table.c.id == number, _table.c.state == "held")
        with self._access.write() as connection:
            connection.execute(held.values(held=reason, hold=cause))

    def with_one(self) -> frozenset[str]:
        """The situations that have a version which counts."""
        query = select(_table.c.situation).where(_current).distinct()
        with self._access.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def _decide(self, number: int, state: str, reason: str | None) -> Version:
        with self._access.write() as connection:
            released: dict[str, str | None] = {"state": state, "hold": None}
            values = released if reason is None else {"state": state, "held": reason}
            held = update(_table).where(_table.c.id == number, _table.c.state == "held")
            done = connection.execute(held.values(values))
            version = self._in(connection, number)
        if done.rowcount != 1:
            raise Conflict(f"version {number} is not held")
        return version

    def owed(self) -> tuple[Version, ...]:
        """Versions that count and have not been compared with the baseline yet."""
        query = select(_table).where(_table.c.compared_at.is_(None), _current)
        with self._access.read() as connection:
            return tuple(_version(row) for row in connection.execute(query.order_by(_table.c.id)))

    def compared(self, number: int, *, now: datetime) -> None:
        """A version can be compared with its baseline, or has none."""
        owed = update(_table).where(_table.c.id == number)
        with self._access.write() as connection:
            connection.execute(owed.values(compared_at=now))


def _keep(connection: Connection, new: NewVersion) -> None:
    """Its content, which may have been there before."""
    contents = tables.contents
    if connection.execute(select(contents.c.hash).where(contents.c.hash == new.content_hash)).all():
        return
    number = keep_document(connection, new.document, after=_beside(connection, new))
    connection.execute(
        insert_into(connection, contents)
        .values(hash=new.content_hash, document_id=number)
        .on_conflict_do_nothing(index_elements=["hash"])
    )


def _beside(connection: Connection, new: NewVersion) -> int | None:
    """The blob of the version before it, else of the one after it, which is much the same."""
    near = select(tables.contents.c.document_id).join(_table).where(
        _table.c.situation == new.situation
    )  # fmt: skip
    before = near.where(_table.c.as_of <= new.as_of)
    after = near.where(_table.c.as_of > new.as_of)
    for query in (
        before.order_by(_table.c.as_of.desc(), _table.c.revision.desc()),
        after.order_by(_table.c.as_of, _table.c.revision.desc()),
    ):
        number: int | None = connection.execute(query.limit(1)).scalar()
        if number is not None:
            return number
    return None


def _ordered(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: (order(row.as_of), row.revision))


def _last(connection: Connection, query: Select[Any], before: str | None = None) -> Row[Any] | None:
    """The last row in the order, of an as_of before the given one. Texts sort by day, and within a
    day only nearly, where clocks go back: so the whole last day is looked at."""
    if before is not None:
        day = query.where(_table.c.as_of >= before[:DATE], _table.c.as_of < f"{before[:DATE]}U")
        rows = [row for row in connection.execute(day) if order(row.as_of) < order(before)]
        if rows:
            return _ordered(rows)[-1]
        query = query.where(_table.c.as_of < before[:DATE])
    newest = query.order_by(_table.c.as_of.desc(), _table.c.revision.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None or len(row.as_of) <= DATE or row.as_of.endswith("Z"):
        return row
    return _ordered(connection.execute(query.where(_table.c.as_of >= row.as_of[:DATE])).all())[-1]


def _version(row: Row[Any]) -> Version:
    ref = VersionRef(
        situation=row.situation,
        as_of=row.as_of,
        content_hash=row.content_hash,
        revision=row.revision,
        learned_at=row.learned_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        title=row.title,
    )
    return Version(
        id=row.id,
        ref=ref,
        kind_hash=row.kind_hash,
        state=row.state,
        held=row.held,
        hold=row.hold or ("accident" if row.state == "held" else None),
        snapshot=row.snapshot_id,
        learned_at=row.learned_at,
    )
