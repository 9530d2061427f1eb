"""The order of moments, and how a zone writes them."""

from __future__ import annotations

from itertools import permutations

import pytest

from monitor.model.as_of import in_zone, order
from monitor.words.dates import day

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("given", "zone", "written"),
    [
        ("2026-02-16T02:00:00Z", NEW_YORK, "2026-02-15T21:00:00-05:00"),
        ("2026-02-15T21:00:00-05:00", "UTC", "2026-02-16T02:00:00Z"),
        ("2026-07-01T23:30:00Z", "Asia/Kathmandu", "2026-07-02T05:15:00+05:45"),
        ("2026-02-16", NEW_YORK, "2026-02-16"),
        ("latest", NEW_YORK, "latest"),
        ("0001-01-01T00:00:00Z", NEW_YORK, "0001-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_written_in_a_zone_and_a_date_is_a_date_everywhere(
    given: str, zone: str, written: str
) -> None:
    assert in_zone(given, zone) == written
    assert in_zone(in_zone(written, "UTC"), zone) == written


def test_a_date_comes_first_in_its_day_and_an_hour_that_comes_twice_in_its_order() -> None:
    line = [
        "2026-10-31T23:59:59-04:00",
        "2026-11-01",
        "2026-11-01T01:30:00-04:00",
        "2026-11-01T01:10:00-05:00",
        "2026-11-02",
    ]
    for mixed in permutations(line):
        assert sorted(mixed, key=order) == line


def test_a_time_is_shown_as_the_desk_wrote_it() -> None:
    assert day("2026-02-15T21:00:00-05:00", "en") == "15 Feb 2026, 21:00 UTC-05:00"
    assert day("2026-02-16T02:00:00Z", "en") == "16 Feb 2026, 02:00 UTC"
