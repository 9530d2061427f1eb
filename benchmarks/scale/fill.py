"""Fills a database: a few boards and readers as the program writes them, the others as copies of
their rows. Columns that are not known here are copied, so that it works on any schema of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, text

from benchmarks.scale import world
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.program import Program
from monitor.store import tables

STRIDE = 10_000
"""Between the ids of a model's rows and those of its next copy."""

CROWD_FROM = 5_000_000
"""The first id of the readers of one board."""

_SERIES = (
    "WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < {most})"
)
_BOARD = f"'{world.BOARD}-' || CAST({{index}} AS TEXT)"


def fill(
    program: Program, folder: Path, texts: Mapping[str, str], sizes: Mapping[str, int]
) -> None:
    """`sizes`: boards, readers (of one to three boards each) and crowd (readers of one board)."""
    now = datetime.now(UTC)
    with _out_of_sight(folder, [name for name in texts if name.startswith(world.BOARD)]):
        _take_in_models(program, now - timedelta(days=30))
        _reader(program, f"{world.MODEL}-0", "one", now)
        _reader(program, world.CROWD, "crowd", now)
        # What is copied has been looked at.
        one_pass(program, Memory(), now)
    with program.store._database.write() as connection:
        _copy_boards(connection, sizes["boards"])
        _remember_files(connection, texts)
    with program.store._database.write() as connection:
        _copy_readers(connection, "one", sizes["readers"], sizes["boards"], first=100)
        _copy_readers(connection, "crowd", sizes["crowd"], sizes["boards"], first=CROWD_FROM)
        _follow(connection, sizes)
        _number_on(connection)
    program.store.sources.note_usual("boards", len(texts))
    _analyse(program)


@contextmanager
def _out_of_sight(folder: Path, names: Sequence[str]) -> Iterator[None]:
    """The files of the copies, while the models are taken in."""
    away = folder / "away"
    away.mkdir()
    for name in names:
        (folder / "snapshots" / name).rename(away / name)
    yield
    for name in names:
        (away / name).rename(folder / "snapshots" / name)
    away.rmdir()


def _take_in_models(program: Program, then: datetime) -> None:
    """By passes of the program."""
    memory = Memory()
    for minutes in range(6):
        one_pass(program, memory, then + timedelta(minutes=minutes))
    latest = program.store.versions.latest(world.CROWD)
    assert latest is not None
    assert latest.ref.as_of == world.DAYS[-1], "the models were not taken in"


def _reader(program: Program, situation: str, name: str, now: datetime) -> None:
    """One who was told of everything yesterday, and hears next in six hours."""
    spec = SubscriptionSpec(
        address=f"{name}@example.org",
        name=name,
        situations=(situation,),
        cadence="daily 07:00",
        alert_level=None,
    )
    latest = program.store.versions.latest(situation)
    assert latest is not None
    told = Pointers(situation=situation, told=latest.id, alerted=latest.id)
    later = now + timedelta(hours=6)
    made = program.store.subscriptions.create(spec, [told], due_at=later, now=now)
    values = {"ran": now - timedelta(hours=18), "made": now - timedelta(days=30), "id": made.id}
    table = tables.subscriptions
    with program.store._database.write() as connection:
        connection.execute(
            table.update()
            .where(table.c.id == made.id)
            .values(last_run=values["ran"], created_at=values["made"])
        )


def _copy_boards(connection: Connection, boards: int) -> None:
    """Situations, snapshots and versions, each board that of one model."""
    series = _SERIES.format(most=boards)
    name, place = _BOARD.format(index="n"), f"(n / {world.MODELS} + 1) * {STRIDE}"
    of_model = f"'{world.MODEL}-' || CAST(n % {world.MODELS} AS TEXT)"
    if not boards:
        return
    old = f"'{world.MODEL}-' || CAST(n % {world.MODELS} AS TEXT) || '.'"
    path = f"replace(path, {old}, {name} || '.')"
    _copy(connection, tables.situations, series, f"name = {of_model}", {"name": name})
    for table in (tables.snapshots, tables.versions):
        changed = {"situation": name, "id": f"id + {place}", "path": path}
        changed |= {"snapshot_id": f"snapshot_id + {place}"}
        _copy(connection, table, series, f"situation = {of_model}", changed)


