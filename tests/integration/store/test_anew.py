"""What is owed and not right any more is not sent: it is told anew as things stand."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from monitor.store import Store, tables
from monitor.store.records import Version
from tests.integration.store.world import (
    DOUBT,
    MINUTE,
    NOW,
    SECOND,
    again,
    alert,
    at,
    claim,
    digest,
    mark,
    reader,
    states,
    version,
)


@pytest.fixture
def line(service: Store) -> list[Version]:
    return [version(service, day) for day in ("2026-02-05", "2026-02-12", "2026-02-17")]


def withdraw(store: Store, one: Version) -> None:
    with store.transaction() as tx:
        table = tables.versions
        out = update(table).where(table.c.id == one.id).values(state="rejected")
        with tx.versions._access.write() as connection:
            connection.execute(out)


def test_a_digest_of_what_was_withdrawn_is_not_sent(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    withdraw(service, line[1])
    assert claim(service) == []
    assert states(service) == ["cancelled"]
    stands = again(service, ana)
    assert (stands.pointers, stands.last_run) == ((at(line[0]),), None)
    assert service.runs.of(ana.id) == ()
    assert service.due.numbers(NOW) == [ana.id]


def test_nor_its_reversal_that_was_written_meanwhile(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    withdraw(service, line[1])
    assert digest(service, again(service, ana), line[2], slot=NOW + SECOND)
    assert claim(service) == []
    assert states(service) == ["cancelled", "cancelled"]
    assert again(service, ana).pointers == (at(line[0]),)


def test_nor_an_alert(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert alert(service, ana, line[1])
    withdraw(service, line[1])
    assert claim(service) == []
    assert again(service, ana).pointers == (at(line[0]),)


def test_what_was_corrected_is_told_as_it_stands(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert digest(service, ana, line[2])
    version(service, "2026-02-17", "corrected")
    assert claim(service) == []
    assert again(service, ana).pointers == (at(line[0]),)


def test_a_later_day_corrects_nothing(service: Store, line: list[Version]) -> None:
    assert digest(service, reader(service, line[0]), line[2])
    version(service, "2026-02-18")
    assert len(claim(service)) == 1


def test_what_leads_away_from_a_withdrawn_version_is_sent(
    service: Store, line: list[Version]
) -> None:
    ana = reader(service, line[1])
    withdraw(service, line[1])
    assert digest(service, ana, line[2])
    assert len(claim(service)) == 1


def test_what_may_have_arrived_goes_out_as_it_was(service: Store, line: list[Version]) -> None:
    assert digest(service, reader(service, line[0]), line[1])
    mark(service, claim(service), DOUBT, NOW + 5 * MINUTE)
    withdraw(service, line[1])
    assert len(claim(service, now=NOW + 5 * MINUTE)) == 1


def test_a_mute_counts_for_what_is_owed(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    service.subscriptions.mute(ana.id, "rounds", "enough", until=None, now=NOW + SECOND)
    assert claim(service, now=NOW + SECOND) == []
    assert again(service, ana).pointers == (at(line[0]),)
    assert service.due.numbers(NOW + SECOND) == [ana.id]


def test_what_is_on_its_way_is_not_called_back(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert digest(service, ana, line[1])
    claim(service)
    assert not service.subscriptions.tell_anew(ana.id, now=NOW + SECOND)
    assert states(service) == ["claimed"]


def test_another_wish_counts_for_all_that_is_owed(service: Store, line: list[Version]) -> None:
    ana = reader(service, line[0])
    assert alert(service, ana, line[1])
    assert digest(service, again(service, ana), line[2])
    assert service.subscriptions.tell_anew(ana.id, now=NOW + SECOND)
    assert states(service) == ["cancelled", "cancelled"]
    assert again(service, ana).pointers == (at(line[0]),)
