"""Every move of a pointer, and what was done in the same transaction, written down by the database.

The program knows nothing of it: triggers keep the log, so that what it claims can be held against
what it did.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

_LOG = """
CREATE TABLE log_moves (
    n bigserial PRIMARY KEY, tx bigint, reader bigint, situation text, old jsonb, new jsonb);
CREATE TABLE log_acts (
    n bigserial PRIMARY KEY, tx bigint, reader bigint, act text, message bigint);

CREATE FUNCTION log_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row record := coalesce(NEW, OLD);
BEGIN
    INSERT INTO log_moves (tx, reader, situation, old, new) VALUES
        (txid_current(), row.subscription_id, row.situation, to_jsonb(OLD), to_jsonb(NEW));
    RETURN NULL;
END $$;
CREATE TRIGGER log_move AFTER INSERT OR UPDATE OR DELETE ON pointers
    FOR EACH ROW EXECUTE FUNCTION log_move();

CREATE FUNCTION log_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO log_acts (tx, reader, act, message)
        VALUES (txid_current(), NEW.subscription_id, 'written', NEW.id);
    ELSIF NEW.state IN ('dead', 'cancelled') AND OLD.state NOT IN ('dead', 'cancelled') THEN
        INSERT INTO log_acts (tx, reader, act, message)
        VALUES (txid_current(), NEW.subscription_id, 'lost', NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER log_message AFTER INSERT OR UPDATE ON outbox
    FOR EACH ROW EXECUTE FUNCTION log_message();
"""


@dataclass(frozen=True, slots=True)
class Where:
    """One row of pointers. `cause` and `seq` are what the program says of the move to it."""

    told: int
    alerted: int
    cause: str | None
    seq: int | None


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    reader: int
    seq: int
    reason: str
    lost: bool
    start: dict[str, list[int]]
    digest: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """`old` is None for a start, `new` for an end. The messages are of this reader and of the same
    transaction: the one that was written in it, and those that were lost in it."""

    reader: int
    situation: str
    old: Where | None
    new: Where | None
    written: Message | None
    lost: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """All moves of each (reader, situation) in their order."""

    moves: dict[tuple[int, str], list[Move]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    """(as_of, revision) of each version."""


def install(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_LOG)


def read(url: str) -> Log:
    with psycopg.connect(url) as plain:
        connection = _named(plain)
        log = Log(
            messages=_messages(connection),
            places={
                row.id: (row.as_of, row.revision)
                for row in connection.execute("SELECT id, as_of, revision FROM versions")
            },
        )
        acts: dict[tuple[int, int, str], list[Message]] = defaultdict(list)
        for row in connection.execute("SELECT * FROM log_acts WHERE reader IS NOT NULL ORDER BY n"):
            acts[row.tx, row.reader, row.act].append(log.messages[row.message])
        for row in connection.execute("SELECT * FROM log_moves ORDER BY n"):
            written = acts.get((row.tx, row.reader, "written"), [])
            move = Move(
                row.reader,
                row.situation,
                _where(row.old),
                _where(row.new),
                written[0] if written else None,
                tuple(acts.get((row.tx, row.reader, "lost"), [])),
            )
            log.moves.setdefault((row.reader, row.situation), []).append(move)
    return log


def _named(connection: psycopg.Connection[Any]) -> psycopg.Cursor[Any]:
    """Rows whose columns are attributes."""
    return connection.cursor(row_factory=namedtuple_row)


def _messages(cursor: psycopg.Cursor[Any]) -> dict[int, Message]:
    query = "SELECT * FROM outbox WHERE subscription_id IS NOT NULL ORDER BY id"
    return {
        row.id: Message(
            row.id,
            row.subscription_id,
            row.seq,
            row.reason,
            row.state in ("dead", "cancelled") and not row.uncertain,
            _json(row.start),
            row.digest_id,
        )
        for row in cursor.execute(query)
    }


def _json(text: Any) -> dict[str, list[int]]:
    import json  # noqa: PLC0415

    if text is None:
        return {}
    found: dict[str, list[int]] = json.loads(text) if isinstance(text, str | bytes) else text
    return found


def _where(row: dict[str, Any] | None) -> Where | None:
    if row is None:
        return None
    return Where(row["told"], row["alerted"], row.get("cause"), row.get("cause_seq"))