def _remember_files(connection: Connection, texts: Mapping[str, str]) -> None:
    """That each copy's file was read; its hash must be right, or it is read again."""
    table = tables.files
    rows = [dict(row) for row in connection.execute(table.select()).mappings()]
    known = {row["path"]: row for row in rows}
    model = known[world.file_of(f"{world.MODEL}-0", world.DAYS[0])]
    assert model["digest"] == _digest(texts[model["path"]]), "hashes are not what they were"
    snapshots = tables.snapshots
    wanted = connection.execute(
        snapshots.select().with_only_columns(snapshots.c.path, snapshots.c.id)
    )
    ids = {row.path: row.id for row in wanted}
    new = [
        model | {"path": name, "digest": _digest(text), "snapshot_id": ids[name]}
        for name, text in texts.items()
        if name not in known
    ]
    for begin in range(0, len(new), 5000):
        connection.execute(table.insert(), new[begin : begin + 5000])


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _copy_readers(
    connection: Connection, name: str, readers: int, boards: int, *, first: int
) -> None:
    """Each of one to three boards, or all of the crowd's."""
    if not readers:
        return
    changed = {"id": f"n + {first}", "address": "'r' || CAST(n AS TEXT) || '-' || address"}
    if name == "one":
        said = "'\"" + f"{world.MODEL}-0" + "\"'"
        followed = [f"'\"' || {_BOARD.format(index=each)} || '\"'" for each in _indexes(boards)]
        several = (
            f"CASE WHEN n % 3 = 0 THEN {followed[0]}"
            f" WHEN n % 3 = 1 THEN {followed[0]} || ',' || {followed[1]}"
            f" ELSE {followed[0]} || ',' || {followed[1]} || ',' || {followed[2]} END"
        )
        changed["spec"] = f"replace(spec, {said}, {several})"
    series = _SERIES.format(most=readers)
    _copy(connection, tables.subscriptions, series, f"name = '{name}'", changed)


def _indexes(boards: int) -> tuple[str, str, str]:
    """The boards that reader n follows: never the same twice where there are ten or more."""
    return f"(n % {boards})", f"((n + 3) % {boards})", f"((n + 7) % {boards})"


def _follow(connection: Connection, sizes: Mapping[str, int]) -> None:
    """Pointers, copied from the one reader's and the crowd's."""
    boards, table = sizes["boards"], tables.pointers
    if sizes["readers"] and boards:
        series = _SERIES.format(most=sizes["readers"])
        for place, index in enumerate(_indexes(boards)):
            situation = _BOARD.format(index=index)
            latest = (
                f"(SELECT v.id FROM versions v WHERE v.situation = {situation}"
                f" AND v.as_of = '{world.DAYS[-1]}' AND v.state = 'current')"
            )
            changed = {"subscription_id": "n + 100", "situation": situation}
            changed |= {"told": latest, "alerted": latest}
            where = f"situation = '{world.MODEL}-0' AND n % 3 >= {place}"
            _copy(connection, table, series, where, changed)
    if sizes["crowd"]:
        series = _SERIES.format(most=sizes["crowd"])
        changed = {"subscription_id": f"n + {CROWD_FROM}"}
        _copy(connection, table, series, f"situation = '{world.CROWD}'", changed)


def _copy(
    connection: Connection, table: Table, series: str, where: str, changed: Mapping[str, str]
) -> None:
    """INSERT ... SELECT of a table's own rows; `changed`: expressions instead of columns, those
    that the table has."""
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    taken = ", ".join(changed.get(name, f'model."{name}"') for name in names)
    if connection.dialect.name == "sqlite":
        head, tail = "", series
        statement = f"INSERT INTO {table.name} ({quoted}) {tail}"
    else:
        head = series
        statement = f"{head} INSERT INTO {table.name} ({quoted})"
    connection.execute(
        text(
            f"{statement} SELECT {taken} FROM series CROSS JOIN {table.name} AS model"
            f" WHERE {where}".replace(":", "\\:")
        )
    )


def _number_on(connection: Connection) -> None:
    """New rows are numbered behind those that were numbered here."""
    if connection.dialect.name == "sqlite":
        return
    for table in (tables.snapshots, tables.versions, tables.subscriptions):
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                f" (SELECT max(id) FROM {table.name}))"
            )
        )


def _analyse(program: Program) -> None:
    with program.store._database.write() as connection:
        connection.execute(text("ANALYZE"))


def due(program: Program, of: str, most: int, *, since: datetime, told: Iterable[str] = ()) -> None:
    """Makes the slot of some readers come: their last run was two days before `since`, and a
    slot has come in between, whatever the time of day.

    `told`: a first day means that they know the first version only, so that there is something new.
    """
    table, pointers = tables.subscriptions, tables.pointers
    ids = table.select().with_only_columns(table.c.id).where(table.c.name == of)
    some = ids.order_by(table.c.id).limit(most).subquery()
    values: dict[str, Any] = {"due_at": since, "last_run": since - timedelta(days=2)}
    with program.store._database.write() as connection:
        mine = table.c.id.in_(some.select())
        connection.execute(table.update().where(mine).values(values))
        for day in told:
            first = (
                f"(SELECT v.id FROM versions v WHERE v.situation = pointers.situation"
                f" AND v.as_of = '{day}' AND v.state = 'current')"
            )
            connection.execute(
                pointers.update()
                .where(pointers.c.subscription_id.in_(some.select()))
                .values(told=text(first), alerted=text(first))
            )
