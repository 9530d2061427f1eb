"""When a digest is due. The dates are real clock changes of real zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.cadence import (
    check_cadence,
    delivery_time,
    due_slot,
    next_due,
    too_late,
)
from monitor.model.subscription import Quiet
from monitor.words import ENGLISH
from monitor.words.dates import cadence_words

DAILY = "daily 07:00"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def runs(cadence: str, zone: str, start: str, count: int) -> list[str]:
    """The first slots after `start` as a service that never sleeps runs them, in local time."""
    created = utc(start)
    last_run, told = None, []
    for _ in range(count):
        slot = due_slot(
            cadence,
            zone,
            last_run=last_run,
            created=created,
            now=(last_run or created) + timedelta(days=9),
        )
        assert slot is not None
        last_run = slot.first
        told.append(f"{last_run.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M%z}")
    return told


@pytest.mark.parametrize(
    ("cadence", "zone", "start", "expected"),
    [
        # Clocks go forward at 03:00: a midnight digest is not lost on the day after.
        (
            "daily 00:30",
            "Europe/Kyiv",
            "2026-03-28T00:00",
            ["2026-03-29 00:30+0200", "2026-03-30 00:30+0300", "2026-03-31 00:30+0300"],
        ),
        # 03:30 does not exist; it is read with the offset before the gap.
        (
            "daily 03:30",
            "Europe/Kyiv",
            "2026-03-28T12:00",
            ["2026-03-29 04:30+0300", "2026-03-30 03:30+0300"],
        ),
        # 03:30 comes twice; the first one counts.
        (
            "daily 03:30",
            "Europe/Kyiv",
            "2026-10-24T12:00",
            ["2026-10-25 03:30+0300", "2026-10-26 03:30+0200"],
        ),
        (
            "daily 02:30",
            "America/New_York",
            "2026-03-07T12:00",
            ["2026-03-08 03:30-0400", "2026-03-09 02:30-0400"],
        ),
        (
            "daily 01:30",
            "America/New_York",
            "2026-10-31T12:00",
            ["2026-11-01 01:30-0400", "2026-11-02 01:30-0500"],
        ),
        # Clocks change by half an hour.
        (
            "daily 02:15",
            "Australia/Lord_Howe",
            "2026-10-03T00:00",
            ["2026-10-04 02:45+1100", "2026-10-05 02:15+1100"],
        ),
        (
            "daily 01:45",
            "Australia/Lord_Howe",
            "2026-04-03T20:00",
            ["2026-04-05 01:45+1100", "2026-04-06 01:45+1030"],
        ),
        # Apia crossed the date line: there was no 30 December 2011.
        (
            DAILY,
            "Pacific/Apia",
            "2011-12-29T12:00",
            ["2011-12-29 07:00-1000", "2011-12-31 07:00+1400", "2012-01-01 07:00+1400"],
        ),
        (
            "weekly fri 07:00",
            "Pacific/Apia",
            "2011-12-24T12:00",
            ["2011-12-31 07:00+1400", "2012-01-06 07:00+1400"],
        ),
        # Casablanca takes its summer time back for Ramadan.
        (
            "daily 02:30",
            "Africa/Casablanca",
            "2026-02-14T12:00",
            ["2026-02-15 02:30+0100", "2026-02-16 02:30+0000"],
        ),
        (
            "daily 02:30",
            "Africa/Casablanca",
            "2026-03-21T12:00",
            ["2026-03-22 03:30+0100", "2026-03-23 02:30+0100"],
        ),
        # Clocks change at midnight: 00:00 does not exist.
        (
            "daily 00:00",
            "Africa/Cairo",
            "2026-04-23T12:00",
            ["2026-04-24 01:00+0300", "2026-04-25 00:00+0300"],
        ),
        (
            "weekly mon 00:00",
            "Europe/Kyiv",
            "2026-03-22T23:00",
            ["2026-03-30 00:00+0300", "2026-04-06 00:00+0300"],
        ),
        (
            "cron 30 2 * * *",
            "America/New_York",
            "2026-03-07T12:00",
            ["2026-03-08 03:00-0400", "2026-03-09 02:30-0400"],
        ),
        (
            "cron 30 1 * * 0",
            "America/New_York",
            "2026-10-31T12:00",
            ["2026-11-01 01:30-0400", "2026-11-08 01:30-0500"],
        ),
        # Every hour is an hour of UTC, so none is missing and none comes twice.
        (
            "hourly",
            "Europe/Kyiv",
            "2026-10-25T00:00",
            ["2026-10-25 03:00+0200", "2026-10-25 04:00+0200"],
        ),
    ],
)
def test_each_zone_has_its_slots(cadence: str, zone: str, start: str, expected: list[str]) -> None:
    assert runs(cadence, zone, start, len(expected)) == expected


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Kyiv",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Africa/Cairo",
        "America/Santiago",
        "Asia/Kathmandu",
        "Antarctica/Troll",
    ],
)
@pytest.mark.parametrize("clock", ["00:00", "00:30", "01:30", "02:30", "03:15", "23:45"])
def test_a_year_has_exactly_one_daily_digest_for_each_local_date(zone: str, clock: str) -> None:
    told = runs(f"daily {clock}", zone, "2026-01-01T12:00", 365)
    dates = [date.fromisoformat(each[:10]) for each in told]
    assert dates == [dates[0] + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York", "Africa/Casablanca"])
def test_a_service_that_ticks_at_odd_times_runs_each_slot_once_and_in_order(zone: str) -> None:
    now = created = utc("2026-02-01T11:11")
    last_run, told = None, []
    while now < utc("2026-04-15T00:00"):
        slot = due_slot("daily 02:30", zone, last_run=last_run, created=created, now=now)
        if slot is not None:
            assert slot.missed == 1
            last_run = slot.at
            told.append(slot.at)
        now += timedelta(minutes=37)
    dates = [each.astimezone(ZoneInfo(zone)).date() for each in told]
    assert dates == [date(2026, 2, 2) + timedelta(days=n) for n in range(len(dates))]
    assert len(dates) == 72


@pytest.mark.parametrize("missed", [1, 7, 40])
def test_it_catches_up_once_however_many_runs_were_missed(missed: int) -> None:
    last_run = utc("2026-01-10T07:00")
    now = last_run + timedelta(days=missed, minutes=5)
    slot = due_slot(DAILY, "UTC", last_run=last_run, created=last_run, now=now)
    assert slot is not None
    assert slot.missed == missed
    assert slot.first == last_run + timedelta(days=1)
    assert slot.at == last_run + timedelta(days=missed)
    assert due_slot(DAILY, "UTC", last_run=slot.at, created=last_run, now=now) is None


def test_a_service_that_was_down_for_a_year_finds_the_latest_hour() -> None:
    now = utc("2027-01-10T07:20")
    slot = due_slot("hourly", "UTC", last_run=utc("2026-01-10T07:00"), created=now, now=now)
    assert slot is not None
    assert slot.at == utc("2027-01-10T07:00")


def test_a_clock_set_back_repeats_no_slot() -> None:
    last_run = utc("2026-01-10T07:00")
    for now in (last_run, last_run - timedelta(hours=1), last_run + timedelta(hours=1)):
        assert due_slot(DAILY, "UTC", last_run=last_run, created=last_run, now=now) is None


def test_a_run_of_a_clock_that_was_a_year_ahead_does_not_silence_the_reader() -> None:
    now = utc("2026-01-10T08:00")
    slot = due_slot(
        DAILY, "UTC", last_run=utc("2027-01-10T07:00"), created=utc("2025-01-01T00:00"), now=now
    )
    assert slot is not None
    assert slot.at == utc("2026-01-10T07:00")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Europe/Kyiv", "America/New_York"),
        ("America/New_York", "Europe/Kyiv"),
        ("Europe/Kyiv", "Pacific/Auckland"),
        ("Pacific/Kiritimati", "Pacific/Honolulu"),
        ("Pacific/Honolulu", "Pacific/Kiritimati"),
    ],
)
def test_a_reader_who_moves_gets_no_second_digest_on_one_date(old: str, new: str) -> None:
    created = utc("2026-05-01T00:00")
    last_run = next_due(DAILY, old, created)
    assert last_run is not None
    slot = due_slot(
        DAILY, new, last_run=last_run, created=created, now=last_run + timedelta(days=3)
    )
    assert slot is not None
    zone = ZoneInfo(new)
    assert slot.first.astimezone(zone).date() > last_run.astimezone(zone).date()
    assert slot.first - last_run < timedelta(hours=48)


def test_the_first_digest_may_come_on_the_day_of_subscribing() -> None:
    created = utc("2026-05-01T06:00")
    slot = due_slot(DAILY, "UTC", last_run=None, created=created, now=utc("2026-05-01T07:00"))
    assert slot is not None
    assert slot.at == utc("2026-05-01T07:00")


def test_at_once_has_no_slots() -> None:
    now = utc("2026-05-01T06:00")
    assert next_due("at-once", "UTC", now) is None
    assert due_slot("at-once", "UTC", last_run=None, created=now, now=now) is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-05-01T12:00", "2026-05-01T12:00"),
        ("2026-05-01T19:59", "2026-05-02T04:00"),
        ("2026-05-02T03:59", "2026-05-02T04:00"),
        ("2026-05-02T04:00", "2026-05-02T04:00"),
        ("2026-05-01T18:59", "2026-05-01T18:59"),
    ],
)
def test_quiet_hours_over_midnight_delay_to_their_end(at: str, expected: str) -> None:
    quiet = Quiet(start="22:00", end="07:00")
    assert delivery_time(quiet, "Europe/Kyiv", utc(at)) == utc(expected)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # 01:50 EDT is over when clocks go back to 01:00 EST: the end comes a second time.
        ("2026-11-01T06:20", "2026-11-01T06:50"),
        ("2026-11-01T05:20", "2026-11-01T05:50"),
    ],
)
def test_quiet_hours_end_at_the_next_end_when_it_comes_twice(at: str, expected: str) -> None:
    quiet = Quiet(start="01:00", end="01:50")
    assert delivery_time(quiet, "America/New_York", utc(at)) == utc(expected)


def test_quiet_hours_whose_end_is_skipped_end_after_the_gap() -> None:
    quiet = Quiet(start="22:00", end="02:30")
    end = delivery_time(quiet, "America/New_York", utc("2026-03-08T06:30"))
    assert end == utc("2026-03-08T07:30")


def test_no_quiet_hours_delay_nothing() -> None:
    at = utc("2026-05-01T00:00")
    assert delivery_time(None, "Europe/Kyiv", at) == at
    assert delivery_time(Quiet(start="07:00", end="07:00"), "UTC", at) == at


def test_a_reader_who_was_owed_for_too_long_waits_for_a_person() -> None:
    now = utc("2026-01-20T07:05")
    slot = due_slot(DAILY, "UTC", last_run=utc("2026-01-10T07:00"), created=now, now=now)
    assert slot is not None
    assert too_late(slot, now, timedelta(days=7))
    assert not too_late(slot, now, timedelta(days=14))


@pytest.mark.parametrize(
    ("cadence", "zone", "expected"),
    [
        (DAILY, "Europe/Kyiv", "daily at 07:00 Kyiv time"),
        ("weekly mon 08:30", "America/New_York", "every Monday at 08:30 New York time"),
        ("hourly", "UTC", "hourly"),
        ("at-once", "UTC", "at once"),
        ("cron 0 7 * * 1-5", "UTC", "on the schedule 0 7 * * 1-5 (UTC)"),
    ],
)
def test_a_cadence_has_words(cadence: str, zone: str, expected: str) -> None:
    assert cadence_words(cadence, zone, ENGLISH) == expected


@pytest.mark.parametrize(
    ("cadence", "zone"),
    [
        ("daily", "UTC"),
        ("daily 7:00", "UTC"),
        ("daily 24:00", "UTC"),
        ("weekly 08:00", "UTC"),
        ("weekly someday 08:00", "UTC"),
        ("cron * * * *", "UTC"),
        ("cron 0 0 31 2 *", "UTC"),
        ("cron 61 * * * *", "UTC"),
        ("monthly", "UTC"),
        ("", "UTC"),
        (DAILY, "Europe/Kiev City"),
        (DAILY, "../etc/passwd"),
        (DAILY, ""),
    ],
)
def test_what_is_no_cadence_or_zone_is_refused(cadence: str, zone: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_cadence(cadence, zone)
