"""Bytes are stored once, small, and read back whatever came before or after them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from monitor.errors import Conflict, RowDamaged
from monitor.store import Store
from monitor.store.blobs import ALONE, CHAIN, keep, read
from monitor.store.packing import PackingError, pack, unpack
from monitor.store.records import NewSnapshot, NewVersion

AT = datetime(2026, 3, 2, tzinfo=UTC)


def ferries(count: int = 200) -> list[dict[str, Any]]:
    chance = Random(5)
    ports = ("Oban", "Craignure", "Lochaline", "Fishnish")
    return [
        {"id": f"f{n}", "from": chance.choice(ports), "at": chance.randint(0, 1439), "berth": n % 7}
        for n in range(count)
    ]


def sailings(versions: int, *, moved: int = 3) -> list[bytes]:
    """A timetable in which some ferries leave at another time in each version."""
    chance, rows, found = Random(7), ferries(), []
    for _ in range(versions):
        found.append(json.dumps(rows).encode())
        for row in chance.sample(rows, moved):
            row["at"] = chance.randint(0, 1439)
    return found


def stored(store: Store, versions: list[bytes]) -> list[int]:
    """Each beside the one before."""
    numbers: list[int] = []
    for data in versions:
        with store._database.write() as connection:
            numbers.append(keep(connection, data, after=numbers[-1] if numbers else None))
    return numbers


def back(store: Store, number: int) -> bytes:
    with store._database.read() as connection:
        return read(connection, number)


def rows(store: Store, query: str, **values: object) -> list[Any]:
    with store._database.write() as connection:
        found = connection.execute(text(query), values)
        return list(found.all()) if found.returns_rows else []


@given(st.binary(max_size=300), st.none() | st.binary(min_size=8, max_size=300))
def test_what_is_packed_is_unpacked_with_the_same_base(data: bytes, base: bytes | None) -> None:
    assert unpack(pack(data, base), base) == data


@given(st.data())
@settings(max_examples=50)
def test_another_base_and_flipped_bytes_are_noticed(drawn: st.DataObject) -> None:
    old, new = sailings(2)
    frame = bytearray(pack(new, old))
    with pytest.raises(PackingError):
        unpack(bytes(frame), new)
    frame[drawn.draw(st.integers(0, len(frame) - 1))] ^= 1 << drawn.draw(st.integers(0, 7))
    with suppress(*PackingError):
        assert unpack(bytes(frame), old) == new


def test_every_version_is_read_back_through_few_others(store: Store) -> None:
    versions = sailings(2 * CHAIN + 3)
    numbers = stored(store, versions)
    assert [back(store, number) for number in numbers] == versions
    bases = {row.id: row.base_id for row in rows(store, "SELECT id, base_id FROM blobs")}
    for number in numbers:
        above, steps = bases[number], 0
        while above is not None:
            above, steps = bases[above], steps + 1
        assert steps <= 6
    assert sum(base is None for base in bases.values()) == 3
    (size,) = rows(store, "SELECT sum(length(data)) FROM blobs")[0]
    assert size < sum(map(len, versions)) / 20


def test_the_same_bytes_are_stored_once(store: Store) -> None:
    one, other = sailings(2)
    numbers = stored(store, [one, other, one, other])
    assert numbers[:2] == numbers[2:]
    assert len(rows(store, "SELECT id FROM blobs")) == 2


def test_what_is_small_or_has_become_something_else_stands_alone(store: Store) -> None:
    noise = Random(3).randbytes(4 * ALONE)
    stored(store, [*sailings(2), noise, b"gone", b"gone home", *sailings(4)[2:]])
    bases = rows(store, "SELECT base_id FROM blobs ORDER BY id")
    assert [row.base_id is None for row in bases] == [True, False, True, True, True, True, False]


def test_a_blob_that_others_stand_on_cannot_be_deleted(store: Store) -> None:
    numbers = stored(store, sailings(3))
    with pytest.raises(Conflict):
        rows(store, "DELETE FROM blobs WHERE id = :id", id=numbers[0])
    rows(store, "DELETE FROM blobs WHERE id = :id", id=numbers[2])
    assert back(store, numbers[1]) == sailings(3)[1]


@pytest.mark.parametrize("spoilt", [b"", b"\xff\x00", b"(\xb5/\xfd not a frame", None])
def test_what_is_damaged_is_named_and_the_next_version_stands_on_its_own(
    store: Store, spoilt: bytes | None
) -> None:
    versions = sailings(5)
    numbers = stored(store, versions[:4])
    other = pack(versions[3])
    change = "UPDATE blobs SET data = :data WHERE id = :id"
    rows(store, change, id=numbers[0], data=other if spoilt is None else spoilt)
    for number in numbers[1:]:
        with pytest.raises(RowDamaged, match=r"blobs\.data of row \d+"):
            back(store, number)
    with store._database.write() as connection:
        after = keep(connection, versions[4], after=numbers[3])
    assert back(store, after) == versions[4]


def test_a_row_that_leads_nowhere_or_round_in_a_circle_is_damage(store: Store) -> None:
    numbers = stored(store, sailings(4))
    rows(store, "UPDATE blobs SET base_id = id WHERE id = :id", id=numbers[1])
    with pytest.raises(RowDamaged):
        back(store, numbers[1])
    rows(store, "UPDATE blobs SET base_id = NULL WHERE id = :id", id=numbers[2])
    with pytest.raises(RowDamaged):
        back(store, numbers[2])


def test_ten_entries_that_change_cost_little_in_a_long_list(store: Store) -> None:
    """As a situation has it: the bytes, what they say, and the state, of each version."""
    chance, entries = Random(11), ferries(2500)
    store.situations.ensure("ferries", kind="k", title=None, now=AT)
    store.situations.remember_kind("k1", "k", {})
    versions = 2 * CHAIN
    for number in range(versions):
        for entry in chance.sample(entries, 10):
            entry["at"] = chance.randint(0, 1439)
        document = {"ferries": entries}
        as_of = f"20{number // 300:02}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}"
        snapshot = store.snapshots.add(
            NewSnapshot(
                situation="ferries",
                as_of=as_of,
                coverage="full",
                kind_hash="k1",
                title=None,
                source=None,
                path=None,
                data=json.dumps({"as_of": as_of, **document}, indent=1).encode(),
                content=document,
                learned_at=AT,
            )
        )
        store.versions.add(
            NewVersion(
                situation="ferries",
                as_of=as_of,
                content_hash=str(number),
                document={"ferries": entries[::-1]},
                kind_hash="k1",
                learned_at=AT,
                snapshot=snapshot.id,
            )
        )
    (size,) = rows(store, "SELECT sum(length(data)) FROM blobs")[0]
    raw = versions * len(json.dumps({"ferries": entries}, indent=1))
    assert size < raw / 25
    last = store.versions.latest("ferries")
    assert last is not None
    assert store.versions.state(last.id).document == {"ferries": entries[::-1]}
